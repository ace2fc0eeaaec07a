//! The institutions that must never receive a report because one of them is accused, each with one plain reason.

use std::collections::{BTreeMap, BTreeSet};

use report::InstitutionCode;

use crate::bodies::Bodies;
use crate::command::{Bond, Cause};
use crate::reason::Reason;
use crate::registry::Registry;

/// Everyone shut out. A safety property: whoever is in it cannot become an `Eligible`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closure {
    members: BTreeMap<InstitutionCode, Reason>,
}

impl Closure {
    /// Draws the closure of these accused bodies; `unknown` are accused codes the registry does not have.
    pub(crate) fn drawn(registry: &Registry, bases: &Bodies, unknown: BTreeSet<InstitutionCode>) -> Self {
        let mut causes: BTreeMap<usize, Cause> = BTreeMap::new();
        for (place, cause) in bases.iter().filter_map(|base| registry.shut(base)).flatten() {
            let known = causes.entry(*place).or_insert(*cause);
            *known = (*known).min(*cause);
        }
        let named = causes
            .into_iter()
            .filter_map(|(place, cause)| Some((registry.at(place)?.code.clone(), told(registry, cause))));
        let accused = unknown.into_iter().map(|code| (code, Reason::plain("reason-accused")));
        Self { members: named.chain(accused).collect() }
    }

    /// Whether an institution is shut out.
    pub fn contains(&self, code: &InstitutionCode) -> bool {
        self.members.contains_key(code)
    }

    /// Everyone shut out, by code, each with its reason.
    pub fn iter(&self) -> impl Iterator<Item = (&InstitutionCode, &Reason)> {
        self.members.iter()
    }

    /// How many are shut out.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether nobody is.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

fn told(registry: &Registry, cause: Cause) -> Reason {
    let about = |key: &'static str, place: usize| {
        registry.at(place).map_or_else(|| Reason::plain("reason-accused"), |body| Reason::about(key, &body.code))
    };
    match cause {
        Cause::Accused => Reason::plain("reason-accused"),
        Cause::SameBody(of) => about("reason-same-body", of),
        Cause::Above(of) => about("reason-above-accused", of),
        Cause::Below(of) => about("reason-below-accused", of),
        Cause::SameLine(of) => about("reason-same-line", of),
        Cause::Shares(Bond::Key, with) => about("reason-shares-key", with),
        Cause::Shares(Bond::Member, with) => about("reason-shares-member", with),
        Cause::Shares(Bond::Mailbox, with) => about("reason-shares-mailbox", with),
        Cause::Shares(Bond::RecoveryShare, with) => about("reason-shares-recovery", with),
    }
}
