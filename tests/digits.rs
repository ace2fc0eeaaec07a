//! The digits are the only way back to a report: whatever breaks after they are made, the person has them or knows that nothing was filed.

use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Command, Stdio};

use house_tests::{House, both_databases, program, putokaz};
use serde_json::{Value, json};

use crate::road::a_report;

/// A way to the public door on which every filing arrives and no answer to one comes back.
fn way_that_swallows_answers(house: &House) -> String {
    let door = TcpListener::bind("127.0.0.1:0").unwrap();
    let (here, there) = (door.local_addr().unwrap(), house.public.trim_start_matches("http://").to_owned());
    std::thread::spawn(move || {
        for client in door.incoming().flatten() {
            let there = there.clone();
            std::thread::spawn(move || carry(client, &there));
        }
    });
    format!("http://{here}")
}

fn carry(mut client: TcpStream, there: &str) {
    let request = whole_request(&mut client);
    let line = request.split(|byte| *byte == b'\n').next().unwrap_or_default().len() + 1;
    let Some((first, rest)) = request.split_at_checked(line) else { return };
    let mut server = TcpStream::connect(there).unwrap();
    server.write_all(&[first, b"connection: close\r\n", rest].concat()).unwrap();
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).unwrap();
    if !first.starts_with(b"POST /api/v1/reports") {
        client.write_all(&answer).unwrap();
    }
    client.shutdown(Shutdown::Both).ok();
}

/// One request with its body.
fn whole_request(client: &mut TcpStream) -> Vec<u8> {
    let (mut request, mut piece) = (Vec::new(), vec![0; 64 * 1024]);
    loop {
        let read = client.read(&mut piece).unwrap_or_default();
        request.extend_from_slice(&piece[..read]);
        let head = request.windows(4).position(|end| end == b"\r\n\r\n").map(|end| end + 4);
        let length = head.map_or(0, |head| length_of(&request[..head]));
        if read == 0 || head.is_some_and(|head| request.len() >= head + length) {
            return request;
        }
    }
}

fn length_of(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_lowercase();
    let line = head.lines().find_map(|line| line.strip_prefix("content-length:").map(str::trim).map(str::to_owned));
    line.map_or(0, |length| length.parse().unwrap())
}

fn kept(house: &House, told: &Value) -> bool {
    house.receipt(told["receipt"].as_str().unwrap(), &[]).done()["status"] == "kept"
}

both_databases! {
    fn a_network_cut_after_sending_leaves_the_digits(house) {
        let report = house.write("report.json", &a_report().to_string());
        let said = putokaz(&["file", &report, "--to", &way_that_swallows_answers(house)], "");
        assert_eq!((said.exit, &said.json()["acknowledgement"]), (1, &json!(null)), "{}", said.stderr);
        assert!(said.stderr.contains("keep these digits"), "{}", said.stderr);
        assert!(kept(house, &said.json()), "the report is there, and the digits open it");
    }

    fn digits_that_cannot_be_printed_to_stdout_are_told_on_stderr(house) {
        let report = house.write("report.json", &a_report().to_string());
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let command = Command::new(program("putokaz"))
            .args(["file", &report, "--to", &house.public])
            .stdout(full)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        assert!(!command.status.success(), "the document is not where it was asked for");
        let told: Value = serde_json::from_slice(&command.stderr).unwrap();
        assert!(kept(house, &told));
    }

    fn who_is_refused_knows_that_nothing_was_filed(house) {
        let mut report = a_report();
        report["accused"] = json!([{ "institution": "BA-NOBODY" }]);
        for more in [[].as_slice(), &["--dry-run"]] {
            let said = house.files(&report, more);
            assert!(said.exit == 1 && said.stderr.contains("accused[0].institution: unknown-code"), "{}", said.stderr);
            assert!(said.json()["receipt"].is_null());
        }
    }

    fn a_part_that_cannot_be_opened_keeps_nobody_from_the_others(house) {
        let filed = house.files(&a_report(), &[]).done();
        let report = filed["report"].as_str().unwrap();
        house.alter("DELETE FROM small_parts WHERE part = 'account'");
        let said = house.desk("NGO-VP.triage", &["open", report]);
        let told = said.json();
        assert_eq!((said.exit, &told["parts"][0]["part"], &told["failed"][0]["part"]), (1, &json!("coding"), &json!("account")), "{told}");
        let folder = house.file("opened");
        assert_eq!(house.desk("NGO-VP.triage", &["open", report, "--out", &folder]).exit, 1);
        assert!(std::path::Path::new(&folder).join("coding").is_file() && !std::path::Path::new(&folder).join("account").exists());
    }
}
