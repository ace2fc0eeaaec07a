//! What others would hear through an institution, whatever a report says: for clients that have the directory and not the registry.

use std::collections::BTreeSet;

use report::{Day, InstitutionCode};
use serde::Serialize;

use crate::hearing::{duty_reason, tells_reason};
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
}
