//! What the rules look at: everything a device knows, or the little that facets say.

use super::{Codes, Recency};
use crate::coding::Coding;
use crate::country::Country;
use crate::day::Day;
use crate::facets::Facets;
use crate::identifiers::Code;
use crate::taxonomy::Taxonomy;

/// The inputs of triage, as sets of codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signals {
    /// Acts reported.
    pub acts: Codes,
    /// Their categories.
    pub categories: Codes,
    /// Their flags.
    pub flags: Codes,
    /// Vulnerabilities told.
    pub vulnerability: Codes,
    /// Age bands told.
    pub age_band: Codes,
    /// Kinds of harm told.
    pub harm: Codes,
    /// Needs told.
    pub needs: Codes,
    /// Kinds of alleged perpetrators.
    pub accused: Codes,
    /// Urgency flags; none over a channel that raises no protective clocks.
    pub urgency: Codes,
    /// Whether the danger continues.
    pub danger: bool,
    /// Whether somebody suffers for reporting.
    pub reprisal: bool,
    /// How long ago.
    pub recency: Recency,
    /// Whether the channel raises protective clocks; imports do not.
    pub protective: bool,
}

impl Signals {
    /// What the device knows.
    pub fn of_coding(coding: &Coding, country: &Country, today: Day) -> Self {
        let taxonomy = country.taxonomy();
        let acts: Codes = coding.acts.items().iter().map(|act| act.code.clone()).collect();
        let people = coding.people.items();
        let mut signals = Self {
            categories: Codes::new(),
            flags: Codes::new(),
            vulnerability: people.iter().flat_map(|group| group.vulnerability.items()).cloned().collect(),
            age_band: people.iter().filter_map(|group| group.age_band.given()).cloned().collect(),
            harm: coding.harm.items().iter().map(|harm| harm.kind.clone()).collect(),
            needs: coding.needs.items().iter().cloned().collect(),
            accused: coding.accused.items().iter().filter_map(|accused| accused.kind.given()).cloned().collect(),
            urgency: Codes::new(),
            danger: coding.still_in_danger.given().is_some_and(|answer| continues(taxonomy, answer)),
            reprisal: coding.reprisal.given() == Some(&true),
            recency: coding.event.given().map_or(Recency::Unknown, |event| event.recency(taxonomy, today)),
            protective: is_protective(taxonomy, coding.channel.given()),
            acts,
        };
        signals.fill_in(taxonomy);
        if signals.protective {
            signals.urgency = country.triage().urgency(&signals);
        }
        signals
    }

    /// What the server may know.
    pub fn of_facets(facets: &Facets, country: &Country) -> Self {
        let taxonomy = country.taxonomy();
        let group = facets.group();
        let mut signals = Self {
            acts: facets.acts().iter().cloned().collect(),
            categories: facets.categories().iter().cloned().collect(),
            flags: Codes::new(),
            vulnerability: Codes::new(),
            age_band: group.and_then(|group| group.age_band.clone()).into_iter().collect(),
            harm: Codes::new(),
            needs: facets.needs().iter().cloned().collect(),
            accused: facets.accused().kinds.iter().cloned().collect(),
            urgency: facets.urgency().iter().cloned().collect(),
            danger: facets.urgency().iter().any(|flag| *flag == *country.triage().danger()),
            reprisal: false,
            recency: facets.recency(),
            protective: is_protective(taxonomy, facets.channel()),
        };
        signals.fill_in(taxonomy);
        signals
    }

    /// The sets of codes, in the order of a clause's.
    pub(super) fn sets(&self) -> [&Codes; 9] {
        [
            &self.acts,
            &self.categories,
            &self.flags,
            &self.vulnerability,
            &self.age_band,
            &self.harm,
            &self.needs,
            &self.accused,
            &self.urgency,
        ]
    }

    /// Adds the categories and flags of the acts.
    fn fill_in(&mut self, taxonomy: &Taxonomy) {
        for act in self.acts.iter().filter_map(|code| taxonomy.act(code.as_str())) {
            self.categories.insert(act.category.clone());
            self.flags.extend(act.flags.iter().cloned());
        }
    }
}

fn continues(taxonomy: &Taxonomy, answer: &Code) -> bool {
    taxonomy.term("danger", answer.as_str()).is_some_and(|term| term.flag("danger"))
}

/// Whether a channel raises protective clocks: what comes in as an existing record does not.
pub(crate) fn is_protective(taxonomy: &Taxonomy, channel: Option<&Code>) -> bool {
    let term = channel.and_then(|code| taxonomy.term("channel", code.as_str()));
    term.is_none_or(|term| !term.flag("import"))
}
