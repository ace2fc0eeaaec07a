//! The shipped country is sound; every kind of fault in it is found, at its line, together with all others; another country works too.

#![cfg(test)]

use std::path::Path;

use report::help::HelpKind;
use report::triage::{Clock, assess};
use report::{Area, Coding, Country, Day, Facets, Fault, Sources};

fn shipped() -> Country {
    Country::read(&Sources::embedded()).expect("config/ is sound")
}

fn country_two() -> Country {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/country-two");
    let sources = Sources::read(Path::new(folder)).expect("the folder can be read");
    Country::read(&sources).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// The faults of the shipped country after one text of one file was changed.
fn faults_after(file: &str, from: &str, to: &str) -> Vec<Fault> {
    let sources = Sources::embedded();
    let text = sources.get(file).expect("the file is shipped").to_owned();
    assert!(text.contains(from), "{file} has no {from}");
    Country::read(&sources.with(file, &text.replacen(from, to, 1))).err().unwrap_or_default()
}

/// The line of the shipped file on which a text first stands.
fn line_of(file: &str, text: &str) -> usize {
    let sources = Sources::embedded();
    let place = sources.get(file).and_then(|whole| whole.find(text)).expect("the text stands there");
    sources.get(file).unwrap_or_default()[..place].lines().count().max(1)
}

#[test]
fn the_shipped_country_has_no_fault() {
    let country = shipped();
    assert_eq!(country.code().as_str(), "BA");
    assert_eq!(country.taxonomy().acts().count(), 70);
    assert_eq!(country.territories().tier_2_areas().count(), 17);
    assert_eq!(country.taxonomy().clock_hours(Clock::U1), 24);
}

#[test]
fn the_embedded_sources_are_the_folder() {
    let folder = Sources::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../config"))).expect("config/ reads");
    let embedded = Sources::embedded();
    assert!(folder.names().eq(embedded.names()));
    assert!(folder.names().all(|name| folder.get(name) == embedded.get(name)));
}

/// File, what stands in it, what is put there instead, the fault that must be found.
const BROKEN: &[(&str, &str, &str, &str)] = &[
    ("taxonomy.toml", r#"rights = ["CRC-20", "CRC-3", "CRC-22", "CRC-12"]"#, "rights = []", "act-without-rights"),
    ("taxonomy.toml", r#"rights = ["CRC-20""#, r#"rights = ["CRC-2000""#, "unknown-right"),
    ("taxonomy.toml", r#"flags = ["missing", "detention"]"#, r#"flags = ["lost"]"#, "unknown-code"),
    ("taxonomy.toml", r#"code = "LIFE-02""#, r#"code = "LIFE-01""#, "duplicate-code"),
    ("taxonomy.toml", r#"code = "CHLD-04""#, r#"code = "KIDS-04""#, "unknown-category"),
    ("taxonomy.toml", "severity = 5", "severity = 6", "invalid-value"),
    ("taxonomy.toml", r#"as_of = "2026-11""#, "as_of = \"2026-11\"\nas_of = \"2026-12\"", "duplicate-key"),
    (
        "territories.toml",
        r#"level = "entity", parent = "BA""#,
        r#"level = "entity", parent = "BA-BIH-01""#,
        "parent-cycle",
    ),
    ("territories.toml", r#"parent = "BA-BIH-10""#, r#"parent = "BA-BIH-11""#, "unknown-area"),
    ("territories.toml", r#"segment = "SEG-ME-NORTH""#, r#"segment = "SEG-ME-EAST""#, "unknown-code"),
    ("territories.toml", r#"to = "2019-12-11""#, r#"from = "2020-01-01", to = "2019-12-11""#, "reversed-dates"),
    ("help.toml", r#"categories = ["LIFE"]"#, r#"categories = ["LIVE"]"#, "unknown-code"),
    ("help.toml", r#"areas = ["BA-BIH-01"]"#, r#"areas = ["BX"]"#, "unknown-area"),
    (
        "consent.toml",
        r#"recipient_kind = "K-OVER", parts = ["account", "coding", "evidence"] }"#,
        r#"recipient_kind = "K-EXEC", parts = [] }"#,
        "consent-impossible",
    ),
    ("triage.toml", r#"acts = ["LIFE-04", "LIFE-06"]"#, r#"acts = ["LIFE-44"]"#, "unknown-code"),
    ("triage.toml", r#"urgency = ["held"]"#, r#"urgency = ["hold"]"#, "unknown-code"),
    ("projection.toml", r#"place_kind = "PL-UNK""#, r#"place_kind = "PL-NOWHERE""#, "unknown-code"),
    ("projection.toml", r#"{ code = "10-49", from = 10 }"#, r#"{ code = "10-49", from = 3 }"#, "invalid-value"),
];

#[test]
fn every_kind_of_fault_is_found_where_its_entry_stands() {
    for (file, from, to, code) in BROKEN {
        let faults = faults_after(file, from, to);
        let near = |fault: &&Fault| fault.line.abs_diff(line_of(file, from)) < 12;
        let found = faults.iter().filter(near).any(|fault| fault.code == *code && fault.file == *file);
        assert!(found, "{code} after {from:?} became {to:?}: {faults:?}");
    }
}

#[test]
fn a_retired_code_in_use_is_a_fault() {
    let faults = faults_after("taxonomy.toml", "code = \"LIFE-04\"\n", "code = \"LIFE-04\"\nto = \"2020-01-01\"\n");
    assert!(faults.iter().any(|fault| fault.code == "retired-code" && fault.file == "triage.toml"), "{faults:?}");
}

#[test]
fn faults_of_all_files_come_at_once() {
    let sources = Sources::embedded();
    let broken = |file: &str, from: &str, to: &str, sources: Sources| {
        let text = sources.get(file).expect("shipped").replacen(from, to, 1);
        sources.with(file, &text)
    };
    let sources = broken("help.toml", "\"BA-BIH-01\"", "\"BA-BIH-99\"", sources);
    let sources = broken("triage.toml", "\"LIFE-04\"", "\"LIFE-99\"", sources);
    let sources = broken("consent.toml", "purpose = \"C-URG\"", "purpose = \"C-URX\"", sources);
    let faults = Country::read(&sources).expect_err("three files are broken");
    let files: Vec<&str> = faults.iter().map(|fault| fault.file.as_str()).collect();
    assert!(["help.toml", "triage.toml", "consent.toml"].iter().all(|file| files.contains(file)), "{faults:?}");
    assert!(faults.iter().all(|fault| fault.to_string().starts_with(&format!("{}:{}: ", fault.file, fault.line))));
}

#[test]
fn an_area_without_help_is_a_fault() {
    let help =
        "schema_version = 1\n[[line]]\ncode = \"a\"\nkind = \"emergency\"\nareas = [\"BA-BIH\"]\nlanguages = []\n";
    let faults = Country::read(&Sources::embedded().with("help.toml", help)).expect_err("half the country has no help");
    assert!(faults.iter().any(|fault| fault.code == "area-without-help" && fault.message.contains("BA-SRP-BL")));
}

#[test]
fn every_municipality_has_emergency_help() {
    let country = shipped();
    for unit in country.territories().all().filter(|unit| unit.tier == 3) {
        let mut lines = country.help().at(unit.code.as_str(), country.territories());
        assert!(lines.any(|line| line.kind == HelpKind::Emergency && line.number.is_some()), "{}", unit.code);
    }
}

#[test]
fn no_number_of_an_organisation_is_invented() {
    for line in shipped().help().lines().iter().filter(|line| line.institution.is_some()) {
        assert!(line.confirmed || line.number.is_none(), "{}", line.code);
    }
}

#[test]
fn nothing_is_hard_wired_to_the_first_country() {
    let country = country_two();
    let today: Day = "2030-01-15".parse().expect("a day");
    let read = |json: &str| Coding::read(json.as_bytes()).expect("a coding");
    let open = read(
        r#"{"event":{"from":"2030-01-15","precision":"day","area":"XA-N-TOWN","facility":"inn"},"acts":[{"code":"GATE-1"}]}"#,
    );
    open.check(&country, today).expect("its codes exist");
    let facets = Facets::project(&open, &country, today);
    assert!(!facets.is_protected() && facets.consents_to("sum") && facets.clock() == Clock::U0);
    assert_eq!(facets.accused().institutions.first().map(report::InstitutionCode::as_str), Some("XA-GUARD"));
    let hidden = read(
        r#"{"event":{"from":"2030-01-15","area":"XA-N-TOWN"},"acts":[{"code":"HOUSE-1"}],"still_in_danger":"over"}"#,
    );
    let facets = Facets::project(&hidden, &country, today);
    assert!(facets.is_protected() && facets.area().map(Area::as_str) == Some("XA-N"));
    assert_eq!(assess(&facets, &country).clock, Clock::U1);
    assert_eq!(Facets::admit(&facets.to_bytes(), &country), Ok(facets));
}
