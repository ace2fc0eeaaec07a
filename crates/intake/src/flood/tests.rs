use super::*;

const LIMITS: Limits =
    Limits { at_once: 8, per_hour: 10, organisation_at_once: 4, organisation_per_hour: 20, plain_per_hour: 10 };

fn flood() -> Flood {
    Flood::new(LIMITS, [7; 32])
}

fn at(seconds: u64, fresh: u8) -> Now {
    Now {
        uptime: Duration::from_secs(seconds),
        seconds: 1_000_000 + i64::try_from(seconds).unwrap(),
        fresh: [fresh; 16],
    }
}

fn statement() -> Sha256 {
    vault::hash::sha256(b"statement")
}

fn organisation() -> InstitutionCode {
    "NGO-VP".parse().unwrap()
}

fn asked(flood: &Flood, now: Now) -> Challenge {
    match flood.enter(None, None, &statement(), now).err() {
        Some(Shut::Puzzle(challenge)) => challenge,
        other => panic!("not asked for a puzzle: {other:?}"),
    }
}

/// An hour's worth of filings, one after another.
fn use_up(flood: &Flood) {
    for number in 0..10 {
        assert!(flood.enter(None, None, &statement(), at(0, number)).is_ok(), "{number} was not free");
    }
}

#[test]
fn filing_is_free_while_the_door_is_idle_and_again_after_a_while() {
    let flood = flood();
    assert_eq!(flood.ask(at(0, 1)), None);
    use_up(&flood);
    assert!(flood.ask(at(0, 1)).is_some());
    assert_eq!(asked(&flood, at(1, 1)).bits, EASY);
    assert!(flood.enter(None, None, &statement(), at(361, 2)).is_ok());
}

#[test]
fn a_solved_puzzle_lets_one_filing_in_once() {
    let flood = flood();
    use_up(&flood);
    let challenge = asked(&flood, at(1, 1));
    let counter = vault::puzzle::solve(&challenge.text, &statement(), challenge.bits);
    let proof = Proof { challenge: challenge.text.clone(), counter };
    let other = vault::hash::sha256(b"another statement");
    assert!(flood.enter(None, Some(&proof), &other, at(2, 2)).is_err(), "work for one statement served another");
    assert!(flood.enter(None, Some(&proof), &statement(), at(2, 3)).is_ok());
    assert!(flood.enter(None, Some(&proof), &statement(), at(3, 4)).is_err(), "the same work served twice");
}

#[test]
fn who_cannot_solve_may_wait() {
    let flood = flood();
    use_up(&flood);
    let proof = Proof { challenge: asked(&flood, at(1, 1)).text, counter: None };
    assert!(flood.enter(None, Some(&proof), &statement(), at(30, 2)).is_err(), "half a minute was enough");
    assert!(flood.enter(None, Some(&proof), &statement(), at(62, 3)).is_ok());
}

#[test]
fn a_flood_at_the_anonymous_door_leaves_an_organisation_its_places() {
    let flood = flood();
    let held: Vec<_> = (0..4).map(|number| flood.enter(None, None, &statement(), at(0, number)).ok()).collect();
    assert!(flood.enter(None, None, &statement(), at(0, 9)).is_err(), "half full asks for a puzzle");
    let code = organisation();
    let own: Vec<_> = (0..4).map(|number| flood.enter(Some(&code), None, &statement(), at(0, number)).ok()).collect();
    assert!(own.iter().all(Option::is_some));
    assert!(flood.enter(Some(&code), None, &statement(), at(0, 9)).is_err(), "an organisation's crowd has an end too");
    drop(own);
    assert!(flood.enter(Some(&code), None, &statement(), at(0, 9)).is_ok());
    drop(held);
    assert!(flood.enter(None, None, &statement(), at(0, 9)).is_ok());
}

#[test]
fn what_is_beyond_all_places_is_told_to_come_again() {
    let flood = Flood::new(Limits { at_once: 1, ..LIMITS }, [7; 32]);
    let mut held = Vec::new();
    let challenge = asked(&flood, at(0, 1));
    let counter = vault::puzzle::solve(&challenge.text, &statement(), challenge.bits);
    let proof = Proof { challenge: challenge.text, counter };
    held.push(flood.enter(None, Some(&proof), &statement(), at(0, 2)).ok());
    assert!(matches!(flood.enter(None, Some(&proof), &statement(), at(0, 3)), Err(Shut::Full)));
}

const MEBIBYTE: u64 = 1024 * 1024;

#[test]
fn an_upload_costs_as_many_filings_as_its_bytes_could_be() {
    let flood = flood();
    assert!(flood.begin(None, None, 9 * 4 * MEBIBYTE, at(0, 1)).is_ok());
    assert!(flood.enter(None, None, &statement(), at(0, 2)).is_ok(), "nine of ten are used");
    assert!(flood.enter(None, None, &statement(), at(0, 3)).is_err());
    assert!(flood.begin(None, None, 1, at(0, 4)).is_err(), "a small one costs a filing");
}

#[test]
fn a_file_larger_than_the_hour_is_let_in_where_one_filing_still_fits() {
    let flood = flood();
    assert!(flood.begin(None, None, 2048 * MEBIBYTE, at(0, 1)).is_ok());
    assert!(flood.begin(None, None, 1, at(0, 2)).is_err());
    assert!(flood.begin(None, None, 1, at(361, 3)).is_ok(), "it uses up one hour and no more");
}

#[test]
fn work_for_an_upload_is_bound_to_its_length() {
    let flood = flood();
    use_up(&flood);
    let Err(Shut::Puzzle(challenge)) = flood.begin(None, None, 70_000, at(1, 1)) else { panic!("not asked") };
    let counter = vault::puzzle::solve(&challenge.text, &weight_hash(70_000), challenge.bits);
    let proof = Proof { challenge: challenge.text, counter };
    assert!(
        flood.begin(None, Some(&proof), 2048 * MEBIBYTE, at(2, 2)).is_err(),
        "work for a small one let a large one in"
    );
    assert!(flood.begin(None, Some(&proof), 70_000, at(2, 3)).is_ok());
    assert!(flood.begin(None, Some(&proof), 70_000, at(2, 4)).is_err(), "the same work served twice");
}

#[test]
fn uploads_through_a_link_live_on_the_organisations_hour_and_leave_it_no_more() {
    let flood = flood();
    use_up(&flood);
    let code = organisation();
    assert!(flood.begin(Some(&code), None, 20 * 4 * MEBIBYTE, at(0, 1)).is_ok());
    assert!(flood.begin(Some(&code), None, 1, at(0, 2)).is_err(), "its hour is used up as well");
    assert!(flood.enter(Some(&code), None, &statement(), at(0, 3)).is_err());
}

#[test]
fn the_plain_door_has_an_hour_of_its_own_and_a_page_that_waited_is_let_in_once() {
    let flood = flood();
    use_up(&flood);
    assert!(
        (0..10).all(|number| flood.enter_plain(None, at(0, number)).is_ok()),
        "the crowd elsewhere does not matter"
    );
    let challenge = flood.enter_plain(None, at(0, 20)).expect_err("its own crowd does");
    let waits = |seconds, fresh| flood.enter_plain(Some(&challenge.text), at(seconds, fresh));
    assert!(waits(30, 21).is_err(), "half a minute was enough");
    assert!(waits(61, 22).is_ok());
    assert!(waits(62, 23).is_err(), "the same minute served twice");
    assert!(flood.enter_plain(Some("00"), at(62, 24)).is_err());
}
