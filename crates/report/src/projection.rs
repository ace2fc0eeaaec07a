//! The table that turns coding into facets, read from `projection.toml` and the marks of the taxonomy.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::answer::Answer;
use crate::fault::{Draft, Fault, Page};
use crate::identifiers::Code;
use crate::sources::Sources;
use crate::taxonomy::Taxonomy;
use crate::triage::Codes;

mod tables;

const FILE: &str = "projection.toml";

/// How coding becomes facets, as rows.
#[derive(Debug, Clone, Serialize)]
pub struct Projection {
    unknown: BTreeMap<String, Code>,
    refused: BTreeMap<String, Code>,
    other: BTreeMap<String, Code>,
    smallest: u32,
    sizes: Vec<Size>,
    mixed: BTreeMap<String, Code>,
    protected: BTreeMap<String, Codes>,
}

/// A band of group sizes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Size {
    code: Code,
    from: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema_version")]
    _schema_version: u32,
    unknown: BTreeMap<String, Spanned<Code>>,
    refused: BTreeMap<String, Spanned<Code>>,
    other: BTreeMap<String, Spanned<Code>>,
    group: RawGroup,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    smallest: Spanned<u32>,
    sizes: Spanned<Vec<Size>>,
    mixed: BTreeMap<String, Spanned<Code>>,
}

/// The lists whose entries can be marked `protected`, by the name of the signal they are looked for in.
const PROTECTABLE: [(&str, &str); 4] =
    [("flags", "flag"), ("vulnerability", "vulnerability"), ("age_band", "age_band"), ("needs", "need")];

impl Projection {
    /// What is wrong with `projection.toml` in itself.
    pub(crate) fn shape(sources: &Sources) -> Vec<Fault> {
        Page::shape::<File>(sources, FILE)
    }

    /// Reads `projection.toml`.
    pub(crate) fn draft(sources: &Sources, taxonomy: &Taxonomy) -> Draft<Self> {
        let mut page = Page::open(sources, FILE)?;
        let File { unknown, refused, other, group, .. } = page.parse()?;
        for (list, code) in unknown.iter().chain(&refused).chain(&other).chain(&group.mixed) {
            taxonomy.need(&mut page, &code.span(), (list_of(list), code.get_ref()));
        }
        check_sizes(&group, &mut page);
        let projection = Self {
            unknown: plain(unknown),
            refused: plain(refused),
            other: plain(other),
            smallest: group.smallest.into_inner(),
            sizes: group.sizes.into_inner(),
            mixed: plain(group.mixed),
            protected: protected(taxonomy),
        };
        Ok((projection, page.close()))
    }

    /// What an answer about a list shows: its code, or the code that stands for unknown or refused; nothing when not asked.
    pub fn shown(&self, list: &str, answer: Answer<&Code>) -> Option<Code> {
        match answer {
            Answer::NotAsked => None,
            Answer::Given(code) => Some(code.clone()),
            Answer::Unknown => self.unknown.get(list).cloned(),
            Answer::Refused => self.refused.get(list).or_else(|| self.unknown.get(list)).cloned(),
        }
    }

    /// What stands for a code that the list does not have.
    pub fn other(&self, list: &str) -> Option<&Code> {
        self.other.get(list)
    }

    /// The band of a group's size; none for a group too small to be shown.
    pub fn size(&self, count: u32) -> Option<Code> {
        let band = self.sizes.iter().rev().find(|size| size.from <= count);
        band.filter(|_| count >= self.smallest).map(|size| size.code.clone())
    }

    /// How many people a band of group sizes stands for at least.
    pub fn at_least(&self, code: &Code) -> Option<u32> {
        self.sizes.iter().find(|size| size.code == *code).map(|size| size.from)
    }

    /// Whether a band of group sizes exists.
    pub fn has_size(&self, code: &Code) -> bool {
        self.sizes.iter().any(|size| size.code == *code)
    }

    /// The one code that stands for several groups' codes of a list. What one group did not tell makes the whole unknown: nothing
    /// is claimed that nobody said.
    pub fn common(&self, list: &str, codes: &Codes, taxonomy: &Taxonomy) -> Option<Code> {
        let wider = |code: &Code| -> Code {
            let within = taxonomy.term(list, code.as_str()).and_then(|term| term.text("within"));
            within.and_then(|code| code.parse().ok()).unwrap_or_else(|| code.clone())
        };
        let wide: Codes = codes.iter().map(wider).collect();
        let (unknown, refused) = (self.unknown.get(list), self.refused.get(list));
        let untold = |code: &Code| Some(code) == unknown || Some(code) == refused;
        match only(codes).or_else(|| only(&wide)) {
            Some(code) => Some(code),
            None if wide.iter().any(untold) => unknown.cloned(),
            None => self.mixed.get(list).filter(|_| !wide.is_empty()).cloned(),
        }
    }

    /// The codes that are shown only with consent to statistics, by signal: `categories`, `flags`, `vulnerability`, `age_band`, `needs`.
    pub fn protected(&self) -> &BTreeMap<String, Codes> {
        &self.protected
    }
}

fn only(codes: &Codes) -> Option<Code> {
    let mut codes = codes.iter();
    codes.next().filter(|_| codes.next().is_none()).cloned()
}

/// The list of the taxonomy that a facet draws on.
fn list_of(facet: &str) -> &str {
    if facet == "origin" { "origin_special" } else { facet }
}

fn plain(codes: BTreeMap<String, Spanned<Code>>) -> BTreeMap<String, Code> {
    codes.into_iter().map(|(list, code)| (list, code.into_inner())).collect()
}

fn protected(taxonomy: &Taxonomy) -> BTreeMap<String, Codes> {
    let marked = |list: &str| -> Codes {
        taxonomy.list(list).iter().filter(|term| term.flag("protected")).map(|term| term.code.clone()).collect()
    };
    let mut found: BTreeMap<String, Codes> =
        PROTECTABLE.iter().map(|(signal, list)| ((*signal).to_owned(), marked(list))).collect();
    let categories = taxonomy.categories().iter().filter(|category| category.is_protected);
    found.insert("categories".to_owned(), categories.map(|category| category.code.clone()).collect());
    found
}

fn check_sizes(group: &RawGroup, page: &mut Page<'_>) {
    let sizes = group.sizes.get_ref();
    let rising = sizes.windows(2).all(|pair| matches!(pair, [low, high] if low.from < high.from));
    if !rising || sizes.first().is_none_or(|size| size.from != *group.smallest.get_ref()) {
        let span: Range<usize> = group.sizes.span();
        page.note(&span, "invalid-value", "sizes rise, and the first begins at `smallest`");
    }
}
