//! How many requests are at work at once, so that memory stays bounded. When there is no room for one more, the body that comes
//! slowest makes room: who sends a byte now and then, from however many connections, holds nobody up.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use http_body::Body as _;
use tokio::sync::oneshot::{Receiver, Sender, channel};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::Clock;
use crate::pace::Paced;

/// Bytes every body is credited with, and the time they count for: one that has only just begun is not the slowest.
const CREDIT: (u128, u128) = (16 * 1024, 1000);

/// How long a place that somebody was asked to leave is waited for.
const BREATH: Duration = Duration::from_secs(1);

/// Those at work. Cloning it is cheap.
#[derive(Clone)]
pub struct Crowd(Arc<Inside>);

struct Inside {
    places: Arc<Semaphore>,
    stretch: Duration,
    clock: Arc<dyn Clock>,
    coming: Mutex<Coming>,
}

/// The bodies that are on their way.
#[derive(Default)]
struct Coming {
    next: u64,
    bodies: BTreeMap<u64, Known>,
}

/// What is known of one: when it began, how much of it came, and how it is told to end.
struct Known {
    began: Duration,
    came: u128,
    end: Sender<()>,
}

impl fmt::Debug for Crowd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Crowd")
    }
}

impl Crowd {
    /// Room for so many at once; a body of which less than a KiB comes in a whole `stretch` ends in any case.
    pub fn new(places: usize, stretch: Duration, clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Inside { places: Arc::new(Semaphore::new(places)), stretch, clock, coming: Mutex::default() }))
    }

    /// A place, as long as it is held; none where everybody is really at work.
    pub async fn enter(&self) -> Option<OwnedSemaphorePermit> {
        let places = &self.0.places;
        if let Ok(place) = places.clone().try_acquire_owned() {
            return Some(place);
        }
        if !self.end_the_slowest() {
            return None;
        }
        timeout(BREATH, places.clone().acquire_owned()).await.ok()?.ok()
    }

    /// The same request, whose body comes on or ends.
    pub fn pace(&self, mut request: Request) -> Request {
        if request.body().is_end_stream() {
            return request;
        }
        let (end, ends) = channel();
        let began = self.0.clock.uptime();
        let mut coming = self.coming();
        let number = coming.next;
        coming.next += 1;
        coming.bodies.insert(number, Known { began, came: 0, end });
        drop(coming);
        let arrival = Arrival { crowd: self.clone(), number };
        request.extensions_mut().insert(arrival.clone());
        request.map(|body| Body::new(Paced::new(body, self.0.stretch, (OnItsWay(arrival), ends))))
    }

    fn coming(&self) -> MutexGuard<'_, Coming> {
        self.0.coming.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the body that comes slowest; says whether there was one.
    fn end_the_slowest(&self) -> bool {
        let now = self.0.clock.uptime();
        let pace = |known: &Known| {
            let age = now.saturating_sub(known.began).as_millis();
            (known.came + CREDIT.0) * 1000 / (age + CREDIT.1)
        };
        let mut coming = self.coming();
        let slowest = coming.bodies.iter().min_by_key(|(_, known)| pace(known)).map(|(number, _)| *number);
        let ended = slowest.and_then(|number| coming.bodies.remove(&number));
        // One that was read in the meantime has left by itself.
        ended.is_some_and(|known| known.end.send(()).is_ok())
    }
}

/// A body that comes in, as its handler knows it.
#[derive(Clone, Debug)]
pub struct Arrival {
    crowd: Crowd,
    number: u64,
}

impl Arrival {
    /// It is expected: it is not ended for the sake of others, however slowly it comes on.
    pub fn expect(&self) {
        self.crowd.coming().bodies.remove(&self.number);
    }
}

/// An arrival until it is over.
pub(crate) struct OnItsWay(Arrival);

impl OnItsWay {
    /// So many bytes more are here.
    pub(crate) fn came(&self, bytes: usize) {
        if let Some(known) = self.0.crowd.coming().bodies.get_mut(&self.0.number) {
            known.came += bytes as u128;
        }
    }
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        self.0.expect();
    }
}

/// How a body is told to end.
pub(crate) type Ends = Receiver<()>;
