//! A member's work in a real Chromium.

use house_tests::{Database, Field, House, browse, pictures};
use serde_json::Value;

use crate::road::{an_urgent_report, queue};

#[test]
fn a_member_signs_in_opens_a_report_and_refers_it_in_a_real_browser() {
    let house = House::open(Database::Sqlite);
    let filed = house.files(&a_child_reported(), &[]).done();
    let report = filed["report"].as_str().unwrap();
    let (triage, night) = (house.key("NGO-VP.triage"), house.key("NGO-VP.night"));
    let pictures = pictures();
    let words: [&str; 7] = [&house.members, &triage, report, "BA-OMB", &pictures, &night, "CSW-BIHAC"];
    let Some(seen) = browse("dashboard.mjs", &words) else { return };
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

#[test]
fn facets_that_were_edited_in_the_database_are_found_by_the_browser() {
    let house = House::open(Database::Sqlite);
    let filed = house.files(&a_child_reported(), &[]).done();
    let report = filed["report"].as_str().unwrap();
    let signed = filed_facets(&house);
    let edited = signed.replace(r#""kinds":["P-BP"]"#, r#""kinds":[]"#);
    assert_ne!(edited, signed, "an accusation is taken out");
    house.alter_with("UPDATE reports SET facets = $1", &[Field::Bytes(Some(edited.into_bytes()))]);
    let (key, pictures) = (house.key("NGO-VP.triage"), pictures());
    browse("dashboard.mjs", &[&house.members, &key, report, "BA-OMB", &pictures, "--altered"]);
    let opened = house.desk("NGO-VP.triage", &["open", report]);
    assert_eq!(opened.exit, 1, "the command opens nothing of it: {}", opened.stdout);
}

/// The exact facets of the only report there is, as the server's operator finds them.
fn filed_facets(house: &House) -> String {
    let reports = house.tables().into_iter().find(|table| table.name == "reports").unwrap();
    let column = reports.place("facets").unwrap();
    match &reports.rows[0][column] {
        Field::Bytes(Some(bytes)) => String::from_utf8(bytes.clone()).unwrap(),
        _ => String::new(),
    }
}

/// A child who is alone, with consent to be counted, so that the coded facts are not the protected ones.
fn a_child_reported() -> Value {
    let mut report = an_urgent_report();
    report["account"]["place"] = "a made-up place near the river".into();
    report
}
