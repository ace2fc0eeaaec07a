//! What is asked without the person's yes, and what is refused without it; a report handed over, closed and opened again.

use house_tests::{House, Said, both_databases};
use serde_json::{Value, json};

use crate::road::{a_report, an_urgent_report, queue};

const GUARDIAN: &str = "CSW-BIHAC.guardian";
const LEAD: &str = "NGO-VP.triage";
const SECOND: &str = "NGO-VP.night";

fn filed(house: &House, report: &Value) -> (String, String) {
    let filed = house.files(report, &[]).done();
    let text = |key: &str| filed[key].as_str().unwrap().to_owned();
    (text("report"), text("receipt"))
}

fn is_refused(said: &Said, code: &str) -> bool {
    said.exit == 1 && said.stderr.contains(code)
}

both_databases! {
    fn who_was_not_agreed_to_is_refused_by_name_and_nothing_is_kept(house) {
        let (report, _) = filed(house, &a_report());
        let refused = [
            ("BA-OMB", "C-SERV", "grant-consent"),
            ("BA-OMB", "C-KEEP", "grant-consent"),
            ("BA-PO", "C-CRIM", "grant-consent"),
            ("CSW-BIHAC", "C-GUARD", "grant-consent"),
            ("ACAD-UNSA", "C-OVER", "grant-reader"),
            ("ACAD-UNSA", "C-STAT", "grant-reader"),
        ];
        for (to, purpose, code) in refused {
            let refer = ["refer", &report, to, "--purpose", purpose, "--parts", "account", "--accept-hazard", "relay"];
            let said = house.desk(LEAD, &refer);
            assert!(is_refused(&said, code), "{to} {purpose}: {} {}", said.exit, said.stderr);
        }
        let case = house.desk(LEAD, &["show", &report]).done();
        assert_eq!((&case["referrals"], case["statements"].as_array().map(Vec::len)), (&json!([]), Some(1)));
    }

    fn consent_for_any_kind_of_recipient_an_institution_is_lets_it_be_asked(house) {
        for kind in ["K-INTAKE", "K-INTL"] {
            let mut report = a_report();
            report["consent"] = json!([{ "purpose": "C-INTL", "recipient_kind": kind, "parts": ["account"] }]);
            let (report, _) = filed(house, &report);
            let refer = ["refer", &report, "INT-UNHCR", "--purpose", "C-INTL", "--parts", "account", "--accept-hazard", "relay"];
            house.desk(LEAD, &refer).done();
        }
    }

    fn a_child_alone_reaches_the_guardian_through_a_note_and_nothing_else_does(house) {
        let (report, digits) = filed(house, &an_urgent_report());
        let routes = house.desk(LEAD, &["route", &report]).done();
        assert_eq!((&routes["required"][0]["institution"], &routes["required"][0]["agreement"]), (&json!("CSW-BIHAC"), &json!("vital-interest")));
        let account = ["refer", &report, "CSW-BIHAC", "--purpose", "C-OVER", "--parts", "account", "--basis", "vital-interest"];
        assert!(is_refused(&house.desk(LEAD, &account), "grant-consent"), "a vital interest opens no other purpose");

        let note = house.write("note.txt", "A child waits at the station. Ask for the night shift.");
        let refer = ["refer", &report, "CSW-BIHAC", "--purpose", "C-GUARD", "--note", &note];
        assert_eq!(house.desk(LEAD, &refer).done()["basis"], "vital-interest", "who refers is told what it rests on");

        let case = house.desk(GUARDIAN, &["show", &report]).done();
        assert_eq!(case["least"], true);
        for told in ["PUSH", "P-BP", "BA-BP", "NGO-HCBH", "C-OVER"] {
            let (shown, routes) = (case["facets"].to_string(), house.desk(GUARDIAN, &["route", &report]).stdout);
            assert!(!shown.contains(told) && !routes.contains(told), "{told} is told to the guardian");
        }
        let opened = house.desk(GUARDIAN, &["open", &report]).done();
        assert_eq!((opened["parts"].as_array().map(Vec::len), &opened["parts"][0]["part"]), (Some(1), &json!("note/1")));
        assert!(opened.to_string().contains("A child waits at the station."));
        let line = &house.desk(GUARDIAN, &["queue"]).done()["reports"][0];
        assert_eq!((&line["categories"], &line["flags"]), (&json!(["protected"]), &json!(["child-alone"])));

        let answer = house.write("answer.txt", "A guardian is on the way.");
        house.desk(GUARDIAN, &["reply", &report, &answer]).done();
        assert_eq!(house.receipt(&digits, &[]).done()["messages"][0]["text"], "A guardian is on the way.");
        assert!(house.desk(GUARDIAN, &["close", &report, "--outcome", "O-INV"]).exit == 1, "who was asked for one thing does that");
    }

    fn the_guardian_of_a_protected_child_can_be_asked_although_only_the_canton_is_told(house) {
        let mut child = an_urgent_report();
        child["consent"].as_array_mut().unwrap().pop();
        let (report, _) = filed(house, &child);
        let case = house.desk(LEAD, &["show", &report]).done();
        assert!(!case["facets"].to_string().contains("BIHAC"), "no town stands in the clear: {}", case["facets"]);
        let required = house.desk(LEAD, &["route", &report]).done()["required"].clone();
        let one = |code: &str| required.as_array().unwrap().iter().find(|row| row["institution"] == code).cloned().unwrap_or_default();
        assert_eq!(one("C01-CSW")["on_system"], false, "the canton's own office has no keys here: {required}");
        assert_eq!((&one("CSW-BIHAC")["on_system"], &one("CSW-BIHAC")["agreement"]), (&json!(true), &json!("vital-interest")));
        let note = house.write("note.txt", "A child waits at the station.");
        house.desk(LEAD, &["refer", &report, "CSW-BIHAC", "--purpose", "C-GUARD", "--note", &note]).done();
        assert_eq!(queue(&house.desk(GUARDIAN, &["queue"])), [report.as_str()]);
    }

    fn an_answer_nobody_gave_in_time_stands_on_top_of_both_queues_until_it_is_given(house) {
        let (report, digits) = filed(house, &a_report());
        let theirs = "BA-OMB.triage";
        let refer = ["refer", &report, "BA-OMB", "--purpose", "C-OVER", "--parts", "account", "--due"];
        let refer = |day: i32| {
            let day = house_tests::today().plus(day).to_string();
            house.desk(LEAD, &[&refer[..], &[day.as_str()]].concat())
        };
        assert!(is_refused(&refer(-1), "seal-refused") && is_refused(&refer(200), "seal-refused"));
        refer(14).done();
        let due = house_tests::today().plus(14).to_string();
        for (desk, clock) in [(LEAD, "answer"), (theirs, "answer")] {
            let queue = house.desk(desk, &["queue"]).done();
            assert_eq!((&queue["reports"][0]["answer_due"], &queue["overdue"]), (&json!(due), &Value::Null), "{desk}");
            let case = house.desk(desk, &["show", &report]).done();
            assert!(case["clocks"].as_array().unwrap().iter().any(|line| line["clock"] == clock && line["due"] == json!(due)), "{case}");
        }
        house.alter("UPDATE referrals SET due_day = due_day - 17");
        for desk in [LEAD, SECOND, theirs] {
            let over = &house.desk(desk, &["queue"]).done()["overdue"];
            assert_eq!((&over[0]["report"], &over[0]["to"], &over[0]["days"]), (&json!(report), &json!("BA-OMB"), &json!(3)), "{desk}");
        }
        assert_eq!(house.desk("NGO-HCBH.alternate", &["queue"]).done()["overdue"], Value::Null, "nobody else learns of it");
        house.desk(theirs, &["answer", &report, &house.write("answer.txt", "We looked into it."), "--outcome", "O-ACK"]).done();
        for desk in [LEAD, theirs] {
            let queue = house.desk(desk, &["queue"]).done();
            assert_eq!((&queue["overdue"], &queue["reports"][0]["answer_due"]), (&Value::Null, &Value::Null), "{desk}");
        }
        assert_eq!(house.receipt(&digits, &[]).done()["referrals"][0]["outcome"], "O-ACK");
    }

    fn who_was_asked_is_told_by_mail_once_before_the_answer_is_due_and_the_mail_says_nothing(house) {
        let (report, _) = filed(house, &a_report());
        let due = house_tests::today().plus(20).to_string();
        house.desk(LEAD, &["refer", &report, "BA-OMB", "--purpose", "C-OVER", "--parts", "account", "--due", &due]).done();
        // What is new is told in a digest: that is another mail.
        house.alter("DELETE FROM outbox");
        house.kill_and_restart();
        std::thread::sleep(std::time::Duration::from_secs(3));
        assert!(house.post.mails().is_empty(), "there is time left");
        house.alter("UPDATE referrals SET day = day - 15, due_day = due_day - 15");
        house.kill_and_restart();
        let theirs = ["desk@ba-omb.example", "figures@ba-omb.example"];
        for mail in theirs.map(|address| house.post.wait_for(address)) {
            assert!(!mail.raw.contains(&report) && !mail.raw.contains("NGO-VP"), "a mail names no case: {}", mail.raw);
        }
        house.stop();
        house.alter("UPDATE referrals SET day = day - 15, due_day = due_day - 15");
        house.start();
        std::thread::sleep(std::time::Duration::from_secs(3));
        let mut told: Vec<String> = house.post.mails().into_iter().flat_map(|mail| mail.to).collect();
        told.sort();
        assert_eq!(told, theirs, "each of theirs once, and nobody else");
    }

    fn without_a_day_an_answer_is_due_as_the_country_says_and_sooner_where_life_is_at_stake(house) {
        let (report, _) = filed(house, &an_urgent_report());
        let note = house.write("note.txt", "A child waits at the station.");
        house.desk(LEAD, &["refer", &report, "CSW-BIHAC", "--purpose", "C-GUARD", "--note", &note]).done();
        house.desk(LEAD, &["refer", &report, "BA-OMB", "--purpose", "C-OVER", "--parts", "account"]).done();
        let referrals = house.desk(LEAD, &["show", &report]).done()["referrals"].clone();
        let due = |to: &str| referrals.as_array().unwrap().iter().find(|one| one["to"] == to).unwrap()["due"].clone();
        let day = |days| json!(house_tests::today().plus(days).to_string());
        assert_eq!((due("CSW-BIHAC"), due("BA-OMB")), (day(1), day(30)));
    }

    fn a_vital_interest_is_listed_until_a_second_member_confirms_it(house) {
        let (report, digits) = filed(house, &an_urgent_report());
        house.desk(LEAD, &["note", &report, &house.write("note.txt", "Find the child at the station.")]).done();
        house.desk(LEAD, &["refer", &report, "CSW-BIHAC", "--purpose", "C-GUARD", "--parts", "note"]).done();
        let waiting = &house.desk(SECOND, &["queue"]).done()["unconfirmed"];
        assert_eq!((&waiting[0]["report"], &waiting[0]["is_late"]), (&json!(report), &json!(false)), "{waiting}");
        assert!(is_refused(&house.desk(LEAD, &["confirm", &report]), "second-member"));
        assert_eq!(house.desk(GUARDIAN, &["confirm", &report]).exit, 1, "whoever was asked confirms nothing");
        let close = ["close", &report, "--outcome", "O-INV"];
        assert!(is_refused(&house.desk(SECOND, &close), "second-member"), "what is closed nobody looks at any more");
        house.desk(SECOND, &["confirm", &report]).done();
        assert_eq!(house.desk(SECOND, &["queue"]).done()["unconfirmed"], Value::Null);
        let referral = &house.desk(LEAD, &["show", &report]).done()["referrals"][0];
        assert_eq!((&referral["basis"], &referral["second"]), (&json!("vital-interest"), &json!("confirmed")), "it stays visible");
        assert_eq!(house.receipt(&digits, &[]).done()["referrals"][0]["basis"], "vital-interest", "the reporter sees it too");
        house.desk(LEAD, &close).done();
    }

    fn a_report_is_handed_over_with_a_note_closed_and_opened_again(house) {
        let (report, digits) = filed(house, &a_report());
        let note = house.write("note.txt", "Coded and verified. Next: ask for the signature.");
        assert!(is_refused(&house.desk(LEAD, &["hand-over", &report, "BA-OMB", "--note", &note]), "grant-consent"));
        house.desk(LEAD, &["hand-over", &report, "NGO-HCBH", "--note", &note]).done();
        let theirs = "NGO-HCBH.alternate";
        assert_eq!(queue(&house.desk(theirs, &["queue"])), [report.as_str()]);
        assert_eq!(house.desk(theirs, &["show", &report]).done()["mine"], "lead");
        let opened = house.desk(theirs, &["open", &report]).done().to_string();
        assert!(opened.contains("Next: ask for the signature.") && opened.contains("A made-up account."), "{opened}");
        assert_eq!(house.desk(LEAD, &["hand-over", &report, "NGO-HCBH"]).exit, 1, "only who leads hands it over");
        house.desk(theirs, &["close", &report, "--outcome", "O-INV"]).done();
        let told = house.receipt(&digits, &[]).done();
        assert_eq!((&told["stage"], &told["outcome"]), (&json!("closed"), &json!("O-INV")), "the digits show how it ended");
        assert!(queue(&house.desk(theirs, &["queue"])).is_empty());
        house.desk(theirs, &["reopen", &report]).done();
        assert_eq!(house.desk(theirs, &["show", &report]).done()["stage"], "in-triage");
    }

    fn the_clock_of_the_answer_stands_still_only_with_a_reason_the_reporter_sees(house) {
        let (report, digits) = filed(house, &a_report());
        let clock = |name: &str| {
            let case = house.desk(LEAD, &["show", &report]).done();
            case["clocks"].as_array().unwrap().iter().find(|line| line["clock"] == name).cloned().unwrap_or_default()
        };
        assert_eq!(house.desk(LEAD, &["pause", &report, "--reason", "no-reason"]).exit, 2);
        house.desk(LEAD, &["pause", &report, "--reason", "PZ-ASKED"]).done();
        assert_eq!(clock("feedback")["paused"], "PZ-ASKED");
        assert!(is_refused(&house.desk(LEAD, &["pause", &report, "--reason", "PZ-ASKED"]), "conflict"), "it stands still already");
        let pause = &house.receipt(&digits, &[]).done()["pause"];
        let until = house_tests::today().plus(30).to_string();
        assert_eq!((&pause["reason"], &pause["until"]), (&json!("PZ-ASKED"), &json!(until)), "the reporter sees why, and until when at most");
        house.desk(LEAD, &["resume", &report]).done();
        assert_eq!((&clock("feedback")["paused"], &clock("feedback")["unit"]), (&Value::Null, &json!("days")));
    }
}
