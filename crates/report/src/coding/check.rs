//! Everything that can be wrong with a coding besides its shape.

use std::fmt;

use validator::Validate;

use super::{Accused, Act, Coding, Event, Group, Harm, Leg};
use crate::answer::Answer;
use crate::country::Country;
use crate::day::Day;
use crate::fault;
use crate::identifiers::{Area, Code};
use crate::origin;
use crate::taxonomy::Standing;

/// More people than this in one count is a slip of the finger.
const MOST_PEOPLE: u32 = 100_000;

/// A field of a document that is wrong, and how; never what was written there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldFault {
    /// Path of the field, such as `acts[2].code` (counted from 0).
    pub field: String,
    /// `unknown-code`, `retired-code`, `in-the-future`, `ends-before-it-begins`, `too-many`, `out-of-range`, `no-such-group` or
    /// `consent-impossible`.
    pub code: &'static str,
}

impl fmt::Display for FieldFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.field, self.code)
    }
}

impl std::error::Error for FieldFault {}

impl Coding {
    /// Says every fault of the coding: codes the country does not know or has retired, days in the future, lists that are too long,
    /// consent that cannot be given.
    ///
    /// # Errors
    /// All faults at once, as field and code.
    pub fn check(&self, country: &Country, today: Day) -> Result<(), Vec<FieldFault>> {
        if let Err(errors) = self.validate() {
            let long = fault::flatten(&errors).into_iter();
            return Err(long.map(|(field, _)| FieldFault { field, code: "too-many" }).collect());
        }
        let mut check = Check { country, today, faults: Vec::new() };
        check.answers(self);
        if let Some(event) = self.event.given() {
            check.event(event);
        }
        check.people(self);
        check.consent(self);
        if check.faults.is_empty() { Ok(()) } else { Err(check.faults) }
    }
}

struct Check<'a> {
    country: &'a Country,
    today: Day,
    faults: Vec<FieldFault>,
}

impl Check<'_> {
    fn fault(&mut self, field: impl Into<String>, code: &'static str) {
        self.faults.push(FieldFault { field: field.into(), code });
    }

    fn answers(&mut self, coding: &Coding) {
        if coding.language.given().is_some_and(|code| !is_language(code.as_str())) {
            self.fault("language", "unknown-code");
        }
        self.code("source_kind", "source_kind", &coding.source_kind);
        self.code("channel", "channel", &coding.channel);
        self.code("still_in_danger", "danger", &coding.still_in_danger);
        self.codes("needs", "need", &coding.needs);
        self.codes("identity_ground", "identity_ground", &coding.identity_ground);
        self.codes("bias_indicator", "bias_indicator", &coding.bias_indicator);
        self.codes("evidence", "evidence_kind", &coding.evidence);
        for (index, harm) in coding.harm.items().iter().enumerate() {
            let Harm { kind, count, count_basis } = harm;
            self.listed(format!("harm[{index}].kind"), "harm", kind);
            self.count(&format!("harm[{index}]"), *count, count_basis);
        }
    }

    fn event(&mut self, event: &Event) {
        self.code("event.precision", "date_precision", &event.precision);
        self.code("event.place_kind", "place_kind", &event.place_kind);
        self.day("event.from", event.from);
        self.day("event.to", event.to);
        if matches!((event.from.given(), event.to.given()), (Some(from), Some(to)) if to < from) {
            self.fault("event.to", "ends-before-it-begins");
        }
        self.area("event.area", &event.area);
        let places = self.country.territories();
        let unknown = [
            ("event.segment", event.segment.given().is_some_and(|code| places.segment(code.as_str()).is_none())),
            ("event.crossing", event.crossing.given().is_some_and(|code| places.crossing(code.as_str()).is_none())),
            ("event.facility", event.facility.given().is_some_and(|code| places.facility(code.as_str()).is_none())),
        ];
        for (field, _) in unknown.into_iter().filter(|(_, unknown)| *unknown) {
            self.fault(field, "unknown-code");
        }
        for (index, leg) in event.legs.items().iter().enumerate() {
            self.leg(&format!("event.legs[{index}]"), leg);
        }
    }

    fn leg(&mut self, path: &str, leg: &Leg) {
        self.area(&format!("{path}.from"), &leg.from);
        self.area(&format!("{path}.to"), &leg.to);
        self.day(&format!("{path}.day"), leg.day);
        let segment = leg.segment.given();
        if segment.is_some_and(|code| self.country.territories().segment(code.as_str()).is_none()) {
            self.fault(format!("{path}.segment"), "unknown-code");
        }
    }

    fn people(&mut self, coding: &Coding) {
        for (index, act) in coding.acts.items().iter().enumerate() {
            self.act(&format!("acts[{index}]"), act, coding.people.items().len());
        }
        for (index, accused) in coding.accused.items().iter().enumerate() {
            let path = format!("accused[{index}]");
            let Accused { kind, institution: _, involvement, count, count_basis } = accused;
            self.code(&format!("{path}.kind"), "perpetrator_kind", kind);
            self.code(&format!("{path}.involvement"), "involvement", involvement);
            self.count(&path, *count, count_basis);
        }
        for (index, group) in coding.people.items().iter().enumerate() {
            self.group(&format!("people[{index}]"), group);
        }
    }

    fn act(&mut self, path: &str, act: &Act, groups: usize) {
        self.listed(format!("{path}.code"), "act", &act.code);
        self.codes(&format!("{path}.means"), "means", &act.means);
        self.codes(&format!("{path}.purpose"), "purpose", &act.purpose);
        if act.against.items().iter().any(|group| *group == 0 || usize::from(*group) > groups) {
            self.fault(format!("{path}.against"), "no-such-group");
        }
    }

    fn group(&mut self, path: &str, group: &Group) {
        self.count(path, group.count, &group.count_basis);
        self.code(&format!("{path}.age_band"), "age_band", &group.age_band);
        self.code(&format!("{path}.gender"), "gender", &group.gender);
        self.codes(&format!("{path}.vulnerability"), "vulnerability", &group.vulnerability);
        self.code(&format!("{path}.legal_status"), "legal_status", &group.legal_status);
        if group.origin.given().is_some_and(|origin| !self.country.knows_origin(origin.code())) {
            self.fault(format!("{path}.origin"), "unknown-code");
        }
    }

    fn consent(&mut self, coding: &Coding) {
        for (index, row) in coding.consent.items().iter().enumerate() {
            if !self.country.consent().allows(row) {
                self.fault(format!("consent[{index}]"), "consent-impossible");
            }
        }
    }

    fn code(&mut self, field: &str, list: &str, answer: &Answer<Code>) {
        if let Some(code) = answer.given() {
            self.listed(field, list, code);
        }
    }

    fn codes(&mut self, field: &str, list: &str, answer: &Answer<Vec<Code>>) {
        for (index, code) in answer.items().iter().enumerate() {
            self.listed(format!("{field}[{index}]"), list, code);
        }
    }

    fn listed(&mut self, field: impl Into<String>, list: &str, code: &Code) {
        match self.country.taxonomy().standing(list, code.as_str(), self.today) {
            Standing::InUse => {}
            Standing::Retired => self.fault(field, "retired-code"),
            Standing::Unknown => self.fault(field, "unknown-code"),
        }
    }

    fn count(&mut self, path: &str, count: Answer<u32>, basis: &Answer<Code>) {
        if count.given().is_some_and(|count| *count > MOST_PEOPLE) {
            self.fault(format!("{path}.count"), "out-of-range");
        }
        self.code(&format!("{path}.count_basis"), "count_basis", basis);
    }

    fn day(&mut self, field: &str, day: Answer<Day>) {
        if day.given().is_some_and(|day| *day > self.today) {
            self.fault(field, "in-the-future");
        }
    }

    fn area(&mut self, field: &str, area: &Answer<Area>) {
        let known = |area: &Area| self.country.territories().knows(area) || origin::alpha_2(area.as_str()).is_some();
        if area.given().is_some_and(|area| !known(area)) {
            self.fault(field, "unknown-code");
        }
    }
}

impl Country {
    /// Whether a code is a country of the world or one of the special origins.
    pub fn knows_origin(&self, code: &Code) -> bool {
        origin::is_country(code.as_str()) || self.taxonomy().term("origin_special", code.as_str()).is_some()
    }
}

/// The shape of an ISO 639 code, with subtags such as a script behind hyphens.
fn is_language(code: &str) -> bool {
    let mut tags = code.split('-');
    let lower = |tag: &str| (2..=3).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_lowercase());
    let alphanumeric = |tag: &str| (2..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    tags.next().is_some_and(lower) && tags.all(alphanumeric)
}
