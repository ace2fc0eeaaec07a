//! No sentence stands outside the catalogues, and none in them that nobody says.

#![expect(clippy::expect_used, reason = "a test that cannot go on says where")]

use std::path::Path;
use std::{fs, io};

use words::Audit;

/// Keys that code puts together from codes in a way no literal shows; a part in braces stands for any text.
const MADE_FROM_CODES: [&str; 9] = [
    // The browser makes them of the codes in a report's clear part (`web/src/form`).
    "form-code-{code}",
    // And these of its refusals (`web/src/receipt/dom.ts`).
    "thread-altered",
    "thread-attach-large",
    "thread-nothing",
    "thread-server",
    "thread-stale",
    "thread-too-large",
    "thread-unknown",
    "thread-unreachable",
];

/// Sentences written before the page that says them: how a stopped clock is told.
const AHEAD: [&str; 2] = ["triage-deadline-feedback", "triage-paused"];

/// Literals that look like a key and are none: codes of problems and faults, a sentence that a topic may have and none has yet, and
/// the beginnings of keys that a page hands to its script at once.
const NO_KEYS: [&str; 13] = [
    "form-directory",
    "form-not",
    "form-odd",
    "form-place",
    "form-search",
    "link-ended",
    "offline-quick",
    "offline-shared",
    "offline-size",
    "page-topic-{id}-after",
    "plain-leaves-this-machine",
    "statistics-form-unknown",
    "statistics-period-unreadable",
];

fn house() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The texts of all files below a folder with one of these endings, by their path.
fn sources(folder: &Path, endings: &[&str], found: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && !["target", "node_modules", "words", "dist", "test"].contains(&name.as_ref()) {
            sources(&path, endings, found)?;
        } else if path.extension().is_some_and(|end| endings.iter().any(|known| end == *known)) {
            found.push((path.display().to_string(), fs::read_to_string(path)?));
        }
    }
    Ok(())
}

fn all(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(&house().join(folder), endings, &mut found).expect("the sources can be read");
    found
}

#[test]
fn every_key_that_code_asks_for_is_written_and_every_written_key_is_asked_for() {
    let endings = ["rs", "html", "ts", "toml"];
    let mut texts: Vec<String> =
        ["crates", "web/src", "config"].iter().flat_map(|folder| all(folder, &endings)).map(|(_, text)| text).collect();
    texts.extend(MADE_FROM_CODES.iter().chain(&AHEAD).map(|key| format!("\"{key}\"")));
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let audit = Audit::of(&texts);
    let missing: Vec<&String> = audit.missing.iter().filter(|key| !NO_KEYS.contains(&key.as_str())).collect();
    assert_eq!(missing, Vec::<&String>::new());
    assert_eq!(audit.unused, Vec::<String>::new());
}

/// What a template shows: outside tags and outside what is filled in.
fn shown(template: &str) -> String {
    let mut told = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['<', '{']) {
        let (before, inside) = rest.split_at(at);
        told.push_str(before);
        let end = if inside.starts_with("{{") {
            "}}"
        } else if inside.starts_with("{%") {
            "%}"
        } else if inside.starts_with("{#") {
            "#}"
        } else {
            ">"
        };
        rest = after(inside, end);
        told.push(' ');
    }
    told + rest
}

/// What follows the end of a tag; a `>` inside `{{ }}` or quotes of the tag does not end it.
fn after<'a>(inside: &'a str, end: &str) -> &'a str {
    if end != ">" {
        return inside.split_once(end).map_or("", |(_, rest)| rest);
    }
    let (mut quoted, mut depth) = (false, 0_u32);
    for (at, letter) in inside.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '"' if depth == 0 => quoted = !quoted,
            '>' if !quoted && depth == 0 => return inside.get(at + 1..).unwrap_or_default(),
            _ => {}
        }
    }
    ""
}

/// Attributes that are read aloud or shown.
const SPOKEN: [&str; 5] = ["aria-label", "aria-description", "title", "alt", "placeholder"];

/// A template without what is filled in.
fn unfilled(template: &str) -> String {
    let (mut own, mut rest) = (String::new(), template);
    while let Some((before, filled)) = rest.split_once('{') {
        own.push_str(before);
        rest = filled.split_once('}').map_or("", |(_, after)| after.trim_start_matches('}'));
    }
    own + rest
}

/// What those attributes of a template say themselves.
fn spoken(template: &str) -> String {
    let own = unfilled(template);
    let values = |name| {
        let mark = format!(" {name}=\"");
        let begun = own.split(&mark).skip(1).filter_map(|rest| rest.split('"').next());
        begun.map(str::to_owned).collect::<Vec<_>>()
    };
    SPOKEN.iter().flat_map(values).collect::<Vec<_>>().join(" ")
}

/// A block on one line that fills an attribute of the layout, for the script and the style.
fn names_the_page(line: &str) -> bool {
    line.starts_with("{% block page %}")
}

#[test]
fn no_template_has_a_word_of_its_own() {
    assert_eq!(shown("<a title=\"{{ a.b(\"x>y\") }}\">{{ word }}</a> Hello").trim(), "Hello");
    assert_eq!(spoken("<a title=\"{{ a.b(\"x>y\") }}\" aria-label=\"Hello\" href=\"there\">").trim(), "Hello");
    let templates = all("crates", &["html"]);
    assert!(templates.len() > 10);
    for (path, template) in templates {
        let template: String = template.lines().filter(|line| !names_the_page(line)).collect();
        let text = (shown(&template) + " " + &spoken(&template)).replace("&nbsp;", " ").replace("&#34;", " ");
        let words: Vec<&str> =
            text.split(|letter: char| !letter.is_alphabetic()).filter(|word| word.chars().count() > 1).collect();
        assert!(words.is_empty(), "{path} says {words:?}");
    }
}

/// Literals of a script that look like a sentence: a capital, then three words or more. Names of a file format stand in `words(…)`.
fn sentences(script: &str) -> Vec<&str> {
    let code = script.lines().map(|line| line.split(" // ").next().unwrap_or(line));
    let code = code.filter(|line| {
        !line.trim_start().starts_with(['/', '*']) && !line.contains("Error(") && !line.contains(" = words(")
    });
    let literals = code.flat_map(|line| line.split(['"', '`']).skip(1).step_by(2));
    let is_sentence = |text: &&str| {
        text.chars().next().is_some_and(char::is_uppercase)
            && text.split(' ').count() > 2
            && text.split(' ').all(|word| word.chars().any(char::is_alphabetic))
    };
    literals.filter(is_sentence).collect()
}

/// What a script shows as one word or two: given at once to what is shown.
fn written_in(script: &str) -> Vec<&str> {
    let given = ["textContent", "title", "placeholder", "ariaLabel", "alt"].map(|name| format!(".{name} = "));
    let begun = given.iter().flat_map(|given| script.split(given.as_str()).skip(1));
    let literals = begun.filter_map(|rest| rest.strip_prefix(['"', '`'])?.split(['"', '`', '$']).next());
    literals.filter(|text| text.contains(char::is_alphabetic)).collect()
}

/// Sentences in Rust that a person could read. What routes do is told to programs; why something failed, to the operator.
fn told_by(code: &str) -> Vec<&str> {
    let (own, _) = code.split_once("#[cfg(test)]").unwrap_or((code, ""));
    let elsewhere = ["Described::", "because(", "reason = ", "debug_assert", "tracing::", "page(", "\"/"];
    let (all, mut since) = (own.lines(), usize::MAX / 2);
    let lines = all.filter(|line| {
        since = if elsewhere.iter().any(|mark| line.contains(mark)) { 0 } else { since + 1 };
        // A call may go on for two lines more.
        since > 2
    });
    lines.flat_map(sentences).collect()
}

#[test]
fn no_page_is_told_by_code() {
    assert_eq!(told_by("answer(\"Please try again.\")"), ["Please try again."]);
    assert_eq!(written_in("one.textContent = \"Again\"; two.title = word(\"a-b\");"), ["Again"]);
    for folder in ["web", "intake", "plain", "triage"] {
        for (path, code) in all(&format!("crates/{folder}/src"), &["rs"]) {
            // Rooms that are compiled for tests alone.
            if ["tests.rs", "samples.rs", "vectors.rs"].iter().any(|end| path.ends_with(end)) {
                continue;
            }
            assert_eq!(told_by(&code), Vec::<&str>::new(), "{path}");
        }
    }
    for (path, script) in all("web/src", &["ts"]) {
        assert_eq!(written_in(&script), Vec::<&str>::new(), "{path}");
    }
}

#[test]
fn no_script_has_a_sentence_of_its_own() {
    assert_eq!(sentences("say(\"Please try again.\"); // \"A remark for readers.\""), ["Please try again."]);
    for (path, script) in all("web/src", &["ts"]) {
        assert_eq!(sentences(&script), Vec::<&str>::new(), "{path}");
    }
}
