//! A member's work in a real Chromium.

use std::process::Command;

use house_tests::{Database, House, root};
use serde_json::Value;

use crate::road::{an_urgent_report, queue};

#[test]
fn a_member_signs_in_opens_a_report_and_refers_it_in_a_real_browser() {
    let Ok(chromium) = std::env::var("PUTOKAZ_TEST_CHROMIUM") else {
        println!("PUTOKAZ_TEST_CHROMIUM names no browser: not driven (cargo xtask test finds one)");
        return;
    };
    let house = House::open(Database::Sqlite);
    let filed = house.files(&a_child_reported(), &[]).done();
    let report = filed["report"].as_str().unwrap();
    let pictures = root().join("target/pictures");
    let output = Command::new("node")
        .args(["test/browser/dashboard.mjs", &house.members, &house.key("NGO-VP.triage"), report, "BA-OMB"])
        .arg(&pictures)
        .args([&house.key("NGO-VP.night"), "CSW-BIHAC"])
        .env("CHROMIUM", chromium)
        .current_dir(root().join("web"))
        .output()
        .unwrap();
    let seen: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    assert!(output.status.success(), "{seen} {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(seen["keySent"], false, "the key file never left the browser");
    assert_eq!(queue(&house.desk("BA-OMB.triage", &["queue"])), [report], "the referral arrived");
    let told = house.receipt(filed["receipt"].as_str().unwrap(), &[]).done();
    assert_eq!(
        told["messages"][0]["text"], "We have read this. Are you safe now?",
        "the reply is sealed to the digits"
    );
    let note = house.desk("CSW-BIHAC.guardian", &["open", report]).done();
    assert_eq!(note["parts"][0]["content"], "A child waits at the station. Ask for the night shift.");
    let lead = house.desk("NGO-HCBH.alternate", &["show", report]).done();
    assert_eq!(lead["mine"], "lead", "the report was handed over");
    let opened = house.desk("NGO-HCBH.alternate", &["open", report]).done().to_string();
    assert!(opened.contains("FORC-01") && opened.contains("Wait for the guardian's answer."), "{opened}");
}

/// A child who is alone, with consent to be counted, so that the coded facts are not the protected ones.
fn a_child_reported() -> Value {
    let mut report = an_urgent_report();
    report["account"]["place"] = "a made-up place near the river".into();
    report
}
