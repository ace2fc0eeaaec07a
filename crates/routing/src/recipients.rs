//! As which kinds of recipient a body may get reports, and for what.

use std::collections::BTreeMap;
use std::sync::Arc;

use report::Code;
use serde::Deserialize;

/// Recipient kinds and purposes of one body, looked up both ways. Cloning it is cheap: every filing asks each body of the registry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "BTreeMap<Code, Vec<Code>>")]
pub struct Recipients(Arc<Inner>);

#[derive(Debug, Default, PartialEq, Eq)]
struct Inner {
    purposes: BTreeMap<Code, Vec<Code>>,
    kinds: BTreeMap<Code, Vec<Code>>,
}

impl From<BTreeMap<Code, Vec<Code>>> for Recipients {
    fn from(purposes: BTreeMap<Code, Vec<Code>>) -> Self {
        let mut all: Vec<(&Code, &Vec<Code>)> = purposes.iter().collect();
        all.sort_by_key(|(kind, purposes)| (purposes.len(), *kind));
        let mut kinds: BTreeMap<Code, Vec<Code>> = BTreeMap::new();
        for (kind, purpose) in all.into_iter().flat_map(|(kind, purposes)| purposes.iter().map(move |one| (kind, one)))
        {
            let known = kinds.entry(purpose.clone()).or_default();
            if !known.contains(kind) {
                known.push(kind.clone());
            }
        }
        Self(Arc::new(Inner { purposes, kinds }))
    }
}

impl Recipients {
    /// Whether it may get nothing.
    pub fn is_empty(&self) -> bool {
        self.0.purposes.is_empty()
    }

    /// Kind by kind, what it may get a report for.
    pub fn iter(&self) -> impl Iterator<Item = (&Code, &[Code])> {
        self.0.purposes.iter().map(|(kind, purposes)| (kind, purposes.as_slice()))
    }

    /// Purpose by purpose, as which kinds: the most particular (that of the fewest purposes) first.
    pub fn by_purpose(&self) -> impl Iterator<Item = (&Code, &[Code])> {
        self.0.kinds.iter().map(|(purpose, kinds)| (purpose, kinds.as_slice()))
    }

    /// As which kinds for one purpose, the most particular first.
    pub fn kinds(&self, purpose: &str) -> &[Code] {
        self.0.kinds.get(purpose).map(Vec::as_slice).unwrap_or_default()
    }
}
