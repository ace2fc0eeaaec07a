//! The reporter comes back: the thread, another consent, and what a stranger with the wrong digits learns.

use house_tests::{Database, House, both_databases, browse, pictures, root};
use serde_json::{Map, Value, json};
use words::Language;

use crate::road::{a_report, queue};

/// Keeping and answering, as filing alone consents to.
fn keep() -> Value {
    json!({ "purpose": "C-KEEP", "recipient_kind": "K-INTAKE", "parts": ["account", "coding", "evidence", "message"] })
}

fn consents(house: &House, digits: &str, rows: &Value) -> Value {
    let file = house.write("consent.json", &rows.to_string());
    house.receipt(digits, &["--consent", &file]).done()
}

both_databases! {
    fn a_report_that_was_locked_can_be_opened_to_the_lead_and_locked_again(house) {
        let mut report = a_report();
        report["consent"] = json!([]);
        let filed = house.files(&report, &[]).done();
        let (report, digits) = (filed["report"].as_str().unwrap(), filed["receipt"].as_str().unwrap());
        assert_eq!(house.desk("NGO-VP.triage", &["open", report]).exit, 1);

        let told = consents(house, digits, &json!([keep()]));
        assert_eq!(told["consent"], json!([keep()]), "exactly what was said, and no counting: {told}");
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])), [report]);
        let opened = house.desk("NGO-VP.triage", &["open", report]).done().to_string();
        assert!(opened.contains("A made-up account."), "the lead got the keys of what was kept: {opened}");
        assert!(!opened.contains("a made-up name"), "and of nothing else");

        let told = consents(house, digits, &json!([]));
        assert_eq!(told["consent"], json!([]));
        assert_eq!(house.desk("NGO-VP.triage", &["open", report]).exit, 1, "reading ends with the consent");
        consents(house, digits, &json!([keep()]));
        assert_eq!(house.desk("NGO-VP.triage", &["open", report]).exit, 0, "and can be given again");
    }

    fn a_consent_follows_a_member_who_coded_the_report_anew(house) {
        let filed = house.files(&a_report(), &[]).done();
        let (report, digits) = (filed["report"].as_str().unwrap(), filed["receipt"].as_str().unwrap());
        let coding = json!({ "coding": { "event": { "area": "BA-BIH-01-BIHAC" }, "acts": [{ "code": "PROP-01" }], "accused": [{ "kind": "P-BP" }] } });
        let file = house.write("coding.json", &coding.to_string());
        house.desk("NGO-VP.triage", &["code", report, &file]).done();
        consents(house, digits, &json!([keep()]));
        let shown = house.desk("NGO-VP.triage", &["show", report]).done().to_string();
        assert!(shown.contains("PROP-01"), "the member's correction stands: {shown}");
    }

    fn a_correction_weeks_later_does_not_make_the_event_older_than_it_was_when_filed(house) {
        let mut told = a_report();
        let day = house_tests::today().plus(-21);
        told["event"] = json!({ "from": day, "to": day, "precision": "D-DAY", "area": "BA-BIH-01-BIHAC" });
        let filed = house.files(&told, &[]).done();
        let report = filed["report"].as_str().unwrap();
        house.alter(&format!("UPDATE reports SET filed_day = {}", day.number()));
        let coding = json!({ "coding": { "event": told["event"], "acts": [{ "code": "PROP-01" }], "accused": [{ "kind": "P-BP" }] } });
        let file = house.write("coding.json", &coding.to_string());
        house.desk("NGO-VP.triage", &["code", report, &file]).done();
        let shown = house.desk("NGO-VP.triage", &["show", report]).done();
        let facets: Value = serde_json::from_str(shown["facets"].as_str().unwrap()).unwrap();
        assert_eq!((&facets["acts"], &facets["recency"]), (&json!(["PROP-01"]), &json!("now")));
    }

    fn a_message_and_a_consent_go_together(house) {
        let filed = house.files(&a_report(), &[]).done();
        let (report, digits) = (filed["report"].as_str().unwrap(), filed["receipt"].as_str().unwrap());
        let text = house.write("more.txt", "One more thing.");
        let rows = house.write("consent.json", &json!([keep()]).to_string());
        let told = house.receipt(digits, &["--reply", &text, "--consent", &rows]).done();
        assert_eq!(told["messages"][0]["text"], "One more thing.", "{told}");
        assert!(house.desk("NGO-VP.triage", &["open", report]).done().to_string().contains("One more thing."));
    }
}

#[test]
fn a_reporter_reads_the_answer_writes_back_and_takes_back_in_a_real_browser() {
    let house = House::open(Database::Sqlite);
    let filed = house.files(&a_report(), &[]).done();
    let (report, digits) = (filed["report"].as_str().unwrap(), filed["receipt"].as_str().unwrap());
    let question = house.write("question.txt", "Was there a doctor?");
    house.desk("NGO-VP.triage", &["reply", report, &question]).done();
    let Some(seen) = browse("receipt.mjs", &[&house.public, digits, &pictures()]) else { return };
    assert_eq!(seen["digitsSent"], false, "the digits never left the browser: {seen}");
    let opened = house.desk("NGO-VP.triage", &["open", report]);
    assert_eq!(opened.exit, 0, "brought back, and open again");
    assert!(opened.stdout.contains("No, there was none."), "the reporter's answer arrived: {}", opened.stdout);
    let case = house.desk("NGO-VP.triage", &["show", report]).done();
    assert_eq!(case["wish"]["institution"], "BA-OMB", "whoever leads sees whom the person asked for: {case}");
}

#[test]
fn an_organisation_files_its_table_in_a_real_browser_and_goes_on_after_a_cut() {
    let house = House::open(Database::Sqlite);
    let table = root().join("crates/cli/samples/bvmn-made-up.csv").display().to_string();
    let Some(seen) = browse("import.mjs", &[&house.public, &table, &pictures()]) else { return };
    assert_eq!(seen["filed"], json!(8), "{seen}");
    assert_eq!(
        queue(&house.desk("NGO-VP.triage", &["queue"])).len(),
        8,
        "every row once, after a cut and a second run"
    );
}

#[test]
fn what_happens_next_is_told_with_days_in_the_words_of_each_language() {
    let house = House::open(Database::Sqlite);
    let filed = house.files(&a_report(), &[]).done();
    let today = house_tests::today().to_string();
    let told = |language: Language| {
        let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let weekdays = weekdays.map(|day| words::text(language, &format!("date-weekday-{day}"), &[]));
        let filed = words::text(language, "thread-filed", &[("day", &words::day(language, &today))]);
        (language.tag().to_owned(), json!({ "filed": filed, "weekdays": weekdays }))
    };
    let languages = [
        Language::Pashto,
        Language::Bosnian,
        Language::SerbianCyrillic,
        Language::Arabic,
        Language::Urdu,
        Language::Turkish,
    ];
    let expected: Map<String, Value> = languages.into_iter().map(told).collect();
    browse("days.mjs", &[&house.public, filed["receipt"].as_str().unwrap(), &Value::from(expected).to_string()]);
}
