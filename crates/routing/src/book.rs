//! Reading the three files of the registry into entries with their places.

use std::collections::BTreeMap;

use report::fault::Page;
use report::{Code, Fault, Period, Sources};
use toml::de::DeTable;

use crate::institution::Institution;
use crate::leads::{self, Desk, WrittenLead};
use crate::pages::{Row, rows};

/// Where institutions stand.
pub(crate) const FILE: &str = "institutions.toml";

/// The entries of `institutions.toml`.
#[derive(Debug, Default)]
pub(crate) struct Book {
    pub(crate) as_of: Option<Period>,
    /// Mandates by code, with their plain meaning.
    pub(crate) mandates: BTreeMap<Code, String>,
    pub(crate) institutions: Vec<Row<Institution>>,
}

impl Book {
    /// Reads the file as far as it can be read; what cannot is in the faults.
    pub(crate) fn read(sources: &Sources) -> (Self, Vec<Fault>) {
        let (mut page, table) = match open(sources, FILE) {
            Ok(read) => read,
            Err(faults) => return (Self::default(), faults),
        };
        let mut book = Self::default();
        for (key, value) in &table {
            match key.get_ref().as_ref() {
                "schema_version" | "institution" => {}
                "as_of" => book.as_of = value.get_ref().as_str().and_then(|text| text.parse().ok()),
                "mandates" => book.mandates = mandates(&mut page, value),
                _ => page.note(&key.span(), "unknown-key", "this file has no such key"),
            }
        }
        book.institutions = rows(&mut page, &table, "institution");
        (book, page.close())
    }
}

fn mandates(page: &mut Page<'_>, value: &toml::Spanned<toml::de::DeValue<'_>>) -> BTreeMap<Code, String> {
    let mut known = BTreeMap::new();
    for (key, meaning) in value.get_ref().as_table().into_iter().flat_map(|table| table.iter()) {
        match (key.get_ref().parse(), meaning.get_ref().as_str()) {
            (Ok(code), Some(meaning)) => drop(known.insert(code, meaning.to_owned())),
            _ => page.note(&key.span(), "syntax", "a mandate is a code and its meaning"),
        }
    }
    known
}

/// The entries of `leads.toml`.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    pub(crate) leads: Vec<Row<WrittenLead>>,
    pub(crate) desks: Vec<Row<Desk>>,
}

impl Roster {
    /// Reads the file as far as it can be read.
    pub(crate) fn read(sources: &Sources) -> (Self, Vec<Fault>) {
        match open(sources, leads::FILE) {
            Ok((mut page, table)) => {
                let roster = Self { leads: rows(&mut page, &table, "lead"), desks: rows(&mut page, &table, "desk") };
                (roster, page.close())
            }
            Err(faults) => (Self::default(), faults),
        }
    }
}

fn open<'a>(sources: &'a Sources, file: &'a str) -> Result<(Page<'a>, DeTable<'a>), Vec<Fault>> {
    let page = Page::open(sources, file)?;
    page.parse::<toml::Table>()?;
    let text = sources.get(file).unwrap_or_default();
    let table = DeTable::parse(text).map_err(|error| vec![Fault::new(file, 0, "syntax", error.message())])?;
    Ok((page, table.into_inner()))
}
