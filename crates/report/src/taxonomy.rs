//! Codes: categories, acts, rights and lists, read from `taxonomy.toml`.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;

use crate::day::Day;
use crate::fault::Page;
use crate::identifiers::Code;
use crate::triage::Clock;
use crate::validity::Validity;

mod read;

/// One entry of a list.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its code.
    pub code: Code,
    /// Label in the taxonomy's language; the other languages are [`crate::Labels`].
    pub label: String,
    /// From when to when it may be used.
    pub validity: Validity,
    attributes: BTreeMap<String, toml::Value>,
}

impl Term {
    /// A yes-or-no attribute; absent is no.
    pub fn flag(&self, name: &str) -> bool {
        self.attributes.get(name).and_then(toml::Value::as_bool).unwrap_or(false)
    }

    /// A text attribute.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).and_then(toml::Value::as_str)
    }

    /// A number attribute.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.attributes.get(name).and_then(toml::Value::as_integer)
    }

    /// An attribute that is a list of texts; absent is empty.
    pub fn texts(&self, name: &str) -> Vec<&str> {
        let list = self.attributes.get(name).and_then(toml::Value::as_array);
        list.into_iter().flatten().filter_map(toml::Value::as_str).collect()
    }
}

/// A category of acts.
#[derive(Debug, Clone)]
pub struct Category {
    /// Its code, such as `PUSH`.
    pub code: Code,
    /// Whether it is shown only with consent to statistics.
    pub is_protected: bool,
    /// Label in the taxonomy's language.
    pub label: String,
    /// From when to when it may be used.
    pub validity: Validity,
}

/// An act: one kind of thing that was done.
#[derive(Debug, Clone)]
pub struct Act {
    /// Its code, such as `PUSH-01`; begins with its category's.
    pub code: Code,
    /// The category.
    pub category: Code,
    /// Label in the taxonomy's language.
    pub label: String,
    /// English definition.
    pub definition: String,
    /// Keys of rights engaged; indicative, never a finding.
    pub rights: Vec<Code>,
    /// HURIDOCS micro-thesaurus 4.
    pub mt4: Vec<String>,
    /// HURIDOCS micro-thesaurus 5.
    pub mt5: Vec<String>,
    /// UNODC ICCS classes.
    pub iccs: Vec<String>,
    /// 1 to 5, 5 gravest.
    pub severity: u8,
    /// Default clock.
    pub clock: Clock,
    /// Whether a published table may name the act; otherwise never below its category.
    pub is_public: bool,
    /// Flags for triage (list `flag`).
    pub flags: Vec<Code>,
    /// Whether worker mode offers it at once: what is met most in the field. Terms of lists say so by the flag `quick`.
    pub is_quick: bool,
    /// From when to when it may be used.
    pub validity: Validity,
}

/// What a term of somebody else's vocabulary means in ours.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrosswalkRow {
    /// Their term, as published.
    pub term: String,
    /// Our acts.
    pub acts: Vec<Code>,
    /// Our means (list `means`).
    pub means: Vec<Code>,
    /// A person must look; never coded alone.
    pub review: bool,
    /// Why.
    #[serde(default)]
    pub note: Option<String>,
}

/// All codes of the country.
#[derive(Debug, Clone)]
pub struct Taxonomy {
    version: String,
    language: String,
    as_of: Day,
    categories: Vec<Category>,
    acts: BTreeMap<Code, Act>,
    rights: BTreeMap<Code, String>,
    lists: BTreeMap<String, Vec<Term>>,
    crosswalks: BTreeMap<String, Vec<CrosswalkRow>>,
}

impl Taxonomy {
    /// The version facets and statements name, such as `2026-11`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The language its labels are written in, as a BCP 47 tag.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Categories, in the order they are shown.
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// A category.
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.code == *code)
    }

    /// Acts, by code.
    pub fn acts(&self) -> impl Iterator<Item = &Act> {
        self.acts.values()
    }

    /// An act.
    pub fn act(&self, code: &str) -> Option<&Act> {
        self.acts.get(code)
    }

    /// Rights by key, with their English name.
    pub fn rights(&self) -> &BTreeMap<Code, String> {
        &self.rights
    }

    /// The names of all lists.
    pub fn list_names(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(String::as_str)
    }

    /// The entries of a list, in the order they are shown; empty when there is no such list.
    pub fn list(&self, name: &str) -> &[Term] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// An entry of a list.
    pub fn term(&self, list: &str, code: &str) -> Option<&Term> {
        self.list(list).iter().find(|term| term.code == *code)
    }

    /// A crosswalk from somebody else's vocabulary, such as `bvmn`.
    pub fn crosswalk(&self, name: &str) -> &[CrosswalkRow] {
        self.crosswalks.get(name).map_or(&[], Vec::as_slice)
    }

    /// Hours from receipt to the first protective human action under a clock.
    pub fn clock_hours(&self, clock: Clock) -> u32 {
        let hours = self.term("clock", clock.as_str()).and_then(|term| term.number("hours"));
        hours.and_then(|hours| u32::try_from(hours).ok()).unwrap_or(0)
    }
}

/// How a code stands in the country's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody knows it.
    Unknown,
    /// It was in use once.
    Retired,
    /// It is in use.
    InUse,
}

impl Taxonomy {
    /// How a code stands on a day. The list `act` are the acts, `category` the categories; the others are lists of their name.
    pub fn standing(&self, list: &str, code: &str, day: Day) -> Standing {
        let validity = match list {
            "act" => self.act(code).map(|act| act.validity),
            "category" => self.category(code).map(|category| category.validity),
            _ => self.term(list, code).map(|term| term.validity),
        };
        match validity {
            None => Standing::Unknown,
            Some(Validity { to: Some(to), .. }) if to < day => Standing::Retired,
            Some(_) => Standing::InUse,
        }
    }

    /// For readers of configuration: notes a fault when a code does not exist or was retired before this version was made.
    pub fn need(&self, page: &mut Page<'_>, span: &Range<usize>, (list, code): (&str, &Code)) {
        match self.standing(list, code.as_str(), self.as_of) {
            Standing::InUse => {}
            Standing::Unknown => page.note(span, "unknown-code", format!("{code} is not in list {list}")),
            Standing::Retired => page.note(span, "retired-code", format!("{code} of list {list} is retired")),
        }
    }
}
