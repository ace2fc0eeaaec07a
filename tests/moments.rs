//! A moment of the design that no single page's test holds whole: the way back, a week later, on a borrowed phone without script.

use house_tests::{Door, House, both_databases};

use crate::plain::{heading, post};
use crate::road::a_report;

/// A week passes, by the house's books.
fn a_week_passes(house: &House) {
    for change in ["reports SET filed_day = filed_day - 7", "statements SET day = day - 7"] {
        house.alter(&format!("UPDATE {change}"));
    }
}

/// The first line of the page without script, in this language, for digits as they were typed.
fn first_line(door: &Door, language: &str, digits: &str) -> String {
    let reply = post(door, &format!("/{language}/plain/receipt"), &[("digits", digits)]);
    assert_eq!(reply.status, 200, "{}", reply.text());
    heading(&reply.text()).to_owned()
}

both_databases! {
    fn digits_from_the_sealing_door_tell_a_week_later_without_script_that_a_person_asks_one_thing(house) {
        let filed = house.files(&a_report(), &[]).done();
        let (report, digits) = (filed["report"].as_str().unwrap(), filed["receipt"].as_str().unwrap());
        let persian: String = digits.chars().map(|one| one.to_digit(10).and_then(|digit| char::from_u32(0x6F0 + digit)).unwrap_or(one)).collect();
        let door = house.public_door();
        assert_eq!(first_line(&door, "en", &persian), "Your report is kept. No person has read it yet.");
        house.desk("NGO-VP.triage", &["open", report]).done();
        let question = house.write("question.txt", "A made-up question.");
        house.desk("NGO-VP.triage", &["reply", report, &question]).done();
        a_week_passes(house);
        assert_eq!(first_line(&door, "en", &persian), "A person has read this and asks you one thing.");
        let said = words::page_text(words::Language::Persian, "plain-standing-asks", &[]);
        assert_eq!(first_line(&door, "fa", &persian), said, "in the reader's language");
    }
}
