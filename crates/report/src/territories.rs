//! Places: territories, border segments, crossings and facilities, read from `territories.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::day::Day;
use crate::identifiers::{Area, Code, InstitutionCode};
use crate::origin;
use crate::validity::Validity;

mod read;

/// A unit of territory. Containment, never command.
#[derive(Debug, Clone)]
pub struct Territory {
    /// Its code.
    pub code: Area,
    /// 0 state, 1 entity or district, 2 canton or judicial district, 3 municipality.
    pub tier: u8,
    /// What it is called in law: `state`, `canton`, `foreign_state` …
    pub level: String,
    /// What contains it.
    pub parent: Option<Area>,
    /// English name.
    pub name: String,
    /// Name in the local language.
    pub local_name: String,
    /// ISO 3166 code, current or withdrawn; only a cross-reference.
    pub iso: Option<String>,
    /// From when to when the ISO code was in force.
    pub iso_validity: Validity,
    /// From when to when the unit exists.
    pub validity: Validity,
}

/// A stretch of border, coarse enough to publish by quarter.
#[derive(Debug, Clone)]
pub struct Segment {
    /// Its code.
    pub code: Code,
    /// The state on the other side.
    pub neighbour: Area,
    /// English name.
    pub name: String,
    /// Tier-2 areas on this side.
    pub adjoining: Vec<Area>,
}

/// A border crossing or an airport. Never published.
#[derive(Debug, Clone)]
pub struct Crossing {
    /// Its code.
    pub code: Code,
    /// The segment it belongs to; airports have none.
    pub segment: Option<Code>,
    /// The municipality it lies in.
    pub municipality: Area,
    /// Local name.
    pub name: String,
    /// The name of the other side.
    pub opposite: String,
    /// `international`, `local_or_seasonal` or `airport`.
    pub class: String,
}

/// A reception or detention facility. Never published; closed ones stay for what happened in them.
#[derive(Debug, Clone)]
pub struct Facility {
    /// Its code.
    pub code: Code,
    /// The municipality it lies in.
    pub municipality: Area,
    /// English name.
    pub name: String,
    /// `reception`, `asylum_centre`, `immigration_detention` …
    pub kind: String,
    /// Who ran it, and from when to when.
    pub operators: Vec<Operation>,
    /// From when to when it was open.
    pub validity: Validity,
    /// Whether it is open, as far as known.
    pub status: FacilityStatus,
}

/// Whether a facility is open, as far as known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FacilityStatus {
    /// Open.
    Open,
    /// Closed; kept for what happened in it.
    Closed,
    /// Somebody must ask before go-live.
    Unconfirmed,
}

/// An institution running a facility for a time.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Who.
    pub institution: InstitutionCode,
    /// From when to when.
    pub validity: Validity,
}

impl Facility {
    /// Who ran it on a day; on an unknown day, everybody who ever did.
    pub fn operators_on(&self, day: Option<Day>) -> impl Iterator<Item = &InstitutionCode> {
        let held = move |operation: &&Operation| day.is_none_or(|day| operation.validity.holds(day));
        self.operators.iter().filter(held).map(|operation| &operation.institution)
    }
}

/// All places of the country, and the neighbours' states.
#[derive(Debug, Clone)]
pub struct Territories {
    country: Area,
    local_languages: Vec<String>,
    units: BTreeMap<Area, Territory>,
    segments: BTreeMap<Code, Segment>,
    crossings: BTreeMap<Code, Crossing>,
    facilities: BTreeMap<Code, Facility>,
}

impl Territories {
    /// The deploying state's own territory.
    pub fn country(&self) -> &Area {
        &self.country
    }

    /// The languages in which units are called by their local name, as BCP 47 tags.
    pub fn local_languages(&self) -> &[String] {
        &self.local_languages
    }

    /// All units, by code.
    pub fn all(&self) -> impl Iterator<Item = &Territory> {
        self.units.values()
    }

    /// A unit.
    pub fn get(&self, area: &str) -> Option<&Territory> {
        self.units.get(area)
    }

    /// The unit and what contains it, from the inside out; empty when the area is no unit.
    pub fn chain(&self, area: &str) -> impl Iterator<Item = &Territory> {
        let next = |unit: &&Territory| unit.parent.as_ref().and_then(|parent| self.units.get(parent));
        std::iter::successors(self.units.get(area), next)
    }

    /// Whether one area lies in another (or is it).
    pub fn contains(&self, outer: &str, inner: &str) -> bool {
        self.chain(inner).any(|unit| unit.code == *outer)
    }

    /// The tier-2 unit an area lies in; none for what is larger than that, abroad or unknown.
    pub fn tier_2(&self, area: &str) -> Option<&Area> {
        self.chain(area).find(|unit| unit.tier == 2).map(|unit| &unit.code)
    }

    /// The tier-2 units of the country.
    pub fn tier_2_areas(&self) -> impl Iterator<Item = &Area> {
        self.units.values().filter(|unit| unit.tier == 2).map(|unit| &unit.code)
    }

    /// Border segments, by code.
    pub fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.segments.values()
    }

    /// A border segment.
    pub fn segment(&self, code: &str) -> Option<&Segment> {
        self.segments.get(code)
    }

    /// Crossings, by code.
    pub fn crossings(&self) -> impl Iterator<Item = &Crossing> {
        self.crossings.values()
    }

    /// A crossing.
    pub fn crossing(&self, code: &str) -> Option<&Crossing> {
        self.crossings.get(code)
    }

    /// Facilities, by code.
    pub fn facilities(&self) -> impl Iterator<Item = &Facility> {
        self.facilities.values()
    }

    /// A facility.
    pub fn facility(&self, code: &str) -> Option<&Facility> {
        self.facilities.get(code)
    }

    /// Whether an area is one facets may carry: a unit, a country of the world, `outside` or `UNKNOWN`.
    pub fn knows(&self, area: &Area) -> bool {
        self.units.contains_key(area)
            || *area == Area::outside()
            || *area == Area::unknown()
            || origin::is_country(area.as_str())
    }
}
