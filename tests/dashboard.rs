//! A member's work in a real Chromium.

use house_tests::{Database, Field, House, browse, pictures};
use serde_json::{Value, json};

use crate::road::{a_report, an_urgent_report, queue};

#[test]
fn a_member_signs_in_opens_a_report_and_refers_it_in_a_real_browser() {
    let house = House::open(Database::Sqlite);
    let filed = house.files(&a_child_reported(), &[]).done();
    let report = filed["report"].as_str().unwrap();
    let [triage, night, guardian] = ["NGO-VP.triage", "NGO-VP.night", "CSW-BIHAC.guardian"].map(|who| house.key(who));
    let pictures = pictures();
    let words: [&str; 8] = [&house.members, &triage, report, "BA-OMB", &pictures, &night, "CSW-BIHAC", &guardian];
    let Some(seen) = browse("dashboard.mjs", &words) else { return };
    assert_eq!(seen["keySent"], false, "the key file never left the browser");
    assert_eq!(queue(&house.desk("BA-OMB.triage", &["queue"])), [report], "the referral arrived");
    let told = house.receipt(filed["receipt"].as_str().unwrap(), &[]).done();
    assert_eq!(
        told["messages"][0]["text"], "We have read this. Are you safe now?",
        "the reply is sealed to the digits"
    );
    assert_eq!(told["messages"][1]["text"], "A guardian is on the way.", "and so is the guardian's answer");
    let opened = house.desk("CSW-BIHAC.guardian", &["open", report]).done();
    let contents: Vec<_> = opened["parts"].as_array().unwrap().iter().map(|part| &part["content"]).collect();
    assert!(contents.contains(&&json!("A child waits at the station. Ask for the night shift.")), "{opened}");
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
    for act in ["open", "show"] {
        let told = house.desk("NGO-VP.triage", &[act, report]);
        assert_eq!((told.exit, told.stdout.as_str()), (1, ""), "the command tells nothing of it: {act}");
    }
}

#[test]
fn an_officer_asks_for_the_missing_signature_with_one_click_and_is_refused_beside_the_button() {
    let house = House::open(Database::Sqlite);
    let mut report = a_report();
    let day = house_tests::today().plus(-324).to_string();
    report["event"] = json!({ "from": day, "to": day, "precision": "D-DAY", "area": "BA-BIH-01-BIHAC" });
    report["language"] = json!("fa");
    let filed = house.files(&report, &[]).done();
    let report = filed["report"].as_str().unwrap();
    let late = house.files(&a_report(), &[]).done()["report"].as_str().unwrap().to_owned();
    let refer = ["refer", &late, "BA-OMB", "--purpose", "C-OVER", "--parts", "account"];
    house.desk("NGO-VP.triage", &refer).done();
    house.alter("UPDATE referrals SET day = day - 33, due_day = due_day - 33");
    let (officer, pictures) = (house.key("NGO-VP.triage"), pictures());
    if browse("officer.mjs", &[&house.members, &officer, report, &pictures, &late]).is_none() {
        return;
    }
    let told = house.receipt(filed["receipt"].as_str().unwrap(), &[]).done();
    let asked = told["messages"][0]["text"].as_str().unwrap();
    assert!(asked.contains("امضا"), "the person is asked in the language they reported in: {asked}");
}

#[test]
fn a_hidden_number_of_a_draft_is_filled_by_one_tap_and_published_for_good() {
    let house = House::open(Database::Sqlite);
    let sources = ["NGO-VP", "NGO-HCBH", "BA-OMB"];
    for (number, source) in (0..20).zip(sources.iter().cycle()) {
        let mut report = a_report();
        let day = if number < 10 { "2024-02-01" } else { "2024-05-01" };
        report["event"] = json!({ "from": day, "to": day, "precision": "D-DAY", "area": "BA-BIH-01-BIHAC" });
        let filed = house.files(&report, &[]).done();
        let verification = json!({ "acts": [ { "code": "PUSH-01", "status": "VS-LIKELY" } ], "source": source });
        let file = house.write("verify.json", &json!({ "verification": verification }).to_string());
        house.desk("NGO-VP.triage", &["code", filed["report"].as_str().unwrap(), &file]).done();
    }
    browse("figures.mjs", &[&house.members, &house.key("BA-OMB.figures"), &pictures()]);
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
