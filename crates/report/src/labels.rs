//! What codes are called in the readers' languages: `labels/<language>.toml`, on top of the names the other files carry themselves.
//!
//! A language is named by its BCP 47 tag. A file is whole or absent: a language without one is told in the country's base language.

use std::collections::BTreeMap;

use crate::fault::Fault;
use crate::sources::Sources;

mod read;

pub(crate) use read::Labelled;

/// Codes by list, and what each is called.
type Lists = BTreeMap<String, BTreeMap<String, String>>;

/// What every code is called, by language.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    base: String,
    named: BTreeMap<String, Lists>,
    words: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl Labels {
    /// The language the country's own files are written in.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The languages with a file of labels.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// What an entry is called in exactly this language; none when it has no name there.
    ///
    /// Lists are `act`, `category`, those of the taxonomy, `choice`, `help`, `area`, `segment`, `crossing`, `facility`, `origin`, `institution` and `mandate`.
    pub fn own(&self, list: &str, code: &str, language: &str) -> Option<&str> {
        self.named.get(language)?.get(list)?.get(code).map(String::as_str)
    }

    /// What an entry is called in a language, else in the base language, else its code.
    pub fn get<'a>(&'a self, list: &str, code: &'a str, language: &str) -> &'a str {
        self.own(list, code, language).or_else(|| self.own(list, code, &self.base)).unwrap_or(code)
    }

    /// The everyday words by which an act is found in a language; the base language's where it has none.
    pub fn words(&self, act: &str, language: &str) -> &[String] {
        let of = |language: &str| self.words.get(language).and_then(|words| words.get(act));
        of(language).or_else(|| of(&self.base)).map_or(&[], Vec::as_slice)
    }

    /// All labels of one list in one language, by code.
    pub fn list(&self, list: &str, language: &str) -> impl Iterator<Item = (&str, &str)> {
        let labels = self.named.get(language).and_then(|lists| lists.get(list));
        labels.into_iter().flatten().map(|(code, label)| (code.as_str(), label.as_str()))
    }

    /// Faults of the labels of a list whose codes another crate knows (`institution`, `mandate`).
    pub fn unknown(&self, sources: &Sources, list: &str, is_known: impl Fn(&str) -> bool) -> Vec<Fault> {
        let languages =
            self.languages().flat_map(|language| self.list(list, language).map(move |(code, _)| (language, code)));
        let unknown = languages.filter(|(_, code)| !is_known(code));
        unknown.map(|(language, code)| unknown_code(sources, language, (list, code))).collect()
    }
}

fn unknown_code(sources: &Sources, language: &str, (list, code): (&str, &str)) -> Fault {
    let file = read::file_of(language);
    let lines = sources.get(&file).into_iter().flat_map(str::lines);
    let line = lines.enumerate().find(|(_, line)| line.starts_with(&format!("{code} = "))).map_or(0, |(at, _)| at + 1);
    Fault::new(file, line, "unknown-code", format!("{code} is not in list {list}"))
}
