//! A phone without network, and the way back: in a real Chromium, on both databases.

use std::collections::BTreeSet;

use house_tests::{Database, House, both_databases, browse, pictures, walk};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::files::opened;
use crate::road::queue;

/// What `offline.mjs` shares from another app.
const NOTE: &[u8] = b"a voice note that nobody else may hear";

both_databases! {
    fn what_was_sealed_without_network_is_kept_when_it_comes_back(house) {
        let pictures = format!("{}/offline", pictures());
        let Some(seen) = browse("offline.mjs", &[&house.public, &pictures]) else { return };
        assert!(seen["taps"].as_u64().unwrap() <= 14 && seen["shareTaps"].as_u64().unwrap() <= 4, "{seen}");
        let reports = queue(&house.desk("NGO-VP.triage", &["queue"]));
        assert_eq!(reports.len(), 1, "one report arrived, once: {reports:?}");
        assert_eq!(opened(house, &reports[0], "evidence/1"), NOTE, "the voice note is another");
        let photo = hex::encode(Sha256::digest(opened(house, &reports[0], "evidence/2")));
        assert_eq!(seen["photo"], photo, "the photo is another");
    }
}

#[test]
fn a_phone_that_dies_while_it_seals_or_sends_loses_nothing_and_another_delivers_what_was_taken_out() {
    let house = House::open(Database::Sqlite);
    let folder = format!("{}/phone", pictures());
    if browse("phone.mjs", &[&house.public, &folder]).is_none() {
        return;
    }
    let reports = queue(&house.desk("NGO-VP.triage", &["queue"]));
    assert_eq!(reports.len(), 4, "each is there, and once");
    let original = std::fs::read(format!("{folder}/phone.bin")).unwrap();
    let parts = |report: &String| house.desk("NGO-VP.triage", &["show", report]).done().to_string();
    let with_file = reports.iter().find(|report| parts(report).contains("evidence/1")).unwrap();
    assert_eq!(opened(&house, with_file, "evidence/1"), original, "the file is another");
}

both_databases! {
    fn a_phone_whose_clock_is_wrong_files_and_sends_all_the_same(house) {
        let Some(seen) = browse("clock.mjs", &[&house.public, &pictures()]) else { return };
        let day = |phone: &str| {
            let coding = house.desk("NGO-VP.triage", &["open", seen["reports"][phone].as_str().unwrap(), "coding"]).done();
            let text = coding.to_string();
            assert!(text.contains("PUSH-01") || phone == "form", "{text}");
            text
        };
        let today = house_tests::today();
        assert!(!day("back").contains("2012"), "a day that was counted from a wrong clock was sealed");
        for (phone, told) in [("form", today), ("right", today), ("ahead", today.plus(1)), ("year", today.plus(365))] {
            assert!(day(phone).contains(&told.to_string()), "{phone}");
        }
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])).len(), 5, "nothing is refused for its clock");
    }
}

#[test]
fn the_real_tus_client_goes_on_after_a_stop_and_after_a_cut_at_every_kib() {
    let mut house = House::open(Database::Sqlite);
    house.settle("[intake]\nper_hour = 10000\n");
    let seen = walk("tus.ts", &[&house.public]);
    let sent = seen["sent"].as_array().unwrap();
    assert!(sent.len() == 101 && seen["cuts"].as_u64().unwrap() >= 100, "{} of {}", seen["cuts"], sent.len());
    let lie = hashes(&house);
    assert!(sent.iter().all(|one| lie.contains(one.as_str().unwrap())), "one lies there otherwise");
}

/// The hash of everything that lies in the house.
fn hashes(house: &House) -> BTreeSet<String> {
    house.stolen().iter().map(|(_, bytes)| hex::encode(Sha256::digest(bytes))).collect()
}

#[test]
fn a_volunteers_phone_is_set_up_in_two_minutes_and_loses_nothing_when_the_link_ends() {
    let house = House::open(Database::Sqlite);
    let file = house.file("link");
    let make = ["link", "--out", &file, "--address", &house.public];
    let link = house.desk("NGO-HCBH.alternate", &make).done();
    let address = std::fs::read_to_string(&file).unwrap();
    let file_through = || browse("link.mjs", &[address.trim(), &pictures()]);
    let through = || house.kept().iter().find(|(table, _)| table == "filed_through").map_or(0, |(_, rows)| *rows);
    let Some(seen) = file_through() else { return };
    println!("link: set up and filed in {} s", seen["seconds"]);
    assert_eq!(
        (&seen["filings"], through()),
        (&json!(["link", "none"]), 1),
        "no link is shown with what accuses its organisation: {seen}"
    );
    house.desk("NGO-HCBH.alternate", &["unlink", link["link"].as_str().unwrap()]).done();
    let seen = file_through().unwrap();
    assert_eq!(
        (&seen["filings"], through()),
        (&json!(["link", "none", "none"]), 1),
        "refused, and sent again without it: {seen}"
    );
    assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])).len(), 4, "nothing was lost");
    assert!(queue(&house.desk("NGO-HCBH.alternate", &["queue"])).is_empty(), "what accuses it lies in its inbox");
}

#[test]
fn a_part_cut_at_every_kib_of_its_way_is_kept_once_and_whole() {
    let mut house = House::open(Database::Sqlite);
    house.settle("[intake]\nper_hour = 10000\n");
    let seen = walk("cut.ts", &[&house.public]);
    let [tried, cuts, steps] = ["tried", "cuts", "steps"].map(|name| seen[name].as_u64().unwrap());
    assert!(tried >= 100 && cuts >= tried - 3 && steps >= 100, "{tried} places, {cuts} cuts, {steps} steps");
    let kept = seen["kept"].as_array().unwrap();
    let lie = hashes(&house);
    assert!(kept.iter().all(|one| lie.contains(one["sha256"].as_str().unwrap())), "a part lies there otherwise");
    let sealed: BTreeSet<&str> = kept.iter().map(|one| one["report"].as_str().unwrap()).collect();
    let rows = house.kept().into_iter().find(|(table, _)| table == "reports").map(|(_, rows)| rows);
    assert_eq!(rows, Some(sealed.len()), "each report is there, and once");
}
