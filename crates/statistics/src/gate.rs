//! The gate: nothing is published that an attacker with all releases so far could take apart.

use std::collections::BTreeMap;

use crate::attacker::{Attacker, related, rounded};
use crate::draw::MIDDLE_TELLS;
use crate::plan::{BASE, Limits, SHOWN_FROM};
use crate::record::Record;

/// What an attacker with all releases so far would learn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Small cells (true number 1 to 9) he was tried on.
    pub tried: usize,
    /// Of these, how many he narrows to less than ten numbers.
    pub narrowed: usize,
    /// Of these, how many he proves not to be zero.
    pub proven: usize,
    /// The most he learns about whether one incident is counted, everything else known, in percent: 0 nothing, 100 everything.
    pub advantage: u32,
}

impl Verdict {
    /// Whether the release may go out.
    pub fn passes(&self, limits: Limits) -> bool {
        self.narrowed == 0 && self.proven == 0 && self.advantage <= limits.advantage
    }
}

/// Judges a new release together with all before it.
pub(crate) fn judge(previous: &[Record], new: &Record) -> Verdict {
    let records = related(previous, new);
    let attacker = Attacker::of(&records, rounded);
    let mut verdict = Verdict { advantage: percent(advantage(&records, new)), ..Verdict::default() };
    for (index, record) in records.iter().enumerate() {
        for cell in small_cells(record) {
            let (least, greatest) = attacker.range(index, cell).unwrap_or((1.0, 1.0));
            verdict.tried += 1;
            verdict.narrowed += usize::from(greatest - least < f64::from(BASE) - SLACK);
            verdict.proven += usize::from(least > SLACK);
        }
    }
    verdict
}

/// What a linear program's answer may be off by.
const SLACK: f64 = 1e-6;

fn small_cells(record: &Record) -> impl Iterator<Item = usize> + '_ {
    record.secret.numbers.iter().enumerate().filter(|(_, number)| (1..BASE).contains(*number)).map(|(cell, _)| cell)
}

/// Patterns tried exactly. They are the ones whose bound is greatest, so the worst is among them even in a year of a hundred
/// thousand incidents; a year of the size expected here has fewer.
const TRIED_EXACTLY: usize = 1_000;

/// The total variation between what is published with and without one incident, for the incident it is greatest for.
fn advantage(records: &[&Record], new: &Record) -> f64 {
    let mut patterns: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
    for incident in new.secret.incidents.keys() {
        patterns.entry(pattern(records, *incident)).or_insert_with_key(|pattern| bound(pattern));
    }
    let mut patterns: Vec<(f64, Vec<u32>)> = patterns.into_iter().map(|(pattern, bound)| (bound, pattern)).collect();
    patterns.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut worst: f64 = 0.0;
    for (bound, pattern) in patterns.iter().take(TRIED_EXACTLY) {
        if *bound <= worst {
            break;
        }
        worst = worst.max(variation(pattern));
    }
    // Days are drawn on their own from values of which one incident exchanges one at most.
    let kept = if new.published.cells().any(|cell| cell.days.is_some()) { 1.0 - MIDDLE_TELLS } else { 1.0 };
    1.0 - (1.0 - worst) * kept
}

/// The numbers of the cells an incident touches, each draw once, cells that tell nothing left out.
fn pattern(records: &[&Record], incident: u64) -> Vec<u32> {
    let mut cells: BTreeMap<u64, u32> = BTreeMap::new();
    for record in records {
        for cell in record.secret.incidents.get(&incident).into_iter().flatten().map(|cell| usize::from(*cell)) {
            if let (Some(draw), Some(number)) = (record.secret.draws.get(cell), record.secret.numbers.get(cell)) {
                cells.insert(*draw, *number);
            }
        }
    }
    // Above twenty only the last digit matters: 20 to 29 stand for all that follow.
    let class = |number: u32| if number < SHOWN_FROM + BASE { number } else { SHOWN_FROM + BASE + number % BASE };
    let mut pattern: Vec<u32> = cells.into_values().filter(|number| *number > BASE).map(class).collect();
    pattern.sort_unstable();
    pattern
}

/// The chance of each text a cell of this number can show: the lower multiple, the upper one.
pub(crate) fn chances(number: u32) -> BTreeMap<u32, f64> {
    let rest = number % BASE;
    let shown = |number: u32| if number < SHOWN_FROM { 0 } else { number };
    let up = f64::from(rest) / f64::from(BASE);
    let mut chances = BTreeMap::from([(shown(number - rest), 1.0 - up)]);
    *chances.entry(shown(number - rest + BASE)).or_insert(0.0) += up;
    chances
}

/// For one cell: the chances of each outcome with the incident and without it.
fn outcomes(number: u32) -> Vec<(f64, f64)> {
    let (with, without) = (chances(number), chances(number.saturating_sub(1)));
    let keys: std::collections::BTreeSet<u32> = with.keys().chain(without.keys()).copied().collect();
    keys.iter().map(|key| (with.get(key).copied().unwrap_or(0.0), without.get(key).copied().unwrap_or(0.0))).collect()
}

/// Exact total variation of the joint outcome of independent cells.
fn variation(pattern: &[u32]) -> f64 {
    let joint = pattern.iter().fold(vec![(1.0, 1.0)], |joint, number| {
        let cell = outcomes(*number);
        joint.iter().flat_map(|(p, q)| cell.iter().map(move |(with, without)| (p * with, q * without))).collect()
    });
    joint.iter().map(|(p, q): &(f64, f64)| (p - q).abs()).sum::<f64>() / 2.0
}

/// No less than the variation, and quick: from the Bhattacharyya coefficients of the cells.
fn bound(pattern: &[u32]) -> f64 {
    let overlap: f64 =
        pattern.iter().map(|number| outcomes(*number).iter().map(|(p, q)| (p * q).sqrt()).sum::<f64>()).product();
    (1.0 - overlap * overlap).max(0.0).sqrt()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share between 0 and 1 becomes 0 to 100, rounded up"
)]
fn percent(share: f64) -> u32 {
    (share.clamp(0.0, 1.0) * 100.0).ceil() as u32
}
