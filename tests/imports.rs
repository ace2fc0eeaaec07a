<<<<<<< HEAD
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
=======
//! Published tables come in whole, once, whatever happens on the way.

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use house_tests::{House, Said, both_databases, program, putokaz, root};
use serde_json::{Value, json};

/// A copy of a shipped table in the house's folder.
fn table(house: &House, name: &str) -> String {
>>>>>>> 85b98a2 (Try imports through the doors: messy, twice, killed on the way)
    let text = std::fs::read_to_string(root().join("crates/cli/samples").join(name)).unwrap();
    house.write(name, &text)
}

<<<<<<< HEAD
fn number(said: &Value, name: &str) -> u64 {
    said[name].as_u64().unwrap_or_else(|| panic!("{name} is no number in {said}"))
}

both_databases! {
    fn a_messy_table_is_filed_once_and_never_twice(house) {
        let table = sample(house, "bvmn-made-up.csv");
        let first = import(house, &table, "bvmn", &[]);
        let rows = number(&first, "rows");
        assert!(rows > 5 && number(&first, "filed") > 0, "{first}");
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
=======
fn words<'a>(house: &'a House, table: &'a str, map: &'a str) -> Vec<&'a str> {
    vec!["import", table, "--map", map, "--to", &house.public]
}

fn map(name: &str) -> String {
    root().join("config/import").join(name).display().to_string()
}

fn imports(house: &House, table: &str, by: &str) -> Said {
    putokaz(&words(house, table, &map(by)), "")
}

fn told(said: &Said) -> [u64; 3] {
    let document = said.done();
    ["rows", "filed", "already"].map(|field| document[field].as_u64().unwrap())
}

fn waiting(house: &House) -> Vec<Value> {
    house.desk("NGO-VP.triage", &["queue"]).done()["reports"].as_array().unwrap().clone()
}

both_databases! {
    fn every_row_of_a_messy_table_becomes_one_report(house) {
        let path = table(house, "bvmn-made-up.csv");
        assert_eq!(told(&putokaz(&[words(house, &path, &map("bvmn.toml")), vec!["--dry-run"]].concat(), "")), [8, 0, 0]);
        assert!(waiting(house).is_empty(), "a dry run sends nothing");
        let first = imports(house, &path, "bvmn.toml");
        assert_eq!((told(&first), &first.json()["faults"]), ([8, 8, 0], &json!([])));
        assert_eq!(told(&imports(house, &path, "bvmn.toml")), [8, 0, 8], "a second run files nothing twice");
        let reports = waiting(house);
        assert_eq!(reports.len(), 8);
        assert!(reports.iter().all(|line| !["U0", "U1", "U2"].iter().any(|clock| line["clock"] == *clock)), "an import raises no alarm");
        let journal = std::fs::metadata(format!("{path}.journal")).unwrap();
        assert_eq!(journal.permissions().mode() & 0o777, 0o600);
        let opened = reports.iter().map(|line| house.desk("NGO-VP.triage", &["open", line["report"].as_str().unwrap(), "account"]));
        let accounts: Vec<String> = opened.map(|said| said.stdout).collect();
        assert!(accounts.iter().any(|account| account.contains("made-up term")), "what does not map is sealed, not dropped");
    }

    fn an_import_that_is_killed_ends_complete(house) {
        let path = table(house, "iom-western-balkans-to-2019.csv");
        let mut killed = Command::new(program("putokaz"))
            .args(words(house, &path, &map("iom.toml")))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        while std::fs::read_to_string(format!("{path}.journal")).map_or(0, |text| text.lines().count()) < 10 {
            std::thread::sleep(Duration::from_millis(5));
        }
        killed.kill().unwrap();
        killed.wait().unwrap();
        let [rows, filed, already] = told(&imports(house, &path, "iom.toml"));
        assert_eq!((rows, filed + already), (118, 118));
        assert!(already >= 9, "what was kept is known");
        assert_eq!(waiting(house).len(), 118, "no row became two reports");
    }
}
>>>>>>> 85b98a2 (Try imports through the doors: messy, twice, killed on the way)
