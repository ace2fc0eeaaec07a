//! Names of the sealed parts of a report (docs/formats.md, "Part").

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::identifiers::{ShapeFault, as_text};

/// What a part holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PartKind {
    /// Who the person is and how to reach them.
    Identity,
    /// What happened, in their words.
    Account,
    /// The full coded record; numbered ones are a member's corrections beside the reporter's.
    Coding,
    /// A signature or proxy some institutions ask for.
    Authority,
    /// A file.
    Evidence,
    /// A message between reporter and institution.
    Message,
    /// A translation of another part.
    Translation,
    /// What an institution wrote for itself.
    Note,
}

impl PartKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Identity,
        Self::Account,
        Self::Coding,
        Self::Authority,
        Self::Evidence,
        Self::Message,
        Self::Translation,
        Self::Note,
    ];

    /// The kind's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Account => "account",
            Self::Coding => "coding",
            Self::Authority => "authority",
            Self::Evidence => "evidence",
            Self::Message => "message",
            Self::Translation => "translation",
            Self::Note => "note",
        }
    }

    /// Whether a part of this kind may stand without a number.
    const fn stands_alone(self) -> bool {
        matches!(self, Self::Identity | Self::Account | Self::Coding | Self::Authority)
    }

    /// Whether a part of this kind may carry a number.
    const fn counts(self) -> bool {
        matches!(self, Self::Coding | Self::Evidence | Self::Message | Self::Translation | Self::Note)
    }
}

impl fmt::Display for PartKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for PartKind {
    type Err = ShapeFault;
    fn from_str(text: &str) -> Result<Self, ShapeFault> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(ShapeFault("a part's kind"))
    }
}

/// The name of a part: `account`, `evidence/3`, `coding/1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartName {
    kind: PartKind,
    number: Option<u16>,
}

impl PartName {
    /// The highest number a part can carry.
    pub const LAST: u16 = 9999;

    /// The part `identity`.
    pub const IDENTITY: Self = Self { kind: PartKind::Identity, number: None };
    /// The part `account`.
    pub const ACCOUNT: Self = Self { kind: PartKind::Account, number: None };
    /// The reporter's part `coding`.
    pub const CODING: Self = Self { kind: PartKind::Coding, number: None };
    /// The part `authority`.
    pub const AUTHORITY: Self = Self { kind: PartKind::Authority, number: None };

    /// A numbered part, such as the third piece of evidence.
    ///
    /// # Errors
    /// When this kind carries no number, or the number is not 1 to 9999.
    pub fn numbered(kind: PartKind, number: u16) -> Result<Self, ShapeFault> {
        if kind.counts() && (1..=Self::LAST).contains(&number) {
            Ok(Self { kind, number: Some(number) })
        } else {
            Err(ShapeFault("a part's name"))
        }
    }

    /// What the part holds.
    pub const fn kind(self) -> PartKind {
        self.kind
    }

    /// Its number, where it has one.
    pub const fn number(self) -> Option<u16> {
        self.number
    }

    /// Whether the reporter makes parts of this name (an institution makes notes, translations and corrections).
    pub const fn is_reporters(self) -> bool {
        !matches!((self.kind, self.number), (PartKind::Note | PartKind::Translation, _) | (PartKind::Coding, Some(_)))
    }
}

impl FromStr for PartName {
    type Err = ShapeFault;
    fn from_str(text: &str) -> Result<Self, ShapeFault> {
        let fault = ShapeFault("a part's name");
        let Some((kind, digits)) = text.split_once('/') else {
            let kind: PartKind = text.parse().map_err(|_| fault)?;
            return if kind.stands_alone() { Ok(Self { kind, number: None }) } else { Err(fault) };
        };
        let plain = digits.len() <= 4 && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.parse().ok().filter(|_| plain).ok_or(fault)?;
        Self::numbered(kind.parse().map_err(|_| fault)?, number)
    }
}

impl fmt::Display for PartName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number {
            Some(number) => write!(out, "{}/{number}", self.kind),
            None => fmt::Display::fmt(&self.kind, out),
        }
    }
}

as_text!(
    PartName,
    "^(identity|account|authority|coding(/[1-9][0-9]{0,3})?|(evidence|message|translation|note)/[1-9][0-9]{0,3})$"
);
