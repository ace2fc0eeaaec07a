//! What makes an import repeatable: a secret that ids and receipts are derived from, and the rows that are kept.
//!
//! The secret is written and synced before the first row is sent, so that a row killed on its way has the same id when
//! it is sent again. Whoever holds the journal holds the receipts of its rows: its mode is 0600, and it should be kept
//! like one.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Failure;

/// The journal of one table.
pub struct Journal {
    file: File,
    path: PathBuf,
    secret: [u8; 32],
    kept: HashMap<String, String>,
}

/// One line.
#[derive(Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Line {
    /// The first line.
    Opened { journal: u8, secret: String },
    /// A row that is kept, by the hash of its key, and the report it became.
    Kept { row: String, report: String },
}

impl Journal {
    /// Where the journal of a table lies: beside it.
    pub fn beside(table: &Path) -> PathBuf {
        let mut name = table.file_name().unwrap_or_default().to_owned();
        name.push(".journal");
        table.with_file_name(name)
    }

    /// Opens the journal of a table, or begins one with this secret.
    ///
    /// # Errors
    /// When it cannot be read or written, or is not a journal.
    pub fn open(table: &Path, fresh: [u8; 32]) -> Result<Self, Failure> {
        let path = Self::beside(table);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Failure::file(&path, &error)),
        };
        let file = OpenOptions::new().create(true).append(true).mode(0o600).open(&path);
        let file = file.map_err(|error| Failure::file(&path, &error))?;
        let mut journal = Self { file, path, secret: fresh, kept: HashMap::new() };
        let opened = journal.replay(&text)?;
        if !opened {
            journal.write(&Line::Opened { journal: 1, secret: hex::encode(fresh) })?;
        }
        Ok(journal)
    }

    /// Reads what an earlier run wrote. A last line cut in the middle is a row that was not known to be kept.
    fn replay(&mut self, text: &str) -> Result<bool, Failure> {
        let mut opened = false;
        for line in text.split_inclusive('\n') {
            if !line.ends_with('\n') {
                self.end_line()?;
                break;
            }
            match serde_json::from_str(line) {
                Ok(Line::Opened { journal: 1, secret }) if !opened => {
                    self.secret = hex::decode(secret)
                        .ok()
                        .and_then(|secret| secret.try_into().ok())
                        .ok_or_else(|| self.foreign())?;
                    opened = true;
                }
                Ok(Line::Kept { row, report }) if opened => drop(self.kept.insert(row, report)),
                _ if line.trim().is_empty() || opened => {}
                _ => return Err(self.foreign()),
            }
        }
        Ok(opened)
    }

    fn foreign(&self) -> Failure {
        Failure::refused(format!("{}: not a journal of an import", self.path.display()))
    }

    fn end_line(&mut self) -> Result<(), Failure> {
        self.file.write_all(b"\n").map_err(|error| Failure::file(&self.path, &error))
    }

    /// Whether a row is known to be kept.
    pub fn holds(&self, row: &str) -> bool {
        self.kept.contains_key(row)
    }

    /// The 32 bytes that everything about a row is drawn from: the same on every run, unguessable without the journal.
    pub fn seed(&self, row: &str) -> [u8; 32] {
        Sha256::new()
            .chain_update(b"putokaz import row\n")
            .chain_update(self.secret)
            .chain_update(row)
            .finalize()
            .into()
    }

    /// Notes that a row is kept, and syncs.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn keep(&mut self, row: &str, report: &str) -> Result<(), Failure> {
        self.write(&Line::Kept { row: row.to_owned(), report: report.to_owned() })?;
        self.kept.insert(row.to_owned(), report.to_owned());
        Ok(())
    }

    fn write(&mut self, line: &Line) -> Result<(), Failure> {
        let mut text = serde_json::to_string(line).map_err(|_| Failure::refused("the journal cannot be written"))?;
        text.push('\n');
        let written = self.file.write_all(text.as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(|error| Failure::file(&self.path, &error))
    }
}

/// What the journal knows a row by: the instance it goes to, the map and the cells of its key.
pub fn row_name(instance: &str, map: &str, key: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in [instance, map].into_iter().chain(key.iter().copied()) {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hex::encode(hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_row_has_the_same_seed_after_the_program_was_killed() {
        let folder = tempfile::tempdir().unwrap();
        let table = folder.path().join("rows.csv");
        let open = |fresh| Journal::open(&table, fresh).map_err(|failure| failure.message).unwrap();
        let mut first = open([1; 32]);
        let seed = first.seed("a");
        assert!(first.keep("a", "00").is_ok());
        drop(first);
        std::fs::OpenOptions::new()
            .append(true)
            .open(Journal::beside(&table))
            .unwrap()
            .write_all(b"{\"row\":\"b")
            .unwrap();
        let mut second = open([2; 32]);
        assert_eq!(second.seed("a"), seed);
        assert!(second.holds("a") && !second.holds("b"));
        assert!(second.keep("b", "01").is_ok());
        assert!(open([3; 32]).holds("b"));
        let mode = std::fs::metadata(Journal::beside(&table)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn another_file_is_not_taken_for_a_journal() {
        let folder = tempfile::tempdir().unwrap();
        let table = folder.path().join("rows.csv");
        std::fs::write(Journal::beside(&table), "a,b\n1,2\n").unwrap();
        assert!(Journal::open(&table, [0; 32]).is_err());
    }
}
