//! Every one and every two of the shipped registry accused, at every tier-2 area.

use std::collections::BTreeSet;

use report::{Accused, Area, Sources};

use super::oracle::Oracle;
use super::{country, today};
use crate::bodies::Bodies;
use crate::registry::Registry;
use crate::situation::Situation;
use crate::{propose, readers};

fn registry() -> Registry {
    Registry::read(&Sources::embedded(), &country()).expect("the shipped registry has no fault")
}

/// Every accused alone: institutions, then kinds.
fn singles(registry: &Registry) -> Vec<Accused> {
    let institutions =
        registry.institutions().map(|body| Accused { kinds: vec![], institutions: vec![body.code.clone()] });
    let kinds = registry.land.kinds.keys().map(|kind| Accused { kinds: vec![kind.clone()], institutions: vec![] });
    institutions.chain(kinds).collect()
}

fn both(one: &Accused, other: &Accused) -> Accused {
    let kinds = one.kinds.iter().chain(&other.kinds).cloned().collect();
    Accused { kinds, institutions: one.institutions.iter().chain(&other.institutions).cloned().collect() }
}

/// Whether an area before this one has the same leads and alternates.
fn posts_before(registry: &Registry, area: &Area) -> bool {
    let before = registry.land.tier_2.iter().take_while(|other| *other != area);
    before.into_iter().any(|other| registry.leads().get(other) == registry.leads().get(area))
}

#[test]
fn every_closure_of_the_shipped_registry_is_what_the_rule_says() {
    let registry = registry();
    let oracle = Oracle::of(&registry, &[]);
    for (place, body) in registry.institutions().enumerate() {
        let accused = Accused { kinds: vec![], institutions: vec![body.code.clone()] };
        let drawn: BTreeSet<_> =
            registry.closure(&accused, &Area::unknown()).iter().map(|(code, _)| code.clone()).collect();
        assert_eq!(drawn, oracle.closure(place), "{}", body.code);
    }
}

#[test]
fn no_one_and_no_two_accused_anywhere_reach_a_reader() {
    let registry = registry();
    let singles = singles(&registry);
    let areas = registry.land.tier_2.clone();
    assert!(singles.len() > 230 && areas.len() == 17);
    let mut held = 0_usize;
    for area in &areas {
        // The union law, tried on its own, lets the closure of a pair be had from those of its two.
        let same_posts = posts_before(&registry, area);
        let closures: Vec<Bodies> = singles.iter().map(|one| registry.closure_of(&registry.bases(one, area))).collect();
        for (at, one) in singles.iter().enumerate() {
            for (other, its) in singles.iter().zip(&closures).skip(at) {
                // Without a kind the place changes only who leads, and that was tried where the same lead.
                if one.kinds.is_empty() && other.kinds.is_empty() && same_posts {
                    continue;
                }
                let situation = Situation::accusing(both(one, other), area.clone());
                let chosen = readers::of(&situation, &registry, today());
                let mut shut = closures[at].clone();
                shut.unite(its);
                let places = [&chosen.lead, &chosen.alternate]
                    .into_iter()
                    .flatten()
                    .map(|body| registry.place(body.code()).expect("known"));
                assert!(places.clone().all(|place| !shut.contains(place)), "{:?} at {area}", situation.accused);
                held += usize::from(chosen.is_held());
                let posts = registry.leads().around(area).expect("every area has a lead");
                let all_shut = || {
                    posts
                        .lead
                        .iter()
                        .chain(&posts.alternate)
                        .all(|code| shut.contains(registry.place(code).expect("known")))
                };
                assert!(
                    !chosen.is_held() || all_shut(),
                    "held although somebody could read: {:?} at {area}",
                    situation.accused
                );
            }
        }
    }
    assert_eq!(held, 0, "two accused never shut out every lead and alternate");
}

#[test]
fn nothing_that_is_shut_out_is_proposed() {
    let registry = registry();
    let singles = singles(&registry);
    let mut seen: BTreeSet<(Bodies, &Area)> = BTreeSet::new();
    let categories = registry.rules.first.keys().cloned().collect::<Vec<_>>();
    for (step, area) in registry.land.tier_2.iter().enumerate().step_by(5) {
        for (at, one) in singles.iter().enumerate() {
            for other in singles.iter().skip(at).step_by(31 + step) {
                let mut situation = Situation::accusing(both(one, other), area.clone());
                let shut = registry.closure_of(&registry.bases(&situation.accused, area));
                if !seen.insert((shut.clone(), area)) {
                    continue;
                }
                situation.categories.clone_from(&categories);
                situation.urgency = vec!["child-alone".parse().expect("a code")];
                let proposals = propose::of(&situation, &registry, None, today());
                let lists = [&proposals.required, &proposals.recommended, &proposals.possible];
                for proposal in lists.into_iter().flatten() {
                    let place = registry.place(&proposal.institution).expect("known");
                    assert!(!shut.contains(place), "{} for {:?} at {area}", proposal.institution, situation.accused);
                }
                assert_eq!(proposals.shut_out.len(), shut.iter().count());
            }
        }
    }
    assert!(seen.len() > 400, "{} different closures were tried", seen.len());
}
