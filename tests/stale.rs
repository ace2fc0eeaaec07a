//! A directory past its last day: reports still reach lead and alternate, and what is wrong by now is withheld.

use std::path::Path;

use house_tests::{House, Reply, both_databases, browse_while, copy, root, today};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use vault::MEDIA_TYPE;

use crate::road::{a_report, queue};

/// The first day of a directory whose last day was ten days ago.
fn long_ago() -> report::Day {
    today().plus(-40)
}

fn readers(told: &Value) -> Vec<(&str, &str)> {
    let readers = told["readers"].as_array().unwrap().iter();
    readers.map(|reader| (reader["institution"].as_str().unwrap(), reader["when"].as_str().unwrap())).collect()
}

/// Seals by a directory whose last day is over, and sends when another is in force, in which somebody has no keys any more.
fn sent_late(house: &mut House, without: &str) -> Reply {
    house.sign_directory(2, long_ago(), &[]);
    let parcel = house.device().seal(&a_report(), &mut StdRng::from_entropy());
    house.sign_directory(3, today(), &[without]);
    let sent = house.public_door().send("POST", "/api/v1/reports", &[("content-type", MEDIA_TYPE)], &parcel.bytes());
    sent.unwrap()
}

/// The lead turns out to stand below those whom the reports accuse.
fn shut_the_lead_out(house: &mut House) {
    let country = house.file("country");
    copy(&root().join("config"), Path::new(&country));
    let registry = std::fs::read_to_string(format!("{country}/institutions.toml")).unwrap();
    let lead = "code = \"NGO-VP\"\n";
    house.write("country/institutions.toml", &registry.replace(lead, &format!("{lead}parent = \"HR-BP\"\n")));
    let settings = std::fs::read_to_string(house.file("server.toml")).unwrap();
    house.write("server.toml", &format!("country = \"country\"\n{settings}"));
    house.sign_directory(2, today(), &[]);
}

/// The lead changes its keys.
fn rotate_the_lead(house: &mut House) {
    house.rotate("NGO-VP.triage", &[]).done();
    house.sign_directory(2, today(), &[]);
}

/// Two pages seal without network, and what they sealed meets another directory: kept, withheld from the lead, and everybody is told.
fn changes_between_sealing_and_sending(house: &mut House, change: fn(&mut House)) {
    let public = house.public.clone();
    let Some(seen) = browse_while("late.mjs", &[&public, "Vaša prava BiH"], |_| change(house)) else { return };
    for digits in seen["digits"].as_array().unwrap() {
        assert_eq!(house.receipt(digits.as_str().unwrap(), &[]).done()["status"], "kept");
    }
    assert!(queue(&house.desk("NGO-VP.triage", &["queue"])).is_empty(), "the lead was given one after all");
    let reports = queue(&house.desk("NGO-HCBH.alternate", &["queue"]));
    assert_eq!(reports.len(), 2, "the alternate answers for both, each kept once");
    house.desk("NGO-HCBH.alternate", &["open", &reports[0], "coding"]).done();
}

both_databases! {
    fn a_closure_that_changed_between_sealing_and_sending_costs_the_lead_its_grant_and_every_page_says_so(house) {
        changes_between_sealing_and_sending(house, shut_the_lead_out);
    }

    fn a_leads_key_that_changed_between_sealing_and_sending_costs_it_its_grant_and_every_page_says_so(house) {
        changes_between_sealing_and_sending(house, rotate_the_lead);
    }

    fn past_its_last_day_a_directory_carries_a_report_to_lead_and_alternate_and_says_so(house) {
        house.sign_directory(2, long_ago(), &[]);
        let filed = house.files(&a_report(), &[]);
        assert!(filed.stderr.contains("the directory's last day was"), "{}", filed.stderr);
        let told = filed.done();
        assert_eq!(told["directory"], "stale");
        assert_eq!(readers(&told), [("NGO-VP", "now"), ("NGO-HCBH", "if-silent")]);
        let status = house.receipt(told["receipt"].as_str().unwrap(), &[]).done()["status"].clone();
        assert_eq!(status, "kept");

        let refused = house.files(&a_report(), &["--also", "BA-OMB"]);
        assert_eq!((refused.exit, &refused.json()["report"]), (1, &Value::Null), "{}", refused.stderr);
        assert!(refused.stderr.contains("BA-OMB: the directory's last day is over"), "{}", refused.stderr);
        assert_eq!(readers(&refused.json()), readers(&told), "the document is printed all the same");

        house.sign_directory(3, today(), &[]);
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])), [told["report"].as_str().unwrap()], "nothing else was sent");
        let anew = house.files(&a_report(), &[]);
        assert_eq!((&anew.done()["directory"], anew.stderr.as_str()), (&json!("current"), ""));
    }

    fn a_table_is_imported_past_the_directorys_last_day_and_that_is_said(house) {
        house.sign_directory(2, long_ago(), &[]);
        let rows = std::fs::read_to_string(root().join("crates/cli/samples/bvmn-made-up.csv")).unwrap();
        let (table, map) = (house.write("rows.csv", &rows), root().join("config/import/bvmn.toml").display().to_string());
        let said = house_tests::putokaz(&["import", &table, "--map", &map, "--to", &house.public], "");
        let told = said.done();
        assert!(told["filed"].as_u64().unwrap() > 0, "{told}");
        assert!(told["directory"] == "stale" && said.stderr.contains("the directory's last day was"), "{told} {}", said.stderr);
    }

    fn an_alternate_who_lost_its_keys_meanwhile_is_withheld_and_the_report_is_kept(house) {
        let reply = sent_late(house, "NGO-HCBH");
        assert_eq!((reply.status, &reply.json()["withheld"]), (201, &json!(["NGO-HCBH"])), "{}", reply.text());
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])).len(), 1);
    }

    fn a_grant_to_a_key_that_was_retired_meanwhile_is_withheld_and_the_alternate_answers(house) {
        let parcel = house.device().seal(&a_report(), &mut StdRng::from_entropy());
        house.rotate("NGO-VP.triage", &[]).done();
        house.sign_directory(2, today(), &[]);
        let sent = house.public_door().send("POST", "/api/v1/reports", &[("content-type", MEDIA_TYPE)], &parcel.bytes());
        let reply = sent.unwrap();
        assert_eq!((reply.status, &reply.json()["withheld"]), (201, &json!(["NGO-VP"])), "{}", reply.text());
        let report = &queue(&house.desk("NGO-HCBH.alternate", &["queue"]))[0];
        assert!(house.desk("NGO-HCBH.alternate", &["open", report]).done().to_string().contains("A made-up account."));
        let anew = house.files(&a_report(), &[]).done();
        assert_eq!(readers(&anew), [("NGO-VP", "now"), ("NGO-HCBH", "if-silent")]);
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])), [anew["report"].as_str().unwrap()]);
    }

    fn where_the_lead_lost_its_keys_meanwhile_the_alternate_answers_at_once(house) {
        let reply = sent_late(house, "NGO-VP");
        assert_eq!((reply.status, &reply.json()["withheld"]), (201, &json!(["NGO-VP"])), "{}", reply.text());
        let report = &queue(&house.desk("NGO-HCBH.alternate", &["queue"]))[0];
        assert_eq!(house.desk("NGO-HCBH.alternate", &["show", report]).done()["mine"], "lead");
        assert!(house.desk("NGO-HCBH.alternate", &["open", report]).done().to_string().contains("A made-up account."));
    }

    fn a_directory_older_than_the_last_one_is_not_begun_with(house) {
        house.sign_directory(3, today(), &[]);
        let settings = house.file("server.toml");
        house.write_directory(2, today(), &["NGO-VP"]);
        house.stop();
        let refused = house.operator("serve", &settings, &[]);
        assert!(refused.exit == 1 && refused.stderr.contains("older than the one"), "{}", refused.stderr);
    }
}
