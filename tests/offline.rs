//! A phone without network, and the way back: in a real Chromium, on both databases.

use std::process::{Command, Output};

use house_tests::{Database, House, both_databases, root};
use serde_json::Value;

use crate::road::queue;

/// What `offline.mjs` shares from another app.
const NOTE: &[u8] = b"a voice note that nobody else may hear";

/// Runs a script of `web/test/browser` against a house.
fn drive(script: &str, arguments: &[&str]) -> Output {
    let path = format!("test/browser/{script}");
    Command::new("node").arg(path).args(arguments).current_dir(root().join("web")).output().unwrap()
}

fn said(output: &Output) -> Value {
    let seen: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    assert!(output.status.success(), "{seen} {}", String::from_utf8_lossy(&output.stderr));
    seen
}

both_databases! {
    fn what_was_sealed_without_network_is_kept_when_it_comes_back(house) {
        if std::env::var("PUTOKAZ_TEST_CHROMIUM").is_err() {
            println!("PUTOKAZ_TEST_CHROMIUM names no browser: not driven (cargo xtask test finds one)");
            return;
        }
        let pictures = root().join("target/pictures/offline");
        let seen = said(&drive("offline.mjs", &[&house.public, &pictures.display().to_string()]));
        assert!(seen["taps"].as_u64().unwrap() <= 14 && seen["shareTaps"].as_u64().unwrap() <= 4, "{seen}");
        let reports = queue(&house.desk("NGO-VP.triage", &["queue"]));
        assert_eq!(reports.len(), 1, "one report arrived, once: {reports:?}");
        let folder = house.file("opened");
        house.desk("NGO-VP.triage", &["open", &reports[0], "evidence/1", "--out", &folder]).done();
        let files = std::fs::read_dir(format!("{folder}/evidence")).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
        let notes: Vec<_> = files.collect();
        assert!(notes.iter().any(|note| note == NOTE), "the voice note is the one that was shared, byte for byte");
    }
}

#[test]
fn the_real_tus_client_uploads_is_cut_and_goes_on() {
    let house = House::open(Database::Sqlite);
    let seen = said(&drive("tus.mjs", &[&house.public]));
    assert_eq!(seen["sameAddress"], true, "{seen}");
}
