//! What a stranger learns from an answer: nothing. Status, size and time are the same, whatever the reason.

use std::time::{Duration, Instant};

use house_tests::{Door, House, both_databases};
use vault::ReceiptDigits;

use crate::road::a_report;

/// How often each question is asked, in turn with the others.
const TRIES: usize = 200;
/// How far apart the medians of two reasons may lie: a fifth, and what a scheduler does (in seconds).
const MARGIN: (f64, f64) = (1.2, 0.000_15);
const NEVER: &str = "00112233445566778899aabbccddeeff";

/// One question and who asks it.
struct Question {
    why: &'static str,
    path: String,
    authorization: String,
}

impl Question {
    fn of(why: &'static str, path: &str, authorization: &str) -> Self {
        Self { why, path: path.to_owned(), authorization: authorization.to_owned() }
    }

    /// What the answer shows besides its random reference and the time of day, and how long it took in seconds.
    fn ask(&self, door: &Door) -> ((u16, usize, String, Vec<String>), f64) {
        let headers = [("authorization", self.authorization.as_str())];
        let headers = if self.authorization.is_empty() { &headers[..0] } else { &headers[..] };
        let begun = Instant::now();
        let answer = door.send("GET", &self.path, headers, &[]).unwrap();
        let took = begun.elapsed().as_secs_f64();
        let names = answer.headers.iter().map(|(name, _)| name.clone()).collect();
        ((answer.status, answer.body.len(), answer.code(), names), took)
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Asks all in turn: every answer is the first one's, and takes as long. `other` is answered otherwise: what the time would tell.
fn are_alike(door: &Door, questions: &[Question], other: &Question) {
    let mut times = vec![Vec::new(); questions.len() + 1];
    let (expected, _) = questions[0].ask(door);
    assert_eq!((expected.0, expected.2.as_str()), (404, "not-found"));
    assert_ne!(other.ask(door).0, expected, "positive control: there is something to be told apart");
    for turn in 0..TRIES {
        // Each comes after each other equally often: what the one before left to do is nobody's own time.
        for place in (turn..).take(questions.len()).map(|place| place % questions.len()) {
            let (told, took) = questions[place].ask(door);
            assert_eq!(told, expected, "{}: status, size, kind of answer", questions[place].why);
            times[place].push(took);
        }
    }
    times[questions.len()].extend((0..TRIES).map(|_| other.ask(door).1));
    let medians: Vec<f64> = times.into_iter().map(median).collect();
    let (told, same) = medians.split_last().unwrap();
    let least = same.iter().copied().fold(f64::MAX, f64::min);
    let most = least * MARGIN.0 + MARGIN.1;
    println!(
        "medians in ms: {:?}, of what may be seen {:.3}",
        same.iter().map(|one| one * 1000.0).collect::<Vec<_>>(),
        told * 1000.0
    );
    assert!(*told > most, "positive control: an answer that does more takes longer than the margin");
    for (question, median) in questions.iter().zip(same) {
        assert!(*median <= most, "{}: {median} s, while the quickest took {least} s", question.why);
    }
}

/// A report, its digits, and what its receipt sends.
pub fn filed(house: &House) -> (String, String, String) {
    let filed = house.files(&a_report(), &[]).done();
    let (report, digits) = (filed["report"].as_str().unwrap(), filed["receipt"].as_str().unwrap());
    let receipt = ReceiptDigits::parse(digits).unwrap().stretch(&house.device().directory().body().salt).unwrap();
    (report.to_owned(), digits.to_owned(), format!("Receipt {}", *receipt.lookup()))
}

/// Lets eight days pass for what was withdrawn, after which the server destroys it.
pub fn destroy(house: &mut House) {
    house.alter("UPDATE reports SET withdrawn_day = withdrawn_day - 8 WHERE withdrawn_day IS NOT NULL");
    house.kill_and_restart();
    let is_gone = |house: &House| house.kept().iter().any(|(table, _)| table == "tombstones");
    for _ in 0..100 {
        if is_gone(house) {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(is_gone(house), "what was withdrawn is destroyed");
}

both_databases! {
    fn a_receipt_that_opens_nothing_is_answered_alike_whatever_the_reason(house) {
        let (_, _, kept) = filed(house);
        let (_, digits, destroyed) = filed(house);
        house.receipt(&digits, &["--withdraw"]).done();
        destroy(house);
        for path in ["/api/v1/receipt", "/api/v1/receipt/parts/account"] {
            let of = |why, authorization: &str| Question::of(why, path, authorization);
            let questions = [
                of("unknown", &format!("Receipt {NEVER}{NEVER}")),
                of("destroyed", &destroyed),
                of("too short", "Receipt 1234"),
                of("another scheme", "Bearer nothing"),
                of("none", ""),
            ];
            are_alike(&house.public_door(), &questions, &of("kept", &kept));
        }
    }

    fn a_report_that_one_may_not_read_is_answered_like_one_that_never_was(house) {
        let (gone, digits, _) = filed(house);
        house.receipt(&digits, &["--withdraw"]).done();
        destroy(house);
        let ((kept, _, _), (withdrawn, digits, _)) = (filed(house), filed(house));
        house.receipt(&digits, &["--withdraw"]).done();
        let (lead, shut_out) = (house.session("NGO-VP.triage"), house.session("BA-BP.witness"));
        for part in ["", "/parts/account"] {
            let of = |why, report: &str, by: &str| Question::of(why, &format!("/api/v1/reports/{report}{part}"), by);
            let questions = [
                of("never was", NEVER, &shut_out),
                of("shut out", &kept, &shut_out),
                of("withdrawn", &withdrawn, &lead),
                of("destroyed", &gone, &lead),
            ];
            are_alike(&house.members_door(), &questions, &of("kept", &kept, &lead));
        }
    }
}
