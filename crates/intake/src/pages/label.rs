//! What codes are called.

use report::Country;
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

    /// An entry of a list; the code itself where the list has none.
    pub fn term(&self, list: &str, code: &str) -> String {
        self.country.taxonomy().term(list, code).map_or_else(|| code.to_owned(), |term| term.label.clone())
    }

    /// A category of acts.
    pub fn category(&self, code: &str) -> String {
        let found = self.country.taxonomy().category(code);
        let label = found.and_then(|category| {
            category.labels.get(self.language.tag()).or_else(|| category.labels.get(Language::English.tag()))
        });
        label.cloned().unwrap_or_else(|| code.to_owned())
    }

    /// An act.
    pub fn act(&self, code: &str) -> String {
        self.country.taxonomy().act(code).map_or_else(|| code.to_owned(), |act| act.label.clone())
    }
}
