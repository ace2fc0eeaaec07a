//! Challenges to sign in with: made without keeping anything, and known again by their maker's mark. Of one that was answered the
//! store remembers the hash, so that it is good once; however many are asked for, nothing is kept of the others.

use store::Moment;
use vault::hash::keyed;

/// Minutes in which a challenge can be answered.
const MINUTES: i32 = 5;

/// Random bytes, the minute in which it ends, the maker's mark.
pub(crate) type Challenge = [u8; 32];

/// The maker's key, drawn at start: challenges do not outlive the process.
#[derive(Clone)]
pub(crate) struct Challenges([u8; 32]);

impl Challenges {
    pub(crate) const fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// One that can be answered from now on.
    pub(crate) fn make(&self, fresh: [u8; 12], now: Moment) -> Challenge {
        self.marked(fresh, now.plus_minutes(MINUTES).minute())
    }

    /// Until when it can be answered; none when it is too old or this key did not make it. What a comparison's time tells helps
    /// nobody: another challenge is to be had for the asking.
    pub(crate) fn end(&self, challenge: &Challenge, now: Moment) -> Option<Moment> {
        let (fresh, rest) = challenge.split_first_chunk::<12>()?;
        let (minute, _) = rest.split_first_chunk::<4>()?;
        let minute = i32::from_be_bytes(*minute);
        let end = Moment::of_unix_seconds(i64::from(minute) * 60);
        (self.marked(*fresh, minute) == *challenge && end > now).then_some(end)
    }

    fn marked(&self, fresh: [u8; 12], end: i32) -> Challenge {
        let said = [fresh.as_slice(), &end.to_be_bytes()].concat();
        let mark = keyed(&self.0, &said);
        let mut whole = said.into_iter().chain(mark);
        std::array::from_fn(|_| whole.next().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_known_by_its_maker_unchanged_and_in_time() {
        let (maker, now) = (Challenges::new([1; 32]), Moment::of_unix_seconds(1_795_176_000));
        let made = maker.make([2; 12], now);
        let end = now.plus_minutes(MINUTES);
        assert_eq!(maker.end(&made, now), Some(end));
        assert_eq!(maker.end(&made, end.plus_minutes(-1)), Some(end));
        assert_eq!(maker.end(&made, end), None, "its time is over");
        assert_eq!(Challenges::new([3; 32]).end(&made, now), None, "another made it");
        for place in 0..made.len() {
            let mut changed = made;
            changed[place] ^= 1;
            assert_eq!(maker.end(&changed, now), None, "byte {place}");
        }
    }
}
