//! How soon a person must act, and why: clock, severity and reasons of a report, from rules that are data.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::country::Country;
use crate::facets::Facets;
use crate::identifiers::{Code, ShapeFault, as_text};

mod rules;
mod signals;

pub use rules::{Deadline, Since, TriageRules};
pub use signals::Signals;
pub(crate) use signals::is_protective;

/// How long until the first protective human action; `U0` is the shortest. The hours are the taxonomy's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Clock {
    /// Life or removal at stake now.
    U0,
    /// Within a day.
    U1,
    /// Evidence or safety fades fast.
    U2,
    /// Within a week.
    U3,
    /// Standard.
    U4,
}

impl Clock {
    /// Every clock, shortest first.
    pub const ALL: [Self; 5] = [Self::U0, Self::U1, Self::U2, Self::U3, Self::U4];

    /// The clock's code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::U0 => "U0",
            Self::U1 => "U1",
            Self::U2 => "U2",
            Self::U3 => "U3",
            Self::U4 => "U4",
        }
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Clock {
    type Err = ShapeFault;
    fn from_str(text: &str) -> Result<Self, ShapeFault> {
        Self::ALL.into_iter().find(|clock| clock.as_str() == text).ok_or(ShapeFault("a clock"))
    }
}

as_text!(Clock, "^U[0-4]$");

/// How long ago it happened, as the device saw it when filing. Ordered from recent to long ago; unknown stands last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Recency {
    /// On this day, or still going on.
    Now,
    /// Within 48 hours.
    Hours48,
    /// Within 120 hours.
    Hours120,
    /// Within seven days.
    Days7,
    /// Longer ago.
    Older,
    /// Not known, not told or not asked.
    Unknown,
}

impl Recency {
    /// Every value.
    pub const ALL: [Self; 6] = [Self::Now, Self::Hours48, Self::Hours120, Self::Days7, Self::Older, Self::Unknown];

    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Hours48 => "48h",
            Self::Hours120 => "120h",
            Self::Days7 => "7d",
            Self::Older => "older",
            Self::Unknown => "unknown",
        }
    }

    /// From whole days since the event; days are all the device keeps, so a doubt counts as recent.
    pub const fn of_days(days: i32) -> Self {
        match days {
            ..=0 => Self::Now,
            1..=2 => Self::Hours48,
            3..=5 => Self::Hours120,
            6..=7 => Self::Days7,
            _ => Self::Older,
        }
    }
}

impl fmt::Display for Recency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Recency {
    type Err = ShapeFault;
    fn from_str(text: &str) -> Result<Self, ShapeFault> {
        Self::ALL.into_iter().find(|recency| recency.as_str() == text).ok_or(ShapeFault("a recency"))
    }
}

as_text!(Recency, "^(now|48h|120h|7d|older|unknown)$");

/// Why a report has its clock.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reason {
    /// The rule, such as `T06`.
    pub rule: Code,
    /// The key of the sentence, such as `child-alone`.
    pub key: Code,
}

/// How soon a person must act, how grave it is, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// The protective clock.
    pub clock: Clock,
    /// 1 to 5, 5 gravest.
    pub severity: u8,
    /// The rules that applied, the most urgent first. Never empty.
    pub reasons: Vec<Reason>,
    /// Whether the clock runs. Of an existing record it only says where it stands in the queue: what happened is long past, and a
    /// thousand rows of a table must not make a lead silent.
    pub runs: bool,
}

/// Assesses a report from what the server may know of it. The device's own clock, which saw the whole coding, can only shorten it,
/// and where none runs there is nothing to shorten.
pub fn assess(facets: &Facets, country: &Country) -> Assessment {
    let signals = Signals::of_facets(facets, country);
    let mut assessment = country.triage().assess(&signals, country.taxonomy());
    if signals.protective && facets.clock() < assessment.clock {
        assessment.clock = facets.clock();
        assessment.reasons.retain(|reason| *reason != country.triage().standard());
        assessment.reasons.insert(0, country.triage().stated());
    }
    if signals.acts.is_empty() {
        assessment.severity = severity_of(assessment.clock);
    }
    assessment
}

/// The severity that stands for a report whose acts are not in the clear: what its clock betrays anyway, and no more.
const fn severity_of(clock: Clock) -> u8 {
    match clock {
        Clock::U0 => 5,
        Clock::U1 => 4,
        Clock::U2 | Clock::U3 => 3,
        Clock::U4 => 2,
    }
}

/// The codes of a set, for rules that compare sets.
pub(crate) type Codes = BTreeSet<Code>;
