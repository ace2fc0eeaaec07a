//! A map: how the columns of a published table become the fields of a report. Data, not code (`config/import/`).

use std::collections::BTreeMap;
use std::path::Path;

use report::taxonomy::{CrosswalkRow, Taxonomy};
use serde::Deserialize;
use serde_json::{Map as Object, Value};

use crate::Failure;

/// A map as its file says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// Always 1.
    version: u8,
    /// The name of the table; part of what the journal knows a row by.
    pub name: String,
    /// The columns that together name a row.
    pub key: Vec<String>,
    /// A file of country names beside the map.
    countries: String,
    /// What stands between the values of a cell unless a column says otherwise.
    separator: String,
    /// Cells that say nothing.
    absent: Vec<String>,
    /// Cells that say "not known".
    unknown: Vec<String>,
    /// What a flag says when it is set.
    #[serde(default)]
    yes: Vec<String>,
    /// What a flag says when nobody filled it in, or the thing was not so: nobody can tell.
    #[serde(default)]
    not_filled: Vec<String>,
    /// The fields every report of this table has, in the words of `REPORT.json`.
    pub report: Object<String, Value>,
    /// For tables of returns over borders: the acts and the accused that the countries of a row stand for.
    pub journey: Option<Journey>,
    /// Crosswalks of this table's own; the taxonomy's are found by name.
    #[serde(default)]
    pub crosswalk: BTreeMap<String, BTreeMap<String, Term>>,
    /// The columns.
    pub column: Vec<Column>,
    /// Names of countries and their ISO alpha-2 codes, read from the file beside.
    #[serde(skip)]
    names: BTreeMap<String, String>,
}

/// What a return over a border stands for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journey {
    /// The act of every row.
    pub act: String,
    /// The act of a row that went through several states.
    pub chain: String,
    /// The kind of officers of a returning state, by its ISO code.
    pub officers: BTreeMap<String, String>,
    /// The kind of officers of any other state.
    pub officers_otherwise: String,
}

/// What a term of a source stands for.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Acts of the taxonomy.
    #[serde(default)]
    pub acts: Vec<String>,
    /// Means of the taxonomy.
    #[serde(default)]
    pub means: Vec<String>,
    /// Kinds of people said to be responsible.
    #[serde(default)]
    pub accused: Vec<String>,
    /// Whether a person must look before the code is trusted.
    #[serde(default)]
    pub review: bool,
}

impl Term {
    fn of(row: &CrosswalkRow) -> Self {
        let words = |codes: &[report::Code]| codes.iter().map(ToString::to_string).collect();
        Self { acts: words(&row.acts), means: words(&row.means), accused: Vec::new(), review: row.review }
    }
}

/// Crosswalks by name, and their terms by folded spelling.
pub type Crosswalks = BTreeMap<String, BTreeMap<String, Term>>;

/// One column.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The column's heading.
    pub name: String,
    /// How its cells are read.
    pub reads: Reading,
    /// What stands between the values of a cell.
    pub separator: Option<String>,
    /// The crosswalk its terms go through.
    pub crosswalk: Option<String>,
    /// Another column that may hold the same day in words.
    pub witness: Option<String>,
    /// Whether dates are written year-month-day throughout.
    #[serde(default)]
    pub iso: bool,
    /// The people a set flag tells of.
    pub people: Option<Object<String, Value>>,
    /// The act that a number above nought tells of.
    pub act: Option<String>,
    /// The highest grade there is.
    pub highest: Option<u32>,
}

/// How the cells of a column are read.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// Not coded: sealed into the account.
    Sealed,
    /// The place in words: sealed, as the account's place.
    Place,
    /// Who reported it: sealed into the coding as the source of the count.
    Source,
    /// The day.
    Date,
    /// The states that returned people.
    From,
    /// The states people were returned to.
    To,
    /// The state where it happened.
    Country,
    /// Terms that a crosswalk turns into acts and means.
    Terms,
    /// Countries of origin.
    Origin,
    /// The youngest and oldest age of the group.
    Ages,
    /// The size of the group.
    Size,
    /// Yes, or nothing.
    Flag,
    /// How many officers there were.
    Officers,
    /// People who died.
    Dead,
    /// People who are missing.
    Missing,
    /// The publisher's own sum of both.
    DeadOrMissing,
    /// People who lived.
    Survivors,
    /// Women and girls among the dead and missing.
    Women,
    /// Men and boys among the dead and missing.
    Men,
    /// Children among the dead and missing.
    Children,
    /// A grade the source gave itself.
    Grade,
}

/// What a cell says before it is read closer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Nothing: not asked.
    Absent,
    /// That it is not known.
    Unknown,
    /// Something.
    Says(&'a str),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Countries {
    names: BTreeMap<String, String>,
}

impl Map {
    /// Reads a map and the names of countries beside it.
    ///
    /// # Errors
    /// When a file cannot be read, or is not a map of version 1.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let mut map: Self = map_file(path)?;
        if map.version != 1 || map.key.is_empty() {
            return Err(Failure::refused(format!("{}: not a map of version 1 with a key", path.display())));
        }
        let beside = path.with_file_name(&map.countries);
        let countries: Countries = toml_file(&beside)?;
        map.names = countries.names.into_iter().map(|(name, code)| (folded(&name), code)).collect();
        Ok(map)
    }

    /// What a cell says.
    pub fn cell<'a>(&self, text: &'a str) -> Cell<'a> {
        let text = text.trim();
        let is = |list: &[String]| list.iter().any(|item| folded(item) == folded(text));
        if is(&self.absent) {
            Cell::Absent
        } else if is(&self.unknown) {
            Cell::Unknown
        } else {
            Cell::Says(text)
        }
    }

    /// What a flag says: set, or nothing to be known; `None` when it is neither.
    pub fn flag(&self, text: &str) -> Option<bool> {
        let is = |list: &[String]| list.iter().any(|item| folded(item) == folded(text));
        if is(&self.yes) { Some(true) } else { is(&self.not_filled).then_some(false) }
    }

    /// The ISO alpha-2 code of a country's name.
    pub fn country(&self, name: &str) -> Option<&str> {
        self.names.get(&folded(name)).map(String::as_str)
    }

    /// The crosswalks this map's columns name: its own and the taxonomy's, by folded term.
    pub fn crosswalks(&self, taxonomy: &Taxonomy) -> Crosswalks {
        let own =
            |terms: &BTreeMap<String, Term>| terms.iter().map(|(name, term)| (folded(name), term.clone())).collect();
        let known =
            |name: &str| taxonomy.crosswalk(name).iter().map(|row| (folded(&row.term), Term::of(row))).collect();
        let named = self.column.iter().filter_map(|column| column.crosswalk.as_ref());
        named.map(|name| (name.clone(), self.crosswalk.get(name).map_or_else(|| known(name), own))).collect()
    }

    /// The separator of a column.
    pub fn separator<'a>(&'a self, column: &'a Column) -> &'a str {
        column.separator.as_deref().unwrap_or(&self.separator)
    }
}

/// Letters without case and with single spaces, so that "Exodus  route" and "exodus route" are one term.
pub fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let composed: String = text.nfc().collect::<String>().replace('\u{2019}', "'");
    composed.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Cuts a cell into the longest known values; what is left over stands alone as unknown.
///
/// A value may itself hold the separator ("…, food, water"), so pieces are joined again as long as that gives a known one.
pub fn values<'a>(cell: &'a str, separator: &str, known: impl Fn(&str) -> bool) -> Vec<(&'a str, bool)> {
    let pieces: Vec<&str> = cell.split(separator).collect();
    let mut found = Vec::new();
    let mut offset = 0;
    let mut place = 0;
    while let Some(piece) = pieces.get(place) {
        let (length, taken, is_known) =
            longest(cell, offset, pieces.get(place..).unwrap_or_default(), &known, separator).unwrap_or((
                piece.len(),
                1,
                false,
            ));
        let value = cell.get(offset..offset + length).unwrap_or_default().trim();
        if !value.is_empty() {
            found.push((value, is_known));
        }
        offset += length + separator.len();
        place += taken;
    }
    found
}

/// The longest known value at the start of these pieces: its length in bytes and in pieces.
fn longest(
    cell: &str,
    offset: usize,
    pieces: &[&str],
    known: &impl Fn(&str) -> bool,
    separator: &str,
) -> Option<(usize, usize, bool)> {
    (1..=pieces.len()).rev().find_map(|taken| {
        let length = pieces.iter().take(taken).map(|piece| piece.len()).sum::<usize>() + separator.len() * (taken - 1);
        known(cell.get(offset..offset + length)?.trim()).then_some((length, taken, true))
    })
}

/// A map as TOML, or as the JSON that the import page saves.
fn map_file(path: &Path) -> Result<Map, Failure> {
    if path.extension().is_none_or(|end| end != "json") {
        return toml_file(path);
    }
    let text = std::fs::read(path).map_err(|error| Failure::file(path, &error))?;
    serde_json::from_slice(&text).map_err(|_| Failure::refused(format!("{}: not a map", path.display())))
}

fn toml_file<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
    toml::from_str(&text).map_err(|error| Failure::refused(format!("{}: {}", path.display(), error.message())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_hold_its_own_separator() {
        let known = |value: &str| ["Drowning", "shelter, food, water"].contains(&value);
        assert_eq!(
            values("Drowning,shelter, food, water", ",", known),
            [("Drowning", true), ("shelter, food, water", true)]
        );
        assert_eq!(values("Drowning,Comet", ",", known), [("Drowning", true), ("Comet", false)]);
        assert_eq!(values(" ; ", ";", known), []);
    }

    #[test]
    fn the_shipped_maps_are_maps() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/import");
        for name in ["bvmn", "iom"] {
            let map = Map::read(&folder.join(name).with_extension("toml")).map_err(|failure| failure.message).unwrap();
            assert_eq!(map.name, name);
            assert_eq!(map.country("  türkiye "), Some("TR"));
            assert_eq!(map.country("Bosnia"), Some("BA"));
            assert_eq!(map.country("Atlantis"), None);
        }
    }
}
