#![doc = include_str!("../README.md")]

mod acts;
mod advance;
mod alone;
mod blobs;
mod change;
mod connect;
mod copy;
mod enrolments;
mod error;
mod event;
mod filing;
mod keys;
mod links;
mod moment;
mod outbox;
mod reading;
mod remind;
mod rows;
mod rules;
mod sessions;
mod settings;
mod snapshot;
mod stated;
mod store;
mod tables;
#[cfg(test)]
mod tests;
mod uploads;
mod versions;
mod writer;

pub use advance::Advanced;
pub use alone::Alone;
pub use error::Error;
pub use event::Event;
pub use filing::{Filed, Filing, Kept};
pub use links::Link;
pub use moment::Moment;
pub use outbox::{Addressee, Mail};
pub use rules::Rules;
pub use sessions::Session;
pub use settings::{Entropy, Settings};
pub use snapshot::{
    Case, Content, Cursor, Exposure, Filter, Grant, Incident, Load, Opened, Overdue, Part, Paused, QueuePage, QueueRow,
    Reading, Referral, Snapshot, Sort, StatementRow, Thread, Unconfirmed, Verification, WhoReads,
};
pub use stated::Stated;
pub use store::Store;
pub use uploads::{Progress, UploadId};
pub use versions::Release;
