//! The age recipient `mlkem768x25519` (C2SP `age.md`): ML-KEM-768 and X25519 joined as X-Wing joins them, then HPKE base mode.
//!
//! age 0.12.1 brings neither half, so both stand here over the crates age itself uses. The secret half opens nothing in
//! this crate: `unseal` does. Public vectors hold it (`crates/unseal/tests/vectors.rs`).

use std::fmt;
use std::str::FromStr;

use age_core::primitives::{bech32_decode, bech32_encode};
use ml_kem::array::Array;
use ml_kem::{EncapsulateDeterministic, EncodedSizeUser, KemCore, MlKem768};
use rand::{CryptoRng, RngCore};
use report::Sha256;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha3::digest::{Digest as _, ExtendableOutput, Update, XofReader};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use crate::hash::sha256;

const RECIPIENT: bech32::Hrp = bech32::Hrp::parse_unchecked("age1pq");
const IDENTITY: bech32::Hrp = bech32::Hrp::parse_unchecked("age-secret-key-pq-");

/// Bytes of an ML-KEM-768 encapsulation key.
const LATTICE_KEY: usize = 1184;
/// Bytes of an ML-KEM-768 ciphertext.
const LATTICE_CIPHERTEXT: usize = 1088;
/// Bytes of a public key: lattice, then curve.
const PUBLIC: usize = LATTICE_KEY + 32;
/// Bytes of an encapsulated secret: lattice, then curve.
pub const ENCAPSULATED: usize = LATTICE_CIPHERTEXT + 32;

/// The secret of the lattice half.
pub type LatticeSecret = <MlKem768 as KemCore>::DecapsulationKey;

/// The text is no recipient or identity of this suite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAKey;

impl fmt::Display for NotAKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a hybrid age key")
    }
}

impl std::error::Error for NotAKey {}

/// To whom something is sealed: an `age1pq1…` string.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Recipient {
    bytes: Box<[u8; PUBLIC]>,
    fingerprint: Sha256,
}

impl Recipient {
    /// The SHA-256 of the recipient string: how a grant's label names the key it was sealed to.
    pub fn fingerprint(&self) -> Sha256 {
        self.fingerprint
    }

    /// Refuses keys that would weaken a half in silence: unreduced lattice coefficients (FIPS 203, 7.2) and points of small order.
    fn of_bytes(bytes: Box<[u8; PUBLIC]>) -> Result<Self, NotAKey> {
        let (lattice, curve) = halves(&bytes).ok_or(NotAKey)?;
        let encoded = Array::try_from(lattice).map_err(|_| NotAKey)?;
        if lattice_key(&encoded).as_bytes() != encoded {
            return Err(NotAKey);
        }
        let probe = StaticSecret::from([1; 32]).diffie_hellman(&PublicKey::from(curve));
        if probe.was_contributory() { Ok(Self::known(bytes)) } else { Err(NotAKey) }
    }

    /// Of bytes that are a key. The fingerprint is taken once: a server compares it at every grant.
    fn known(bytes: Box<[u8; PUBLIC]>) -> Self {
        let fingerprint = sha256(bech32_encode(RECIPIENT, &*bytes).as_bytes());
        Self { bytes, fingerprint }
    }

    /// A fresh shared secret and what carries it.
    pub(crate) fn encapsulate(
        &self,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<([u8; ENCAPSULATED], Zeroizing<[u8; 32]>), NotAKey> {
        let (lattice, curve) = halves(&self.bytes).ok_or(NotAKey)?;
        let (mut chance, mut ephemeral) = (Zeroizing::new([0; 32]), Zeroizing::new([0; 32]));
        rng.fill_bytes(chance.as_mut());
        rng.fill_bytes(ephemeral.as_mut());
        let key = lattice_key(&Array::try_from(lattice).map_err(|_| NotAKey)?);
        let (ciphertext, first) = key.encapsulate_deterministic(&(*chance).into()).map_err(|()| NotAKey)?;
        let ephemeral = StaticSecret::from(*ephemeral);
        let point = PublicKey::from(&ephemeral);
        let second = ephemeral.diffie_hellman(&PublicKey::from(curve));
        let mut encapsulated = [0; ENCAPSULATED];
        for (to, from) in encapsulated.iter_mut().zip(ciphertext.iter().chain(point.as_bytes())) {
            *to = *from;
        }
        Ok((encapsulated, combine(&Zeroizing::new(first.into()), second.as_bytes(), point.as_bytes(), &curve)))
    }
}

fn lattice_key(
    encoded: &ml_kem::Encoded<<MlKem768 as KemCore>::EncapsulationKey>,
) -> <MlKem768 as KemCore>::EncapsulationKey {
    <MlKem768 as KemCore>::EncapsulationKey::from_bytes(encoded)
}

fn halves(bytes: &[u8; PUBLIC]) -> Option<(&[u8], [u8; 32])> {
    let (lattice, curve) = bytes.split_at_checked(LATTICE_KEY)?;
    Some((lattice, curve.try_into().ok()?))
}

/// X-Wing's combiner: one secret that holds as long as either half does.
pub fn combine(lattice: &[u8; 32], curve: &[u8; 32], point: &[u8; 32], public: &[u8; 32]) -> Zeroizing<[u8; 32]> {
    let mut hash = sha3::Sha3_256::new();
    for piece in [lattice, curve, point, public] {
        Update::update(&mut hash, piece);
    }
    Update::update(&mut hash, br"\.//^\");
    Zeroizing::new(hash.finalize().into())
}

impl FromStr for Recipient {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(NotAKey);
        }
        Self::of_bytes(decode(text, RECIPIENT)?.try_into().map_err(|_| NotAKey)?)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&bech32_encode(RECIPIENT, &*self.bytes))
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({})", self.fingerprint())
    }
}

impl Serialize for Recipient {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Recipient {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The secret from which both halves of a hybrid key come. Wiped when dropped; has no text form but [`Seed::write`].
pub struct Seed(Zeroizing<[u8; 32]>);

/// Both halves of a secret key.
pub struct Secrets {
    /// Opens the lattice half; wiped when dropped.
    pub lattice: LatticeSecret,
    /// Opens the curve half; wiped when dropped.
    pub curve: StaticSecret,
}

impl Seed {
    /// A new seed from the caller's chance.
    pub fn generate(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(seed.as_mut());
        Self(seed)
    }

    /// The seed of these bytes (a receipt's, stretched from its digits).
    pub fn of_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    /// Reads an `AGE-SECRET-KEY-PQ-1…` line.
    ///
    /// # Errors
    /// [`NotAKey`], which never repeats the line.
    pub fn read(line: &str) -> Result<Self, NotAKey> {
        if line.bytes().any(|byte| byte.is_ascii_lowercase()) {
            return Err(NotAKey);
        }
        let bytes = Zeroizing::new(decode(line, IDENTITY)?);
        Ok(Self(Zeroizing::new(bytes.as_slice().try_into().map_err(|_| NotAKey)?)))
    }

    /// The `AGE-SECRET-KEY-PQ-1…` line, for a key file, a grant or a wrap.
    pub fn write(&self) -> Zeroizing<String> {
        let mut line = Zeroizing::new(bech32_encode(IDENTITY, &*self.0));
        line.make_ascii_uppercase();
        line
    }

    /// The public half.
    pub fn recipient(&self) -> Recipient {
        let secrets = self.expand();
        let mut bytes = Box::new([0; PUBLIC]);
        let lattice = secrets.lattice.encapsulation_key().as_bytes();
        let curve = PublicKey::from(&secrets.curve);
        for (to, from) in bytes.iter_mut().zip(lattice.iter().chain(curve.as_bytes())) {
            *to = *from;
        }
        Recipient::known(bytes)
    }

    /// Both secret halves (SHAKE-256 of the seed, 96 bytes, as X-Wing says).
    pub fn expand(&self) -> Secrets {
        let mut reader = sha3::Shake256::default().chain(*self.0).finalize_xof();
        let mut next = || {
            let mut bytes = Zeroizing::new([0; 32]);
            reader.read(bytes.as_mut());
            bytes
        };
        let (d, z, curve) = (next(), next(), next());
        let (lattice, _) = MlKem768::generate_deterministic(&(*d).into(), &(*z).into());
        Secrets { lattice, curve: StaticSecret::from(*curve) }
    }
}

fn decode(text: &str, prefix: bech32::Hrp) -> Result<Vec<u8>, NotAKey> {
    let named = |found: bech32::Hrp| if found == prefix { Ok(()) } else { Err(NotAKey) };
    bech32_decode(text.trim(), |_| NotAKey, named, |_, bytes| Ok(bytes.collect()))
}
