//! The built code of the pages, served from a folder under names that carry their own hash.

use std::collections::BTreeMap;
use std::path::Path;

use bytes::Bytes;

/// Addresses of the dashboard's style and script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// Address of the style sheet.
    pub style: String,
    /// Address of the module.
    pub script: String,
}

/// Why the folder cannot be served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssetsFault {
    /// No `manifest.json`, or it cannot be read: the pages' code was not built.
    NoManifest,
    /// The manifest names a file that is not there, or lacks one that a page needs.
    Incomplete,
}

/// The folder, read once at start: a page never waits for the disk, and nothing else in the folder can be asked for.
#[derive(Clone, Debug)]
pub struct Assets {
    files: BTreeMap<String, Bytes>,
    bundle: Bundle,
}

impl Assets {
    /// Reads `manifest.json` and the files it names.
    ///
    /// # Errors
    /// When the folder was not built or lacks a file.
    pub fn read(folder: &Path) -> Result<Self, AssetsFault> {
        Self::of(|name| std::fs::read(folder.join(name)).ok().map(Bytes::from))
    }

    /// The same from wherever files are found by name, such as in the program itself.
    ///
    /// # Errors
    /// As [`Assets::read`].
    pub fn of(find: impl Fn(&str) -> Option<Bytes>) -> Result<Self, AssetsFault> {
        let manifest = find("manifest.json").ok_or(AssetsFault::NoManifest)?;
        let names: BTreeMap<String, String> = serde_json::from_slice(&manifest).map_err(|_| AssetsFault::NoManifest)?;
        let address = |name: &str| names.get(name).map(|file| format!("/assets/{file}")).ok_or(AssetsFault::Incomplete);
        let bundle = Bundle { style: address("dashboard.css")?, script: address("dashboard.js")? };
        let found = |file: &String| match find(file) {
            Some(bytes) => Ok((file.clone(), bytes)),
            None => Err(AssetsFault::Incomplete),
        };
        let files = names.values().map(found).collect::<Result<_, _>>()?;
        Ok(Self { files, bundle })
    }

    /// No code: the pages show, and nothing can be opened or signed on them. Programs are served as ever.
    pub fn none() -> Self {
        let nowhere = String::from("/assets/none");
        Self { files: BTreeMap::new(), bundle: Bundle { style: nowhere.clone(), script: nowhere } }
    }

    /// Addresses of what every page loads.
    pub fn bundle(&self) -> &Bundle {
        &self.bundle
    }

    /// One file and its media type.
    pub fn file(&self, name: &str) -> Option<(Bytes, &'static str)> {
        let media =
            if Path::new(name).extension().is_some_and(|end| end == "css") { "text/css" } else { "text/javascript" };
        self.files.get(name).map(|bytes| (bytes.clone(), media))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(manifest: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("manifest.json"), manifest).expect("written");
        std::fs::write(folder.path().join("dashboard-A.js"), "1").expect("written");
        std::fs::write(folder.path().join("dashboard-B.css"), "2").expect("written");
        folder
    }

    #[test]
    fn only_what_the_manifest_names_is_served() {
        let built = folder(r#"{"dashboard.js":"dashboard-A.js","dashboard.css":"dashboard-B.css"}"#);
        let assets = Assets::read(built.path()).expect("built");
        assert_eq!(assets.bundle().script, "/assets/dashboard-A.js");
        assert_eq!(assets.file("dashboard-B.css").expect("named").1, "text/css");
        assert!(assets.file("manifest.json").is_none());
        assert!(assets.file("../Cargo.toml").is_none());
    }

    #[test]
    fn a_folder_that_was_not_built_is_a_fault_at_start() {
        let empty = tempfile::tempdir().expect("a folder");
        assert_eq!(Assets::read(empty.path()).err(), Some(AssetsFault::NoManifest));
        let lacking = folder(r#"{"dashboard.js":"dashboard-A.js"}"#);
        assert_eq!(Assets::read(lacking.path()).err(), Some(AssetsFault::Incomplete));
        let gone = folder(r#"{"dashboard.js":"dashboard-A.js","dashboard.css":"dashboard-C.css"}"#);
        assert_eq!(Assets::read(gone.path()).err(), Some(AssetsFault::Incomplete));
    }
}
