//! The grants of sealed parts and the statement over all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use rand::{CryptoRng, RngCore};
use report::{Code, InstitutionCode, PartName, ReportId, Sha256};

use super::plan::{Ground, Plan, Reader};
use crate::envelope::Envelope;
use crate::fault::SealFault;
use crate::grant::{Grant, Granted, Grantee, Terms, seal_grant};
use crate::hash::sha256;
use crate::part::{Context, PartIdentity, SealedPart};
use crate::receipt::Stretched;
use crate::refusal::Refusal;
use crate::sealed::Sealed;
use crate::statement::{Act, Author, Body, PartLine, Statement, When};
use crate::strict::{Token, Version1};

/// Who files: the report's id and its receipt.
pub struct Reporter {
    /// The report.
    pub report: ReportId,
    /// What the digits gave.
    pub receipt: Stretched,
}

impl Reporter {
    /// What every frame of this reporter says.
    pub fn context(&self) -> Context {
        let signer = self.receipt.signing().public();
        Context { report: self.report, signer, receipt: self.receipt.recipient() }
    }
}

/// What a reporter does, and after what.
pub struct Doing<'a> {
    /// Who.
    pub reporter: &'a Reporter,
    /// The act.
    pub act: Act,
    /// How many statements the reporter made before.
    pub sequence: u32,
    /// Hash of the first one; none in it.
    pub first: Option<Sha256>,
    /// Coded particulars of the act.
    pub detail: BTreeMap<Token, Token>,
}

impl<'a> Doing<'a> {
    /// The first statement of all.
    pub fn file(reporter: &'a Reporter) -> Self {
        Self { reporter, act: Act::File, sequence: 0, first: None, detail: BTreeMap::new() }
    }
}

/// A sealed part with its key, and its bytes where they travel inside; none where they are uploaded.
pub struct Keyed {
    /// What the statement says of it.
    pub line: PartLine,
    /// Its key.
    pub identity: PartIdentity,
    /// Its bytes.
    pub sealed: Option<Sealed>,
}

impl From<SealedPart> for Keyed {
    fn from(part: SealedPart) -> Self {
        Self { line: part.line, identity: part.identity, sealed: Some(part.sealed) }
    }
}

/// Why parts could not be stated. Never holds what is in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilingFault {
    /// Sealing failed.
    Seal(SealFault),
    /// A reader has no keys in the directory.
    Absent,
    /// What came of it is no statement.
    Statement(Refusal),
}

impl fmt::Display for FilingFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seal(fault) => fault.fmt(f),
            Self::Absent => f.write_str("a reader is not on the system"),
            Self::Statement(refusal) => f.write_str(refusal.code()),
        }
    }
}

impl std::error::Error for FilingFault {}

impl From<SealFault> for FilingFault {
    fn from(fault: SealFault) -> Self {
        Self::Seal(fault)
    }
}

impl From<Refusal> for FilingFault {
    fn from(refusal: Refusal) -> Self {
        Self::Statement(refusal)
    }
}

/// Grants parts to the receipt and to the readers of a plan, and signs one statement over them. Uploads are the caller's to name.
///
/// # Errors
/// When a reader has no keys, or there is more than a statement holds.
pub fn state<R: RngCore + CryptoRng>(
    parts: Vec<Keyed>,
    plan: &Plan,
    doing: &Doing<'_>,
    ground: &Ground<'_>,
    rng: &mut R,
) -> Result<Envelope, FilingFault> {
    let mut grants = Vec::new();
    for part in &parts {
        let what = Granted { report: doing.reporter.report, part: part.line.part, identity: &part.identity };
        grants.extend(grant(&what, plan, doing.reporter, ground, rng)?);
    }
    make(parts, grants, plan, doing, ground)
}

/// A part that is kept already: its key, and who reads it or will.
pub struct Kept {
    /// The part.
    pub part: PartName,
    /// Its key, as the receipt's grant carried it.
    pub identity: PartIdentity,
    /// The institutions that have it already.
    pub read_by: BTreeSet<InstitutionCode>,
}

/// States another consent: who is to read from now on and could not before gets the keys of what is kept.
///
/// # Errors
/// When a reader has no keys, or there is more than a statement holds.
pub fn consent<R: RngCore + CryptoRng>(
    kept: &[Kept],
    plan: &Plan,
    doing: &Doing<'_>,
    ground: &Ground<'_>,
    rng: &mut R,
) -> Result<Envelope, FilingFault> {
    let mut grants = Vec::new();
    for part in kept {
        let what = Granted { report: doing.reporter.report, part: part.part, identity: &part.identity };
        for reader in reads(plan, part.part).filter(|reader| !part.read_by.contains(reader.eligible().code())) {
            grants.push(grant_to(reader, &what, ground, rng)?);
        }
    }
    make(Vec::new(), grants, plan, doing, ground)
}

/// Signs one statement over parts and grants.
fn make(
    parts: Vec<Keyed>,
    grants: Vec<Grant>,
    plan: &Plan,
    doing: &Doing<'_>,
    ground: &Ground<'_>,
) -> Result<Envelope, FilingFault> {
    let files = doing.act == Act::File;
    let (directory, receipt) = (ground.directory.body(), &doing.reporter.receipt);
    let facets = doing.act.sets_facets().then(|| plan.facets.to_bytes());
    let statement = Statement::make(Body {
        version: Version1,
        act: doing.act,
        report: doing.reporter.report,
        sequence: doing.sequence,
        first: doing.first,
        from: Author::Reporter,
        signer: receipt.signing().public(),
        directory: directory.version,
        registry: directory.registry.clone(),
        taxonomy: directory.taxonomy.clone(),
        facets: facets.as_ref().map(|facets| sha256(facets)),
        receipt: files.then(|| receipt.recipient()),
        lookup: files.then(|| receipt.lookup_hash()),
        parts: parts.iter().map(|part| part.line.clone()).collect(),
        grants: grants.iter().map(|grant| grant.line.clone()).collect(),
        detail: doing.detail.clone(),
    })?;
    let signature = statement.sign(receipt.signing());
    let facets = facets.map(String::from_utf8).transpose().map_err(|_| Refusal::FacetsPresence)?;
    let inside = parts.into_iter().filter_map(|part| Some((part.line.part, part.sealed?)));
    let (parts, grants) = (inside.collect(), grants.into_iter().map(|grant| grant.sealed).collect());
    Ok(Envelope { statement, signature, facets, uploads: BTreeMap::new(), parts, grants })
}

/// The grants of one part: to the receipt always, and to every reader of its kind.
fn grant<R: RngCore + CryptoRng>(
    what: &Granted<'_>,
    plan: &Plan,
    reporter: &Reporter,
    ground: &Ground<'_>,
    rng: &mut R,
) -> Result<Vec<Grant>, FilingFault> {
    let receipt = reporter.receipt.recipient();
    let keep: &Code = &ground.country.consent().keep().purpose;
    let terms = Terms { purpose: keep.clone(), when: When::Now };
    let mut grants = vec![seal_grant(what, Grantee::Receipt(&receipt), terms, rng)?];
    for reader in reads(plan, what.part) {
        grants.push(grant_to(reader, what, ground, rng)?);
    }
    Ok(grants)
}

fn grant_to<R: RngCore + CryptoRng>(
    reader: &Reader,
    what: &Granted<'_>,
    ground: &Ground<'_>,
    rng: &mut R,
) -> Result<Grant, FilingFault> {
    let listed = ground.listed(reader).ok_or(FilingFault::Absent)?;
    let terms = Terms { purpose: reader.purpose().clone(), when: reader.when() };
    Ok(seal_grant(what, Grantee::Institution(reader.eligible(), listed), terms, rng)?)
}

fn reads(plan: &Plan, part: PartName) -> impl Iterator<Item = &Reader> {
    plan.readers.iter().filter(move |reader| reader.reads(part))
}
