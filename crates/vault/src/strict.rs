//! JSON as the formats ask for it: unknown and doubled keys refused, errors that repeat nothing.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

/// Reads a map and refuses a key that stands twice (serde's own maps let the last one win).
///
/// # Errors
/// Whatever the reader of keys and values says, and a doubled key.
pub fn map<'de, D, K, V>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
{
    struct Once<K, V>(PhantomData<(K, V)>);

    impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Visitor<'de> for Once<K, V> {
        type Value = BTreeMap<K, V>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object without doubled keys")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
            let mut map = BTreeMap::new();
            while let Some((key, value)) = entries.next_entry()? {
                if map.insert(key, value).is_some() {
                    return Err(A::Error::custom("a key stands twice"));
                }
            }
            Ok(map)
        }
    }

    deserializer.deserialize_map(Once(PhantomData))
}

/// The number of the only version there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Version1;

impl TryFrom<u8> for Version1 {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        if number == 1 { Ok(Self) } else { Err("not version 1") }
    }
}

impl From<Version1> for u8 {
    fn from(_: Version1) -> Self {
        1
    }
}

/// A word of ours inside a format: letters, digits and `- _ . : /`, at most 64. Never long enough to tell a story.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Token(String);

impl Token {
    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Token {
    type Error = NotAToken;

    fn try_from(text: String) -> Result<Self, NotAToken> {
        let good = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:/".contains(&byte);
        if (1..=64).contains(&text.len()) && text.bytes().all(good) { Ok(Self(text)) } else { Err(NotAToken) }
    }
}

impl TryFrom<&str> for Token {
    type Error = NotAToken;

    fn try_from(text: &str) -> Result<Self, NotAToken> {
        Self::try_from(text.to_owned())
    }
}

impl From<Token> for String {
    fn from(token: Token) -> Self {
        token.0
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text is no [`Token`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAToken;

impl fmt::Display for NotAToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("letters, digits and - _ . : / only, at most 64")
    }
}

impl std::error::Error for NotAToken {}
