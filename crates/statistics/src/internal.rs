//! Exact counts of an institution's own cases: for its own eyes, never a release.

use crate::columns::Columns;
use crate::count::{Counts, Grid};
use crate::draw::ReleaseKey;
use crate::period::Period;
use crate::plan::Plan;

/// Exact counts. No form of it is a [`crate::Published`]; it has neither CSV nor JSON, and pages that show it log the look.
pub struct Internal {
    grid: Grid,
    numbers: Vec<u32>,
}

impl Internal {
    /// Counts the rows an institution may read (its own cases; the caller selects them) as a table of the plan, exactly.
    /// `None` when the plan has no such table.
    pub fn count(plan: &Plan, own: &Columns, table: &str, period: Period) -> Option<Self> {
        let table = plan.table(table)?;
        let block = crate::count::block(own, table.unit);
        let holds =
            |incident: usize| block.when.get(incident).copied().flatten().is_some_and(|event| period.holds(event));
        // Nothing is drawn here, so any key will do.
        let counts = Counts::begin(plan, table, period, &ReleaseKey::new([0; 32])).fill(table, own, holds);
        Some(Self { grid: counts.grid, numbers: counts.numbers })
    }

    /// Row, column (`None` where it is a margin) and the exact number of every cell.
    pub fn cells(&self) -> impl Iterator<Item = (Option<&str>, Option<&str>, u32)> {
        self.grid.places.iter().zip(&self.numbers).map(|(place, number)| {
            let (row, column) = self.grid.values(*place);
            (row, column, *number)
        })
    }
}
