//! What comes out of the house: tables that are safe to publish, and a log that an outsider can check.

use house_tests::{House, Said, both_databases, putokaz};
use serde_json::{Value, json};

use crate::road::a_report;

/// Who publishes; and who verifies what is counted, and so does not.
const ANALYST: &str = "BA-OMB.figures";
const OFFICER: &str = "BA-OMB.triage";

/// A member at the lead's desk says what was found of a report.
pub fn verify(house: &House, report: &str, verification: &Value) -> Said {
    let file = house.write("verify.json", &json!({ "verification": verification }).to_string());
    house.desk("NGO-VP.triage", &["code", report, &file])
}

pub fn likely(act: &str) -> Value {
    json!({ "acts": [ { "code": act, "status": "VS-LIKELY" } ] })
}

/// What `putokaz statistics` says to a member about a table.
pub fn statistics(house: &House, member: &str, words: &[&str]) -> Said {
    let key = house.key(member);
    putokaz(&[&["statistics"], words, &["--key", &key, "--to", &house.members]].concat(), "")
}

fn table(house: &House, format: &str) -> String {
    let said = statistics(house, ANALYST, &["table", "T-A", "--period", "2024-Q2", "--format", format]);
    assert_eq!(said.exit, 0, "{}", said.stderr);
    said.stdout
}

fn publish(house: &House, (member, plan, period): (&str, &str, &str)) -> Said {
    statistics(house, member, &["publish", plan, "--period", period, "--for-good"])
}

/// The exact number of a cell among the cases of the lead.
fn own(house: &House, (plan, period): (&str, &str), (row, column): (&str, Option<&str>)) -> u64 {
    let said = statistics(house, "NGO-VP.triage", &["own", plan, "--period", period]).done();
    let cells = said["cells"].as_array().unwrap();
    let found = cells.iter().find(|cell| cell["row"] == row && cell["column"].as_str() == column);
    found.unwrap_or_else(|| panic!("{plan} has no such cell: {said}"))["value"].as_u64().unwrap()
}

/// The stable code of the problem that a refusal told.
fn refusal(said: &Said) -> &str {
    assert_eq!(said.exit, 1, "{}", said.stdout);
    &said.stderr
}

/// The half-year of today, which is not over.
fn this_half_year() -> String {
    let today = house_tests::today().to_string();
    format!("{}-H{}", &today[..4], if &today[5..7] < "07" { 1 } else { 2 })
}

both_databases! {
    fn a_verified_report_is_counted_and_a_small_number_is_not_shown(house) {
        let filed = house.files(&a_report(), &[]).done();
        verify(house, filed["report"].as_str().unwrap(), &likely("PUSH-01")).done();
        let csv = table(house, "csv");
        let lines: Vec<&str> = csv.lines().collect();
        assert!(lines[1].starts_with('#'), "the second line says in HXL what the columns are: {csv}");
        assert!(csv.contains("<20"), "one incident is hidden: {csv}");
        let document: Value = serde_json::from_str(&table(house, "json")).unwrap();
        assert!(document.to_string().to_lowercase().contains("recorded"), "recorded, not occurred: {document}");
        assert_eq!(table(house, "csv"), csv, "the same reports are drawn alike: looking again tells nothing new");
    }

    fn looking_publishes_nothing_and_a_release_is_made_once_by_whoever_may(house) {
        let csv = table(house, "csv");
        assert!(csv.contains(",draft,"), "a draft says what it is: {csv}");
        let look = ["table", "T-A", "--period", "2024-Q2"];
        assert!(refusal(&statistics(house, OFFICER, &look)).contains("not-found"), "nothing is out: {csv}");
        assert!(refusal(&publish(house, (OFFICER, "T-A", "2024-Q2"))).contains("not-found"));
        assert_eq!(statistics(house, ANALYST, &["publish", "T-A", "--period", "2024-Q2"]).exit, 2, "it is said to be for good");
        assert_eq!(publish(house, (ANALYST, "T-A", "2024-Q2")).done()["revision"], 1);
        let told = statistics(house, OFFICER, &look);
        assert!(told.exit == 0 && !told.stdout.contains("draft"), "{} {}", told.stdout, told.stderr);
        let filed = house.files(&a_report(), &[]).done();
        verify(house, filed["report"].as_str().unwrap(), &likely("PUSH-01")).done();
        assert_eq!(table(house, "csv"), told.stdout, "late reports change nothing of it");
        assert_eq!(publish(house, (ANALYST, "T-A", "2024-Q2")).done()["reported"], house_tests::today().to_string());
        assert!(refusal(&publish(house, (ANALYST, "T-A", "2024"))).contains("statistics-already-published"));
    }

    fn the_page_of_a_table_publishes_only_when_somebody_posts_that_they_understood(house) {
        let bearer = house.session(ANALYST);
        let door = house.members_door();
        let page = |path: &str| {
            let headers = [("authorization", bearer.as_str()), ("accept", "text/html"), ("accept-language", "bs")];
            String::from_utf8(door.send("GET", path, &headers, b"").unwrap().body).unwrap()
        };
        let post = |body: &str| {
            let headers = [("authorization", bearer.as_str()), ("content-type", "application/x-www-form-urlencoded")];
            door.send("POST", "/statistics/T-A", &headers, body.as_bytes()).unwrap().status
        };
        assert!(page("/statistics/T-A?period=2024-Q2").contains("Nacrt. Ništa nije objavljeno."));
        assert!(page("/statistics").contains("Još ništa nije objavljeno."), "looking published nothing");
        assert_eq!(post("period=2024-Q2"), 422, "nobody said that they understood");
        assert_eq!(post("period=2024-Q2&understood=yes"), 303);
        assert!(page("/statistics").contains("/statistics/T-A?period=2024-Q2"), "the release is listed");
        let released = page("/statistics/T-A?period=2024-Q2");
        assert!(released.contains("Objavljeno. Ostaje kako jeste.") && !released.contains("understood"));
    }

    fn each_of_the_seven_tables_counts_a_filed_and_verified_report(house) {
        let filed = house.files(&a_report(), &[]).done();
        let report = filed["report"].as_str().unwrap();
        let mut found = likely("PUSH-01");
        found["counted"] = json!({
            "segment": "SEG-HR-UNASANA", "direction": "in", "grounds": ["ID-NAT"],
            "persons": [ { "sex": "female", "age": "child", "count": 1 }, { "sex": "male", "age": "adult", "count": 2 } ]
        });
        verify(house, report, &found).done();
        house.desk("NGO-VP.triage", &["refer", report, "BA-OMB", "--purpose", "C-OVER", "--parts", "account"]).done();
        let answer = house.write("answer.txt", "We looked into it.");
        let (cell, half_year) = (|row, column| (row, Some(column)), this_half_year());
        assert_eq!(own(house, ("T-F", &half_year), cell("K-OVER", "no")), 1);
        house.desk("BA-OMB.triage", &["answer", report, &answer, "--outcome", "O-ACK"]).done();
        for ((plan, period), place, number) in [
            (("T-A", "2024-Q2"), ("PUSH", None), 1),
            (("T-B", "2024-Q2"), ("BA-BIH-01", None), 1),
            (("T-C", "2024-H1"), cell("PUSH", "state"), 1),
            (("T-D", "2024"), cell("female", "child"), 1),
            (("T-D", "2024"), cell("male", "adult"), 2),
            (("T-E", "2024"), ("ID-NAT", None), 1),
            (("T-F", &half_year), cell("K-OVER", "yes"), 1),
            (("T-G", "2024-Q2"), cell("SEG-HR-UNASANA", "in"), 1),
        ] {
            assert_eq!(own(house, (plan, period), place), number, "{plan} {place:?}");
        }
        assert!(refusal(&statistics(house, ANALYST, &["own", "T-A", "--period", "2024-Q2"])).contains("not-found"));
    }

    fn more_is_counted_of_a_report_only_with_consent_to_it(house) {
        let mut report = a_report();
        report["acts"] = json!([ { "code": "SEXV-01" } ]);
        report["consent"].as_array_mut().unwrap().pop();
        let filed = house.files(&report, &[]).done();
        let report = filed["report"].as_str().unwrap();
        let told = verify(house, report, &likely("SEXV-01"));
        assert!(refusal(&told).contains("seal-refused"), "the act of a protected report is not named: {}", told.stderr);
        let mut found = likely("protected");
        found["counted"] = json!({ "grounds": ["ID-GENDER"] });
        assert!(refusal(&verify(house, report, &found)).contains("seal-refused"));
        verify(house, report, &likely("protected")).done();
        assert_eq!(own(house, ("T-A", "2024-Q2"), ("protected", None)), 1);
        assert_eq!(own(house, ("T-A", "2024"), ("SEXV", None)), 0, "it stays protected");
        assert_eq!(own(house, ("T-E", "2024"), ("ID-GENDER", None)), 0);
    }

    fn a_table_that_cannot_be_had_says_why_and_what_to_do(house) {
        let ask = |plan: &str, period: &str| statistics(house, ANALYST, &["table", plan, "--period", period]);
        for (plan, period, code, next) in [
            ("T-A", "2024-Q5", "statistics-period-unreadable", "2024-H1"),
            ("T-A", "summer", "statistics-period-unreadable", "2024-H1"),
            ("T-Z", "2024-Q2", "statistics-unknown-table", "T-A"),
            ("T-C", "2024-Q2", "statistics-period-too-short", "half-year"),
            ("T-A", &this_half_year(), "statistics-period-not-over", "last day"),
        ] {
            let said = ask(plan, period);
            let told = refusal(&said);
            assert!(told.contains(code) && told.contains(next), "{plan} {period}: {told}");
        }
        assert_eq!(publish(house, (ANALYST, "T-A", "2024-Q2")).exit, 0, "a period that is over is published");
        let again = ask("T-A", "2024");
        assert!(refusal(&again).contains("statistics-already-published"), "each time once: {}", again.stderr);
    }

    fn who_reads_the_log_sees_no_reports_and_no_tables_and_who_counts_sees_no_reports(house) {
        assert_eq!(statistics(house, "BA-OMB.log", &["table", "T-A", "--period", "2024-Q2"]).exit, 1);
        for member in ["BA-OMB.log", ANALYST] {
            assert_eq!(house.desk(member, &["queue"]).exit, 1, "{member}");
        }
    }

    fn the_log_is_verified_offline_and_a_changed_line_is_found(house) {
        house.files(&a_report(), &[]).done();
        let said = house.desk("BA-OMB.log", &["ledger"]);
        assert_eq!(said.exit, 0, "{}", said.stderr);
        let (export, key) = (house.write("export.jsonl", &said.stdout), house.file("server.pub"));
        let verified = putokaz(&["verify", "ledger", &export, "--key", &key], "");
        assert_eq!(verified.exit, 0, "{}", verified.stderr);
        let at = said.stdout.rfind("\"leaf\":\"").unwrap() + "\"leaf\":\"".len();
        let other = if said.stdout.as_bytes()[at] == b'0' { "1" } else { "0" };
        let forged = format!("{}{other}{}", &said.stdout[..at], &said.stdout[at + 1..]);
        let export = house.write("forged.jsonl", &forged);
        assert_eq!(putokaz(&["verify", "ledger", &export, "--key", &key], "").exit, 1, "one changed digit is found");
    }
}

#[test]
fn the_router_s_ladder_is_reproduced_by_a_command() {
    let said = putokaz(&["registry", "ladder"], "").done();
    let text = said.to_string();
    assert!(text.contains("BA-OMB"), "the Ombudsperson stands on it: {text}");
}

#[test]
fn the_schema_of_a_report_is_printed() {
    let schema = putokaz(&["schema", "report"], "").done();
    for field in ["acts", "accused", "people", "consent", "account", "identity"] {
        assert!(schema["properties"][field].is_object(), "{field} is in the schema");
    }
}
