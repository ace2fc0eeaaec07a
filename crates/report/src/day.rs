//! Days, weeks and months, in UTC. Nothing finer is kept.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::macros::format_description;
use time::{Date, Month};

use crate::identifiers::{ShapeFault, as_text};

/// A UTC day, as the number of days since 1970-01-01. Written `2024-05-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(i32);

/// The Julian day of 1970-01-01.
const EPOCH: i32 = 2_440_588;
/// 1900-01-01: nobody reports what is older.
const FIRST: i32 = -25_567;
/// 9999-12-31.
const LAST: i32 = 2_932_896;

impl Day {
    /// From days since 1970-01-01; days outside 1900 to 9999 become the nearest inside.
    pub const fn new(days: i32) -> Self {
        if days < FIRST {
            Self(FIRST)
        } else if days > LAST {
            Self(LAST)
        } else {
            Self(days)
        }
    }

    /// Days since 1970-01-01.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The UTC day of a Unix time in seconds.
    pub fn of_unix_seconds(seconds: i64) -> Self {
        Self::new(i32::try_from(seconds.div_euclid(86_400)).unwrap_or(LAST))
    }

    /// The first second of the day, as Unix time.
    pub fn unix_seconds(self) -> i64 {
        i64::from(self.0) * 86_400
    }

    /// The day so many days later (or earlier, when negative).
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self::new(self.0.saturating_add(days))
    }

    /// How many days lie between an earlier day and this one; negative when it is later.
    pub const fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// The ISO week the day lies in.
    pub fn iso_week(self) -> Period {
        let (year, week, _) = self.date().to_iso_week_date();
        Period::Week { year, week }
    }

    /// The month the day lies in.
    pub fn month(self) -> Period {
        Period::Month { year: self.date().year(), month: self.date().month() as u8 }
    }

    /// The year the day lies in.
    pub fn year(self) -> Period {
        Period::Year { year: self.date().year() }
    }

    fn date(self) -> Date {
        Date::from_julian_day(EPOCH + self.0).unwrap_or(Date::MIN)
    }

    fn of(date: Date) -> Self {
        Self::new(date.to_julian_day() - EPOCH)
    }
}

impl FromStr for Day {
    type Err = ShapeFault;
    fn from_str(text: &str) -> Result<Self, ShapeFault> {
        let date = Date::parse(text, format_description!("[year]-[month]-[day]"));
        let date = date.ok().filter(|date| text.len() == 10 && (1900..=9999).contains(&date.year()));
        date.map(Self::of).ok_or(ShapeFault("a day (YYYY-MM-DD)"))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();
        write!(out, "{:04}-{:02}-{:02}", date.year(), date.month() as u8, date.day())
    }
}

as_text!(Day, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");

/// A stretch of time that facets may name: an ISO week (`2024-W18`), a month (`2024-05`) or a year (`2024`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Period {
    /// An ISO 8601 week.
    Week {
        /// The year the week is counted in.
        year: i32,
        /// 1 to 53.
        week: u8,
    },
    /// A calendar month.
    Month {
        /// Year.
        year: i32,
        /// 1 to 12.
        month: u8,
    },
    /// A calendar year.
    Year {
        /// Year.
        year: i32,
    },
}

impl Period {
    /// The first day of the period.
    pub fn first(self) -> Day {
        let date = match self {
            Self::Week { year, week } => Date::from_iso_week_date(year, week, time::Weekday::Monday),
            Self::Month { year, month } => first_of(year, month),
            Self::Year { year } => first_of(year, 1),
        };
        Day::of(date.unwrap_or(Date::MIN))
    }

    /// The last day of the period.
    pub fn last(self) -> Day {
        match self {
            Self::Week { .. } => self.first().plus(6),
            Self::Month { year, month: 12 } | Self::Year { year } => Self::Year { year: year + 1 }.first().plus(-1),
            Self::Month { year, month } => Self::Month { year, month: month + 1 }.first().plus(-1),
        }
    }

    /// The year it is counted in.
    pub const fn year(self) -> i32 {
        match self {
            Self::Week { year, .. } | Self::Month { year, .. } | Self::Year { year } => year,
        }
    }
}

fn first_of(year: i32, month: u8) -> Result<Date, time::error::ComponentRange> {
    Date::from_calendar_date(year, Month::try_from(month)?, 1)
}

impl FromStr for Period {
    type Err = ShapeFault;
    fn from_str(text: &str) -> Result<Self, ShapeFault> {
        let fault = ShapeFault("a period (YYYY-Www, YYYY-MM or YYYY)");
        let number = |digits: &str| digits.parse::<u8>().ok();
        let (year, rest) = text.split_at_checked(4).ok_or(fault)?;
        let year = year.parse().ok().filter(|year| (1900..=9999).contains(year)).ok_or(fault)?;
        let period = match (rest.strip_prefix("-W"), rest.strip_prefix('-')) {
            (Some(week), _) => Self::Week { year, week: number(week).ok_or(fault)? },
            (None, Some(month)) => Self::Month { year, month: number(month).ok_or(fault)? },
            (None, None) => Self::Year { year },
        };
        let real = match period {
            Self::Week { year, week } => Date::from_iso_week_date(year, week, time::Weekday::Monday).is_ok(),
            Self::Month { year, month } => first_of(year, month).is_ok(),
            Self::Year { .. } => true,
        };
        if real && period.to_string() == text { Ok(period) } else { Err(fault) }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Week { year, week } => write!(out, "{year:04}-W{week:02}"),
            Self::Month { year, month } => write!(out, "{year:04}-{month:02}"),
            Self::Year { year } => write!(out, "{year:04}"),
        }
    }
}

as_text!(Period, "^[0-9]{4}(-W[0-9]{2}|-[0-9]{2})?$");
