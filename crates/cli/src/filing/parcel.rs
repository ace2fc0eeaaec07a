//! Sealing a report: every part under its own key, every key to its readers, one signed statement over all of it.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;

use rand::{CryptoRng, RngCore};
use report::{Code, PartKind, PartName, ReportId, Sha256};
use testimony::Document;
use vault::{
    Act, Author, Body, Context, Envelope, Grant, Granted, Grantee, LARGEST_INSIDE, PartIdentity, PartLine, Sealed,
    Statement, Stretched, Terms, Version1, When, hash::sha256, seal_evidence, seal_grant, seal_part,
};
use zeroize::Zeroizing;

use super::plan::{Ground, Plan, Reader};
use crate::Failure;

/// Who files: the report's id and its receipt.
pub struct Reporter {
    /// The report.
    pub report: ReportId,
    /// What the digits gave.
    pub receipt: Stretched,
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
}

impl<'a> Doing<'a> {
    /// The first statement of all.
    pub fn file(reporter: &'a Reporter) -> Self {
        Self { reporter, act: Act::File, sequence: 0, first: None }
    }
}

/// What a report holds before it is sealed.
pub struct Contents {
    /// Parts that fit in memory.
    pub parts: Vec<(PartName, Zeroizing<Vec<u8>>)>,
    /// Files, sealed untouched as `evidence/1` and on.
    pub files: Vec<PathBuf>,
}

impl Contents {
    /// What a document and these files hold.
    pub fn of(document: &Document, files: &[PathBuf]) -> Self {
        let parts = document.parts().into_iter().map(|content| (content.part, content.bytes)).collect();
        Self { parts, files: files.to_vec() }
    }

    /// The names of all parts.
    ///
    /// # Errors
    /// When there are more files than names.
    pub fn names(&self) -> Result<Vec<PartName>, Failure> {
        let mut names: Vec<PartName> = self.parts.iter().map(|(part, _)| *part).collect();
        for number in 1..=self.files.len() {
            let number = u16::try_from(number).map_err(|_| Failure::refused("too many files"))?;
            let name = PartName::numbered(PartKind::Evidence, number);
            names.push(name.map_err(|_| Failure::refused("too many files"))?);
        }
        Ok(names)
    }
}

/// A sealed report on its way.
pub struct Parcel {
    /// What travels at once.
    pub envelope: Envelope,
    /// Sealed files that are uploaded before: part, sealed file, bytes.
    pub large: Vec<(PartName, Scratch, u64)>,
}

/// A sealed file on disk, removed when done with.
pub struct Scratch(pub PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left behind is sealed; that it could not be removed changes nothing for anybody.
        std::fs::remove_file(&self.0).ok();
    }
}

/// A part that is sealed, wherever it lies.
struct Part {
    line: PartLine,
    identity: PartIdentity,
    place: Place,
}

enum Place {
    Inside(Sealed),
    Apart(Scratch),
}

/// Seals parts for the readers of a plan and for the receipt, under one statement.
///
/// # Errors
/// When a part is too large, a file cannot be read, or changes while it is read.
pub fn seal<R: RngCore + CryptoRng>(
    contents: &Contents,
    plan: &Plan,
    doing: &Doing<'_>,
    ground: &Ground<'_>,
    rng: &mut R,
) -> Result<Parcel, Failure> {
    let reporter = doing.reporter;
    let signer = reporter.receipt.signing().public();
    let context = Context { report: reporter.report, signer, receipt: reporter.receipt.recipient() };
    let mut parts = Vec::new();
    for (name, bytes) in &contents.parts {
        let sealed = seal_part(&context, *name, bytes, rng).map_err(fail)?;
        parts.push(Part { line: sealed.line, identity: sealed.identity, place: Place::Inside(sealed.sealed) });
    }
    for (name, path) in contents.names()?.into_iter().skip(contents.parts.len()).zip(&contents.files) {
        parts.push(evidence(&context, name, path, rng)?);
    }
    let mut grants = Vec::new();
    for part in &parts {
        grants.extend(grant(part, plan, reporter, ground, rng)?);
    }
    state(parts, grants, plan, doing, ground)
}

fn evidence<R: RngCore + CryptoRng>(
    context: &Context,
    name: PartName,
    path: &PathBuf,
    rng: &mut R,
) -> Result<Part, Failure> {
    let mut source = File::open(path).map_err(|error| Failure::file(path, &error))?;
    let length = source.metadata().map_err(|error| Failure::file(path, &error))?.len();
    if length < LARGEST_INSIDE / 2 {
        let mut bytes = Vec::new();
        let sealed = seal_evidence(context, name, (&mut source, &mut bytes), rng);
        let (line, identity) = sealed.map_err(fail)?;
        let sealed = Sealed::check(bytes, vault::Shape::of(name.kind()))
            .map_err(|_| Failure::refused("the file was not sealed"))?;
        return Ok(Part { line, identity, place: Place::Inside(sealed) });
    }
    let scratch =
        Scratch(std::env::temp_dir().join(format!("putokaz-{}-{}", context.report, name.number().unwrap_or(0))));
    let mut options = std::fs::OpenOptions::new();
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let sink = options.write(true).create_new(true).open(&scratch.0);
    let mut sink = sink.map_err(|error| Failure::file(&scratch.0, &error))?;
    let sealed = seal_evidence(context, name, (&mut source, &mut sink), rng);
    let (line, identity) = sealed.map_err(fail)?;
    Ok(Part { line, identity, place: Place::Apart(scratch) })
}

/// The grants of one part: to the receipt always, and to every reader of its kind.
fn grant<R: RngCore + CryptoRng>(
    part: &Part,
    plan: &Plan,
    reporter: &Reporter,
    ground: &Ground<'_>,
    rng: &mut R,
) -> Result<Vec<Grant>, Failure> {
    let what = Granted { report: reporter.report, part: part.line.part, identity: &part.identity };
    let receipt = reporter.receipt.recipient();
    let keep: &Code = &ground.home.country.consent().keep().purpose;
    let terms = Terms { purpose: keep.clone(), when: When::Now };
    let own = seal_grant(&what, Grantee::Receipt(&receipt), terms, rng).map_err(fail)?;
    let reads = plan.readers.iter().filter(|reader| reader.reads(part.line.part));
    let granted = |reader: &Reader| {
        let listed = ground.listed(reader).ok_or_else(|| Failure::refused("a reader is not on the system"))?;
        let terms = Terms { purpose: reader.purpose().clone(), when: reader.when() };
        seal_grant(&what, Grantee::Institution(reader.eligible(), listed), terms, rng).map_err(fail)
    };
    let others = reads.map(granted).collect::<Result<Vec<_>, _>>()?;
    Ok(std::iter::once(own).chain(others).collect())
}

fn state(
    parts: Vec<Part>,
    grants: Vec<Grant>,
    plan: &Plan,
    doing: &Doing<'_>,
    ground: &Ground<'_>,
) -> Result<Parcel, Failure> {
    let (directory, reporter) = (ground.directory.body(), doing.reporter);
    let facets = doing.act.sets_facets().then(|| plan.facets.to_bytes());
    let files = doing.act == Act::File;
    let body = Body {
        version: Version1,
        act: doing.act,
        report: reporter.report,
        sequence: doing.sequence,
        first: doing.first,
        from: Author::Reporter,
        signer: reporter.receipt.signing().public(),
        directory: directory.version,
        registry: directory.registry.clone(),
        taxonomy: directory.taxonomy.clone(),
        facets: facets.as_ref().map(|facets| sha256(facets)),
        receipt: files.then(|| reporter.receipt.recipient()),
        lookup: files.then(|| reporter.receipt.lookup_hash()),
        parts: parts.iter().map(|part| part.line.clone()).collect(),
        grants: grants.iter().map(|grant| grant.line.clone()).collect(),
        detail: BTreeMap::new(),
    };
    let statement = Statement::make(body).map_err(|refusal| Failure::refused(refusal.code()))?;
    let signature = statement.sign(reporter.receipt.signing());
    let facets = facets.map(String::from_utf8).transpose().map_err(|_| Failure::refused("the facets are not text"))?;
    let mut envelope = Envelope {
        statement,
        signature,
        facets,
        uploads: BTreeMap::new(),
        parts: Vec::new(),
        grants: grants.into_iter().map(|grant| grant.sealed).collect(),
    };
    let mut large = Vec::new();
    for part in parts {
        match part.place {
            Place::Inside(sealed) => envelope.parts.push((part.line.part, sealed)),
            Place::Apart(scratch) => large.push((part.line.part, scratch, part.line.size)),
        }
    }
    Ok(Parcel { envelope, large })
}

fn fail(fault: vault::SealFault) -> Failure {
    Failure::refused(fault.to_string())
}
