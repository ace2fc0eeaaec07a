//! Institutions on the system, their members, the wraps only a member can open, and who is signed in.

use sea_orm_migration::prelude::*;

use crate::sheet::{
    Kind::{Bytes, MaybeNumber, MaybeText, Number, Text},
    Sheet, step,
};

step!("m05_institutions");

const SHEETS: &[Sheet] = &[
    Sheet {
        name: "institutions",
        columns: &[
            ("institution", Text),
            ("epoch", Number),
            ("recipient", Text),
            ("signing", Bytes),
            ("since_day", Number),
            ("until_day", MaybeNumber),
        ],
        key: &["institution", "epoch"],
        indexes: &[],
        of_report: false,
    },
    Sheet {
        name: "members",
        columns: &[
            ("institution", Text),
            ("member", Text),
            ("role", Text),
            ("recipient", Text),
            ("signing", Bytes),
            ("mailbox", MaybeText),
            ("since_day", Number),
            ("until_day", MaybeNumber),
        ],
        key: &["institution", "member"],
        indexes: &[],
        of_report: false,
    },
    Sheet {
        name: "wraps",
        columns: &[("institution", Text), ("member", Text), ("epoch", Number), ("sealed", Bytes)],
        key: &["institution", "member", "epoch"],
        indexes: &[],
        of_report: false,
    },
    Sheet {
        name: "sessions",
        columns: &[
            ("token", Bytes),
            ("institution", Text),
            ("member", Text),
            ("idle_minute", Number),
            ("end_minute", Number),
        ],
        key: &["token"],
        indexes: &[(false, &["institution", "member"]), (false, &["end_minute"])],
        of_report: false,
    },
    Sheet {
        name: "challenges",
        columns: &[("challenge", Bytes), ("end_minute", Number)],
        key: &["challenge"],
        indexes: &[(false, &["end_minute"])],
        of_report: false,
    },
];
