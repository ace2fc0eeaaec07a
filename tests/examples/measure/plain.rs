//! The yardstick of filing: the same rows and bytes, the same durability, the same number of filings a transaction, and nothing else.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use house_tests::{Connection, Field, Table};
use store::{Settings, Store};

/// Values one statement may carry on both databases.
const MOST_VALUES: usize = 30_000;

/// What one transaction writes: for every table the statements, each with its rows.
type Batch = Vec<(String, Vec<Vec<Field>>)>;

/// Writes these tables into a fresh database at `url`, so many filings a transaction; how long that took.
pub async fn write(tables: &[Table], url: &str, filings: usize) -> Duration {
    fresh(url).await;
    let batches = batches(tables, filings);
    let mut connection = Connection::open(url).await;
    let begun = Instant::now();
    for batch in &batches {
        connection.begin().await;
        for (statement, rows) in batch {
            connection.run(statement, rows.iter().flatten()).await;
        }
        connection.commit().await;
    }
    begun.elapsed()
}

/// Makes the schema.
pub async fn fresh(url: &str) -> Store {
    let blobs = std::env::temp_dir().join(format!("measure-{}", std::process::id()));
    let store =
        Store::open(Settings::new(url, blobs, |bytes| rand::RngCore::fill_bytes(&mut rand::rngs::OsRng, bytes)));
    let store = store.await.unwrap();
    store.migrate().await.unwrap();
    store
}

/// Sorts rows into transactions by the filing they belong to; those that name none are spread evenly.
fn batches(tables: &[Table], filings: usize) -> Vec<Batch> {
    let reports = tables.iter().find(|table| table.name == "reports").unwrap();
    let place = reports.place("report").unwrap();
    let order: HashMap<&[u8], usize> = reports.rows.iter().filter_map(|row| bytes(row.get(place)?)).zip(0..).collect();
    let mut batches: Vec<Batch> = Vec::new();
    batches.resize_with(order.len().div_ceil(filings), Vec::new);
    for table in tables {
        let mut sorted: Vec<Vec<Vec<Field>>> = vec![Vec::new(); batches.len()];
        let key = table.place("report");
        for (number, row) in table.rows.iter().enumerate() {
            let named = key.and_then(|key| order.get(bytes(row.get(key)?)?).copied());
            let filing = named.unwrap_or(number * order.len() / table.rows.len());
            sorted[filing / filings].push(row.clone());
        }
        for (batch, rows) in batches.iter_mut().zip(sorted) {
            for some in rows.chunks((MOST_VALUES / table.columns.len()).max(1)) {
                batch.push((table.insert(some.len()), some.to_vec()));
            }
        }
    }
    batches
}

/// The bytes of a field that holds some.
pub fn bytes(field: &Field) -> Option<&[u8]> {
    if let Field::Bytes(bytes) = field { bytes.as_deref() } else { None }
}
