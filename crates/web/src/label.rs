//! What codes are called by who reads a page, in their letters.

use report::Country;
use words::{Direction, Language, cyrillic};

/// What an entry of a list is called. What has no name of its own in Cyrillic letters has the Latin one in Cyrillic letters.
pub fn label(country: &Country, language: Language, (list, code): (&str, &str)) -> String {
    let labels = country.labels();
    let latin = (language == Language::SerbianCyrillic && labels.own(list, code, language.tag()).is_none())
        .then(|| labels.own(list, code, Language::SerbianLatin.tag()));
    match latin.flatten() {
        Some(name) => cyrillic(name),
        None => within(language, labels.get(list, code, language.tag())),
    }
}

/// A name in Latin letters within text that is read from the right. Most need nothing; a bracket at the end would be read first.
fn within(language: Language, name: &str) -> String {
    let is_latin = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let is_torn = is_latin && language.direction() == Direction::RightToLeft && !name.ends_with(char::is_alphanumeric);
    if is_torn { format!("\u{2066}{name}\u{2069}") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_at_the_end_of_a_latin_name_stays_there() {
        assert_eq!(within(Language::Persian, "Trnovo (FBiH)"), "\u{2066}Trnovo (FBiH)\u{2069}");
        for (language, name) in
            [(Language::Persian, "Canton 10"), (Language::Persian, "پلیس (دیگر)"), (Language::English, "Trnovo (FBiH)")]
        {
            assert_eq!(within(language, name), name);
        }
    }
}
