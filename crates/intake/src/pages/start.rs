//! The start page: no rescue service, who reads when, who helps now.

use askama::Template;
use report::InstitutionCode;
use report::help::{HelpKind, Line};
use routing::Desk;
use words::Language;

use super::Frame;
use super::hours::{Next, next, word};
use super::label::Labels;
use crate::Intake;

/// The first thing anybody sees.
#[derive(Template)]
#[template(path = "start.html")]
pub(super) struct Start {
    frame: Frame,
    reading: Reading,
    emergency: Vec<Help>,
    support: Vec<Help>,
    places: Vec<Place>,
}

/// When somebody reads, in sentences.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    first: String,
    rules: Vec<String>,
}

/// One line of help.
pub(super) struct Help {
    pub(super) name: String,
    pub(super) who: Option<String>,
    pub(super) number: Option<String>,
    pub(super) always: bool,
    pub(super) languages: String,
}

/// Help that only some area has.
struct Place {
    name: String,
    lines: Vec<Help>,
}

impl Start {
    pub(super) fn new(intake: &Intake, frame: Frame) -> Self {
        let country = intake.country();
        let labels = Labels::new(country, frame.language());
        let told = |line: &Line| Help::of(line, intake, labels);
        let of = |kind| Help::everywhere(intake, kind, frame.language());
        let own = |area: &report::Area| -> Vec<Help> {
            country.help().lines().iter().filter(|line| line.areas.contains(area)).map(told).collect()
        };
        let areas = country.territories().all().filter(|unit| unit.code != *country.code());
        let place = |unit: &report::territories::Territory| Place {
            name: labels.term("area", unit.code.as_str()),
            lines: own(&unit.code),
        };
        Self {
            reading: Reading::of(intake, &frame),
            emergency: of(HelpKind::Emergency),
            support: of(HelpKind::Support),
            places: areas.map(place).filter(|place| !place.lines.is_empty()).collect(),
            frame,
        }
    }
}

impl Help {
    /// The lines of a kind that the whole country has.
    pub(super) fn everywhere(intake: &Intake, kind: HelpKind, language: Language) -> Vec<Self> {
        let country = intake.country();
        let lines =
            country.help().lines().iter().filter(|line| line.kind == kind && line.areas.contains(country.code()));
        lines.map(|line| Self::of(line, intake, Labels::new(country, language))).collect()
    }

    fn of(line: &Line, intake: &Intake, labels: Labels<'_>) -> Self {
        let languages = line.languages.iter().map(|code| labels.term("language", code.as_str()));
        Self {
            name: labels.term("help", line.code.as_str()),
            who: line.institution.as_ref().map(|code| labels.institution(intake.registry(), code)),
            number: line.number.clone(),
            always: line.hours.as_deref() == Some("always"),
            languages: languages.collect::<Vec<_>>().join(labels.comma()),
        }
    }
}

impl Reading {
    /// What the leads have declared: the country's own first.
    pub(super) fn of(intake: &Intake, frame: &Frame) -> Self {
        let desks = desks(intake);
        let now = desks.first().and_then(|desk| next(desk, intake.seconds()));
        let first = now.map_or_else(|| frame.say("hours-unknown"), |next| sentence(frame, next));
        let labels = Labels::new(intake.country(), frame.language());
        let rule = |desk: &&Desk| rule(frame, desk, &labels.institution(intake.registry(), &desk.institution));
        Self { first, rules: desks.iter().map(rule).collect() }
    }
}

/// What a page says about now changes only when this does.
pub(super) fn stamp(intake: &Intake) -> Option<Next> {
    desks(intake).first().and_then(|desk| next(desk, intake.seconds()))
}

/// The desks of those who lead anywhere, the country's own lead first, each once.
fn desks(intake: &Intake) -> Vec<&Desk> {
    let registry = intake.registry();
    let leads = registry.leads();
    let posts = leads.around(intake.country().code()).into_iter().chain(leads.iter().map(|(_, posts)| posts));
    let first = posts.filter_map(|posts| posts.lead.iter().find(|code| registry.is_present(code)));
    let mut seen: Vec<&InstitutionCode> = Vec::new();
    for code in first {
        if !seen.contains(&code) {
            seen.push(code);
        }
    }
    seen.into_iter().filter_map(|code| registry.desk(code)).collect()
}

fn sentence(frame: &Frame, next: Next) -> String {
    let weekday = frame.say(&format!("date-weekday-{}", word(next.opens.date().weekday())));
    let day = words::day(frame.language(), &next.opens.strftime("%m-%d").to_string());
    let time = words::numerals(frame.language(), &next.opens.strftime("%H:%M").to_string());
    let when = [("weekday", weekday.as_str()), ("day", &day), ("time", &time)];
    match next.until {
        None => frame.say_all("hours-closed", &when),
        Some(until) => {
            let until = words::numerals(frame.language(), &until.strftime("%H:%M").to_string());
            let [weekday, day, time] = when;
            frame.say_all("hours-open", &[weekday, day, time, ("until", &until)])
        }
    }
}

/// The rule in words, true on a page that was kept for later too.
fn rule(frame: &Frame, desk: &Desk, who: &str) -> String {
    let days: Vec<String> = desk.days.iter().map(|day| frame.say(&format!("date-weekday-{day}"))).collect();
    let zone = desk.time_zone.rsplit('/').next().unwrap_or_default().replace('_', " ");
    let zone = if frame.language() == Language::SerbianCyrillic { words::cyrillic(&zone) } else { zone };
    let [opens, closes] = [&desk.opens, &desk.closes].map(|time| words::numerals(frame.language(), time));
    let said = [
        ("who", who),
        ("days", &days.join(frame.language().comma())),
        ("opens", &opens),
        ("closes", &closes),
        ("place", &zone),
    ];
    let mut told = frame.say_all("page-hours-rule", &said);
    let holidays: Vec<String> = desk.holidays.iter().map(|day| words::day(frame.language(), day)).collect();
    if !holidays.is_empty() {
        told.push(' ');
        told.push_str(&frame.say_with("page-hours-holidays", "days", &holidays.join(frame.language().comma())));
    }
    if desk.promises.iter().any(|clock| clock.as_str() == report::triage::Clock::U0.as_str()) {
        told.push(' ');
        told.push_str(&frame.say("page-hours-promise"));
    }
    told
}

#[cfg(test)]
mod tests {
    use crate::pages::hours;

    #[test]
    fn every_day_of_the_week_and_month_has_its_word() {
        for day in jiff::civil::date(2026, 11, 23).series(jiff::Span::new().days(1)).take(7) {
            assert!(words::known(&format!("date-weekday-{}", hours::word(day.weekday()))));
        }
        for month in 1..=12 {
            assert!(words::known(&format!("date-month-{month}")));
        }
    }
}
