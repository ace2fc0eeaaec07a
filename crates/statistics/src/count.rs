//! Counting one table for one period.

use std::collections::{BTreeMap, BTreeSet};

use crate::columns::{Block, Columns};
use crate::draw::{Draw, ReleaseKey};
use crate::period::Period;
use crate::plan::{Dimension, PROTECTED, Plan, Table, Unit};

/// Where a cell stands: row and column by number; `None` is all of them.
pub(crate) type Place = (Option<usize>, Option<usize>);

/// The cells of a table: the inner ones row by row, the margins the plan wants, the total last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    pub(crate) rows: Vec<String>,
    /// Empty when the table has rows only.
    pub(crate) columns: Vec<String>,
    pub(crate) places: Vec<Place>,
    /// For every place, wanted or not, where its cell is.
    index: Vec<Option<usize>>,
    /// Where each of the plan's values stands in rows and columns.
    row_of: Vec<usize>,
    column_of: Vec<usize>,
}

impl Grid {
    pub(crate) fn of(plan: &Plan, table: &Table, period: Period) -> Self {
        let (rows, row_of) = axis(plan, table, table.rows, period);
        let (columns, column_of) = table.columns.map(|columns| axis(plan, table, columns, period)).unwrap_or_default();
        let numbers = |end: usize| (0..end).map(Some).chain([None]);
        let all: Vec<Place> =
            numbers(rows.len()).flat_map(|row| numbers(columns.len()).map(move |column| (row, column))).collect();
        let wanted = |place: &Place| match place {
            (Some(_), None) => columns.is_empty() || table.margins.rows(),
            (None, Some(_)) => table.margins.columns(),
            _ => true,
        };
        let mut count = 0..;
        let index = all.iter().map(|place| if wanted(place) { count.next() } else { None }).collect();
        let places = all.iter().copied().filter(wanted).collect();
        Self { rows, columns, places, index, row_of, column_of }
    }

    /// The cell of a place, where the table has one.
    pub(crate) fn cell(&self, (row, column): Place) -> Option<usize> {
        let (row, column) = (row.unwrap_or(self.rows.len()), column.unwrap_or(self.columns.len()));
        self.index.get(row * (self.columns.len() + 1) + column).copied().flatten()
    }

    /// Whether a cell is no margin and no total.
    pub(crate) fn is_inner(&self, cell: usize) -> bool {
        matches!(self.places.get(cell), Some((Some(_), Some(_))))
    }

    /// The row's and the column's value of a place.
    pub(crate) fn values(&self, (row, column): Place) -> (Option<&str>, Option<&str>) {
        (
            row.and_then(|row| self.rows.get(row)).map(String::as_str),
            column.and_then(|column| self.columns.get(column)).map(String::as_str),
        )
    }
}

fn axis(plan: &Plan, table: &Table, dimension: Dimension, period: Period) -> (Vec<String>, Vec<usize>) {
    let shown = plan.shown_values(table, dimension, period.grain());
    let folded = shown.iter().position(|value| *value == PROTECTED).unwrap_or_default();
    let all = plan.values.get(&dimension).map_or(&[][..], Vec::as_slice);
    let places = all.iter().map(|value| shown.iter().position(|other| other == value).unwrap_or(folded)).collect();
    (shown.into_iter().map(str::to_owned).collect(), places)
}

/// What was counted: for every cell the number, the sources and the draw.
pub(crate) struct Counts {
    pub(crate) grid: Grid,
    pub(crate) numbers: Vec<u32>,
    pub(crate) draws: Vec<Draw>,
    by_source: Vec<u32>,
    sources: usize,
    /// The incidents counted, by position in the block, and the cells each one touched.
    pub(crate) touched: Vec<(usize, Vec<(usize, u32)>)>,
}

impl Counts {
    /// An empty table: every cell with its draw begun.
    pub(crate) fn begin(plan: &Plan, table: &Table, period: Period, key: &ReleaseKey) -> Self {
        let grid = Grid::of(plan, table, period);
        let begin = |place: &Place| Draw::begin(key, &name(table, period, grid.values(*place)));
        let draws: Vec<Draw> = grid.places.iter().map(begin).collect();
        Self { numbers: vec![0; draws.len()], grid, draws, by_source: Vec::new(), sources: 0, touched: Vec::new() }
    }

    /// Counts the incidents that `belongs` lets in.
    pub(crate) fn fill(mut self, table: &Table, columns: &Columns, belongs: impl Fn(usize) -> bool) -> Self {
        let block = block(columns, table.unit);
        self.sources = columns.sources;
        self.by_source = vec![0; self.numbers.len() * self.sources];
        for incident in (0..block.ids.len()).filter(|incident| belongs(*incident)) {
            self.add(block, table, incident);
        }
        self
    }

    fn add(&mut self, block: &Block, table: &Table, incident: usize) {
        let touched = self.grid.touched(block, table, incident);
        let Some(id) = block.ids.get(incident).filter(|_| !touched.is_empty()) else { return };
        for (cell, weight) in &touched {
            if let (Some(number), Some(draw)) = (self.numbers.get_mut(*cell), self.draws.get_mut(*cell)) {
                *number += weight;
                draw.add(id);
            }
            for source in block.sources.of(incident) {
                if let Some(place) = self.by_source.get_mut(cell * self.sources + usize::from(*source)) {
                    *place += weight;
                }
            }
        }
        self.touched.push((incident, touched));
    }

    /// Whether a cell has enough sources, and none that gave too much of it.
    pub(crate) fn has_sources(&self, plan: &Plan, cell: usize) -> bool {
        let begin = cell * self.sources;
        let of_cell = self.by_source.get(begin..begin + self.sources).unwrap_or_default();
        let (active, largest) =
            (of_cell.iter().filter(|count| **count > 0).count(), of_cell.iter().max().copied().unwrap_or(0));
        let number = self.numbers.get(cell).copied().unwrap_or(0);
        let limits = plan.limits;
        active >= limits.sources as usize && u64::from(largest) * 100 <= u64::from(number) * u64::from(limits.dominance)
    }

    /// How many sources the whole table has.
    pub(crate) fn active_sources(&self) -> usize {
        let begin = self.grid.places.len().saturating_sub(1) * self.sources;
        self.by_source.get(begin..).unwrap_or_default().iter().filter(|count| **count > 0).count()
    }
}

impl Grid {
    /// The cells an incident counts in, margins and total among them, each once.
    fn touched(&self, block: &Block, table: &Table, incident: usize) -> Vec<(usize, u32)> {
        let places: BTreeMap<Place, u32> = match table.unit {
            Unit::Persons => self.places_of_persons(block, table, incident),
            Unit::Events | Unit::Referrals => self.places_of_event(block, table, incident),
        };
        places.into_iter().filter_map(|(place, weight)| Some((self.cell(place)?, weight))).collect()
    }

    fn places_of_event(&self, block: &Block, table: &Table, incident: usize) -> BTreeMap<Place, u32> {
        let take = |dimension, map: &[usize]| -> Vec<usize> {
            let values = block.values(dimension, incident).iter().take(table.responses);
            values.filter_map(|value| map.get(usize::from(*value)).copied()).collect()
        };
        let rows = take(table.rows, &self.row_of);
        let columns = table.columns.map(|columns| take(columns, &self.column_of)).unwrap_or_default();
        let columns = || columns.iter().copied().map(Some).chain([None]);
        let places =
            rows.into_iter().map(Some).chain([None]).flat_map(|row| columns().map(move |column| ((row, column), 1)));
        places.collect()
    }

    fn places_of_persons(&self, block: &Block, table: &Table, incident: usize) -> BTreeMap<Place, u32> {
        let mut places = BTreeMap::new();
        let place = |dimension, map: &[usize], group: usize| {
            block.values(dimension, incident).get(group).and_then(|value| map.get(usize::from(*value)).copied())
        };
        for (group, count) in block.persons.of(incident).iter().enumerate() {
            let row = place(table.rows, &self.row_of, group);
            let column = table.columns.and_then(|columns| place(columns, &self.column_of, group));
            let around: BTreeSet<Place> = [(row, column), (row, None), (None, column), (None, None)].into();
            for place in around {
                *places.entry(place).or_insert(0) += u32::from(*count);
            }
        }
        places
    }
}

/// The incidents or referrals a unit counts.
pub(crate) fn block(columns: &Columns, unit: Unit) -> &Block {
    match unit {
        Unit::Events | Unit::Persons => &columns.incidents,
        Unit::Referrals => &columns.referrals,
    }
}

/// What a cell counts, in words that do not depend on the table it stands in.
pub(crate) fn name(table: &Table, period: Period, place: (Option<&str>, Option<&str>)) -> String {
    let row = place.0.map(|value| (table.rows, value));
    let column = table.columns.zip(place.1);
    let mut values: Vec<_> = row.into_iter().chain(column).collect();
    values.sort();
    let values: Vec<String> = values.iter().map(|(dimension, value)| format!("{}={value}", dimension.name())).collect();
    format!("{}|{period}|{}", table.unit.name(), values.join("|"))
}
