//! Mails that say nothing: a constant text and a reference that means something only after signing in.

use std::fmt;
use std::str::FromStr;

use crate::identifiers::ShapeFault;

/// What a mail is about. The text of each is constant, in the recipient's language, and names no case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// Something needs a person now.
    Duty,
    /// There is something new; sent on a fixed schedule.
    Digest,
    /// A clock is about to end.
    Deadline,
    /// A member's keys or role changed.
    Membership,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Duty, Self::Digest, Self::Deadline, Self::Membership];

    /// The key of the constant subject and body.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Digest => "digest",
            Self::Deadline => "deadline",
            Self::Membership => "membership",
        }
    }
}

impl FromStr for NoticeKind {
    type Err = ShapeFault;
    fn from_str(text: &str) -> Result<Self, ShapeFault> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(ShapeFault("a kind of notice"))
    }
}

/// A random reference that stands in a mail instead of a case: 8 bytes, hexadecimal, unlinkable to the report's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reference([u8; 8]);

impl Reference {
    /// From 8 random bytes.
    pub const fn new(random: [u8; 8]) -> Self {
        Self(random)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl FromStr for Reference {
    type Err = ShapeFault;
    fn from_str(text: &str) -> Result<Self, ShapeFault> {
        let number = u64::from_str_radix(text, 16).map_err(|_| ShapeFault("a reference"))?;
        let reference = Self(number.to_be_bytes());
        if reference.to_string() == text { Ok(reference) } else { Err(ShapeFault("a reference")) }
    }
}

/// A mail to be sent: nothing in it was written by a person, nothing in it is about a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    kind: NoticeKind,
    reference: Reference,
}

impl Notice {
    /// Something needs a person now.
    pub const fn duty(reference: Reference) -> Self {
        Self { kind: NoticeKind::Duty, reference }
    }

    /// There is something new.
    pub const fn digest(reference: Reference) -> Self {
        Self { kind: NoticeKind::Digest, reference }
    }

    /// A clock is about to end.
    pub const fn deadline(reference: Reference) -> Self {
        Self { kind: NoticeKind::Deadline, reference }
    }

    /// A member's keys or role changed.
    pub const fn membership(reference: Reference) -> Self {
        Self { kind: NoticeKind::Membership, reference }
    }

    /// A notice read back from the outbox.
    pub const fn of(kind: NoticeKind, reference: Reference) -> Self {
        Self { kind, reference }
    }

    /// What it is about: the key of the constant text.
    pub const fn kind(&self) -> NoticeKind {
        self.kind
    }

    /// The reference in its subject.
    pub const fn reference(&self) -> Reference {
        self.reference
    }
}
