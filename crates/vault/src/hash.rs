//! SHA-256 over exact bytes.

use report::Sha256;
use sha2::Digest;

/// The SHA-256 of these bytes.
pub fn sha256(bytes: &[u8]) -> Sha256 {
    Sha256::new(sha2::Sha256::digest(bytes).into())
}

/// A SHA-256 that grows with what passes by.
#[derive(Default)]
pub struct Hashing(sha2::Sha256);

impl Hashing {
    /// Takes more bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all bytes taken.
    pub fn finish(self) -> Sha256 {
        Sha256::new(self.0.finalize().into())
    }
}
