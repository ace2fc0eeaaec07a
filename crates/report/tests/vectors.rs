//! The projection as vectors: what this implementation computes is what the checked-in files say, to the byte.

#![cfg(test)]

use report::triage::assess;
use report::{Coding, Country, Day, Facets, Sources};
use serde::{Deserialize, Serialize};
use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors");

#[derive(Deserialize)]
struct Input {
    name: String,
    today: Day,
    coding: Value,
}

/// `facets` is the exact text: a second implementation compares strings.
#[derive(Serialize)]
struct Vector<'a> {
    name: &'a str,
    today: Day,
    coding: &'a Value,
    facets: String,
    assessment: report::triage::Assessment,
}

fn inputs() -> Vec<Input> {
    serde_json::from_str(include_str!("../vectors/codings.json")).expect("codings.json is JSON")
}

fn computed(inputs: &[Input]) -> String {
    let country = Country::read(&Sources::embedded()).expect("config/ is sound");
    let vectors: Vec<Vector> = inputs.iter().map(|input| vector(input, &country)).collect();
    serde_json::to_string_pretty(&vectors).expect("vectors are JSON") + "\n"
}

fn vector<'a>(input: &'a Input, country: &Country) -> Vector<'a> {
    let coding = Coding::read(input.coding.to_string().as_bytes()).expect(&input.name);
    coding.check(country, input.today).expect(&input.name);
    let facets = Facets::project(&coding, country, input.today);
    let bytes = facets.to_bytes();
    assert_eq!(Facets::admit(&bytes, country).as_ref(), Ok(&facets), "{}", input.name);
    Vector {
        name: &input.name,
        today: input.today,
        coding: &input.coding,
        facets: String::from_utf8(bytes).expect("facets are UTF-8"),
        assessment: assess(&facets, country),
    }
}

fn tables() -> String {
    let country = Country::read(&Sources::embedded()).expect("config/ is sound");
    serde_json::to_string(&country.tables()).expect("tables are JSON") + "\n"
}

#[test]
fn the_projection_gives_the_checked_in_bytes() {
    let kept: Vec<Value> = serde_json::from_str(include_str!("../vectors/projection.json")).expect("vectors are JSON");
    let now: Vec<Value> = serde_json::from_str(&computed(&inputs())).expect("vectors are JSON");
    assert_eq!(now.len(), kept.len(), "see the ignored test below");
    for (now, kept) in now.iter().zip(&kept) {
        assert!(now == kept, "{} differs: see the ignored test below", now["name"]);
    }
}

#[test]
fn the_tables_for_other_implementations_are_current() {
    let kept: Value = serde_json::from_str(include_str!("../vectors/tables.json")).expect("tables are JSON");
    let now: Value = serde_json::from_str(&tables()).expect("tables are JSON");
    assert!(now == kept, "see the ignored test below");
}

/// After a deliberate change: `cargo test -p report --test vectors -- --ignored`, then read the difference line by line.
#[test]
#[ignore = "writes the checked-in vectors anew"]
fn the_vectors_are_written_anew() {
    std::fs::write(format!("{FOLDER}/projection.json"), computed(&inputs())).expect("vectors/ is writable");
    std::fs::write(format!("{FOLDER}/tables.json"), tables()).expect("vectors/ is writable");
}
