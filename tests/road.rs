//! The one road: a report from the river to a safe table, through every room.

use house_tests::{Said, both_databases};
use serde_json::{Value, json};

/// A report against the Border Police, with consent to an oversight complaint.
pub fn a_report() -> Value {
    json!({
        "language": "en", "source_kind": "S-NGO", "still_in_danger": "no",
        "event": { "from": "2024-05-01", "to": "2024-05-01", "precision": "D-DAY", "area": "BA-BIH-01-BIHAC" },
        "acts": [ { "code": "PUSH-01", "means": ["M-BATON"] } ],
        "accused": [ { "kind": "P-BP" } ],
        "people": [ { "count": 3, "count_basis": "CB-OBS", "age_band": "AG-18-59", "origin": "SY" } ],
        "consent": [
            { "purpose": "C-OVER", "recipient_kind": "K-OVER", "parts": ["account", "coding"] },
            { "purpose": "C-STAT", "recipient_kind": "K-STAT", "parts": [] }
        ],
        "account": { "narrative": "A made-up account.", "place": "a made-up place" },
        "identity": { "name": "a made-up name" }
    })
}

/// The same, with a child who is alone: a person must act within a day, and mail goes out at once.
pub fn an_urgent_report() -> Value {
    let mut report = a_report();
    report["people"][0]["vulnerability"] = json!(["V-UASC"]);
    report["people"][0]["age_band"] = json!("AG-15-17");
    report
}

fn codes(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|row| row["institution"].as_str().unwrap()).collect()
}

pub fn queue(said: &Said) -> Vec<String> {
    let rows = said.done()["reports"].as_array().unwrap().clone();
    rows.iter().map(|row| row["report"].as_str().unwrap().to_owned()).collect()
}

both_databases! {
    fn a_report_goes_from_the_river_to_the_ombudsperson_and_back(house) {
        let filed = house.files(&an_urgent_report(), &[]).done();
        let (report, digits) = (filed["report"].as_str().unwrap(), filed["receipt"].as_str().unwrap());
        assert!(codes(&filed["readers"]).contains(&"NGO-VP"), "the lead of the area reads it: {filed}");
        for shut in ["BA-BP", "BA-MOS", "BA-SFA"] {
            assert!(codes(&filed["shut_out"]).contains(&shut), "{shut} never gets it: {filed}");
        }

        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue", "--json"])), [report], "it waits at the lead's desk");
        assert!(queue(&house.desk("BA-OMB.triage", &["queue", "--json"])).is_empty(), "nobody else has it yet");
        let opened = house.desk("NGO-VP.triage", &["open", report]).done();
        assert!(opened.to_string().contains("A made-up account."), "{opened}");
        assert!(!opened.to_string().contains("a made-up name"), "the name was not granted");

        let refer = ["refer", report, "BA-OMB", "--purpose", "C-OVER", "--parts", "account,coding"];
        let referred = house.desk("NGO-VP.triage", &refer).done();
        let hears = referred["will_hear"][0]["reason"].as_str();
        assert_eq!(hears, Some("reason-tells-usually"), "who refers is told who will hear of it: {referred}");
        assert_eq!(queue(&house.desk("BA-OMB.triage", &["queue", "--json"])), [report], "the referral arrived");
        assert!(house.desk("BA-OMB.triage", &["open", report]).done().to_string().contains("A made-up account."));

        let mail = house.post.wait_for("desk@ba-omb.example");
        assert!(!mail.raw.contains(report), "a mail names no case: {}", mail.raw);

        let answer = house.write("answer.txt", "We have read this.");
        house.desk("BA-OMB.triage", &["reply", report, &answer]).done();
        let told = house.receipt(digits, &[]).done();
        let message = &told["messages"][0];
        assert_eq!(message["text"], "We have read this.", "{told}");
        assert_eq!((&message["from"], &message["verified"]), (&json!("BA-OMB"), &json!(true)));
    }

    fn a_police_body_that_is_accused_notices_nothing(house) {
        let before = house.desk("BA-BP.witness", &["queue", "--json"]).done();
        let filed = house.files(&a_report(), &[]).done();
        let report = filed["report"].as_str().unwrap();
        assert_eq!(house.desk("BA-BP.witness", &["queue", "--json"]).done(), before);
        let (theirs, nobodys) = (house.desk("BA-BP.witness", &["show", report]), house.desk("BA-BP.witness", &["show", &"0".repeat(32)]));
        assert_eq!((theirs.exit, nobodys.exit), (1, 1));
        assert_eq!(theirs.stderr, nobodys.stderr, "a report one is shut out of looks like one that never was");
        let refer = ["refer", report, "BA-BP", "--purpose", "C-OVER", "--parts", "account", "--accept-hazard", "always"];
        assert_eq!(house.desk("NGO-VP.triage", &refer).exit, 1, "nobody can refer it to the accused");
        let told = house.post.mails().iter().any(|mail| mail.to.iter().any(|to| to.contains("ba-bp")));
        assert!(!told, "no mail tells the accused that there is anything");
    }

    fn asking_for_the_accused_as_reader_sends_nothing(house) {
        let refused = house.files(&a_report(), &["--also", "BA-BP"]);
        assert_eq!(refused.exit, 1);
        assert!(codes(&refused.json()["shut_out"]).contains(&"BA-BP"), "the document is printed all the same");
        assert!(queue(&house.desk("NGO-VP.triage", &["queue", "--json"])).is_empty(), "nothing was sent");
    }

    fn an_empty_consent_is_held_for_the_receipt_alone(house) {
        let mut report = a_report();
        report["consent"] = json!([]);
        let filed = house.files(&report, &[]).done();
        assert_eq!(filed["readers"], json!([]), "{filed}");
        assert!(queue(&house.desk("NGO-VP.triage", &["queue", "--json"])).is_empty());
        assert_eq!(house.receipt(filed["receipt"].as_str().unwrap(), &[]).exit, 0, "the digits open it");
    }

    fn a_withdrawn_report_cannot_be_read_and_can_come_back(house) {
        let filed = house.files(&a_report(), &[]).done();
        let (report, digits) = (filed["report"].as_str().unwrap(), filed["receipt"].as_str().unwrap());
        house.receipt(digits, &["--withdraw"]).done();
        assert_eq!(house.desk("NGO-VP.triage", &["open", report]).exit, 1, "reading stops at once");
        house.receipt(digits, &["--undo"]).done();
        assert_eq!(house.desk("NGO-VP.triage", &["open", report]).exit, 0, "the reporter took it back");
    }

    fn a_coding_as_it_was_opened_is_corrected_by_bringing_it_back(house) {
        let filed = house.files(&a_report(), &[]).done();
        let (report, folder) = (filed["report"].as_str().unwrap(), house.file("opened"));
        house.desk("NGO-VP.triage", &["open", report, "coding", "--out", &folder]).done();
        let opened = std::fs::read_to_string(format!("{folder}/coding")).unwrap();
        let corrected = house.write("corrected.json", &opened.replace("PUSH-01", "PUSH-02"));
        house.desk("NGO-VP.triage", &["code", report, &corrected]).done();
        let opened = house.desk("NGO-VP.triage", &["open", report]).done().to_string();
        assert!(opened.contains("PUSH-02") && opened.contains("PUSH-01"), "both stand, the newest counts: {opened}");
    }

    fn what_was_kept_outlives_a_server_that_is_killed(house) {
        let filed = house.files(&a_report(), &[]).done();
        house.kill_and_restart();
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue", "--json"])), [filed["report"].as_str().unwrap()]);
    }
}
