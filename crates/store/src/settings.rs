//! What the store is opened with.

use std::path::PathBuf;

/// Fills a buffer with random bytes. The binaries hand it in; below them nothing draws chance.
pub type Entropy = fn(&mut [u8]);

/// Where everything is kept and how much may wait.
#[derive(Clone)]
pub struct Settings {
    /// `sqlite:///path/to/file.db` or `postgres://…`.
    pub database_url: String,
    /// The folder of the blobs; made when missing.
    pub blobs: PathBuf,
    /// Connections that read at the same time.
    pub readers: u32,
    /// Filings and lines that may wait for the writer before [`crate::Error::Busy`].
    pub waiting: usize,
    /// Bytes of filings that may wait for the writer before [`crate::Error::Busy`].
    pub waiting_bytes: usize,
    /// Where blinds, keys and names come from.
    pub entropy: Entropy,
}

impl Settings {
    /// Settings with the usual bounds: four readers, 512 filings or 64 MiB waiting.
    pub fn new(database_url: impl Into<String>, blobs: impl Into<PathBuf>, entropy: Entropy) -> Self {
        Self {
            database_url: database_url.into(),
            blobs: blobs.into(),
            readers: 4,
            waiting: 512,
            waiting_bytes: 64 * 1024 * 1024,
            entropy,
        }
    }
}

/// So many random bytes.
pub(crate) fn random<const N: usize>(entropy: Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy(&mut bytes);
    bytes
}
