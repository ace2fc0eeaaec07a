//! Sealing a report: every part under its own key, every key to its readers, one signed statement over all of it.

use std::fs::File;
use std::path::PathBuf;

use rand::{CryptoRng, RngCore};
use report::{PartKind, PartName};
use testimony::Document;
use vault::filing::{Doing, Ground, Keyed, Plan, state};
use vault::{Context, Envelope, LARGEST_INSIDE, Sealed, seal_evidence, seal_part};
use zeroize::Zeroizing;

use crate::Failure;

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
    let context = doing.reporter.context();
    let mut parts = Vec::new();
    for (name, bytes) in &contents.parts {
        parts.push(Keyed::from(seal_part(&context, *name, bytes, rng).map_err(fail)?));
    }
    let mut large = Vec::new();
    for (name, path) in contents.names()?.into_iter().skip(contents.parts.len()).zip(&contents.files) {
        let (part, scratch) = evidence(&context, name, path, rng)?;
        large.extend(scratch.map(|scratch| (name, scratch, part.line.size)));
        parts.push(part);
    }
    let envelope = state(parts, plan, doing, ground, rng).map_err(|fault| Failure::refused(fault.to_string()))?;
    Ok(Parcel { envelope, large })
}

/// A file, sealed inside when it is small, else on disk.
fn evidence<R: RngCore + CryptoRng>(
    context: &Context,
    name: PartName,
    path: &PathBuf,
    rng: &mut R,
) -> Result<(Keyed, Option<Scratch>), Failure> {
    let mut source = File::open(path).map_err(|error| Failure::file(path, &error))?;
    let length = source.metadata().map_err(|error| Failure::file(path, &error))?.len();
    if length < LARGEST_INSIDE / 2 {
        let mut bytes = Vec::new();
        let sealed = seal_evidence(context, name, (&mut source, &mut bytes), rng);
        let (line, identity) = sealed.map_err(fail)?;
        let sealed = Sealed::check(bytes, vault::Shape::of(name.kind()))
            .map_err(|_| Failure::refused("the file was not sealed"))?;
        return Ok((Keyed { line, identity, sealed: Some(sealed) }, None));
    }
    let scratch =
        Scratch(std::env::temp_dir().join(format!("putokaz-{}-{}", context.report, name.number().unwrap_or(0))));
    let mut options = std::fs::OpenOptions::new();
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let sink = options.write(true).create_new(true).open(&scratch.0);
    let mut sink = sink.map_err(|error| Failure::file(&scratch.0, &error))?;
    let sealed = seal_evidence(context, name, (&mut source, &mut sink), rng);
    let (line, identity) = sealed.map_err(fail)?;
    Ok((Keyed { line, identity, sealed: None }, Some(scratch)))
}

fn fail(fault: vault::SealFault) -> Failure {
    Failure::refused(fault.to_string())
}
