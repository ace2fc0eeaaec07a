//! The board: several keys of which some number must have signed.

use std::fmt;

use crate::note::{Note, NoteFault};
use crate::verifier::VerifierKey;

/// At least `threshold` of these keys must have signed what the board says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    threshold: usize,
    keys: Vec<VerifierKey>,
}

/// The text is no board file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoardFault {
    /// The first line is not `threshold K`.
    NoThreshold,
    /// A line is not a verifier key (the line's number, from 1).
    BadKey(usize),
    /// A key or a name stands twice: one holder would count as two.
    Twice(usize),
    /// The threshold is zero or more than the keys.
    OutOfReach,
}

impl fmt::Display for BoardFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoThreshold => f.write_str("1: the first line must be 'threshold K'"),
            Self::BadKey(line) => write!(f, "{line}: not a verifier key"),
            Self::Twice(line) => write!(f, "{line}: this key or name stands above already"),
            Self::OutOfReach => f.write_str("1: the threshold must be between 1 and the number of keys"),
        }
    }
}

impl std::error::Error for BoardFault {}

impl Board {
    /// A board of these keys.
    ///
    /// # Errors
    /// [`BoardFault::OutOfReach`] and [`BoardFault::Twice`].
    pub fn new(threshold: usize, keys: Vec<VerifierKey>) -> Result<Self, BoardFault> {
        for (at, key) in keys.iter().enumerate() {
            if keys.iter().take(at).any(|other| other.name() == key.name() || other.key() == key.key()) {
                return Err(BoardFault::Twice(at + 2));
            }
        }
        if threshold == 0 || threshold > keys.len() {
            return Err(BoardFault::OutOfReach);
        }
        Ok(Self { threshold, keys })
    }

    /// Reads a board file: the line `threshold K`, then one verifier key a line.
    ///
    /// # Errors
    /// The first fault, with its line.
    pub fn read(text: &str) -> Result<Self, BoardFault> {
        let mut lines = text.lines();
        let threshold = lines.next().and_then(|line| line.strip_prefix("threshold "));
        let threshold = threshold.and_then(|number| number.trim().parse().ok()).ok_or(BoardFault::NoThreshold)?;
        let keys = lines.enumerate().filter(|(_, line)| !line.trim().is_empty());
        let keys = keys.map(|(at, line)| line.parse().map_err(|_| BoardFault::BadKey(at + 2)));
        Self::new(threshold, keys.collect::<Result<_, _>>()?)
    }

    /// The board file.
    pub fn write(&self) -> String {
        let first = format!("threshold {}", self.threshold);
        let lines = std::iter::once(first).chain(self.keys.iter().map(ToString::to_string));
        lines.map(|line| line + "\n").collect()
    }

    /// The note's text, once enough of the board are known to have signed it.
    ///
    /// # Errors
    /// [`NoteFault::TooFew`], or [`NoteFault::Forged`] when a signature in a board key's name is wrong.
    pub fn verify<'a>(&self, note: &'a Note) -> Result<&'a str, NoteFault> {
        let mut signed = 0;
        for key in &self.keys {
            signed += usize::from(note.signed_by(key)?);
        }
        if signed >= self.threshold { Ok(note.unverified()) } else { Err(NoteFault::TooFew) }
    }
}
