//! A published table and the two forms it leaves in. Only [`crate::release`] makes one.

use std::collections::BTreeMap;

use report::Day;
use serde::{Deserialize, Serialize};

use crate::count::Place;
use crate::period::Period;
use crate::plan::{Dimension, Unit};

/// What stands in place of a hidden number, zero among them.
pub const HIDDEN: &str = "<20";
/// Why a number is hidden: one sentence for every reason, so that the reason tells nothing.
pub const WHY_HIDDEN: &str =
    "Hidden: fewer than 20, or too few sources, or mostly from one source. Hidden is not zero.";
/// What every table says of itself.
pub const RECORDED: &str = "Recorded, not occurred; hidden is not zero.";
/// How the numbers were changed.
pub const METHOD: &str = "Each number is rounded at random to a multiple of 10 so that the average is right; numbers under 20 are not shown; totals are rounded separately.";

/// What the days of a table of referrals are.
pub const DAYS: &str =
    "Days until the answer: one drawn at random from the middle ten of all answers, near the median.";

/// One cell of a published table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown<'a> {
    /// The row's value; `None` is all rows.
    pub row: Option<&'a str>,
    /// The column's value; `None` is all columns, or a table without columns.
    pub column: Option<&'a str>,
    /// The rounded number; `None` is hidden.
    pub number: Option<u32>,
    /// Percent of the table's total, from rounded numbers only; because each is rounded apart it may pass 100.
    pub share: Option<u32>,
    /// Days until the answer, for a shown number of answered referrals: one drawn from the middle ten.
    pub days: Option<u16>,
}

/// A table that disclosure control was applied to. It has no public constructor and is read back only from a sealed
/// [`crate::Record`]: what has this type may be shown to anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published(pub(crate) Sheet);

/// Whether a protected table is out. Both forms it leaves in say which, so that no draft is taken for a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Looked at before it is published: it may still be counted otherwise, or for another period.
    Draft,
    /// Published, and never changed.
    Released,
}

impl Standing {
    /// What stands as revision.
    const fn revision(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Released => "1",
        }
    }
}

/// What a published table is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sheet {
    pub(crate) table: String,
    pub(crate) title: BTreeMap<String, String>,
    pub(crate) plan: u32,
    pub(crate) unit: Unit,
    pub(crate) period: Period,
    pub(crate) reported: Day,
    pub(crate) coverage: String,
    pub(crate) adds_up: bool,
    pub(crate) row_dimension: Dimension,
    pub(crate) column_dimension: Option<Dimension>,
    pub(crate) rows: Vec<String>,
    pub(crate) columns: Vec<String>,
    pub(crate) places: Vec<Place>,
    pub(crate) numbers: Vec<Option<u32>>,
    /// For every cell, where it has them.
    #[serde(default)]
    pub(crate) days: Vec<Option<u16>>,
}

impl Published {
    /// The code of the plan's table.
    pub fn table(&self) -> &str {
        &self.0.table
    }

    /// The title in a language (BCP 47), or else in English.
    pub fn title(&self, language: &str) -> &str {
        self.0.title.get(language).or_else(|| self.0.title.get("en")).map_or(self.0.table.as_str(), String::as_str)
    }

    /// The period of the events.
    pub fn period(&self) -> Period {
        self.0.period
    }

    /// The UTC day it was counted on.
    pub fn reported(&self) -> Day {
        self.0.reported
    }

    /// What its rows tell apart, and its columns where it has them.
    pub fn dimensions(&self) -> (Dimension, Option<Dimension>) {
        (self.0.row_dimension, self.0.column_dimension)
    }

    /// What is counted.
    pub fn unit(&self) -> Unit {
        self.0.unit
    }

    /// The release's id: table, period and version of the plan. Each is published once.
    pub fn id(&self) -> String {
        format!("{}/{}/{}", self.0.table, self.0.period, self.0.plan)
    }

    /// All cells, row by row; margins are behind the cells they sum, the total is the last.
    pub fn cells(&self) -> impl Iterator<Item = Shown<'_>> {
        let total = self.0.numbers.last().copied().flatten();
        let days = self.0.days.iter().copied().chain(std::iter::repeat(None));
        let cells = self.0.places.iter().zip(&self.0.numbers).zip(days);
        cells.map(move |(((row, column), number), days)| Shown {
            row: row.and_then(|row| self.0.rows.get(row)).map(String::as_str),
            column: column.and_then(|column| self.0.columns.get(column)).map(String::as_str),
            number: *number,
            share: number.zip(total).and_then(|(number, total)| (number * 100 + total / 2).checked_div(total)),
            days,
        })
    }

    /// How many cells are hidden: where many are, a longer period shows more.
    pub fn hidden(&self) -> usize {
        self.0.numbers.iter().filter(|number| number.is_none()).count()
    }

    fn notes(&self) -> Vec<&'static str> {
        let adds_up = "Totals are rounded apart and need not be the sum of their rows.";
        let several = "An event may be counted in more than one row: rows add up to more than the total.";
        let mut notes = vec![RECORDED, METHOD, WHY_HIDDEN, if self.0.adds_up { adds_up } else { several }];
        notes.extend((self.0.unit == Unit::Referrals).then_some(DAYS));
        notes
    }

    /// The table as JSON, with unit, time basis, coverage, revision and notes.
    pub fn json(&self, standing: Standing) -> serde_json::Value {
        let revision = match standing {
            Standing::Draft => standing.revision().into(),
            Standing::Released => serde_json::Value::from(1),
        };
        let cells: Vec<_> = self.cells().map(|cell| self.json_cell(cell)).collect();
        serde_json::json!({
            "id": self.id(), "table": self.0.table, "title": self.0.title, "plan": self.0.plan,
            "unit": self.0.unit, "time_basis": "date of the event", "assessed": "verified by a member",
            "period": self.0.period, "from": self.0.period.first(), "to": self.0.period.last(), "reported": self.0.reported,
            "coverage": {"active_sources": self.0.coverage}, "revision": revision,
            "rows": self.0.row_dimension, "columns": self.0.column_dimension,
            "hidden": HIDDEN, "why_hidden": WHY_HIDDEN, "notes": self.notes(), "cells": cells,
        })
    }

    fn json_cell(&self, cell: Shown<'_>) -> serde_json::Value {
        let mut value = serde_json::json!({"row": cell.row.unwrap_or("total")});
        if let Some(fields) = value.as_object_mut() {
            if self.0.column_dimension.is_some() {
                fields.insert("column".into(), cell.column.unwrap_or("total").into());
            }
            fields.insert("value".into(), cell.number.map_or_else(|| HIDDEN.into(), Into::into));
            if let Some(share) = cell.share {
                fields.insert("share".into(), share.into());
            }
            if let Some(days) = cell.days {
                fields.insert("days".into(), days.into());
            }
        }
        value
    }

    /// The table as CSV: a row of names, a row of HXL hashtags, then one line a cell. No cell can be a formula.
    pub fn csv(&self, standing: Standing) -> String {
        let mut lines = String::new();
        let columns = self.csv_columns();
        push_line(&mut lines, columns.iter().map(|(name, _)| (*name).to_owned()));
        push_line(&mut lines, columns.iter().map(|(_, tag)| (*tag).to_owned()));
        for cell in self.cells() {
            push_line(&mut lines, self.csv_line(cell, standing));
        }
        lines
    }

    fn csv_columns(&self) -> Vec<(&'static str, &'static str)> {
        let value = match self.0.unit {
            Unit::Events => "#indicator+num+events",
            Unit::Persons => "#affected+ind",
            Unit::Referrals => "#indicator+num+referrals",
        };
        let mut columns = vec![
            ("from", "#date+start"),
            ("to", "#date+end"),
            (self.0.row_dimension.name(), self.0.row_dimension.hashtag()),
        ];
        columns.extend(self.0.column_dimension.map(|dimension| (dimension.name(), dimension.hashtag())));
        columns.extend([(self.0.unit.name(), value), ("share", "#indicator+share")]);
        columns.extend((self.0.unit == Unit::Referrals).then_some(("days", "#indicator+num+days")));
        columns.push(("hidden", "#meta+sdc"));
        columns.extend([
            ("time_basis", "#meta+basis"),
            ("assessed", "#meta+assessed"),
            ("active_sources", "#meta+coverage"),
        ]);
        columns.extend([
            ("revision", "#meta+revision"),
            ("reported", "#date+reported"),
            ("release", "#meta+id"),
            ("notes", "#meta+notes"),
        ]);
        columns
    }

    fn csv_line(&self, cell: Shown<'_>, standing: Standing) -> Vec<String> {
        let mut line = vec![
            self.0.period.first().to_string(),
            self.0.period.last().to_string(),
            cell.row.unwrap_or("total").to_owned(),
        ];
        if self.0.column_dimension.is_some() {
            line.push(cell.column.unwrap_or("total").to_owned());
        }
        line.push(cell.number.map_or_else(|| HIDDEN.to_owned(), |number| number.to_string()));
        line.push(cell.share.map(|share| share.to_string()).unwrap_or_default());
        if self.0.unit == Unit::Referrals {
            line.push(cell.days.map(|days| days.to_string()).unwrap_or_default());
        }
        line.push(if cell.number.is_none() { WHY_HIDDEN.to_owned() } else { String::new() });
        line.extend([
            "date of the event".to_owned(),
            "verified by a member".to_owned(),
            self.0.coverage.clone(),
            standing.revision().to_owned(),
        ]);
        line.extend([self.0.reported.to_string(), self.id(), self.notes().join(" ")]);
        line
    }
}

/// Adds a line, quoted where needed. A text that a spreadsheet would run as a formula gets an apostrophe before it;
/// hashtags and dates cannot begin with one of the five letters.
fn push_line(lines: &mut String, fields: impl IntoIterator<Item = String>) {
    let fields: Vec<String> = fields.into_iter().map(|field| quoted(&harmless(field))).collect();
    lines.push_str(&fields.join(","));
    lines.push_str("\r\n");
}

fn harmless(field: String) -> String {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{field}") } else { field }
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Published {
        Published(Sheet {
            table: "T-A".into(),
            title: BTreeMap::from([("en".into(), "Events by category".into())]),
            plan: 1,
            unit: Unit::Events,
            period: "2024-Q2".parse().expect("a period"),
            reported: "2024-08-01".parse().expect("a day"),
            coverage: "3 to 5".into(),
            adds_up: true,
            row_dimension: Dimension::Category,
            column_dimension: None,
            rows: vec!["PUSH".into(), "=CMD()".into()],
            columns: vec![],
            places: vec![(Some(0), None), (Some(1), None), (None, None)],
            numbers: vec![Some(40), None, Some(60)],
            days: vec![],
        })
    }

    #[test]
    fn the_second_line_is_hxl_and_a_formula_stays_text() {
        let csv = table().csv(Standing::Released);
        let lines: Vec<&str> = csv.lines().collect();
        assert!(lines[1].starts_with("#date+start,#date+end,#event+type+code,#indicator+num+events,"));
        assert!(lines[2].starts_with("2024-04-01,2024-06-30,PUSH,40,67,"));
        assert!(lines[3].starts_with("2024-04-01,2024-06-30,'=CMD(),<20,,"));
        assert_eq!(lines.len(), 5);
    }

    #[test]
    fn every_line_of_a_csv_has_the_same_number_of_fields() {
        let csv = table().csv(Standing::Released);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
        assert_eq!(reader.records().map(|record| record.expect("a record").len()).collect::<Vec<_>>(), [13; 5]);
    }

    #[test]
    fn json_says_unit_time_basis_coverage_revision_and_that_hidden_is_not_zero() {
        let json = table().json(Standing::Released);
        assert_eq!((&json["unit"], &json["time_basis"]), (&"events".into(), &"date of the event".into()));
        assert_eq!((&json["coverage"]["active_sources"], &json["revision"]), (&"3 to 5".into(), &1.into()));
        assert_eq!(json["notes"][0], RECORDED);
        assert_eq!(json["cells"][1], serde_json::json!({"row": "=CMD()", "value": "<20"}));
    }

    #[test]
    fn a_draft_says_in_both_forms_that_it_is_one() {
        assert_eq!(table().json(Standing::Draft)["revision"], "draft");
        let csv = table().csv(Standing::Draft);
        assert!(csv.lines().skip(2).all(|line| line.contains(",draft,")), "{csv}");
        assert!(!table().csv(Standing::Released).contains("draft"));
    }
}
