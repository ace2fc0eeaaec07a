//! What the plan takes from the country: its lists of codes.

use std::collections::{BTreeMap, BTreeSet};

use report::taxonomy::Taxonomy;
use report::territories::Territories;

/// The country's codes that tables are made of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists {
    pub(crate) categories: BTreeSet<String>,
    pub(crate) perpetrators: BTreeSet<String>,
    pub(crate) grounds: BTreeSet<String>,
    pub(crate) place_kinds: BTreeSet<String>,
    pub(crate) genders: BTreeSet<String>,
    pub(crate) age_bands: BTreeSet<String>,
    pub(crate) recipient_kinds: Vec<String>,
    pub(crate) segments: Vec<String>,
    /// Every area and the tier-2 area around it.
    pub(crate) areas: BTreeMap<String, String>,
}

impl Lists {
    /// The lists of a country.
    pub(crate) fn of(taxonomy: &Taxonomy, territories: &Territories) -> Self {
        let list = |name| taxonomy.list(name).iter().map(|term| term.code.to_string());
        let areas = territories
            .all()
            .filter_map(|area| Some((area.code.to_string(), territories.tier_2(area.code.as_str())?.to_string())));
        Self {
            categories: taxonomy.categories().iter().map(|category| category.code.to_string()).collect(),
            perpetrators: list("perpetrator_kind").collect(),
            grounds: list("identity_ground").collect(),
            place_kinds: list("place_kind").collect(),
            genders: list("gender").collect(),
            age_bands: list("age_band").collect(),
            recipient_kinds: list("recipient_kind").collect(),
            segments: territories.segments().map(|segment| segment.code.to_string()).collect(),
            areas: areas.collect(),
        }
    }
}
