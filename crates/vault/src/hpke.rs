//! HPKE base mode (RFC 9180) as age uses it: one message under a key agreed by the hybrid KEM, HKDF-SHA-256, ChaCha20-Poly1305.

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// What age says the secret is for.
const INFO: &[u8] = b"age-encryption.org/mlkem768x25519";
/// `HPKE`, then KEM 0x647a (MLKEM768-X25519), KDF 0x0001 (HKDF-SHA-256), AEAD 0x0003 (ChaCha20-Poly1305).
const SUITE: &[u8] = b"HPKE\x64\x7a\x00\x01\x00\x03";

/// Bytes of an age file key.
pub const FILE_KEY: usize = 16;

/// The cipher under which exactly one file key travels. Its key is wiped when dropped.
pub struct FileKeyCipher {
    cipher: ChaCha20Poly1305,
    nonce: Zeroizing<[u8; 12]>,
}

impl FileKeyCipher {
    /// The cipher for this shared secret.
    pub fn of(shared: &[u8; 32]) -> Option<Self> {
        let mut context = vec![0]; // base mode
        context.extend_from_slice(&*extract(&[], b"psk_id_hash", &[]));
        context.extend_from_slice(&*extract(&[], b"info_hash", INFO));
        let secret = extract(shared, b"secret", &[]);
        let (mut key, mut nonce) = (Zeroizing::new([0; 32]), Zeroizing::new([0; 12]));
        expand(&secret, b"key", &context, key.as_mut())?;
        expand(&secret, b"base_nonce", &context, nonce.as_mut())?;
        Some(Self { cipher: ChaCha20Poly1305::new(Key::from_slice(&*key)), nonce })
    }

    /// The stanza's body for this file key.
    pub(crate) fn seal(&self, file_key: &[u8; FILE_KEY]) -> Option<Vec<u8>> {
        self.cipher.encrypt(Nonce::from_slice(&*self.nonce), &file_key[..]).ok()
    }

    /// The file key in a stanza's body; `None` when it is not for this secret, or not of the one size
    /// (a ciphertext of free length could be made to open under several keys).
    pub fn open(&self, body: &[u8]) -> Option<Zeroizing<[u8; FILE_KEY]>> {
        if body.len() != FILE_KEY + 16 {
            return None;
        }
        let plain = Zeroizing::new(self.cipher.decrypt(Nonce::from_slice(&*self.nonce), body).ok()?);
        Some(Zeroizing::new(plain.as_slice().try_into().ok()?))
    }
}

fn extract(salt: &[u8], label: &[u8], material: &[u8]) -> Zeroizing<[u8; 32]> {
    let labelled = Zeroizing::new([b"HPKE-v1", SUITE, label, material].concat());
    Zeroizing::new(Hkdf::<Sha256>::extract(Some(salt), &labelled).0.into())
}

fn expand(secret: &[u8; 32], label: &[u8], context: &[u8], out: &mut [u8]) -> Option<()> {
    let length = u16::try_from(out.len()).ok()?.to_be_bytes();
    let info = [&length[..], b"HPKE-v1", SUITE, label, context];
    Hkdf::<Sha256>::from_prk(secret).ok()?.expand_multi_info(&info, out).ok()
}
