//! What members set to be counted of a report when they verified it.

use sea_orm_migration::prelude::*;

use crate::sheet::{
    Kind::{Bytes, Text},
    Sheet, step,
};

step!("m08_findings");

const SHEETS: &[Sheet] = &[Sheet {
    name: "findings",
    columns: &[("report", Bytes), ("statement", Bytes), ("found", Text)],
    key: &["report"],
    indexes: &[],
    of_report: true,
}];
