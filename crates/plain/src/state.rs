//! What the plain door stands on.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use intake::Intake;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use web::{Code, Crowd, Problem};

use crate::asked::Kept;

/// Bodies above this many bytes take a place among the large ones before they are read.
pub(crate) const SMALL_BODY: usize = 128 * 1024;

/// How many may wait for each place to seal.
const WAITING: usize = 8;

/// The listener has a pace of its own for every body; among the large ones only room is made.
const PATIENCE: Duration = Duration::from_hours(1);

/// Pages packed as small as can be at once: a processor for a good part of a second each.
const PACKINGS: usize = 1;

/// How much the plain door does at once.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Digits stretched and reports sealed at once. Each takes a processor and 32 MiB for a moment.
    pub sealings: usize,
    /// Large bodies held in memory at once, each of at most 9 MiB.
    pub bodies: usize,
}

/// The state of the plain door; cloning it is cheap.
#[derive(Clone)]
pub struct Plain(Arc<Inside>);

struct Inside {
    intake: Intake,
    sealings: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    bodies: Crowd,
    packings: Arc<Semaphore>,
    kept: Kept,
}

impl fmt::Debug for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Plain")
    }
}

impl Plain {
    /// Opens the door beside intake's.
    pub fn new(intake: Intake, settings: Settings) -> Self {
        let places = |count| Arc::new(Semaphore::new(count));
        let (sealings, waiting) = (places(settings.sealings), places(settings.sealings * WAITING));
        let bodies = Crowd::new(settings.bodies, PATIENCE, intake.instruments().clock.clone());
        let packings = places(PACKINGS);
        Self(Arc::new(Inside { intake, sealings, waiting, bodies, packings, kept: Kept::default() }))
    }

    pub(crate) fn intake(&self) -> &Intake {
        &self.0.intake
    }

    pub(crate) fn kept(&self) -> &Kept {
        &self.0.kept
    }

    /// Those who send a large body.
    pub(crate) fn bodies(&self) -> &Crowd {
        &self.0.bodies
    }

    /// A place to pack a page as small as can be, where one is free.
    pub(crate) fn place_to_pack(&self) -> Option<OwnedSemaphorePermit> {
        take(&self.0.packings).ok()
    }

    /// Does slow work on a thread of its own, with one of the few places; a few may wait for one.
    ///
    /// # Errors
    /// When more wait than will be served soon: come again.
    pub(crate) async fn slowly<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = take(&self.0.waiting)?;
        let place = self.0.sealings.clone().acquire_owned().await.map_err(|_| Code::Busy)?;
        drop(turn);
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(place);
            done
        });
        done.await.map_err(|_| Problem::new(Code::Internal).because("sealing ended early"))
    }
}

fn take(places: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Problem> {
    places.clone().try_acquire_owned().map_err(|_| Code::Busy.into())
}
