//! Who will hear of it: what an institution tells the accused, what it passes on, and what it must report.

use std::collections::BTreeSet;

use report::{Day, Facets, InstitutionCode};
use serde::Serialize;

use crate::bodies::Bodies;
use crate::institution::{Disclosure, Duty, Institution};
use crate::reason::Reason;
use crate::registry::Registry;
use crate::situation::Situation;

/// Through whom others would hear of a report, who they are where the registry knows, and how.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Hearing {
    /// The institution that would tell, if it got the report.
    pub institution: InstitutionCode,
    /// Who would hear of it; empty where that is decided later, as by a duty to report.
    pub hears: Vec<InstitutionCode>,
    /// Whether an institution that is shut out would hear of it by the teller's own rules: sealed parts only after a specific warning.
    pub is_relay: bool,
    /// One sentence.
    pub reason: Reason,
}

/// Who would hear of a report with these facets if these institutions got it. Each entry needs the person's specific yes.
pub fn will_hear<'a>(
    facets: &Facets,
    registry: &Registry,
    today: Day,
    institutions: impl IntoIterator<Item = &'a InstitutionCode>,
) -> Vec<Hearing> {
    let ears = Ears::of(&Situation::of(facets), registry, today);
    institutions.into_iter().filter_map(|code| registry.get(code)).flat_map(|body| ears.hear(body)).collect()
}

/// The accused and the shut out of one report.
pub(crate) struct Ears<'a> {
    registry: &'a Registry,
    today: Day,
    accused: Bodies,
    pub(crate) shut: Bodies,
}

impl<'a> Ears<'a> {
    pub(crate) fn of(situation: &Situation, registry: &'a Registry, today: Day) -> Self {
        let accused = registry.bases(&situation.accused, &situation.area);
        let shut = registry.closure_of(&accused);
        Self { registry, today, accused, shut }
    }

    /// Whether one of these codes is accused.
    pub(crate) fn accuses<'b>(&self, mut any: impl Iterator<Item = &'b InstitutionCode>) -> bool {
        any.any(|code| self.registry.place(code).is_some_and(|place| self.accused.contains(place)))
    }

    /// The accused, by place.
    pub(crate) fn accused(&self) -> impl Iterator<Item = &'a Institution> {
        self.accused.iter().filter_map(|place| self.registry.at(place))
    }

    /// Everything that would be heard through a body.
    pub(crate) fn hear(&self, body: &Institution) -> Vec<Hearing> {
        [self.told(body), self.relayed(body), Self::reported(body), self.influenced(body)]
            .into_iter()
            .flatten()
            .collect()
    }

    fn told(&self, body: &Institution) -> Option<Hearing> {
        let reason = tells_reason(body.respondent_disclosure)?;
        let hears: Vec<InstitutionCode> = self.accused().map(|accused| accused.code.clone()).collect();
        (!hears.is_empty()).then(|| Hearing {
            institution: body.code.clone(),
            hears,
            is_relay: false,
            reason: Reason::plain(reason),
        })
    }

    fn relayed(&self, body: &Institution) -> Option<Hearing> {
        let hears: Vec<InstitutionCode> =
            self.registry.relays(body, self.today).into_iter().filter(|code| self.shuts(code)).cloned().collect();
        let first = hears.first()?;
        let reason = Reason::about("reason-relays", first);
        Some(Hearing { institution: body.code.clone(), is_relay: true, reason, hears })
    }

    /// Whether a body passes reports on to somebody who is shut out.
    pub(crate) fn is_relay(&self, body: &Institution) -> bool {
        self.registry.relays(body, self.today).into_iter().any(|code| self.shuts(code))
    }

    fn reported(body: &Institution) -> Option<Hearing> {
        let key = duty_reason(body.duty_to_report)?;
        Some(Hearing { institution: body.code.clone(), hears: Vec::new(), is_relay: false, reason: Reason::plain(key) })
    }

    fn influenced(&self, body: &Institution) -> Option<Hearing> {
        let hears: Vec<InstitutionCode> =
            body.influence.on(self.today).filter(|code| self.shuts(code)).cloned().collect();
        let reason = Reason::about("reason-influence", hears.first()?);
        Some(Hearing { institution: body.code.clone(), is_relay: false, reason, hears })
    }

    fn shuts(&self, code: &InstitutionCode) -> bool {
        self.registry.place(code).is_some_and(|place| self.shut.contains(place))
    }
}

impl Registry {
    /// Whomever a body passes reports on to, and whomever those do.
    pub(crate) fn relays<'a>(&'a self, body: &'a Institution, today: Day) -> BTreeSet<&'a InstitutionCode> {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&InstitutionCode> = body.relays_to.on(today).collect();
        while let Some(code) = open.pop() {
            if seen.insert(code) {
                open.extend(self.get(code).into_iter().flat_map(|next| next.relays_to.on(today)));
            }
        }
        seen
    }
}

/// Why the accused may hear of it from an institution of this practice.
pub(crate) const fn tells_reason(disclosure: Disclosure) -> Option<&'static str> {
    match disclosure {
        Disclosure::Never => None,
        Disclosure::Always => Some("reason-tells-always"),
        Disclosure::Usual => Some("reason-tells-usually"),
        Disclosure::OnConsent => Some("reason-tells-on-consent"),
        Disclosure::Unknown => Some("reason-tells-unknown"),
    }
}

/// Why authorities may hear of it from an institution of this duty.
pub(crate) const fn duty_reason(duty: Duty) -> Option<&'static str> {
    match duty {
        Duty::No => None,
        Duty::Yes => Some("reason-duty-to-report"),
        Duty::Unknown => Some("reason-duty-unknown"),
    }
}
