//! A crowd or a flood at the anonymous door: nobody is lost, and an organisation's workers are not held up by it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use house_tests::{Database, Field, House, both_databases};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use vault::MEDIA_TYPE;

use crate::plain::{TYPED, between, files, fresh, post};
use crate::road::{a_report, queue};

both_databases! {
    fn a_busy_door_asks_for_a_puzzle_and_the_command_solves_it(house) {
        house.settle("[intake]\nper_hour = 1\n");
        let door = house.public_door();
        assert_eq!(door.get("/api/v1/door").unwrap().json()["bits"], 0, "an idle door asks for nothing");
        house.files(&a_report(), &[]).done();
        assert!(door.get("/api/v1/door").unwrap().json()["bits"].as_u64().unwrap() > 0);

        let bytes = house.device().seal(&a_report(), &mut StdRng::from_entropy()).bytes();
        let refused = door.send("POST", "/api/v1/reports", &[("content-type", MEDIA_TYPE)], &bytes).unwrap();
        assert_eq!((refused.status, &refused.json()["code"]), (429, &"puzzle-needed".into()));
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])).len(), 1);

        house.files(&a_report(), &[]).done();
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])).len(), 2, "work let it in");
    }

    fn a_flood_that_asks_to_sign_in_is_answered_and_leaves_nothing_behind(house) {
        let used = |house: &House| {
            let mut rows = house.tables().into_iter().filter(|table| table.name == "challenges").flat_map(|table| table.rows);
            // The row without a challenge is the one by which the server sees that it can write.
            let is_one = |row: &Vec<Field>| !row.iter().any(|field| matches!(field, Field::Bytes(Some(bytes)) if bytes.is_empty()));
            rows.by_ref().filter(is_one).count()
        };
        let (before, first) = (used(house), house.challenge());
        let door = house.members_door();
        let session = |proof: &Value| door.send("POST", "/api/v1/session", &[("content-type", "application/json")], proof.to_string().as_bytes()).unwrap();
        for _ in 0..1000 {
            let challenge = house.challenge();
            let nobodys = json!({"institution": "NGO-VP", "member": "triage", "challenge": challenge, "signature": "00".repeat(64)});
            assert_eq!(session(&nobodys).status, 403);
        }
        assert_eq!(used(house), before, "what is asked for and never answered is kept nowhere");
        let proof = house.proof("NGO-VP.triage", &first);
        assert_eq!(session(&proof).status, 200, "the flood took nobody's challenge away");
        assert_eq!((session(&proof).status, used(house)), (403, before + 1), "one that was answered is good once");
        house.kill_and_restart();
        assert_eq!(session(&proof).status, 403, "and never again");
    }

    fn workers_file_through_their_organisations_link_until_it_is_ended(house) {
        house.settle("[intake]\nper_hour = 1\n");
        house.files(&a_report(), &[]).done();
        let file = house.file("link");
        let make = ["link", "--out", &file, "--address", &house.public];
        let made = house.desk("NGO-HCBH.alternate", &make).done();
        let link = made["link"].as_str().unwrap();
        let address = std::fs::read_to_string(&file).unwrap();
        assert!(address.contains("/en/link#NGO-HCBH."), "the secret stands in the fragment alone");
        assert!(!made.to_string().contains(address.trim().rsplit('.').next().unwrap()), "the secret was printed");

        let bytes = house.device().seal(&a_report(), &mut StdRng::from_entropy()).bytes();
        let secret = format!("Link {}", address.trim().rsplit('.').next().unwrap());
        let headers = [("content-type", MEDIA_TYPE), ("authorization", secret.as_str())];
        let filed = house.public_door().send("POST", "/api/v1/reports", &headers, &bytes).unwrap();
        assert_eq!(filed.status, 201, "the crowd at the anonymous door does not hold a worker up");
        let filed = house.files(&a_report(), &["--link", &file]).done();
        let case = house.desk("NGO-VP.triage", &["show", filed["report"].as_str().unwrap()]).done();
        assert_eq!(case["filed_through"], "NGO-HCBH", "whoever reads it sees the organisation, and no worker");

        let listed = house.desk("NGO-HCBH.alternate", &["links"]).done();
        assert_eq!(listed["links"][0]["link"], link);
        assert!(house.desk("NGO-VP.triage", &["links"]).done()["links"].as_array().unwrap().is_empty());
        assert_eq!(house.desk("NGO-VP.triage", &["unlink", link]).exit, 1, "another's link is nobody's to end");
        assert_eq!(house.desk("NGO-HCBH.alternate", &["unlink", link]).exit, 0);
        let ended = house.files(&a_report(), &["--link", &file]);
        assert_eq!(ended.exit, 1);
        assert!(ended.stderr.contains("link-ended"), "{}", ended.stderr);
        assert!(!house.log().contains(secret.trim_start_matches("Link ")), "the secret was logged");
    }

    fn a_link_ends_by_itself_after_thirty_days(house) {
        let file = house.file("link");
        house.desk("NGO-HCBH.alternate", &["link", "--out", &file]).done();
        house.alter("UPDATE links SET made_day = made_day - 29, end_day = end_day - 29");
        house.files(&a_report(), &["--link", &file]).done();
        house.alter("UPDATE links SET made_day = made_day - 1, end_day = end_day - 1");
        let ended = house.files(&a_report(), &["--link", &file]);
        assert!(ended.exit == 1 && ended.stderr.contains("link-ended"), "{ended:?}");
    }

    fn nobody_files_through_an_organisation_that_is_not_known_any_more(house) {
        let file = house.file("link");
        house.desk("NGO-HCBH.alternate", &["link", "--out", &file]).done();
        house.alter("UPDATE links SET institution = 'NGO-NOBODY'");
        let refused = house.files(&a_report(), &["--link", &file]);
        assert!(refused.exit == 1 && refused.stderr.contains("link-ended"), "{refused:?}");
        assert!(queue(&house.desk("NGO-VP.triage", &["queue"])).is_empty());
    }

    fn a_report_against_the_workers_own_organisation_is_not_its_own(house) {
        house.settle("[intake]\nper_hour = 1\n");
        house.files(&a_report(), &[]).done();
        let file = house.file("link");
        house.desk("NGO-HCBH.alternate", &["link", "--out", &file]).done();
        let secret = std::fs::read_to_string(&file).unwrap();
        let secret = format!("Link {}", secret.trim().rsplit('.').next().unwrap());
        let mut report = a_report();
        report["accused"] = json!([{ "institution": "NGO-HCBH" }]);
        let bytes = house.device().seal(&report, &mut StdRng::from_entropy()).bytes();
        let headers = [("content-type", MEDIA_TYPE), ("authorization", secret.as_str())];
        let asked = house.public_door().send("POST", "/api/v1/reports", &headers, &bytes).unwrap();
        assert_eq!(asked.status, 429, "it lives on nobody's budget: like any other at the anonymous door");
        let filed = house.files(&report, &["--link", &file]).done();
        let through = house.kept().into_iter().any(|(table, _)| table == "filed_through");
        assert!(!through, "the server keeps that it came through the organisation it accuses");
        let accused = filed["report"].as_str().unwrap();
        assert_eq!(house.desk("NGO-HCBH.alternate", &["show", accused]).exit, 1, "it lies in the inbox of whom it accuses");
        assert!(!filed["readers"].to_string().contains("NGO-HCBH"), "{filed}");
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])).len(), 2);
    }

    fn an_upload_costs_as_many_filings_as_its_bytes_could_be(house) {
        house.settle("[intake]\nper_hour = 1\norganisation_per_hour = 2\n");
        let door = house.public_door();
        let begin = |more: &[(&str, &str)]| {
            let headers = [[("tus-resumable", "1.0.0"), ("upload-length", "70000")].as_slice(), more].concat();
            door.send("POST", "/api/v1/uploads", &headers, &[]).unwrap()
        };
        assert_eq!(begin(&[]).status, 201, "an idle door asks for nothing");
        let asked = begin(&[]);
        assert_eq!((asked.status, &asked.json()["code"]), (429, &"puzzle-needed".into()));
        let puzzle: Vec<&str> = asked.header("putokaz-puzzle").unwrap().split(' ').collect();
        let counter = vault::puzzle::solve(puzzle[0], &vault::hash::sha256(b"70000"), puzzle[1].parse().unwrap()).unwrap();
        let proof = format!("{} {counter}", puzzle[0]);
        assert_eq!(begin(&[("putokaz-puzzle", &proof)]).status, 201);
        assert_eq!(begin(&[("putokaz-puzzle", &proof)]).status, 429, "the same work served twice");

        let file = house.write("video.bin", &"a made-up video ".repeat(40_000));
        let filed = house.files(&a_report(), &["--attach", &file]).done();
        let report = filed["report"].as_str().unwrap();
        house.desk("NGO-VP.triage", &["open", report, "evidence/1"]).done();

        let link = house.file("link");
        house.desk("NGO-HCBH.alternate", &["link", "--out", &link]).done();
        let secret = std::fs::read_to_string(&link).unwrap();
        let secret = format!("Link {}", secret.trim().rsplit('.').next().unwrap());
        let answers = [(); 3].map(|()| begin(&[("authorization", &secret)]).status);
        assert_eq!(answers, [201, 201, 429], "an organisation has an hour of its own, and it ends too");
    }

    fn bodies_that_drip_from_everywhere_hold_nobody_up(house) {
        let file = house.file("link");
        house.desk("NGO-HCBH.alternate", &["link", "--out", &file]).done();
        let paths = ["/api/v1/reports", "/api/v1/receipt/statements"];
        // More than the listener has places.
        let dripping: Vec<TcpStream> = (0..270).map(|number| drip(house, paths[number % 2], MEDIA_TYPE, 60_000)).collect();
        assert_eq!(house.public_door().get("/healthz").unwrap().status, 200, "it is alive");
        house.files(&a_report(), &["--link", &file]).done();
        house.files(&a_report(), &[]).done();
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])).len(), 2);
        drop(dripping);
    }

    fn an_organisation_files_in_time_while_every_anonymous_door_is_flooded(house) {
        let file = house.file("link");
        house.desk("NGO-HCBH.alternate", &["link", "--out", &file]).done();
        let (over, answered) = (AtomicBool::new(false), AtomicUsize::new(0));
        let flood = || {
            let door = house.public_door();
            while !over.load(Relaxed) {
                answered.fetch_add(usize::from(door.get("/fa/plain").is_some()), Relaxed);
                post(&door, "/en/plain", &[("acts", "PUSH-01"), ("step", "check")]);
                post(&door, "/en/plain/receipt", &[("digits", "000000000000000000000008")]);
                door.send("POST", "/api/v1/reports", &[("content-type", MEDIA_TYPE)], &vec![b'a'; 60_000]);
            }
        };
        let took = std::thread::scope(|scope| {
            (0..60).for_each(|_| drop(scope.spawn(flood)));
            std::thread::sleep(Duration::from_secs(2));
            let begun = Instant::now();
            let filed = house.files(&a_report(), &["--link", &file]);
            let (took, health) = (begun.elapsed(), house.public_door().get("/readyz").map(|reply| reply.status));
            over.store(true, Relaxed);
            filed.done();
            assert_eq!(health, Some(200));
            took
        });
        println!("filed in {took:?} beside {} pages", answered.load(Relaxed));
        assert!(answered.load(Relaxed) > 60, "positive control: it is a flood");
        assert!(took < Duration::from_secs(20), "{took:?}");
    }

    fn a_crowd_at_the_plain_door_loses_nothing_that_was_typed(house) {
        house.settle("[plain]\nper_hour = 1\n");
        let door = house.public_door();
        let first = files(&door, &TYPED);
        let page = fresh(&door);
        let sent = [TYPED.as_slice(), &[("page", &page), ("step", "send")]].concat();
        let told = post(&door, "/en/plain", &sent);
        assert_eq!((told.status, told.header("retry-after")), (429, Some("60")));
        let text = told.text();
        for kept in [page.as_str(), "A made-up account, از پشت در", "a made-up place", "a made-up name", "Stay here for"] {
            assert!(text.contains(kept), "{kept} is lost: {text}");
        }
        let ticket = between(&text, "name=\"ticket\" value=\"", "\"").to_owned();
        let again = post(&door, "/en/plain", &[sent.as_slice(), &[("ticket", &ticket)]].concat());
        assert_eq!(again.status, 429, "it did not wait");
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue", "--json"])).len(), 1);
        assert_eq!(door.get("/api/v1/door").unwrap().json()["bits"], 0, "the sealing door is not held up by it");
        assert_eq!(house.receipt(&first, &[]).done()["status"], "kept");
    }
}

/// Begins a body of so many bytes, and sends no more of it.
fn drip(house: &House, path: &str, media: &str, length: usize) -> TcpStream {
    let mut slow = TcpStream::connect(house.public.trim_start_matches("http://")).unwrap();
    let head =
        format!("POST {path} HTTP/1.1\r\nhost: here\r\ncontent-type: {media}\r\ncontent-length: {length}\r\n\r\n");
    slow.write_all(&[head.as_bytes(), &[b'a'; 1000]].concat()).unwrap();
    slow
}

/// A form that made room for another: nobody took it in, and the browser that still has it is told how to send it again.
#[test]
fn a_form_with_files_that_comes_slowest_makes_room_and_is_sent_again_by_loading_the_page_again() {
    let mut house = House::open(Database::Sqlite);
    house.settle("[plain]\nbodies = 1\n");
    let mut slow = drip(&house, "/en/plain", "application/x-www-form-urlencoded", 400_000);
    std::thread::sleep(Duration::from_millis(500));
    let long = "x".repeat(200_000);
    let told = post(&house.public_door(), "/en/plain", &[("account.narrative", &long)]);
    assert_eq!(told.status, 200, "{}", told.text());
    assert!(told.text().contains(&long), "what was typed is lost");
    let mut answer = String::new();
    slow.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    slow.read_to_string(&mut answer).ok();
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("retry-after: 5"), "{answer}");
    assert!(answer.contains("load this page again"), "{answer}");
}
