//! Why something that came is not taken. Codes are stable; none carries a word of what came.

use std::fmt;

use crate::shape::NotOurs;

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// Why an envelope is refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Refusal {
            $($(#[$doc])* $name,)+
        }

        impl Refusal {
            /// Every refusal there is, so that texts can be checked for completeness.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

refusals! {
    /// The bytes do not begin as an envelope does.
    EnvelopeMagic = "envelope-magic",
    /// The head is larger than 256 KiB.
    EnvelopeHeadTooLarge = "envelope-head-too-large",
    /// The head is not the JSON it should be.
    EnvelopeHead = "envelope-head",
    /// The bytes end before, or go on after, what the statement announces.
    EnvelopeLength = "envelope-length",
    /// More parts or grants than one statement may bring.
    EnvelopeTooMany = "envelope-too-many",
    /// A part is too large to travel inside: it must be uploaded first.
    EnvelopePartTooLarge = "envelope-part-too-large",
    /// The statement is not the JSON it should be.
    StatementShape = "statement-shape",
    /// The signature is not the signer's over these bytes.
    StatementSignature = "statement-signature",
    /// This author does not do this act, or the act lacks what it needs.
    StatementAct = "statement-act",
    /// The signer is not the key known for this author.
    StatementSigner = "statement-signer",
    /// Not the next statement of this signer.
    StatementSequence = "statement-sequence",
    /// It names another first statement, or another report.
    StatementFirst = "statement-first",
    /// It names a directory, registry or taxonomy that it cannot have been made under.
    StatementVersions = "statement-versions",
    /// The act sets facets and none came, or it sets none and some came.
    FacetsPresence = "facets-presence",
    /// The facets are not the bytes that were signed.
    FacetsHash = "facets-hash",
    /// A member's correction leaves out an accusation, which is the reporter's.
    FacetsAccused = "facets-accused",
    /// A member's correction changes consent, which is the reporter's.
    FacetsConsent = "facets-consent",
    /// A sealed file has a size that does not exist.
    SealedSize = "sealed-size",
    /// A sealed file has not the one header of ours.
    SealedHeader = "sealed-header",
    /// A sealed file is of another suite.
    SealedSuite = "sealed-suite",
    /// A part's name stands twice.
    PartTwice = "part-twice",
    /// The report has a part of this name already, with other bytes or by another statement.
    PartTaken = "part-taken",
    /// This author does not make parts of this name.
    PartAuthor = "part-author",
    /// A part is not the bytes that were signed.
    PartHash = "part-hash",
    /// A part has not the size that was signed.
    PartSize = "part-size",
    /// A part is neither inside nor uploaded.
    PartMissing = "part-missing",
    /// An upload is named for a part the statement does not bring.
    UploadStray = "upload-stray",
    /// A grant of the same part to the same reader stands twice.
    GrantTwice = "grant-twice",
    /// A grant is for a part the report does not have.
    GrantPart = "grant-part",
    /// A grant is not the bytes that were signed.
    GrantHash = "grant-hash",
    /// A grant is for a reader the directory does not list, or who may not get sealed parts by the registry.
    GrantReader = "grant-reader",
    /// A grant is sealed to a key that is not the reader's.
    GrantKey = "grant-key",
    /// A grant is for an institution of the closure.
    GrantClosure = "grant-closure",
    /// A grant for which nobody gave consent.
    GrantConsent = "grant-consent",
    /// A part has no grant for the receipt.
    GrantReceiptMissing = "grant-receipt-missing",
    /// An institution's own note is granted to another one, for whom it was not written.
    GrantNote = "grant-note",
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Refusal {}

impl From<NotOurs> for Refusal {
    fn from(fault: NotOurs) -> Self {
        match fault {
            NotOurs::Size => Self::SealedSize,
            NotOurs::Header => Self::SealedHeader,
            NotOurs::Suite => Self::SealedSuite,
        }
    }
}
