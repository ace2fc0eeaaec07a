//! The note itself: text, empty line, signature lines.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::key::Signature;
use crate::verifier::{SigningKey, VerifierKey, is_name};

/// More text than any directory needs; a larger note is refused before it is looked at.
const LARGEST: usize = 4 * 1024 * 1024;

/// As many signature lines as other implementations accept.
const MOST_SIGNATURES: usize = 100;

/// Why a note is not good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteFault {
    /// It has not the shape of a note.
    Malformed,
    /// It is larger than any note of ours.
    TooLarge,
    /// No signature by the asked key.
    Unsigned,
    /// A signature that names a known key is wrong: the text was changed, or the line forged.
    Forged,
    /// Fewer good signatures than the board's threshold.
    TooFew,
}

impl fmt::Display for NoteFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "not a signed note",
            Self::TooLarge => "the note is too large",
            Self::Unsigned => "the note is not signed by the expected key",
            Self::Forged => "a signature of the note is wrong",
            Self::TooFew => "too few of the board signed the note",
        })
    }
}

impl std::error::Error for NoteFault {}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    name: String,
    hash: [u8; 4],
    signature: Signature,
}

/// A text with signatures, good or not. The text is reachable only by verifying, or by saying that one has not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    lines: Vec<Line>,
}

impl Note {
    /// A note without signatures yet.
    ///
    /// # Errors
    /// [`NoteFault::Malformed`] when the text does not end with a line feed or holds another control character;
    /// [`NoteFault::TooLarge`].
    pub fn new(text: String) -> Result<Self, NoteFault> {
        if text.len() > LARGEST {
            return Err(NoteFault::TooLarge);
        }
        if !text.ends_with('\n') || text.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
            return Err(NoteFault::Malformed);
        }
        Ok(Self { text, lines: Vec::new() })
    }

    /// Reads a note; its signatures are not verified by that.
    ///
    /// # Errors
    /// [`NoteFault::Malformed`] or [`NoteFault::TooLarge`].
    pub fn read(written: &str) -> Result<Self, NoteFault> {
        if written.len() > LARGEST {
            return Err(NoteFault::TooLarge);
        }
        let (text, signatures) = written.rsplit_once("\n\n").ok_or(NoteFault::Malformed)?;
        let mut note = Self::new(format!("{text}\n"))?;
        let signatures = signatures.strip_suffix('\n').ok_or(NoteFault::Malformed)?;
        note.lines = signatures.split('\n').take(MOST_SIGNATURES + 1).map(Line::read).collect::<Result<_, _>>()?;
        if note.lines.len() > MOST_SIGNATURES { Err(NoteFault::Malformed) } else { Ok(note) }
    }

    /// The note as it travels.
    pub fn write(&self) -> String {
        let mut written = format!("{}\n", self.text);
        for line in &self.lines {
            written.push_str(&line.to_string());
        }
        written
    }

    /// Adds this key's signature.
    #[must_use]
    pub fn sign(mut self, key: &SigningKey) -> Self {
        let signature = key.sign(&self.text);
        let verifier = key.verifier();
        self.lines.push(Line { name: verifier.name().to_owned(), hash: verifier.hash(), signature });
        self
    }

    /// The text, once this key is known to have signed it.
    ///
    /// # Errors
    /// [`NoteFault::Unsigned`] without a signature by the key, [`NoteFault::Forged`] with a wrong one.
    pub fn verify(&self, key: &VerifierKey) -> Result<&str, NoteFault> {
        if self.signed_by(key)? { Ok(&self.text) } else { Err(NoteFault::Unsigned) }
    }

    /// The text as it came. Only for what needs no trust: a training directory, a message about a fault.
    pub fn unverified(&self) -> &str {
        &self.text
    }

    /// Whether the key signed; a wrong signature in its name is a fault of the whole note.
    pub(crate) fn signed_by(&self, key: &VerifierKey) -> Result<bool, NoteFault> {
        let hash = key.hash();
        let mut lines = self.lines.iter().filter(|line| line.name == key.name() && line.hash == hash).peekable();
        let signed = lines.peek().is_some();
        for line in lines {
            key.key().verify(self.text.as_bytes(), &line.signature).map_err(|_| NoteFault::Forged)?;
        }
        Ok(signed)
    }
}

impl Line {
    fn read(line: &str) -> Result<Self, NoteFault> {
        let (name, encoded) =
            line.strip_prefix("— ").and_then(|rest| rest.split_once(' ')).ok_or(NoteFault::Malformed)?;
        let bytes = BASE64_STANDARD.decode(encoded).map_err(|_| NoteFault::Malformed)?;
        let (hash, signature) = bytes.split_at_checked(4).ok_or(NoteFault::Malformed)?;
        let hash = hash.try_into().map_err(|_| NoteFault::Malformed)?;
        // A line by another kind of key may be longer or shorter: it is kept, and never verifies.
        let signature = Signature::of_bytes(signature.try_into().unwrap_or([0; 64]));
        if is_name(name) { Ok(Self { name: name.to_owned(), hash, signature }) } else { Err(NoteFault::Malformed) }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let encoded = BASE64_STANDARD.encode([&self.hash[..], self.signature.as_bytes()].concat());
        writeln!(f, "— {} {encoded}", self.name)
    }
}
