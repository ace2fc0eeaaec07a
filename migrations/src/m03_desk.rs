//! The desk: what each institution has before it, the clocks that run, the referrals that wait for an answer.

use sea_orm_migration::prelude::*;

use crate::sheet::{
    Kind::{Bytes, Flag, MaybeNumber, MaybeText, Number, Text},
    Sheet, step,
};

step!("m03_desk");

const SHEETS: &[Sheet] = &[
    Sheet {
        name: "desk",
        columns: &[
            ("institution", Text),
            ("report", Bytes),
            ("open", Flag),
            ("stage", Text),
            ("rank", Number),
            ("least", Flag),
            ("due_hour", Number),
            ("filed_day", Number),
            ("area", Text),
        ],
        key: &["institution", "report"],
        indexes: &[
            (false, &["institution", "open", "rank", "due_hour", "report", "area", "stage"]),
            (false, &["institution", "open", "filed_day", "report"]),
            (false, &["report"]),
        ],
        of_report: true,
    },
    Sheet {
        name: "clocks",
        columns: &[("report", Bytes), ("clock", Text), ("state", Text), ("due_hour", Number)],
        key: &["report", "clock"],
        indexes: &[(false, &["state", "due_hour"])],
        of_report: true,
    },
    Sheet {
        name: "referrals",
        columns: &[
            ("report", Bytes),
            ("statement", Bytes),
            ("author", Text),
            ("recipient", Text),
            ("purpose", Text),
            ("hazard", MaybeText),
            ("basis", MaybeText),
            ("member", MaybeText),
            ("confirm_hour", MaybeNumber),
            ("confirmed_day", MaybeNumber),
            ("confirmed_by", MaybeText),
            ("day", Number),
            ("due_day", MaybeNumber),
            ("reminded", Flag),
            ("answered_day", MaybeNumber),
            ("answer", MaybeText),
        ],
        key: &["report", "statement"],
        indexes: &[(false, &["recipient", "answered_day"]), (false, &["author", "confirm_hour"])],
        of_report: true,
    },
    Sheet {
        name: "exposures",
        columns: &[("institution", Text), ("member", Text), ("day", Number), ("points", Number), ("parts", Number)],
        key: &["institution", "member", "day"],
        indexes: &[],
        of_report: false,
    },
];
