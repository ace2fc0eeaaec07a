//! Sealing a part under a key of its own.

use std::io::{Read, Seek, Write};

use rand::{CryptoRng, RngCore};
use report::{PartName, ReportId};
use signed::PublicKey;

use crate::fault::SealFault;
use crate::frame::Frame;
use crate::hash::{Hashing, sha256};
use crate::hybrid::{Recipient, Seed};
use crate::sealed::{Sealed, copy, seal, seal_bytes};
use crate::shape::Shape;
use crate::statement::PartLine;
use crate::strict::Version1;

/// The key of one part. Nothing here gives it away but a grant.
pub struct PartIdentity(Seed);

impl PartIdentity {
    /// A new key from the caller's chance.
    pub fn generate(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        Self(Seed::generate(rng))
    }

    /// The key that a grant carried, to grant it to somebody else.
    pub fn of(seed: Seed) -> Self {
        Self(seed)
    }

    /// What the part is sealed to.
    pub fn recipient(&self) -> Recipient {
        self.0.recipient()
    }

    pub(crate) fn seed(&self) -> &Seed {
        &self.0
    }
}

/// What every frame of one author about one report says.
#[derive(Debug, Clone)]
pub struct Context {
    /// The report.
    pub report: ReportId,
    /// Who states the part.
    pub signer: PublicKey,
    /// The reporter's recipient.
    pub receipt: Recipient,
}

impl Context {
    fn frame(&self, part: PartName, length: u64, sha256: report::Sha256) -> Frame {
        let (report, signer, receipt) = (self.report, self.signer, self.receipt.clone());
        Frame { version: Version1, report, part, length, sha256, signer, receipt }
    }
}

/// A part that was sealed, and the key that opens it.
pub struct SealedPart {
    /// What the statement says of it.
    pub line: PartLine,
    /// Its key, to be granted.
    pub identity: PartIdentity,
    /// Its bytes.
    pub sealed: Sealed,
}

/// Seals a part that fits in memory under a fresh key.
///
/// # Errors
/// [`SealFault::TooLarge`] when the content does not fit the largest bucket of its kind.
pub fn seal_part(
    context: &Context,
    part: PartName,
    bytes: &[u8],
    rng: &mut (impl RngCore + CryptoRng),
) -> Result<SealedPart, SealFault> {
    let length = u64::try_from(bytes.len()).map_err(|_| SealFault::TooLarge)?;
    let plain = context.frame(part, length, sha256(bytes)).write(bytes)?;
    let identity = PartIdentity::generate(rng);
    let sealed = seal_bytes(&identity.recipient(), rng, &plain)?;
    let line = PartLine { part, sha256: sealed.sha256(), size: sealed.size() };
    Ok(SealedPart { line, identity, sealed })
}

/// Seals a file of any size without holding it: reads it twice, once for its hash, once to seal.
///
/// # Errors
/// [`SealFault::TooLarge`] above 2 GiB, [`SealFault::Changed`] when the two readings differ, [`SealFault::Io`].
pub fn seal_evidence(
    context: &Context,
    part: PartName,
    (source, sink): (&mut (impl Read + Seek), &mut impl Write),
    rng: &mut (impl RngCore + CryptoRng),
) -> Result<(PartLine, PartIdentity), SealFault> {
    let mut first = Hashing::default();
    source.rewind()?;
    let length = copy(source, |piece| {
        first.update(piece);
        Ok(())
    })?;
    let frame = context.frame(part, length, first.finish());
    let line = frame.line()?;
    let filled = u64::try_from(line.len()).unwrap_or(u64::MAX).checked_add(length).ok_or(SealFault::TooLarge)?;
    let bucket = Shape::of(part.kind()).bucket(filled).ok_or(SealFault::TooLarge)?;
    source.rewind()?;
    let identity = PartIdentity::generate(rng);
    let mut measured = Measuring { sink, hashing: Hashing::default(), size: 0 };
    seal(&identity.recipient(), rng, &mut measured, |stream| {
        stream.write_all(&line)?;
        let mut second = Hashing::default();
        let again = copy(&mut source.take(length + 1), |piece| {
            second.update(piece);
            Ok(stream.write_all(piece)?)
        })?;
        if again != length || second.finish() != frame.sha256 {
            return Err(SealFault::Changed);
        }
        copy(&mut std::io::repeat(0).take(bucket - filled), |zeros| Ok(stream.write_all(zeros)?)).map(drop)
    })?;
    Ok((PartLine { part, sha256: measured.hashing.finish(), size: measured.size }, identity))
}

/// Hashes and counts what passes to the sink.
struct Measuring<W> {
    sink: W,
    hashing: Hashing,
    size: u64,
}

impl<W: Write> Write for Measuring<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.sink.write(bytes)?;
        self.hashing.update(bytes.get(..written).unwrap_or_default());
        self.size += u64::try_from(written).unwrap_or_default();
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.sink.flush()
    }
}
