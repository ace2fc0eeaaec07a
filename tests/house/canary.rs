//! Words planted in sealed fields, and the search for them in whatever bytes a thief could hold.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use memchr::memmem;

/// A word that stands nowhere else: 24 letters, drawn by the caller.
#[derive(Clone)]
pub struct Canary {
    /// The sealed field it was planted in.
    pub field: &'static str,
    /// The word itself.
    pub word: String,
}

impl Canary {
    /// A canary for `field` from 24 bytes of chance.
    pub fn of(field: &'static str, chance: [u8; 24]) -> Self {
        let letters = chance.iter().map(|byte| char::from(b'a' + byte % 26));
        Self { field, word: letters.collect() }
    }

    /// The names of the encodings in which this word, or half of it, stands in `bytes`.
    pub fn traces(&self, bytes: &[u8]) -> Vec<&'static str> {
        let found = |pattern: &[u8]| memmem::find(bytes, pattern).is_some();
        self.encodings().into_iter().filter(|(_, pattern)| found(pattern)).map(|(name, _)| name).collect()
    }

    fn encodings(&self) -> Vec<(&'static str, Vec<u8>)> {
        let plain = self.word.as_bytes();
        let (first, second) = plain.split_at(plain.len() / 2);
        let mut patterns = vec![
            ("plain", plain.to_vec()),
            ("first half", first.to_vec()),
            ("second half", second.to_vec()),
            ("reversed", plain.iter().rev().copied().collect()),
            ("upper case", plain.to_ascii_uppercase()),
            ("hexadecimal", hex::encode(plain).into_bytes()),
            ("HEXADECIMAL", hex::encode_upper(plain).into_bytes()),
            ("percent", plain.iter().flat_map(|byte| format!("%{byte:02x}").into_bytes()).collect()),
            ("UTF-16 little-endian", plain.iter().flat_map(|byte| [*byte, 0]).collect()),
            ("UTF-16 big-endian", plain.iter().flat_map(|byte| [0, *byte]).collect()),
        ];
        for shift in 0..3 {
            patterns.push(("base64", base64_core(plain, shift, &STANDARD_NO_PAD)));
            patterns.push(("base64url", base64_core(plain, shift, &URL_SAFE_NO_PAD)));
        }
        patterns
    }
}

/// The letters that base64 shows for `plain` wherever it begins at `shift` modulo three, without those its neighbours share.
fn base64_core(plain: &[u8], shift: usize, engine: &impl Engine) -> Vec<u8> {
    let mut padded = vec![0; shift];
    padded.extend_from_slice(plain);
    let text = engine.encode(&padded).into_bytes();
    let (begin, end) = (if shift == 0 { 0 } else { shift + 1 }, text.len() - 2);
    text.get(begin..end).unwrap_or_default().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_word_is_found_in_every_dress() {
        let canary = Canary::of("narrative", *b"abcdefghijklmnopqrstuvwx");
        let around = |middle: &[u8]| [b"before ".as_slice(), middle, b" after"].concat();
        for shift in 0..3 {
            let text = [&b"xyz"[..shift], canary.word.as_bytes(), b"tail"].concat();
            assert!(!canary.traces(STANDARD_NO_PAD.encode(&text).as_bytes()).is_empty(), "base64 at {shift}");
            assert!(!canary.traces(URL_SAFE_NO_PAD.encode(&text).as_bytes()).is_empty(), "base64url at {shift}");
        }
        for (name, pattern) in canary.encodings() {
            assert!(!canary.traces(&around(&pattern)).is_empty(), "{name}");
        }
        assert!(canary.traces(b"nothing of the kind").is_empty());
    }
}
