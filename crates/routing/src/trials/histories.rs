//! Random registries of up to 40 bodies (cycles, several superiors, renames, merges, shared keys, members, mailboxes, recovery shares)
//! and random histories of one report on its labels. After every step nobody who is shut out can receive it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proptest::prelude::*;
use report::{Accused, Area, InstitutionCode};

use super::oracle::Oracle;
use super::{drawn, today};
use crate::land::Land;
use crate::registry::Registry;
use crate::sharing::{Bond, Sharing};
use crate::situation::Situation;
use crate::{eligible, propose, readers};

const KINDS: [&str; 9] = [
    "government",
    "executive",
    "police",
    "internal_control",
    "oversight",
    "judicial",
    "social",
    "non_state",
    "international",
];
const BONDS: [Bond; 4] = [Bond::Key, Bond::Member, Bond::Mailbox, Bond::RecoveryShare];
const CELLS: [&str; 3] = ["XA-1", "XA-2", "XB"];

const RULES: &str = r#"
schema_version = 1
operator = "B0"
host = "B0"
wildcard = [{ name = "@police", kinds = ["police"] }, { name = "@narrow", narrowest = true, kinds = ["police", "social"] }]
purpose = [{ code = "C-OVER", mandates = ["hears"] }, { code = "C-GUARD", mandates = ["guards"] }]
service = [{ categories = ["CAT"], needs = [], mandate = "serves", through = "hears" }]
first = { CAT = ["hears", "guards"] }
complaints = { accused = ["P-POLICE"], general = ["hears"], children = ["guards"] }
child = { urgency = ["child-alone"], mandate = "guards", purpose = "C-GUARD", parts = ["note"] }
wish = { purposes = [] }
"#;

/// One body as drawn by chance.
#[derive(Debug, Clone)]
struct Drawn {
    kind: usize,
    ground: usize,
    parents: Vec<usize>,
    successor: Option<usize>,
}

/// What happens to a report or to the registry.
#[derive(Debug, Clone)]
enum Step {
    Accuse(usize),
    AccuseKind(bool),
    Rename(usize, usize),
    Share(usize, usize, usize),
}

fn body() -> impl Strategy<Value = Drawn> {
    let parents = prop::collection::vec(0..40_usize, 0..3);
    let successor = prop::option::weighted(0.1, 0..40_usize);
    (0..KINDS.len(), 0..4_usize, parents, successor).prop_map(|(kind, ground, parents, successor)| Drawn {
        kind,
        ground,
        parents,
        successor,
    })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..40_usize).prop_map(Step::Accuse),
        1 => any::<bool>().prop_map(Step::AccuseKind),
        2 => (0..40_usize, 0..40_usize).prop_map(|(old, new)| Step::Rename(old, new)),
        3 => (0..4_usize, 0..40_usize, 0..40_usize).prop_map(|(bond, one, other)| Step::Share(bond, one, other)),
    ]
}

fn code(at: usize, count: usize) -> String {
    format!("B{}", at % count)
}

fn land() -> Land {
    let area = |text: &str| text.parse::<Area>().expect("an area");
    let kind = |code: &str, target: &str| (code.parse().expect("a code"), vec![target.to_owned()]);
    Land {
        home: Some(area("XA")),
        within: [("XA", None), ("XA-1", Some("XA")), ("XA-2", Some("XA")), ("XB", None)]
            .map(|(code, parent)| (area(code), parent.map(area)))
            .into(),
        tier_2: vec![area("XA-1"), area("XA-2")],
        operators: BTreeMap::new(),
        kinds: [kind("P-POLICE", "@police"), kind("P-NARROW", "@narrow")].into(),
    }
}

fn registry(bodies: &[Drawn]) -> Registry {
    let mut text = "as_of = \"2026-11\"\n[mandates]\nhears = \"\"\nguards = \"\"\nserves = \"\"\n".to_owned();
    for (at, body) in bodies.iter().enumerate() {
        let parents: Vec<String> = body.parents.iter().map(|to| format!("\"{}\"", code(*to, bodies.len()))).collect();
        let ground = ["XA", "XA-1", "XA-2", "XB"][body.ground];
        let successor =
            body.successor.map(|to| format!("successor = \"{}\"\n", code(to, bodies.len()))).unwrap_or_default();
        let written = write!(
            text,
            "[[institution]]\ncode = \"B{at}\"\nname_en = \"\"\nlevel = \"state\"\nkind = \"{}\"\nterritory = [\"{ground}\"]\nparent = [{}]\n{successor}\
             recipients = {{ K-INTAKE = [\"C-KEEP\"], K-OVER = [\"C-OVER\", \"C-GUARD\"] }}\nmandates = [\"hears\", \"guards\", \"serves\"]\n\
             max_data = \"S\"\nanonymous = \"yes\"\nsignature = \"no\"\nduty_to_report = \"no\"\nrespondent_disclosure = \"never\"\n\
             status = \"operating\"\nbasis = \"G\"\nconfidence = \"low\"\n",
            KINDS[body.kind],
            parents.join(", "),
        );
        written.expect("a string takes text");
    }
    let all: Vec<String> = (0..bodies.len()).map(|at| format!("\"B{at}\"")).collect();
    let leads = format!(
        "[[lead]]\nareas = [\"XA\", \"outside\", \"UNKNOWN\"]\nlead = [{0}]\nalternate = [{0}]\n",
        all.join(", ")
    );
    drawn(&text, &leads, RULES, land())
}

/// The world as a history has left it.
struct World {
    bodies: Vec<Drawn>,
    shared: Vec<(usize, usize, usize)>,
    accused: Accused,
}

impl World {
    fn take(&mut self, step: &Step) {
        let count = self.bodies.len();
        match step {
            Step::Accuse(at) => self.accused.institutions.push(code(*at, count).parse().expect("a code")),
            Step::AccuseKind(narrow) => {
                self.accused.kinds.push(if *narrow { "P-NARROW" } else { "P-POLICE" }.parse().expect("a code"));
            }
            Step::Rename(old, new) => self.bodies[old % count].successor = Some(new % count),
            Step::Share(bond, one, other) => self.shared.push((*bond, one % count, other % count)),
        }
    }

    fn registry(&self) -> Registry {
        let mut sharing = Sharing::default();
        for at in 0..self.bodies.len() {
            sharing.enrol(code(at, self.bodies.len()).parse().expect("a code"));
        }
        for (mark, (bond, one, other)) in self.shared.iter().enumerate() {
            for holder in [one, other] {
                sharing.hold(format!("B{holder}").parse().expect("a code"), BONDS[*bond], mark.to_string());
            }
        }
        registry(&self.bodies).with_sharing(sharing)
    }

    /// Everyone shut out at a place, by the plain telling of the rule.
    fn shut(&self, registry: &Registry, oracle: &Oracle, cell: &str) -> BTreeSet<InstitutionCode> {
        let named = self.accused.institutions.iter().filter_map(|code| registry.place(code));
        let ground = |at: &usize| ["XA", "XA-1", "XA-2", "XB"][self.bodies[*at].ground];
        let touches = |at: &usize| ground(at) == cell || (ground(at) == "XA" && cell.starts_with("XA"));
        let in_state = |at: &usize| ground(at)[..2] == cell[..2];
        let of = |kinds: &[&str]| -> Vec<usize> {
            (0..self.bodies.len()).filter(|at| kinds.contains(&KINDS[self.bodies[*at].kind])).collect()
        };
        // At the place; where there is nobody, in the state; and where there is nobody, anywhere.
        let at_or_wider = |all: Vec<usize>| {
            let there = |is: &dyn Fn(&usize) -> bool| all.iter().copied().filter(is).collect::<Vec<usize>>();
            let found = [there(&touches), there(&in_state)].into_iter().find(|found| !found.is_empty());
            found.unwrap_or(all)
        };
        let (wide, mut narrow) = (at_or_wider(of(&["police"])), at_or_wider(of(&["police", "social"])));
        if narrow.iter().any(|at| ground(at) == cell) {
            narrow.retain(|at| ground(at) == cell);
        }
        let of_kind = |code: &str, bodies: &[usize]| {
            if self.accused.kinds.iter().any(|kind| *kind == *code) { bodies.to_vec() } else { vec![] }
        };
        let kinds = [of_kind("P-POLICE", &wide), of_kind("P-NARROW", &narrow)].concat();
        named.chain(kinds).flat_map(|place| oracle.closure(place)).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_nobody_who_is_shut_out_can_receive(bodies in prop::collection::vec(body(), 1..=40), steps in prop::collection::vec(step(), 1..8)) {
        let mut world = World { bodies, shared: vec![], accused: Accused::default() };
        let mut before: BTreeMap<&str, BTreeSet<InstitutionCode>> = BTreeMap::new();
        for step in &steps {
            world.take(step);
            let registry = world.registry();
            let pairs: Vec<(usize, usize)> = world.shared.iter().map(|(_, one, other)| (*one, *other)).collect();
            let oracle = Oracle::of(&registry, &pairs);
            let sets = registry.closure_sets();
            for cell in CELLS {
                let area: Area = cell.parse().expect("an area");
                let shut = world.shut(&registry, &oracle, cell);
                let closure = registry.closure(&world.accused, &area);
                prop_assert_eq!(closure.iter().map(|(code, _)| code.clone()).collect::<BTreeSet<_>>(), shut.clone());
                prop_assert_eq!(sets.union(&world.accused, &area), shut.clone(), "what the directory ships");
                if !matches!(step, Step::Rename(..)) {
                    prop_assert!(before.get(cell).is_none_or(|old| old.is_subset(&shut)), "accusing or sharing more shut out less");
                }
                let has_police = registry.institutions().any(|body| body.kind == crate::institution::Kind::Police);
                prop_assert!(!has_police || world.accused.kinds.is_empty() || !shut.is_empty(), "a kind means somebody everywhere");
                nobody_receives(&registry, &world.accused, (&area, &shut))?;
                before.insert(cell, shut);
            }
        }
    }
}

fn nobody_receives(
    registry: &Registry,
    accused: &Accused,
    at: (&Area, &BTreeSet<InstitutionCode>),
) -> Result<(), TestCaseError> {
    let (area, shut) = at;
    let mut situation = Situation::accusing(accused.clone(), area.clone());
    situation.categories = vec!["CAT".parse().expect("a code")];
    situation.urgency = vec!["child-alone".parse().expect("a code")];
    let able = eligible::of(&situation, registry, today());
    prop_assert!(able.iter().all(|body| !shut.contains(body.code())));
    prop_assert_eq!(able.iter().count() + shut.len(), registry.count(), "everybody else stays eligible");
    let chosen = readers::of(&situation, registry, today());
    prop_assert!([&chosen.lead, &chosen.alternate].into_iter().flatten().all(|body| !shut.contains(body.code())));
    prop_assert!(chosen.lead.is_none() || chosen.lead != chosen.alternate);
    let proposals = propose::of(&situation, registry, None, today());
    let lists = [&proposals.required, &proposals.recommended, &proposals.possible];
    prop_assert!(lists.into_iter().flatten().all(|proposal| !shut.contains(&proposal.institution)));
    prop_assert!(proposals.services.iter().all(|service| !shut.contains(&service.through)));
    Ok(())
}
