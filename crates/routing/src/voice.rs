//! What others would hear through an institution, whatever a report says: for clients that have the directory and not the registry.

use std::collections::BTreeSet;

use report::{Day, InstitutionCode};
use serde::Serialize;

use crate::hearing::{duty_reason, tells_reason};
use crate::institution::{Disclosure, Duty, Institution};
use crate::registry::Registry;

/// What an institution tells, and to whom it passes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Voice<'a> {
    /// The reason when it may tell the accused.
    pub tells: Option<&'static str>,
    /// The reason when it must report.
    pub duty: Option<&'static str>,
    /// Whomever it passes reports on to, and whomever those do.
    pub relays: BTreeSet<&'a InstitutionCode>,
    /// Who has influence on it.
    pub influence: BTreeSet<&'a InstitutionCode>,
}

impl Registry {
    /// What others would hear through an institution on a day; none for one the registry does not have.
    pub fn voice(&self, code: &InstitutionCode, today: Day) -> Option<Voice<'_>> {
        let body = self.get(code)?;
        Some(Voice {
            tells: tells_reason(body.respondent_disclosure),
            duty: duty_reason(body.duty_to_report),
            relays: self.relays(body, today),
            influence: body.influence.on(today).collect(),
        })
    }

    /// What may be heard once some body of a kind gets a report for a purpose: the gravest reason of each sort that any of them has. A
    /// person agrees to kinds, so the worst of the kind is what must be said before.
    pub fn heard_through(&self, purpose: &str, kind: &str, today: Day) -> Vec<&'static str> {
        let able = |body: &&Institution| {
            body.works_on(today) && body.recipients.kinds(purpose).iter().any(|one| *one.as_str() == *kind)
        };
        let bodies = || self.institutions().filter(able);
        let tells = bodies().map(|body| body.respondent_disclosure).max_by_key(|practice| gravity(*practice));
        let duty = bodies().map(|body| body.duty_to_report).max_by_key(|duty| match duty {
            Duty::No => 0,
            Duty::Unknown => 1,
            Duty::Yes => 2,
        });
        tells.and_then(tells_reason).into_iter().chain(duty.and_then(duty_reason)).collect()
    }
}

/// What is not known counts as always: only what is known to be so is graver.
const fn gravity(practice: Disclosure) -> u8 {
    match practice {
        Disclosure::Never => 0,
        Disclosure::OnConsent => 1,
        Disclosure::Usual => 2,
        Disclosure::Unknown => 3,
        Disclosure::Always => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_said_before_what_usually_happens() {
        let rising =
            [Disclosure::Never, Disclosure::OnConsent, Disclosure::Usual, Disclosure::Unknown, Disclosure::Always];
        assert!(rising.windows(2).all(|pair| gravity(pair[0]) < gravity(pair[1])));
    }
}
