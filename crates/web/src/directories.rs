//! The directory in force and those before it: what a statement is held to is the one it was made under.

use vault::Directory;

/// Every directory this deployment issued that a statement may still name.
#[derive(Debug, Clone)]
pub struct Directories {
    newest: Directory,
    note: String,
    former: Vec<Directory>,
}

impl Directories {
    /// The one in force with its signed note as it is handed out, and former ones.
    pub fn new(newest: Directory, note: String, former: Vec<Directory>) -> Self {
        Self { newest, note, former }
    }

    /// The one in force.
    pub fn newest(&self) -> &Directory {
        &self.newest
    }

    /// The signed note of the one in force.
    pub fn note(&self) -> &str {
        &self.note
    }

    /// The one of a version, if it was ever issued here.
    pub fn of_version(&self, version: u64) -> Option<&Directory> {
        std::iter::once(&self.newest).chain(&self.former).find(|directory| directory.body().version == version)
    }
}
