//! The seats of a listener, one a connection. When all are taken, the connection that asked for something the longest ago gives its
//! own up: who holds many open and asks for nothing, or takes an answer drop by drop, keeps nobody out.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// How long one that was asked to leave is waited for, before the next is asked.
const BREATH: Duration = Duration::from_millis(50);

/// All seats. Cloning it is cheap.
#[derive(Clone)]
pub(crate) struct Seats {
    free: Arc<Semaphore>,
    line: Arc<Mutex<Line>>,
}

/// Those who are not being served, in the order in which they asked for something last.
#[derive(Default)]
struct Line {
    next: u64,
    quiet: BTreeMap<u64, Arc<Notify>>,
}

impl Line {
    /// Puts one at the end; gives its number.
    fn join(&mut self, leave: &Arc<Notify>) -> u64 {
        let number = self.next;
        self.next += 1;
        self.quiet.insert(number, Arc::clone(leave));
        number
    }
}

impl Seats {
    /// So many.
    pub(crate) fn new(seats: usize) -> Self {
        Self { free: Arc::new(Semaphore::new(seats)), line: Arc::default() }
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A seat for somebody who has just come.
    pub(crate) async fn take(&self) -> Option<Arc<Seat>> {
        let place = loop {
            if let Ok(place) = self.free.clone().try_acquire_owned() {
                break place;
            }
            if let Some((_, leave)) = self.line().quiet.pop_first() {
                leave.notify_one();
            }
            if let Ok(place) = timeout(BREATH, self.free.clone().acquire_owned()).await {
                break place.ok()?;
            }
        };
        let leave = Arc::default();
        let number = AtomicU64::new(self.line().join(&leave));
        Some(Arc::new(Seat { seats: self.clone(), number, leave, _place: place }))
    }
}

/// The seat of one connection.
pub(crate) struct Seat {
    seats: Seats,
    /// Its place in the line; changed by whoever holds the line alone.
    number: AtomicU64,
    leave: Arc<Notify>,
    _place: OwnedSemaphorePermit,
}

impl Seat {
    /// Served until dropped: it stays that long.
    pub(crate) fn work(self: &Arc<Self>) -> Work {
        let mut line = self.seats.line();
        line.quiet.remove(&self.number());
        drop(line);
        Work(Arc::clone(self))
    }

    /// Returns when it must leave for somebody else.
    pub(crate) async fn given_up(&self) {
        self.leave.notified().await;
    }

    fn number(&self) -> u64 {
        self.number.load(Ordering::Relaxed)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.line().quiet.remove(&self.number());
    }
}

/// A request being answered.
pub(crate) struct Work(Arc<Seat>);

impl Drop for Work {
    fn drop(&mut self) {
        let mut line = self.0.seats.line();
        let number = line.join(&self.0.leave);
        self.0.number.store(number, Ordering::Relaxed);
    }
}
