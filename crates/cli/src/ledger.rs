//! `putokaz verify ledger`: the log, checked without asking anybody.

use serde_json::json;

use crate::command::Verify;
use crate::keys::verifier_key;
use crate::{Answer, Failure, Outcome};

/// Checks an export against the server's verifier key.
///
/// # Errors
/// The first thing that does not hold.
pub fn verify(what: &Verify) -> Outcome {
    let Verify::Ledger { export, key } = what;
    let key = verifier_key(key)?;
    let text = std::fs::read_to_string(export).map_err(|error| Failure::file(export, &error))?;
    let verified = ::ledger::Export::verify(&text, &key, None);
    let verified = verified.map_err(|fault| Failure::refused(format!("the log does not hold: {fault}")))?;
    let opened = verified.lines.iter().filter(|line| line.opening.is_some()).count();
    Ok(Answer::Document(json!({
        "verified": true, "origin": verified.checkpoint.origin, "lines": verified.lines.len(), "opened": opened,
    })))
}
