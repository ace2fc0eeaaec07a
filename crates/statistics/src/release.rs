//! From rows to a published table, or to the reason why not.

use std::collections::BTreeMap;

use report::Day;

use crate::columns::{Block, Columns};
use crate::count::{Counts, block};
use crate::draw::{Draw, ReleaseKey};
use crate::gate::{self, Verdict};
use crate::period::Period;
use crate::plan::{BASE, Plan, SHOWN_FROM, Table};
use crate::published::{Published, Sheet};
use crate::record::{Pseudonyms, Record, Secret};

/// Everything a release is made from: the plan, the columns of one snapshot, the deployment's key and all releases so far.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The counted rows.
    pub columns: &'a Columns,
    /// The deployment's key.
    pub key: &'a ReleaseKey,
    /// All releases so far, of all tables.
    pub previous: &'a [Record],
}

/// Why a table is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The plan has no such table.
    UnknownTable,
    /// The plan publishes this table for longer periods only.
    TooFine,
    /// The period has not ended.
    NotOver,
    /// This table was published for this period, or for one that shares a day with it. Each is published once.
    AlreadyPublished,
    /// An attacker with all releases so far would learn too much.
    Unsafe {
        /// What he would learn.
        verdict: Verdict,
        /// The next longer period that would be safe: *show as half-year*.
        show_as: Option<Period>,
    },
}

impl Refused {
    /// The stable code: a problem's code and the stem of the keys in `words`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownTable => "statistics-unknown-table",
            Self::TooFine => "statistics-period-too-short",
            Self::NotOver => "statistics-period-not-over",
            Self::AlreadyPublished => "statistics-already-published",
            Self::Unsafe { .. } => "statistics-unsafe",
        }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.code())
    }
}

impl std::error::Error for Refused {}

/// Publishes one table of the plan for one period: counts, rounds, hides, and lets the gate judge it together with all
/// releases so far. An incident of an earlier, already published period that was not in it counts in this one.
///
/// `today` is the day of the release, in UTC.
///
/// # Errors
/// [`Refused`], with its stable code. Nothing is ever published in part.
pub fn release(run: &Run<'_>, table: &str, period: Period, today: Day) -> Result<Record, Refused> {
    let table = run.plan.table(table).ok_or(Refused::UnknownTable)?;
    if period.grain() < table.period {
        return Err(Refused::TooFine);
    }
    let (record, verdict) = attempt(run, table, period, today)?;
    if verdict.passes(run.plan.limits) {
        return Ok(record);
    }
    let longer = std::iter::successors(period.coarser(), |period| period.coarser());
    let safe =
        |period: &Period| attempt(run, table, *period, today).is_ok_and(|(_, verdict)| verdict.passes(run.plan.limits));
    Err(Refused::Unsafe { verdict, show_as: longer.into_iter().find(safe) })
}

fn attempt(run: &Run<'_>, table: &Table, period: Period, today: Day) -> Result<(Record, Verdict), Refused> {
    if today <= period.last() {
        return Err(Refused::NotOver);
    }
    let published = |record: &&Record| record.published.table() == table.code;
    if run.previous.iter().filter(published).any(|record| record.published.period().overlaps(period)) {
        return Err(Refused::AlreadyPublished);
    }
    let record = record(run, table, period, today);
    let verdict = gate::judge(run.previous, &record);
    Ok((record, verdict))
}

fn record(run: &Run<'_>, table: &Table, period: Period, today: Day) -> Record {
    let block = block(run.columns, table.unit);
    let past: Vec<&Record> = run.previous.iter().filter(|record| record.published.table() == table.code).collect();
    let is_counted = |number: u64| past.iter().any(|record| record.secret.incidents.contains_key(&number));
    let pseudonyms = Pseudonyms::of(run.key);
    let name = |incident: usize| block.ids.get(incident).map(|id| pseudonyms.number(id)).unwrap_or_default();
    let belongs = |incident: usize| {
        let Some(event) = block.when.get(incident).copied().flatten() else { return false };
        let is_late = || {
            past.iter().any(|record| {
                record.published.period().first() < period.first() && record.published.period().holds(event)
            })
        };
        (period.holds(event) || is_late()) && (past.is_empty() || !is_counted(name(incident)))
    };
    let counts = Counts::begin(run.plan, table, period, run.key).fill(table, run.columns, belongs);
    let incidents = counts.touched.iter().map(|(incident, cells)| {
        (name(*incident), cells.iter().filter_map(|(cell, _)| u16::try_from(*cell).ok()).collect())
    });
    let incidents: BTreeMap<u64, Vec<u16>> = incidents.collect();
    let days = days(&counts, block);
    close(run.plan, (table, days), (period, today), counts, incidents)
}

/// For every cell of answered referrals one of the middle numbers of days.
fn days(counts: &Counts, block: &Block) -> Vec<Option<u16>> {
    let mut told = vec![Vec::new(); counts.numbers.len()];
    for (referral, cells) in &counts.touched {
        for (cell, _) in cells.iter().filter(|(cell, _)| counts.grid.is_inner(*cell)) {
            if let Some(told) = told.get_mut(*cell) {
                told.extend(block.days.of(*referral));
            }
        }
    }
    told.into_iter().zip(&counts.draws).map(|(told, draw)| draw.middle(told)).collect()
}

/// Rounds and hides what was counted.
fn close(
    plan: &Plan,
    (table, mut days): (&Table, Vec<Option<u16>>),
    when: (Period, Day),
    counts: Counts,
    incidents: BTreeMap<u64, Vec<u16>>,
) -> Record {
    let draws = counts.draws.iter().map(Draw::tag).collect();
    let shown = counts.numbers.iter().zip(&counts.draws).enumerate().map(|(cell, (number, draw))| {
        let rounded = draw.clone().round(*number, BASE);
        (rounded >= SHOWN_FROM && counts.has_sources(plan, cell)).then_some(rounded)
    });
    let shown: Vec<Option<u32>> = shown.collect();
    days.iter_mut().zip(&shown).filter(|(_, number)| number.is_none()).for_each(|(days, _)| *days = None);
    let published = Published(Sheet {
        table: table.code.clone(),
        title: table.title.clone(),
        plan: plan.version,
        unit: table.unit,
        period: when.0,
        reported: when.1,
        coverage: coverage(counts.active_sources()).to_owned(),
        adds_up: table.responses == 1,
        row_dimension: table.rows,
        column_dimension: table.columns,
        numbers: shown,
        days,
        places: counts.grid.places,
        rows: counts.grid.rows,
        columns: counts.grid.columns,
    });
    Record { published, secret: Secret { numbers: counts.numbers, draws, incidents } }
}

/// How many sources reported, in words too coarse to tell when one joins.
fn coverage(sources: usize) -> &'static str {
    match sources {
        0..3 => "fewer than 3",
        3..6 => "3 to 5",
        6..11 => "6 to 10",
        _ => "more than 10",
    }
}
