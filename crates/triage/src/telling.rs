//! Codes turned into words for a reader. What is said first: what to do; never anything graphic.

use report::triage::{Clock, Recency};
use report::{Area, Code, ConsentRow, Country, Day, Facets, InstitutionCode, PartKind, PartName, Period, Stage};
use words::{Language, text};

use crate::pages::{Choice, Date, Fact};

/// The longest *why*, in words.
#[cfg(test)]
const LONGEST_WHY: usize = 8;

/// A reader and the country whose codes are told.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// Whose language.
    pub language: Language,
    /// Whose codes.
    pub country: &'a Country,
}

impl Telling<'_> {
    /// The tag of the language this reader is answered in.
    pub fn tag(&self) -> &'static str {
        self.language.among_members().tag()
    }

    /// A sentence without placeholders.
    pub fn say(&self, key: &str) -> String {
        text(self.language, key, &[])
    }

    /// The label of an entry of a list; the code itself where the list has none.
    pub fn term(&self, list: &str, code: &str) -> String {
        web::label(self.country, self.language.among_members(), (list, code))
    }

    /// The label of a category, in the reader's language where there is one.
    pub fn category(&self, code: &str) -> String {
        if code == Facets::PROTECTED {
            return self.say("dashboard-protected");
        }
        self.term("category", code)
    }

    /// The label of a class of alleged perpetrators; the plan's own word where nobody wrote one.
    pub fn perpetrator_class(&self, class: &str) -> String {
        let key = format!("dashboard-perpetrator-{class}");
        if words::known(&key) { self.say(&key) } else { class.to_owned() }
    }

    /// The label of an act.
    pub fn act(&self, code: &str) -> String {
        if code == Facets::PROTECTED {
            return self.say("dashboard-protected");
        }
        self.term("act", code)
    }

    /// The name of a place.
    pub fn area(&self, area: Option<&Area>) -> String {
        let Some(area) = area else { return self.say("dashboard-not-asked") };
        self.term("area", area.as_str())
    }

    /// Why a report is urgent, in at most eight words.
    pub fn why(&self, key: &str) -> String {
        self.say(&format!("triage-why-{key}"))
    }

    /// A day as it is written in the reader's language, with its ISO form for machines.
    pub fn date(&self, day: Day) -> Date {
        let iso = day.to_string();
        let fields = iso.splitn(3, '-').map(|field| field.trim_start_matches('0')).collect::<Vec<_>>();
        let [year, month, day] = fields.as_slice() else { return Date { text: iso.clone(), iso } };
        let text = text(self.language, "triage-date", &[("year", year), ("month", month), ("day", day)]);
        Date { iso, text }
    }

    /// The days between which something was.
    fn span(&self, period: Period) -> String {
        let (first, last) = (self.date(period.first()), self.date(period.last()));
        if first.iso == last.iso { first.text } else { format!("{} – {}", first.text, last.text) }
    }

    /// A clock in words.
    pub fn clock(&self, clock: Clock) -> String {
        let code = clock.as_str().to_ascii_lowercase();
        self.say(&format!("triage-clock-{code}"))
    }

    /// A stage in words.
    pub fn stage(&self, stage: Stage) -> String {
        let stage = stage.as_str();
        self.say(&format!("triage-stage-{stage}"))
    }

    /// Hours left, told in days when there are two or more.
    pub fn left(&self, hours: i32) -> String {
        match hours {
            ..=0 => self.say("triage-overdue"),
            1..48 => text(self.language, "triage-hours-left", &[("hours", &hours.to_string())]),
            _ => self.days_left(hours / 24),
        }
    }

    /// Days left.
    pub fn days_left(&self, days: i32) -> String {
        if days < 0 {
            return text(self.language, "triage-days-over", &[("days", &days.saturating_neg().to_string())]);
        }
        text(self.language, "triage-days-left", &[("days", &days.to_string())])
    }

    /// The name of a part.
    pub fn part(&self, part: PartName) -> String {
        let kind = self.part_kind(part.kind());
        part.number().map_or_else(|| kind.clone(), |number| format!("{kind} {number}"))
    }

    /// The name of a kind of part.
    pub fn part_kind(&self, kind: PartKind) -> String {
        let kind = kind.as_str();
        self.say(&format!("dashboard-part-{kind}"))
    }

    /// What is needed.
    pub fn needs(&self, facets: &Facets) -> Vec<String> {
        facets.needs().iter().map(|need| self.term("need", need.as_str())).collect()
    }

    /// What happened, by category.
    pub fn categories(&self, codes: &[Code]) -> String {
        codes.iter().map(|code| self.category(code.as_str())).collect::<Vec<_>>().join(" · ")
    }

    /// The facets as they stand, without needs, which come first elsewhere.
    pub fn facts(&self, facets: &Facets, name: impl Fn(&InstitutionCode) -> String) -> Vec<Fact> {
        let one =
            |name: &str, code: Option<&Code>| code.map(|code| self.term(name, code.as_str())).into_iter().collect();
        let accused = facets.accused();
        let kinds = accused.kinds.iter().map(|kind| self.term("perpetrator_kind", kind.as_str()));
        let named = accused.institutions.iter().map(name);
        let all: [(&str, Vec<String>); 11] = [
            ("dashboard-area", vec![self.area(facets.area())]),
            ("dashboard-fact-period", facets.period().iter().map(|period| self.span(*period)).collect()),
            ("dashboard-fact-recency", vec![self.recency(facets.recency())]),
            ("dashboard-fact-place", one("place_kind", facets.place_kind())),
            ("dashboard-fact-source", one("source_kind", facets.source_kind())),
            ("dashboard-fact-language", one("language", facets.language())),
            ("dashboard-fact-group", self.group(facets)),
            ("dashboard-categories", vec![self.categories(facets.categories())]),
            ("dashboard-fact-acts", facets.acts().iter().map(|act| self.act(act.as_str())).collect()),
            ("dashboard-fact-accused", kinds.chain(named).collect()),
            ("dashboard-fact-consent", facets.consent().iter().map(|row| self.consent(row)).collect()),
        ];
        let told = all.into_iter().filter(|(_, values)| values.iter().any(|value| !value.is_empty()));
        told.map(|(key, values)| Fact { name: self.say(key), value: values.join(" · ") }).collect()
    }

    fn recency(&self, recency: Recency) -> String {
        let recency = recency.as_str();
        self.say(&format!("dashboard-recency-{recency}"))
    }

    fn group(&self, facets: &Facets) -> Vec<String> {
        let Some(group) = facets.group() else { return Vec::new() };
        let bands = [("age_band", group.age_band.as_ref()), ("gender", group.gender.as_ref())];
        let told = bands.into_iter().filter_map(|(list, code)| Some(self.term(list, code?.as_str())));
        let origin = group.origin.iter().map(ToString::to_string);
        std::iter::once(group.size.to_string()).chain(told).chain(origin).collect()
    }

    fn consent(&self, row: &ConsentRow) -> String {
        let purpose = self.term("purpose_consent", row.purpose.as_str());
        let kind = self.term("recipient_kind", row.recipient_kind.as_str());
        format!("{purpose} → {kind}")
    }

    /// The entries of a list whose codes begin alike, as choices.
    pub fn choices(&self, list: &str, prefix: &str) -> Vec<Choice> {
        let terms = self.country.taxonomy().list(list).iter().map(|term| term.code.as_str());
        let fitting = terms.filter(|code| code.starts_with(prefix));
        fitting.map(|code| Choice { value: code.to_owned(), text: self.term(list, code), chosen: false }).collect()
    }
}

#[cfg(test)]
mod tests {
    use report::Sources;

    use super::*;

    fn country() -> Country {
        Country::read(&Sources::embedded()).expect("the shipped country reads")
    }

    #[test]
    fn every_why_has_at_most_eight_words_in_every_written_language() {
        let country = country();
        let rules = Sources::embedded().get("triage.toml").expect("shipped").to_owned();
        let keys = rules.lines().filter_map(|line| line.strip_prefix("reason = \"")?.strip_suffix('"'));
        let keys: Vec<&str> = keys.chain(["standard", "device-saw-more"]).collect();
        assert!(keys.len() > 15);
        for language in [Language::English, Language::Bosnian] {
            let telling = Telling { language, country: &country };
            for key in &keys {
                assert!(words::known(&format!("triage-why-{key}")), "{key} is not written");
                assert!(telling.why(key).split_whitespace().count() <= LONGEST_WHY, "{key} is too long");
            }
        }
    }

    #[test]
    fn every_stage_clock_part_and_recency_is_written() {
        for stage in Stage::ALL {
            assert!(words::known(&format!("triage-stage-{stage}")));
        }
        for clock in Clock::ALL {
            assert!(words::known(&format!("triage-clock-{}", clock.as_str().to_ascii_lowercase())));
        }
        for kind in PartKind::ALL {
            assert!(words::known(&format!("dashboard-part-{kind}")));
        }
        for recency in Recency::ALL {
            assert!(words::known(&format!("dashboard-recency-{}", recency.as_str())));
        }
    }

    #[test]
    fn time_left_is_told_in_hours_only_when_it_is_short() {
        let country = country();
        let telling = Telling { language: Language::English, country: &country };
        assert_eq!(telling.left(0), "time is over");
        assert_eq!(telling.left(1), "1 hour left");
        assert_eq!(telling.left(47), "47 hours left");
        assert_eq!(telling.left(48), "2 days left");
        assert_eq!(telling.days_left(41), "41 days left");
        assert_eq!((telling.days_left(-1), telling.days_left(-3)), ("1 day over".to_owned(), "3 days over".to_owned()));
    }

    #[test]
    fn a_day_is_written_as_the_reader_writes_it() {
        let country = country();
        let day: Day = "2026-03-05".parse().expect("a day");
        let told = |language| Telling { language, country: &country }.date(day).text;
        assert_eq!(told(Language::English), "5 March 2026");
        for language in [Language::Bosnian, Language::Croatian, Language::SerbianLatin, Language::SerbianCyrillic] {
            assert_eq!(told(language), "5. 3. 2026.", "{language:?}");
        }
    }

    #[test]
    fn facets_are_told_in_words_and_needs_are_told_apart() {
        let country = country();
        let telling = Telling { language: Language::Bosnian, country: &country };
        let coding: report::Coding = serde_json::from_str(
            r#"{"language":"en","event":{"area":"BA-BIH-01"},"acts":[{"code":"PUSH-01"}],"accused":[{"institution":"BA-BP"}]}"#,
        )
        .expect("a coding");
        let facets = Facets::project(&coding, &country, "2026-11-20".parse().expect("a day"));
        let told = telling.facts(&facets, ToString::to_string);
        let value = |key: &str| told.iter().find(|fact| fact.name == telling.say(key)).map(|fact| fact.value.as_str());
        assert_eq!(value("dashboard-categories"), Some("Vraćanje na granici"));
        assert!(value("dashboard-fact-accused").is_some_and(|told| told.contains("BA-BP")));
        assert!(told.iter().all(|fact| fact.name != telling.say("dashboard-needs")));
    }
}
