//! Why: a key of the catalogue and the codes that go into the sentence. `words` turns it into the reader's language.

use serde::Serialize;

/// One plain reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reason {
    /// A key of the catalogue's topic `reasons`, such as `reason-above-accused`.
    pub key: &'static str,
    /// What fills its placeholders: (name, code). Codes of institutions, mandates, categories and consent; never a person's words.
    pub arguments: Vec<(&'static str, String)>,
}

impl Reason {
    /// A reason that needs no code.
    pub(crate) const fn plain(key: &'static str) -> Self {
        Self { key, arguments: Vec::new() }
    }

    /// A reason about another institution.
    pub(crate) fn about(key: &'static str, institution: &impl ToString) -> Self {
        Self { key, arguments: vec![("institution", institution.to_string())] }
    }

    /// A reason with one code of another sort.
    pub(crate) fn with(key: &'static str, name: &'static str, code: &impl ToString) -> Self {
        Self { key, arguments: vec![(name, code.to_string())] }
    }
}
