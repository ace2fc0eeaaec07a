//! What comes out of the house: tables that are safe to publish, and a log that an outsider can check.

use house_tests::{House, both_databases, putokaz};
use serde_json::{Value, json};

use crate::road::a_report;

/// A member at the lead's desk verifies the report's act.
fn verify(house: &House, report: &str) {
    let file = house.write(
        "verify.json",
        &json!({ "verification": { "acts": [ { "code": "PUSH-01", "status": "VS-LIKELY" } ] } }).to_string(),
    );
    house.desk("NGO-VP.triage", &["code", report, &file]).done();
}

fn table(house: &House, format: &str) -> String {
    let key = house.key("BA-OMB.figures");
    let words = [
        "statistics",
        "table",
        "T-A",
        "--period",
        "2024-Q2",
        "--key",
        &key,
        "--to",
        &house.members,
        "--format",
        format,
    ];
    let said = putokaz(&words, "");
    assert_eq!(said.exit, 0, "{}", said.stderr);
    said.stdout
}

both_databases! {
    fn a_verified_report_is_counted_and_a_small_number_is_not_shown(house) {
        let filed = house.files(&a_report(), &[]).done();
        verify(house, filed["report"].as_str().unwrap());
        let csv = table(house, "csv");
        let lines: Vec<&str> = csv.lines().collect();
        assert!(lines[1].starts_with('#'), "the second line says in HXL what the columns are: {csv}");
        assert!(csv.contains("<20"), "one incident is hidden: {csv}");
        let document: Value = serde_json::from_str(&table(house, "json")).unwrap();
        assert!(document.to_string().to_lowercase().contains("recorded"), "recorded, not occurred: {document}");
        assert_eq!(table(house, "csv"), csv, "a period is published once: asking again tells nothing new");
    }

    fn who_reads_the_log_sees_no_reports_and_no_tables_and_who_counts_sees_no_reports(house) {
        let key = house.key("BA-OMB.log");
        let words = ["statistics", "table", "T-A", "--period", "2024-Q2", "--key", &key, "--to", &house.members, "--format", "csv"];
        assert_eq!(putokaz(&words, "").exit, 1);
        for member in ["BA-OMB.log", "BA-OMB.figures"] {
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
