//! The puzzle a busy door asks of a client: cheap to check, dear to solve by the thousand, and bound to one statement, so that work
//! cannot be done ahead or spent twice. A partial hash preimage, as in hashcash (Back, "Hashcash: a denial of service counter-measure", 2002).

use report::Sha256;
use sha2::Digest;

const LABEL: &[u8] = b"putokaz/1 puzzle\n";

/// Whether this counter solves the challenge for a statement: SHA-256 over label, challenge, statement's hash and the counter
/// (8 bytes, big-endian) begins with `bits` zero bits.
pub fn solves(challenge: &str, statement: &Sha256, counter: u64, bits: u8) -> bool {
    let hash = sha2::Sha256::new()
        .chain_update(LABEL)
        .chain_update(challenge)
        .chain_update(statement.as_bytes())
        .chain_update(counter.to_be_bytes())
        .finalize();
    let mut zeros = 0;
    for byte in hash {
        zeros += byte.leading_zeros();
        if byte != 0 {
            break;
        }
    }
    zeros >= u32::from(bits)
}

/// The first counter that solves it: on average 2^bits hashes.
pub fn solve(challenge: &str, statement: &Sha256, bits: u8) -> Option<u64> {
    (0..u64::MAX).find(|counter| solves(challenge, statement, *counter, bits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::sha256;

    #[test]
    fn a_solution_holds_for_its_challenge_and_statement_alone() {
        let (statement, other) = (sha256(b"one"), sha256(b"other"));
        let counter = solve("challenge", &statement, 12).expect("there is one");
        assert!(solves("challenge", &statement, counter, 12));
        assert!(!solves("challengf", &statement, counter, 12));
        assert!(!solves("challenge", &other, counter, 12));
    }

    #[test]
    fn browsers_find_the_same_number() {
        // The same line stands in the browser's tests (web/test/puzzle.test.ts).
        assert_eq!(solve("putokaz", &sha256(b"statement"), 10), Some(64));
    }
}
