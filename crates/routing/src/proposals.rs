//! What is proposed to whoever holds a report: which institutions, for what, and what it would mean to ask them.

use report::{Area, Code, InstitutionCode, PartKind};
use serde::Serialize;

use crate::hearing::Hearing;
use crate::institution::{Anonymous, LimitFrom, MaxData, Signature, Status};
use crate::reason::Reason;

/// Whether the person agreed to this recipient for this purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// They did.
    Given,
    /// They have to be asked.
    Missing,
    /// They need not be asked where life or grave harm is at stake; a second member confirms it within 24 hours.
    VitalInterest,
}

/// A legal limit, shown as a warning and never as advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// Days.
    pub days: u16,
    /// What they count from.
    pub from: LimitFrom,
}

/// One institution that could be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// Which.
    pub institution: InstitutionCode,
    /// Why it is proposed.
    pub reason: Reason,
    /// For which purpose of consent.
    pub purpose: Code,
    /// As which kind of recipient.
    pub recipient_kind: Code,
    /// Whether the person agreed.
    pub agreement: Agreement,
    /// The parts it would get: those agreed to, or the least that is needed.
    pub parts: Vec<PartKind>,
    /// The most it may get.
    pub max_data: MaxData,
    /// Its mandates that fit.
    pub mandates: Vec<Code>,
    /// Where it is competent.
    pub territory: Vec<Area>,
    /// In what time one must ask it.
    pub limit: Option<Limit>,
    /// Whether it wants a signature.
    pub signature: Signature,
    /// Whether it takes reports without a name.
    pub anonymous: Anonymous,
    /// Languages it works in.
    pub languages: Vec<Code>,
    /// Whether it works, as far as is known.
    pub status: Status,
    /// Whether it is on the system: others are asked outside it.
    pub is_present: bool,
    /// Who would hear of it; anything here needs the person's specific yes.
    pub hears: Vec<Hearing>,
}

/// An institution that must not be asked, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShutOut {
    /// Which.
    pub institution: InstitutionCode,
    /// Why.
    pub reason: Reason,
}

/// A service that only one institution gives and that is asked for through a lawyer, without report content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Service {
    /// Who gives it. It may be shut out of the report.
    pub institution: InstitutionCode,
    /// Who asks for it.
    pub through: InstitutionCode,
    /// Why so.
    pub reason: Reason,
}

/// Everything proposed for one report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Proposals {
    /// Must be asked.
    pub required: Vec<Proposal>,
    /// Fit, and tell nobody by their own rules who is shut out.
    pub recommended: Vec<Proposal>,
    /// Fit, with something to weigh first.
    pub possible: Vec<Proposal>,
    /// Services through a lawyer.
    pub services: Vec<Service>,
    /// The whole closure.
    pub shut_out: Vec<ShutOut>,
    /// Who would hear of it through any of those proposed.
    pub will_hear: Vec<Hearing>,
    /// Nobody may read it and nobody can be recommended: it is held without sending.
    pub is_held: bool,
}
