//! Opening grants and parts, each compared with the place it was found in.

use std::io::{BufReader, Read, Seek, Write};

use report::{Code, PartName, ReportId};
use serde::Deserialize;
use signed::PublicKey;
use vault::hash::Hashing;
use vault::{
    Frame, GrantLine, LONGEST_LINE, PartLine, Reader, Recipient, Sealed, Shape, Version1, check_header, measure,
};
use zeroize::Zeroizing;

use crate::fault::Fault;
use crate::identity::Identity;

/// The key of one part, as a grant carried it.
pub struct PartKey(Identity);

impl PartKey {
    /// A part's key that came by other ways, such as from a file beside the sealed part.
    pub fn of(identity: Identity) -> Self {
        Self(identity)
    }

    /// The key itself: for a file from which stock tools open the part, or to grant it on.
    pub fn identity(&self) -> &Identity {
        &self.0
    }
}

/// Where a part belongs, by what was signed.
#[derive(Debug, Clone)]
pub struct Belonging {
    /// The report.
    pub report: ReportId,
    /// Who stated the part.
    pub signer: PublicKey,
    /// The reporter's recipient.
    pub receipt: Recipient,
}

/// A part that was opened.
pub struct Opened {
    /// Its first line.
    pub frame: Frame,
    /// Its content.
    pub content: Zeroizing<Vec<u8>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    #[serde(rename = "version")]
    _version: Version1,
    report: ReportId,
    part: PartName,
    recipient: Reader,
    purpose: Code,
    #[serde(borrow)]
    identity: &'a str,
}

/// Opens a grant that a statement about `report` describes in `expected`.
///
/// # Errors
/// [`Fault::Bytes`] when these are not the bytes that were stated, [`Fault::Key`] when they are not for this identity,
/// [`Fault::Context`] when what is inside was made for another report, part, reader or purpose.
pub fn open_grant(
    identity: &Identity,
    sealed: &[u8],
    expected: &GrantLine,
    report: ReportId,
) -> Result<PartKey, Fault> {
    let sealed = Sealed::check(sealed.to_vec(), Shape::Key).map_err(|_| Fault::Shape)?;
    if sealed.sha256() != expected.sha256 {
        return Err(Fault::Bytes);
    }
    if identity.recipient().fingerprint() != expected.key {
        return Err(Fault::Key);
    }
    let plain = identity.open(sealed.as_bytes())?;
    let line: Line<'_> = serde_json::from_slice(key_line(&plain)?).map_err(|_| Fault::Inside)?;
    let here = line.report == report
        && line.part == expected.part
        && line.recipient == expected.to
        && line.purpose == expected.purpose;
    if !here {
        return Err(Fault::Context);
    }
    Identity::read(line.identity).map(PartKey).map_err(|_| Fault::Inside)
}

/// The JSON line of a grant's or wrap's plaintext; what follows must be zeros.
pub(crate) fn key_line(plain: &[u8]) -> Result<&[u8], Fault> {
    let end = plain.iter().position(|byte| *byte == b'\n').ok_or(Fault::Inside)?;
    let (line, padding) = plain.split_at_checked(end + 1).ok_or(Fault::Inside)?;
    if padding.iter().all(|byte| *byte == 0) { Ok(line) } else { Err(Fault::Inside) }
}

/// Opens a part that a statement describes in `expected`.
///
/// # Errors
/// [`Fault::Bytes`] when these are not the bytes that were stated (a forged payload under a valid header ends here),
/// [`Fault::Key`], [`Fault::Inside`], and [`Fault::Context`] when its frame names another report, part, author or reporter.
pub fn open_part(key: &PartKey, sealed: &[u8], expected: &PartLine, place: &Belonging) -> Result<Opened, Fault> {
    let sealed = Sealed::check(sealed.to_vec(), Shape::of(expected.part.kind())).map_err(|_| Fault::Shape)?;
    if sealed.sha256() != expected.sha256 || sealed.size() != expected.size {
        return Err(Fault::Bytes);
    }
    let plain = key.0.open(sealed.as_bytes())?;
    let (frame, content) = Frame::read(&plain).map_err(|_| Fault::Inside)?;
    check_frame(&frame, expected.part, place)?;
    Ok(Opened { frame, content: Zeroizing::new(content.to_vec()) })
}

/// Opens a file of any size without holding it: first hashes what is sealed and compares, only then opens.
/// After an error what stands in `sink` must be thrown away.
///
/// # Errors
/// As [`open_part`], and [`Fault::Io`].
pub fn open_evidence(
    key: &PartKey,
    (source, sink): (&mut (impl Read + Seek), &mut impl Write),
    expected: &PartLine,
    place: &Belonging,
) -> Result<Frame, Fault> {
    source.rewind()?;
    let measured = measure(BufReader::new(&mut *source), Shape::of(expected.part.kind())).map_err(|_| Fault::Shape)?;
    if measured.sha256 != expected.sha256 || measured.size != expected.size {
        return Err(Fault::Bytes);
    }
    source.rewind()?;
    let mut header = [0; vault::HEADER];
    source.read_exact(&mut header)?;
    check_header(&header).map_err(|_| Fault::Shape)?;
    let mut plain = key.0.stream(header.chain(BufReader::new(source)))?;
    let mut start = Zeroizing::new(Vec::with_capacity(LONGEST_LINE));
    plain.by_ref().take(LONGEST_LINE as u64).read_to_end(&mut start).map_err(|_| Fault::Key)?;
    let (frame, line) = Frame::read_line(&start).map_err(|_| Fault::Inside)?;
    check_frame(&frame, expected.part, place)?;
    let rest = start.get(line..).unwrap_or_default().chain(plain);
    hand_out(rest, &frame, sink)?;
    Ok(frame)
}

/// Writes the content, compares its hash, and sees that only zeros follow.
fn hand_out(mut plain: impl Read, frame: &Frame, sink: &mut impl Write) -> Result<(), Fault> {
    let mut hashing = Hashing::default();
    let mut left = frame.length;
    let mut piece = Zeroizing::new(vec![0; 64 * 1024]);
    loop {
        let read = plain.read(&mut piece).map_err(|_| Fault::Key)?;
        if read == 0 {
            break;
        }
        let take = usize::try_from(left).unwrap_or(usize::MAX).min(read);
        let (content, padding) = piece.get(..read).and_then(|read| read.split_at_checked(take)).ok_or(Fault::Inside)?;
        if padding.iter().any(|byte| *byte != 0) {
            return Err(Fault::Inside);
        }
        hashing.update(content);
        sink.write_all(content)?;
        left -= u64::try_from(take).map_err(|_| Fault::Inside)?;
    }
    if left == 0 && hashing.finish() == frame.sha256 { Ok(()) } else { Err(Fault::Inside) }
}

fn check_frame(frame: &Frame, part: PartName, place: &Belonging) -> Result<(), Fault> {
    let here = frame.part == part
        && frame.report == place.report
        && frame.signer == place.signer
        && frame.receipt == place.receipt;
    if here { Ok(()) } else { Err(Fault::Context) }
}
