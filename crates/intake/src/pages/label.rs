//! What codes are called.

use report::{Country, InstitutionCode};
use routing::Registry;
use words::Language;

/// Says codes in a language.
#[derive(Clone, Copy, Debug)]
pub struct Labels<'a> {
    country: &'a Country,
    language: Language,
}

impl<'a> Labels<'a> {
    /// The country's codes in the language a page is written in.
    pub fn new(country: &'a Country, language: Language) -> Self {
        Self { country, language: language.written() }
    }

    /// What stands between the entries of a list.
    pub fn comma(self) -> &'static str {
        self.language.comma()
    }

    /// An entry of a list; the code itself where the list has none.
    pub fn term(&self, list: &str, code: &str) -> String {
        web::label(self.country, self.language, (list, code))
    }

    /// A category of acts.
    pub fn category(&self, code: &str) -> String {
        self.term("category", code)
    }

    /// An act.
    pub fn act(&self, code: &str) -> String {
        self.term("act", code)
    }

    /// An institution.
    pub fn institution(&self, registry: &Registry, code: &InstitutionCode) -> String {
        registry.name(code, self.country, self.language.tag()).to_owned()
    }
}
