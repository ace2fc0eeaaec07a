//! The outside verifier: from a case's opening, the log and the rules alone, whether anybody who is shut out was let near.

use house_tests::{Database, Field, House, Said, both_databases, putokaz, root};
use ledger::{Blind, Leaf};
use report::{Day, Sha256};
use serde_json::{Value, json};
use vault::{Act, Author, Body, GrantLine, Reader, Statement, Version1, When, hash::sha256};

use crate::closure::keys_of_all;
use crate::road::a_report;

const LEAD: &str = "NGO-VP.triage";

/// Takes a case's opening and then the log, as this member, and holds both to the rules, without the server.
pub fn audit(house: &House, member: &str, report: &str, name: &str) -> [Said; 2] {
    let opening = house.file(&format!("{name}.json"));
    house.desk(member, &["opening", report, "--out", &opening]).done();
    let log = house.write(&format!("{name}.jsonl"), &house.desk(member, &["ledger"]).stdout);
    let (directory, board, key) = (house.file("directory.note"), house.file("board.txt"), house.file("server.pub"));
    let config = root().join("config").display().to_string();
    let by =
        |rules: &[&str]| putokaz(&[&["verify", "case", &opening, "--ledger", &log, "--key", &key], rules].concat(), "");
    [by(&["--directory", &directory, "--board", &board]), by(&["--registry", &config])]
}

fn near<'a>(told: &'a Value, how: &str) -> Vec<&'a str> {
    let touches = told["institutions"].as_array().unwrap().iter().filter(|touch| touch["how"] == how);
    touches.map(|touch| touch["institution"].as_str().unwrap()).collect()
}

/// A referral to somebody who is accused, signed by the lead's own key: its client looked away.
fn looked_away(house: &House, case: &Value, to: &str) -> (Statement, Vec<u8>) {
    let keys = keys_of_all(house).into_iter().find(|(code, _)| *code == *"NGO-VP").unwrap().1;
    let first = Statement::read(case["statements"][0]["statement"].as_str().unwrap()).unwrap();
    let reader: Reader = to.to_owned().try_into().unwrap();
    let grant = GrantLine {
        part: "account".parse().unwrap(),
        to: reader,
        key: sha256(b"its key"),
        purpose: "C-OVER".parse().unwrap(),
        when: When::Now,
        sha256: sha256(b"a sealed grant"),
    };
    let words = [("to", to), ("purpose", "C-OVER")];
    let body = Body {
        version: Version1,
        act: Act::Refer,
        sequence: 0,
        first: Some(first.sha256()),
        from: Author::Institution("NGO-VP".parse().unwrap()),
        signer: keys.signing().public(),
        facets: None,
        receipt: None,
        lookup: None,
        parts: Vec::new(),
        grants: vec![grant],
        detail: words.map(|(key, word)| (key.try_into().unwrap(), word.try_into().unwrap())).into(),
        ..first.body().clone()
    };
    let statement = Statement::make(body).unwrap();
    let signature = statement.sign(&keys.signing()).as_bytes().to_vec();
    (statement, signature)
}

/// What a good line of the log says of a statement by the lead.
fn logged(body: &Body, statement: Sha256, day: Day) -> Vec<u8> {
    json!({ "act": body.act, "day": day, "by": "NGO-VP/triage", "report": body.report, "statement": statement })
        .to_string()
        .into_bytes()
}

fn bytes(bytes: &[u8]) -> Field {
    Field::Bytes(Some(bytes.to_vec()))
}

fn text(text: &str) -> Field {
    Field::Text(Some(text.to_owned()))
}

/// Writes a statement by the lead as kept on a day, with a good line of the log, past every check there is.
pub fn write_statement(house: &House, (statement, signature): (&Statement, &[u8]), day: Day) {
    let tables = house.tables();
    let index = tables.iter().find(|table| table.name == "ledger").map_or(0, |table| table.rows.len());
    let index = i64::try_from(index).unwrap();
    let (body, hash) = (statement.body(), statement.sha256());
    let (blind, event) = (Blind([9; 32]), logged(body, hash, day));
    let report = bytes(body.report.as_bytes());
    let line =
        [Field::Big(Some(index)), bytes(&Leaf::of(&blind, &event).0), bytes(&blind.0), bytes(&event), report.clone()];
    house.alter_with("INSERT INTO ledger (ledger_index, leaf, blind, event, report) VALUES ($1,$2,$3,$4,$5)", &line);
    let stated = [
        bytes(hash.as_bytes()),
        report,
        text(&body.act.to_string()),
        text("NGO-VP"),
        bytes(body.signer.as_bytes()),
        Field::Number(Some(i32::try_from(body.sequence).unwrap())),
        bytes(statement.as_str().as_bytes()),
        bytes(signature),
        Field::Number(Some(day.number())),
        Field::Big(Some(index)),
    ];
    let columns = "hash, report, act, author, signer, sequence, statement, signature, day, ledger_index";
    house.alter_with(&format!("INSERT INTO statements ({columns}) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)"), &stated);
}

/// Writes a referral as kept, with its grant.
fn write_past_every_check(house: &House, (statement, signature): (&Statement, Vec<u8>), to: &str) {
    let today = house_tests::today();
    write_statement(house, (statement, &signature), today);
    let (body, hash) = (statement.body(), statement.sha256());
    let granted = [
        bytes(body.report.as_bytes()),
        text("account"),
        text(to),
        text("C-OVER"),
        bytes(hash.as_bytes()),
        text("live"),
        bytes(&[5; 32]),
        bytes(&[6; 32]),
        bytes(&[7; 900]),
        Field::Number(Some(today.number())),
    ];
    let columns = "report, part, recipient, purpose, statement, state, key, sha256, wrapped, since_day";
    house.alter_with(&format!("INSERT INTO grants ({columns}) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)"), &granted);
}

both_databases! {
    fn an_outsider_recomputes_a_case_and_finds_nobody_who_is_shut_out(house) {
        let filed = house.files(&a_report(), &[]).done();
        let report = filed["report"].as_str().unwrap();
        house.desk(LEAD, &["refer", report, "BA-OMB", "--purpose", "C-OVER", "--parts", "account"]).done();
        house.desk("BA-OMB.triage", &["open", report]).done();
        for (member, name) in [(LEAD, "lead"), ("BA-OMB.log", "auditor")] {
            for said in audit(house, member, report, name) {
                let told = said.done();
                assert_eq!((&told["verified"], &told["faults"]), (&json!(true), &json!([])), "{told}");
                assert_eq!(near(&told, "granted"), ["NGO-HCBH", "NGO-VP", "BA-OMB"], "{told}");
                assert_eq!(near(&told, "asked"), ["BA-OMB"]);
                assert!(near(&told, "acted").contains(&"BA-OMB"), "who read it is there too: {told}");
            }
        }
        let opening = std::fs::read_to_string(house.file("lead.json")).unwrap();
        assert!(!opening.contains("age-encryption.org") && !opening.contains("A made-up"), "nothing sealed is handed out");
        for stranger in ["BA-BP.witness", "INT-UNHCR.protection"] {
            let refused = house.desk(stranger, &["opening", report, "--out", &house.file("stranger.json")]);
            assert_eq!(refused.exit, 1, "{stranger}");
        }
    }

    fn a_grant_to_the_accused_written_past_every_check_is_found_by_the_outsider_alone(house) {
        let filed = house.files(&a_report(), &[]).done();
        let report = filed["report"].as_str().unwrap();
        let case = house.desk(LEAD, &["show", report]).done();
        let (statement, signature) = looked_away(house, &case, "BA-BP");
        write_past_every_check(house, (&statement, signature), "BA-BP");
        for said in audit(house, LEAD, report, "found") {
            assert_eq!(said.exit, 1, "{} {}", said.stdout, said.stderr);
            let line = said.stderr.lines().find(|line| line.contains("BA-BP")).unwrap_or_default();
            assert!(line.contains("line ") && line.contains("is shut out and was granted (refer)"), "{}", said.stderr);
            assert_eq!((&said.json()["verified"], &said.json()["faults"]), (&json!(false), &json!([])), "everything else holds");
        }
    }
}

/// What somebody does to an opening.
type Change = fn(&mut Value);

#[test]
fn an_opening_that_leaves_out_or_edits_anything_does_not_hold() {
    let house = House::open(Database::Sqlite);
    let filed = house.files(&a_report(), &[]).done();
    let report = filed["report"].as_str().unwrap();
    for said in audit(&house, LEAD, report, "whole") {
        said.done();
    }
    let whole: Value = serde_json::from_str(&std::fs::read_to_string(house.file("whole.json")).unwrap()).unwrap();
    let changes: [(&str, Change); 4] = [
        ("its facets are not those that were signed", |edited| {
            let facets = edited["statements"][0]["facets"].as_str().unwrap().replace("P-BP", "P-JUD");
            edited["statements"][0]["facets"] = facets.into();
        }),
        ("its statement is missing", |edited| edited["statements"] = json!([])),
        ("a file that is not in the log", |edited| edited["lines"] = json!([])),
        ("is not in the log", |edited| {
            let event = edited["lines"][0]["event"].as_str().unwrap().replace("reporter", "BA-OMB");
            edited["lines"][0]["event"] = event.into();
        }),
    ];
    for (why, change) in changes {
        let mut edited = whole.clone();
        change(&mut edited);
        let (opening, log, key) =
            (house.write("edited.json", &edited.to_string()), house.file("whole.jsonl"), house.file("server.pub"));
        let directory = house.file("directory.note");
        let said =
            putokaz(&["verify", "case", &opening, "--ledger", &log, "--key", &key, "--directory", &directory], "");
        assert!(said.exit == 1 && said.stderr.contains(why), "{why}: {} {}", said.exit, said.stderr);
    }
}
