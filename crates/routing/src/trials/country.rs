//! What the rule means in the country as it is shipped.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use report::{Accused, Area, Code, Country, InstitutionCode, Sources};

use super::today;
use crate::{ClosureSets, Registry, ladder};

static COUNTRY: LazyLock<Country> = LazyLock::new(super::country);
static REGISTRY: LazyLock<Registry> = LazyLock::new(|| match Registry::read(&Sources::embedded(), &COUNTRY) {
    Ok(registry) => registry,
    Err(faults) => panic!("{faults:#?}"),
});
static SETS: LazyLock<ClosureSets> = LazyLock::new(|| REGISTRY.closure_sets());

fn body(code: &str) -> InstitutionCode {
    code.parse().expect("a code")
}

fn area(code: &str) -> Area {
    code.parse().expect("an area")
}

fn kind(code: &str) -> Code {
    code.parse().expect("a code")
}

fn accusing(kinds: &[&str], institutions: &[&str]) -> Accused {
    Accused {
        kinds: kinds.iter().map(|code| kind(code)).collect(),
        institutions: institutions.iter().map(|code| body(code)).collect(),
    }
}

fn closure(kinds: &[&str], institutions: &[&str], place: &str) -> BTreeSet<String> {
    let closure = REGISTRY.closure(&accusing(kinds, institutions), &area(place));
    closure.iter().map(|(code, _)| code.to_string()).collect()
}

#[test]
fn the_shipped_registry_has_no_fault() {
    assert_eq!(REGISTRY.institutions().count(), 207, "205 bodies, the operator and the host");
}

#[test]
fn a_report_against_a_station_never_reaches_its_ministry() {
    let shut = closure(&[], &["BA-BP"], "BA-BIH-01-BIHAC");
    for code in [
        "BA-BP",
        "BA-BP-IC",
        "BA-MOS",
        "BA-CM",
        "BA-SFA",
        "BA-SIPA",
        "BA-DCPB",
        "BA-MOS-ASYLUM",
        "BA-TIPCOORD",
        "BA-COORDMIG",
    ] {
        assert!(shut.contains(code), "{code}");
    }
    for code in ["BA-OMB", "BA-MHRR", "BA-MOJ", "BA-PO", "C01-POL", "NGO-VP", "BA-PACCB"] {
        assert!(!shut.contains(code), "{code}");
    }
    let reason = |code: &str| {
        let closure = REGISTRY.closure(&accusing(&[], &["BA-BP"]), &area("BA-BIH-01"));
        closure.iter().find(|(found, _)| **found == *code).map(|(_, reason)| reason.key).expect("shut out")
    };
    assert_eq!(reason("BA-BP"), "reason-accused");
    assert_eq!(reason("BA-CM"), "reason-above-accused");
    assert_eq!(reason("BA-BP-IC"), "reason-below-accused");
    assert_eq!(reason("BA-SFA"), "reason-same-line");
}

#[test]
fn of_a_prosecutor_only_the_office_and_what_is_below_it_is_shut_out() {
    assert_eq!(closure(&[], &["C01-PO"], "BA-BIH-01"), ["C01-PO".to_owned()].into(), "the higher office is the remedy");
    assert!(closure(&[], &["FBIH-PO"], "BA-BIH-01").contains("C10-PO"));
}

#[test]
fn the_cantonal_police_is_the_one_of_the_place() {
    assert!(closure(&["P-CANTPOL"], &[], "BA-BIH-01-BIHAC").is_superset(&closure(&[], &["C01-POL"], "BA-BIH-01")));
    assert!(!closure(&["P-CANTPOL"], &[], "BA-BIH-01-BIHAC").contains("C02-POL"));
    assert!(closure(&["P-CANTPOL"], &[], "BA-SRP-BL").contains("SRP-POL"));
    assert!(closure(&["P-CANTPOL"], &[], "BA-BRC-00").contains("BD-POL"));
    assert!(closure(&["P-CANTPOL"], &[], "UNKNOWN").contains("C02-POL"), "an unknown place is every place");
}

#[test]
fn an_unknown_uniform_is_every_force_competent_there() {
    let shut = closure(&["P-UNIFORM"], &[], "BA-BIH-05-GORAZDE");
    for code in ["C05-POL", "C05-MUP", "FBIH-FUP", "FBIH-MUP", "BA-BP", "BA-SFA", "BA-SIPA", "BA-MOS"] {
        assert!(shut.contains(code), "{code}");
    }
    assert!(!shut.contains("C01-POL") && !shut.contains("SRP-POL"));
}

#[test]
fn an_aid_organisation_without_a_name_is_every_one_that_works_there_and_somebody_still_reads() {
    let shut = closure(&["P-AID"], &[], "BA-BIH-01-BIHAC");
    assert!(shut.contains("NGO-VP") && shut.contains("NGO-DRC"));
    assert!(!shut.contains("NGO-HCBH"), "the alternate documents and advises from outside");
}

#[test]
fn an_area_whose_code_nobody_knows_is_abroad_or_everywhere_but_never_nowhere() {
    assert!(closure(&["P-UNIFORM"], &[], "HR").contains("HR-BP"));
    assert!(closure(&["P-UNIFORM"], &[], "outside").contains("SRB-MUP"));
    assert!(closure(&["P-UNIFORM"], &[], "BA-SRP").contains("SRP-POL"));
    assert!(!closure(&["P-UNIFORM"], &[], "BA-SRP").contains("C01-POL"));
}

#[test]
fn a_kind_that_points_to_bodies_points_to_somebody_wherever_it_happened() {
    let mut places: Vec<Area> = COUNTRY.territories().all().map(|unit| unit.code.clone()).collect();
    places.extend([Area::outside(), Area::unknown(), area("GR")]);
    let pointing =
        COUNTRY.taxonomy().list("perpetrator_kind").iter().filter(|term| !term.texts("institutions").is_empty());
    for term in pointing {
        for place in &places {
            let shut = closure(&[term.code.as_str()], &[], place.as_str());
            assert!(!shut.is_empty(), "{} at {place}", term.code);
        }
    }
}

#[test]
fn a_force_nobody_knows_by_name_is_every_one_of_its_state_or_of_its_kind() {
    let foreign = |place: &str| closure(&["P-OTHERPOL"], &[], place);
    assert!(foreign("HR").is_superset(&closure(&[], &["HR-BP"], "HR")) && !foreign("HR").contains("SRB-MUP"));
    for code in ["HR-BP", "SRB-MUP", "MNE-MUP", "SI-POL"] {
        assert!(foreign("BA-BIH-01").contains(code), "at home it can be any state's: {code}");
        assert!(foreign("GR").contains(code), "{code}");
    }
    let cantonal = closure(&["P-CANTPOL"], &[], "HR");
    assert!(cantonal.contains("HR-BP") && cantonal.contains("C01-POL"), "either the kind or the place is wrong");
}

#[test]
fn an_accused_code_that_the_registry_does_not_have_is_named_and_shut_out() {
    let accused = accusing(&[], &["XX-NOBODY"]);
    assert_eq!(REGISTRY.unknown(&accused), [&body("XX-NOBODY")]);
    assert!(REGISTRY.closure(&accused, &area("BA")).contains(&body("XX-NOBODY")));
}

/// Every accused alone: institutions and kinds.
fn singles() -> Vec<Accused> {
    let institutions = REGISTRY.institutions().map(|body| accusing(&[], &[body.code.as_str()]));
    let kinds = COUNTRY.taxonomy().list("perpetrator_kind").iter().map(|term| accusing(&[term.code.as_str()], &[]));
    institutions.chain(kinds).collect()
}

fn union(one: &Accused, other: &Accused) -> Accused {
    let kinds = one.kinds.iter().chain(&other.kinds).cloned().collect();
    Accused { kinds, institutions: one.institutions.iter().chain(&other.institutions).cloned().collect() }
}

#[test]
fn the_directorys_sets_say_the_same_as_the_registry_everywhere() {
    let mut places: Vec<Area> = COUNTRY.territories().all().map(|unit| unit.code.clone()).collect();
    places.extend([Area::outside(), Area::unknown(), area("GR")]);
    for accused in singles() {
        for place in &places {
            let ours: BTreeSet<InstitutionCode> =
                REGISTRY.closure(&accused, place).iter().map(|(code, _)| code.clone()).collect();
            assert_eq!(SETS.union(&accused, place), ours, "{accused:?} at {place}");
            if accused.kinds.is_empty() {
                break;
            }
        }
    }
}

#[test]
fn the_directorys_sets_are_small_enough_to_ship() {
    let size = serde_json::to_vec(&*SETS).expect("JSON").len();
    assert!(size < 12 * 1024, "{size} bytes");
}

#[test]
fn accusing_two_shuts_out_what_accusing_each_shuts_out() {
    let some: Vec<Accused> = singles().into_iter().step_by(7).collect();
    for one in &some {
        for other in &some {
            let place = area("BA-BIH-09");
            let codes = |accused: &Accused| {
                REGISTRY.closure(accused, &place).iter().map(|(code, _)| code.clone()).collect::<BTreeSet<_>>()
            };
            let both: BTreeSet<InstitutionCode> = codes(one).union(&codes(other)).cloned().collect();
            assert_eq!(codes(&union(one, other)), both);
        }
    }
}

#[test]
fn the_ombuds_institution_is_every_time_the_only_free_complaints_body() {
    let ladder = ladder::external_complaints(&REGISTRY, today());
    assert_eq!(ladder.len(), 17 * 12);
    for rung in &ladder {
        let free: Vec<String> = rung.free().map(ToString::to_string).collect();
        assert_eq!(free, ["BA-OMB"], "{} at {}", rung.accused, rung.area);
        let children: Vec<String> = rung.free_for_children().map(ToString::to_string).collect();
        let in_srp = rung.area.as_str().starts_with("BA-SRP");
        assert_eq!(children, if in_srp { vec!["SRP-OMBCH".to_owned()] } else { vec![] }, "{}", rung.area);
        let others = rung.bodies.iter().filter(|body| !body.is_free());
        assert!(others.clone().all(|body| body.is_shut_out || body.is_relay));
    }
    let district = ladder.iter().find(|rung| rung.area == *"BA-BRC-00" && rung.accused == *"P-BDPOL").expect("a rung");
    assert_eq!(district.bodies.len(), 1, "no external complaints body for the district's own police was found");
}

#[test]
fn when_the_ombuds_institution_is_accused_lead_and_alternate_stand_outside() {
    let shut = REGISTRY.closure(&accusing(&[], &["BA-OMB"]), &area("BA-BIH-01"));
    for (place, posts) in REGISTRY.leads().iter() {
        assert!(posts.lead.iter().chain(&posts.alternate).all(|code| !shut.contains(code)), "{place}");
    }
}
