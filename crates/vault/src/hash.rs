//! SHA-256 over exact bytes.

use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use report::Sha256;
use sha2::Digest;

/// The SHA-256 of these bytes.
pub fn sha256(bytes: &[u8]) -> Sha256 {
    Sha256::new(sha2::Sha256::digest(bytes).into())
}

/// HMAC-SHA-256 of a message under a key.
pub fn keyed(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    // The library takes a whole block; HMAC itself fills a shorter key up with zeros, so the result is that of 32 bytes.
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    let mut mac = <Hmac<sha2::Sha256> as KeyInit>::new(&block.into());
    mac.update(message);
    mac.finalize().into_bytes().into()
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
