//! The directory in force and those before it: what a statement is held to is the one it was made under.

use std::fmt;
use std::sync::Arc;

use store::Store;
use vault::Directory;

use crate::Problem;

/// Reads a directory the board signed, whatever its age.
type Reading = dyn Fn(&str) -> Option<Directory> + Send + Sync;

/// Every directory this deployment issued that a statement may still name.
#[derive(Clone)]
pub struct Directories {
    newest: Arc<Directory>,
    note: Arc<str>,
    read: Arc<Reading>,
}

impl fmt::Debug for Directories {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Directories")
    }
}

impl Directories {
    /// The one in force, its signed note as it is handed out, and how a former one out of the store is read.
    pub fn new(
        newest: Directory,
        note: &str,
        read: impl Fn(&str) -> Option<Directory> + Send + Sync + 'static,
    ) -> Self {
        Self { newest: Arc::new(newest), note: note.into(), read: Arc::new(read) }
    }

    /// The one in force.
    pub fn newest(&self) -> &Arc<Directory> {
        &self.newest
    }

    /// The signed note of the one in force.
    pub fn note(&self) -> &str {
        &self.note
    }

    /// The one of a version, if it was ever in force here.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn of_version(&self, store: &Store, version: u64) -> Result<Option<Arc<Directory>>, Problem> {
        if self.newest.body().version == version {
            return Ok(Some(self.newest.clone()));
        }
        let note = store.snapshot().await?.directory(version).await?;
        Ok(note.and_then(|note| (self.read)(&note)).map(Arc::new))
    }
}
