//! A published table: headings and rows, each row readable or at fault on its own.

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
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text);
        let headings = reader.headers().map_err(|_| Failure::refused(format!("{}: no header line", path.display())))?;
        let headings: Vec<String> = headings.iter().map(|heading| heading.trim().to_owned()).collect();
        let named = map.column.iter().map(|column| &column.name).chain(&map.key);
        if let Some(missing) = named.into_iter().find(|name| !headings.contains(name)) {
            return Err(Failure::refused(format!("{}: the column {missing} of the map is not there", path.display())));
        }
        let rows = reader.byte_records().enumerate().map(|(place, record)| row(place + 1, &headings, record)).collect();
        Ok(Self { headings, rows })
    }

    /// The cells of a row under their headings.
    pub fn pairs<'a>(&'a self, row: &'a Row) -> Vec<(&'a str, &'a str)> {
        self.headings.iter().map(String::as_str).zip(row.cells.iter().map(String::as_str)).collect()
    }
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
