//! Countries of the world (ISO 3166-1): a fact about the world, not about the deployment.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::identifiers::{Code, ShapeFault, as_text};

const COUNTRIES: &str = include_str!("../data/countries.tsv");

/// Where a person comes from: ISO 3166-1 alpha-2 (alpha-3 is accepted and becomes alpha-2), or a special value of the taxonomy
/// such as "stateless".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Origin(Code);

impl Origin {
    /// The code.
    pub fn code(&self) -> &Code {
        &self.0
    }
}

impl FromStr for Origin {
    type Err = ShapeFault;
    fn from_str(text: &str) -> Result<Self, ShapeFault> {
        let text = alpha_2(text).unwrap_or(text);
        text.parse().map(Self).map_err(|_| ShapeFault("an origin"))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, out)
    }
}

as_text!(Origin, "^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$");

/// Alpha-2 and alpha-3 of every country.
pub fn countries() -> impl Iterator<Item = (&'static str, &'static str)> {
    COUNTRIES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// Whether a text is the ISO 3166-1 alpha-2 code of a country.
pub fn is_country(text: &str) -> bool {
    countries().any(|(two, _)| two == text)
}

/// The alpha-2 code of an alpha-3 code.
pub fn alpha_2(text: &str) -> Option<&'static str> {
    countries().find(|(_, three)| *three == text).map(|(two, _)| two)
}
