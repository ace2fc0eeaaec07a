//! Sealed parts, the grants that open them, and the blobs of the larger ones.

use sea_orm_migration::prelude::*;

use crate::sheet::{
    Kind::{Big, Bytes, MaybeBytes, MaybeNumber, MaybeText, Number, Text},
    Sheet, step,
};

step!("m02_parts");

const SHEETS: &[Sheet] = &[
    Sheet {
        name: "parts",
        columns: &[
            ("report", Bytes),
            ("part", Text),
            ("author", Text),
            ("statement", Bytes),
            ("sha256", Bytes),
            ("size", Big),
            ("blob", MaybeText),
            ("day", Number),
        ],
        key: &["report", "part"],
        indexes: &[],
        of_report: true,
    },
    Sheet {
        name: "small_parts",
        columns: &[("report", Bytes), ("part", Text), ("sealed", Bytes)],
        key: &["report", "part"],
        indexes: &[],
        of_report: true,
    },
    Sheet {
        name: "grants",
        columns: &[
            ("report", Bytes),
            ("part", Text),
            ("recipient", Text),
            ("purpose", Text),
            ("statement", Bytes),
            ("state", Text),
            ("key", Bytes),
            ("sha256", Bytes),
            ("wrapped", MaybeBytes),
            ("since_day", MaybeNumber),
            ("until_day", MaybeNumber),
        ],
        key: &["report", "part", "recipient", "purpose", "statement"],
        indexes: &[(false, &["recipient", "state"])],
        of_report: true,
    },
    Sheet {
        name: "blobs",
        columns: &[("blob", Text), ("sha256", Bytes), ("size", Big), ("orphan_day", MaybeNumber)],
        key: &["blob"],
        indexes: &[(false, &["orphan_day"])],
        of_report: false,
    },
    Sheet {
        name: "uploads",
        columns: &[("upload", Bytes), ("length", Big), ("received", Big), ("blob", MaybeText), ("begun_day", Number)],
        key: &["upload"],
        indexes: &[(false, &["begun_day"])],
        of_report: false,
    },
];
