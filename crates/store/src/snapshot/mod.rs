//! One state of everything, for reading. Nothing can be changed through it.

mod apart;
mod case;
mod content;
mod counting;
mod exposure;
mod ledger;
mod pause;
mod queue;

use std::fmt;
use std::sync::Arc;

pub use self::ledger::Opened;
pub use case::{Case, Grant, Part, Reading, Referral, StatementRow, Thread, Verification};
pub use content::Content;
pub use counting::{Exposure, Incident};
pub use exposure::Load;
pub use pause::Paused;
pub(crate) use queue::asked_reads;
pub use queue::{Cursor, Filter, Overdue, QueuePage, QueueRow, Sort, Unconfirmed};
use report::triage::Clock;
use report::{Facets, InstitutionCode, ReportId, Sha256};
use sea_orm::DatabaseTransaction;

use crate::blobs::Blobs;
use crate::error::Error;
use crate::moment::Moment;
use crate::rows::NO_HOUR;
use crate::rules::Rules;

/// Reading only, of one state.
pub struct Snapshot {
    pub(crate) tx: DatabaseTransaction,
    pub(crate) blobs: Blobs,
    pub(crate) rules: Option<Arc<Rules>>,
}

/// Who asks to read sealed bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhoReads {
    /// An institution, by what was granted to it.
    Institution(InstitutionCode),
    /// Whoever has the digits.
    Receipt,
}

impl fmt::Display for WhoReads {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Institution(code) => code.fmt(out),
            Self::Receipt => out.write_str("receipt"),
        }
    }
}

impl Snapshot {
    /// Facets as they were admitted.
    fn facets(&self, bytes: &[u8]) -> Result<Facets, Error> {
        let rules = self.rules.as_ref().ok_or(Error::Outdated)?;
        Facets::admit(bytes, rules.country()).map_err(|_| Error::Corrupt { table: "reports" })
    }
}

/// An id out of a row.
fn id(bytes: &[u8], table: &'static str) -> Result<ReportId, Error> {
    Ok(ReportId::new(bytes.try_into().map_err(|_| Error::Corrupt { table })?))
}

/// A hash out of a row.
fn hash(bytes: &[u8], table: &'static str) -> Result<Sha256, Error> {
    Ok(Sha256::new(bytes.try_into().map_err(|_| Error::Corrupt { table })?))
}

/// A code out of a row.
fn read<T: std::str::FromStr>(text: &str, table: &'static str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::Corrupt { table })
}

/// A code out of a row that may have none.
fn read_some<T: std::str::FromStr>(text: Option<&String>, table: &'static str) -> Result<Option<T>, Error> {
    text.map(|text| read(text, table)).transpose()
}

/// A clock out of its number.
fn clock(number: i32) -> Result<Clock, Error> {
    let clock = usize::try_from(number).ok().and_then(|number| Clock::ALL.get(number));
    clock.copied().ok_or(Error::Corrupt { table: "reports" })
}

/// When a clock ends, if it runs.
fn due(hour: Option<i32>) -> Option<Moment> {
    hour.filter(|hour| *hour != NO_HOUR).map(|hour| Moment::of_minute(hour.saturating_mul(60)))
}
