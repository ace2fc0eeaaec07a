//! The sizes that exist. A size says which bucket, and nothing else.

use std::fmt;

use report::PartKind;

/// Bytes of our only header.
pub const HEADER: usize = 1627;

/// Bytes of a grant's and a wrap's plaintext.
pub(crate) const KEY_LINE: u64 = 512;

const CHUNK: u64 = 64 * 1024;
const TAG: u64 = 16;
const NONCE: u64 = 16;
const BUCKETS: [u64; 3] = [16 * 1024, 64 * 1024, 256 * 1024];
const EVIDENCE_FLOOR: u64 = 64 * 1024;
const EVIDENCE_MOST: u64 = 2 * 1024 * 1024 * 1024;

/// Bytes are not one of our sealed files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOurs {
    /// Of no size we write.
    Size,
    /// Not the header we write: cut, armoured, more than one stanza, not canonical, or no age file at all.
    Header,
    /// An age file of another suite.
    Suite,
}

impl NotOurs {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Size => "sealed-size",
            Self::Header => "sealed-header",
            Self::Suite => "sealed-suite",
        }
    }
}

impl fmt::Display for NotOurs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for NotOurs {}

/// Which sizes a sealed file may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A grant or a wrap: one size.
    Key,
    /// A part with words: three buckets.
    Text,
    /// A file: Padmé from 64 KiB to 2 GiB, so that at most 12 % are padding and a size tells few bits.
    Evidence,
}

impl Shape {
    /// More bytes than any sealed file has.
    pub const LARGEST: u64 = sealed_size(EVIDENCE_MOST) + 1;

    /// The shape of a part of this kind.
    pub const fn of(kind: PartKind) -> Self {
        match kind {
            PartKind::Evidence => Self::Evidence,
            _ => Self::Text,
        }
    }

    /// Whether a sealed file of this many bytes exists in this shape.
    pub fn admits(self, size: u64) -> bool {
        plain_size(size).is_some_and(|plain| self.bucket(plain) == Some(plain))
    }

    /// The plaintext size that so many bytes are padded to; `None` when they are too many.
    pub(crate) fn bucket(self, length: u64) -> Option<u64> {
        match self {
            Self::Key => (length <= KEY_LINE).then_some(KEY_LINE),
            Self::Text => BUCKETS.into_iter().find(|bucket| length <= *bucket),
            Self::Evidence => Some(padme(length.max(EVIDENCE_FLOOR))).filter(|size| *size <= EVIDENCE_MOST),
        }
    }
}

/// The size of a sealed file over this many bytes.
pub const fn sealed_size(plain: u64) -> u64 {
    let chunks = plain.div_ceil(CHUNK);
    HEADER as u64 + NONCE + plain + TAG * if chunks == 0 { 1 } else { chunks }
}

/// The other way; `None` when no plaintext gives this size.
fn plain_size(sealed: u64) -> Option<u64> {
    let payload = sealed.checked_sub(HEADER as u64 + NONCE)?;
    let plain = payload.checked_sub(TAG * payload.div_ceil(CHUNK + TAG))?;
    (sealed_size(plain) == sealed).then_some(plain)
}

/// Padmé: keeps only the leading bits of a length, about log log of it, so that few lengths exist.
fn padme(length: u64) -> u64 {
    let Some(exponent) = length.checked_ilog2() else { return length };
    let kept = exponent.checked_ilog2().map_or(0, |bits| bits + 1);
    let mask = (1 << exponent.saturating_sub(kept)) - 1;
    (length + mask) & !mask
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_sizes_of_the_format_are_these() {
        assert_eq!(sealed_size(512), 2171);
        assert_eq!(sealed_size(16 * 1024), 18043);
        assert_eq!(sealed_size(0), 1627 + 16 + 16);
        assert!(Shape::Key.admits(2171) && !Shape::Key.admits(2172) && !Shape::Text.admits(2171));
    }

    #[test]
    fn padding_of_files_is_padmes() {
        // From the algorithm: 1 MiB + 1 keeps five leading bits.
        assert_eq!(padme(1024 * 1024), 1024 * 1024);
        assert_eq!(padme(1024 * 1024 + 1), 1024 * 1024 + 32 * 1024);
        assert_eq!(Shape::Evidence.bucket(1), Some(64 * 1024));
        assert_eq!(Shape::Evidence.bucket(EVIDENCE_MOST + 1), None);
    }

    proptest! {
        #[test]
        fn every_length_has_one_bucket_that_holds_it(length in 0..EVIDENCE_MOST) {
            let bucket = Shape::Evidence.bucket(length).unwrap();
            prop_assert!(bucket >= length && Shape::Evidence.admits(sealed_size(bucket)));
            prop_assert!(length < EVIDENCE_FLOOR || bucket - length <= length / 8);
            prop_assert_eq!(plain_size(sealed_size(length)), Some(length));
        }
    }
}
