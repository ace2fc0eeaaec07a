//! Reading `taxonomy.toml` and saying everything that is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;
use validator::Validate;

use super::{Act, Category, CrosswalkRow, Taxonomy, Term};
use crate::day::{Day, Period};
use crate::fault::{Draft, Fault, Page, note_invalid, whole};
use crate::identifiers::Code;
use crate::sources::Sources;
use crate::triage::Clock;
use crate::validity::Validity;

const FILE: &str = "taxonomy.toml";

/// The lists the coded half of a report draws on.
pub(crate) const LISTS: [&str; 26] = [
    "age_band",
    "bias_indicator",
    "channel",
    "clock",
    "count_basis",
    "danger",
    "date_precision",
    "evidence_kind",
    "flag",
    "gender",
    "harm",
    "identity_ground",
    "intervention_kind",
    "involvement",
    "language",
    "legal_status",
    "means",
    "need",
    "origin_special",
    "outcome",
    "perpetrator_kind",
    "place_kind",
    "purpose",
    "purpose_consent",
    "recipient_kind",
    "source_kind",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema_version")]
    _schema_version: u32,
    as_of: Spanned<Period>,
    language: String,
    category: Vec<Spanned<RawCategory>>,
    rights: BTreeMap<Code, String>,
    lists: BTreeMap<String, Vec<Spanned<RawTerm>>>,
    #[serde(default)]
    crosswalk: BTreeMap<String, Vec<Spanned<CrosswalkRow>>>,
    act: Vec<Spanned<RawAct>>,
}

#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
struct RawCategory {
    code: Code,
    #[validate(length(min = 1, max = 200))]
    label: String,
    #[serde(default)]
    protected: bool,
    from: Option<Day>,
    to: Option<Day>,
}

#[derive(Deserialize, Validate)]
struct RawTerm {
    code: Code,
    #[validate(length(min = 1, max = 200))]
    label: String,
    from: Option<Day>,
    to: Option<Day>,
    #[serde(flatten)]
    attributes: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
struct RawAct {
    code: Code,
    #[validate(length(min = 1, max = 200))]
    label: String,
    #[validate(length(min = 1, max = 600))]
    definition: String,
    rights: Vec<Code>,
    #[serde(default)]
    mt4: Vec<String>,
    #[serde(default)]
    mt5: Vec<String>,
    #[serde(default)]
    iccs: Vec<String>,
    #[validate(range(min = 1, max = 5))]
    severity: u8,
    clock: String,
    public_level: String,
    #[serde(default)]
    flags: Vec<Code>,
    #[serde(default)]
    quick: bool,
    from: Option<Day>,
    to: Option<Day>,
}

impl Taxonomy {
    /// Reads `taxonomy.toml`.
    ///
    /// # Errors
    /// Every fault of the file at once.
    pub fn read(sources: &Sources) -> Result<Self, Vec<Fault>> {
        whole(Self::draft(sources))
    }

    /// Reads as much of it as can be read.
    pub(crate) fn draft(sources: &Sources) -> Draft<Self> {
        let mut page = Page::open(sources, FILE)?;
        let file: File = page.parse()?;
        let as_of = file.as_of.get_ref();
        let mut taxonomy = Self {
            version: as_of.to_string(),
            language: file.language,
            as_of: as_of.first(),
            categories: categories(file.category, &mut page),
            acts: BTreeMap::new(),
            rights: file.rights,
            lists: lists(file.lists, &mut page),
            crosswalks: BTreeMap::new(),
        };
        for act in file.act {
            taxonomy.add_act(act, &mut page);
        }
        taxonomy.crosswalks = crosswalks(file.crosswalk, &taxonomy, &mut page);
        Ok((taxonomy, page.close()))
    }

    fn add_act(&mut self, act: Spanned<RawAct>, page: &mut Page<'_>) {
        let span = act.span();
        let act = act.into_inner();
        if let Err(errors) = act.validate() {
            note_invalid(page, &span, &errors);
        }
        if act.rights.is_empty() {
            page.note(&span, "act-without-rights", format!("{} engages no right", act.code));
        }
        for key in act.rights.iter().filter(|key| !self.rights.contains_key(*key)) {
            page.note(&span, "unknown-right", format!("{key} is no key of [rights]"));
        }
        for flag in act.flags.iter().filter(|flag| self.term("flag", flag.as_str()).is_none()) {
            page.note(&span, "unknown-code", format!("{flag} is not in list flag"));
        }
        if !matches!(act.public_level.as_str(), "act" | "category") {
            page.note(&span, "invalid-value", "public_level is act or category");
        }
        let category = act.code.as_str().rsplit_once('-').and_then(|(prefix, _)| self.category(prefix));
        let category = category.map(|category| category.code.clone());
        let Some(category) = category else {
            page.note(&span, "unknown-category", format!("{} begins with no category's code", act.code));
            return;
        };
        let clock: Option<Clock> = act.clock.parse().ok();
        if clock.is_none() {
            page.note(&span, "unknown-code", format!("{} has an unknown clock", act.code));
        }
        // With any clock it is there for what names it: one fault is told once.
        let code = act.code.clone();
        if self.acts.insert(code, finished(act, category, clock.unwrap_or(Clock::U4))).is_some() {
            page.note(&span, "duplicate-code", "an act of this code stands above");
        }
    }
}

fn finished(act: RawAct, category: Code, clock: Clock) -> Act {
    Act {
        code: act.code,
        category,
        label: act.label,
        definition: act.definition,
        rights: act.rights,
        mt4: act.mt4,
        mt5: act.mt5,
        iccs: act.iccs,
        severity: act.severity,
        clock,
        is_public: act.public_level == "act",
        flags: act.flags,
        is_quick: act.quick,
        validity: Validity { from: act.from, to: act.to },
    }
}

fn categories(raw: Vec<Spanned<RawCategory>>, page: &mut Page<'_>) -> Vec<Category> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for category in raw {
        let span = category.span();
        if let Err(errors) = category.get_ref().validate() {
            note_invalid(page, &span, &errors);
        }
        let RawCategory { code, label, protected: is_protected, from, to } = category.into_inner();
        if !seen.insert(code.clone()) {
            page.note(&span, "duplicate-code", format!("{code} stands twice"));
        }
        found.push(Category { code, is_protected, label, validity: Validity { from, to } });
    }
    found
}

fn lists(raw: BTreeMap<String, Vec<Spanned<RawTerm>>>, page: &mut Page<'_>) -> BTreeMap<String, Vec<Term>> {
    for name in LISTS.iter().filter(|name| raw.get(**name).is_none_or(Vec::is_empty)) {
        page.note(&(0..0), "list-missing", format!("list {name} is missing or empty"));
    }
    raw.into_iter().map(|(name, terms)| (name, list(terms, page))).collect()
}

fn list(raw: Vec<Spanned<RawTerm>>, page: &mut Page<'_>) -> Vec<Term> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for term in raw {
        let span = term.span();
        let term = term.into_inner();
        if let Err(errors) = term.validate() {
            note_invalid(page, &span, &errors);
        }
        let validity = Validity { from: term.from, to: term.to };
        if validity.is_reversed() {
            page.note(&span, "reversed-dates", format!("{} ends before it begins", term.code));
        }
        if !seen.insert(term.code.clone()) {
            page.note(&span, "duplicate-code", format!("{} stands twice in its list", term.code));
        }
        found.push(Term { code: term.code, label: term.label, validity, attributes: term.attributes });
    }
    found
}

fn crosswalks(
    raw: BTreeMap<String, Vec<Spanned<CrosswalkRow>>>,
    taxonomy: &Taxonomy,
    page: &mut Page<'_>,
) -> BTreeMap<String, Vec<CrosswalkRow>> {
    let mut found = BTreeMap::new();
    for (name, rows) in raw {
        let mut seen = BTreeSet::new();
        for row in &rows {
            let CrosswalkRow { term, acts, means, .. } = row.get_ref();
            if !seen.insert(term.to_lowercase()) {
                page.note(&row.span(), "duplicate-term", "a row for this term stands above");
            }
            let acts = acts.iter().map(|code| ("act", code));
            for listed in acts.chain(means.iter().map(|code| ("means", code))) {
                taxonomy.need(page, &row.span(), listed);
            }
        }
        found.insert(name, rows.into_iter().map(Spanned::into_inner).collect());
    }
    found
}
