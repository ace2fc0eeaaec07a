//! Labels of the country's codes: whole in every language that has a file, told in the base language elsewhere, every fault at its line.

#![cfg(test)]

use std::path::Path;

use report::{Country, Fault, Sources};

fn shipped() -> Country {
    Country::read(&Sources::embedded()).expect("config/ is sound")
}

fn faults_after(file: &str, from: &str, to: &str) -> Vec<Fault> {
    let sources = Sources::embedded();
    let text = sources.get(file).expect("the file is shipped").to_owned();
    assert!(text.contains(from), "{file} has no {from}");
    Country::read(&sources.with(file, &text.replacen(from, to, 1))).err().unwrap_or_default()
}

#[test]
fn a_code_is_told_in_the_readers_language() {
    let country = shipped();
    assert_eq!(country.label("need", "ND-FOOD", "bs"), "Hrana, voda, odjeća");
    assert_eq!(country.label("need", "ND-FOOD", "en"), "Food, water, clothes");
    assert_ne!(country.label("act", "PUSH-01", "bs"), country.label("act", "PUSH-01", "en"));
    assert_eq!(country.label("act", "PUSH-99", "bs"), "PUSH-99");
    assert_eq!(country.label("need", "ND-FOOD", "tlh"), "Food, water, clothes");
}

#[test]
fn a_place_keeps_its_local_name_where_that_is_spoken() {
    let country = shipped();
    assert_eq!(country.label("area", "BA-BIH-01", "bs"), "Unsko-sanski kanton");
    assert_eq!(country.label("area", "BA-BIH-01", "en"), "Una-Sana Canton");
}

#[test]
fn an_act_is_found_by_everyday_words() {
    let country = shipped();
    for act in country.taxonomy().acts() {
        for language in ["en", "bs"] {
            assert!(country.labels().words(act.code.as_str(), language).len() > 2, "{} in {language}", act.code);
        }
    }
    assert!(country.labels().words("FORC-04", "en").iter().any(|word| word == "dogs"));
    assert_eq!(country.labels().words("FORC-04", "tlh"), country.labels().words("FORC-04", "en"));
}

/// File, what stands in it, what is put there instead, the fault that must be found, whether at its line.
const BROKEN: &[(&str, &str, &str, &str, bool)] = &[
    ("labels/bs.toml", "FORC-04 = \"Napad psa\"\n", "", "label-missing", false),
    ("labels/bs.toml", "FORC-04 = \"Napad psa\"", "FORC-44 = \"Napad psa\"", "unknown-code", true),
    ("labels/bs.toml", "FORC-04 = \"Napad psa\"", "FORC-04 = \" \"", "invalid-value", true),
    ("labels/bs.toml", "[labels.means]", "[labels.meanings]", "unknown-code", false),
    ("labels/bs.toml", "FORC-04 = [", "FORC-44 = [", "unknown-code", true),
    ("labels/en.toml", "police = \"Police\"\n", "", "label-missing", false),
    ("labels/en.toml", "schema_version = 1", "schema = 1", "syntax", false),
    (
        "reviews.toml",
        "review = []",
        "review = [{ language = \"en\", topic = \"taste\", people = 2, on = \"2026-11-20\" }]",
        "syntax",
        true,
    ),
];

#[test]
fn every_kind_of_fault_of_labels_is_found() {
    for (file, from, to, code, at_its_line) in BROKEN {
        let faults = faults_after(file, from, to);
        let sources = Sources::embedded();
        let before = sources.get(file).and_then(|text| text.split(from).next()).expect("it stands there");
        let line = before.lines().count() + 1;
        let fits = |fault: &Fault| fault.code == *code && fault.file == *file && (!at_its_line || fault.line == line);
        assert!(faults.iter().any(fits), "{code} at {line} after {from:?} became {to:?}: {faults:?}");
    }
}

#[test]
fn a_country_ships_its_own_languages_and_no_other() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/country-two");
    let country = Country::read(&Sources::read(Path::new(folder)).expect("it can be read")).expect("it is sound");
    assert_eq!(country.labels().languages().collect::<Vec<_>>(), ["en"]);
    assert_eq!(country.label("choice", "tell", "en"), "Tell the council");
    assert_eq!(country.label("act", "GATE-1", "fa"), "Gate kept shut");
    assert_eq!(country.labels().words("GATE-1", "en"), ["sent away", "turned back"]);
}

#[test]
fn a_language_is_reviewed_only_when_two_people_read_all_its_topics() {
    let row =
        |topic, people| format!("{{ language = \"bs\", topic = \"{topic}\", people = {people}, on = \"2026-11-20\" }}");
    let with = |rows: &[String]| {
        let text = format!("schema_version = 1\nreview = [{}]", rows.join(", "));
        Country::read(&Sources::embedded().with("reviews.toml", &text)).expect("sound").reviews().is_complete("bs")
    };
    let three = [row("safety", 2), row("consent", 2), row("readers", 3)];
    assert!(!with(&three));
    assert!(!with(&[&three[..], &[row("receipt", 1)]].concat()));
    assert!(with(&[&three[..], &[row("receipt", 2)]].concat()));
    assert!(!shipped().reviews().is_complete("en"), "nobody has reviewed the shipped sentences yet");
}
