//! A statement as the server hands it out: nobody's word until a history verified it.

use report::Day;
use serde::Deserialize;
use signed::Signature;
use unseal::Stated;
use vault::hash::sha256;

/// One statement of a report.
#[derive(Deserialize)]
pub struct Made {
    #[serde(rename = "statement")]
    exact: String,
    signature: Signature,
    #[serde(default)]
    facets: Option<String>,
    day: Day,
}

impl Made {
    /// As a history takes it, with the facets it was handed out with.
    pub fn stated(&self) -> Stated<'_> {
        self.with(self.facets.as_deref())
    }

    /// As a history takes it, with the facets it sets: its own, or those in force when it is the one that set them.
    pub fn stated_under<'a>(&'a self, in_force: &'a str) -> Stated<'a> {
        let sets = vault::Statement::read(&self.exact).ok().and_then(|statement| statement.body().facets);
        let facets = self.facets.as_deref().or(Some(in_force));
        self.with(facets.filter(|facets| sets == Some(sha256(facets.as_bytes()))))
    }

    fn with<'a>(&'a self, facets: Option<&'a str>) -> Stated<'a> {
        Stated { statement: &self.exact, signature: &self.signature, facets, day: self.day }
    }
}
