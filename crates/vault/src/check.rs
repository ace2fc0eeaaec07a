//! What a server can hold a statement to without opening anything.

use std::collections::{BTreeMap, BTreeSet};

use report::{Accused, Facets, InstitutionCode, PartKind, PartName, Sha256};
use routing::EligibleSet;
use signed::{PublicKey, Signature};

use crate::directory::Directory;
use crate::envelope::Envelope;
use crate::hash::sha256;
use crate::hybrid::Recipient;
use crate::refusal::Refusal;
use crate::sealed::{Measured, Sealed};
use crate::shape::Shape;
use crate::statement::{Act, Author, Body, GrantLine, PartLine, Statement};
use crate::strict::Token;

mod grants;

/// What a server already keeps of the report a statement is about.
#[derive(Debug, Clone)]
pub struct Known {
    /// Hash of its first statement.
    pub first: Sha256,
    /// The reporter's key, as the first statement named it.
    pub reporter: PublicKey,
    /// Fingerprint of the receipt's recipient.
    pub receipt: Sha256,
    /// The parts it has.
    pub parts: BTreeSet<PartName>,
    /// Every facets signed about it, those in force last.
    pub facets: Vec<Facets>,
    /// How many statements this signer made about it.
    pub sequence: u32,
}

/// What a statement is held to.
#[derive(Clone, Copy)]
pub struct Grounds<'a> {
    /// The directory of the version the statement names.
    pub stated: &'a Directory,
    /// The directory in force.
    pub newest: &'a Directory,
    /// Who may receive this report by the registry in force.
    pub eligible: &'a EligibleSet,
    /// The facets: admitted from the envelope where it brings some, else those kept.
    pub facets: &'a Facets,
    /// Parts uploaded before, as measured.
    pub uploaded: &'a BTreeMap<PartName, Measured>,
    /// What is kept of the report; none for `file`.
    pub known: Option<&'a Known>,
}

/// A part whose bytes are those that were signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedPart {
    /// What the statement says of it.
    pub line: PartLine,
    /// Where it is.
    pub place: Place,
}

/// Where a part's bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// They came inside.
    Inside(Sealed),
    /// They were uploaded before.
    Uploaded(Token),
}

/// An envelope that was held to its grounds and kept its promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    statement: Statement,
    signature: Signature,
    facets: Option<String>,
    parts: Vec<CheckedPart>,
    grants: Vec<(GrantLine, Sealed)>,
    withheld: Vec<GrantLine>,
}

impl Checked {
    /// The statement.
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// Its signature, which holds.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    /// The exact facets it sets.
    pub fn facets(&self) -> Option<&str> {
        self.facets.as_deref()
    }

    /// Its parts.
    pub fn parts(&self) -> &[CheckedPart] {
        &self.parts
    }

    /// Its grants to be kept.
    pub fn grants(&self) -> &[(GrantLine, Sealed)] {
        &self.grants
    }

    /// Grants that were right when sealed and are wrong by now. Their bytes are gone already.
    pub fn withheld(&self) -> &[GrantLine] {
        &self.withheld
    }
}

/// Holds an envelope to everything that can be known without opening it. What is wrong under the directory it names is
/// refused; what is wrong only by now costs the grant, never the testimony.
///
/// # Errors
/// The first [`Refusal`].
pub fn check(envelope: Envelope, grounds: &Grounds<'_>) -> Result<Checked, Refusal> {
    let body = envelope.statement.body();
    envelope.statement.verify(&envelope.signature).map_err(|_| Refusal::StatementSignature)?;
    check_act(body)?;
    check_author(body, grounds)?;
    check_versions(body, grounds)?;
    check_facets(body, envelope.facets.as_deref())?;
    check_correction(body, grounds)?;
    let parts = check_parts(&envelope, grounds)?;
    let (grants, withheld) = grants::check(&envelope, grounds)?;
    let Envelope { statement, signature, facets, .. } = envelope;
    Ok(Checked { statement, signature, facets, parts, grants, withheld })
}

/// Which kinds of parts an act may bring.
fn brings(act: Act, part: PartName) -> bool {
    match act {
        Act::File | Act::Add => part.is_reporters(),
        Act::Reply | Act::Answer | Act::Close => matches!(part.kind(), PartKind::Message | PartKind::Translation),
        Act::Note => matches!(part.kind(), PartKind::Note | PartKind::Translation),
        Act::Refer | Act::HandOver => part.kind() == PartKind::Note,
        Act::Code => part.kind() == PartKind::Coding && part.number().is_some(),
        Act::Consent
        | Act::Withdraw
        | Act::Undo
        | Act::Verify
        | Act::Reopen
        | Act::Confirm
        | Act::Pause
        | Act::Resume => false,
    }
}

fn check_act(body: &Body) -> Result<(), Refusal> {
    let reporters = matches!(body.from, Author::Reporter);
    let files = body.act == Act::File;
    let opens = body.receipt.is_some() && body.lookup.is_some() && body.first.is_none() && body.sequence == 0;
    let follows = body.receipt.is_none() && body.lookup.is_none() && body.first.is_some();
    let bare = matches!(body.act, Act::Withdraw | Act::Undo | Act::Verify | Act::Reopen);
    let bare = bare || matches!(body.act, Act::Confirm | Act::Pause | Act::Resume);
    let empty = body.parts.is_empty() && body.grants.is_empty();
    let brought = matches!(body.act, Act::File | Act::Add | Act::Reply | Act::Note) && body.parts.is_empty();
    let asks = body.act != Act::Refer || body.grants.iter().any(|line| addressee(body) == line.to.institution());
    let fits = body.act.is_reporters() == reporters && if files { opens } else { follows };
    if fits && asks && (!bare || empty) && !brought { Ok(()) } else { Err(Refusal::StatementAct) }
}

fn check_author(body: &Body, grounds: &Grounds<'_>) -> Result<(), Refusal> {
    match (grounds.known, body.act) {
        (None, Act::File) => return Ok(()),
        (None, _) | (Some(_), Act::File) => return Err(Refusal::StatementFirst),
        (Some(known), _) if body.first != Some(known.first) => return Err(Refusal::StatementFirst),
        (Some(known), _) if body.sequence != known.sequence => return Err(Refusal::StatementSequence),
        _ => {}
    }
    let key = match &body.from {
        Author::Reporter => grounds.known.map(|known| known.reporter),
        Author::Institution(code) => {
            if shut_out(code, grounds) {
                return Err(Refusal::GrantClosure);
            }
            grounds.newest.institution(code).map(|listed| listed.signing)
        }
    };
    if key == Some(body.signer) { Ok(()) } else { Err(Refusal::StatementSigner) }
}

/// Whether an institution may have nothing to do with this report, by any of the three that know.
fn shut_out(code: &InstitutionCode, grounds: &Grounds<'_>) -> bool {
    grounds.eligible.get(code).is_none()
        || [grounds.stated, grounds.newest].iter().any(|directory| closure(directory, grounds).contains(code))
}

/// Everyone shut out by any facets ever signed: an accusation, once made, is not unmade by facets that leave it out.
fn closure(directory: &Directory, grounds: &Grounds<'_>) -> BTreeSet<InstitutionCode> {
    let before = grounds.known.iter().flat_map(|known| &known.facets);
    before.chain([grounds.facets]).flat_map(|facets| directory.closure(facets)).collect()
}

fn check_versions(body: &Body, grounds: &Grounds<'_>) -> Result<(), Refusal> {
    let stated = grounds.stated.body();
    let same = (body.directory, &body.registry, &body.taxonomy) == (stated.version, &stated.registry, &stated.taxonomy);
    let facets = !body.act.sets_facets() || grounds.facets.taxonomy() == body.taxonomy.as_str();
    if same && facets { Ok(()) } else { Err(Refusal::StatementVersions) }
}

fn check_facets(body: &Body, facets: Option<&str>) -> Result<(), Refusal> {
    match (body.act.sets_facets(), body.facets, facets) {
        (true, Some(signed), Some(text)) if sha256(text.as_bytes()) == signed => Ok(()),
        (true, Some(_), Some(_)) => Err(Refusal::FacetsHash),
        (false, None, None) => Ok(()),
        _ => Err(Refusal::FacetsPresence),
    }
}

/// A member corrects what happened. Who is accused may grow by it and never shrink, and what was agreed to stays: both are the
/// person's, and decide who may read.
fn check_correction(body: &Body, grounds: &Grounds<'_>) -> Result<(), Refusal> {
    let kept = grounds.known.and_then(|known| known.facets.last());
    let Some(kept) = kept.filter(|_| body.act == Act::Code) else { return Ok(()) };
    if !accuses_all(grounds.facets.accused(), kept.accused()) {
        return Err(Refusal::FacetsAccused);
    }
    if grounds.facets.consent() == kept.consent() { Ok(()) } else { Err(Refusal::FacetsConsent) }
}

fn accuses_all(now: &Accused, before: &Accused) -> bool {
    before.kinds.iter().all(|kind| now.kinds.contains(kind))
        && before.institutions.iter().all(|code| now.institutions.contains(code))
}

fn check_parts(envelope: &Envelope, grounds: &Grounds<'_>) -> Result<Vec<CheckedPart>, Refusal> {
    let body = envelope.statement.body();
    let is_taken = |part: &PartName| grounds.known.is_some_and(|known| known.parts.contains(part));
    let mut names = BTreeSet::new();
    let mut inside = envelope.parts.iter();
    let mut checked = Vec::new();
    for line in &body.parts {
        if !names.insert(line.part) {
            return Err(Refusal::PartTwice);
        }
        if is_taken(&line.part) {
            return Err(Refusal::PartTaken);
        }
        if !brings(body.act, line.part) {
            return Err(Refusal::PartAuthor);
        }
        let place = match envelope.uploads.get(&line.part) {
            Some(upload) => Place::Uploaded(upload.clone()),
            None => match inside.next() {
                Some((part, sealed)) if *part == line.part => Place::Inside(sealed.clone()),
                _ => return Err(Refusal::PartMissing),
            },
        };
        check_bytes(line, &place, grounds)?;
        checked.push(CheckedPart { line: line.clone(), place });
    }
    let stray = envelope.uploads.keys().any(|part| !body.parts.iter().any(|line| line.part == *part));
    if stray || inside.next().is_some() { Err(Refusal::UploadStray) } else { Ok(checked) }
}

fn check_bytes(line: &PartLine, place: &Place, grounds: &Grounds<'_>) -> Result<(), Refusal> {
    let measured = match place {
        Place::Inside(sealed) => Measured { sha256: sealed.sha256(), size: sealed.size() },
        Place::Uploaded(_) => *grounds.uploaded.get(&line.part).ok_or(Refusal::PartMissing)?,
    };
    if measured.size != line.size {
        return Err(Refusal::PartSize);
    }
    if !Shape::of(line.part.kind()).admits(line.size) {
        return Err(Refusal::SealedSize);
    }
    if measured.sha256 == line.sha256 { Ok(()) } else { Err(Refusal::PartHash) }
}

/// The fingerprint a grant for the receipt must name.
fn receipt_key(body: &Body, grounds: &Grounds<'_>) -> Option<Sha256> {
    grounds.known.map(|known| known.receipt).or_else(|| body.receipt.as_ref().map(Recipient::fingerprint))
}

/// Whom a referral or a handing over is addressed to, if it says so.
fn addressee(body: &Body) -> Option<&InstitutionCode> {
    let named = body.detail.iter().find(|(key, _)| key.as_str() == "to").map(|(_, value)| value.as_str());
    body.grants.iter().filter_map(|line| line.to.institution()).find(|code| named == Some(code.as_str()))
}

/// The institution that states, if one does.
fn stating(body: &Body) -> Option<&InstitutionCode> {
    body.from.institution()
}
