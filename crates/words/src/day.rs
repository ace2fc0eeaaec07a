//! Days and times as their readers write them.

use crate::catalogue::own_digits;
use crate::{Language, text};

/// A day in words, as `YYYY-MM-DD`, or as `MM-DD` where it comes round every year. What is no day stays as it is.
#[must_use]
pub fn day(language: Language, written: &str) -> String {
    let fields: Vec<&str> = written.split('-').map(|field| field.trim_start_matches('0')).collect();
    let (key, year, month, day) = match fields.as_slice() {
        [year, month, day] => ("date-full", *year, *month, *day),
        [month, day] => ("date-yearly", "", *month, *day),
        _ => return written.to_owned(),
    };
    let month = text(language, &format!("date-month-{month}"), &[]);
    text(language, key, &[("year", year), ("month", &month), ("day", day)])
}

/// The digits of a text as its readers write them, such as those of a time.
#[must_use]
pub fn numerals(language: Language, written: &str) -> String {
    own_digits(language.tag()).map_or_else(|| written.to_owned(), |own| written.chars().map(own).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_in_the_words_and_numerals_of_its_readers() {
        let told = [
            (Language::English, "29 November 2026"),
            (Language::Bosnian, "29. novembra 2026. godine"),
            (Language::SerbianCyrillic, "29. новембра 2026. године"),
            (Language::Spanish, "29 de noviembre de 2026"),
            (Language::Persian, "۲۹ نوامبر ۲۰۲۶"),
            (Language::Pashto, "۲۹ نومبر ۲۰۲۶"),
            (Language::Arabic, "٢٩ نوفمبر ٢٠٢٦"),
            (Language::Urdu, "29 نومبر 2026"),
        ];
        for (language, words) in told {
            assert_eq!(day(language, "2026-11-29"), words);
        }
        assert_eq!(day(Language::Croatian, "01-06"), "6. siječnja");
        assert_eq!(day(Language::English, "soon"), "soon");
    }

    #[test]
    fn a_time_is_told_in_the_numerals_of_its_readers() {
        assert_eq!(numerals(Language::Pashto, "08:30"), "۰۸:۳۰");
        assert_eq!(numerals(Language::Turkish, "08:30"), "08:30");
    }
}
