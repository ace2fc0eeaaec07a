//! What the public doors stand on.

use std::fmt;
use std::sync::Arc;

use axum::extract::FromRef;
use report::{Country, Day};
use routing::Registry;
use store::{Moment, Store};
use vault::Acknowledgement;
use web::{Assets, Directories, Instruments};

use crate::flood::{Flood, Limits, Now};
use crate::{
    country,
    health::Ready,
    pages::{Around, Shelf},
    uploads::Writing,
};

/// The holder of the server's signing key, which stays with the binary.
pub trait Notary: Send + Sync {
    /// Signs the promise that something was kept; none when its text cannot be a note.
    fn acknowledge(&self, promise: &Acknowledgement) -> Option<String>;

    /// The key that verifies it, as text.
    fn verifier(&self) -> String;
}

/// What the binary founds the public doors on.
#[derive(Clone)]
pub struct Founded {
    /// Where everything is kept.
    pub store: Store,
    /// Codes, places, consent, help.
    pub country: Arc<Country>,
    /// Who may receive what.
    pub registry: Arc<Registry>,
    /// The directory in force and former ones.
    pub directories: Directories,
    /// Who signs acknowledgements.
    pub notary: Arc<dyn Notary>,
    /// The built pages' code.
    pub assets: Assets,
    /// Time and chance.
    pub instruments: Instruments,
    /// Whether the plain door is open, so that a page may point to it.
    pub plain: bool,
    /// The most bytes one upload may have.
    pub upload_bytes: u64,
    /// Bytes of the disk that files leave to everything else.
    pub reserve_bytes: u64,
    /// How much is let in before more is asked of who files.
    pub limits: Limits,
}

/// The state of the public doors; cloning it is cheap.
#[derive(Clone)]
pub struct Intake(Arc<Inside>);

struct Inside {
    founded: Founded,
    kept: country::Kept,
    ready: Ready,
    writing: Writing,
    shelf: Shelf,
    flood: Flood,
}

impl fmt::Debug for Intake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Intake")
    }
}

impl FromRef<Intake> for Assets {
    fn from_ref(intake: &Intake) -> Self {
        intake.assets().clone()
    }
}

impl Intake {
    /// Opens the doors.
    pub fn new(founded: Founded) -> Self {
        let flood = Flood::new(founded.limits, founded.instruments.chance.bytes());
        Self(Arc::new(Inside {
            founded,
            kept: country::Kept::default(),
            ready: Ready::default(),
            writing: Writing::default(),
            shelf: Shelf::default(),
            flood,
        }))
    }

    /// The built pages' code.
    pub fn assets(&self) -> &Assets {
        &self.0.founded.assets
    }

    /// What every public page stands in.
    pub fn around(&self) -> Around {
        let training = self.directories().newest().body().training;
        Around { assets: self.assets().clone(), training, plain: self.0.founded.plain }
    }

    pub(crate) fn shelf(&self) -> &Shelf {
        &self.0.shelf
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.founded.store
    }

    /// The country's codes.
    pub fn country(&self) -> &Country {
        &self.0.founded.country
    }

    pub(crate) fn kept(&self) -> &country::Kept {
        &self.0.kept
    }

    /// The country's institutions.
    pub fn registry(&self) -> &Registry {
        &self.0.founded.registry
    }

    /// The directory in force and former ones.
    pub fn directories(&self) -> &Directories {
        &self.0.founded.directories
    }

    pub(crate) fn notary(&self) -> &dyn Notary {
        &*self.0.founded.notary
    }

    pub(crate) fn upload_bytes(&self) -> u64 {
        self.0.founded.upload_bytes
    }

    pub(crate) fn reserve_bytes(&self) -> u64 {
        self.0.founded.reserve_bytes
    }

    pub(crate) fn ready(&self) -> &Ready {
        &self.0.ready
    }

    pub(crate) fn writing(&self) -> &Writing {
        &self.0.writing
    }

    /// Time and chance.
    pub fn instruments(&self) -> &Instruments {
        &self.0.founded.instruments
    }

    pub(crate) fn flood(&self) -> &Flood {
        &self.0.flood
    }

    /// A moment of the gate.
    pub(crate) fn at_the_gate(&self) -> Now {
        let instruments = &self.0.founded.instruments;
        Now { uptime: instruments.clock.uptime(), seconds: instruments.now(), fresh: instruments.chance.bytes() }
    }

    /// Now, in seconds since 1970: only to measure, never to keep.
    pub(crate) fn seconds(&self) -> i64 {
        self.0.founded.instruments.now()
    }

    /// Now, as the store takes it.
    pub fn now(&self) -> Moment {
        Moment::of_unix_seconds(self.seconds())
    }

    /// The UTC day.
    pub fn today(&self) -> Day {
        self.now().day()
    }
}
