//! The bodies a kind of accused points to: those it names, and those its wildcards find at a place.

use std::collections::BTreeMap;

use report::{Area, Code, InstitutionCode};

use crate::bodies::Bodies;
use crate::registry::Registry;
use crate::rules::Wildcard;

/// The bodies of one kind of accused.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pointed {
    /// Wherever it happened.
    pub(crate) everywhere: Bodies,
    /// By cell: a tier-2 area or another state.
    pub(crate) cells: BTreeMap<Area, Bodies>,
}

impl Pointed {
    /// Resolves every kind of accused of the country.
    pub(crate) fn of_all(registry: &Registry) -> BTreeMap<Code, Self> {
        let kinds = registry.land.kinds.iter();
        kinds.map(|(kind, targets)| (kind.clone(), Self::of(registry, targets))).collect()
    }

    fn of(registry: &Registry, targets: &[String]) -> Self {
        let named = targets.iter().filter_map(|target| target.parse::<InstitutionCode>().ok());
        let everywhere = Bodies::of(registry.count(), named.filter_map(|code| registry.place(&code)));
        let wildcards: Vec<&Wildcard> =
            registry.rules.wildcards.iter().filter(|rule| targets.contains(rule.name.get_ref())).collect();
        let mut cells = BTreeMap::new();
        for cell in registry.land.all_cells().filter(|_| !wildcards.is_empty()) {
            let mut here = everywhere.clone();
            for rule in &wildcards {
                here.unite(&found(registry, rule, cell));
            }
            cells.insert(cell.clone(), here);
        }
        Self { everywhere, cells }
    }

    /// The bodies pointed to at any of these cells.
    pub(crate) fn at(&self, cells: &[&Area]) -> Bodies {
        let mut all = self.everywhere.clone();
        cells.iter().filter_map(|cell| self.cells.get(*cell)).for_each(|here| all.unite(here));
        all
    }
}

/// The bodies a wildcard means at one cell. Closed ones too: what they did is theirs, and a successor answers for it.
fn found(registry: &Registry, rule: &Wildcard, cell: &Area) -> Bodies {
    let fits =
        |place: &usize| registry.at(*place).is_some_and(|body| rule.fits(body) && registry.covers(body, &[cell]));
    let mut places: Vec<usize> = (0..registry.count()).filter(fits).collect();
    if rule.narrowest {
        let depth = |place: &usize| registry.at(*place).map_or(0, |body| depth_around(registry, &body.territory, cell));
        let deepest = places.iter().map(depth).max().unwrap_or(0);
        places.retain(|place| depth(place) == deepest);
    }
    let operators = registry.land.operators.get(cell).filter(|_| rule.operators);
    places.extend(operators.into_iter().flatten().filter_map(|code| registry.place(code)));
    Bodies::of(registry.count(), places)
}

/// How small the smallest of these grounds is that touches the cell: the length of its chain.
fn depth_around(registry: &Registry, territory: &[Area], cell: &Area) -> usize {
    let touching = territory.iter().filter(|ground| registry.land.touch(ground, cell));
    touching.map(|ground| registry.land.chain(ground).count()).max().unwrap_or(0)
}
