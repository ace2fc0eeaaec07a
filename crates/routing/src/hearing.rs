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
        let reason = match body.respondent_disclosure {
            Disclosure::Never => return None,
            Disclosure::Always => "reason-tells-always",
            Disclosure::Usual => "reason-tells-usually",
            Disclosure::OnConsent => "reason-tells-on-consent",
            Disclosure::Unknown => "reason-tells-unknown",
        };
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
            self.relays(body).into_iter().filter(|code| self.shuts(code)).cloned().collect();
        let first = hears.first()?;
        let reason = Reason::about("reason-relays", first);
        Some(Hearing { institution: body.code.clone(), is_relay: true, reason, hears })
    }

    /// Whether a body passes reports on to somebody who is shut out.
    pub(crate) fn is_relay(&self, body: &Institution) -> bool {
        self.relays(body).into_iter().any(|code| self.shuts(code))
    }

    /// Whomever a body passes reports on to, and whomever those do.
    fn relays(&self, body: &'a Institution) -> BTreeSet<&'a InstitutionCode> {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&InstitutionCode> = body.relays_to.on(self.today).collect();
        while let Some(code) = open.pop() {
            if seen.insert(code) {
                open.extend(self.registry.get(code).into_iter().flat_map(|next| next.relays_to.on(self.today)));
            }
        }
        seen
    }

    fn reported(body: &Institution) -> Option<Hearing> {
        let key = match body.duty_to_report {
            Duty::No => return None,
            Duty::Yes => "reason-duty-to-report",
            Duty::Unknown => "reason-duty-unknown",
        };
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
