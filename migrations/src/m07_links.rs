//! Filing links of organisations, by their hashes, and which organisation a report came through. No worker is known.

use sea_orm_migration::prelude::*;

use crate::sheet::{
    Kind::{Bytes, Number, Text},
    Sheet, step,
};

step!("m07_links");

const SHEETS: &[Sheet] = &[
    Sheet {
        name: "links",
        columns: &[("link", Bytes), ("institution", Text), ("made_day", Number), ("end_day", Number)],
        key: &["link"],
        indexes: &[(false, &["institution"]), (false, &["end_day"])],
        of_report: false,
    },
    Sheet {
        name: "filed_through",
        columns: &[("report", Bytes), ("institution", Text)],
        key: &["report"],
        indexes: &[],
        of_report: true,
    },
];
