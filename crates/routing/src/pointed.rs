//! The bodies a kind of accused points to: those it names, and those its wildcards find at a place.

use std::collections::BTreeMap;

use report::{Area, Code, InstitutionCode};

use crate::bodies::Bodies;
use crate::institution::Institution;
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
                here.unite(&meant(registry, rule, cell));
            }
            cells.insert(cell.clone(), here);
        }
        Self { everywhere, cells }
    }

    /// The bodies pointed to at every cell: what need not be said of each.
    pub(crate) fn common(&self) -> Bodies {
        let mut cells = self.cells.values();
        let first = cells.next().unwrap_or(&self.everywhere);
        first.keeping(|place| self.cells.values().all(|cell| cell.contains(place)))
    }

    /// The bodies pointed to at any of these cells.
    pub(crate) fn at(&self, cells: &[&Area]) -> Bodies {
        let mut all = self.everywhere.clone();
        cells.iter().filter_map(|cell| self.cells.get(*cell)).for_each(|here| all.unite(here));
        all
    }
}

/// The bodies a wildcard means at one cell. Where the registry has none of that sort there, it was one the registry does not know, and
/// what is not known is everybody it could be: those of that sort in the state; else those of that kind in the state, with those of
/// that sort anywhere; else those of that kind anywhere. Never nobody.
fn meant(registry: &Registry, rule: &Wildcard, cell: &Area) -> Bodies {
    let state = registry.land.state_of(cell).map(|state| registry.land.cells(state)).unwrap_or_default();
    let there = |body: &Institution| registry.covers(body, &state);
    let sort = |body: &Institution| rule.fits(body) || is_operator(registry, rule, &body.code);
    let steps: [&dyn Fn(&Institution) -> bool; 3] =
        [&|body| sort(body) && there(body), &|body| sort(body) || (rule.is_of_kind(body) && there(body)), &|body| {
            rule.is_of_kind(body)
        }];
    let wider = steps.into_iter().map(|fits| {
        let fits = |place: &usize| registry.at(*place).is_some_and(fits);
        Bodies::of(registry.count(), (0..registry.count()).filter(fits))
    });
    let mut meant = std::iter::once(here(registry, rule, cell)).chain(wider);
    meant.find(|bodies| !bodies.is_empty()).unwrap_or_else(|| Bodies::none(registry.count()))
}

/// Whether the wildcard means operators, and this body ever ran a facility.
fn is_operator(registry: &Registry, rule: &Wildcard, body: &InstitutionCode) -> bool {
    rule.operators && registry.land.operators.values().any(|operators| operators.contains(body))
}

/// The bodies of that sort at the cell itself. Closed ones too: what they did is theirs, and a successor answers for it.
fn here(registry: &Registry, rule: &Wildcard, cell: &Area) -> Bodies {
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
