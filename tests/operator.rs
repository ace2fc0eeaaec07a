//! What the operator may do at any time: stop, start twice by mistake, lose the machine.

use std::net::TcpListener;
use std::time::Duration;

use age::secrecy::ExposeSecret;
use house_tests::{Database, House, both_databases, putokaz};
use rand::SeedableRng;
use rand::rngs::StdRng;
use vault::MEDIA_TYPE;

use crate::counting::{likely, statistics, verify};
use crate::road::{a_report, an_urgent_report, queue};

/// The mail port in a house's settings.
fn mail_goes_to(house: &House, from: u16, to: u16) {
    let settings = std::fs::read_to_string(house.file("server.toml")).unwrap();
    assert!(settings.contains(&format!("port = {from}\n")));
    house.write("server.toml", &settings.replace(&format!("port = {from}\n"), &format!("port = {to}\n")));
}

both_databases! {
    fn a_mail_server_that_hangs_keeps_nobody_from_stopping_and_its_mail_comes_once_later(house) {
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let (real, silent_port) = (house.post.port, silent.local_addr().unwrap().port());
        mail_goes_to(house, real, silent_port);
        house.kill_and_restart();
        house.files(&an_urgent_report(), &[]).done();
        let held = silent.accept().unwrap();
        let (done, took) = house.stop();
        assert!(done && took < Duration::from_secs(6), "it stopped after {took:?}");
        drop(held);
        mail_goes_to(house, silent_port, real);
        house.start();
        let told = house.post.wait_for("triage@ngo-vp.example");
        std::thread::sleep(Duration::from_secs(3));
        let again = house.post.mails().iter().filter(|mail| mail.to == told.to).count();
        assert_eq!(again, 1, "one mail for one alarm");
    }

    fn a_second_server_on_the_same_house_does_not_start_and_the_first_goes_on(house) {
        let refused = house.operator("serve", &house.twin(), &[]);
        assert_eq!((refused.exit, refused.stderr.lines().count()), (1, 1), "{}", refused.stderr);
        assert!(refused.stderr.contains("another server is at work"), "{}", refused.stderr);
        assert_eq!(house.operator("migrate", &house.twin(), &[]).exit, 1);
        let filed = house.files(&a_report(), &[]).done();
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])), [filed["report"].as_str().unwrap()]);
    }
}

/// The log as an outsider gets it, checked.
fn log(house: &House) -> Vec<String> {
    let said = house.desk("BA-OMB.log", &["ledger"]);
    assert_eq!(said.exit, 0, "{}", said.stderr);
    let export = house.write("export.jsonl", &said.stdout);
    let verified = putokaz(&["verify", "ledger", &export, "--key", &house.file("server.pub")], "");
    assert_eq!(verified.exit, 0, "{}", verified.stderr);
    said.stdout.lines().map(ToOwned::to_owned).collect()
}

fn table(house: &House, plan: &str) -> String {
    let said = statistics(house, "BA-OMB.figures", &["table", plan, "--period", "2024-Q2", "--format", "csv"]);
    assert_eq!(said.exit, 0, "{}", said.stderr);
    said.stdout
}

#[test]
fn a_backup_brings_a_house_back_where_nothing_is_and_it_goes_on() {
    let mut house = House::open(Database::Sqlite);
    let file = house.write("large.bin", &"made-up ".repeat(20_000));
    let filed = house.files(&a_report(), &["--attach", &file]).done();
    let (report, digits) = (filed["report"].as_str().unwrap(), filed["receipt"].as_str().unwrap());
    verify(&house, report, &likely("PUSH-01")).done();
    let (published, lines) = (table(&house, "T-A"), log(&house));

    let operator = age::x25519::Identity::generate();
    let identity = house.write("operator.key", operator.to_string().expose_secret());
    let (backup, settings) = (house.file("backup"), house.file("server.toml"));
    let to = ["--to", &backup, "--recipient", &operator.to_public().to_string()];
    let made = house.operator("backup", &settings, &to);
    assert_eq!(made.exit, 0, "a server at work is backed up: {}", made.stderr);
    assert!(house.stop().0);
    house.empty_but(&["server.toml", "backup", "backup.keys", "operator.key", "keys", "server.pub"]);
    let back = house.operator("restore", &settings, &["--from", &backup, "--identity", &identity]);
    assert_eq!(back.exit, 0, "{}", back.stderr);
    house.start();

    assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])), [report]);
    let folder = house.file("opened");
    house.desk("NGO-VP.triage", &["open", report, "evidence/1", "--out", &folder]).done();
    assert_eq!(house.receipt(digits, &[]).exit, 0, "the digits open it as before");
    assert_eq!(table(&house, "T-A"), published, "what was published stays as it was");
    table(&house, "T-B");
    house.files(&a_report(), &[]).done();
    let on = log(&house);
    let leaf = |line: &String| line.contains("\"leaf\"").then(|| line.clone());
    let before: Vec<String> = lines.iter().filter_map(leaf).collect();
    let after: Vec<String> = on.iter().filter_map(leaf).collect();
    assert!(after.len() > before.len() && after.starts_with(&before), "the log goes on where it was");
}

/// What is kept: rows, and files of blobs.
fn kept(house: &House) -> (Vec<(String, usize)>, usize) {
    let blobs = house.stolen().into_iter().filter(|(name, _)| name.contains("/blobs/")).count();
    (house.kept(), blobs)
}

#[test]
fn a_full_disk_is_said_keeps_nothing_by_half_and_is_over_when_there_is_room() {
    let Some(mut house) = House::on_a_small_disk(24) else { return };
    house.settle("[intake]\nreserve_mebibytes = 0\n");
    let door = house.public_door();
    let seal = || house.device().seal(&a_report(), &mut StdRng::from_entropy()).bytes();
    let send = |sealed: &[u8]| door.send("POST", "/api/v1/reports", &[("content-type", MEDIA_TYPE)], sealed).unwrap();
    let add = |upload: &str, bytes: &[u8]| {
        let stream = ("content-type", "application/offset+octet-stream");
        let headers = [("tus-resumable", "1.0.0"), ("upload-offset", "0"), stream];
        door.send("PATCH", upload, &headers, bytes).unwrap()
    };
    let large = house.write("large.bin", &"made-up ".repeat(20_000));
    let first = house.files(&a_report(), &["--attach", &large]).done();
    let announced = [("tus-resumable", "1.0.0"), ("upload-length", "200000")];
    let upload = door.send("POST", "/api/v1/uploads", &announced, &[]).unwrap().header("location").unwrap().to_owned();
    house.fill();
    assert_eq!(add(&upload, &vec![7; 150_000]).status, 503);
    // What the log of the database has room for already may still be kept.
    let mut filed = 1;
    let (refused, sealed) = loop {
        let sealed = seal();
        let reply = send(&sealed);
        if reply.status != 201 {
            break (reply, sealed);
        }
        filed += 1;
        assert!(filed < 400, "the disk is not full");
    };
    assert_eq!((refused.status, refused.code().as_str()), (503, "unavailable"));
    assert!(refused.header("retry-after").is_some(), "a device keeps it and tries again");
    let before = kept(&house);
    assert_eq!(send(&sealed).status, 503);
    assert_eq!(kept(&house), before, "nothing is kept by half");
    house.make_room();
    assert_eq!(send(&sealed).status, 201, "the same filing goes in when there is room");
    assert_eq!(send(&sealed).status, 200, "and stands there once");
    assert_eq!(add(&upload, &vec![7; 200_000]).status, 204, "the upload goes on where it was");
    let first = first["report"].as_str().unwrap();
    house.desk("NGO-VP.triage", &["open", first, "evidence/1", "--out", &house.file("opened")]).done();
    assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])).len(), filed + 1);
    println!("{filed} reports were kept before the disk was full");
}

/// Bytes are what a flood has most of: they must not take the place of words, nor nobody's those of organisations.
#[test]
fn as_the_disk_fills_files_wait_before_reports_and_nobodys_before_an_organisations() {
    let Some(mut house) = House::on_a_small_disk(64) else { return };
    house.settle("[intake]\nreserve_mebibytes = 32\n");
    let (door, file) = (house.public_door(), house.file("link"));
    house.desk("NGO-HCBH.alternate", &["link", "--out", &file]).done();
    let link = format!("Link {}", std::fs::read_to_string(&file).unwrap().trim().rsplit('.').next().unwrap());
    let announce = |shown: &[(&str, &str)]| {
        let headers = [&[("tus-resumable", "1.0.0"), ("upload-length", "200000")], shown].concat();
        door.send("POST", "/api/v1/uploads", &headers, &[]).unwrap()
    };
    let add = |upload: &str, shown: &[(&str, &str)]| {
        let stream = ("content-type", "application/offset+octet-stream");
        let headers = [&[("tus-resumable", "1.0.0"), ("upload-offset", "0"), stream], shown].concat();
        door.send("PATCH", upload, &headers, &vec![7; 200_000]).unwrap().status
    };
    let file = |shown: &[(&str, &str)]| {
        let sealed = house.device().seal(&a_report(), &mut StdRng::from_entropy()).bytes();
        let headers = [&[("content-type", MEDIA_TYPE)], shown].concat();
        door.send("POST", "/api/v1/reports", &headers, &sealed).unwrap().status
    };
    let theirs = [("authorization", link.as_str())];
    let begun = announce(&[]).header("location").unwrap().to_owned();

    house.leave_room(26);
    let refused = announce(&[]);
    assert_eq!((refused.status, refused.code().as_str()), (503, "unavailable"));
    assert!(refused.header("retry-after").is_some(), "a device keeps it and tries again");
    assert_eq!(add(&begun, &[]), 503, "what was let in before takes no room now");
    let own = announce(&theirs).header("location").unwrap().to_owned();
    assert_eq!((add(&own, &theirs), file(&[])), (204, 201), "an organisation's files and everybody's words come in");

    house.leave_room(14);
    assert_eq!((announce(&theirs).status, file(&[]), file(&theirs)), (503, 201, 201), "words come in");

    house.leave_room(6);
    assert_eq!((file(&[]), file(&theirs)), (503, 201), "an organisation is heard to the last");

    house.make_room();
    assert_eq!((add(&begun, &[]), file(&[])), (204, 201), "everything goes on when there is room");
}
