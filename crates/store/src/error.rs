//! What can go wrong, without a word of what was stored.

use std::fmt;

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Why the store did not do what was asked. Carries no content, so it may be logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// Something else already stands there: another statement with this number, another report with this receipt.
    Taken,
    /// It was here and was destroyed.
    Gone,
    /// Nothing is there, or nothing that the asker may know of.
    Missing,
    /// The case is not in a stage from which this can be done.
    NotNow,
    /// Another institution answers for the case by now.
    NotLead,
    /// A part names an upload that is not there whole, or has another hash or size.
    Upload,
    /// This process holds another registry than the one in force, or none yet.
    Outdated,
    /// Too much waits to be written; ask again soon.
    Busy,
    /// No room is left on the disk.
    Full,
    /// The database or the folder of blobs does not answer.
    Away,
    /// An enrolment gives the institution's keys to a role that opens no report, or none to one that does.
    Wrapped,
    /// An enrolment with new keys does not say of the keys known here that they were the institution's until today.
    Former,
    /// A row cannot be read as what it should be.
    Corrupt {
        /// Where it stands.
        table: &'static str,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken => out.write_str("taken"),
            Self::Gone => out.write_str("gone"),
            Self::Missing => out.write_str("missing"),
            Self::NotNow => out.write_str("not from this stage"),
            Self::NotLead => out.write_str("another institution answers for it"),
            Self::Upload => out.write_str("upload missing or different"),
            Self::Outdated => out.write_str("another registry is in force"),
            Self::Busy => out.write_str("busy"),
            Self::Full => out.write_str("disk full"),
            Self::Away => out.write_str("storage does not answer"),
            Self::Wrapped => out.write_str("keys go to those whose role opens reports, and to nobody else"),
            Self::Former => out.write_str(
                "its keys are new, and those it had here must stand in `former` with today or later as their last day, \
                 in the enrolment and in the directory: rotate them, or write the day there, and have the directory signed",
            ),
            Self::Corrupt { table } => write!(out, "a row of {table} does not read"),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// Whether trying the rest of a batch is pointless.
    pub(crate) fn is_everybodys(self) -> bool {
        matches!(self, Self::Away | Self::Full | Self::Outdated | Self::Busy)
    }
}

/// The only way a database's error leaves it: its class, and for the operator its code. Texts of errors carry values of rows.
impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(_)) = error.sql_err() {
            return Self::Taken;
        }
        let code = code(&error).unwrap_or_default();
        tracing::error!(code, "the database refused");
        match (code.as_str(), &error) {
            // SQLITE_FULL and PostgreSQL's disk_full
            ("13" | "53100", _) => Self::Full,
            (_, DbErr::Type(_) | DbErr::Json(_)) => Self::Corrupt { table: "unknown" },
            _ => Self::Away,
        }
    }
}

fn code(error: &DbErr) -> Option<String> {
    let (DbErr::Conn(RuntimeErr::SqlxError(cause))
    | DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
    else {
        return None;
    };
    Some(cause.as_database_error()?.code()?.into_owned())
}

impl From<object_store::Error> for Error {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            other => below(&other).map_or(Self::Away, Self::from),
        }
    }
}

/// The system's own kind of error, below whatever is wrapped around it.
fn below(error: &(dyn std::error::Error + 'static)) -> Option<std::io::Error> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(own) = error.downcast_ref::<std::io::Error>() {
            return Some(own.kind().into());
        }
        next = error.source();
    }
    None
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::Missing,
            std::io::ErrorKind::StorageFull => Self::Full,
            _ => Self::Away,
        }
    }
}
