//! The configuration files, by name. The only reading of files in this crate.

use std::collections::BTreeMap;
use std::path::Path;

use crate::Fault;

const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Largest configuration file read, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// The texts of a configuration folder: every `*.toml` in it and below, by its name relative to the folder (`import/bvmn.toml`).
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: BTreeMap<String, String>,
}

impl Sources {
    /// The configuration this program was built with.
    pub fn embedded() -> Self {
        Self { files: EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect() }
    }

    /// Reads a configuration folder.
    ///
    /// # Errors
    /// One fault for each file that cannot be read, is too large or is no UTF-8.
    pub fn read(folder: &Path) -> Result<Self, Vec<Fault>> {
        let mut read = (Self::default(), Vec::new());
        walk(folder, "", &mut read);
        if read.1.is_empty() { Ok(read.0) } else { Err(read.1) }
    }

    /// The text of one file.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }

    /// The names of all files, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The same sources with one file replaced or added; how a test breaks one thing at a time.
    #[must_use]
    pub fn with(mut self, name: &str, text: &str) -> Self {
        self.files.insert(name.to_owned(), text.to_owned());
        self
    }
}

fn walk(folder: &Path, prefix: &str, read: &mut (Sources, Vec<Fault>)) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        read.1.push(Fault::new(prefix, 0, "folder-unreadable", "this folder cannot be read"));
        return;
    };
    for entry in entries.flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let path = entry.path();
        if path.is_dir() {
            walk(&path, &format!("{name}/"), read);
        } else if path.extension().is_some_and(|end| end == "toml") {
            match text(&path) {
                Ok(text) => drop(read.0.files.insert(name, text)),
                Err(why) => read.1.push(Fault::new(name, 0, "file-unreadable", why)),
            }
        }
    }
}

fn text(path: &Path) -> Result<String, &'static str> {
    let size = std::fs::metadata(path).map_err(|_| "this file cannot be read")?.len();
    if size > LARGEST {
        return Err("this file is larger than 4 MiB");
    }
    std::fs::read_to_string(path).map_err(|_| "this file cannot be read as UTF-8")
}
