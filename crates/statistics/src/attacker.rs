//! An attacker who has every release so far and solves for what was hidden.
//!
//! He knows how tables are made: that a shown number is less than 10 off, that a hidden one is at most 19, that margins sum
//! their cells, and which numbers of which tables count the same events. He does not know the key. For one cell he asks a
//! linear program for the least and the greatest number that fits everything published.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use crate::count::Place;
use crate::period::Period;
use crate::plan::{BASE, SHOWN_FROM};
use crate::record::Record;

/// A linear statement about cells: `sum of factor × cell (op) 0`.
struct Law {
    terms: Vec<(usize, f64)>,
    operator: ComparisonOp,
}

/// Everything published, as he sees it.
pub(crate) struct Attacker {
    bounds: Vec<(f64, f64)>,
    laws: Vec<Law>,
    begins: Vec<usize>,
}

/// Why he would sum other cells to learn about one: what each of a record's margins counts.
type Margins = BTreeMap<String, usize>;

impl Attacker {
    /// An attacker who knows these releases, and reads each cell by `reading`: what is shown (and, so that the gate is no
    /// kinder than the world, the true number) gives the least and the greatest number it can stand for.
    pub(crate) fn of(records: &[&Record], reading: fn(Option<u32>, u32) -> (f64, f64)) -> Self {
        let mut attacker = Self { bounds: Vec::new(), laws: Vec::new(), begins: Vec::new() };
        for record in records {
            attacker.begins.push(attacker.bounds.len());
            attacker.bounds.extend(
                record
                    .published
                    .0
                    .numbers
                    .iter()
                    .zip(&record.secret.numbers)
                    .map(|(shown, number)| reading(*shown, *number)),
            );
        }
        for (index, record) in records.iter().enumerate() {
            attacker.add_sums(index, record);
        }
        attacker.add_links(records);
        attacker
    }

    /// The least and the greatest number a cell of the record at `index` can have; `None` if the program cannot be solved.
    pub(crate) fn range(&self, index: usize, cell: usize) -> Option<(f64, f64)> {
        let target = self.begins.get(index)? + cell;
        Some((
            self.solve(target, OptimizationDirection::Minimize)?,
            self.solve(target, OptimizationDirection::Maximize)?,
        ))
    }

    fn solve(&self, target: usize, direction: OptimizationDirection) -> Option<f64> {
        let mut problem = Problem::new(direction);
        let weight = |variable| if variable == target { 1.0 } else { 0.0 };
        let variables: Vec<Variable> = self
            .bounds
            .iter()
            .enumerate()
            .map(|(variable, bounds)| problem.add_var(weight(variable), *bounds))
            .collect();
        for law in &self.laws {
            let terms: Vec<(Variable, f64)> =
                law.terms.iter().filter_map(|(variable, factor)| Some((*variables.get(*variable)?, *factor))).collect();
            problem.add_constraint(&terms[..], law.operator, 0.0);
        }
        Some(problem.solve().ok()?.into_solution().ok()?.objective())
    }

    /// Inside a table: margins sum their cells where an event counts once, and bound them where it may count in several.
    fn add_sums(&mut self, index: usize, record: &Record) {
        let Some(begin) = self.begins.get(index).copied() else { return };
        let table = &record.published.0;
        let cells = |inside: &dyn Fn(Place) -> bool| -> Vec<usize> {
            table.places.iter().enumerate().filter(|(_, place)| inside(**place)).map(|(cell, _)| begin + cell).collect()
        };
        let one_way = table.columns.is_empty();
        for (cell, place) in table.places.iter().enumerate() {
            let sums = match place {
                (Some(_), Some(_)) => Vec::new(),
                (Some(_), None) if one_way => Vec::new(),
                (Some(row), None) => vec![cells(&|other| other.0 == Some(*row) && other.1.is_some())],
                (None, Some(column)) => vec![cells(&|other| other.1 == Some(*column) && other.0.is_some())],
                (None, None) => vec![
                    cells(&|other| other.0.is_some() && (one_way || other.1.is_some())),
                    cells(&|other| other.0.is_some() && other.1.is_none()),
                    cells(&|other| other.0.is_none() && other.1.is_some()),
                ],
            };
            for parts in sums.into_iter().filter(|parts| !parts.is_empty()) {
                self.add_sum(table.adds_up, begin + cell, &parts);
            }
        }
    }

    fn add_sum(&mut self, adds_up: bool, margin: usize, parts: &[usize]) {
        let operator = if adds_up { ComparisonOp::Eq } else { ComparisonOp::Ge };
        self.push(operator, parts.iter().copied(), [margin]);
        for part in parts.iter().filter(|_| !adds_up) {
            self.push(ComparisonOp::Ge, [margin], [*part]);
        }
    }

    /// Between tables: a longer period holds its parts, and the same margin counts the same events. He is given every
    /// equality and inequality that is true, whether he could know it or not.
    fn add_links(&mut self, records: &[&Record]) {
        let margins: Vec<Margins> = records.iter().map(|record| margins(record)).collect();
        for (index, record) in records.iter().enumerate() {
            let mut parts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for (other, part) in records.iter().enumerate() {
                let published = &part.published.0;
                if other != index
                    && published.unit == record.published.0.unit
                    && record.published.0.period.covers(published.period)
                {
                    parts.entry(&published.table).or_default().push(other);
                }
            }
            for others in parts.values() {
                self.add_link(records, &margins, index, others);
            }
        }
    }

    fn add_link(&mut self, records: &[&Record], margins: &[Margins], whole: usize, parts: &[usize]) {
        let place =
            |record: usize, margin: &str| Some((margins.get(record)?.get(margin).copied()?, *self.begins.get(record)?));
        let number = |record: usize, cell: usize| {
            records.get(record).and_then(|record| record.secret.numbers.get(cell)).copied().unwrap_or(0)
        };
        let mut found = Vec::new();
        for margin in margins.get(whole).into_iter().flat_map(BTreeMap::keys) {
            let Some((cell, begin)) = place(whole, margin) else { continue };
            let of_parts: Vec<(usize, usize, usize)> = parts
                .iter()
                .filter_map(|part| place(*part, margin).map(|(cell, begin)| (*part, cell, begin)))
                .collect();
            let sum: u32 = of_parts.iter().map(|(part, cell, _)| number(*part, *cell)).sum();
            let operator = match sum.cmp(&number(whole, cell)) {
                std::cmp::Ordering::Less => ComparisonOp::Le,
                std::cmp::Ordering::Equal => ComparisonOp::Eq,
                std::cmp::Ordering::Greater => ComparisonOp::Ge,
            };
            let cells: Vec<usize> = of_parts.iter().map(|(_, cell, begin)| begin + cell).collect();
            found.push((operator, cells, begin + cell));
        }
        for (operator, cells, margin) in found.into_iter().filter(|(_, cells, _)| !cells.is_empty()) {
            self.push(operator, cells, [margin]);
        }
    }

    /// `sum of left (op) sum of right`.
    fn push(
        &mut self,
        operator: ComparisonOp,
        left: impl IntoIterator<Item = usize>,
        right: impl IntoIterator<Item = usize>,
    ) {
        let left = left.into_iter().map(|cell| (cell, 1.0));
        self.laws.push(Law { terms: left.chain(right.into_iter().map(|cell| (cell, -1.0))).collect(), operator });
    }
}

/// What a randomly rounded cell tells by itself. A cell hidden for its sources may be larger than 19; he is told that it is.
pub(crate) fn rounded(shown: Option<u32>, number: u32) -> (f64, f64) {
    match shown {
        Some(shown) => (f64::from(shown.saturating_sub(BASE - 1)), f64::from(shown + BASE - 1)),
        None => (0.0, f64::from(number.max(SHOWN_FROM - 1))),
    }
}

/// The margins of a table (in a table without columns its cells too) by what they count.
fn margins(record: &Record) -> Margins {
    let table = &record.published.0;
    let name = |cell: crate::Shown<'_>| match (cell.row, cell.column) {
        (None, None) => Some(String::new()),
        (Some(row), None) => Some(format!("{}={row}", table.row_dimension.name())),
        (None, Some(column)) => table.column_dimension.map(|dimension| format!("{}={column}", dimension.name())),
        (Some(_), Some(_)) => None,
    };
    record.published.cells().enumerate().filter_map(|(index, cell)| Some((name(cell)?, index))).collect()
}

/// The releases that can tell something about one another: the same years, whatever they count.
pub(crate) fn related<'a>(previous: &'a [Record], new: &'a Record) -> Vec<&'a Record> {
    let year = |period: Period| (period.first().year(), period.last().year());
    let same = |record: &&Record| {
        record.published.0.unit == new.published.0.unit
            && year(record.published.0.period) == year(new.published.0.period)
    };
    previous.iter().filter(same).chain([new]).collect()
}
