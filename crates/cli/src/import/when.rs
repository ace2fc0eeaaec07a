//! When it happened, if day and month may have been swapped on the way.

use super::cell::Written;
use time::{Date, Month};

/// The days an event can have happened on, and how precisely that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The first day it can have been.
    pub from: Date,
    /// The last day it can have been.
    pub to: Date,
    /// A code of the taxonomy's `date_precision`.
    pub precision: &'static str,
    /// Whether a person must look: the sources disagree, or nothing tells day from month.
    pub unsure: bool,
}

/// Weighs the published date against a second witness (a date in the row's own address), if there is one.
///
/// Two numbers that can both be a month are only trusted when something confirms them; otherwise the span that
/// holds both readings is what is known.
pub fn weigh(published: Written, witness: Option<Written>) -> Option<When> {
    let (straight, swapped) = (day(published), day(turned(published)));
    let told = witness.and_then(day);
    match (straight, swapped, told) {
        (Some(straight), _, Some(told)) if straight == told => Some(exactly(straight)),
        (_, Some(swapped), Some(told)) if swapped == told => Some(exactly(swapped)),
        (Some(straight), _, Some(told)) => Some(between(straight, told)),
        (Some(straight), _, None) if published.worded || published.month == published.day => Some(exactly(straight)),
        (Some(straight), Some(swapped), None) => Some(between(straight, swapped)),
        (Some(sure), None, None) | (None, Some(sure), _) => Some(exactly(sure)),
        (None, None, told) => told.map(|told| When { unsure: true, ..exactly(told) }),
    }
}

/// A date whose order of day and month is beyond doubt.
pub fn plain(published: Written) -> Option<When> {
    day(published).map(exactly)
}

fn turned(written: Written) -> Written {
    Written { month: written.day, day: written.month, ..written }
}

fn day(written: Written) -> Option<Date> {
    Date::from_calendar_date(written.year, Month::try_from(written.month).ok()?, written.day).ok()
}

fn exactly(date: Date) -> When {
    When { from: date, to: date, precision: "D-DAY", unsure: false }
}

fn between(one: Date, other: Date) -> When {
    let (from, to) = if one <= other { (one, other) } else { (other, one) };
    let precision = if from.year() != to.year() {
        "D-UNK"
    } else if from.month() == to.month() {
        "D-MONTH"
    } else {
        "D-YEAR"
    };
    When { from, to, precision, unsure: true }
}

#[cfg(test)]
mod tests {
    use super::super::cell::{witness, written};
    use super::*;
    use time::macros::date;

    fn weighed(published: &str, address: &str) -> Option<When> {
        weigh(written(published)?, witness(address))
    }

    #[test]
    fn the_address_decides_between_day_and_month() {
        let found = weighed("2017-03-10", "https://example.org/october-3-2017-0000-x/").unwrap();
        assert_eq!((found.from, found.precision, found.unsure), (date!(2017 - 10 - 03), "D-DAY", false));
        let found = weighed("2017-11-27", "https://example.org/november-27-2017-0000-x/").unwrap();
        assert_eq!((found.from, found.unsure), (date!(2017 - 11 - 27), false));
    }

    #[test]
    fn nothing_is_guessed_when_nothing_decides() {
        let found = weighed("2023-01-04", "https://example.org/27561-2/").unwrap();
        assert_eq!((found.from, found.to), (date!(2023 - 01 - 04), date!(2023 - 04 - 01)));
        assert_eq!((found.precision, found.unsure), ("D-YEAR", true));
    }

    #[test]
    fn a_day_beyond_the_twelfth_needs_no_witness() {
        let found = weighed("2023-01-24", "https://example.org/x/").unwrap();
        assert_eq!((found.from, found.precision), (date!(2023 - 01 - 24), "D-DAY"));
        assert_eq!(weighed("2023-24-01", "https://example.org/x/").unwrap().from, date!(2023 - 01 - 24));
    }

    #[test]
    fn two_witnesses_that_disagree_give_the_span() {
        let found = weighed("2020-10-22", "https://example.org/october-1-2020-1300/").unwrap();
        assert_eq!((found.from, found.to, found.precision), (date!(2020 - 10 - 01), date!(2020 - 10 - 22), "D-MONTH"));
        assert!(found.unsure);
    }
}
