//! Words planted in every sealed field turn up nowhere: not in logs at TRACE, mails, other people's answers, or a thief's bytes.

use house_tests::{Canary, both_databases};
use serde_json::{Value, json};

use crate::road::an_urgent_report;

/// A canary for each field that a person fills with words.
fn planted() -> (Value, Vec<Canary>) {
    let mut report = an_urgent_report();
    let mut canaries = Vec::new();
    let mut plant = |place: &mut Value, field: &'static str| {
        let chance: [u8; 24] = std::array::from_fn(|_| rand::random());
        let canary = Canary::of(field, chance);
        *place = json!(canary.word);
        canaries.push(canary);
    };
    plant(&mut report["account"]["narrative"], "narrative");
    plant(&mut report["account"]["place"], "place");
    plant(&mut report["account"]["when"], "when");
    plant(&mut report["identity"]["name"], "name");
    plant(&mut report["identity"]["contact"], "contact");
    (report, canaries)
}

fn search(canaries: &[Canary], place: &str, bytes: &[u8]) {
    for canary in canaries {
        let traces = canary.traces(bytes);
        assert!(traces.is_empty(), "the {} stands in {place} as {traces:?}", canary.field);
    }
}

both_databases! {
    fn no_planted_word_is_found_where_a_thief_or_an_outsider_looks(house) {
        let (report, mut canaries) = planted();
        let attached = Canary::of("attachment", std::array::from_fn(|_| rand::random()));
        let file = house.write("attached.txt", &attached.word.repeat(4000));
        canaries.push(attached);
        let filed = house.files(&report, &["--attach", &file]).done();
        let (id, digits) = (filed["report"].as_str().unwrap(), filed["receipt"].as_str().unwrap());

        let message = Canary::of("answer", std::array::from_fn(|_| rand::random()));
        let note = Canary::of("note", std::array::from_fn(|_| rand::random()));
        let (answer, kept) = (house.write("answer.txt", &message.word), house.write("note.txt", &note.word));
        let opened = house.desk("NGO-VP.triage", &["open", id]).done().to_string();
        assert!(opened.contains(&canaries[0].word), "positive control: who may read it finds it");
        house.desk("NGO-VP.triage", &["reply", id, &answer]).done();
        house.desk("NGO-VP.triage", &["note", id, &kept]).done();
        let told = house.receipt(digits, &[]).done().to_string();
        assert!(told.contains(&message.word) && !told.contains(&note.word), "the note is the institution's own");
        canaries.extend([message, note]);

        search(&canaries, "the log", house.log().as_bytes());
        assert!(house.log().contains("/api/v1/reports"), "positive control: the log is the one of these requests");
        house.post.wait_for("triage@ngo-vp.example");
        for mail in house.post.mails() {
            search(&canaries, "a mail", mail.raw.as_bytes());
        }
        for witness in ["BA-BP.witness", "BA-OMB.triage"] {
            search(&canaries, "another's queue", house.desk(witness, &["queue"]).stdout.as_bytes());
        }
        let stolen = house.stolen();
        let known = id.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap());
        let known: Vec<u8> = known.collect();
        let control = stolen.iter().any(|(_, bytes)| bytes.windows(16).any(|window| window == known));
        assert!(control, "positive control: the report's number is in what was searched");
        for (name, bytes) in &stolen {
            search(&canaries, name, bytes);
        }
    }
}
