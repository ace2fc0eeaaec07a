//! Every fault of the registry is found, all at once, at its line.

use std::sync::LazyLock;

use report::{Country, Fault, Sources};

use crate::Registry;

static COUNTRY: LazyLock<Country> = LazyLock::new(super::country);

/// The shipped sources with some words of a file replaced.
fn broken(file: &str, changes: &[(&str, &str)]) -> Sources {
    let mut text = Sources::embedded().get(file).expect("shipped").to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{file} says {old}");
        text = text.replacen(old, new, 1);
    }
    Sources::embedded().with(file, &text)
}

fn faults(sources: &Sources) -> Vec<Fault> {
    Registry::read(sources, &COUNTRY).err().unwrap_or_default()
}

/// The line a text stands in.
fn line(sources: &Sources, file: &str, text: &str) -> usize {
    let lines = sources.get(file).expect("there").lines();
    lines.enumerate().find(|(_, line)| line.contains(text)).map(|(at, _)| at + 1).expect("the text stands somewhere")
}

/// One body's entry, as it is shipped.
fn entry(code: &str) -> String {
    let sources = Sources::embedded();
    let text = sources.get("institutions.toml").expect("shipped");
    let start = text.find(&format!("[[institution]]\ncode = \"{code}\"\n")).expect("the body is in");
    let rest = &text[start + 1..];
    text[start..].chars().take(rest.find("[[institution]]").map_or(rest.len(), |end| end + 1)).collect()
}

/// The shipped sources with words of one body's entry replaced.
fn with_body(code: &str, old: &str, new: &str) -> Sources {
    let shipped = entry(code);
    assert!(shipped.contains(old), "{code} says {old}");
    broken("institutions.toml", &[(&shipped, &shipped.replacen(old, new, 1))])
}

#[track_caller]
fn finds(sources: &Sources, file: &str, code: &str, at: Option<&str>) {
    let found = faults(sources);
    let fault = found.iter().find(|fault| fault.file == file && fault.code == code);
    let fault = fault.unwrap_or_else(|| panic!("{code} was not found among {found:#?}"));
    if let Some(text) = at {
        assert_eq!(fault.line, line(sources, file, text), "{fault}");
    }
}

const BODIES: &str = "institutions.toml";
const LEADS: &str = "leads.toml";
const RULES: &str = "routing.toml";

#[test]
fn all_faults_are_told_at_once_with_file_and_line() {
    let shipped = entry("BA-OMB");
    let changed = shipped
        .replacen("territory = [\"BA\"]", "territory = []", 1)
        .replacen("\"complaint_general\"", "\"complaint_martian\"", 1)
        .replacen("max_data = \"S\"", "parent = \"BA-NOWHERE\"\nmax_data = \"S\"", 1);
    let sources = broken(BODIES, &[(&shipped, &changed)]);
    let text = sources.get(BODIES).expect("there").replacen("kind = \"political\"", "kind = \"poetical\"", 1);
    let rules = sources.get(RULES).expect("there").replacen("\"C-INTL\"", "\"C-NONE\"", 1);
    let sources = sources.with(BODIES, &text).with(RULES, &rules);
    for (file, code) in [
        (BODIES, "no-territory"),
        (BODIES, "unknown-mandate"),
        (BODIES, "unknown-parent"),
        (BODIES, "syntax"),
        (RULES, "unknown-code"),
    ] {
        finds(&sources, file, code, None);
    }
    finds(&sources, BODIES, "unknown-parent", Some("BA-NOWHERE"));
    finds(&sources, BODIES, "syntax", Some("poetical"));
}

#[test]
fn a_mandate_that_is_asked_first_has_a_name_in_every_language_that_names_mandates() {
    let named = "legal_aid = \"pravna pomoć\"\n";
    for (new, code, file) in
        [("", "label-missing", RULES), ("legal_nothing = \"pravna pomoć\"\n", "unknown-code", "labels/bs.toml")]
    {
        let sources = broken("labels/bs.toml", &[(named, new)]);
        let country = Country::read(&sources).expect("labels of mandates are the registry's to check");
        let found = Registry::read(&sources, &country).err().unwrap_or_default();
        assert!(found.iter().any(|fault| fault.code == code && fault.file == file), "{code}: {found:#?}");
    }
}

#[test]
fn a_body_needs_ground_a_kind_of_recipient_and_a_code_of_its_own() {
    finds(
        &with_body("NGO-RC", "territory = [\"BA\"]", "territory = [\"BA-XX\"]"),
        BODIES,
        "unknown-territory",
        Some("\"BA-XX\""),
    );
    finds(&with_body("NGO-RC", "recipients", "seed = []\n#"), BODIES, "no-recipient-kind", None);
    finds(&with_body("NGO-RC", "\"NGO-RC\"", "\"NGO-VP\""), BODIES, "duplicate", None);
    finds(&with_body("NGO-RC", "K-SERV = [", "K-SERV = [\"C-OVER\", "), BODIES, "consent-impossible", None);
    finds(
        &with_body("NGO-RC", "languages", "time_limit_days = 777\nlanguages"),
        BODIES,
        "half-a-limit",
        Some("time_limit_days = 777"),
    );
}

#[test]
fn a_line_of_command_that_bites_its_tail_is_found() {
    let sources = with_body("BA-CM", "respondent_disclosure", "parent = \"BA-BP-IC\"\nrespondent_disclosure");
    finds(&sources, BODIES, "parent-cycle", Some("parent = \"BA-BP-IC\""));
}

#[test]
fn dates_in_the_wrong_order_are_found() {
    let edge = "parent = [{ code = \"BA-MOS\", valid_from = \"2020-01-01\", valid_to = \"2019-01-01\" }]";
    finds(&with_body("BA-BP", "parent = \"BA-MOS\"", edge), BODIES, "dates-reversed", Some(edge));
    finds(
        &with_body("BA-BP", "parent", "valid_from = \"2020-01-01\"\nvalid_to = \"2019-01-01\"\nparent"),
        BODIES,
        "dates-reversed",
        None,
    );
}

#[test]
fn a_lead_must_be_able_to_lead() {
    finds(
        &with_body("NGO-VP", "duty_to_report = \"no\"", "duty_to_report = \"unknown\""),
        LEADS,
        "lead-with-duty",
        None,
    );
    finds(&with_body("NGO-VP", "status = \"operating\"", "status = \"closed\""), LEADS, "retired-in-use", None);
    finds(&with_body("NGO-HCBH", "max_data = \"S\"", "max_data = \"F\""), LEADS, "lead-cannot-read", None);
    finds(&with_body("NGO-HCBH", "\"C-KEEP\", ", ""), LEADS, "lead-cannot-keep", None);
    finds(&broken(LEADS, &[("\"NGO-HCBH\"", "\"BA-OMB\"")]), LEADS, "alternate-of-the-state", None);
    finds(&broken(LEADS, &[("\"NGO-HCBH\"", "\"NGO-VP\"")]), LEADS, "lead-is-alternate", None);
    finds(&broken(LEADS, &[("\"NGO-HCBH\"", "\"NGO-JRS\"")]), LEADS, "lead-without-desk", None);
    finds(&broken(LEADS, &[("\"BA-BIH-04\", ", "")]), LEADS, "area-without-lead", None);
    finds(&broken(LEADS, &[("\"BA\", \"outside\", ", "\"BA\", ")]), LEADS, "area-without-lead", None);
    finds(
        &broken(LEADS, &[("closes = \"16:00\"", "closes = \"7:00\"")]),
        LEADS,
        "invalid-value",
        Some("closes = \"7:00\""),
    );
    finds(
        &with_body("NGO-HCBH", "respondent", "parent = \"NGO-VP\"\nrespondent"),
        LEADS,
        "lead-falls-with-alternate",
        None,
    );
}

#[test]
fn an_operator_that_can_fall_into_a_closure_is_found() {
    finds(
        &with_body("OPERATOR", "respondent", "parent = \"BA-MOS\"\nrespondent"),
        RULES,
        "operator-in-closure",
        Some("operator ="),
    );
    finds(&broken(RULES, &[("host = \"HOST\"", "host = \"INT-IOM\"")]), RULES, "operator-in-closure", Some("host ="));
    finds(&broken(RULES, &[("host = \"HOST\"", "host = \"NGO-HCBH\"")]), LEADS, "operator-reads", None);
}

#[test]
fn a_kind_of_accused_that_points_nowhere_is_found() {
    finds(&broken(RULES, &[("name = \"@csw-here\"", "name = \"@csw-there\"")]), RULES, "unknown-institution", None);
}
