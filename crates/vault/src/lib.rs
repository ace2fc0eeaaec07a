#![doc = include_str!("../README.md")]

mod acknowledgement;
mod check;
mod directory;
mod enrolment;
mod envelope;
mod fault;
pub mod filing;
mod frame;
mod grant;
pub mod hash;
pub mod hpke;
pub mod hybrid;
mod part;
pub mod puzzle;
mod receipt;
mod refusal;
mod sealed;
mod shape;
mod statement;
mod strict;

pub use acknowledgement::Acknowledgement;
pub use check::{Checked, CheckedPart, Grounds, Known, Place, check};
pub use directory::{Directory, DirectoryBody, DirectoryFault, Former, Listed, Trust};
pub use enrolment::{
    EnrolledMember, Enrolment, FormerKeys, Role, WrapContents, seal_former, seal_wrap, sharing, sign_in_message,
    verify_sign_in,
};
pub use envelope::{Envelope, LARGEST_HEAD, LARGEST_INSIDE, MEDIA_TYPE, MOST_GRANTS, MOST_PARTS};
pub use fault::SealFault;
pub use frame::{Frame, LONGEST_LINE, NotAFrame};
pub use grant::{Grant, Granted, Grantee, Terms, seal_grant};
pub use hybrid::{NotAKey, Recipient, Seed};
pub use part::{Context, PartIdentity, SealedPart, seal_evidence, seal_part};
pub use receipt::{NotAReceipt, ReceiptDigits, Stretched, lookup_hash};
pub use refusal::Refusal;
pub use sealed::{Measured, Sealed, check_header, measure};
pub use shape::{HEADER, NotOurs, Shape, sealed_size};
pub use signed::{BadSignature, PublicKey, SecretKey, Signature};
pub use statement::{Act, Author, Body, GrantLine, PartLine, Reader, Statement, When};
pub use strict::{NotAToken, Token, Version1};
