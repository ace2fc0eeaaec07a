//! Time and chance, handed in by the binary: nothing below it reads a clock or draws a number.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rand::{CryptoRng, RngCore};

/// A clock. The binary's reads the machine's; a test's stands still.
pub trait Clock: Send + Sync {
    /// Seconds since 1970-01-01T00:00Z.
    fn now(&self) -> i64;
    /// Time since some fixed moment, never going back: for durations.
    fn uptime(&self) -> Duration;
}

/// A source of unpredictable bytes that can be handed around.
#[derive(Clone, Copy)]
pub struct Chance(fn(&mut [u8]));

impl Chance {
    /// From whatever fills bytes unpredictably; the binary passes the operating system's generator.
    pub const fn new(fill: fn(&mut [u8])) -> Self {
        Self(fill)
    }

    /// What fills the bytes, for rooms that keep it themselves.
    pub fn source(&self) -> fn(&mut [u8]) {
        self.0
    }

    /// `N` fresh bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.0)(&mut bytes);
        bytes
    }
}

impl RngCore for Chance {
    fn next_u32(&mut self) -> u32 {
        u32::from_le_bytes(self.bytes())
    }
    fn next_u64(&mut self) -> u64 {
        u64::from_le_bytes(self.bytes())
    }
    fn fill_bytes(&mut self, into: &mut [u8]) {
        (self.0)(into);
    }
    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), rand::Error> {
        (self.0)(into);
        Ok(())
    }
}

impl CryptoRng for Chance {}

/// What a door needs of the outside world.
#[derive(Clone)]
pub struct Instruments {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The randomness.
    pub chance: Chance,
}

impl fmt::Debug for Instruments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Instruments")
    }
}

impl Instruments {
    /// Seconds since 1970-01-01T00:00Z.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }
}
