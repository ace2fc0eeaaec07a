//! The catalogues stand beside each other whole.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

use words::{Audit, keys, placeholders};

/// The catalogue files of a language by topic.
fn catalogue(language: &str) -> io::Result<BTreeMap<String, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language);
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let topic = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        files.insert(topic, fs::read_to_string(path)?);
    }
    Ok(files)
}

#[test]
fn every_key_and_placeholder_stands_in_english_and_in_bosnian() {
    let (english, bosnian) =
        (catalogue("en").expect("the files are there"), catalogue("bs").expect("the files are there"));
    assert_eq!(english.len(), 12, "a new topic is added to FILES in src/catalogue.rs");
    assert_eq!(english.keys().collect::<Vec<_>>(), bosnian.keys().collect::<Vec<_>>());
    for (topic, text) in &english {
        assert_eq!(placeholders(text), placeholders(&bosnian[topic]), "{topic}.ftl");
    }
}

#[test]
fn every_key_begins_with_the_topic_of_its_file_and_stands_once() {
    let mut seen = BTreeSet::new();
    for (topic, text) in catalogue("en").expect("the files are there") {
        let prefix = format!("{}-", topic.trim_end_matches('s'));
        for key in keys(&text) {
            assert!(key.starts_with(&prefix) || key.starts_with(&format!("{topic}-")), "{key} in {topic}.ftl");
            assert!(words::known(key), "{key} does not parse");
            assert!(seen.insert(key.to_owned()), "{key} stands twice");
        }
        let lines = text.lines().filter(|line| line.contains(" =") && line.starts_with(&prefix)).count();
        assert!(lines <= keys(&text).len(), "a key stands twice in {topic}.ftl");
    }
}

#[test]
fn every_problem_says_what_happened_and_what_to_do_next() {
    let english = catalogue("en").expect("the files are there");
    let problems = keys(&english["problems"]);
    for key in &problems {
        let partner = match key.strip_suffix("-title") {
            Some(stem) => format!("{stem}-next"),
            None => format!("{}-title", key.strip_suffix("-next").expect("a problem is a title or a next step")),
        };
        assert!(problems.contains(partner.as_str()), "{key} has no {partner}");
    }
}

#[test]
fn no_sentence_uses_a_word_that_judges_the_person() {
    for language in ["en", "bs"] {
        for (topic, text) in catalogue(language).expect("the files are there") {
            let lower = text.to_lowercase();
            for word in ["illegal", "victim", "claims to", "credib", "ilegaln", "žrtv", "navodno tvrdi", "invalid"] {
                assert!(!lower.contains(word), "{language}/{topic}.ftl uses “{word}”");
            }
        }
    }
}

/// The texts of all source files below a folder that may ask for a sentence.
fn sources(folder: &Path, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && !["target", "node_modules", "words"].contains(&name.as_ref()) {
            sources(&path, found)?;
        } else if path.extension().is_some_and(|end| ["rs", "html", "ts"].iter().any(|known| end == *known)) {
            found.push(fs::read_to_string(path)?);
        }
    }
    Ok(())
}

#[test]
fn every_key_that_code_asks_for_is_written() {
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut texts = Vec::new();
    for folder in ["crates", "web"].map(|name| house.join(name)).iter().filter(|folder| folder.is_dir()) {
        sources(folder, &mut texts).expect("the sources can be read");
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    assert_eq!(Audit::of(&texts).missing, Vec::<String>::new());
}
