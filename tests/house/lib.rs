//! The harness: a house of its own for every test, on a real, migrated database, with its doors open on the loopback.

mod canary;

use std::path::{Path, PathBuf};

pub use canary::Canary;

/// The folder that holds the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
