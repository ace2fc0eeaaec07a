//! The country as routing needs it: which areas there are, what lies in what, and which bodies a kind of accused points to.

use std::collections::{BTreeMap, BTreeSet};

use report::{Area, Code, Country, InstitutionCode};

/// Places and kinds of accused, taken out of the country.
#[derive(Debug, Clone, Default)]
pub(crate) struct Land {
    /// The deploying state.
    pub(crate) home: Option<Area>,
    /// Area → what contains it.
    pub(crate) within: BTreeMap<Area, Option<Area>>,
    /// The tier-2 areas at home.
    pub(crate) tier_2: Vec<Area>,
    /// Who ever ran a facility, by tier-2 area.
    pub(crate) operators: BTreeMap<Area, BTreeSet<InstitutionCode>>,
    /// Kind of accused → codes and wildcards.
    pub(crate) kinds: BTreeMap<Code, Vec<String>>,
}

impl Land {
    /// Takes what routing needs out of the country.
    pub(crate) fn of(country: &Country) -> Self {
        let territories = country.territories();
        let mut operators: BTreeMap<Area, BTreeSet<InstitutionCode>> = BTreeMap::new();
        for facility in territories.facilities() {
            let Some(area) = territories.tier_2(facility.municipality.as_str()) else { continue };
            operators.entry(area.clone()).or_default().extend(facility.operators_on(None).cloned());
        }
        let kinds = country.taxonomy().list("perpetrator_kind").iter();
        Self {
            home: Some(territories.country().clone()),
            within: territories.all().map(|unit| (unit.code.clone(), unit.parent.clone())).collect(),
            tier_2: territories.tier_2_areas().cloned().collect(),
            operators,
            kinds: kinds
                .map(|term| (term.code.clone(), term.texts("institutions").into_iter().map(str::to_owned).collect()))
                .collect(),
        }
    }

    /// The area and what contains it, from the inside out. A cycle ends the walk.
    pub(crate) fn chain<'a>(&'a self, area: &'a Area) -> impl Iterator<Item = &'a Area> {
        let next = |at: &&'a Area| self.within.get(*at).and_then(Option::as_ref);
        std::iter::successors(Some(area), next).take(self.within.len() + 1)
    }

    /// Whether one area lies in another or is it.
    pub(crate) fn contains(&self, outer: &Area, inner: &Area) -> bool {
        self.chain(inner).any(|at| at == outer)
    }

    /// Whether two areas share ground.
    pub(crate) fn touch(&self, one: &Area, other: &Area) -> bool {
        self.contains(one, other) || self.contains(other, one)
    }

    /// The states beside the deploying one.
    pub(crate) fn abroad(&self) -> impl Iterator<Item = &Area> {
        self.within
            .iter()
            .filter(|(_, parent)| parent.is_none())
            .map(|(area, _)| area)
            .filter(|area| Some(*area) != self.home.as_ref())
    }

    /// The cells an area stands for: the finest grain at which kinds of accused are resolved. A tier-2 area or what lies in it is one
    /// cell; a larger one is all cells in it; abroad is the state, or every other state where it is not in the registry's reach;
    /// an unknown place is every place.
    pub(crate) fn cells(&self, area: &Area) -> Vec<&Area> {
        if let Some(cell) = self.chain(area).find_map(|at| self.tier_2.iter().find(|cell| *cell == at)) {
            return vec![cell];
        }
        if *area == Area::unknown() {
            return self.all_cells().collect();
        }
        let inside: Vec<&Area> = self.all_cells().filter(|cell| self.contains(area, cell)).collect();
        if inside.is_empty() { self.abroad().collect() } else { inside }
    }

    /// Every cell: the tier-2 areas at home and the other states.
    pub(crate) fn all_cells(&self) -> impl Iterator<Item = &Area> {
        self.tier_2.iter().chain(self.abroad())
    }

    /// The state an area lies in.
    pub(crate) fn state_of<'a>(&'a self, area: &'a Area) -> Option<&'a Area> {
        self.chain(area).last().filter(|top| self.within.contains_key(*top))
    }
}
