//! The machine's clock and its generator of random bytes: the only place of the server that reads either.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use rand::RngCore;
use rand::rngs::OsRng;
use web::{Chance, Clock, Instruments};

struct Machine {
    began: Instant,
}

impl Clock for Machine {
    #[expect(clippy::disallowed_methods, reason = "the binary's clock")]
    fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    }

    fn uptime(&self) -> Duration {
        self.began.elapsed()
    }
}

/// Clock and chance of this machine.
#[expect(clippy::disallowed_methods, reason = "the binary's clock")]
pub fn machine() -> Instruments {
    Instruments {
        clock: Arc::new(Machine { began: Instant::now() }),
        chance: Chance::new(|bytes| OsRng.fill_bytes(bytes)),
    }
}
