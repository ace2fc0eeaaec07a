//! Keys with a name, as notes are signed with.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rand::{CryptoRng, RngCore};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::key::{BadKey, PublicKey, SecretKey, Signature};

/// The byte that says "Ed25519" in front of a key (C2SP signed-note).
const ED25519: u8 = 0x01;

/// A named public key: `name+hash8+base64(0x01 ‖ public key)`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerifierKey {
    name: String,
    key: PublicKey,
}

impl VerifierKey {
    /// Gives a public key its name.
    ///
    /// # Errors
    /// [`BadKey`] when the name is empty or holds white space, a control character or `+`.
    pub fn new(name: &str, key: PublicKey) -> Result<Self, BadKey> {
        if is_name(name) { Ok(Self { name: name.to_owned(), key }) } else { Err(BadKey) }
    }

    /// Who signs.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// With what.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// The four bytes by which a signature line says which key of that name made it.
    pub fn hash(&self) -> [u8; 4] {
        let mut hasher = Sha256::new();
        hasher.update(self.name.as_bytes());
        hasher.update([b'\n', ED25519]);
        hasher.update(self.key.as_bytes());
        let [a, b, c, d, ..] = <[u8; 32]>::from(hasher.finalize());
        [a, b, c, d]
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = BASE64_STANDARD.encode([&[ED25519][..], self.key.as_bytes()].concat());
        write!(f, "{}+{}+{key}", self.name, hex::encode(self.hash()))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}

impl FromStr for VerifierKey {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let mut fields = text.trim().splitn(3, '+');
        let (Some(name), Some(hash), Some(key)) = (fields.next(), fields.next(), fields.next()) else {
            return Err(BadKey);
        };
        let bytes = BASE64_STANDARD.decode(key).map_err(|_| BadKey)?;
        let Some((&ED25519, key)) = bytes.split_first() else { return Err(BadKey) };
        let key = PublicKey::of_bytes(key.try_into().map_err(|_| BadKey)?)?;
        let verifier = Self::new(name, key)?;
        if hex::encode(verifier.hash()) == hash { Ok(verifier) } else { Err(BadKey) }
    }
}

impl Serialize for VerifierKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for VerifierKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A named secret key: signs notes. Wiped when dropped.
pub struct SigningKey {
    secret: SecretKey,
    verifier: VerifierKey,
}

impl SigningKey {
    /// Gives a secret key its name.
    ///
    /// # Errors
    /// [`BadKey`] when the name cannot stand in a note.
    pub fn new(name: &str, secret: SecretKey) -> Result<Self, BadKey> {
        let verifier = VerifierKey::new(name, secret.public())?;
        Ok(Self { secret, verifier })
    }

    /// A new key of that name.
    ///
    /// # Errors
    /// [`BadKey`] when the name cannot stand in a note.
    pub fn generate(name: &str, rng: &mut (impl RngCore + CryptoRng)) -> Result<Self, BadKey> {
        Self::new(name, SecretKey::generate(rng))
    }

    /// Reads the one line of a key file: `PRIVATE+KEY+name+hash8+base64(0x01 ‖ seed)`, the form other note tools write.
    ///
    /// # Errors
    /// [`BadKey`] when the line is anything else; it never repeats the line.
    pub fn read(line: &str) -> Result<Self, BadKey> {
        let rest = line.trim().strip_prefix("PRIVATE+KEY+").ok_or(BadKey)?;
        let mut fields = rest.splitn(3, '+');
        let (Some(name), Some(hash), Some(seed)) = (fields.next(), fields.next(), fields.next()) else {
            return Err(BadKey);
        };
        let bytes = Zeroizing::new(BASE64_STANDARD.decode(seed).map_err(|_| BadKey)?);
        let Some((&ED25519, seed)) = bytes.split_first() else { return Err(BadKey) };
        let key = Self::new(name, SecretKey::of_seed(seed.try_into().map_err(|_| BadKey)?))?;
        if hex::encode(key.verifier.hash()) == hash { Ok(key) } else { Err(BadKey) }
    }

    /// The line [`SigningKey::read`] reads, for a file of mode 0600.
    pub fn write(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new(vec![ED25519]);
        bytes.extend_from_slice(self.secret.seed().as_ref());
        let seed = Zeroizing::new(BASE64_STANDARD.encode(&*bytes));
        let (name, hash) = (self.verifier.name(), hex::encode(self.verifier.hash()));
        Zeroizing::new(format!("PRIVATE+KEY+{name}+{hash}+{}", *seed))
    }

    /// What others verify with.
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    pub(crate) fn sign(&self, text: &str) -> Signature {
        self.secret.sign(text.as_bytes())
    }
}

/// What may name a key: no white space, no control character, no `+` (C2SP signed-note).
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}
