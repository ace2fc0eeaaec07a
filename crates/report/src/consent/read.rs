//! Reading `consent.toml` and saying everything that is wrong with it.

use serde::Deserialize;
use std::ops::Range;
use toml::Spanned;

use super::{Cell, Choice, ConsentRow, ConsentRules};
use crate::fault::{Draft, Fault, Page};
use crate::identifiers::Code;
use crate::sources::Sources;
use crate::taxonomy::Taxonomy;

const FILE: &str = "consent.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema_version")]
    _schema_version: u32,
    keep: Spanned<ConsentRow>,
    statistics: Spanned<ConsentRow>,
    cell: Vec<Spanned<Cell>>,
    choice: Vec<Spanned<Choice>>,
}

impl ConsentRules {
    /// What is wrong with `consent.toml` in itself.
    pub(crate) fn shape(sources: &Sources) -> Vec<Fault> {
        Page::shape::<File>(sources, FILE)
    }

    /// Reads `consent.toml`.
    pub(crate) fn draft(sources: &Sources, taxonomy: &Taxonomy) -> Draft<Self> {
        let mut page = Page::open(sources, FILE)?;
        let file: File = page.parse()?;
        let rules = Self {
            keep: file.keep.get_ref().clone(),
            statistics: file.statistics.get_ref().clone(),
            matrix: file.cell.iter().map(|cell| cell.get_ref().clone()).collect(),
            choices: file.choice.iter().map(|choice| choice.get_ref().clone()).collect(),
        };
        for (place, cell) in file.cell.iter().enumerate() {
            let (span, cell) = (cell.span(), cell.get_ref());
            taxonomy.need(&mut page, &span, ("purpose_consent", &cell.purpose));
            taxonomy.need(&mut page, &span, ("recipient_kind", &cell.recipient_kind));
            let same = |other: &Cell| other.purpose == cell.purpose && other.recipient_kind == cell.recipient_kind;
            if rules.matrix.iter().position(same) != Some(place) {
                page.note(&span, "duplicate-code", "this cell stands above");
            }
        }
        for choice in &file.choice {
            let known = |code: &Code| rules.choices.iter().any(|other| other.code == *code);
            for code in choice.get_ref().excludes.iter().filter(|code| **code == choice.get_ref().code || !known(code))
            {
                page.note(&choice.span(), "unknown-code", format!("{code} is no other choice"));
            }
        }
        let rows = [&file.keep, &file.statistics].map(|row| (row.span(), row.get_ref().clone()));
        let choices = file.choice.iter().flat_map(|choice| {
            choice.get_ref().rows.iter().map(|row| (choice.span(), row.clone())).collect::<Vec<_>>()
        });
        for (span, row) in rows.into_iter().chain(choices) {
            rules.check_row(&row, &span, &mut page);
        }
        Ok((rules, page.close()))
    }

    fn check_row(&self, row: &ConsentRow, span: &Range<usize>, page: &mut Page<'_>) {
        if !self.allows(row) {
            let (purpose, kind) = (&row.purpose, &row.recipient_kind);
            page.note(span, "consent-impossible", format!("the matrix does not allow {purpose} for {kind} so"));
        }
    }
}
