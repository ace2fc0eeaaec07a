//! Programs and keys that all houses of a run share.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::root;

/// A program of ours, built once a run.
pub fn program(name: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(build).join(name)
}

fn build() -> PathBuf {
    // The whole workspace, so that shared crates keep the features the tests were built with and nothing is compiled twice.
    let words = ["build", "--quiet", "--workspace", "--bins"];
    let mut cargo = Command::new(env!("CARGO"));
    // Nor twice because this process hears from cargo which package it is: `ring` asks for it, and all above that is built on it.
    for (name, _) in std::env::vars_os() {
        let is_own = ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.to_string_lossy().starts_with(start));
        if is_own {
            cargo.env_remove(name);
        }
    }
    let status = cargo.args(words).current_dir(root()).status().unwrap();
    assert!(status.success(), "the programs do not build");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    root().join(target).join("debug")
}

/// Puts keys, enrolments, board and directory of the training instance into a house's folder.
pub fn copy_into(folder: &Path) {
    static TEMPLATE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let template = TEMPLATE.get_or_init(provision);
    copy(template.path(), folder);
}

fn provision() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(program("xtask"))
        .args(["demo", "--prepare-only", "--dir"])
        .arg(folder.path())
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "provisioning: {}", String::from_utf8_lossy(&output.stderr));
    folder
}

/// Copies what lies in a folder into another.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (source, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if source.is_dir() {
            copy(&source, &to.join(name));
        } else {
            std::fs::copy(&source, to.join(name)).unwrap();
        }
    }
}
