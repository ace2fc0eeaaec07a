//! The log as a file: JSON lines that anybody can verify without the server.

use std::fmt;

use serde::{Deserialize, Serialize};
use signed::VerifierKey;

use crate::checkpoint::{Checkpoint, CheckpointFault};
use crate::tree::{Blind, Leaf, Tree};

/// What opens a line to somebody who may know it.
#[derive(Clone, PartialEq, Eq)]
pub struct Opening {
    /// The blind that was kept with the case.
    pub blind: Blind,
    /// The exact JSON of what was done.
    pub event: String,
}

/// One line of the log, opened or not.
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    /// What the log keeps.
    pub leaf: Leaf,
    /// What opens it, where the asker may know.
    pub opening: Option<Opening>,
}

/// A whole log under one checkpoint.
#[derive(Clone)]
pub struct Export {
    /// The checkpoint's signed note.
    pub checkpoint: String,
    /// Every line, from index 0.
    pub lines: Vec<Line>,
}

/// Why an export is not the log it says it is. Lines are counted as in a file, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFault {
    /// This line is not in the one spelling that an export has.
    Malformed {
        /// Where.
        line: usize,
    },
    /// The checkpoint is not good.
    Checkpoint(CheckpointFault),
    /// This line does not carry the next index.
    Order {
        /// Where.
        line: usize,
    },
    /// The event of this line is not what was blinded into its leaf.
    Event {
        /// Where.
        line: usize,
    },
    /// There are fewer or more lines than the checkpoint says.
    Size,
    /// The lines do not make the root that was signed: something was changed, left out or moved.
    Root,
    /// The log is shorter than one that was signed earlier, or no continuation of it.
    Rollback,
}

impl fmt::Display for ExportFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { line } => write!(out, "line {line} is not written as an export is"),
            Self::Checkpoint(fault) => fault.fmt(out),
            Self::Order { line } => write!(out, "line {line} is out of order"),
            Self::Event { line } => write!(out, "the event on line {line} is not the one that was logged"),
            Self::Size => out.write_str("the number of lines is not the one that was signed"),
            Self::Root => out.write_str("the lines do not make the root that was signed"),
            Self::Rollback => out.write_str("the log does not continue the one that was signed earlier"),
        }
    }
}

impl std::error::Error for ExportFault {}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    checkpoint: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    index: u64,
    leaf: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    blind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    event: Option<String>,
}

impl Export {
    /// The file: one JSON document a line, the checkpoint first.
    ///
    /// # Errors
    /// Never for what this crate made; the serialiser's type says it may.
    pub fn write(&self) -> Result<String, ExportFault> {
        let mut file =
            spell(&Head { checkpoint: self.checkpoint.clone() }).ok_or(ExportFault::Malformed { line: 1 })?;
        for (index, line) in (0..).zip(&self.lines) {
            let row = spell(&line.row(index)).ok_or(ExportFault::Size)?;
            file.push_str(&row);
        }
        Ok(file)
    }

    /// Reads an export and verifies all of it: every line in its one spelling, every opened event against its leaf, all leaves
    /// against the signed root and, where one is known, against an `earlier` checkpoint of the same log.
    ///
    /// # Errors
    /// The first fault.
    pub fn verify(file: &str, key: &VerifierKey, earlier: Option<&Checkpoint>) -> Result<Verified, ExportFault> {
        let export = Self::read(file)?;
        let checkpoint = Checkpoint::read(&export.checkpoint, key).map_err(ExportFault::Checkpoint)?;
        let tree: Tree = export.lines.iter().map(|line| line.leaf).collect();
        if tree.size() != checkpoint.size {
            return Err(ExportFault::Size);
        }
        if tree.root() != checkpoint.root {
            return Err(ExportFault::Root);
        }
        match earlier {
            Some(earlier) if tree.root_at(earlier.size) != Some(earlier.root) => Err(ExportFault::Rollback),
            _ => Ok(Verified { checkpoint, lines: export.lines }),
        }
    }

    fn read(file: &str) -> Result<Self, ExportFault> {
        let mut lines = file.split_inclusive('\n').zip(1..);
        let (head, _) = lines.next().ok_or(ExportFault::Malformed { line: 1 })?;
        let head: Head = parse(head).ok_or(ExportFault::Malformed { line: 1 })?;
        let lines =
            lines.zip(0..).map(|((text, line), index)| Line::read(text, line, index)).collect::<Result<_, _>>()?;
        Ok(Self { checkpoint: head.checkpoint, lines })
    }
}

/// An export that was verified from its first byte to its last.
#[derive(Clone)]
pub struct Verified {
    /// What the log's key signed.
    pub checkpoint: Checkpoint,
    /// Every line.
    pub lines: Vec<Line>,
}

impl Line {
    fn row(&self, index: u64) -> Row {
        let (blind, event) = match &self.opening {
            Some(opening) => (Some(hex::encode(opening.blind.0)), Some(opening.event.clone())),
            None => (None, None),
        };
        Row { index, leaf: hex::encode(self.leaf.0), blind, event }
    }

    fn read(text: &str, line: usize, index: u64) -> Result<Self, ExportFault> {
        let row: Row = parse(text).ok_or(ExportFault::Malformed { line })?;
        if row.index != index {
            return Err(ExportFault::Order { line });
        }
        let leaf = Leaf(bytes(&row.leaf).ok_or(ExportFault::Malformed { line })?);
        let opening = match (row.blind, row.event) {
            (None, None) => None,
            (Some(blind), Some(event)) => {
                let blind = Blind(bytes(&blind).ok_or(ExportFault::Malformed { line })?);
                if Leaf::of(&blind, event.as_bytes()) != leaf {
                    return Err(ExportFault::Event { line });
                }
                Some(Opening { blind, event })
            }
            _ => return Err(ExportFault::Malformed { line }),
        };
        Ok(Self { leaf, opening })
    }
}

/// A document in its one spelling, with its line feed.
fn spell(document: &impl Serialize) -> Option<String> {
    serde_json::to_string(document).ok().map(|text| text + "\n")
}

/// Reads a document and refuses every spelling but ours, so that no byte of an export is without meaning.
fn parse<T: Serialize + for<'a> Deserialize<'a>>(text: &str) -> Option<T> {
    let document: T = serde_json::from_str(text).ok()?;
    (spell(&document)? == text).then_some(document)
}

fn bytes(text: &str) -> Option<[u8; 32]> {
    let lower = !text.bytes().any(|byte| byte.is_ascii_uppercase());
    lower.then(|| hex::decode(text).ok()?.try_into().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use signed::{SecretKey, SigningKey};

    use super::*;

    fn key() -> SigningKey {
        SigningKey::new("putokaz.example/ledger", SecretKey::of_seed(&[3; 32])).unwrap()
    }

    /// A log of `count` lines; every third stays closed to the asker.
    fn log(count: u8) -> Vec<Line> {
        (0..count)
            .map(|number| {
                let blind = Blind([number; 32]);
                let event = format!(r#"{{"act":"file","number":{number}}}"#);
                let leaf = Leaf::of(&blind, event.as_bytes());
                Line { leaf, opening: (number % 3 != 2).then_some(Opening { blind, event }) }
            })
            .collect()
    }

    fn signed(lines: &[Line]) -> (Checkpoint, String) {
        let tree: Tree = lines.iter().map(|line| line.leaf).collect();
        let checkpoint = Checkpoint::of(&tree, &key());
        let note = checkpoint.sign(&key()).unwrap();
        (checkpoint, note)
    }

    fn export(lines: Vec<Line>) -> String {
        let (_, checkpoint) = signed(&lines);
        Export { checkpoint, lines }.write().unwrap()
    }

    fn verify(file: &str, earlier: Option<&Checkpoint>) -> Result<Verified, ExportFault> {
        Export::verify(file, key().verifier(), earlier)
    }

    #[test]
    fn an_export_is_verified_without_the_server() {
        let verified = verify(&export(log(7)), Some(&signed(&log(4)).0)).unwrap();
        assert_eq!(verified.checkpoint.size, 7);
        assert!(verified.lines == log(7));
        assert!(verify(&export(Vec::new()), None).is_ok());
    }

    #[test]
    fn a_line_changed_by_one_byte_is_found_wherever_it_is() {
        let file = export(log(5));
        for at in 0..file.len() {
            for flip in [0x01, 0x20, 0x80] {
                let mut bytes = file.clone().into_bytes();
                bytes[at] ^= flip;
                let Ok(edited) = String::from_utf8(bytes) else { continue };
                assert!(verify(&edited, None).is_err(), "byte {at} changed with {flip:#x} went unnoticed");
            }
        }
    }

    #[test]
    fn a_byte_left_out_or_put_in_is_found_wherever_it_is() {
        let file = export(log(3));
        for at in (0..file.len()).filter(|at| file.is_char_boundary(*at)) {
            let (before, after) = file.split_at(at);
            let rest = after.strip_prefix(|_: char| true).unwrap();
            assert!(verify(&format!("{before}{rest}"), None).is_err(), "byte {at} left out went unnoticed");
            for more in [" ", "\n", "0"] {
                assert!(verify(&format!("{before}{more}{after}"), None).is_err(), "{more:?} at {at} went unnoticed");
            }
        }
    }

    #[test]
    fn a_log_that_was_cut_back_and_signed_again_is_found() {
        let (later, _) = signed(&log(6));
        assert_eq!(verify(&export(log(5)), Some(&later)).err(), Some(ExportFault::Rollback));
        let mut rewritten = log(6);
        rewritten.swap(1, 2);
        assert_eq!(verify(&export(rewritten), Some(&later)).err(), Some(ExportFault::Rollback));
    }

    #[test]
    fn a_checkpoint_of_another_key_or_log_is_refused() {
        let other = SigningKey::new("putokaz.example/ledger", SecretKey::of_seed(&[4; 32])).unwrap();
        assert!(Export::verify(&export(log(2)), other.verifier(), None).is_err());
        let lines = log(2);
        let (mut checkpoint, _) = signed(&lines);
        checkpoint.origin = "elsewhere.example/ledger".to_owned();
        let file = Export { checkpoint: checkpoint.sign(&key()).unwrap(), lines }.write().unwrap();
        assert_eq!(verify(&file, None).err(), Some(ExportFault::Checkpoint(CheckpointFault::Origin)));
    }

    proptest! {
        #[test]
        fn lines_deleted_moved_or_doubled_are_found(count in 2u8..20, from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
            let file = export(log(count));
            let lines: Vec<&str> = file.split_inclusive('\n').collect();
            let (from, to) = (from.index(lines.len()), to.index(lines.len()));
            let mut deleted = lines.clone();
            let line = deleted.remove(from);
            prop_assert!(verify(&deleted.concat(), None).is_err());
            let mut moved = deleted;
            moved.insert(to.min(moved.len()), line);
            prop_assert_eq!(verify(&moved.concat(), None).is_ok(), from == to);
            let mut doubled = lines;
            doubled.insert(to, line);
            prop_assert!(verify(&doubled.concat(), None).is_err());
        }

        #[test]
        fn no_file_makes_the_reader_fall(file in "\\PC{0,200}") {
            prop_assert!(verify(&file, None).is_err());
        }
    }
}
