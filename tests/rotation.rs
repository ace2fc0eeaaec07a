//! An institution's next keys: what is new is theirs alone, what was before still opens and still holds.

use house_tests::{House, both_databases, today};
use serde_json::{Value, json};
use unseal::InstitutionKeys;
use vault::{Act, Author, Body, Envelope, MEDIA_TYPE, Statement, Version1};

use crate::closure::keys_of_all;
use crate::outside::{audit, write_statement};
use crate::road::{a_report, queue};

const LEAD: &str = "NGO-VP.triage";
const NIGHT: &str = "NGO-VP.night";

fn keys_of_the_lead(house: &House) -> InstitutionKeys {
    keys_of_all(house).into_iter().find(|(code, _)| *code == *"NGO-VP").unwrap().1
}

/// Files a report that the lead has read and answered.
fn answered(house: &House) -> Value {
    let filed = house.files(&a_report(), &[]).done();
    let answer = house.write("answer.txt", "We have read this.");
    house.desk(LEAD, &["reply", filed["report"].as_str().unwrap(), &answer]).done();
    filed
}

/// The lead's next keys are in force: one member left, one came.
fn rotate(house: &mut House) {
    house.rotate(LEAD, &["--without", "night", "--member", "dawn:officer"]).done();
    house.sign_directory(2, today(), &[]);
}

fn opens(house: &House, member: &str, report: &Value) -> bool {
    let opened = house.desk(member, &["open", report.as_str().unwrap()]);
    opened.exit == 0 && opened.stdout.contains("A made-up account.")
}

/// A word of the lead about a report, by these keys, under the directory in force.
fn stated(house: &House, case: &Value, keys: &InstitutionKeys, sequence: u32) -> Envelope {
    let first = Statement::read(case["statements"][0]["statement"].as_str().unwrap()).unwrap();
    let body = Body {
        version: Version1,
        act: Act::Reopen,
        sequence,
        first: Some(first.sha256()),
        from: Author::Institution("NGO-VP".parse().unwrap()),
        signer: keys.signing().public(),
        directory: house.device().directory().body().version,
        facets: None,
        receipt: None,
        lookup: None,
        parts: Vec::new(),
        grants: Vec::new(),
        detail: std::collections::BTreeMap::new(),
        ..first.body().clone()
    };
    let statement = Statement::make(body).unwrap();
    let signature = statement.sign(&keys.signing());
    let (uploads, parts, grants) = Default::default();
    Envelope { statement, signature, facets: None, uploads, parts, grants }
}

both_databases! {
    fn after_an_institution_changed_its_keys_old_and_new_cases_open_and_old_answers_hold(house) {
        let old = answered(house);
        rotate(house);
        let new = answered(house);
        for member in [LEAD, "NGO-VP.dawn"] {
            assert_eq!(queue(&house.desk(member, &["queue"])).len(), 2, "{member}");
            assert!(opens(house, member, &old["report"]) && opens(house, member, &new["report"]), "{member}");
        }
        assert_eq!(house.desk(NIGHT, &["queue"]).exit, 1, "who left cannot sign in");
        house.desk("NGO-VP.dawn", &["refer", old["report"].as_str().unwrap(), "BA-OMB", "--purpose", "C-OVER", "--parts", "account"]).done();
        assert!(opens(house, "BA-OMB.triage", &old["report"]), "what was granted to the former key is granted on");
        for (filed, name) in [(&old, "old"), (&new, "new")] {
            let told = house.receipt(filed["receipt"].as_str().unwrap(), &[]).done();
            assert_eq!(told["messages"][0]["verified"], true, "{name}: {told}");
            for said in audit(house, LEAD, filed["report"].as_str().unwrap(), name) {
                assert_eq!(said.done()["faults"], json!([]), "{name}");
            }
        }
        rotate_again(house, &old);
    }

    fn nothing_newly_stated_with_the_former_key_is_taken_or_believed(house) {
        let (filed, former) = (answered(house), keys_of_the_lead(house));
        let report = filed["report"].as_str().unwrap();
        rotate(house);
        let case = house.desk(LEAD, &["show", report]).done();
        let envelope = stated(house, &case, &former, 1);
        let (path, session) = (format!("/api/v1/reports/{report}/statements"), house.session(LEAD));
        let headers = [("content-type", MEDIA_TYPE), ("authorization", &session)];
        let reply = house.members_door().send("POST", &path, &headers, &envelope.write().unwrap()).unwrap();
        assert_eq!((reply.status, reply.json()["code"].as_str()), (422, Some("statement-signer")), "{}", reply.text());

        let signed = (&envelope.statement, envelope.signature.as_bytes().as_slice());
        write_statement(house, signed, today().plus(1));
        let opened = house.desk(LEAD, &["open", report]);
        assert!(opened.exit == 1 && opened.stderr.contains("open-statement"), "{}", opened.stderr);
        let receipt = house.receipt(filed["receipt"].as_str().unwrap(), &[]);
        assert_eq!(receipt.json()["messages"][0]["verified"], false, "{} {}", receipt.stdout, receipt.stderr);
        let [by_directory, _] = audit(house, LEAD, report, "forged");
        assert!(by_directory.stderr.contains("is signed by a key that may not speak for whom it names"), "{}", by_directory.stderr);
    }

    fn keys_that_would_leave_earlier_answers_unverifiable_are_not_begun_with(house) {
        answered(house);
        let yesterday = today().plus(-1).to_string();
        house.rotate(LEAD, &["--until", &yesterday]).done();
        let settings = house.file("server.toml");
        house.write_directory(2, today(), &[]);
        house.stop();
        let refused = house.operator("serve", &settings, &[]);
        assert!(refused.exit == 1 && refused.stderr.contains("must stand in `former` with today"), "{}", refused.stderr);
    }
}

/// A second time: the first keys are two epochs away, and whoever signs in opens what was granted to them all the same.
fn rotate_again(house: &mut House, old: &Value) {
    let refused = house.rotate(LEAD, &["--without", "nobody"]);
    assert_eq!(refused.exit, 2, "{}", refused.stderr);
    let refused = house.rotate(LEAD, &["--without", "triage", "--without", "dawn"]);
    assert!(refused.exit == 2 && refused.stderr.contains("nobody would be left"), "{}", refused.stderr);
    let refused = house.rotate("NGO-VP.dawn", &["--member", "noon:officer", "--member", "dawn:officer"]);
    assert!(refused.exit == 2 && refused.stderr.contains("a member already"), "{}", refused.stderr);
    assert!(!std::path::Path::new(&house.key("NGO-VP.noon")).exists(), "what was refused leaves no key");
    let told = house.rotate("NGO-VP.dawn", &[]).done();
    assert_eq!((&told["epoch"], &told["until"]), (&json!(3), &json!(today())));
    house.sign_directory(3, today(), &[]);
    assert!(opens(house, "NGO-VP.dawn", &old["report"]));
    let told = house.receipt(old["receipt"].as_str().unwrap(), &[]).done();
    assert_eq!(told["messages"][0]["verified"], true, "{told}");
}
