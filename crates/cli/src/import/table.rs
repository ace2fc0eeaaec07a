//! A published table: headings and rows, each row readable or at fault on its own.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use super::map::Map;
use crate::Failure;

/// A row that could not become a report, named by its number (1 is the first under the headings) and column.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct RowFault {
    /// The row.
    pub row: usize,
    /// The column's heading; empty when it is the row as a whole.
    pub column: String,
    /// Why, in few words; never what stands in the cell.
    pub why: String,
}

/// One row.
pub struct Row {
    /// Its number.
    pub number: usize,
    /// Its cells, in the order of the headings.
    pub cells: Vec<String>,
}

/// Headings and rows.
pub struct Table {
    /// The headings.
    pub headings: Vec<String>,
    /// Every row, or why it is none.
    pub rows: Vec<Result<Row, RowFault>>,
}

impl Table {
    /// Reads a CSV file with a header line.
    ///
    /// # Errors
    /// When the file cannot be read, or lacks a column the map names.
    pub fn read(path: &Path, map: &Map) -> Result<Self, Failure> {
        let bytes = std::fs::read(path).map_err(|error| Failure::file(path, &error))?;
        let refused = |why: &str| Failure::refused(format!("{}: {why}", path.display()));
        let table = Self::of(&bytes).map_err(refused)?;
        let named = map.column.iter().map(|column| &column.name).chain(&map.key);
        if let Some(missing) = named.into_iter().find(|name| !table.headings.contains(name)) {
            return Err(refused(&format!("the column {missing} of the map is not there")));
        }
        Ok(table)
    }

    /// The table of a file's bytes, or why they are none.
    fn of(bytes: &[u8]) -> Result<Self, &'static str> {
        if bytes.starts_with(b"PK\x03\x04") {
            return Err("this is a workbook; save it as CSV in UTF-8, or file it on the import page");
        }
        let text = decoded(bytes);
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).delimiter(separator(&text)).from_reader(text.as_ref());
        let headings = reader.headers().map_err(|_| "no header line; save the table as CSV in UTF-8")?;
        let headings: Vec<String> = headings.iter().map(|heading| heading.trim().to_owned()).collect();
        let mut seen = BTreeSet::new();
        if headings.iter().any(|heading| !heading.is_empty() && !seen.insert(heading)) {
            return Err("two columns have the same name; give each one of its own");
        }
        let records = reader.byte_records().enumerate().filter(|(_, record)| !says_nothing(record));
        let rows = records.map(|(place, record)| row(place + 1, &headings, record)).collect();
        Ok(Self { headings, rows })
    }

    /// The cells of a row under their headings.
    pub fn pairs<'a>(&'a self, row: &'a Row) -> Vec<(&'a str, &'a str)> {
        self.headings.iter().map(String::as_str).zip(row.cells.iter().map(String::as_str)).collect()
    }
}

/// UTF-8, or UTF-16 where the mark at the beginning says so. Bytes that are neither are seen in their cells.
fn decoded(bytes: &[u8]) -> Cow<'_, [u8]> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.as_chunks().0.iter().map(|pair| unit(*pair)).collect();
        Cow::Owned(String::from_utf16_lossy(&units).into_bytes())
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).into(),
    }
}

/// Where a comma stands between numbers, a semicolon stands between cells; a tab where a workbook was saved as text.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// What the first line holds most of, outside of quotes.
fn separator(text: &[u8]) -> u8 {
    let (mut quoted, mut held) = (false, [0_usize; 3]);
    for byte in text.trim_ascii_start() {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'\r' | b'\n' => break,
            other => held.iter_mut().zip(SEPARATORS).for_each(|(held, sign)| *held += usize::from(sign == *other)),
        }
    }
    let most = held.iter().copied().max().unwrap_or_default();
    held.iter().position(|held| *held == most).map_or(b',', |at| SEPARATORS[at])
}

/// A row in which nothing stands tells of nothing; those below it keep their numbers.
fn says_nothing(record: &csv::Result<csv::ByteRecord>) -> bool {
    record.as_ref().is_ok_and(|record| record.iter().all(|cell| cell.trim_ascii().is_empty()))
}

fn row(number: usize, headings: &[String], record: csv::Result<csv::ByteRecord>) -> Result<Row, RowFault> {
    let fault = |column: &str, why: &str| RowFault { row: number, column: column.to_owned(), why: why.to_owned() };
    let record = record.map_err(|_| fault("", "not a row of a CSV file"))?;
    if record.len() != headings.len() {
        return Err(fault("", "not as many cells as headings"));
    }
    let read = |(heading, cell): (&String, &[u8])| {
        let text = std::str::from_utf8(cell).map_err(|_| fault(heading, "not UTF-8"))?;
        Ok(text.replace(|letter: char| letter.is_control() && letter != '\n', " "))
    };
    let cells = headings.iter().zip(record.iter()).map(read).collect::<Result<Vec<String>, RowFault>>()?;
    Ok(Row { number, cells })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn hard_tables_are_read_as_the_page_reads_them() {
        let vectors: Vec<Value> = serde_json::from_str(include_str!("../../vectors/tables.json")).unwrap();
        for vector in vectors {
            let read = Table::of(&hex::decode(vector["hex"].as_str().unwrap()).unwrap()).ok();
            let told = |row: &Result<Row, RowFault>| match row {
                Ok(row) => json!({ "number": row.number, "cells": row.cells }),
                Err(fault) => json!({ "row": fault.row, "column": fault.column }),
            };
            let rows = read.as_ref().map(|table| table.rows.iter().map(told).collect::<Vec<_>>());
            let headings = read.as_ref().map(|table| &table.headings);
            assert_eq!(json!([headings, rows]), json!([vector["headings"], vector["rows"]]), "{}", vector["name"]);
        }
    }
}
