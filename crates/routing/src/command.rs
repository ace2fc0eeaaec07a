//! Lines of command as a graph, and who stands in one line with an accused institution.
//!
//! Pure and over plain numbers, so that any registry can be tried: cycles, several superiors, renamed and merged bodies.

use std::collections::{BTreeMap, BTreeSet};

use crate::bodies::Bodies;

/// What two institutions may hold in common that lets one read what the other gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bond {
    /// The same sealing or signing key.
    Key,
    /// The same person is a member of both.
    Member,
    /// The same mailbox gets the notices of both.
    Mailbox,
    /// A share of the recovery of both is in the same hands.
    RecoveryShare,
}

/// Why an institution is shut out. The order is the order of telling: the plainest cause is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cause {
    /// It is accused itself.
    Accused,
    /// It is the accused body under another name, before or after a change.
    SameBody(usize),
    /// It directs the accused, up to and including the government.
    Above(usize),
    /// It is directed by the accused.
    Below(usize),
    /// It stands under the same head as the accused.
    SameLine(usize),
    /// It shares something with an institution that is shut out.
    Shares(Bond, usize),
}

/// What the graph is built from: one entry an institution, edges by number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lines {
    /// How many institutions there are.
    pub(crate) count: usize,
    /// (institution, superior), whenever it held.
    pub(crate) above: Vec<(usize, usize)>,
    /// (institution, the one it goes on as).
    pub(crate) successors: Vec<(usize, usize)>,
    /// Governments: being under one makes no common line.
    pub(crate) governments: Bodies,
    /// Courts and prosecutors: only the office and what is below it, for the higher office is the remedy.
    pub(crate) offices: Bodies,
    /// What is shared, by whom.
    pub(crate) bonds: Vec<(Bond, BTreeSet<usize>)>,
}

/// The closure of one accused institution: everyone shut out, each with the plainest cause.
pub(crate) type Shut = BTreeMap<usize, Cause>;

/// The graph, with renamed and merged bodies drawn together.
#[derive(Debug, Clone)]
pub(crate) struct Command {
    /// institution → the body it belongs to
    body: Vec<usize>,
    /// body → its institutions
    names: Vec<Vec<usize>>,
    above: Vec<BTreeSet<usize>>,
    below: Vec<BTreeSet<usize>>,
    government: Vec<bool>,
    office: Vec<bool>,
    bonds: Vec<(Bond, BTreeSet<usize>)>,
}

impl Command {
    /// Draws the graph. Edges to numbers beyond the count are ignored.
    pub(crate) fn draw(lines: &Lines) -> Self {
        let body = bodies_of(lines);
        let mut names = vec![Vec::new(); lines.count];
        for (institution, body) in body.iter().enumerate() {
            if let Some(list) = names.get_mut(*body) {
                list.push(institution);
            }
        }
        let mut above = vec![BTreeSet::new(); lines.count];
        let mut below = vec![BTreeSet::new(); lines.count];
        for (from, to) in &lines.above {
            let (Some(&low), Some(&high)) = (body.get(*from), body.get(*to)) else { continue };
            above.get_mut(low).map(|set: &mut BTreeSet<usize>| set.insert(high));
            below.get_mut(high).map(|set: &mut BTreeSet<usize>| set.insert(low));
        }
        let all = |of: &Bodies| names.iter().map(|list| list.iter().all(|at| of.contains(*at))).collect();
        let (government, office) = (all(&lines.governments), all(&lines.offices));
        Self { body, names, above, below, government, office, bonds: lines.bonds.clone() }
    }

    /// Everyone shut out when this institution is accused.
    pub(crate) fn shut_out(&self, accused: usize) -> Shut {
        let mut shut = Shut::new();
        let Some(&body) = self.body.get(accused) else { return shut };
        self.note(&mut shut, &BTreeSet::from([body]), Cause::SameBody(accused));
        shut.insert(accused, Cause::Accused);
        let under = reach(&self.below, body);
        if !self.office.get(body).copied().unwrap_or(false) {
            let over = reach(&self.above, body);
            self.note(&mut shut, &over, Cause::Above(accused));
            // Whatever is below the line head is below some superior that is no government; so no head need be chosen,
            // which keeps cycles and bodies with several superiors safe.
            for head in over.iter().chain([&body]).filter(|at| !self.is_government(**at)) {
                self.note(&mut shut, &reach(&self.below, *head), Cause::SameLine(accused));
            }
        }
        self.note(&mut shut, &under, Cause::Below(accused));
        self.follow_bonds(&mut shut);
        shut
    }

    fn is_government(&self, body: usize) -> bool {
        self.government.get(body).copied().unwrap_or(false)
    }

    /// Notes a cause for every name of these bodies, unless a plainer one is known.
    fn note(&self, shut: &mut Shut, bodies: &BTreeSet<usize>, cause: Cause) {
        for name in bodies.iter().filter_map(|body| self.names.get(*body)).flatten() {
            let known = shut.entry(*name).or_insert(cause);
            *known = (*known).min(cause);
        }
    }

    /// Whoever shares something with a shut-out institution could read through it, and so could whoever shares with that one.
    fn follow_bonds(&self, shut: &mut Shut) {
        loop {
            let before = shut.len();
            for (bond, holders) in &self.bonds {
                let Some(&through) = holders.iter().find(|at| shut.contains_key(at)) else { continue };
                for holder in holders {
                    shut.entry(*holder).or_insert(Cause::Shares(*bond, through));
                }
            }
            if shut.len() == before {
                return;
            }
        }
    }
}

/// Draws every institution together with those it was renamed to or merged into.
fn bodies_of(lines: &Lines) -> Vec<usize> {
    let mut body: Vec<usize> = (0..lines.count).collect();
    for (old, new) in &lines.successors {
        let (Some(&from), Some(&to)) = (body.get(*old), body.get(*new)) else { continue };
        let (low, high) = (from.min(to), from.max(to));
        body.iter_mut().filter(|at| **at == high).for_each(|at| *at = low);
    }
    body
}

/// Everything reached from a start over edges, without the start itself unless a cycle leads back to it.
fn reach(edges: &[BTreeSet<usize>], start: usize) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let mut open = vec![start];
    while let Some(at) = open.pop() {
        let next = edges.get(at).into_iter().flatten();
        open.extend(next.filter(|to| seen.insert(**to)).copied());
    }
    seen
}
