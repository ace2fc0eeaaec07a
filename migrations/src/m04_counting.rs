//! What statistics count: acts a member verified, the incidents they belong to, and what was published.

use sea_orm_migration::prelude::*;

use crate::sheet::{
    Kind::{Bytes, Number, Text},
    Sheet, step,
};

step!("m04_counting");

const SHEETS: &[Sheet] = &[
    Sheet {
        name: "incidents",
        columns: &[("incident", Bytes), ("day", Number)],
        key: &["incident"],
        indexes: &[],
        of_report: false,
    },
    Sheet {
        name: "incident_reports",
        columns: &[("report", Bytes), ("incident", Bytes), ("source", Text)],
        key: &["report"],
        indexes: &[(false, &["incident"])],
        of_report: true,
    },
    Sheet {
        name: "verifications",
        columns: &[
            ("report", Bytes),
            ("act", Text),
            ("status", Text),
            ("institution", Text),
            ("statement", Bytes),
            ("day", Number),
        ],
        key: &["report", "act"],
        indexes: &[],
        of_report: true,
    },
    Sheet {
        name: "releases",
        columns: &[
            ("plan", Text),
            ("period", Text),
            ("number", Number),
            ("day", Number),
            ("ledger_size", Number),
            ("published", Bytes),
        ],
        key: &["plan", "period"],
        indexes: &[(true, &["number", "plan"])],
        of_report: false,
    },
];
