//! Reading JSON without ever repeating it: serde's own messages quote the value they refuse.

use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer};

/// Why bytes are not the JSON document they should be, and where. Carries nothing of what was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonFault {
    /// `not-json` (syntax, cut short, no UTF-8) or `wrong-shape` (unknown or doubled key, wrong type, wrong value).
    pub code: &'static str,
    /// Line from 1; 0 when unknown.
    pub line: usize,
    /// Column from 1; 0 when unknown.
    pub column: usize,
}

impl fmt::Display for JsonFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} at line {} column {}", self.code, self.line, self.column)
    }
}

impl std::error::Error for JsonFault {}

/// Reads a JSON document.
///
/// # Errors
/// Where and in which way the bytes are wrong, without a word of them.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonFault> {
    serde_json::from_slice(bytes).map_err(|error| JsonFault {
        code: if error.is_data() { "wrong-shape" } else { "not-json" },
        line: error.line(),
        column: error.column(),
    })
}

/// Reads an optional key that is there: `null` is not how an absent key is written.
pub(crate) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(input: D) -> Result<Option<T>, D::Error> {
    T::deserialize(input).map(Some)
}
