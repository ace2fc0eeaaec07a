//! What a reporter or an institution signs (docs/formats.md, "Statement").

use std::collections::BTreeMap;
use std::fmt;

use report::{Code, InstitutionCode, PartName, ReportId, Sha256};
use serde::{Deserialize, Serialize};
use signed::{BadSignature, PublicKey, SecretKey, Signature};

use crate::hash::sha256;
use crate::hybrid::Recipient;
use crate::refusal::Refusal;
use crate::strict::{self, Token, Version1};

const DOMAIN: &[u8] = b"putokaz/1 statement\n";

/// What is done by a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// The reporter files the report.
    File,
    /// The reporter adds parts.
    Add,
    /// The reporter changes who may read what.
    Consent,
    /// The reporter withdraws the report.
    Withdraw,
    /// The reporter takes a withdrawal back.
    Undo,
    /// An institution asks another one to act.
    Refer,
    /// An institution answers a referral.
    Answer,
    /// An institution writes to the reporter.
    Reply,
    /// An institution writes for itself.
    Note,
    /// An institution corrects the coding.
    Code,
    /// An institution verifies an act.
    Verify,
    /// An institution closes the report.
    Close,
    /// An institution opens it again.
    Reopen,
    /// The lead hands the report to another lead.
    HandOver,
    /// A second member confirms a referral that rests on a vital interest.
    Confirm,
    /// The lead stops the clock of its answer, with a coded reason that the reporter sees.
    Pause,
    /// The lead lets the clock run again.
    Resume,
}

impl Act {
    /// Whether a reporter does this; all others are institutions' acts.
    pub const fn is_reporters(self) -> bool {
        matches!(self, Self::File | Self::Add | Self::Consent | Self::Withdraw | Self::Undo)
    }

    /// What only who answers for a report may do with it. Whoever else reads it adds to it, asks, answers and verifies: a correction
    /// that names one more accused shuts institutions out for good, and what is closed runs on no clock.
    pub const fn is_leads(self) -> bool {
        matches!(self, Self::Code | Self::Close | Self::Reopen | Self::HandOver | Self::Pause | Self::Resume)
    }

    /// Whether the statement brings facets.
    pub const fn sets_facets(self) -> bool {
        matches!(self, Self::File | Self::Consent | Self::Code)
    }

    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Add => "add",
            Self::Consent => "consent",
            Self::Withdraw => "withdraw",
            Self::Undo => "undo",
            Self::Refer => "refer",
            Self::Answer => "answer",
            Self::Reply => "reply",
            Self::Note => "note",
            Self::Code => "code",
            Self::Verify => "verify",
            Self::Close => "close",
            Self::Reopen => "reopen",
            Self::HandOver => "hand-over",
            Self::Confirm => "confirm",
            Self::Pause => "pause",
            Self::Resume => "resume",
        }
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! one_word_or_an_institution {
    ($(#[$doc:meta])* $name:ident, $(#[$one_doc:meta])* $one:ident = $word:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum $name {
            $(#[$one_doc])*
            $one,
            /// An institution.
            Institution(InstitutionCode),
        }

        impl $name {
            /// The institution, if it is one.
            pub const fn institution(&self) -> Option<&InstitutionCode> {
                match self {
                    Self::$one => None,
                    Self::Institution(code) => Some(code),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    Self::$one => f.write_str($word),
                    Self::Institution(code) => fmt::Display::fmt(code, f),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = report::ShapeFault;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                if text == $word { Ok(Self::$one) } else { text.parse().map(Self::Institution) }
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.to_string()
            }
        }
    };
}

one_word_or_an_institution! {
    /// Who states.
    Author,
    /// Whoever filed the report.
    Reporter = "reporter"
}

one_word_or_an_institution! {
    /// Who can read a part: for whom a grant is.
    Reader,
    /// Whoever has the digits.
    Receipt = "receipt"
}

/// When a grant is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// At once.
    Now,
    /// Only when the lead is silent past its clock, or accused.
    IfSilent,
}

/// A part the statement brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartLine {
    /// Its name.
    pub part: PartName,
    /// Hash of the sealed file.
    pub sha256: Sha256,
    /// Its bytes.
    pub size: u64,
}

/// A grant the statement brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantLine {
    /// The part it opens.
    pub part: PartName,
    /// For whom.
    pub to: Reader,
    /// Fingerprint of the recipient string it was sealed to.
    pub key: Sha256,
    /// For what.
    pub purpose: Code,
    /// When it is handed out.
    pub when: When,
    /// Hash of the sealed grant.
    pub sha256: Sha256,
}

/// What a statement says. Its bytes, not this, are what was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Always 1.
    pub version: Version1,
    /// What is done.
    pub act: Act,
    /// About which report.
    pub report: ReportId,
    /// How many statements this signer made about the report before.
    pub sequence: u32,
    /// Hash of the report's first statement; `None` in it.
    pub first: Option<Sha256>,
    /// Who states.
    pub from: Author,
    /// With which key.
    pub signer: PublicKey,
    /// Version of the directory it was sealed under.
    pub directory: u64,
    /// Version of the registry.
    pub registry: Token,
    /// Version of the taxonomy.
    pub taxonomy: Token,
    /// Hash of the facets' bytes, in `file`, `consent` and `code`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facets: Option<Sha256>,
    /// The receipt's recipient, in `file`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Recipient>,
    /// SHA-256 of the lookup id, in `file`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lookup: Option<Sha256>,
    /// Parts it brings.
    pub parts: Vec<PartLine>,
    /// Grants it brings.
    pub grants: Vec<GrantLine>,
    /// Coded particulars of the act. Words of ours only ([`Token`]), never a person's.
    #[serde(deserialize_with = "strict::map")]
    pub detail: BTreeMap<Token, Token>,
}

/// A statement: the exact text, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    text: String,
    body: Body,
}

impl Statement {
    /// Fixes the bytes of a statement.
    ///
    /// # Errors
    /// [`Refusal::StatementShape`] when it could not be written.
    pub fn make(body: Body) -> Result<Self, Refusal> {
        let text = serde_json::to_string(&body).map_err(|_| Refusal::StatementShape)?;
        Ok(Self { text, body })
    }

    /// Reads a statement as it travelled. Its signature is not verified by that.
    ///
    /// # Errors
    /// [`Refusal::StatementShape`].
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let body = serde_json::from_str(text).map_err(|_| Refusal::StatementShape)?;
        Ok(Self { text: text.to_owned(), body })
    }

    /// The exact text that is signed, hashed and kept.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What it says.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// What acknowledgements and later statements name it by.
    pub fn sha256(&self) -> Sha256 {
        sha256(self.text.as_bytes())
    }

    /// Signs it. The caller's key should be the one the statement names.
    pub fn sign(&self, key: &SecretKey) -> Signature {
        key.sign(&self.message())
    }

    /// Whether the key the statement names signed it. Whether that key may speak for `from` is another question.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, signature: &Signature) -> Result<(), BadSignature> {
        self.body.signer.verify(&self.message(), signature)
    }

    fn message(&self) -> Vec<u8> {
        [DOMAIN, self.text.as_bytes()].concat()
    }
}
