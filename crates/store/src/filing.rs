//! A filing on its way in, and what became of it.

use report::triage::Assessment;
use report::{Day, InstitutionCode, ReportId, Sha256};

use crate::moment::Moment;
use crate::stated::Stated;

/// A report to be kept: the checked statement with all that travelled, and what was worked out from its facets.
#[derive(Clone)]
pub struct Filing {
    /// What was signed and checked, act `file`.
    pub stated: Stated,
    /// Clock and severity, by rule from the facets.
    pub assessment: Assessment,
    /// Until when a person must have acted; none when no protective clock runs.
    pub due: Option<Moment>,
    /// The institution that answers for it.
    pub lead: Option<InstitutionCode>,
    /// The one that takes over.
    pub alternate: Option<InstitutionCode>,
    /// Whether the server itself sealed it (the plain door).
    pub plain: bool,
    /// The organisation whose filing link it came through; none when it came by itself or accuses that organisation.
    pub through: Option<InstitutionCode>,
    /// When it came.
    pub now: Moment,
}

/// Proof that a statement is durably kept: what an acknowledgement is written from. Only the store makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    report: ReportId,
    statement: Sha256,
    day: Day,
    ledger: u64,
}

impl Kept {
    pub(crate) fn new(report: ReportId, statement: Sha256, day: Day, ledger: i64) -> Self {
        Self { report, statement, day, ledger: u64::try_from(ledger).unwrap_or_default() }
    }

    /// Of which report.
    pub fn report(&self) -> ReportId {
        self.report
    }

    /// The hash of the statement's bytes.
    pub fn statement(&self) -> Sha256 {
        self.statement
    }

    /// The UTC day on which it was kept first.
    pub fn day(&self) -> Day {
        self.day
    }

    /// Its line in the ledger.
    pub fn ledger(&self) -> u64 {
        self.ledger
    }
}

/// What became of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filed {
    /// Kept now.
    Kept(Kept),
    /// Kept before, byte for byte the same: the same acknowledgement.
    Already(Kept),
    /// Other bytes stand under this id or this number (409).
    Conflict,
    /// The report was destroyed; it does not come back (410).
    Gone,
}

impl Filed {
    /// The proof, when it is kept.
    pub fn kept(&self) -> Option<&Kept> {
        match self {
            Self::Kept(kept) | Self::Already(kept) => Some(kept),
            Self::Conflict | Self::Gone => None,
        }
    }
}
