//! Reading lists of tables from a configuration file so that one bad entry does not hide the next, each with its lines.

use std::collections::BTreeMap;
use std::ops::Range;

use report::fault::Page;
use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// One entry of a list, with the places its keys stand at.
#[derive(Debug, Clone)]
pub(crate) struct Row<T> {
    value: T,
    span: Range<usize>,
    fields: BTreeMap<String, Range<usize>>,
}

impl<T> Row<T> {
    /// What the entry says.
    pub(crate) fn value(&self) -> &T {
        &self.value
    }

    /// Where a field stands; where the entry begins when it has no such field.
    pub(crate) fn at(&self, field: &str) -> &Range<usize> {
        self.fields.get(field).unwrap_or(&self.span)
    }
}

/// The entries of the list `name`; what cannot be read is noted on the page and left out.
pub(crate) fn rows<T: DeserializeOwned>(page: &mut Page<'_>, table: &DeTable<'_>, name: &str) -> Vec<Row<T>> {
    let Some(list) = table.get(name).and_then(|found| found.get_ref().as_array()) else { return Vec::new() };
    list.iter().filter_map(|entry| row(page, entry)).collect()
}

fn row<T: DeserializeOwned>(page: &mut Page<'_>, entry: &toml::Spanned<DeValue<'_>>) -> Option<Row<T>> {
    let keys = entry.get_ref().as_table().into_iter().flat_map(|table| table.iter());
    let fields = keys.map(|(key, value)| (key.get_ref().to_string(), value.span())).collect();
    match T::deserialize(ValueDeserializer::from(entry.clone())) {
        Ok(value) => Some(Row { value, span: entry.span(), fields }),
        Err(error) => {
            let span = error.span().unwrap_or_else(|| entry.span());
            page.note(&span, "syntax", error.message());
            None
        }
    }
}
