//! What people say. Exists in memory on the way to a seal, nowhere else.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

/// Why a text is not taken. Never holds the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotWords {
    /// Nothing but white space.
    Empty,
    /// More bytes than the field takes.
    TooLong,
    /// A character that is no text, or one that would make a name read other than it is written.
    Control,
}

impl NotWords {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too-long",
            Self::Control => "control-character",
        }
    }
}

impl fmt::Display for NotWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for NotWords {}

/// Whether a character may stand in free text: everything but what is no text. Direction marks and joiners are somebody's script.
fn is_text(c: char) -> bool {
    !c.is_control() || matches!(c, '\n' | '\r' | '\t')
}

/// Whether a character may stand on one line that names somebody or something: no control, no override of direction (UAX 9).
fn is_name(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, most $most:literal, of $allowed:ident) => {
        $(#[$doc])*
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// The most bytes it takes.
            pub const MOST: usize = $most;

            /// The words, for sealing or for the eyes of who opened them.
            pub fn words(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotWords;

            fn try_from(text: String) -> Result<Self, NotWords> {
                let text = Zeroizing::new(text);
                if text.len() > Self::MOST {
                    return Err(NotWords::TooLong);
                }
                if text.trim().is_empty() {
                    return Err(NotWords::Empty);
                }
                if text.chars().all($allowed) { Ok(Self(text)) } else { Err(NotWords::Control) }
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "([sealed])"))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::try_from(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "minLength": 1, "maxLength": $most})
            }
        }
    };
}

words! {
    /// What happened, in the person's own words.
    Narrative, most 200_000, of is_text
}
words! {
    /// Where, in words: finer than any facet.
    Place, most 4_000, of is_text
}
words! {
    /// When, in words.
    When, most 4_000, of is_text
}
words! {
    /// What somebody is called.
    Name, most 1_000, of is_name
}
words! {
    /// How to reach somebody.
    Contact, most 2_000, of is_text
}
words! {
    /// The name of a file as it was on the device.
    FileName, most 255, of is_name
}
