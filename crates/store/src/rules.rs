//! The rules in force, asked again in the transaction that writes a grant.

use std::sync::Arc;

use report::{Area, Code, Country, Day, Facets, InstitutionCode, Sha256};
use routing::{Closure, EligibleSet, Registry};

/// A version of the registry as the store needs it: to ask, one last time, who must never receive a report.
#[derive(Clone)]
pub struct Rules {
    registry: Arc<Registry>,
    country: Arc<Country>,
    sha256: Sha256,
}

impl Rules {
    /// The registry (with what institutions share), the country, and the hash of the texts both were read from, by which servers
    /// compare.
    pub fn new(registry: Arc<Registry>, country: Arc<Country>, sha256: Sha256) -> Self {
        Self { registry, country, sha256 }
    }

    /// The country.
    pub fn country(&self) -> &Country {
        &self.country
    }

    /// The registry.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The hash of what it was read from.
    pub fn sha256(&self) -> &Sha256 {
        &self.sha256
    }

    /// Whether this is the version written down.
    pub(crate) fn is(&self, version: &str, sha256: &[u8]) -> bool {
        self.registry.version() == version && self.sha256.as_bytes() == sha256
    }

    /// What these rules say today about a report of which these facets were signed, those in force last. Whoever any of them
    /// accuses stays shut out.
    pub(crate) fn about(&self, signed: &[Facets], today: Day) -> Gate {
        let nowhere = Area::unknown();
        let closure = |facets: &Facets| self.registry.closure(facets.accused(), facets.area().unwrap_or(&nowhere));
        let eligible = signed.last().map(|facets| routing::eligible(facets, &self.registry, today));
        let closures = signed.iter().map(closure).collect();
        Gate { closures, eligible: eligible.unwrap_or_default(), registry: self.registry.clone() }
    }
}

/// Who may receive one report.
pub(crate) struct Gate {
    closures: Vec<Closure>,
    eligible: EligibleSet,
    registry: Arc<Registry>,
}

impl Gate {
    /// Whether a grant to this institution may be written now.
    pub(crate) fn admits(&self, institution: &InstitutionCode) -> bool {
        !self.parts_with(institution) && self.eligible.get(institution).is_some()
    }

    /// Whether what this institution already has must be taken from it: it is shut out, or has no keys on the system any more.
    pub(crate) fn parts_with(&self, institution: &InstitutionCode) -> bool {
        self.shuts_out(institution) || !self.registry.is_present(institution)
    }

    /// Whether it may never have anything of this report.
    pub(crate) fn shuts_out(&self, institution: &InstitutionCode) -> bool {
        self.closures.iter().any(|closure| closure.contains(institution))
    }

    /// Whether it may read for a purpose as this kind of recipient.
    pub(crate) fn receives_as(&self, institution: &InstitutionCode, purpose: &Code, kind: &Code) -> bool {
        self.eligible.get(institution).is_some_and(|eligible| eligible.receives_as(purpose, kind))
    }
}
