//! Challenges of the anonymous door: made without keeping anything, opened only by the one that made them; a few bytes are kept of each
//! that was used.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use http::HeaderValue;
use vault::hash::keyed;

/// The header in which a challenge travels out (`<challenge> <bits> <seconds to wait>`) and a proof in (`<challenge> <counter>` or
/// `<challenge> waited`).
pub(crate) const HEADER: http::HeaderName = http::HeaderName::from_static("putokaz-puzzle");

/// Seconds after which having waited counts as much as having solved.
pub(crate) const WAIT: i64 = 60;

/// Seconds after which a challenge is too old.
pub(crate) const LIFE: i64 = 1800;

/// A challenge: random bytes, when it was made, how hard it is, and its text with the maker's mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Challenge {
    pub(crate) fresh: [u8; 16],
    pub(crate) issued: i64,
    pub(crate) bits: u8,
    pub(crate) text: String,
}

impl Challenge {
    /// As a client reads it.
    pub(crate) fn header(&self) -> HeaderValue {
        let line = format!("{} {} {WAIT}", self.text, self.bits);
        HeaderValue::from_str(&line).unwrap_or(HeaderValue::from_static(""))
    }
}

/// What a client brings: the challenge's text, and a counter that solves it; none when it waited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proof {
    pub(crate) challenge: String,
    pub(crate) counter: Option<u64>,
}

impl Proof {
    /// Reads the header; what cannot be read is no proof.
    pub(crate) fn read(value: &HeaderValue) -> Option<Self> {
        let (challenge, counter) = value.to_str().ok()?.split_once(' ')?;
        let counter = if counter == "waited" { None } else { Some(counter.parse().ok()?) };
        Some(Self { challenge: challenge.to_owned(), counter })
    }
}

/// The maker's key, drawn at start: challenges do not outlive the process.
#[derive(Clone)]
pub(crate) struct Key([u8; 32]);

impl Key {
    pub(crate) fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    pub(crate) fn challenge(&self, fresh: [u8; 16], issued: i64, bits: u8) -> Challenge {
        let mut text = String::with_capacity(2 * WHOLE);
        for byte in fresh.iter().chain(&issued.to_be_bytes()).chain(&[bits]).chain(&self.mark(&fresh, issued, bits)) {
            // Writing into a string does not fail.
            write!(text, "{byte:02x}").ok();
        }
        Challenge { fresh, issued, bits, text }
    }

    /// The challenge of a text, when this key made it and it is not too old.
    pub(crate) fn open(&self, text: &str, now: i64) -> Option<Challenge> {
        let mut bytes = [0; WHOLE];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        let (fresh, rest) = bytes.split_first_chunk::<16>()?;
        let (issued, rest) = rest.split_first_chunk::<8>()?;
        let (bits, mark) = rest.split_first()?;
        let issued = i64::from_be_bytes(*issued);
        // A text is no secret to whom it was given; what a comparison's time tells helps nobody within its life.
        let own = self.mark(fresh, issued, *bits) == mark;
        let fits = own && (0..=LIFE).contains(&(now - issued));
        fits.then(|| Challenge { fresh: *fresh, issued, bits: *bits, text: text.to_owned() })
    }

    fn mark(&self, fresh: &[u8; 16], issued: i64, bits: u8) -> [u8; 16] {
        let message = [fresh.as_slice(), &issued.to_be_bytes(), &[bits]].concat();
        let whole = keyed(&self.0, &message);
        std::array::from_fn(|at| whole[at])
    }
}

/// Challenges kept at most: some ten megabytes.
const MOST: usize = 1 << 18;

/// Challenges that were used, until they would be too old anyway. However many are used, only so many are kept: of more, the oldest is
/// let go, and whoever brought so many has done the work for far more than that one could serve again.
#[derive(Default)]
pub(crate) struct Used(BTreeSet<(i64, [u8; 16])>);

impl Used {
    /// Keeps one.
    pub(crate) fn add(&mut self, challenge: &Challenge) {
        self.0.insert((challenge.issued, challenge.fresh));
        if self.0.len() > MOST {
            self.0.pop_first();
        }
    }

    /// Whether this one was used.
    pub(crate) fn has(&mut self, challenge: &Challenge, now: i64) -> bool {
        while self.0.first().is_some_and(|(issued, _)| now - issued > LIFE) {
            self.0.pop_first();
        }
        self.0.contains(&(challenge.issued, challenge.fresh))
    }
}

const WHOLE: usize = 16 + 8 + 1 + 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_opened_by_its_maker_unchanged_and_in_time() {
        let key = Key::new([1; 32]);
        let challenge = key.challenge([2; 16], 100, 17);
        assert_eq!(key.open(&challenge.text, 160), Some(challenge.clone()));
        assert_eq!(key.open(&challenge.text, 100 + LIFE + 1), None);
        assert_eq!(key.open(&challenge.text, 99), None);
        assert_eq!(Key::new([3; 32]).open(&challenge.text, 160), None);
        let easier = challenge.text.replacen("11", "00", 1);
        assert_eq!(key.open(&easier, 160), None);
    }

    #[test]
    fn of_used_challenges_only_so_many_are_kept_and_none_beyond_its_life() {
        let (key, mut used) = (Key::new([1; 32]), Used::default());
        let numbered = |number: u32| {
            let mut fresh = [0; 16];
            fresh.iter_mut().zip(number.to_be_bytes()).for_each(|(to, from)| *to = from);
            Challenge { fresh, ..key.challenge([0; 16], 100, 17) }
        };
        (0..u32::try_from(MOST).unwrap() + 9).for_each(|number| used.add(&numbered(number)));
        assert_eq!(used.0.len(), MOST);
        assert!(used.has(&numbered(9), 100) && !used.has(&numbered(8), 100), "the oldest was let go");
        assert!(!used.has(&numbered(9), 100 + LIFE + 1));
        assert!(used.0.is_empty());
    }

    #[test]
    fn a_proof_is_read_from_its_header_or_is_none() {
        let read = |text: &'static str| Proof::read(&HeaderValue::from_static(text));
        assert_eq!(read("ab 12"), Some(Proof { challenge: "ab".into(), counter: Some(12) }));
        assert_eq!(read("ab waited"), Some(Proof { challenge: "ab".into(), counter: None }));
        assert_eq!(read("ab"), None);
        assert_eq!(read("ab -1"), None);
    }
}
