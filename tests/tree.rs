//! The tree stays readable, and speaks of itself alone.

use std::path::{Path, PathBuf};
use std::process::Command;

use house_tests::root;

/// Longest file of code, in lines; `docs/ARCHITECTURE.md` says why.
const LONGEST: usize = 400;

#[test]
fn no_file_of_code_is_too_long_to_read() {
    let long: Vec<_> = code()
        .into_iter()
        .map(|file| (std::fs::read_to_string(&file).unwrap().lines().count(), file))
        .filter(|(lines, _)| *lines > LONGEST)
        .collect();
    assert!(long.is_empty(), "over {LONGEST} lines: {long:?}");
}

#[test]
fn nothing_is_left_to_do_without_a_decision() {
    for file in code() {
        let text = std::fs::read_to_string(&file).unwrap();
        for mark in [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("todo", "!("), concat!("unimpl", "emented!(")] {
            assert!(!text.contains(mark), "{} holds {mark}", file.display());
        }
    }
}

#[test]
fn every_crate_says_what_it_does_on_a_page() {
    for entry in std::fs::read_dir(root().join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
        assert!(readme.lines().count() <= 40, "{}: over 40 lines", folder.display());
        let lower = readme.to_lowercase();
        for heading in ["does", "knows", "must never know"] {
            assert!(lower.contains(heading), "{}: does not say what it {heading}", folder.display());
        }
    }
}

#[test]
fn words_that_judge_people_are_not_used() {
    for file in tracked().into_iter().filter(|file| is_code(file) || is(file, "ftl") || is(file, "html")) {
        let text = std::fs::read_to_string(&file).unwrap().to_lowercase();
        for word in [concat!("ille", "gal migra"), concat!("ille", "gal immi"), concat!("credibility", " score")] {
            assert!(!text.contains(word), "{} says {word:?}", file.display());
        }
    }
}

fn tracked() -> Vec<PathBuf> {
    let output = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().unwrap();
    let names = String::from_utf8(output.stdout).unwrap();
    let files = names.split('\0').filter(|name| !name.is_empty()).map(|name| root().join(name));
    files.filter(|file| file.is_file()).collect()
}

fn code() -> Vec<PathBuf> {
    tracked().into_iter().filter(|file| is_code(file)).collect()
}

fn is_code(file: &Path) -> bool {
    ["rs", "ts", "mjs"].iter().any(|ending| is(file, ending))
}

fn is(file: &Path, ending: &str) -> bool {
    file.extension().is_some_and(|found| found == ending)
}
