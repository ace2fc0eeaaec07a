//! When somebody reads next, from the hours a lead has declared.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use routing::Desk;

/// Days looked ahead: longer than any run of holidays.
const AHEAD: usize = 60;

/// When somebody reads next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Next {
    /// Until when somebody reads today, when the desk is open now.
    pub(super) until: Option<Time>,
    /// The next opening that has not begun.
    pub(super) opens: DateTime,
}

/// The next opening after a moment in seconds since 1970; none when the desk's hours cannot be read or never come.
pub(super) fn next(desk: &Desk, now: i64) -> Option<Next> {
    let zone = TimeZone::get(&desk.time_zone).ok()?;
    let here = Timestamp::from_second(now).ok()?.to_zoned(zone).datetime();
    let (opens, closes) = (time(&desk.opens)?, time(&desk.closes)?);
    let is_open = is_working(desk, here.date()) && (opens..closes).contains(&here.time());
    let days = here.date().series(jiff::Span::new().days(1)).take(AHEAD);
    let coming = days.filter(|day| is_working(desk, *day)).map(|day| day.to_datetime(opens));
    let opens = coming.into_iter().find(|opening| *opening > here)?;
    Some(Next { until: is_open.then_some(closes), opens })
}

/// A time as the registry writes it.
fn time(text: &str) -> Option<Time> {
    Time::strptime("%H:%M", text).ok()
}

fn is_working(desk: &Desk, day: Date) -> bool {
    let yearly = format!("{:02}-{:02}", day.month(), day.day());
    let once = day.to_string();
    let is_holiday = desk.holidays.iter().any(|holiday| *holiday == yearly || *holiday == once);
    !is_holiday && desk.days.iter().any(|name| name == word(day.weekday()))
}

/// A day of the week as the registry and the catalogue write it.
pub(super) fn word(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk() -> Desk {
        Desk {
            institution: "NGO-VP".parse().expect("a code"),
            time_zone: "Europe/Sarajevo".to_owned(),
            days: ["mon", "tue", "wed", "thu", "fri"].map(str::to_owned).into(),
            opens: "08:00".to_owned(),
            closes: "16:00".to_owned(),
            holidays: vec!["01-01".to_owned(), "01-02".to_owned()],
            duty: "phone".to_owned(),
            promises: Vec::new(),
        }
    }

    fn at(text: &str) -> Next {
        let now: Timestamp = text.parse().expect("a moment");
        next(&desk(), now.as_second()).expect("it opens")
    }

    #[test]
    fn on_friday_evening_nobody_reads_before_monday() {
        let next = at("2026-11-20T17:00:00Z");
        assert_eq!((next.until, next.opens.to_string()), (None, "2026-11-23T08:00:00".to_owned()));
    }

    #[test]
    fn summer_time_is_looked_up() {
        assert!(at("2026-07-01T06:30:00Z").until.is_some());
        assert!(at("2026-12-01T06:30:00Z").until.is_none());
        assert_eq!(at("2026-12-01T06:30:00Z").opens.to_string(), "2026-12-01T08:00:00");
    }

    #[test]
    fn while_somebody_reads_the_next_opening_is_another_day() {
        let next = at("2026-12-01T12:00:00Z");
        assert!(next.until.is_some());
        assert_eq!(next.opens.to_string(), "2026-12-02T08:00:00");
    }

    #[test]
    fn holidays_are_passed_over() {
        assert_eq!(at("2026-12-31T16:00:00Z").opens.to_string(), "2027-01-04T08:00:00");
    }

    #[test]
    fn hours_that_do_not_read_promise_nothing() {
        let broken = Desk { time_zone: "Nowhere/None".to_owned(), ..desk() };
        assert_eq!(next(&broken, 0), None);
    }
}
