//! The secret half of a hybrid age key, and opening with it.

use std::io::Read;
use std::iter;

use age::DecryptError;
use age_core::format::{FileKey, Stanza};
use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use ml_kem::array::Array;
use ml_kem::kem::Decapsulate;
use rand::{CryptoRng, RngCore};
use vault::hpke::{FILE_KEY, FileKeyCipher};
use vault::hybrid::{ENCAPSULATED, combine};
use vault::{NotAKey, PartIdentity, Recipient, Seed, Stretched};
use x25519_dalek::PublicKey;
use zeroize::Zeroizing;

use crate::fault::Fault;

const TAG: &str = "mlkem768x25519";

/// A secret hybrid key. Wiped when dropped; never printed; its only text is the line of a key file.
pub struct Identity(Seed);

impl Identity {
    /// A new key from the caller's chance.
    pub fn generate(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        Self(Seed::generate(rng))
    }

    /// Reads an `AGE-SECRET-KEY-PQ-1…` line.
    ///
    /// # Errors
    /// [`NotAKey`].
    pub fn read(line: &str) -> Result<Self, NotAKey> {
        Seed::read(line).map(Self)
    }

    /// The line of a key file.
    pub fn write(&self) -> Zeroizing<String> {
        self.0.write()
    }

    /// The receipt's key, of its stretched digits.
    ///
    /// # Errors
    /// [`NotAKey`] never happens with what digits gave.
    pub fn of_receipt(stretched: &Stretched) -> Result<Self, NotAKey> {
        Self::read(&stretched.identity().write())
    }

    /// The public half.
    pub fn recipient(&self) -> Recipient {
        self.0.recipient()
    }

    /// The same key as a part's, to grant that part to somebody else.
    ///
    /// # Errors
    /// [`NotAKey`] never happens with a key that was read.
    pub fn for_granting(&self) -> Result<PartIdentity, NotAKey> {
        Seed::read(&self.0.write()).map(PartIdentity::of)
    }

    pub(crate) fn seed(&self) -> &Seed {
        &self.0
    }

    /// Opens bytes already known to have our shape.
    pub(crate) fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Fault> {
        let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
        self.stream(sealed)?.read_to_end(&mut plain).map_err(|_| Fault::Key)?;
        Ok(plain)
    }

    /// Opens a stream whose header is already known to have our shape (so it is short).
    pub(crate) fn stream<R: std::io::BufRead>(&self, sealed: R) -> Result<impl Read, Fault> {
        let opened = age::Decryptor::new_buffered(sealed).map_err(|_| Fault::Shape)?;
        opened.decrypt(iter::once(self as &dyn age::Identity)).map_err(|_| Fault::Key)
    }

    /// The shared secret another party encapsulated to this key; `None` for a point of small order, which would take the curve half
    /// out of the agreement.
    fn decapsulate(&self, encapsulated: &[u8; ENCAPSULATED]) -> Option<Zeroizing<[u8; 32]>> {
        let (lattice, point) = encapsulated.split_last_chunk::<32>()?;
        let secrets = self.0.expand();
        let first = secrets.lattice.decapsulate(&Array::try_from(lattice).ok()?).ok()?;
        let first = Zeroizing::new(<[u8; 32]>::from(first));
        let second = secrets.curve.diffie_hellman(&PublicKey::from(*point));
        let public = PublicKey::from(&secrets.curve);
        second.was_contributory().then(|| combine(&first, second.as_bytes(), point, public.as_bytes()))
    }
}

impl age::Identity for Identity {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        if stanza.tag != TAG {
            return None;
        }
        let invalid = Some(Err(DecryptError::InvalidHeader));
        let [share] = stanza.args.as_slice() else { return invalid };
        let share = BASE64_STANDARD_NO_PAD.decode(share).ok().and_then(|bytes| bytes.try_into().ok());
        let Some(share) = share else { return invalid };
        if stanza.body.len() != FILE_KEY + 16 {
            return invalid;
        }
        let Some(secret) = self.decapsulate(&share) else { return invalid };
        let file_key = FileKeyCipher::of(&secret)?.open(&stanza.body)?;
        Some(Ok(FileKey::new(Box::new(*file_key))))
    }
}
