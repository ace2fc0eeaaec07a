//! `putokaz registry`: what the registry says about everybody, before any report.

use serde_json::json;

use crate::command::Registry;
use crate::{Answer, Around, Home, Outcome};

/// Prints what was asked.
///
/// # Errors
/// When the built-in data has faults.
pub fn run(what: &Registry, around: &Around) -> Outcome {
    let home = Home::embedded()?;
    match what {
        Registry::Ladder => Ok(Answer::Document(ladder(&home, around))),
    }
}

/// For every area and every kind of state respondent: the outside complaints bodies that remain.
fn ladder(home: &Home, around: &Around) -> serde_json::Value {
    let rungs = routing::ladder::external_complaints(&home.registry, around.today);
    let alone: Vec<_> = rungs.iter().map(|rung| rung.free().collect::<Vec<_>>()).collect();
    let one = alone.first().cloned().unwrap_or_default();
    json!({
        "pairs": rungs.len(),
        "same_everywhere": alone.iter().all(|free| *free == one),
        "free": one,
        "rungs": rungs.iter().map(|rung| json!({
            "area": rung.area, "accused": rung.accused,
            "free": rung.free().collect::<Vec<_>>(), "free_for_children": rung.free_for_children().collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}
