//! What an import promises beyond the first run: nothing dropped, no alarm raised, complete after it was killed.

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use house_tests::{House, Said, both_databases, program, putokaz, root};
use serde_json::{Value, json};

/// A copy of a shipped table in the house's folder.
fn table(house: &House, name: &str) -> String {
    let text = std::fs::read_to_string(root().join("crates/cli/samples").join(name)).unwrap();
    house.write(name, &text)
}

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
