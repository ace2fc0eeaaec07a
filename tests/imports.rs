//! Tables as organisations keep them: messy, real, and filed whole.

use house_tests::{Database, House, both_databases, putokaz, root};
use serde_json::Value;

fn import(house: &House, table: &str, map: &str, more: &[&str]) -> Value {
    let map = root().join(format!("config/import/{map}.toml")).display().to_string();
    let mut words = vec!["import", table, "--map", &map, "--to", &house.public];
    words.extend(more);
    putokaz(&words, "").done()
}

/// A copy of a shipped table, because the journal lies beside it.
fn sample(house: &House, name: &str) -> String {
    let text = std::fs::read_to_string(root().join("crates/cli/samples").join(name)).unwrap();
    house.write(name, &text)
}

fn number(said: &Value, name: &str) -> u64 {
    said[name].as_u64().unwrap_or_else(|| panic!("{name} is no number in {said}"))
}

both_databases! {
    fn a_messy_table_is_filed_once_and_never_twice(house) {
        let table = sample(house, "bvmn-made-up.csv");
        let first = import(house, &table, "bvmn", &[]);
        let rows = number(&first, "rows");
        assert!(rows > 5 && number(&first, "filed") > 0, "{first}");
        let queue = house.desk("NGO-VP.triage", &["queue"]).done();
        let lines = queue["reports"].as_array().unwrap();
        assert!(!lines.is_empty() && lines.iter().all(|line| line["due"].is_null()), "what is long past makes no lead silent: {queue}");
        let again = import(house, &table, "bvmn", &[]);
        assert_eq!((number(&again, "filed"), number(&again, "already")), (0, number(&first, "filed")), "{again}");
    }
}

#[test]
fn a_dry_run_sends_nothing_and_says_what_would_fail() {
    let house = House::open(Database::Sqlite);
    let table = sample(&house, "iom-made-up.csv");
    let said = import(&house, &table, "iom", &["--dry-run"]);
    assert_eq!(number(&said, "filed") + number(&said, "already"), 0, "{said}");
    let real = import(&house, &table, "iom", &[]);
    let failed = real["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["row"].clone())
        .collect::<std::collections::HashSet<_>>();
    assert!(
        number(&real, "filed") + failed.len() as u64 >= number(&real, "rows"),
        "every row is a report or a named fault: {real}"
    );
}

#[test]
fn the_published_rows_of_the_western_balkans_become_reports() {
    let house = House::open(Database::Sqlite);
    let table = sample(&house, "iom-western-balkans-to-2019.csv");
    let said = import(&house, &table, "iom", &[]);
    let (rows, filed) = (number(&said, "rows"), number(&said, "filed"));
    assert!(rows > 100 && filed * 100 >= rows * 98, "{filed} of {rows}: {}", said["faults"]);
}
