//! Files of a report in a real Chromium: chosen, sealed, sent, and opened by the lead as they were.

use std::process::Command;

use house_tests::{Database, House, browse, browse_while, pictures, root};

use crate::road::queue;

/// What the lead finds as this part: its one file.
pub fn opened(house: &House, report: &str, part: &str) -> Vec<u8> {
    let folder = house.file(&format!("opened-{}", part.replace('/', "-")));
    house.desk("NGO-VP.triage", &["open", report, part, "--out", &folder]).done();
    let mut files = std::fs::read_dir(format!("{folder}/evidence")).unwrap().map(|entry| entry.unwrap().path());
    let file = files.find(|path| path.extension().is_none_or(|end| end != "json")).unwrap();
    std::fs::read(file).unwrap()
}

#[test]
fn a_photo_a_paper_and_a_voice_note_arrive_as_they_are_and_copies_without_traces_beside_them() {
    let house = House::open(Database::Sqlite);
    let folder = format!("{}/files", pictures());
    let Some(seen) = browse("files.mjs", &[&house.public, &folder]) else { return };
    let report = seen["report"].as_str().unwrap();
    for (number, name) in ["photo.jpg", "paper.pdf", "voice.ogg"].into_iter().enumerate() {
        let original = std::fs::read(format!("{folder}/{name}")).unwrap();
        let part = format!("evidence/{}", number + 1);
        assert_eq!(opened(&house, report, &part), original, "{name} is another");
    }
    for (part, begins) in [("evidence/4", b"\xff\xd8".as_slice()), ("evidence/5", b"%PDF-")] {
        let copy = opened(&house, report, part);
        assert!(copy.starts_with(begins), "{part} is no copy");
        assert!(!copy.windows(8).any(|bytes| bytes == b"CAMERA-7"), "{part} still tells what made it");
    }
    assert_eq!(house.receipt(seen["digits"].as_str().unwrap(), &[]).done()["status"], "kept");
}

#[test]
fn a_voice_is_recorded_in_the_page_sealed_filed_and_opened_by_the_lead() {
    let house = House::open(Database::Sqlite);
    let folder = pictures();
    let Some(seen) = browse("voice.mjs", &[&house.public, &folder]) else { return };
    let report = seen["report"].as_str().unwrap();
    for (part, name) in [("evidence/2", "voice-form"), ("evidence/3", "voice-receipt")] {
        assert_eq!(
            opened(&house, report, part),
            std::fs::read(format!("{folder}/{name}")).unwrap(),
            "{name} is another"
        );
    }
    let stolen = house.stolen();
    let voice = std::fs::read(format!("{folder}/voice-form")).unwrap();
    let heard = stolen.iter().filter(|(_, bytes)| bytes.windows(64).any(|piece| piece == &voice[200..264]));
    assert_eq!(heard.count(), 0, "the voice lies open on the machine");
}

#[test]
fn a_full_phone_says_so_and_loses_nothing() {
    let house = House::open(Database::Sqlite);
    let Some(seen) = browse("full.mjs", &[&house.public, &format!("{}/files", pictures())]) else { return };
    assert!(seen["form"].as_str().unwrap().starts_with("This device is full."), "{seen}");
    for digits in seen["carried"].as_array().unwrap() {
        let told = house.receipt(digits.as_str().unwrap(), &[]).done();
        assert_eq!(told["status"], "kept", "what left as a file is brought by another phone, and its digits open it");
    }
    let (kept, carried) =
        (queue(&house.desk("NGO-VP.triage", &["queue"])).len(), seen["carried"].as_array().unwrap().len());
    assert_eq!((kept, carried), (9, 5), "two with room again, two at once, and each that was brought as a file");
}

/// Another version of the pages: the same code, with this deployment's board in it.
fn build_anew(house: &House) -> String {
    let out = house.file("assets");
    let board = house.file("board.txt");
    let status = Command::new("node")
        .args(["build.mjs", "--out", &out, "--board", &board])
        .current_dir(root().join("web"))
        .status()
        .unwrap();
    assert!(status.success(), "the pages do not build");
    out
}

#[test]
fn an_update_in_between_breaks_no_form_and_loses_nothing_that_waits() {
    let mut house = House::open(Database::Sqlite);
    let public = house.public.clone();
    let driven = browse_while("update.mjs", &[&public], |asked| {
        assert_eq!(asked, "update");
        let (anew, former) = (build_anew(&house), root().join("web/dist").display().to_string());
        let settings = std::fs::read_to_string(house.file("server.toml")).unwrap();
        house.write("server.toml", &settings.replace(&former, &anew));
        house.kill_and_restart();
    });
    if driven.is_none() {
        return;
    }
    assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])).len(), 2, "the open form and what waited were kept");
}
