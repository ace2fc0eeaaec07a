//! The projection: coding and consent in, facets out. Pure, and driven by the table, so that every client gives the same bytes.

use std::collections::BTreeSet;

use super::{Accused, Facets, GroupFacet, Shape, Wire};
use crate::answer::Answer;
use crate::coding::{Coding, Event, Group};
use crate::country::Country;
use crate::day::{Day, Period};
use crate::identifiers::{Area, Code};
use crate::origin;
use crate::taxonomy::Taxonomy;
use crate::triage::{Codes, Recency, Signals, is_protective};

impl Facets {
    /// What the server may know of a coding filed today.
    pub fn project(coding: &Coding, country: &Country, today: Day) -> Self {
        let signals = Signals::of_coding(coding, country, today);
        let is_sensitive = country.is_sensitive(&signals);
        let consent = country.consent().of_coding(coding, is_sensitive);
        let counted = consent.iter().any(|row| row.purpose == country.consent().statistics().purpose);
        let is_protected = is_sensitive && !counted;
        let open = Wire {
            version: 1,
            taxonomy: country.taxonomy().version().to_owned(),
            projection: Shape::Open,
            accused: accused(coding, country),
            consent,
            recency: signals.recency,
            clock: country.triage().assess(&signals, country.taxonomy()).clock,
            urgency: signals.urgency.iter().cloned().collect(),
            area: area(coding, country),
            period: coding.event.given().and_then(|event| event.period(country.taxonomy())),
            categories: shown_list(&coding.acts, &signals.categories),
            acts: shown_list(&coding.acts, &signals.acts),
            place_kind: shown(coding.event.given().map(|event| event.place_kind.as_ref()), "place_kind", country),
            needs: shown_list(&coding.needs, &signals.needs),
            source_kind: shown(Some(coding.source_kind.as_ref()), "source_kind", country),
            language: language(coding, country),
            channel: shown(Some(coding.channel.as_ref()), "channel", country),
            group: group(coding, country),
            to_code: Some(coding.acts.items().is_empty() || coding.to_code.given() == Some(&true)),
        };
        let month = coding.event.given().and_then(|event| event.month(country.taxonomy()));
        Self(if is_protected { protected(open, month, country) } else { open })
    }
}

impl Facets {
    /// The least of them, for who protects a person and needs to know nothing else: how urgent, and where to a tier-2 area. Nothing
    /// of what happened, of who is accused, of what was agreed to. Not what the reporter signed, and so nothing to check against.
    #[must_use]
    pub fn least(&self, country: &Country) -> Self {
        let bare = Wire { accused: Accused::default(), consent: Vec::new(), ..self.0.clone() };
        Self(protected(bare, None, country))
    }
}

impl Country {
    /// Whether a report carries a code that is shown only with consent to statistics.
    pub(crate) fn is_sensitive(&self, signals: &Signals) -> bool {
        let told = |signal: &str| match signal {
            "categories" => &signals.categories,
            "flags" => &signals.flags,
            "vulnerability" => &signals.vulnerability,
            "age_band" => &signals.age_band,
            _ => &signals.needs,
        };
        self.projection().protected().iter().any(|(signal, codes)| !codes.is_disjoint(told(signal)))
    }
}

/// Leaves of the open projection what the protected one may show.
fn protected(open: Wire, period: Option<Period>, country: &Country) -> Wire {
    let kept: BTreeSet<&Code> =
        country.triage().urgency_flags().filter(|(_, kept)| *kept).map(|(code, _)| code).collect();
    let tier_2 = |area: Area| country.territories().tier_2(area.as_str()).cloned().unwrap_or(area);
    Wire {
        projection: Shape::Protected,
        urgency: open.urgency.into_iter().filter(|flag| kept.contains(flag)).collect(),
        area: open.area.map(tier_2),
        period,
        categories: Facets::PROTECTED.parse().ok().map(|code| vec![code]),
        acts: None,
        place_kind: None,
        needs: None,
        source_kind: None,
        language: None,
        // Without it the server could not tell that no clock runs.
        channel: open.channel.filter(|channel| !is_protective(country.taxonomy(), Some(channel))),
        group: None,
        to_code: None,
        ..open
    }
}

fn accused(coding: &Coding, country: &Country) -> Accused {
    let named = coding.accused.items();
    let kinds: Codes = named.iter().filter_map(|accused| accused.kind.given()).cloned().collect();
    let event = coding.event.given();
    let facility = event.and_then(|event| event.facility.given());
    let facility = facility.and_then(|code| country.territories().facility(code.as_str()));
    let day = event.and_then(|event| event.day(country.taxonomy()));
    let operators = facility.into_iter().flat_map(|facility| facility.operators_on(day)).cloned();
    let institutions: BTreeSet<_> =
        named.iter().filter_map(|accused| accused.institution.given()).cloned().chain(operators).collect();
    Accused { kinds: kinds.into_iter().collect(), institutions: institutions.into_iter().collect() }
}

/// The area told; else that of the facility or crossing told; else unknown when it was asked.
fn area(coding: &Coding, country: &Country) -> Option<Area> {
    let event = match &coding.event {
        Answer::NotAsked => return None,
        Answer::Unknown | Answer::Refused => return Some(Area::unknown()),
        Answer::Given(event) => event,
    };
    if let Answer::Given(area) = &event.area {
        let area = origin::alpha_2(area.as_str()).and_then(|two| two.parse().ok()).unwrap_or_else(|| area.clone());
        return Some(if country.territories().knows(&area) { area } else { Area::unknown() });
    }
    let facility = event.facility.given().and_then(|code| country.territories().facility(code.as_str()));
    let crossing = event.crossing.given().and_then(|code| country.territories().crossing(code.as_str()));
    let place = facility.map(|facility| &facility.municipality).or(crossing.map(|crossing| &crossing.municipality));
    place.cloned().or_else(|| (!event.area.is_not_asked()).then(Area::unknown))
}

fn shown(answer: Option<Answer<&Code>>, list: &str, country: &Country) -> Option<Code> {
    let code = country.projection().shown(list, answer.unwrap_or_default())?;
    let known = country.taxonomy().term(list, code.as_str()).is_some();
    if known { Some(code) } else { country.projection().other(list).cloned() }
}

fn language(coding: &Coding, country: &Country) -> Option<Code> {
    shown(Some(coding.language.as_ref()), "language", country)
}

/// A list that was answered, with what the signals make of it.
fn shown_list<T>(answer: &Answer<Vec<T>>, codes: &Codes) -> Option<Vec<Code>> {
    answer.given().map(|_| codes.iter().cloned().collect())
}

fn group(coding: &Coding, country: &Country) -> Option<GroupFacet> {
    let size = country.projection().size(coding.head_count()?)?;
    let common = |list: &str, told: &dyn Fn(&Group) -> Answer<Code>| {
        let codes: Codes = coding
            .people
            .items()
            .iter()
            .filter_map(|group| country.projection().shown(list, told(group).as_ref()))
            .collect();
        country.projection().common(list, &codes, country.taxonomy())
    };
    Some(GroupFacet {
        size,
        age_band: common("age_band", &|group| group.age_band.clone()),
        gender: common("gender", &|group| group.gender.clone()),
        origin: common("origin", &|group| group.origin.clone().map(|origin| origin.code().clone())),
    })
}

impl Event {
    /// The finest period facets may name for the event's beginning; none when the date tells nothing.
    pub fn period(&self, taxonomy: &Taxonomy) -> Option<Period> {
        let day = *self.from.given().or(self.to.given())?;
        match self.span(taxonomy)? {
            "week" => Some(day.iso_week()),
            "month" => Some(day.month()),
            "year" => Some(day.year()),
            _ => None,
        }
    }

    /// The month of the event's beginning, or its year when no more is known. A week is no way to it: it can lie in two months.
    pub fn month(&self, taxonomy: &Taxonomy) -> Option<Period> {
        match (self.period(taxonomy)?, self.from.given().or(self.to.given())) {
            (Period::Week { .. }, Some(day)) => Some(day.month()),
            (coarse, _) => Some(coarse),
        }
    }

    /// How long ago the event ended; a vague date counts as the last day it could mean, but never as one after today.
    pub fn recency(&self, taxonomy: &Taxonomy, today: Day) -> Recency {
        let Some((day, period)) = self.to.given().or(self.from.given()).zip(self.period(taxonomy)) else {
            return Recency::Unknown;
        };
        let last = if self.is_vague(taxonomy) { period.last().max(*day) } else { *day };
        Recency::of_days(today.since(last.min(today)))
    }

    /// The day of the event, when it is known to the day.
    pub fn day(&self, taxonomy: &Taxonomy) -> Option<Day> {
        let exact = self.period(taxonomy).is_some() && !self.is_vague(taxonomy);
        self.from.given().filter(|_| exact).copied()
    }

    /// The span of the precision told; a date without one is known to the day.
    fn span<'a>(&self, taxonomy: &'a Taxonomy) -> Option<&'a str> {
        match self.precision.given() {
            None => Some("week"),
            Some(code) => taxonomy.term("date_precision", code.as_str()).and_then(|term| term.text("span")),
        }
    }

    fn is_vague(&self, taxonomy: &Taxonomy) -> bool {
        let term = self.precision.given().and_then(|code| taxonomy.term("date_precision", code.as_str()));
        term.is_some_and(|term| term.flag("vague"))
    }
}
