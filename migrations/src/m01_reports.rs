//! What a report is on the server: its facets, what was signed about it, and the key that shreds it.

use sea_orm_migration::prelude::*;

use crate::sheet::{
    Kind::{Big, Bytes, Flag, MaybeBytes, MaybeNumber, MaybeText, Number, Text},
    Sheet, step,
};

step!("m01_reports");

const SHEETS: &[Sheet] = &[
    Sheet {
        name: "reports",
        columns: &[
            ("report", Bytes),
            ("stage", Text),
            ("outcome", MaybeText),
            ("filed_day", Number),
            ("facets", Bytes),
            ("facets_hash", Bytes),
            ("registry", Text),
            ("taxonomy", Text),
            ("directory", Number),
            ("first", Bytes),
            ("signer", Bytes),
            ("receipt", Text),
            ("lookup", Bytes),
            ("lead", MaybeText),
            ("alternate", MaybeText),
            ("clock", Number),
            ("due_hour", MaybeNumber),
            ("severity", Number),
            ("area", Text),
            ("held", Flag),
            ("plain", Flag),
            ("withdrawn_day", MaybeNumber),
        ],
        key: &["report"],
        indexes: &[(true, &["lookup"]), (false, &["due_hour"]), (false, &["withdrawn_day"])],
        of_report: false,
    },
    Sheet {
        name: "report_keys",
        columns: &[("report", Bytes), ("key", Bytes)],
        key: &["report"],
        indexes: &[],
        of_report: false,
    },
    Sheet {
        name: "report_categories",
        columns: &[("report", Bytes), ("category", Text)],
        key: &["report", "category"],
        indexes: &[],
        of_report: true,
    },
    Sheet {
        name: "tombstones",
        columns: &[("hash", Bytes), ("day", Number)],
        key: &["hash"],
        indexes: &[],
        of_report: false,
    },
    Sheet {
        name: "statements",
        columns: &[
            ("hash", Bytes),
            ("report", Bytes),
            ("act", Text),
            ("author", Text),
            ("signer", Bytes),
            ("sequence", Number),
            ("statement", Bytes),
            ("signature", Bytes),
            ("facets", MaybeBytes),
            ("day", Number),
            ("ledger_index", Big),
        ],
        key: &["hash"],
        indexes: &[(true, &["report", "signer", "sequence"])],
        of_report: true,
    },
    Sheet {
        name: "consents",
        columns: &[
            ("report", Bytes),
            ("statement", Bytes),
            ("purpose", Text),
            ("recipient_kind", Text),
            ("part", Text),
            ("day", Number),
        ],
        key: &["report", "statement", "purpose", "recipient_kind", "part"],
        indexes: &[],
        of_report: true,
    },
];
