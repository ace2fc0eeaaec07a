//! What the desk and the person see: proposals, readers, and who will hear of it, from real facets.

use std::sync::LazyLock;

use report::{Country, Facets, InstitutionCode, Sources};

use super::today;
use crate::{Agreement, Bond, Hearing, Proposals, Registry, Sharing, eligible, propose, readers, will_hear};

static COUNTRY: LazyLock<Country> = LazyLock::new(super::country);
static REGISTRY: LazyLock<Registry> =
    LazyLock::new(|| Registry::read(&Sources::embedded(), &COUNTRY).expect("the shipped registry has no fault"));

const KEEP: &str =
    r#"{"purpose":"C-KEEP","recipient_kind":"K-INTAKE","parts":["account","coding","evidence","message"]}"#;
const COMPLAIN: &str = r#"{"purpose":"C-OVER","recipient_kind":"K-OVER","parts":["account","coding"]}"#;
const STATISTICS: &str = r#"{"purpose":"C-STAT","recipient_kind":"K-STAT","parts":[]}"#;

/// Facets of a report on a pushback, with these accused, consent rows, urgency and area.
fn facets(accused: (&str, &str), consent: &[&str], urgency: &str, area: &str) -> Facets {
    let (kinds, institutions) = accused;
    let text = format!(
        r#"{{"version":1,"taxonomy":"2026-11","projection":"open","accused":{{"kinds":[{kinds}],"institutions":[{institutions}]}},"consent":[{}],"recency":"older","clock":"U3","urgency":[{urgency}],"area":"{area}","categories":["PUSH"],"acts":["PUSH-01"],"to_code":false}}"#,
        consent.join(",")
    );
    Facets::admit(text.as_bytes(), &COUNTRY).expect("facets")
}

fn body(code: &str) -> InstitutionCode {
    code.parse().expect("a code")
}

/// The registry knowing that only these are on the system.
fn with(present: &[&str]) -> Registry {
    let mut sharing = Sharing::default();
    for code in present {
        sharing.enrol(body(code));
    }
    REGISTRY.clone().with_sharing(sharing)
}

fn codes(list: &[crate::Proposal]) -> Vec<&str> {
    list.iter().map(|proposal| proposal.institution.as_str()).collect()
}

#[test]
fn the_lead_reads_and_a_non_state_alternate_if_it_does_not_answer() {
    let filed = facets(("", r#""BA-BP""#), &[KEEP], "", "BA-BIH-01-BIHAC");
    let chosen = readers(&filed, &REGISTRY, today());
    assert_eq!(chosen.lead.as_ref().map(|body| body.code().as_str()), Some("NGO-VP"));
    assert_eq!(chosen.alternate.as_ref().map(|body| body.code().as_str()), Some("NGO-HCBH"));
    let keep = "C-KEEP".parse().expect("a code");
    assert!(chosen.lead.expect("a lead").recipient_kind(&keep).is_some_and(|kind| *kind == *"K-INTAKE"));
}

#[test]
fn when_the_lead_is_accused_the_next_on_the_system_reads() {
    let filed = facets(("", r#""NGO-VP""#), &[KEEP], "", "BA-BIH-01");
    let chosen = readers(&filed, &with(&["NGO-VP", "NGO-HCBH", "BA-OMB"]), today());
    assert_eq!(chosen.lead, None);
    assert_eq!(chosen.alternate.map(|body| body.code().clone()), Some(body("NGO-HCBH")));
    let chosen = readers(&filed, &with(&["NGO-VP", "BA-OMB"]), today());
    assert!(chosen.is_held(), "nobody of the leads is left: it is held without sending");
}

#[test]
fn what_is_held_for_the_receipt_alone_has_no_reader() {
    assert!(readers(&facets(("", ""), &[], "", "BA-BIH-01"), &REGISTRY, today()).is_held());
}

#[test]
fn a_lead_that_shares_a_member_with_the_accused_does_not_read() {
    let mut sharing = Sharing::default();
    for code in ["NGO-VP", "NGO-HCBH", "BA-BP"] {
        sharing.enrol(body(code));
    }
    sharing.hold(body("NGO-VP"), Bond::Member, "one key");
    sharing.hold(body("BA-BP"), Bond::Member, "one key");
    let registry = REGISTRY.clone().with_sharing(sharing);
    let filed = facets(("", r#""BA-BP""#), &[KEEP], "", "BA-BIH-01");
    let closure = registry.closure(filed.accused(), filed.area().expect("an area"));
    assert_eq!(
        closure.iter().find(|(code, _)| **code == *"NGO-VP").map(|(_, reason)| reason.key),
        Some("reason-shares-member")
    );
    assert_eq!(readers(&filed, &registry, today()).lead, None);
    assert!(eligible(&filed, &registry, today()).get(&body("NGO-VP")).is_none());
}

fn proposed(filed: &Facets) -> Proposals {
    let registry = with(&["BA-OMB", "NGO-VP", "NGO-HCBH", "C01-CSW", "C01-PO", "BA-BP", "ACAD-UNSA"]);
    propose(filed, &registry, &COUNTRY, today())
}

#[test]
fn what_the_person_agreed_to_is_recommended_first_and_says_what_it_means() {
    let proposals = proposed(&facets(("\"P-BP\"", ""), &[KEEP, COMPLAIN], "", "BA-BIH-01-BIHAC"));
    let first = proposals.recommended.first().expect("a recommendation");
    assert_eq!(first.institution, body("BA-OMB"));
    assert_eq!((first.agreement, first.recipient_kind.as_str()), (Agreement::Given, "K-OVER"));
    assert_eq!(first.limit.map(|limit| limit.days), Some(365));
    assert_eq!(
        first.hears.iter().map(|hearing| hearing.reason.key).collect::<Vec<_>>(),
        ["reason-tells-usually", "reason-duty-unknown"]
    );
    assert!(codes(&proposals.recommended).contains(&"NGO-VP"));
    assert!(!codes(&proposals.recommended).contains(&"BA-PACCB"), "it passes complaints on to the force");
    let board = proposals
        .possible
        .iter()
        .find(|proposal| proposal.institution == *"BA-PACCB")
        .expect("possible, with a warning");
    assert!(board.hears.iter().any(|hearing| hearing.is_relay));
    assert!(proposals.shut_out.iter().any(|out| out.institution == *"BA-MOS"));
    assert!(
        proposals
            .will_hear
            .iter()
            .any(|hearing| hearing.institution == *"BA-OMB" && hearing.hears.contains(&body("BA-BP")))
    );
}

#[test]
fn croatian_police_opens_the_way_to_the_croatian_ombuds_institution() {
    let proposals = proposed(&facets(("\"P-HRPOL\"", ""), &[KEEP], "", "BA-BIH-01-BIHAC"));
    let all = [codes(&proposals.recommended), codes(&proposals.possible)].concat();
    assert!(all.contains(&"HR-OMB") && !all.contains(&"SRB-OMB") && !all.contains(&"SI-OMB"));
    assert!(!all.contains(&"EU-FRO"), "no officer of the agency is accused");
}

#[test]
fn a_child_alone_requires_the_guardian_of_the_place_with_the_least_it_needs() {
    let filed = facets(("\"P-BP\"", ""), &[KEEP, STATISTICS], "\"child-alone\"", "BA-BIH-01-BIHAC");
    let required = proposed(&filed).required;
    assert_eq!(codes(&required), ["C01-CSW"], "the one on the system that is competent there");
    assert_eq!(required[0].agreement, Agreement::VitalInterest);
    assert!(required[0].parts.iter().all(|part| part.as_str() == "note"), "nothing of the act, nothing of the accused");
    let everyone = propose(&filed, &REGISTRY, &COUNTRY, today()).required;
    assert_eq!(codes(&everyone), ["CSW-BIHAC"], "the centre of the municipality, were it on the system");
    let accused = facets(("\"P-CSW\"", ""), &[KEEP, STATISTICS], "\"child-alone\"", "BA-BIH-01-BIHAC");
    assert_eq!(codes(&proposed(&accused).required), [""; 0], "no guardian who is accused");
}

#[test]
fn asylum_is_asked_for_through_a_lawyer_even_when_the_sector_is_shut_out() {
    let text = r#"{"version":1,"taxonomy":"2026-11","projection":"open","accused":{"kinds":["P-BP"],"institutions":[]},"consent":[KEEP],"recency":"older","clock":"U3","urgency":[],"area":"BA-BIH-01","categories":["ASY"],"acts":["ASY-01"],"to_code":false}"#;
    let filed = Facets::admit(text.replace("KEEP", KEEP).as_bytes(), &COUNTRY).expect("facets");
    let proposals = proposed(&filed);
    let service = proposals.services.first().expect("a service");
    assert_eq!((service.institution.as_str(), service.through.as_str()), ("BA-MOS-ASYLUM", "NGO-VP"));
    assert!(proposals.shut_out.iter().any(|out| out.institution == *"BA-MOS-ASYLUM"));
}

#[test]
fn a_criminal_case_is_recommended_only_to_whoever_asked_for_one() {
    let agreed = r#"{"purpose":"C-CRIM","recipient_kind":"K-PROS","parts":["account"]}"#;
    let text = r#"{"version":1,"taxonomy":"2026-11","projection":"open","accused":{"kinds":["P-HRPOL"],"institutions":[]},"consent":[ROWS],"recency":"older","clock":"U3","urgency":[],"area":"BA-BIH-01","categories":["FORC"],"acts":["FORC-01"],"to_code":false}"#;
    let with = |rows: &str| Facets::admit(text.replace("ROWS", rows).as_bytes(), &COUNTRY).expect("facets");
    let silent = proposed(&with(KEEP));
    assert!(!codes(&silent.recommended).contains(&"C01-PO") && codes(&silent.possible).contains(&"C01-PO"));
    let asked = proposed(&with(&format!("{agreed},{KEEP}")));
    assert!(codes(&asked.recommended).contains(&"C01-PO"));
}

#[test]
fn there_is_always_an_overseer_and_somebody_outside_every_state_among_the_recommended() {
    for area in COUNTRY.territories().tier_2_areas() {
        let proposals =
            propose(&facets(("\"P-UNIFORM\"", ""), &[KEEP], "", area.as_str()), &REGISTRY, &COUNTRY, today());
        let sorts: Vec<_> =
            proposals.recommended.iter().filter_map(|proposal| REGISTRY.get(&proposal.institution)).collect();
        assert!(sorts.iter().any(|body| body.kind == crate::institution::Kind::Oversight), "{area}");
        assert!(sorts.iter().any(|body| body.is_non_state()), "{area}");
    }
}

#[test]
fn with_nobody_accused_nobody_is_told_but_a_duty_stays_a_duty() {
    let filed = facets(("", ""), &[KEEP], "", "BA-BIH-01");
    let keys = |code: &str| {
        let heard: Vec<Hearing> = will_hear(&filed, &REGISTRY, today(), [&body(code)]);
        heard.iter().map(|hearing| hearing.reason.key).collect::<Vec<_>>()
    };
    assert_eq!(keys("NGO-VP"), [""; 0]);
    assert_eq!(keys("C01-PO"), ["reason-duty-to-report"]);
    assert_eq!(keys("BA-OMB"), ["reason-duty-unknown"]);
}
