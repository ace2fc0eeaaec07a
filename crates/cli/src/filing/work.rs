//! What a busy door asks of who comes without a link: work, bound to what it is done for.

use report::Sha256;

use crate::Failure;
use crate::door::Ask;

/// How many puzzles are solved for one thing before giving up; a busy door may ask again when a place was taken meanwhile.
const PUZZLES: u32 = 3;

/// Asks, and asks again with the work the door wants, done for this hash.
///
/// # Errors
/// What the server refuses, or that it asks for more and more.
pub(super) fn working<T>(hash: &Sha256, ask: impl Fn(Option<&str>) -> Result<T, Failure>) -> Result<T, Failure> {
    let mut proof = None;
    for _ in 0..PUZZLES {
        match ask(proof.as_deref()) {
            Err(Failure { puzzle: Some(asked), .. }) => proof = solved(&asked, hash),
            outcome => return outcome,
        }
    }
    Err(Failure::passing("many people are filing right now: try again in a while"))
}

/// The same request, showing the work that was done.
pub(super) fn shown<'a>(ask: Ask<'a>, proof: Option<&str>) -> Ask<'a> {
    match proof {
        Some(proof) => ask.header("putokaz-puzzle", proof),
        None => ask,
    }
}

/// A challenge with the counter that solves it.
fn solved(asked: &str, hash: &Sha256) -> Option<String> {
    let mut words = asked.split(' ');
    let (challenge, bits) = (words.next()?, words.next()?.parse().ok()?);
    vault::puzzle::solve(challenge, hash, bits).map(|counter| format!("{challenge} {counter}"))
}
