//! A report whose lead and alternate may not read it any more: it is kept, its reporter is told so, and can open it to
//! somebody else.

use house_tests::{House, both_databases, today};
use serde_json::json;

use crate::plain::post;
use crate::road::{a_report, queue};

/// The first lead of the area and its alternate.
const FIRST: [&str; 2] = ["NGO-VP", "NGO-HCBH"];
/// A member of the next lead.
const NEXT: &str = "INT-UNHCR.protection";

/// Files, has it read, lets whoever reads it be lost; gives back the report, its digits and what was agreed to. It is kept, nobody can
/// do anything with it, and the reporter is told so.
fn lost(house: &mut House, lose: impl FnOnce(&mut House)) -> [String; 3] {
    let filed = house.files(&a_report(), &[]).done();
    let [report, digits] = ["report", "receipt"].map(|key| filed[key].as_str().unwrap().to_owned());
    house.desk("NGO-VP.triage", &["open", &report]).done();
    assert_eq!(house.receipt(&digits, &[]).done()["alone"], false);
    lose(house);

    for member in ["NGO-VP.triage", "NGO-HCBH.alternate", NEXT] {
        assert_eq!(house.desk(member, &["close", &report, "--outcome", "O-INV"]).exit, 1, "{member} closes nothing");
    }
    let told = house.receipt(&digits, &[]).done();
    let stands = (&told["alone"], &told["stage"], &told["status"]);
    assert_eq!(stands, (&json!(true), &json!("acknowledged"), &json!("kept")));
    let page = post(&house.public_door(), "/en/plain/receipt", &[("digits", &digits)]).text();
    assert!(page.contains("nobody can read it now"), "the first line says so: {page}");
    [report, digits, told["consent"].to_string()]
}

both_databases! {
    fn a_report_whose_readers_lost_their_keys_is_nobodys_until_its_reporter_opens_it_to_another(house) {
        let [report, digits, consent] = lost(house, |house| {
            house.sign_directory(2, today(), &FIRST);
            for member in ["NGO-VP.triage", "NGO-HCBH.alternate"] {
                assert_eq!(house.desk(member, &["queue"]).exit, 1, "{member} comes in no more");
            }
        });
        let rows = house.write("consent.json", &consent);
        assert_eq!(house.receipt(&digits, &["--consent", &rows]).done()["alone"], false);
        assert_eq!(queue(&house.desk(NEXT, &["queue"])), [report.as_str()]);
        assert_eq!(house.desk(NEXT, &["show", &report]).done()["mine"], "lead");
        assert!(house.desk(NEXT, &["open", &report]).done().to_string().contains("A made-up account."));
        house.desk(NEXT, &["close", &report, "--outcome", "O-INV"]).done();
    }

    fn a_report_whose_readers_are_shut_out_by_now_is_kept_and_its_reporter_is_told(house) {
        let [report, digits, consent] = lost(house, |house| {
            let theirs = |code: &str| format!("enrolments/{code}.json");
            let mailbox = "desk@ba-bp.example";
            assert!(std::fs::read_to_string(house.file(&theirs("BA-BP"))).unwrap().contains(mailbox));
            for (code, own) in FIRST.iter().zip(["triage@ngo-vp.example", "desk@ngo-hcbh.example"]) {
                let enrolment = std::fs::read_to_string(house.file(&theirs(code))).unwrap();
                assert!(enrolment.contains(own), "{enrolment}");
                house.write(&theirs(code), &enrolment.replace(own, mailbox));
            }
            house.kill_and_restart();
            for member in ["NGO-VP.triage", "NGO-HCBH.alternate"] {
                assert!(queue(&house.desk(member, &["queue"])).is_empty(), "{member} shares a mailbox with the accused");
            }
        });
        // A device that seals to them again, because its directory does not know yet, is told that nobody got it.
        let rows = house.write("consent.json", &consent);
        assert_eq!(house.receipt(&digits, &["--consent", &rows]).done()["alone"], true);
        assert_eq!(house.desk("NGO-VP.triage", &["show", &report]).exit, 1);

        // The next directory knows: the device leaves them out, and the next lead answers.
        house.sign_directory(2, today(), &[]);
        assert_eq!(house.receipt(&digits, &["--consent", &rows]).done()["alone"], false);
        assert_eq!(queue(&house.desk(NEXT, &["queue"])), [report.as_str()]);
    }
}
