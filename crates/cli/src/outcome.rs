//! How a command ends: with a document, or with a reason.

use std::path::Path;

use serde_json::Value;

/// What a command leaves on stdout.
pub enum Answer {
    /// One JSON document.
    Document(Value),
    /// Text, or the exact bytes of a part that somebody may read.
    Bytes(Vec<u8>),
    /// Nothing.
    Nothing,
}

/// Why a command ended early. Its words are for the person who typed it and never hold what somebody told us.
pub struct Failure {
    /// One line for stderr.
    pub message: String,
    /// A document that is printed all the same.
    pub document: Option<Value>,
    /// 1: refused or failed with a reason; 2: wrong usage.
    pub code: u8,
    /// Whether trying again later can help.
    pub passing: bool,
    /// The stable code of the server's problem, where it gave one.
    pub problem: Option<String>,
    /// The status of the server's answer, where it gave one.
    pub status: Option<u16>,
    /// Whether what was to be kept was sent, and may be kept all the same.
    pub sent: bool,
    /// The puzzle the server asks to solve first: challenge, bits, seconds to wait.
    pub puzzle: Option<String>,
}

impl Failure {
    /// Refused or failed, with a reason.
    pub fn refused(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            document: None,
            code: 1,
            passing: false,
            problem: None,
            status: None,
            sent: false,
            puzzle: None,
        }
    }

    /// The command was given something that cannot be meant.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { code: 2, ..Self::refused(message) }
    }

    /// The network or the server failed in a way that may pass.
    pub fn passing(message: impl Into<String>) -> Self {
        Self { passing: true, ..Self::refused(message) }
    }

    /// A file could not be read or written.
    pub fn file(path: &Path, error: &std::io::Error) -> Self {
        Self::refused(format!("{}: {}", path.display(), error.kind()))
    }

    /// Data of a country that has faults: all of them, each with its file and line.
    pub fn faults(faults: &[report::Fault]) -> Self {
        Self::refused(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    }

    /// The same failure, with a document that is printed all the same.
    #[must_use]
    pub fn with(self, document: Value) -> Self {
        Self { document: Some(document), ..self }
    }
}

/// What a command ends with.
pub type Outcome = Result<Answer, Failure>;
