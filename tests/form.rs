//! A person files in the sealing form in a real Chromium; the digits and the lead open what was sent.

use house_tests::{Database, House, browse, pictures};
use serde_json::Value;

/// What the page sealed, as `web/test/browser/form.mjs` typed it.
const NARRATIVE: &str = "kanarinac na rijeci";

#[test]
fn a_person_files_in_the_form_and_the_digits_and_the_lead_open_it() {
    let house = House::open(Database::Sqlite);
    for language in ["en", "fa"] {
        let Some(seen) = file(&house, language, &[]) else { return };
        let (report, digits) = (seen["report"].as_str().unwrap(), seen["digits"].as_str().unwrap());
        assert!(seen["listsMilliseconds"].as_f64().unwrap() < 200.0, "the lists followed at once");
        assert!(seen["againMilliseconds"].as_u64().unwrap() < 1000, "digits typed back turned green");
        let told = house.receipt(digits, &[]).done();
        assert_eq!(told["status"], "kept", "the digits made in the browser open it");
        let opened = house.desk("NGO-VP.triage", &["open", report, "account"]).done().to_string();
        assert!(opened.contains(NARRATIVE), "the lead reads what was told");
        let name = house.desk("NGO-VP.triage", &["open", report, "identity"]);
        assert_ne!(name.exit, 0, "a name that nobody was given is opened by nobody");
    }
    let stolen = house.stolen();
    let found = stolen.iter().filter(|(_, bytes)| bytes.windows(NARRATIVE.len()).any(|w| w == NARRATIVE.as_bytes()));
    assert_eq!(found.count(), 0, "what was typed lies nowhere on the machine");
}

#[test]
fn a_child_files_on_the_page_for_children_and_the_digits_open_it() {
    let house = House::open(Database::Sqlite);
    for language in ["en", "fa"] {
        let Some(seen) = file(&house, language, &["--child"]) else { return };
        assert!(seen["topics"].as_array().unwrap().len() <= 6, "a child sees at most six screens");
        let told = house.receipt(seen["digits"].as_str().unwrap(), &[]).done();
        assert_eq!(told["status"], "kept", "the digits made in the browser open it");
    }
}

#[test]
fn what_a_person_skips_is_left_empty_and_what_they_type_outlives_a_reload() {
    let house = House::open(Database::Sqlite);
    for language in ["en", "fa"] {
        browse("answers.mjs", &[&house.public, language, &pictures()]);
    }
}

fn file(house: &House, language: &str, more: &[&str]) -> Option<Value> {
    browse("form.mjs", &[&[house.public.as_str(), language, &pictures()], more].concat())
}

#[test]
fn a_person_files_by_keyboard_alone() {
    let house = House::open(Database::Sqlite);
    for language in ["en", "fa"] {
        browse("keyboard.mjs", &[&house.public, language, &pictures()]);
    }
}

#[test]
fn somebody_who_lives_there_files_what_they_saw_as_a_resident() {
    let house = House::open(Database::Sqlite);
    for language in ["en", "fa"] {
        let Some(seen) = file(&house, language, &["--residents"]) else { return };
        let report = seen["report"].as_str().unwrap();
        let coding = house.desk("NGO-VP.triage", &["open", report, "coding"]).done().to_string();
        assert!(coding.contains("S-COMM") && coding.contains("PUSH-01"), "{coding}");
        assert_eq!(house.receipt(seen["digits"].as_str().unwrap(), &[]).done()["status"], "kept");
    }
}

#[test]
fn each_adult_of_a_group_leaves_with_digits_of_their_own_that_open_nothing_of_the_others() {
    let (house, pictures) = (House::open(Database::Sqlite), pictures());
    for how in [[].as_slice(), &["--quick"]] {
        let words = [&[house.public.as_str(), &pictures], how].concat();
        let Some(seen) = browse("group.mjs", &words) else { return };
        let [group, first, second] = &texts(&seen["filed"])[..] else { panic!("{seen}") };
        let open = |report: &str, part: &str| house.desk("NGO-VP.triage", &["open", report, part]);
        assert!(!open(group, "coding").done().to_string().contains("same_event_as"));
        for (companion, own) in [(first, "kanarinac prve osobe"), (second, "kanarinac druge osobe")] {
            let coding = open(companion, "coding").done().to_string();
            assert!(coding.contains(group.as_str()) && coding.contains("P-HRPOL"), "{coding}");
            assert!(!coding.contains("people"), "the group is told once: {coding}");
            let account = open(companion, "account").done().to_string();
            assert!(account.contains(own) && !account.contains("govornika"), "{account}");
            assert_eq!(
                open(companion, "identity").exit,
                0,
                "the reader of today may see how to reach them: they said so"
            );
        }
        let digits = texts(&seen["digits"]);
        let shown: Vec<String> = digits.iter().map(|digits| house.receipt(digits, &[]).done().to_string()).collect();
        assert!(shown.iter().all(|told| told.contains("kept")), "{shown:?}");
        house.receipt(&digits[1], &["--withdraw"]).done();
        assert_eq!(open(first, "coding").exit, 1, "theirs is taken back");
        assert_eq!(open(group, "coding").exit, 0, "and nobody else's");
    }
}

#[test]
fn a_volunteer_files_for_nine_people_in_a_row_and_nobodys_digits_are_lost() {
    let house = House::open(Database::Sqlite);
    let Some(seen) = browse("shift.mjs", &[&house.public, &pictures()]) else { return };
    println!("nine in a row: taps {}, seconds {}", seen["taps"], seen["seconds"]);
    let (digits, filed) = (texts(&seen["digits"]), texts(&seen["filed"]));
    for one in [&digits[0], &digits[8]] {
        assert_eq!(house.receipt(one, &[]).done()["status"], "kept", "the digits made in the browser open it");
    }
    let coding = |report: &str| house.desk("NGO-VP.triage", &["open", report, "coding"]).done().to_string();
    // What is light is sent first, so the order they arrive in is not the one they were told in.
    let told: Vec<(&str, String)> = filed.iter().map(|report| (report.as_str(), coding(report))).collect();
    let (others, first): (Vec<_>, Vec<_>) = told.iter().partition(|(_, told)| told.contains("same_event_as"));
    assert_eq!(
        (first.len(), others.len()),
        (1, 9),
        "the first stands for itself, and what the others tell is the same event"
    );
    for (_, told) in others {
        assert!(told.contains(first[0].0), "the same event, told by another of the group: {told}");
        assert!(told.contains("PROP-03") && told.contains("P-HRPOL"), "what was done to all of them: {told}");
    }
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

#[test]
fn past_the_directorys_last_day_a_person_still_files_and_is_told_before_sending() {
    let mut house = House::open(Database::Sqlite);
    house.sign_directory(2, house_tests::today().plus(-40), &[]);
    let Some(seen) = file(&house, "en", &[]) else { return };
    assert!(seen["old"][0].as_str().unwrap_or_default().contains("out of date"), "{seen}");
    assert_eq!(seen["readers"].as_array().map(Vec::len), Some(2), "the lead, and whoever stands in for it: {seen}");
    assert_eq!(house.receipt(seen["digits"].as_str().unwrap(), &[]).done()["status"], "kept");
}
