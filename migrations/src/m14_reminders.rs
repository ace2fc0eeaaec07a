//! Who was told that a clock of a report ends: each once.

use sea_orm_migration::prelude::*;

use crate::sheet::{
    Kind::{Bytes, Text},
    Sheet, step,
};

step!("m14_reminders");

const SHEETS: &[Sheet] = &[Sheet {
    name: "reminders",
    columns: &[("report", Bytes), ("clock", Text), ("institution", Text)],
    key: &["report", "clock", "institution"],
    indexes: &[],
    of_report: true,
}];
