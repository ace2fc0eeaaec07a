//! `putokaz verify`: the log, and a case in it, checked without asking anybody.

mod case;
mod rules;

use std::path::Path;

use ::ledger::{Export, Verified};
use serde_json::json;

use crate::command::Verify;
use crate::keys::verifier_key;
use crate::{Answer, Failure, Outcome};

/// Checks what was taken out against the server's verifier key.
///
/// # Errors
/// What does not hold.
pub fn verify(what: &Verify) -> Outcome {
    match what {
        Verify::Ledger { export, key } => ledger(export, key),
        Verify::Case(asked) => case::verify(asked),
    }
}

fn ledger(export: &Path, key: &Path) -> Outcome {
    let verified = log(export, key)?;
    let opened = verified.lines.iter().filter(|line| line.opening.is_some()).count();
    Ok(Answer::Document(json!({
        "verified": true, "origin": verified.checkpoint.origin, "lines": verified.lines.len(), "opened": opened,
    })))
}

/// Reads an export of the log and verifies all of it.
fn log(export: &Path, key: &Path) -> Result<Verified, Failure> {
    let key = verifier_key(key)?;
    let text = std::fs::read_to_string(export).map_err(|error| Failure::file(export, &error))?;
    Export::verify(&text, &key, None).map_err(|fault| Failure::refused(format!("the log does not hold: {fault}")))
}
