//! A member's work in a real Chromium.

use std::process::Command;

use house_tests::{Database, House, root};
use serde_json::Value;

use crate::road::{a_report, queue};

#[test]
fn a_member_signs_in_opens_a_report_and_refers_it_in_a_real_browser() {
    let Ok(chromium) = std::env::var("PUTOKAZ_TEST_CHROMIUM") else {
        println!("PUTOKAZ_TEST_CHROMIUM names no browser: not driven (cargo xtask test finds one)");
        return;
    };
    let house = House::open(Database::Sqlite);
    let filed = house.files(&a_report(), &[]).done();
    let report = filed["report"].as_str().unwrap();
    let pictures = root().join("target/pictures");
    let output = Command::new("node")
        .args(["test/browser/dashboard.mjs", &house.members, &house.key("NGO-VP.triage"), report, "BA-OMB"])
        .arg(&pictures)
        .env("CHROMIUM", chromium)
        .current_dir(root().join("web"))
        .output()
        .unwrap();
    let seen: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    assert!(output.status.success(), "{seen} {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(seen["keySent"], false, "the key file never left the browser");
    assert_eq!(queue(&house.desk("BA-OMB.triage", &["queue"])), [report], "the referral arrived");
}
