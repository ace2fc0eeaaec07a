//! Whole tables, read as an import reads them.

use std::path::{Path, PathBuf};

use rand::SeedableRng;
use rand::rngs::StdRng;
use report::Day;

use super::run::{Due, Tally, contents, due};
use super::{Map, Table};
use crate::{Around, Home};

const TODAY: Day = Day::new(20_800);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

struct Read {
    rows: usize,
    reports: usize,
    already: usize,
    to_code: usize,
    faults: Vec<String>,
}

/// Reads a table as far as to the documents that would be sealed.
fn read(table: &Path, map: &str) -> Read {
    let home = Home::embedded().map_err(|failure| failure.message).unwrap();
    let (input, messages) = (Box::new(std::io::empty()), Box::new(std::io::sink()));
    let (rng, language) = (StdRng::seed_from_u64(1), words::Language::English);
    let around = Around { today: TODAY, rng, language, input, messages };
    let map = Map::read(&root().join("config/import").join(map)).map_err(|failure| failure.message).unwrap();
    let table = Table::read(table, &map).map_err(|failure| failure.message).unwrap();
    let mut tally = Tally::default();
    let due: Vec<Due<'_>> = due(&table, &map, (&home, &around), "instance", &mut tally);
    let documents: Vec<_> = due.iter().map(|due| contents(due, (&home.country, &home.registry, TODAY))).collect();
    let faults = documents.iter().filter_map(|document| document.as_ref().err()).chain(&tally.faults);
    Read {
        rows: table.rows.len(),
        reports: documents.iter().filter(|document| document.is_ok()).count(),
        already: tally.already,
        to_code: due.iter().filter(|due| due.draft.to_code).count(),
        faults: faults.map(|fault| format!("{} {}: {}", fault.row, fault.column, fault.why)).collect(),
    }
}

#[test]
fn every_row_of_the_shipped_tables_becomes_a_report() {
    for (name, map, rows) in [
        ("bvmn-made-up", "bvmn.toml", 8),
        ("iom-made-up", "iom.toml", 10),
        ("iom-western-balkans-to-2019", "iom.toml", 118),
    ] {
        let read = read(&root().join("crates/cli/samples").join(name).with_extension("csv"), map);
        assert_eq!((read.rows, read.reports, read.faults), (rows, rows, Vec::new()), "{name}");
        assert!(read.to_code > 0 && (name.contains("bvmn") || read.to_code < rows), "{name}");
    }
}

#[test]
fn a_row_that_stands_twice_is_one_report_and_a_key_with_two_contents_is_a_named_fault() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("rows.csv");
    let text = std::fs::read_to_string(root().join("crates/cli/samples/bvmn-made-up.csv")).unwrap();
    let (first, last) = (text.lines().nth(1).unwrap(), text.lines().last().unwrap());
    let changed = last.replacen("Made-up hill", "Made-up valley", 1);
    std::fs::write(&table, format!("{text}{first}\n{changed}\ncut,in,the,middle\n")).unwrap();
    let read = read(&table, "bvmn.toml");
    assert_eq!((read.rows, read.reports, read.already), (11, 8, 1));
    assert_eq!(read.faults.len(), 2);
    assert!(read.faults.iter().any(|fault| fault.starts_with("10 source_url")));
    assert!(read.faults.iter().any(|fault| fault.starts_with("11 ")));
}

#[test]
fn the_published_tables_become_reports_where_they_are_at_hand() {
    // Where they lie is said when the tests are built.
    let folder = Path::new(option_env!("PUTOKAZ_TABLES").unwrap_or("."));
    for (name, map, rows, least) in
        [("bvmn-testimonies", "bvmn.toml", 60, 60), ("iom-missing-migrants-to-2019", "iom.toml", 3_348, 3_300)]
    {
        let table = folder.join(name).with_extension("csv");
        if table.is_file() {
            let read = read(&table, map);
            assert_eq!(read.rows, rows);
            assert!(read.reports >= least, "{name}: {:?}", read.faults);
        } else {
            use std::io::Write;
            writeln!(std::io::stderr(), "{name}.csv is not at hand: the shipped sample stands for it").ok();
        }
    }
}
