//! The per-report key that shreds: grants lie wrapped under it, and it lies in one table of its own.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use sha2::{Digest, Sha256};

use crate::error::Error;

/// Where a grant lies. Bound into the wrapping, so that a row cannot be moved.
pub(crate) struct Place<'a> {
    pub(crate) report: &'a [u8],
    pub(crate) part: &'a str,
    pub(crate) recipient: &'a str,
    pub(crate) statement: &'a [u8],
}

impl Place<'_> {
    /// Length-prefixed, so that no two places spell the same.
    fn to_bytes(&self) -> Vec<u8> {
        let fields = [self.report, self.part.as_bytes(), self.recipient.as_bytes(), self.statement];
        fields
            .iter()
            .flat_map(|field| (field.len() as u64).to_be_bytes().into_iter().chain(field.iter().copied()))
            .collect()
    }

    /// One key wraps one grant at one place once: the place and the grant together may make the nonce.
    fn nonce(&self, sealed: &[u8]) -> [u8; 12] {
        let digest = Sha256::new().chain_update(self.to_bytes()).chain_update(sealed).finalize();
        let mut nonce = [0; 12];
        nonce.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        nonce
    }
}

/// Wraps a sealed grant: the nonce, then the ciphertext.
pub(crate) fn wrap(key: &[u8; 32], place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, Error> {
    let nonce = place.nonce(sealed);
    let payload = Payload { msg: sealed, aad: &place.to_bytes() };
    let cipher = ChaCha20Poly1305::new(Key::from_slice(key));
    let wrapped = cipher.encrypt(Nonce::from_slice(&nonce), payload).map_err(|_| Error::Corrupt { table: "grants" })?;
    Ok([nonce.as_slice(), &wrapped].concat())
}

/// Unwraps it where it lies.
pub(crate) fn unwrap(key: &[u8], place: &Place<'_>, wrapped: &[u8]) -> Result<Vec<u8>, Error> {
    let corrupt = Error::Corrupt { table: "grants" };
    let key: &[u8; 32] = key.try_into().map_err(|_| Error::Corrupt { table: "report_keys" })?;
    let (nonce, wrapped) = wrapped.split_at_checked(12).ok_or(corrupt)?;
    let payload = Payload { msg: wrapped, aad: &place.to_bytes() };
    ChaCha20Poly1305::new(Key::from_slice(key)).decrypt(Nonce::from_slice(nonce), payload).map_err(|_| corrupt)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(recipient: &str) -> Place<'_> {
        Place { report: &[1; 16], part: "account", recipient, statement: &[2; 32] }
    }

    #[test]
    fn a_wrapped_grant_opens_only_where_it_lies_and_with_its_key() {
        let wrapped = wrap(&[7; 32], &place("NGO-VP"), b"sealed").unwrap();
        assert_eq!(unwrap(&[7; 32], &place("NGO-VP"), &wrapped).unwrap(), b"sealed");
        assert!(unwrap(&[7; 32], &place("BA-BP"), &wrapped).is_err());
        assert!(unwrap(&[8; 32], &place("NGO-VP"), &wrapped).is_err());
        assert!(unwrap(&[7; 32], &place("NGO-VP"), &wrapped[..5]).is_err());
    }
}
