//! The pages people file with: what they weigh on the wire, and how long sealing and sending take, in a real Chromium.
//!
//! The yardstick is the budget we set ourselves; a ratio above 1 is a budget that was not kept.

use house_tests::{Database, walk};
use serde_json::Value;

use crate::deployment::Deployment;
use crate::measured::Measured;

const KIB: f64 = 1024.0;
/// Weighed in the language whose letters take the most bytes.
const FORM: &str = "/sr-Cyrl/report";
const PLAIN: &str = "/sr-Cyrl/plain";
/// The heaviest of these is what a page after the form may weigh.
const LATER: [&str; 6] =
    ["/sr-Cyrl/quick", "/sr-Cyrl/receipt", "/sr-Cyrl/waiting", "/sr-Cyrl/leaving", "/sr-Cyrl/link", "/sr-Cyrl/import"];
const WEIGHT: &str = "the budget of everything the load asks for, packed";
const TIME: &str = "the budget of what a person waits for";

/// Measures every page; nothing where there is no browser.
pub fn measure() -> Vec<Measured> {
    let deployment = Deployment::make();
    let server = deployment.serve(&Database::Sqlite, "page.sqlite");
    let base = format!("http://{}", server.public);
    let mut rows = Vec::new();
    let seen = walk("weight.mjs", &[&[base.as_str(), FORM], LATER.as_slice()].concat());
    rows.push(row("sealing form", weight(&seen, FORM), "KiB", 75.0));
    let later = LATER.map(|path| weight(&seen, path));
    rows.push(row("later page", later.into_iter().fold(0.0, f64::max), "KiB", 10.0));
    let seen = walk("weight.mjs", &[&base, PLAIN]);
    rows.push(row("plain door", weight(&seen, PLAIN), "KiB", 20.0));
    let pictures = deployment.file("pictures").display().to_string();
    let cases: [(&str, &[&str], f64); 2] =
        [("submit", &[], 1.5), ("submit at a sixth of the speed", &["--throttle", "6"], 5.0)];
    for (case, more, budget) in cases {
        let seen = walk("form.mjs", &[&[base.as_str(), "en", &pictures], more].concat());
        rows.extend(seconds(&seen["submitSeconds"], case, budget));
    }
    let slow = walk("form.mjs", &[&base, "en", &pictures, "--slow"]);
    rows.extend(seconds(&slow["firstQuestionSeconds"], "first question on slow 3G", 5.0));
    rows
}

/// KiB of everything the load of a page asked for.
fn weight(weights: &Value, path: &str) -> f64 {
    weights[path]["all"].as_f64().unwrap_or_else(|| panic!("{path} did not load: {weights}")) / KIB
}

fn seconds(found: &Value, case: &str, budget: f64) -> Option<Measured> {
    Some(row(case, found.as_f64()?, "s", budget))
}

fn row(case: &str, ours: f64, unit: &'static str, budget: f64) -> Measured {
    let yardstick = if unit == "s" { TIME } else { WEIGHT };
    Measured { bench: "page", case: case.to_owned(), ours, unit, yardstick, yardstick_value: budget }
}
