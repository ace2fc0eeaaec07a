//! A file of two gigabytes: sealed in a real browser's worker, sent to the real server, opened by the lead.
//!
//! `cargo xtask drill upload` runs it. It says how long each step took and what memory the server held at most, on stderr;
//! on stdout stands the drill's line.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a drill that cannot go on says where")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints its result")]
#![expect(clippy::disallowed_methods, reason = "a program reads the clock and its words")]

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use house_tests::{Database, House, pictures, walk};
use serde_json::json;
use sha2::{Digest, Sha256};

/// What one report may carry in one file.
const BYTES: u64 = 2_000_000_000;
/// Memory the server may hold more at the end than before the file came, in KiB.
const MORE: u64 = 96 * 1024;

fn main() -> ExitCode {
    let bytes = std::env::args().nth(1).map_or(BYTES, |word| word.parse().unwrap());
    let house = House::open(Database::Sqlite);
    let (file, out) = (house.file("large.bin"), house.file("opened"));
    make(&file, bytes);
    let (hash, before) = (hash(Path::new(&file)), house.memory());
    let begun = Instant::now();
    let seen = walk("files.mjs", &[&house.public, &format!("{}/files", pictures()), "--large", &file]);
    let after = house.memory();
    let sent = begun.elapsed().as_secs();
    let opened = opened(&house, seen["report"].as_str().unwrap(), &out);
    let grew = after.saturating_sub(before);
    let note = format!(
        "{bytes} bytes: sealed in {} s, kept after {} s, {sent} s with the browser; the server held {before} KiB before and {after} KiB at most",
        seen["sealedSeconds"], seen["keptSeconds"]
    );
    eprintln!("{note}");
    let failed = u32::from(opened != hash) + u32::from(grew > MORE);
    println!(
        "{}",
        json!([{ "drill": "upload", "case": "one large file", "tried": 2, "failed": failed, "note": note }])
    );
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A sparse file with a mark here and there, so that no two pieces of it are the same.
fn make(path: &str, bytes: u64) {
    use std::os::unix::fs::FileExt;
    let file = std::fs::File::create(path).unwrap();
    file.set_len(bytes).unwrap();
    for at in (0..bytes.saturating_sub(8)).step_by(64 * 1024) {
        file.write_all_at(&at.to_be_bytes(), at).unwrap();
    }
}

fn hash(path: &Path) -> [u8; 32] {
    let mut file = std::fs::File::open(path).unwrap();
    let (mut hashing, mut piece) = (Sha256::new(), vec![0; 1024 * 1024]);
    loop {
        let read = file.read(&mut piece).unwrap();
        if read == 0 {
            return hashing.finalize().into();
        }
        hashing.update(&piece[..read]);
    }
}

/// The hash of what the lead opens.
fn opened(house: &House, report: &str, out: &str) -> [u8; 32] {
    house.desk("NGO-VP.triage", &["open", report, "evidence/1", "--out", out]).done();
    let files = std::fs::read_dir(format!("{out}/evidence")).unwrap().map(|entry| entry.unwrap().path());
    let largest = files.max_by_key(|path| path.metadata().unwrap().len());
    hash(&largest.unwrap_or_else(|| panic!("nothing was opened")))
}
