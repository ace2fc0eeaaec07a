//! What the server signs about its log: how long it is and which root it has.

use std::fmt;

use base64::{Engine, prelude::BASE64_STANDARD};
use signed::{Note, NoteFault, SigningKey, VerifierKey};

use crate::tree::{Hash, Tree};

/// The state of a log at one moment (C2SP tlog-checkpoint). Its origin is the name of the key that signs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose log it is.
    pub origin: String,
    /// How many lines it has.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

/// Why a checkpoint is not good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckpointFault {
    /// The note's text is not a checkpoint, or it is written in another spelling than ours.
    Malformed,
    /// It speaks for another log than the key's.
    Origin,
    /// The note is not signed as it must be.
    Note(NoteFault),
}

impl fmt::Display for CheckpointFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => out.write_str("not a checkpoint"),
            Self::Origin => out.write_str("the checkpoint is another log's"),
            Self::Note(fault) => fault.fmt(out),
        }
    }
}

impl std::error::Error for CheckpointFault {}

impl From<NoteFault> for CheckpointFault {
    fn from(fault: NoteFault) -> Self {
        Self::Note(fault)
    }
}

impl Checkpoint {
    /// The state of `tree`, to be signed with `key`.
    pub fn of(tree: &Tree, key: &SigningKey) -> Self {
        Self { origin: key.verifier().name().to_owned(), size: tree.size(), root: tree.root() }
    }

    /// The signed note.
    ///
    /// # Errors
    /// When the origin holds what no note may hold.
    pub fn sign(&self, key: &SigningKey) -> Result<String, CheckpointFault> {
        Ok(Note::new(self.text())?.sign(key).write())
    }

    /// Reads a note that `key` must have signed for its own log.
    ///
    /// # Errors
    /// What is wrong with it; only the one spelling that [`Checkpoint::sign`] writes is good.
    pub fn read(written: &str, key: &VerifierKey) -> Result<Self, CheckpointFault> {
        let note = Note::read(written)?;
        let checkpoint = Self::parse(note.verify(key)?).ok_or(CheckpointFault::Malformed)?;
        if checkpoint.origin != key.name() {
            return Err(CheckpointFault::Origin);
        }
        if checkpoint.text() != note.unverified() || note.write() != written {
            return Err(CheckpointFault::Malformed);
        }
        Ok(checkpoint)
    }

    fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, BASE64_STANDARD.encode(self.root.0))
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let (origin, size, root) = (lines.next()?, lines.next()?.parse().ok()?, lines.next()?);
        let root = Hash(BASE64_STANDARD.decode(root).ok()?.try_into().ok()?);
        Some(Self { origin: origin.to_owned(), size, root })
    }
}
