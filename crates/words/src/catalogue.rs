//! The catalogues, built into the program.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use fluent_templates::LanguageIdentifier;
use fluent_templates::fluent_bundle::FluentValue;
use unic_langid::langid;

use crate::Language;
use crate::audit::{keys, placeholders};
use crate::cyrillic::cyrillic;

fluent_templates::static_loader! {
    static CATALOGUES = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| {
            let language = bundle.locales.first().map(|locale| locale.language.as_str().to_owned());
            match language.as_deref() {
                Some("ar") => bundle.set_formatter(Some(|value, _| with_digits(value, "ar"))),
                Some("fa" | "ps") => bundle.set_formatter(Some(|value, _| with_digits(value, "fa"))),
                _ => {}
            }
        },
    };
}

/// A counted number in the digits its readers write; texts, such as the digits of a receipt, are left as they are.
fn with_digits(value: &FluentValue<'_>, tag: &str) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    Some(number.as_string().chars().map(own_digits(tag)?).collect())
}

/// How a digit is written by who reads this language; none where it is written as here.
pub(crate) fn own_digits(tag: &str) -> Option<impl Fn(char) -> char> {
    let zero = match tag {
        "ar" => '٠',
        "fa" | "ps" => '۰',
        _ => return None,
    };
    Some(move |sign: char| sign.to_digit(10).and_then(|more| char::from_u32(u32::from(zero) + more)).unwrap_or(sign))
}

const ENGLISH: LanguageIdentifier = langid!("en");

/// The English catalogue as it is written, by topic: what the other languages are measured by.
pub(crate) const FILES: [(&str, &str); 18] = [
    ("card", include_str!("../locales/en/card.ftl")),
    ("cli", include_str!("../locales/en/cli.ftl")),
    ("dashboard", include_str!("../locales/en/dashboard.ftl")),
    ("dates", include_str!("../locales/en/dates.ftl")),
    ("form", include_str!("../locales/en/form.ftl")),
    ("hours", include_str!("../locales/en/hours.ftl")),
    ("import", include_str!("../locales/en/import.ftl")),
    ("link", include_str!("../locales/en/link.ftl")),
    ("notices", include_str!("../locales/en/notices.ftl")),
    ("offline", include_str!("../locales/en/offline.ftl")),
    ("pages", include_str!("../locales/en/pages.ftl")),
    ("plain", include_str!("../locales/en/plain.ftl")),
    ("problems", include_str!("../locales/en/problems.ftl")),
    ("reasons", include_str!("../locales/en/reasons.ftl")),
    ("statistics", include_str!("../locales/en/statistics.ftl")),
    ("thread", include_str!("../locales/en/thread.ftl")),
    ("triage", include_str!("../locales/en/triage.ftl")),
    ("voice", include_str!("../locales/en/voice.ftl")),
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
    let told = match language {
        Language::SerbianCyrillic => in_cyrillic(key, arguments),
        _ => look_up(&identifier(language), key, arguments),
    };
    told.or_else(|| look_up(&ENGLISH, key, arguments)).unwrap_or_else(|| key.to_owned())
}

/// The Latin sentence in Cyrillic letters. What fills its placeholders is kept as it is: while the letters are changed, signs
/// of the private use area stand for it.
fn in_cyrillic(key: &str, arguments: &[(&str, &str)]) -> Option<String> {
    let signs: Vec<String> = (0xE000..).filter_map(char::from_u32).map(String::from).take(arguments.len()).collect();
    let held: Vec<(&str, &str)> = arguments
        .iter()
        .zip(&signs)
        .map(|((name, value), sign)| (*name, if is_whole(value) { *value } else { sign.as_str() }))
        .collect();
    let latin = look_up(&identifier(Language::SerbianLatin), key, &held)?;
    let fill = |told: String, ((_, value), sign): (&(&str, &str), &String)| told.replace(sign.as_str(), value);
    Some(arguments.iter().zip(&signs).fold(cyrillic(&latin), fill))
}

/// Whether a sentence is written for this key. Rooms that put keys together from codes ask it in their tests.
#[must_use]
pub fn known(key: &str) -> bool {
    FILES.iter().any(|(_, file)| keys(file).contains(key))
}

/// The sentences of a topic, or of a piece of one: those whose key is `topic` or begins with it, as a page hands them to its
/// script. Each placeholder stands for itself in braces, and the script fills it. By file, in the order of the keys.
#[must_use]
pub fn topic(language: Language, topic: &str) -> Vec<(&'static str, String)> {
    let within = |key: &str| key.strip_prefix(topic).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let named = FILES.iter().flat_map(|(_, file)| placeholders(file)).filter(|(key, _)| within(key));
    named.map(|(key, names)| (key, unfilled(language, key, &names))).collect()
}

fn unfilled(language: Language, key: &str, names: &BTreeSet<&str>) -> String {
    let braced: Vec<String> = names.iter().map(|name| format!("{{{name}}}")).collect();
    let arguments: Vec<(&str, &str)> = names.iter().copied().zip(braced.iter().map(String::as_str)).collect();
    page_text(language, key, &arguments)
}

fn identifier(language: Language) -> LanguageIdentifier {
    match language {
        Language::English => ENGLISH,
        Language::Bosnian => langid!("bs"),
        Language::Croatian => langid!("hr"),
        Language::SerbianLatin | Language::SerbianCyrillic => langid!("sr-Latn"),
        Language::Spanish => langid!("es"),
        Language::French => langid!("fr"),
        Language::Arabic => langid!("ar"),
        Language::Persian => langid!("fa"),
        Language::Pashto => langid!("ps"),
        Language::Urdu => langid!("ur"),
        Language::Turkish => langid!("tr"),
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
        Ok(number) if is_whole(argument) => FluentValue::from(number),
        _ => FluentValue::from(argument),
    }
}

fn is_whole(argument: &str) -> bool {
    argument.parse::<u32>().is_ok_and(|number| number.to_string() == argument)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_told_in_the_readers_language() {
        assert_eq!(text(Language::English, "reason-accused", &[]), "Said to be responsible in this report.");
        assert_ne!(text(Language::Bosnian, "reason-accused", &[]), text(Language::English, "reason-accused", &[]));
        assert_ne!(text(Language::Pashto, "reason-accused", &[]), text(Language::English, "reason-accused", &[]));
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
    fn cyrillic_letters_leave_what_fills_a_placeholder_alone() {
        let told = text(Language::SerbianCyrillic, "reason-relays", &[("institution", "BA-BP")]);
        assert!(told.contains("BA-BP") && told.contains('ј') && !told.contains(char::is_control), "{told}");
        assert_eq!(text(Language::SerbianCyrillic, "triage-days-left", &[("days", "41")]), "Преостао 41 дан");
    }

    #[test]
    fn numbers_are_counted_in_the_readers_digits_and_codes_stay() {
        let found = |language, count| text(language, "form-search-found", &[("count", count)]);
        assert!(found(Language::Persian, "12").contains("۱۲"));
        assert!(found(Language::Arabic, "12").contains("١٢"));
        assert!(found(Language::Urdu, "12").contains("12"));
        assert!(found(Language::Persian, "0012").contains("0012"));
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
        let piece = topic(Language::English, "form-again");
        assert_eq!(
            piece.iter().map(|(key, _)| *key).collect::<Vec<_>>(),
            ["form-again", "form-again-good", "form-again-wrong"]
        );
    }

    #[test]
    fn an_unknown_key_is_shown_as_itself() {
        assert_eq!(text(Language::Bosnian, "problem-nobody-wrote-this", &[]), "problem-nobody-wrote-this");
        assert!(!known("problem-nobody-wrote-this"));
        assert!(known("reason-above-accused"));
    }
}
