//! Finds keys that code asks for and nobody wrote, and keys nobody asks for.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::FILES;

/// What a comparison of catalogue and code found. Both lists empty: every sentence has a place and every place a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// Keys (or patterns with braces) in code that no catalogue line answers.
    pub missing: Vec<String>,
    /// Keys of the catalogue that no literal in code names or matches.
    pub unused: Vec<String>,
}

impl Audit {
    /// Compares the catalogues with the texts of source files.
    ///
    /// A key in code is a quoted literal that begins with a topic of the catalogue (`"reason-…"`). A literal with
    /// braces (`"problem-{code}-title"`) is a pattern: each `{…}` stands for any text.
    #[must_use]
    pub fn of(sources: &[&str]) -> Self {
        Self::compare(&FILES.map(|(_, text)| text), sources)
    }

    fn compare(catalogue: &[&str], sources: &[&str]) -> Self {
        let written: BTreeSet<&str> = catalogue.iter().flat_map(|text| keys(text)).collect();
        let topics: BTreeSet<&str> =
            written.iter().filter_map(|key| key.split_once('-')).map(|(topic, _)| topic).collect();
        let asked: BTreeSet<&str> = sources.iter().flat_map(|source| literals(source, &topics)).collect();
        let missing = asked.iter().filter(|asked| !written.iter().any(|key| matches(asked, key)));
        let unused = written.iter().filter(|key| !asked.iter().any(|asked| matches(asked, key)));
        Self { missing: owned(missing), unused: owned(unused) }
    }
}

/// The keys of one catalogue file.
#[must_use]
pub fn keys(catalogue: &str) -> BTreeSet<&str> {
    catalogue.lines().filter_map(key_of).collect()
}

/// The placeholders of every key of one catalogue file.
#[must_use]
pub fn placeholders(catalogue: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut current = None;
    for line in catalogue.lines().filter(|line| !line.starts_with('#')) {
        current = key_of(line).or(current);
        if let Some(key) = current {
            found.entry(key).or_default().extend(line.split('$').skip(1).map(leading_name));
        }
    }
    found
}

fn owned<'a>(keys: impl Iterator<Item = &'a &'a str>) -> Vec<String> {
    keys.map(|key| (*key).to_owned()).collect()
}

fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(" =")?;
    key.bytes().all(is_key_byte).then_some(key)
}

fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}

fn leading_name(rest: &str) -> &str {
    let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-' && letter != '_');
    end.and_then(|end| rest.get(..end)).unwrap_or(rest)
}

/// The quoted literals that begin with `topic-`, whatever the quote.
fn literals<'a>(source: &'a str, topics: &BTreeSet<&str>) -> Vec<&'a str> {
    let pieces = source.split(['"', '\'', '`']);
    let is_key =
        |piece: &&str| piece.split_once('-').is_some_and(|(topic, rest)| topics.contains(topic) && is_literal(rest));
    pieces.filter(is_key).collect()
}

fn is_literal(rest: &str) -> bool {
    !rest.is_empty() && outside_braces(rest).iter().all(|piece| piece.bytes().all(is_key_byte))
}

/// The pieces of a literal between its `{…}` (in TypeScript `${…}`).
fn outside_braces(literal: &str) -> Vec<&str> {
    literal
        .split('{')
        .enumerate()
        .map(|(index, piece)| if index == 0 { piece } else { piece.split_once('}').map_or(piece, |(_, rest)| rest) })
        .map(|piece| piece.strip_suffix('$').unwrap_or(piece))
        .collect()
}

fn matches(asked: &str, key: &str) -> bool {
    let pieces = outside_braces(asked);
    let Some((first, rest)) = pieces.split_first() else { return false };
    let Some(mut remaining) = key.strip_prefix(first) else { return false };
    let Some((last, middle)) = rest.split_last() else { return remaining.is_empty() };
    for piece in middle {
        let Some((_, after)) = remaining.split_once(piece) else { return false };
        remaining = after;
    }
    remaining.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CATALOGUE: &str = "# a comment\nreason-accused = Said so.\nproblem-full-title = Full.\nproblem-full-next = Wait { $minutes } minutes.\n";

    #[test]
    fn a_key_nobody_wrote_and_a_key_nobody_uses_are_both_found() {
        let audit =
            Audit::compare(&[CATALOGUE], &["text(l, \"reason-above\", &[]); format!(\"problem-{code}-title\")"]);
        assert_eq!(audit.missing, ["reason-above"]);
        assert_eq!(audit.unused, ["problem-full-next", "reason-accused"]);
    }

    #[test]
    fn a_pattern_uses_every_key_it_can_become() {
        let source = "`problem-${code}-title` \"problem-{}-next\" \"reason-accused\" \"unreasoned-thing\"";
        assert_eq!(Audit::compare(&[CATALOGUE], &[source]), Audit::default());
    }

    #[test]
    fn placeholders_are_read_by_name() {
        assert!(placeholders(CATALOGUE)["problem-full-next"].contains("minutes"));
        assert!(placeholders(CATALOGUE)["reason-accused"].is_empty());
    }
}
