//! The languages a reader may ask for.

use std::fmt;
use std::str::FromStr;

/// A language a reader may ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English, the language every key exists in.
    #[default]
    English,
    /// Bosnian.
    Bosnian,
    /// Croatian.
    Croatian,
    /// Serbian in Latin letters.
    SerbianLatin,
    /// Serbian in Cyrillic letters.
    SerbianCyrillic,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// Arabic.
    Arabic,
    /// Persian (Farsi, Dari).
    Persian,
    /// Pashto.
    Pashto,
    /// Urdu.
    Urdu,
    /// Turkish.
    Turkish,
}

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

impl Language {
    /// All of them, English first.
    pub const ALL: [Self; 12] = [
        Self::English,
        Self::Bosnian,
        Self::Croatian,
        Self::SerbianLatin,
        Self::SerbianCyrillic,
        Self::Spanish,
        Self::French,
        Self::Arabic,
        Self::Persian,
        Self::Pashto,
        Self::Urdu,
        Self::Turkish,
    ];

    /// The BCP 47 tag, as in HTML's `lang` and in `language` of a report.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Bosnian => "bs",
            Self::Croatian => "hr",
            Self::SerbianLatin => "sr-Latn",
            Self::SerbianCyrillic => "sr-Cyrl",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::Arabic => "ar",
            Self::Persian => "fa",
            Self::Pashto => "ps",
            Self::Urdu => "ur",
            Self::Turkish => "tr",
        }
    }

    /// What its readers call it.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Bosnian => "Bosanski",
            Self::Croatian => "Hrvatski",
            Self::SerbianLatin => "Srpski (latinica)",
            Self::SerbianCyrillic => "Српски (ћирилица)",
            Self::Spanish => "Español",
            Self::French => "Français",
            Self::Arabic => "العربية",
            Self::Persian => "فارسی / دری",
            Self::Pashto => "پښتو",
            Self::Urdu => "اردو",
            Self::Turkish => "Türkçe",
        }
    }

    /// Which way this language is written. A page asks this of the language it is written in.
    pub fn direction(self) -> Direction {
        match self {
            Self::Arabic | Self::Persian | Self::Pashto | Self::Urdu => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }

    /// What stands between the entries of a list.
    pub fn comma(self) -> &'static str {
        match self.direction() {
            Direction::RightToLeft => "، ",
            Direction::LeftToRight => ", ",
        }
    }

    /// The language a page for reporters is written in: every language is its own.
    #[must_use]
    pub fn written(self) -> Self {
        self
    }

    /// The language in which members are answered: the dashboard, triage and the terminal speak English, Bosnian,
    /// Croatian and Serbian only. A page states the language it is written in, not the one asked for.
    #[must_use]
    pub fn among_members(self) -> Self {
        match self {
            Self::Bosnian | Self::Croatian | Self::SerbianLatin | Self::SerbianCyrillic => self,
            _ => Self::English,
        }
    }

    /// The reader's language by their `Accept-Language` header: the best liked one known here; an empty, broken or unknown header is English.
    #[must_use]
    pub fn negotiate(accept_language: &str) -> Self {
        let mut asked: Vec<(f32, Self)> = accept_language.split(',').take(32).filter_map(wish).collect();
        asked.sort_by(|a, b| b.0.total_cmp(&a.0));
        asked.into_iter().map(|(_, language)| language).next().unwrap_or_default()
    }

    fn of_subtags(primary: &str, rest: &str) -> Option<Self> {
        let latin = rest.split('-').any(|subtag| subtag == "latn");
        Some(match primary {
            "sr" if latin => Self::SerbianLatin,
            "sr" => Self::SerbianCyrillic,
            "sh" => Self::Bosnian,
            "prs" => Self::Persian,
            _ => return Self::ALL.into_iter().find(|language| language.tag() == primary),
        })
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads a BCP 47 tag; regions and scripts other than Serbian's are ignored (`ar-SY` is Arabic).
    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
        let (primary, rest) = tag.split_once('-').unwrap_or((&tag, ""));
        Self::of_subtags(primary, rest).ok_or(UnknownLanguage)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.tag())
    }
}

/// The tag names none of the languages known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownLanguage;

/// One entry of an `Accept-Language` header: its weight and the language, if it is known and wanted.
fn wish(entry: &str) -> Option<(f32, Language)> {
    let mut fields = entry.split(';').map(str::trim);
    let language = fields.next()?.parse().ok()?;
    let weight = fields.find_map(|field| field.strip_prefix("q=")).map_or(Some(1.0), |weight| weight.parse().ok())?;
    (0.0 < weight && weight <= 1.0).then_some((weight, language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_written_with_the_comma_of_its_readers() {
        assert_eq!(["پلیس", "آمبولانس"].join(Language::Persian.comma()), "پلیس، آمبولانس");
        assert_eq!(["police", "ambulance"].join(Language::English.comma()), "police, ambulance");
    }

    #[test]
    fn the_best_liked_language_known_here_is_chosen() {
        for (header, expected) in [
            ("bs-BA,bs;q=0.9,en;q=0.5", Language::Bosnian),
            ("en;q=0.4, bs;q=0.8", Language::Bosnian),
            ("de, en;q=0.7", Language::English),
            ("sr-Latn-RS", Language::SerbianLatin),
            ("sr", Language::SerbianCyrillic),
            ("fr, bs;q=0.3", Language::French),
            ("tlh, ps-AF;q=0.3", Language::Pashto),
        ] {
            assert_eq!(Language::negotiate(header), expected, "{header}");
        }
    }

    #[test]
    fn a_reader_is_answered_in_their_language_and_a_member_in_one_the_dashboard_has() {
        let farsi = Language::negotiate("fa-IR,fa;q=0.9");
        assert_eq!(farsi, Language::Persian);
        assert_eq!(farsi.written(), Language::Persian);
        assert_eq!(farsi.written().direction(), Direction::RightToLeft);
        assert_eq!(farsi.among_members(), Language::English);
        assert_eq!(Language::SerbianCyrillic.among_members(), Language::SerbianCyrillic);
    }

    #[test]
    fn a_broken_header_is_english() {
        for header in ["", ",,;;q", "*", "en;q=NaN", "bs;q=0", "tlh", "\u{202e}bs"] {
            assert_eq!(Language::negotiate(header), Language::English, "{header:?}");
        }
    }

    #[test]
    fn every_tag_reads_back_as_its_language() {
        for language in Language::ALL {
            assert_eq!(language.tag().parse(), Ok(language));
        }
    }
}
