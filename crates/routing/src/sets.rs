//! The closure as sets that a directory ships: a phone without network unions them and has no second copy of the rule.

use std::collections::{BTreeMap, BTreeSet};

use report::{Accused, Area, Code, InstitutionCode};
use serde::{Deserialize, Serialize};

use crate::bodies::Bodies;
use crate::leads::around;
use crate::registry::Registry;

/// Closure sets by number: one for each institution, and those of each kind of accused by place. Equal sets stand once;
/// an institution that is not listed shuts out only itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosureSets {
    sets: Vec<BTreeSet<InstitutionCode>>,
    institutions: BTreeMap<InstitutionCode, usize>,
    /// Kind → cell (a tier-2 area or another state; `*` for what counts at every place) → numbers of the sets to union.
    kinds: BTreeMap<Code, BTreeMap<String, Vec<usize>>>,
}

/// The cell of the bodies that a kind points to wherever it happened.
const EVERYWHERE: &str = "*";

impl Registry {
    /// The closure sets of this registry, for a directory.
    pub fn closure_sets(&self) -> ClosureSets {
        let mut sets = Numbered::default();
        let mut institutions = BTreeMap::new();
        for (place, body) in self.institutions().enumerate() {
            let set = self.closure_of(&Bodies::of(self.count(), [place]));
            if set.iter().nth(1).is_some() {
                institutions.insert(body.code.clone(), sets.number(set));
            }
        }
        let mut kinds = BTreeMap::new();
        for (kind, pointed) in self.pointed() {
            let common = pointed.common();
            let fixed = (EVERYWHERE.to_owned(), self.numbers(&common, &mut sets));
            let cells = pointed.cells.iter().map(|(cell, bases)| {
                let others = bases.keeping(|place| !common.contains(place));
                (cell.to_string(), self.numbers(&others, &mut sets))
            });
            let mut cells: BTreeMap<String, Vec<usize>> = cells.collect();
            cells.extend(Some(fixed).filter(|(_, numbers)| !numbers.is_empty()));
            if cells.values().any(|numbers| !numbers.is_empty()) {
                kinds.insert(kind.clone(), cells);
            }
        }
        let names =
            |set: &Bodies| set.iter().filter_map(|place| self.at(place)).map(|body| body.code.clone()).collect();
        ClosureSets { sets: sets.0.iter().map(names).collect(), institutions, kinds }
    }

    /// The sets that together are the closure of these bodies.
    fn numbers(&self, bases: &Bodies, sets: &mut Numbered) -> Vec<usize> {
        let each = bases.iter().map(|place| self.closure_of(&Bodies::of(self.count(), [place])));
        let mut alone = Bodies::none(self.count());
        let mut numbers = BTreeSet::new();
        for set in each {
            if set.iter().nth(1).is_none() {
                alone.unite(&set);
            } else {
                numbers.insert(sets.number(set));
            }
        }
        if !alone.is_empty() {
            numbers.insert(sets.number(alone));
        }
        numbers.into_iter().collect()
    }
}

/// Sets by the number they are called by.
#[derive(Default)]
struct Numbered(Vec<Bodies>);

impl Numbered {
    fn number(&mut self, set: Bodies) -> usize {
        self.0.iter().position(|known| *known == set).unwrap_or_else(|| {
            self.0.push(set);
            self.0.len() - 1
        })
    }
}

impl ClosureSets {
    /// Everyone shut out when these are accused at a place: the union of their sets. For a place the sets do not know,
    /// every place it could be counts.
    pub fn union(&self, accused: &Accused, area: &Area) -> BTreeSet<InstitutionCode> {
        let mut all: BTreeSet<InstitutionCode> = accused.institutions.iter().cloned().collect();
        let named = accused.institutions.iter().filter_map(|code| self.institutions.get(code));
        let by_kind = accused.kinds.iter().filter_map(|kind| self.kinds.get(kind)).flat_map(|cells| at(cells, area));
        for set in named.chain(by_kind).filter_map(|number| self.sets.get(*number)) {
            all.extend(set.iter().cloned());
        }
        all
    }
}

/// The numbers of the sets for a place.
fn at<'a>(cells: &'a BTreeMap<String, Vec<usize>>, area: &'a Area) -> impl Iterator<Item = &'a usize> {
    let here = around(area).find_map(|code| cells.get_key_value(code)).map(|(cell, _)| cell.as_str());
    let is_home = |cell: &str| cell.contains('-');
    let known = cells.keys().any(|cell| lies_in(cell, area));
    let asked = move |cell: &str| match here {
        Some(exact) => cell == exact || cell == EVERYWHERE,
        None if known => lies_in(cell, area) || cell == EVERYWHERE,
        None if *area == Area::unknown() => true,
        None => !is_home(cell),
    };
    cells.iter().filter(move |(cell, _)| asked(cell)).flat_map(|(_, numbers)| numbers)
}

fn lies_in(cell: &str, area: &Area) -> bool {
    cell.strip_prefix(area.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}
