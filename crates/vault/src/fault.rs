//! What can go wrong while sealing.

use std::{fmt, io};

/// Why something could not be sealed. Never holds what was to be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealFault {
    /// More than the largest bucket of its kind holds.
    TooLarge,
    /// The content changed between reading it twice.
    Changed,
    /// The recipient is not the one the label names.
    WrongRecipient,
    /// A cipher refused; with keys that were checked on reading this does not happen.
    Cipher,
    /// Reading or writing failed.
    Io(io::ErrorKind),
}

impl SealFault {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "seal-too-large",
            Self::Changed => "seal-changed",
            Self::WrongRecipient => "seal-wrong-recipient",
            Self::Cipher => "seal-cipher",
            Self::Io(_) => "seal-io",
        }
    }
}

impl fmt::Display for SealFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(kind) => write!(f, "{}: {kind}", self.code()),
            _ => f.write_str(self.code()),
        }
    }
}

impl std::error::Error for SealFault {}

impl From<io::Error> for SealFault {
    fn from(error: io::Error) -> Self {
        Self::Io(error.kind())
    }
}
