//! Protected tables as pages.

use askama::Template;

use super::{Choice, Date, Frame};

/// What was published, and what can be.
#[derive(Template)]
#[template(path = "statistics.html")]
pub struct Statistics {
    /// The page's frame.
    pub frame: Frame,
    /// What was published, the newest first.
    pub releases: Vec<ReleaseLine>,
    /// The tables of the plan, for whoever may publish one.
    pub tables: Vec<Choice>,
}

/// One published table in a list.
#[derive(Clone, Debug)]
pub struct ReleaseLine {
    /// Where it is looked at.
    pub address: String,
    /// Its title.
    pub title: String,
    /// Its period in words.
    pub period: String,
    /// The day it came out.
    pub day: Date,
}

/// One protected table, as a draft or as it was published.
#[derive(Template)]
#[template(path = "table.html")]
pub struct ProtectedTable {
    /// The page's frame.
    pub frame: Frame,
    /// The plan's code of it.
    pub table: String,
    /// Its title.
    pub title: String,
    /// Its period as it is written.
    pub period: String,
    /// The same in words.
    pub told_period: String,
    /// Whether it can still be published.
    pub is_draft: bool,
    /// Why there is no such table.
    pub refused: Option<TableRefusal>,
    /// The columns.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<TableRow>,
}

/// Why a table cannot be had, and for which longer period it can.
#[derive(Clone, Debug)]
pub struct TableRefusal {
    /// What is so.
    pub title: String,
    /// What to do next.
    pub next: String,
    /// The longer period's address and name.
    pub wider: Option<Choice>,
}

/// One row of a table.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// What it counts.
    pub name: String,
    /// One number a column.
    pub cells: Vec<TableCell>,
}

/// One number of a table.
#[derive(Clone, Debug, Default)]
pub struct TableCell {
    /// As it is shown, or what stands for a hidden one.
    pub number: String,
    /// Days until an answer, in words.
    pub days: Option<String>,
    /// Of a hidden one: the longer period in which it would be shown.
    pub wider: Option<Choice>,
}
