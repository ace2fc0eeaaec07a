//! The time as an argument.

use report::Day;

/// A minute, counted since 1970-01-01 00:00 UTC. Handed in by a binary; the store keeps only the day of it, unless a clock runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(i32);

impl Moment {
    /// The minute of a Unix time in seconds.
    pub fn of_unix_seconds(seconds: i64) -> Self {
        Self(i32::try_from(seconds.div_euclid(60)).unwrap_or(i32::MAX))
    }

    /// The minute of this number.
    pub(crate) const fn of_minute(minute: i32) -> Self {
        Self(minute)
    }

    /// The first minute of a day.
    pub fn of_day(day: Day) -> Self {
        Self::of_unix_seconds(day.unix_seconds())
    }

    /// Minutes since 1970-01-01 00:00 UTC.
    pub const fn minute(self) -> i32 {
        self.0
    }

    /// Hours since 1970-01-01 00:00 UTC.
    pub const fn hour(self) -> i32 {
        self.0.div_euclid(60)
    }

    /// The UTC day.
    pub fn day(self) -> Day {
        Day::new(self.0.div_euclid(24 * 60))
    }

    /// So many minutes later.
    #[must_use]
    pub const fn plus_minutes(self, minutes: i32) -> Self {
        Self(self.0.saturating_add(minutes))
    }
}
