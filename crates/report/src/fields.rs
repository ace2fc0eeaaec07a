//! Every column of the database with its class, from `fields.toml`: a test of `store` compares the two.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::fault::Fault;
use crate::sources::Sources;

/// What may happen to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Class {
    /// Facet: coded; routing and statistics work on it.
    F,
    /// Controlled facet: coded and quasi-identifying; coarse, internal, never published alone.
    C,
    /// Sealed: only as ciphertext.
    S,
    /// Administration of the mechanism itself: ids, hashes, keys' public halves, ledger, configuration. Says nothing about a person.
    A,
}

/// Tables with their columns and classes. There is no class for what is never collected (X): such a column cannot be listed.
pub type Fields = BTreeMap<String, BTreeMap<String, Class>>;

/// Reads the checked-in list.
///
/// # Errors
/// What is wrong with the file.
pub fn fields() -> Result<Fields, Vec<Fault>> {
    let sources = Sources::default().with("fields.toml", include_str!("../fields.toml"));
    let page = crate::fault::Page::open(&sources, "fields.toml")?;
    page.parse()
}
