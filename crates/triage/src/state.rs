//! What the members' interface stands on.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::extract::FromRef;
use report::{Country, Day, InstitutionCode};
use routing::Registry;
use statistics::{Plan, ReleaseKey};
use store::{Moment, Store};
use vault::{FormerKeys, Role};
use web::{Action, Assets, Audit, Count, Directories, Gate, Instruments, Problem, ReadQueue};
use words::Language;

use crate::challenge::Challenges;
use crate::pages::{Bundle, Frame, Who};
use crate::proposing::Proposing;
use crate::telling::Telling;

/// An answer that is awaited.
pub type Awaited<'a, T> = Pin<Box<dyn Future<Output = Result<T, Problem>> + Send + 'a>>;

/// Who writes the log's export: it needs the log's signing key, which stays with the binary.
pub trait Logbook: Send + Sync {
    /// The export as this institution may know it (docs/formats.md, "Ledger").
    fn export(&self, institution: &InstitutionCode) -> Awaited<'_, String>;
}

/// What the binary founds the members' interface on.
#[derive(Clone)]
pub struct Founded {
    /// The deployment's name: part of what members sign when signing in.
    pub deployment: String,
    /// Where everything is kept.
    pub store: Store,
    /// Codes, places, consent, clocks.
    pub country: Arc<Country>,
    /// Who may receive what, knowing who is on the system.
    pub registry: Arc<Registry>,
    /// The directory in force and former ones.
    pub directories: Directories,
    /// What opens earlier grants of institutions that had other keys before, the latest first.
    pub former: Arc<BTreeMap<InstitutionCode, Vec<FormerKeys>>>,
    /// Which tables there are.
    pub plan: Arc<Plan>,
    /// What tables are rounded by.
    pub release_key: Arc<ReleaseKey>,
    /// The built pages' code.
    pub assets: Assets,
    /// Who exports the log.
    pub logbook: Arc<dyn Logbook>,
    /// Time and chance.
    pub instruments: Instruments,
}

/// The state of the members' doors; cloning it is cheap.
#[derive(Clone)]
pub struct Dashboard {
    founded: Arc<Founded>,
    gate: Gate,
    challenges: Challenges,
}

impl fmt::Debug for Dashboard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Dashboard")
    }
}

impl FromRef<Dashboard> for Gate {
    fn from_ref(dashboard: &Dashboard) -> Self {
        dashboard.gate.clone()
    }
}

impl FromRef<Dashboard> for Assets {
    fn from_ref(dashboard: &Dashboard) -> Self {
        dashboard.founded.assets.clone()
    }
}

impl Dashboard {
    /// Opens the doors.
    pub fn new(founded: Founded) -> Self {
        let gate = Gate::new(founded.store.clone(), founded.instruments.clone());
        let challenges = Challenges::new(founded.instruments.chance.bytes());
        Self { founded: Arc::new(founded), gate, challenges }
    }

    pub(crate) fn founded(&self) -> &Founded {
        &self.founded
    }

    pub(crate) fn gate(&self) -> &Gate {
        &self.gate
    }

    pub(crate) fn challenges(&self) -> &Challenges {
        &self.challenges
    }

    pub(crate) fn store(&self) -> &Store {
        &self.founded.store
    }

    pub(crate) fn country(&self) -> &Country {
        &self.founded.country
    }

    pub(crate) fn registry(&self) -> &Registry {
        &self.founded.registry
    }

    /// Now, as the store takes it.
    pub(crate) fn now(&self) -> Moment {
        Moment::of_unix_seconds(self.founded.instruments.now())
    }

    /// The UTC day.
    pub(crate) fn today(&self) -> Day {
        self.now().day()
    }

    pub(crate) fn telling(&self, language: Language) -> Telling<'_> {
        Telling { language: language.among_members(), country: self.country() }
    }

    pub(crate) fn proposing(&self, language: Language) -> Proposing<'_> {
        Proposing { telling: self.telling(language), registry: self.registry(), today: self.today() }
    }

    /// A page's frame, for whoever is signed in.
    pub(crate) fn frame(&self, language: Language, title: &str, who: Option<&web::Member>) -> Frame {
        let mut frame = Frame::new(language, title, Bundle::of(&self.founded.assets));
        frame.training = self.founded.directories.newest().body().training;
        let proposing = self.proposing(language);
        frame.who = who.map(|who| Who {
            institution: proposing.name(&who.institution),
            member: who.member.clone(),
            places: places(who.role).collect(),
        });
        frame
    }
}

/// The pages a role opens, the first page first: what its day begins with.
pub(crate) fn places(role: Role) -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = [
        (ReadQueue::allows(role), "/queue", "dashboard-queue"),
        (Count::allows(role), "/statistics", "dashboard-statistics"),
        (Audit::allows(role), "/log", "dashboard-log"),
    ];
    all.into_iter().filter(|(opens, ..)| *opens).map(|(_, address, name)| (address, name))
}
