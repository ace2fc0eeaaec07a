//! The server's promise that a report was kept (docs/formats.md, "Acknowledgement").

use report::{Day, ReportId, Sha256};
use signed::{Note, NoteFault, SigningKey, VerifierKey};

const TITLE: &str = "putokaz/1 acknowledgement";

/// What the server signs after the synced commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    /// Which report.
    pub report: ReportId,
    /// Hash of the statement that was kept.
    pub statement: Sha256,
    /// The UTC day it was kept.
    pub day: Day,
    /// Its line in the ledger.
    pub ledger: u64,
}

impl Acknowledgement {
    /// The signed note.
    ///
    /// # Errors
    /// [`NoteFault`] never happens with these fields.
    pub fn write(&self, key: &SigningKey) -> Result<String, NoteFault> {
        let Self { report, statement, day, ledger } = self;
        let text = format!("{TITLE}\nreport {report}\nstatement {statement}\nday {day}\nledger {ledger}\n");
        Ok(Note::new(text)?.sign(key).write())
    }

    /// Reads a note that this server signed.
    ///
    /// # Errors
    /// [`NoteFault`]: not signed by the server, or not an acknowledgement.
    pub fn verify(note: &str, server: &VerifierKey) -> Result<Self, NoteFault> {
        let note = Note::read(note)?;
        let text = note.verify(server)?;
        Self::read(text).ok_or(NoteFault::Malformed)
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != TITLE {
            return None;
        }
        let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let report = value("report")?.parse().ok()?;
        let statement = value("statement")?.parse().ok()?;
        let day = value("day")?.parse().ok()?;
        let ledger = value("ledger")?.parse().ok()?;
        let read = Self { report, statement, day, ledger };
        lines.next().is_none().then_some(read)
    }
}
