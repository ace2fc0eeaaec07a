//! Reading one published cell: what it says for certain, and whether a person must look at the rest.

/// A number of people as somebody published it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// One number and nothing else.
    Exact(u32),
    /// Between two numbers, or a number with words around it: the lowest number said, never more than was said.
    AtLeast(u32),
}

impl Number {
    /// The number that is certain.
    pub fn certain(self) -> u32 {
        match self {
            Self::Exact(number) | Self::AtLeast(number) => number,
        }
    }
}

/// Words that stand for a number in published cells.
const WORDS: [&str; 13] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Reads a count: `5`, `Five`, `4 person(s)`, `6-7`, `6 or 7`, `19 - estimated 27`; a negative number is no count.
pub fn number(text: &str) -> Option<Number> {
    let text = text.trim();
    if text.starts_with(['-', '\u{2212}', '\u{2013}']) {
        return None;
    }
    if let Some(word) = WORDS.iter().position(|word| text.eq_ignore_ascii_case(word)) {
        return u32::try_from(word).ok().map(Number::Exact);
    }
    let bare = text.strip_suffix("person(s)").unwrap_or(text).trim();
    if let Ok(exact) = bare.parse::<u32>() {
        return Some(Number::Exact(exact));
    }
    digits(text).into_iter().min().map(Number::AtLeast)
}

/// The runs of digits in a text.
fn digits(text: &str) -> Vec<u32> {
    text.split(|letter: char| !letter.is_ascii_digit()).filter_map(|run| run.parse().ok()).collect()
}

/// The youngest and the oldest age of a group: `16 - 35`, `5-50`, `11`.
pub fn ages(text: &str) -> Option<(u32, u32)> {
    let plain =
        text.chars().all(|letter| letter.is_ascii_digit() || letter.is_whitespace() || "-\u{2013}".contains(letter));
    let found = if plain { digits(text) } else { Vec::new() };
    match *found.as_slice() {
        [age] if age < 120 => Some((age, age)),
        [young, old] if young <= old && old < 120 => Some((young, old)),
        _ => None,
    }
}

/// A calendar day as its three numbers, not yet known to exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The year, four digits.
    pub year: i32,
    /// The number written in the month's place.
    pub month: u8,
    /// The number written in the day's place.
    pub day: u8,
    /// Whether the month was written as a word, so that it cannot be mistaken for the day.
    pub worded: bool,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The number of a month written as an English word.
fn month(word: &str) -> Option<u8> {
    let place = MONTHS.iter().position(|name| word.eq_ignore_ascii_case(name))?;
    u8::try_from(place + 1).ok()
}

/// A day without the time that forms and workbooks write behind it: `2017-03-10T12:30:00`.
fn without_time(text: &str) -> &str {
    let text = text.trim_start();
    let Some((day, [b'T' | b' ', hour, ..])) = text.split_at_checked(10).map(|(day, rest)| (day, rest.as_bytes()))
    else {
        return text;
    };
    let is_day = day
        .bytes()
        .enumerate()
        .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    if is_day && hour.is_ascii_digit() { day } else { text }
}

/// Reads `2017-03-10`, with or without a time behind it, `DD.MM.YYYY` and `Month D, YYYY`.
pub fn written(text: &str) -> Option<Written> {
    let parts: Vec<&str> =
        without_time(text).split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = *parts.as_slice() else { return None };
    if let Some(month) = month(first) {
        return Some(Written { year: year(third)?, month, day: second.parse().ok()?, worded: true });
    }
    match year(first) {
        Some(year) => Some(Written { year, month: second.parse().ok()?, day: third.parse().ok()?, worded: false }),
        None => {
            Some(Written { year: year(third)?, month: second.parse().ok()?, day: first.parse().ok()?, worded: false })
        }
    }
}

fn year(text: &str) -> Option<i32> {
    (text.len() == 4).then(|| text.parse().ok()).flatten()
}

/// The day an address tells of: `…/october-3-2017-0000-…`.
pub fn witness(address: &str) -> Option<Written> {
    let words: Vec<&str> = address.split(|letter: char| !letter.is_alphanumeric()).collect();
    words.windows(3).find_map(|window| {
        let [word, day, year_text] = *window else { return None };
        Some(Written { year: year(year_text)?, month: month(word)?, day: day.parse().ok()?, worded: true })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_never_more_than_was_said() {
        assert_eq!(number("5"), Some(Number::Exact(5)));
        assert_eq!(number("4 person(s)"), Some(Number::Exact(4)));
        assert_eq!(number("Five"), Some(Number::Exact(5)));
        assert_eq!(number("19 - estimated 27"), Some(Number::AtLeast(19)));
        assert_eq!(number("6 or 7"), Some(Number::AtLeast(6)));
        assert_eq!(number("10 -15"), Some(Number::AtLeast(10)));
        assert_eq!(number("100 single men person(s)"), Some(Number::AtLeast(100)));
        assert_eq!(number("-13"), None);
        assert_eq!(number("some"), None);
    }

    #[test]
    fn ages_are_a_range_or_nothing() {
        assert_eq!(ages("16 - 35"), Some((16, 35)));
        assert_eq!(ages("5-50"), Some((5, 50)));
        assert_eq!(ages("11"), Some((11, 11)));
        assert_eq!(ages("35 - 16"), None);
        assert_eq!(ages("about 20"), None);
    }

    #[test]
    fn dates_are_read_in_three_ways_of_writing() {
        let plain = |year, month, day| Written { year, month, day, worded: false };
        assert_eq!(written("2017-03-10"), Some(plain(2017, 3, 10)));
        assert_eq!(written("10.03.2017"), Some(plain(2017, 3, 10)));
        assert_eq!(written("2017-03-10T12:30:00.000+02:00"), Some(plain(2017, 3, 10)));
        assert_eq!(written(" 2017-03-10 12:30"), Some(plain(2017, 3, 10)));
        assert_eq!(written("2017-03-10 or later"), None);
        assert_eq!(written("October 16, 2020"), Some(Written { worded: true, ..plain(2020, 10, 16) }));
        assert_eq!(written("spring 2020"), None);
        assert_eq!(
            witness("https://example.org/t/may-3-2021-0000-a-b/"),
            Some(Written { worded: true, ..plain(2021, 5, 3) })
        );
        assert_eq!(witness("https://example.org/t/27561-2/"), None);
    }
}
