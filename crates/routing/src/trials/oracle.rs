//! The rule of the closure once more, as plainly and slowly as it can be told: tables of who reaches whom.

use std::collections::BTreeSet;

use report::InstitutionCode;

use crate::institution::Kind;
use crate::registry::Registry;

type Table = Vec<Vec<bool>>;

/// Who reaches whom over edges, by any number of steps, at least one.
fn steps(edges: &Table) -> Table {
    let mut reached = edges.clone();
    let count = reached.len();
    for middle in 0..count {
        let onward = reached[middle].clone();
        for row in reached.iter_mut().filter(|row| row[middle]) {
            row.iter_mut().zip(&onward).for_each(|(known, next)| *known |= next);
        }
    }
    reached
}

/// Everything the rule says about a registry, as tables.
pub(super) struct Oracle {
    codes: Vec<InstitutionCode>,
    same: Table,
    above: Table,
    shares: Table,
    government: Vec<bool>,
    office: Vec<bool>,
}

impl Oracle {
    /// Reads the registry's entries; `shared` are pairs that share something.
    pub(super) fn of(registry: &Registry, shared: &[(usize, usize)]) -> Self {
        let codes: Vec<InstitutionCode> = registry.institutions().map(|body| body.code.clone()).collect();
        let count = codes.len();
        let empty = vec![vec![false; count]; count];
        let (mut same, mut above, mut bonds) = (empty.clone(), empty.clone(), empty);
        for (from, body) in registry.institutions().enumerate() {
            same[from][from] = true;
            bonds[from][from] = true;
            for to in body.successor.iter().filter_map(|code| registry.place(code)) {
                same[from][to] = true;
                same[to][from] = true;
            }
        }
        let same = steps(&same);
        for (from, body) in registry.institutions().enumerate() {
            for to in body.parent.ever().filter_map(|code| registry.place(code)) {
                for low in (0..count).filter(|low| same[*low][from]) {
                    (0..count).filter(|high| same[to][*high]).for_each(|high| above[low][high] = true);
                }
            }
        }
        for (one, other) in shared {
            bonds[*one][*other] = true;
            bonds[*other][*one] = true;
        }
        let all = |kind: Kind| {
            let is = |at: usize| registry.at(at).is_some_and(|body| body.kind == kind);
            (0..count).map(|at| (0..count).filter(|name| same[at][*name]).all(is)).collect::<Vec<bool>>()
        };
        let (government, office) = (all(Kind::Government), all(Kind::Judicial));
        Self { codes, above: steps(&above), shares: steps(&bonds), same, government, office }
    }

    /// Everyone shut out when this place is accused.
    pub(super) fn closure(&self, accused: usize) -> BTreeSet<InstitutionCode> {
        let count = self.codes.len();
        let in_line = |other: usize| {
            let is_below = |head: usize| !self.government[head] && self.above[other][head];
            let line = self.above[accused][other]
                || is_below(accused)
                || (0..count).any(|head| self.above[accused][head] && is_below(head));
            self.same[accused][other] || self.above[other][accused] || (!self.office[accused] && line)
        };
        let line: Vec<usize> = (0..count).filter(|other| in_line(*other)).collect();
        let reached = (0..count).filter(|other| line.iter().any(|member| self.shares[*member][*other]));
        reached.map(|place| self.codes[place].clone()).collect()
    }
}
