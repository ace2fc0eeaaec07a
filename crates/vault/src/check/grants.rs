//! Labels of grants against directory, closure and consent.

use std::collections::BTreeSet;

use report::{ConsentRow, InstitutionCode, PartKind, PartName};

use super::{Grounds, addressee, closure, receipt_key, stating};
use crate::directory::Directory;
use crate::envelope::Envelope;
use crate::refusal::Refusal;
use crate::sealed::Sealed;
use crate::statement::{Act, Body, GrantLine, Reader};

/// Keeping and answering: what filing itself consents to, for the lead and the alternate whatever their kind.
const KEEP: &str = "C-KEEP";

/// With this in `detail` an institution's referral rests on a vital interest, which consent does not gate.
const VITAL: (&str, &str) = ("basis", "vital-interest");

type Sorted = (Vec<(GrantLine, Sealed)>, Vec<GrantLine>);

/// Sorts the grants into those to keep and those to withhold.
pub(super) fn check(envelope: &Envelope, grounds: &Grounds<'_>) -> Result<Sorted, Refusal> {
    let body = envelope.statement.body();
    check_set(body, grounds)?;
    let closures = (closure(grounds.stated, grounds), closure(grounds.newest, grounds));
    let (mut kept, mut withheld) = (Vec::new(), Vec::new());
    if body.grants.len() != envelope.grants.len() {
        return Err(Refusal::GrantHash);
    }
    for (line, sealed) in body.grants.iter().zip(&envelope.grants) {
        if sealed.sha256() != line.sha256 {
            return Err(Refusal::GrantHash);
        }
        let Reader::Institution(code) = &line.to else {
            check_receipt(body, line, grounds)?;
            kept.push((line.clone(), sealed.clone()));
            continue;
        };
        check_listed(line, code, grounds.stated, &closures.0)?;
        let still = check_now(line, code, grounds, &closures.1);
        match (still, consents(body, line, code, grounds)) {
            (Ok(()), Ok(())) => kept.push((line.clone(), sealed.clone())),
            // An institution can state it anew at once; a testimony may never come a second time.
            (Err(refusal), _) | (_, Err(refusal)) if stating(body).is_some() => return Err(refusal),
            (Err(_), _) => withheld.push(line.clone()),
            (_, Err(_)) if is_late(grounds) => withheld.push(line.clone()),
            (_, Err(refusal)) => return Err(refusal),
        }
    }
    Ok((kept, withheld))
}

/// No reader twice, every grant for a part there is, and the receipt for every part its owner must be able to open.
fn check_set(body: &Body, grounds: &Grounds<'_>) -> Result<(), Refusal> {
    let brought: BTreeSet<PartName> = body.parts.iter().map(|line| line.part).collect();
    let mut seen = BTreeSet::new();
    for line in &body.grants {
        if !seen.insert((line.part, &line.to)) {
            return Err(Refusal::GrantTwice);
        }
        let kept = grounds.known.is_some_and(|known| known.parts.contains(&line.part));
        if !kept && !brought.contains(&line.part) {
            return Err(Refusal::GrantPart);
        }
    }
    let owed = brought.iter().filter(|part| body.act.is_reporters() || part.kind() == PartKind::Message);
    let missing = owed.into_iter().any(|part| !seen.contains(&(*part, &Reader::Receipt)));
    if missing { Err(Refusal::GrantReceiptMissing) } else { Ok(()) }
}

fn check_receipt(body: &Body, line: &GrantLine, grounds: &Grounds<'_>) -> Result<(), Refusal> {
    if receipt_key(body, grounds) == Some(line.key) { Ok(()) } else { Err(Refusal::GrantKey) }
}

/// Whether a directory lists this reader with this key, and its closure leaves it in.
fn check_listed(
    line: &GrantLine,
    code: &InstitutionCode,
    directory: &Directory,
    closure: &BTreeSet<InstitutionCode>,
) -> Result<(), Refusal> {
    if closure.contains(code) {
        return Err(Refusal::GrantClosure);
    }
    let listed = directory.institution(code).ok_or(Refusal::GrantReader)?;
    if listed.recipient.fingerprint() == line.key { Ok(()) } else { Err(Refusal::GrantKey) }
}

/// The same under the directory in force, and by the registry in force.
fn check_now(
    line: &GrantLine,
    code: &InstitutionCode,
    grounds: &Grounds<'_>,
    closure: &BTreeSet<InstitutionCode>,
) -> Result<(), Refusal> {
    check_listed(line, code, grounds.newest, closure)?;
    if grounds.eligible.get(code).is_some() { Ok(()) } else { Err(Refusal::GrantReader) }
}

/// Whether the registry changed between sealing and now: then a missing consent may be the registry's doing.
fn is_late(grounds: &Grounds<'_>) -> bool {
    grounds.stated.body().registry != grounds.newest.body().registry
}

/// Whether the reporter agreed that this reader gets this part for this purpose.
fn consents(body: &Body, line: &GrantLine, code: &InstitutionCode, grounds: &Grounds<'_>) -> Result<(), Refusal> {
    let own = body.parts.iter().any(|part| part.part == line.part) && stating(body) == Some(code);
    if own {
        return Ok(()); // an institution keeps the key of what it wrote
    }
    // A note is nobody else's, but for one written afresh for whoever is asked.
    let is_brought = body.parts.iter().any(|part| part.part == line.part);
    let is_theirs = matches!(body.act, Act::Refer | Act::HandOver) && is_brought && addressee(body) == Some(code);
    if line.part.kind() == PartKind::Note && !is_theirs {
        return Err(Refusal::GrantNote);
    }
    let vital =
        body.act == Act::Refer && body.detail.iter().any(|(key, value)| (key.as_str(), value.as_str()) == VITAL);
    if vital || agreed(body, line, code, grounds) { Ok(()) } else { Err(Refusal::GrantConsent) }
}

fn agreed(body: &Body, line: &GrantLine, code: &InstitutionCode, grounds: &Grounds<'_>) -> bool {
    // A translation tells what the account tells.
    let kind = if line.part.kind() == PartKind::Translation { PartKind::Account } else { line.part.kind() };
    // What is written afresh tells no more than the purpose needs, whatever parts were agreed to.
    let covers = |row: &&ConsentRow| kind == PartKind::Note || row.parts.contains(&kind);
    let mut rows = grounds.facets.consent().iter().filter(|row| row.purpose == line.purpose).filter(covers);
    if line.purpose == KEEP {
        // To answer for a report is handed over, never referred.
        return rows.next().is_some() && body.act != Act::Refer && is_post(code, grounds.stated);
    }
    let eligible = grounds.eligible.get(code);
    rows.any(|row| eligible.is_some_and(|able| able.receives_as(&line.purpose, &row.recipient_kind)))
}

/// Whether an institution leads, or stands in for a lead, anywhere.
fn is_post(code: &InstitutionCode, directory: &Directory) -> bool {
    let mut posts = directory.body().leads.iter();
    posts.any(|(_, posts)| posts.lead.contains(code) || posts.alternate.contains(code))
}
