//! The catalogues, built into the program.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use fluent_templates::LanguageIdentifier;
use fluent_templates::fluent_bundle::FluentValue;
use unic_langid::langid;

use crate::Language;
use crate::audit::{keys, placeholders};

fluent_templates::static_loader! {
    static CATALOGUES = {
        locales: "./locales",
        fallback_language: "en",
    };
}

const ENGLISH: LanguageIdentifier = langid!("en");
const BOSNIAN: LanguageIdentifier = langid!("bs");

/// The English catalogue as it is written, by topic: what the other languages are measured by.
pub(crate) const FILES: [(&str, &str); 12] = [
    ("cli", include_str!("../locales/en/cli.ftl")),
    ("dashboard", include_str!("../locales/en/dashboard.ftl")),
    ("form", include_str!("../locales/en/form.ftl")),
    ("import", include_str!("../locales/en/import.ftl")),
    ("notices", include_str!("../locales/en/notices.ftl")),
    ("offline", include_str!("../locales/en/offline.ftl")),
    ("pages", include_str!("../locales/en/pages.ftl")),
    ("problems", include_str!("../locales/en/problems.ftl")),
    ("reasons", include_str!("../locales/en/reasons.ftl")),
    ("statistics", include_str!("../locales/en/statistics.ftl")),
    ("thread", include_str!("../locales/en/thread.ftl")),
    ("triage", include_str!("../locales/en/triage.ftl")),
];

/// U+2068 and U+2069: they keep a left-to-right code from reordering a right-to-left sentence.
const ISOLATES: [char; 2] = ['\u{2068}', '\u{2069}'];

/// The sentence of a key, for terminals, JSON, tables and mail: without isolation marks.
/// A key nobody wrote gives the key itself, never a panic; the audit keeps that from shipping.
#[must_use]
pub fn text(language: Language, key: &str, arguments: &[(&str, &str)]) -> String {
    page_text(language, key, arguments).replace(ISOLATES, "")
}

/// The sentence of a key, for an HTML page: placeholders stand between isolation marks. Not escaped.
#[must_use]
pub fn page_text(language: Language, key: &str, arguments: &[(&str, &str)]) -> String {
    look_up(&identifier(language), key, arguments)
        .or_else(|| look_up(&ENGLISH, key, arguments))
        .unwrap_or_else(|| key.to_owned())
}

/// Whether a sentence is written for this key. Rooms that put keys together from codes ask it in their tests.
#[must_use]
pub fn known(key: &str) -> bool {
    FILES.iter().any(|(_, file)| keys(file).contains(key))
}

/// The sentences of a topic as a page hands them to its script: each placeholder stands for itself in braces, and the
/// script fills it. By key, in the order of the keys.
#[must_use]
pub fn topic(language: Language, topic: &str) -> Vec<(&'static str, String)> {
    let files = FILES.iter().filter(|(name, _)| *name == topic);
    let named = files.flat_map(|(_, file)| placeholders(file));
    named.map(|(key, names)| (key, unfilled(language, key, &names))).collect()
}

fn unfilled(language: Language, key: &str, names: &BTreeSet<&str>) -> String {
    let braced: Vec<String> = names.iter().map(|name| format!("{{{name}}}")).collect();
    let arguments: Vec<(&str, &str)> = names.iter().copied().zip(braced.iter().map(String::as_str)).collect();
    page_text(language, key, &arguments)
}

fn identifier(language: Language) -> LanguageIdentifier {
    match language.written() {
        Language::Bosnian => BOSNIAN,
        _ => ENGLISH,
    }
}

fn look_up(identifier: &LanguageIdentifier, key: &str, arguments: &[(&str, &str)]) -> Option<String> {
    let values: HashMap<Cow<'static, str>, FluentValue<'_>> =
        arguments.iter().map(|(name, value)| (Cow::Owned((*name).to_owned()), value_of(value))).collect();
    CATALOGUES.lookup_single_language(identifier, key, Some(&values)).ok()
}

/// A whole number chooses plural forms; anything else, such as a code with leading zeros, stays as it is written.
fn value_of(argument: &str) -> FluentValue<'_> {
    match argument.parse::<u32>() {
        Ok(number) if number.to_string() == argument => FluentValue::from(number),
        _ => FluentValue::from(argument),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_told_in_the_readers_language() {
        assert_eq!(text(Language::English, "reason-accused", &[]), "Said to be responsible in this report.");
        assert_ne!(text(Language::Bosnian, "reason-accused", &[]), text(Language::English, "reason-accused", &[]));
        assert_eq!(text(Language::Pashto, "reason-accused", &[]), text(Language::English, "reason-accused", &[]));
    }

    #[test]
    fn a_whole_number_chooses_the_plural() {
        let days = |language, count| text(language, "triage-days-left", &[("days", count)]);
        assert_eq!(days(Language::English, "1"), "1 day left");
        assert_eq!(days(Language::English, "41"), "41 days left");
        assert_eq!(days(Language::Bosnian, "41"), "Preostao 41 dan");
        assert_eq!(days(Language::Bosnian, "3"), "Preostala 3 dana");
        assert_eq!(days(Language::Bosnian, "15"), "Preostalo 15 dana");
    }

    #[test]
    fn only_pages_carry_isolation_marks() {
        let shown = [("institution", "BA-BP")];
        assert!(page_text(Language::English, "reason-above-accused", &shown).contains("\u{2068}BA-BP\u{2069}"));
        assert!(!text(Language::English, "reason-above-accused", &shown).contains(ISOLATES));
    }

    #[test]
    fn a_topic_for_a_script_keeps_its_placeholders_in_braces() {
        let days = topic(Language::English, "triage").into_iter().find(|(key, _)| *key == "triage-days-left");
        assert_eq!(days.expect("written").1, "\u{2068}{days}\u{2069} days left");
        assert!(topic(Language::English, "nothing").is_empty());
    }

    #[test]
    fn an_unknown_key_is_shown_as_itself() {
        assert_eq!(text(Language::Bosnian, "problem-nobody-wrote-this", &[]), "problem-nobody-wrote-this");
        assert!(!known("problem-nobody-wrote-this"));
        assert!(known("reason-above-accused"));
    }
}
