//! To whom of an institution's members a mail was handed over, while it still waits for others: nobody gets it twice.

use sea_orm_migration::prelude::*;

use crate::sheet::{Kind::Bytes, Sheet, step};

step!("m13_taken_mails");

const SHEETS: &[Sheet] = &[Sheet {
    name: "taken_mails",
    columns: &[("mail", Bytes), ("addressee", Bytes)],
    key: &["mail", "addressee"],
    indexes: &[],
    of_report: false,
}];
