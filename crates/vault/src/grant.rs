//! Granting: a part's key, sealed to one reader who may have it (docs/formats.md, "Grant").

use rand::{CryptoRng, RngCore};
use report::{Code, PartName, ReportId};
use routing::Eligible;
use serde::Serialize;

use crate::directory::Listed;
use crate::enrolment::seal_key_line;
use crate::fault::SealFault;
use crate::hybrid::Recipient;
use crate::part::PartIdentity;
use crate::sealed::Sealed;
use crate::statement::{GrantLine, Reader, When};
use crate::strict::Version1;

/// To whom a grant is sealed. An institution comes as [`Eligible`]: the closure was subtracted before anybody could ask.
#[derive(Clone, Copy)]
pub enum Grantee<'a> {
    /// Whoever has the digits.
    Receipt(&'a Recipient),
    /// An institution that may receive this report, and its line in the directory.
    Institution(&'a Eligible, &'a Listed),
}

/// What is granted.
#[derive(Clone, Copy)]
pub struct Granted<'a> {
    /// The report.
    pub report: ReportId,
    /// The part.
    pub part: PartName,
    /// Its key.
    pub identity: &'a PartIdentity,
}

/// For what, and when.
#[derive(Debug, Clone)]
pub struct Terms {
    /// The purpose consented to.
    pub purpose: Code,
    /// When the grant is handed out.
    pub when: When,
}

/// A grant and what the statement says of it.
pub struct Grant {
    /// What the statement says.
    pub line: GrantLine,
    /// The bytes.
    pub sealed: Sealed,
}

#[derive(Serialize)]
struct Line<'a> {
    version: Version1,
    report: ReportId,
    part: PartName,
    recipient: &'a Reader,
    purpose: &'a Code,
    identity: &'a str,
}

/// Grants a part to a reader.
///
/// # Errors
/// [`SealFault::WrongRecipient`] when the directory's line is another institution's than the eligible one.
pub fn seal_grant(
    what: &Granted<'_>,
    grantee: Grantee<'_>,
    terms: Terms,
    rng: &mut (impl RngCore + CryptoRng),
) -> Result<Grant, SealFault> {
    let (to, recipient) = match grantee {
        Grantee::Receipt(recipient) => (Reader::Receipt, recipient),
        Grantee::Institution(eligible, listed) if *eligible.code() == listed.code => {
            (Reader::Institution(listed.code.clone()), &listed.recipient)
        }
        Grantee::Institution(..) => return Err(SealFault::WrongRecipient),
    };
    let identity = what.identity.seed().write();
    let Granted { report, part, .. } = *what;
    let line = Line { version: Version1, report, part, recipient: &to, purpose: &terms.purpose, identity: &identity };
    let sealed = seal_key_line(&line, recipient, rng)?;
    let (key, sha256) = (recipient.fingerprint(), sealed.sha256());
    Ok(Grant { line: GrantLine { part, to, key, purpose: terms.purpose, when: terms.when, sha256 }, sealed })
}
