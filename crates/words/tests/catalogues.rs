//! The catalogues stand beside each other whole.

#![expect(clippy::expect_used, reason = "a test that cannot go on says where")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

use words::{Language, keys, placeholders};

/// Topics only members meet: written in the languages of [`Language::among_members`].
const MEMBERS: [&str; 3] = ["cli", "dashboard", "triage"];

/// The catalogue files of a language by topic.
fn catalogue(language: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language);
    let read = || -> io::Result<_> {
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            let topic = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            files.insert(topic, fs::read_to_string(path)?);
        }
        Ok(files)
    };
    read().expect("the catalogue's files are there")
}

/// The languages with files of their own; Serbian in Cyrillic letters is made from Serbian in Latin letters.
fn written() -> impl Iterator<Item = Language> {
    Language::ALL.into_iter().filter(|language| *language != Language::SerbianCyrillic)
}

/// How the placeholders of a catalogue differ from the English ones, key by key; empty when every sentence is there.
fn differences(english: &str, other: &str) -> Vec<String> {
    let (wanted, found) = (placeholders(english), placeholders(other));
    let missing = wanted.iter().filter(|(key, names)| found.get(*key) != Some(*names)).map(|(key, _)| *key);
    let extra = found.keys().filter(|key| !wanted.contains_key(*key)).copied();
    missing.chain(extra).map(str::to_owned).collect()
}

#[test]
fn every_key_and_placeholder_stands_in_every_language() {
    let english = catalogue("en");
    for language in written() {
        let own = catalogue(language.tag());
        for (topic, text) in &english {
            if MEMBERS.contains(&topic.as_str()) && language.among_members() != language {
                assert!(!own.contains_key(topic), "{language}/{topic}.ftl is read by nobody");
                continue;
            }
            let none = String::new();
            let found = differences(text, own.get(topic).unwrap_or(&none));
            assert!(found.is_empty(), "{language}/{topic}.ftl: {found:?}");
        }
        assert!(own.keys().all(|topic| english.contains_key(topic)), "{language} has a topic that English has not");
    }
}

#[test]
fn a_missing_sentence_and_another_placeholder_are_both_seen() {
    let english = "a-b = One { $x }.\na-c = Two.\n";
    assert_eq!(differences(english, "a-b = Jedan { $y }.\n"), ["a-b", "a-c"]);
    assert!(differences(english, "a-b = { $x } jedan.\na-c = Dva.\n").is_empty());
}

#[test]
fn every_key_begins_with_the_topic_of_its_file_and_stands_once() {
    let mut seen = BTreeSet::new();
    for (topic, text) in catalogue("en") {
        let prefix = format!("{}-", topic.trim_end_matches('s'));
        for key in keys(&text) {
            assert!(key.starts_with(&prefix) || key.starts_with(&format!("{topic}-")), "{key} in {topic}.ftl");
            assert!(words::known(key), "{key}: a new topic is added to FILES in src/catalogue.rs");
            assert!(seen.insert(key.to_owned()), "{key} stands twice");
        }
        let lines = text.lines().filter(|line| line.contains(" =") && line.starts_with(&prefix)).count();
        assert!(lines <= keys(&text).len(), "a key stands twice in {topic}.ftl");
    }
}

#[test]
fn every_sentence_parses_in_every_language() {
    for language in written() {
        for (topic, text) in catalogue(language.tag()) {
            for (key, names) in placeholders(&text) {
                let arguments: Vec<(&str, &str)> = names.iter().map(|name| (*name, "7")).collect();
                let told = words::text(language, key, &arguments);
                assert!(
                    told != key && !told.contains(['{', '\u{2068}']),
                    "{language}/{topic}.ftl: {key} tells {told:?}"
                );
            }
        }
    }
}

#[test]
fn every_problem_says_what_happened_and_what_to_do_next() {
    let english = catalogue("en");
    let problems = keys(&english["problems"]);
    for key in &problems {
        let partner = match key.strip_suffix("-title") {
            Some(stem) => format!("{stem}-next"),
            None => format!("{}-title", key.strip_suffix("-next").expect("a problem is a title or a next step")),
        };
        assert!(problems.contains(partner.as_str()), "{key} has no {partner}");
    }
}

/// Words that judge, reduce or doubt a person, in every language; written small, wherever they stand in a word.
const JUDGING: [&str; 35] = [
    "illegal",
    "victim",
    "claims to",
    "credib",
    "ilegal",
    "žrtv",
    "navodno tvrdi",
    " invalid ",
    " invalid.",
    "víctima",
    "clandestin",
    "illégal",
    "ضحية",
    "غير شرعي",
    "قربانی",
    "غیرقانونی",
    "غیر قانونی",
    "ناقانونه",
    "kaçak göçmen",
    "yasadışı",
    "mağdur",
    "нелегал",
    "nelegal",
    "why did you",
    "why didn",
    "think so",
    "zašto tako",
    "zašto niste",
    "le hace pensar",
    "le fait penser",
    "يجعلك تظن",
    "چرا چنین",
    "ولې داسې",
    "ایسا کیوں سمجھ",
    "neden böyle",
];

#[test]
fn no_sentence_and_no_label_uses_a_word_that_judges_the_person() {
    let labels = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/labels");
    for language in written() {
        let file = labels.join(format!("{language}.toml"));
        let labels = fs::read_to_string(file).unwrap_or_default();
        for (topic, text) in catalogue(language.tag()).into_iter().chain([("labels".to_owned(), labels)]) {
            let lower = text.to_lowercase();
            for word in JUDGING {
                assert!(!lower.contains(word), "{language}, {topic} uses “{word}”");
            }
        }
    }
}

/// What a reporter reads, where somebody who writes the language has looked at every sentence.
const PLAIN: [&str; 8] = ["pages", "form", "plain", "hours", "offline", "thread", "link", "card"];
const MOST_WORDS: usize = 20;

#[test]
fn no_sentence_a_reporter_reads_is_longer_than_twenty_words() {
    for language in [Language::English, Language::Bosnian] {
        let own = catalogue(language.tag());
        for line in PLAIN.iter().filter_map(|topic| own.get(*topic)).flat_map(|text| text.lines()) {
            let said = line.split_once(" = ").map_or(line, |(_, said)| said).replace("{ ", "{").replace(" }", "}");
            let ends = |at: char| matches!(at, '.' | '?' | '!' | ':' | ';');
            let longest = said.split(ends).map(|sentence| sentence.split_whitespace().count()).max();
            assert!(longest <= Some(MOST_WORDS), "{language}: {line}");
        }
    }
}

#[test]
fn labels_in_cyrillic_letters_are_the_latin_ones() {
    let read = |tag: &str| {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../config/labels/{tag}.toml"));
        fs::read_to_string(file).expect("the country's labels are there")
    };
    let in_cyrillic = |line: &str| {
        let pieces = line.split('"').enumerate();
        let told = pieces.map(|(at, piece)| if at % 2 == 1 { words::cyrillic(piece) } else { piece.to_owned() });
        told.collect::<Vec<_>>().join("\"")
    };
    let data = |text: String| text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
    for (latin, cyrillic) in data(read("sr-Latn")).iter().zip(data(read("sr-Cyrl"))) {
        assert_eq!(in_cyrillic(latin), cyrillic);
    }
}

/// What a telephone has and what is counted is called in some languages: a receipt's digits never are.
const NUMBER: [(&str, &[&str]); 9] = [
    ("en", &["number", "numbers"]),
    ("bs", &["broj", "broja", "brojem", "brojevi", "brojeve"]),
    ("hr", &["broj", "broja", "brojem", "brojevi", "brojeve"]),
    ("sr-Latn", &["broj", "broja", "brojem", "brojevi", "brojeve"]),
    ("es", &["número", "números"]),
    ("fr", &["numéro", "numéros"]),
    ("fa", &["شماره"]),
    ("ur", &["نمبر"]),
    ("tr", &["numara", "numarası", "numaranız", "numaranızla", "numaralar"]),
];

/// The sentences that tell of telephones, or of how many or how much.
const OF_NUMBERS: [&str; 11] = [
    "form-next-help",
    "form-odd-number",
    "page-ask-count-basis",
    "page-line-no-number",
    "page-now-list",
    "page-now-search",
    "page-quick-count",
    "plain-before-skip",
    "plain-fault-out-of-range",
    "plain-fault-wrong-type",
    "plain-fault-wrong-value",
];

#[test]
fn the_digits_of_a_receipt_have_one_name() {
    let topics = ["card", "form", "hours", "link", "notices", "offline", "pages", "plain", "thread", "voice"];
    for (language, words) in NUMBER {
        let files = catalogue(language);
        for line in topics.iter().flat_map(|topic| files[*topic].lines()) {
            let Some((key, sentence)) = line.split_once(" = ").filter(|(key, _)| !OF_NUMBERS.contains(key)) else {
                continue;
            };
            let sentence = sentence.to_lowercase().replace("$number", "");
            let mut told = sentence.split(|letter: char| !letter.is_alphabetic());
            assert!(!told.any(|word| words.contains(&word)), "{language}/{key} says number: {sentence}");
        }
    }
}
