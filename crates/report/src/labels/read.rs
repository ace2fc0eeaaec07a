//! Reading `labels/*.toml` and saying everything that is wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::{Labels, Lists};
use crate::consent::ConsentRules;
use crate::fault::{Fault, Page};
use crate::help::Help;
use crate::origin;
use crate::sources::Sources;
use crate::taxonomy::Taxonomy;
use crate::territories::Territories;

const FOLDER: &str = "labels/";

/// The longest label, in letters.
const LONGEST: usize = 200;

/// Lists whose labels may be left out: their entries carry a name of their own, or an international one.
const OPTIONAL: [&str; 6] = ["area", "crossing", "facility", "institution", "origin", "segment"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema_version")]
    _schema_version: u32,
    labels: BTreeMap<String, BTreeMap<String, Spanned<String>>>,
    #[serde(default)]
    words: BTreeMap<String, Spanned<Vec<String>>>,
}

/// The files whose codes are labelled.
#[derive(Clone, Copy)]
pub(crate) struct Labelled<'a> {
    pub taxonomy: &'a Taxonomy,
    pub territories: &'a Territories,
    pub consent: &'a ConsentRules,
    pub help: &'a Help,
}

pub(super) fn file_of(language: &str) -> String {
    format!("{FOLDER}{language}.toml")
}

impl Labels {
    /// What is wrong with the files of `labels/` in themselves.
    pub(crate) fn shape(sources: &Sources) -> Vec<Fault> {
        let files = sources.names().filter(|name| name.starts_with(FOLDER));
        files.flat_map(|name| Page::shape::<File>(sources, name)).collect()
    }

    /// Reads every file of `labels/`. Faults are a code without label, a label for a code nobody knows, an empty label.
    pub(crate) fn draft(sources: &Sources, labelled: Labelled<'_>) -> (Self, Vec<Fault>) {
        let base = labelled.taxonomy.language();
        let mut labels = Self { base: base.to_owned(), ..Self::default() };
        labels.named.insert(base.to_owned(), names(labelled));
        for language in labelled.territories.local_languages() {
            labels.named.entry(language.clone()).or_default().insert("area".to_owned(), local_areas(labelled));
        }
        let files: BTreeSet<&str> = sources.names().filter(|name| name.starts_with(FOLDER)).collect();
        let own = file_of(base);
        let mut faults = Vec::new();
        for file in files.into_iter().chain((sources.get(&own).is_none()).then_some(own.as_str())) {
            faults.extend(labels.add(sources, file, labelled));
        }
        (labels, faults)
    }

    fn add(&mut self, sources: &Sources, name: &str, labelled: Labelled<'_>) -> Vec<Fault> {
        let language = name.trim_start_matches(FOLDER).trim_end_matches(".toml");
        let mut page = match Page::open(sources, name) {
            Ok(page) => page,
            Err(faults) => return faults,
        };
        let file: File = match page.parse() {
            Ok(file) => file,
            Err(faults) => return faults,
        };
        let named = self.named.entry(language.to_owned()).or_default();
        for (list, labels) in &file.labels {
            for (code, label) in labels {
                check((list, code), label, &mut page, labelled);
                named.entry(list.clone()).or_default().insert(code.clone(), label.get_ref().clone());
            }
        }
        for (list, code) in needed(labelled) {
            if named.get(list.as_str()).is_none_or(|labels| !labels.contains_key(&code)) {
                page.note(&(0..0), "label-missing", format!("{code} of list {list} has no label"));
            }
        }
        for (act, words) in &file.words {
            if labelled.taxonomy.act(act).is_none() {
                page.note(&words.span(), "unknown-code", format!("{act} is no act"));
            }
        }
        let words = file.words.into_iter().map(|(act, words)| (act, words.into_inner())).collect();
        self.words.insert(language.to_owned(), words);
        page.close()
    }
}

fn check((list, code): (&str, &str), label: &Spanned<String>, page: &mut Page<'_>, labelled: Labelled<'_>) {
    let text = label.get_ref();
    if text.trim().is_empty() || text.chars().count() > LONGEST || text.chars().any(char::is_control) {
        page.note(
            &label.span(),
            "invalid-value",
            format!("the label of {code} is empty, too long or has control characters"),
        );
    }
    if !is_known(list, code, labelled) {
        page.note(&label.span(), "unknown-code", format!("{code} is not in list {list}"));
    }
}

/// Whether a code exists. Institutions and mandates are the registry's, which asks [`Labels::unknown`].
fn is_known(list: &str, code: &str, labelled: Labelled<'_>) -> bool {
    let Labelled { taxonomy, territories, consent, help } = labelled;
    match list {
        "institution" | "mandate" => true,
        "act" => taxonomy.act(code).is_some(),
        "category" => taxonomy.category(code).is_some(),
        "choice" => consent.choices().iter().any(|choice| choice.code == *code),
        "help" => help.lines().iter().any(|line| line.code == *code),
        "area" => territories.get(code).is_some(),
        "segment" => territories.segment(code).is_some(),
        "crossing" => territories.crossing(code).is_some(),
        "facility" => territories.facility(code).is_some(),
        "origin" => origin::is_country(code),
        _ => taxonomy.term(list, code).is_some(),
    }
}

/// What the country's files call their entries themselves.
fn names(Labelled { taxonomy, territories, .. }: Labelled<'_>) -> Lists {
    let mut lists = Lists::new();
    let mut put = |list: &str, code: &str, name: &str| {
        lists.entry(list.to_owned()).or_default().insert(code.to_owned(), name.to_owned());
    };
    taxonomy.acts().for_each(|act| put("act", act.code.as_str(), &act.label));
    taxonomy.categories().iter().for_each(|category| put("category", category.code.as_str(), &category.label));
    for list in taxonomy.list_names() {
        taxonomy.list(list).iter().for_each(|term| put(list, term.code.as_str(), &term.label));
    }
    territories.all().for_each(|unit| put("area", unit.code.as_str(), &unit.name));
    territories.segments().for_each(|segment| put("segment", segment.code.as_str(), &segment.name));
    territories.crossings().for_each(|crossing| put("crossing", crossing.code.as_str(), &crossing.name));
    territories.facilities().for_each(|facility| put("facility", facility.code.as_str(), &facility.name));
    lists
}

fn local_areas(Labelled { territories, .. }: Labelled<'_>) -> BTreeMap<String, String> {
    territories.all().map(|unit| (unit.code.to_string(), unit.local_name.clone())).collect()
}

/// Every list and code that must have a label in each file.
fn needed(labelled: Labelled<'_>) -> Vec<(String, String)> {
    let choices = labelled.consent.choices().iter().map(|choice| ("choice".to_owned(), choice.code.to_string()));
    let help = labelled.help.lines().iter().map(|line| ("help".to_owned(), line.code.to_string()));
    let named = names(labelled).into_iter().filter(|(list, _)| !OPTIONAL.contains(&list.as_str()));
    let named = named.flat_map(|(list, codes)| codes.into_keys().map(move |code| (list.clone(), code)));
    named.chain(choices).chain(help).collect()
}
