//! Keyed random rounding: the same cell with the same incidents is always drawn the same, and nobody without the key can say how.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The secret behind the draws and the seals of a deployment's releases. Never printable; whoever has it can undo the rounding's chance.
pub struct ReleaseKey(Zeroizing<[u8; 32]>);

impl ReleaseKey {
    /// From 32 random bytes that the deployment keeps for good: a new key would draw published cells again.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// A keyed hash for one purpose.
    pub(crate) fn mac(&self, purpose: &str) -> Hmac<Sha256> {
        let mut block = Zeroizing::new([0_u8; 64]);
        block.iter_mut().zip(self.0.iter()).for_each(|(place, byte)| *place = *byte);
        let mut mac = <Hmac<Sha256> as hmac::digest::KeyInit>::new((&*block).into());
        mac.update(purpose.as_bytes());
        mac.update(b"\n");
        mac
    }
}

/// From how many of the middle values of a cell one is drawn.
pub(crate) const MIDDLE: usize = 10;
/// The most that one value drawn from them tells about whether one more value was there.
pub(crate) const MIDDLE_TELLS: f64 = 0.1;

/// The draw of one cell, fed with the incidents in it in ascending order.
#[derive(Clone)]
pub(crate) struct Draw(Hmac<Sha256>);

impl Draw {
    /// Begins the draw of a cell. `cell` names what is counted (unit, period, values), not where it stands, so that
    /// the same number printed in two tables is rounded once: two draws would narrow it down.
    pub(crate) fn begin(key: &ReleaseKey, cell: &str) -> Self {
        let mut mac = key.mac("putokaz/1 draw");
        mac.update(cell.as_bytes());
        mac.update(b"\n");
        Self(mac)
    }

    /// Adds an incident to the cell.
    pub(crate) fn add(&mut self, incident: &[u8; 16]) {
        self.0.update(incident);
    }

    /// A keyed hash of who is in the cell: cells with the same tag were drawn as one.
    pub(crate) fn tag(&self) -> u64 {
        let bytes = self.0.clone().finalize().into_bytes();
        bytes.iter().skip(8).take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    /// One of the values, drawn from the middle [`MIDDLE`] of them: a median that no single value decides. One value more or
    /// less exchanges at most one of those it is drawn from, so it tells at most a tenth about anybody. `None` for fewer values.
    pub(crate) fn middle(&self, mut values: Vec<u16>) -> Option<u16> {
        values.sort_unstable();
        let begin = values.len().checked_sub(MIDDLE)? / 2;
        let bytes = self.0.clone().finalize().into_bytes();
        let uniform = bytes.iter().skip(16).take(8).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        let place = usize::try_from((uniform * MIDDLE as u128) >> 64).ok()?;
        values.get(begin + place).copied()
    }

    /// The count rounded to a multiple of `base`: up with the probability remainder / base, so that the mean is right.
    pub(crate) fn round(self, count: u32, base: u32) -> u32 {
        let bytes = self.0.finalize().into_bytes();
        let uniform = bytes.iter().take(8).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        let rest = count % base;
        let up = (uniform * u128::from(base)) >> 64 < u128::from(rest);
        count - rest + if up { base } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(trial: u32, count: u32) -> u32 {
        let mut draw = Draw::begin(&ReleaseKey::new([7; 32]), &format!("cell {trial}"));
        draw.add(&[1; 16]);
        draw.round(count, 10)
    }

    #[test]
    fn the_same_cell_is_always_drawn_the_same() {
        assert!((0..50).all(|trial| rounded(trial, 25) == rounded(trial, 25)));
    }

    #[test]
    fn another_incident_in_the_cell_draws_anew() {
        let draw = |last: u8| {
            let mut draw = Draw::begin(&ReleaseKey::new([7; 32]), "cell");
            draw.add(&[last; 16]);
            draw.round(25, 10)
        };
        assert!((0..50).map(draw).collect::<std::collections::BTreeSet<_>>().len() == 2);
    }

    #[test]
    fn a_middle_value_is_one_of_the_middle_ten_and_few_values_have_none() {
        let drawn = |trial: u32, end: u16| {
            Draw::begin(&ReleaseKey::new([7; 32]), &format!("cell {trial}")).middle((0..end).rev().collect())
        };
        let seen: std::collections::BTreeSet<u16> = (0..400).filter_map(|trial| drawn(trial, 30)).collect();
        assert_eq!(seen, (10..20).collect());
        assert_eq!(drawn(0, 9), None);
    }

    #[test]
    fn the_mean_error_is_small_and_no_error_reaches_the_base() {
        for count in [1, 4, 15, 29, 100] {
            let errors: Vec<i64> =
                (0..10_000).map(|trial| i64::from(rounded(trial, count)) - i64::from(count)).collect();
            assert!(errors.iter().all(|error| error.abs() < 10));
            let sum: i64 = errors.iter().sum();
            assert!(sum.abs() <= 2_000, "mean error of {count}: {sum} / 10000");
        }
    }
}
