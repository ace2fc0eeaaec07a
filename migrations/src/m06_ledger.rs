//! The ledger, the mails that wait, and the versions of directory and registry.

use sea_orm_migration::prelude::*;

use crate::sheet::{
    Kind::{Big, Bytes, MaybeBytes, MaybeText, Number, Text},
    Sheet, step,
};

step!("m06_ledger");

const SHEETS: &[Sheet] = &[
    Sheet {
        name: "ledger",
        columns: &[
            ("ledger_index", Big),
            ("leaf", Bytes),
            ("blind", MaybeBytes),
            ("event", MaybeBytes),
            ("report", MaybeBytes),
            ("audience", MaybeText),
        ],
        key: &["ledger_index"],
        indexes: &[(false, &["report"])],
        of_report: false,
    },
    Sheet {
        name: "outbox",
        columns: &[
            ("mail", Bytes),
            ("institution", Text),
            ("notice", Text),
            ("reference", Text),
            ("state", Text),
            ("attempts", Number),
            ("next_minute", Number),
        ],
        key: &["mail"],
        indexes: &[(false, &["state", "next_minute"])],
        of_report: false,
    },
    Sheet {
        name: "registry_versions",
        columns: &[("ordinal", Number), ("version", Text), ("sha256", Bytes), ("day", Number)],
        key: &["ordinal"],
        indexes: &[(true, &["version", "sha256"])],
        of_report: false,
    },
    Sheet {
        name: "directory_versions",
        columns: &[("version", Number), ("note", Bytes), ("issued_day", Number), ("expires_day", Number)],
        key: &["version"],
        indexes: &[],
        of_report: false,
    },
];
