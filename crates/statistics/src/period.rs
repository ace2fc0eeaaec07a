//! The periods that tables are published for: quarter, half-year, year.

use std::fmt;
use std::str::FromStr;

use report::Day;
use serde::{Deserialize, Serialize};

/// How long a published period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grain {
    /// Three months.
    Quarter,
    /// Six months.
    HalfYear,
    /// Twelve months.
    Year,
}

impl Grain {
    /// How many such periods a year has.
    const fn parts(self) -> u8 {
        match self {
            Self::Quarter => 4,
            Self::HalfYear => 2,
            Self::Year => 1,
        }
    }
}

/// A period of the event, never of the filing: `2024-Q2`, `2024-H1` or `2024`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    year: i32,
    grain: Grain,
    /// Counted from 1 within the year.
    part: u8,
}

impl Period {
    /// A period by its parts; `None` when the year has no such part or lies outside 1900 to 2999.
    pub fn new(year: i32, grain: Grain, part: u8) -> Option<Self> {
        ((1900..3000).contains(&year) && (1..=grain.parts()).contains(&part)).then_some(Self { year, grain, part })
    }

    /// How long it is.
    pub const fn grain(self) -> Grain {
        self.grain
    }

    /// Its first day.
    pub fn first(self) -> Day {
        let month = 1 + (self.part - 1) * (12 / self.grain.parts());
        report::Period::Month { year: self.year, month }.first()
    }

    /// Its last day.
    pub fn last(self) -> Day {
        let month = self.part * (12 / self.grain.parts());
        report::Period::Month { year: self.year, month }.last()
    }

    /// Whether an event of this time belongs here. A week belongs where its Thursday lies (ISO 8601); an event of
    /// which only the year is known belongs to that year alone.
    pub fn holds(self, event: report::Period) -> bool {
        match event {
            report::Period::Year { year } => self.grain == Grain::Year && self.year == year,
            _ => (self.first()..=self.last()).contains(&middle(event)),
        }
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Self) -> bool {
        self.first() <= other.last() && other.first() <= self.last()
    }

    /// Whether the other lies wholly inside this one.
    pub fn covers(self, other: Self) -> bool {
        self.first() <= other.first() && other.last() <= self.last()
    }

    /// The next longer period around this one: what to show when this one cannot be shown safely.
    #[must_use]
    pub fn coarser(self) -> Option<Self> {
        match self.grain {
            Grain::Quarter => Self::new(self.year, Grain::HalfYear, self.part.div_ceil(2)),
            Grain::HalfYear => Self::new(self.year, Grain::Year, 1),
            Grain::Year => None,
        }
    }
}

/// The day that stands for an event's time.
fn middle(event: report::Period) -> Day {
    match event {
        report::Period::Week { .. } => event.first().plus(3),
        _ => event.first(),
    }
}

/// The text is no period of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoPeriod;

impl fmt::Display for NoPeriod {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not a period (YYYY, YYYY-H1, YYYY-Q1)")
    }
}

impl std::error::Error for NoPeriod {}

impl FromStr for Period {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let (year, rest) = text.split_at_checked(4).ok_or(NoPeriod)?;
        let year = year.parse().map_err(|_| NoPeriod)?;
        let part = |digits: &str| digits.parse().map_err(|_| NoPeriod);
        let period = match (rest.strip_prefix("-Q"), rest.strip_prefix("-H")) {
            (Some(quarter), _) => Self::new(year, Grain::Quarter, part(quarter)?),
            (_, Some(half)) => Self::new(year, Grain::HalfYear, part(half)?),
            _ if rest.is_empty() => Self::new(year, Grain::Year, 1),
            _ => None,
        };
        period.filter(|period| period.to_string() == text).ok_or(NoPeriod)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.grain {
            Grain::Quarter => write!(formatter, "{}-Q{}", self.year, self.part),
            Grain::HalfYear => write!(formatter, "{}-H{}", self.year, self.part),
            Grain::Year => write!(formatter, "{}", self.year),
        }
    }
}

impl TryFrom<String> for Period {
    type Error = NoPeriod;
    fn try_from(text: String) -> Result<Self, NoPeriod> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        text.parse().expect("a period")
    }

    #[test]
    fn a_period_reads_back_as_it_is_written() {
        for text in ["2024", "2024-H2", "2024-Q4"] {
            assert_eq!(period(text).to_string(), text);
        }
        for text in ["2024-Q5", "2024-H0", "24-Q1", "2024-q1", "2024-Q01", "1024", "", "2024-"] {
            assert_eq!(text.parse::<Period>(), Err(NoPeriod), "{text}");
        }
    }

    #[test]
    fn a_quarter_has_its_own_days_and_lies_in_its_half_year() {
        let quarter = period("2024-Q3");
        assert_eq!(
            (quarter.first().to_string(), quarter.last().to_string()),
            ("2024-07-01".into(), "2024-09-30".into())
        );
        assert_eq!(quarter.coarser(), Some(period("2024-H2")));
        assert!(
            period("2024-H2").covers(quarter)
                && quarter.overlaps(period("2024"))
                && !quarter.overlaps(period("2024-Q2"))
        );
        assert_eq!(period("2024").coarser(), None);
    }

    #[test]
    fn a_week_belongs_to_the_quarter_of_its_thursday() {
        // The Thursday of 2024-W14 is 4 April; the week begins on the 1st. The Thursday of 2025-W01 is 2 January 2025.
        assert!(period("2024-Q2").holds("2024-W14".parse().expect("a week")));
        assert!(period("2025-Q1").holds("2025-W01".parse().expect("a week")));
        assert!(!period("2024-Q4").holds("2025-W01".parse().expect("a week")));
    }

    #[test]
    fn an_event_of_which_only_the_year_is_known_is_in_no_quarter() {
        let year = "2024".parse().expect("a year");
        assert!(period("2024").holds(year) && !period("2024-Q1").holds(year));
    }
}
