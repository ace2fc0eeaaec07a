//! What is inside a sealed part: one line, the content, zeros (docs/formats.md, "Part").

use std::fmt;

use report::{PartName, ReportId, Sha256};
use serde::{Deserialize, Serialize};
use signed::PublicKey;
use zeroize::Zeroizing;

use crate::fault::SealFault;
use crate::hash::sha256;
use crate::hybrid::Recipient;
use crate::shape::Shape;
use crate::strict::Version1;

/// More than any frame's line needs; what has no line feed by then is no frame.
pub const LONGEST_LINE: usize = 4096;

/// The first line of a frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// Always 1.
    pub version: Version1,
    /// The report it belongs to.
    pub report: ReportId,
    /// The part it is.
    pub part: PartName,
    /// Bytes of the content.
    pub length: u64,
    /// Hash of the content.
    pub sha256: Sha256,
    /// Who states the part.
    pub signer: PublicKey,
    /// The reporter's recipient: an answer is sealed to it without trusting the server.
    pub receipt: Recipient,
}

/// An opened plaintext is not a frame, or not the frame of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAFrame;

impl fmt::Display for NotAFrame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what was sealed is not a frame")
    }
}

impl std::error::Error for NotAFrame {}

impl Frame {
    /// The line with its line feed.
    pub(crate) fn line(&self) -> Result<Vec<u8>, SealFault> {
        let mut line = serde_json::to_vec(self).map_err(|_| SealFault::Cipher)?;
        line.push(b'\n');
        Ok(line)
    }

    /// The whole plaintext: line, content, zeros up to the bucket.
    pub(crate) fn write(&self, content: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealFault> {
        let line = self.line()?;
        let length = u64::try_from(line.len() + content.len()).map_err(|_| SealFault::TooLarge)?;
        let bucket = Shape::of(self.part.kind()).bucket(length).ok_or(SealFault::TooLarge)?;
        let bucket = usize::try_from(bucket).map_err(|_| SealFault::TooLarge)?;
        let mut plain = Zeroizing::new(Vec::with_capacity(bucket));
        plain.extend_from_slice(&line);
        plain.extend_from_slice(content);
        plain.resize(bucket, 0);
        Ok(plain)
    }

    /// Reads the line of a frame, and how many bytes it takes with its line feed.
    ///
    /// # Errors
    /// [`NotAFrame`].
    pub fn read_line(plain: &[u8]) -> Result<(Self, usize), NotAFrame> {
        let end = plain.iter().take(LONGEST_LINE).position(|byte| *byte == b'\n').ok_or(NotAFrame)?;
        let line = plain.get(..end).ok_or(NotAFrame)?;
        Ok((serde_json::from_slice(line).map_err(|_| NotAFrame)?, end + 1))
    }

    /// Reads a whole frame and compares length, hash and padding with what its line says.
    ///
    /// # Errors
    /// [`NotAFrame`].
    pub fn read(plain: &[u8]) -> Result<(Self, &[u8]), NotAFrame> {
        let (frame, start) = Self::read_line(plain)?;
        let rest = plain.get(start..).ok_or(NotAFrame)?;
        let length = usize::try_from(frame.length).ok().filter(|length| *length <= rest.len()).ok_or(NotAFrame)?;
        let (content, padding) = rest.split_at_checked(length).ok_or(NotAFrame)?;
        let used = u64::try_from(start + length).map_err(|_| NotAFrame)?;
        let padded = Shape::of(frame.part.kind()).bucket(used) == u64::try_from(plain.len()).ok();
        let good = padded && sha256(content) == frame.sha256 && padding.iter().all(|byte| *byte == 0);
        if good { Ok((frame, content)) } else { Err(NotAFrame) }
    }
}
