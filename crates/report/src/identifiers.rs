//! Names and numbers that things go by. Each has one maker, and no error of it repeats what was read.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that is not the identifier it should be. Says which kind was expected, never what stood there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShapeFault(pub(crate) &'static str);

impl fmt::Display for ShapeFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "not the shape of {}", self.0)
    }
}

impl std::error::Error for ShapeFault {}

/// Reading and writing an identifier as the string it is on the wire.
macro_rules! as_text {
    ($name:ident, $pattern:expr) => {
        impl TryFrom<String> for $name {
            type Error = ShapeFault;
            fn try_from(text: String) -> Result<Self, ShapeFault> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "string", "pattern": $pattern})
            }
        }
    };
}
pub(crate) use as_text;

/// A short code: letters, digits, hyphen and underscore, at most 40, beginning with a letter or digit.
macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = ShapeFault;
            fn from_str(text: &str) -> Result<Self, ShapeFault> {
                if is_code(text) { Ok(Self(text.to_owned())) } else { Err(ShapeFault($what)) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        as_text!($name, "^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$");
    };
}

fn is_code(text: &str) -> bool {
    text.len() <= 40
        && text.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

code! {
    /// A code of the taxonomy: an act, a category or an entry of a list. Having one does not mean the country knows it.
    Code, "a taxonomy code"
}
code! {
    /// The stable key of an institution of the registry.
    InstitutionCode, "an institution's code"
}
code! {
    /// A place as the facets know it: a territory of the country (`BA-BIH-01-BIHAC`), an ISO 3166-1 country, `outside` or `UNKNOWN`.
    Area, "an area's code"
}

impl Area {
    /// Abroad, without saying where.
    pub fn outside() -> Self {
        Self("outside".to_owned())
    }

    /// Asked, and not known or not told.
    pub fn unknown() -> Self {
        Self("UNKNOWN".to_owned())
    }
}

/// Fixed-size bytes written as lower-case hexadecimal.
macro_rules! hexadecimal {
    ($(#[$doc:meta])* $name:ident, $size:literal, $what:literal, $pattern:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name([u8; $size]);

        impl $name {
            /// From its bytes.
            pub const fn new(bytes: [u8; $size]) -> Self {
                Self(bytes)
            }

            /// Its bytes.
            pub const fn as_bytes(&self) -> &[u8; $size] {
                &self.0
            }
        }

        impl From<[u8; $size]> for $name {
            fn from(bytes: [u8; $size]) -> Self {
                Self(bytes)
            }
        }

        impl FromStr for $name {
            type Err = ShapeFault;
            fn from_str(text: &str) -> Result<Self, ShapeFault> {
                let mut bytes = [0; $size];
                read_hex(text, &mut bytes).ok_or(ShapeFault($what))?;
                Ok(Self(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, out)
            }
        }

        as_text!($name, $pattern);
    };
}

hexadecimal! {
    /// The id of a report: 128 random bits, made on the device, without any order in time.
    ReportId, 16, "a report's id", "^[0-9a-f]{32}$"
}
hexadecimal! {
    /// A SHA-256 digest.
    Sha256, 32, "a SHA-256 digest", "^[0-9a-f]{64}$"
}

fn read_hex(text: &str, bytes: &mut [u8]) -> Option<()> {
    if text.len() != bytes.len() * 2 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let &[high, low] = pair else { return None };
        *byte = nibble(high)? << 4 | nibble(low)?;
    }
    Some(())
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}
