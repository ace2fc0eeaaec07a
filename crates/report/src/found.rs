//! What a member found when verifying, beyond act and status: the words of a `verify` statement that tables count
//! (docs/dashboard.md, "Acts"). They say more than facets do, so they need the person's consent to statistics.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::coding::FieldFault;
use crate::country::Country;
use crate::identifiers::Code;

/// The words of a `verify` statement that say something else: whose act, and which event.
const OTHER: [&str; 5] = ["act", "status", "link", "incident", "source"];
/// What a ground that was found is told by.
const YES: &str = "yes";
/// More people than this in one count is a slip of the finger.
const MOST_PEOPLE: u32 = 100_000;

/// What is counted of a report because a member said so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Found {
    /// The stretch of border.
    pub segment: Option<Code>,
    /// Which way across it.
    pub direction: Direction,
    /// Grounds of identity, as the person saw them.
    pub grounds: Vec<Code>,
    /// The people it happened to.
    pub persons: Vec<Persons>,
}

/// Some people of an incident who share sex and age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Persons {
    /// Sex, as far as told.
    #[serde(default)]
    pub sex: Sex,
    /// Child or adult, as far as told.
    #[serde(default)]
    pub age: Age,
    /// How many; tables take at most ten of an incident.
    pub count: u32,
}

/// Writes an enum of words with their spelling once.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident: $($(#[$one:meta])* $variant:ident = $word:literal,)+) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$one])* $variant,)+ }

        impl $name {
            /// Every one, in the order of tables.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The word on the wire and in tables.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

words! {
    /// Which way across a border.
    Direction:
    /// Into the country.
    In = "in",
    /// Out of the country.
    Out = "out",
    /// Not known or not at a border.
    #[default]
    Unknown = "unknown",
}

words! {
    /// Sex as tables tell it.
    Sex:
    /// Women and girls.
    Female = "female",
    /// Men and boys.
    Male = "male",
    /// Another identity.
    Other = "other",
    /// Not known or not told.
    #[default]
    Unknown = "unknown",
}

words! {
    /// Age as tables tell it.
    Age:
    /// Under 18, or age disputed.
    Child = "child",
    /// 18 and over.
    Adult = "adult",
    /// Not known or not told.
    #[default]
    Unknown = "unknown",
}

impl Found {
    /// Reads the words of a `verify` statement: `segment`, `direction`, `ground/<code>` = `yes` and `people/<sex>/<age>` = a number.
    ///
    /// # Errors
    /// The first word that is none of these or names what the country does not know, as field and code.
    pub fn read<'a>(
        words: impl IntoIterator<Item = (&'a str, &'a str)>,
        country: &Country,
    ) -> Result<Self, FieldFault> {
        let mut found = Self::default();
        let mut people = BTreeMap::new();
        for (key, value) in words.into_iter().filter(|(key, _)| !OTHER.contains(key)) {
            match *key.split('/').collect::<Vec<_>>() {
                ["segment"] => found.segment = Some(segment(value, country)?),
                ["direction"] => found.direction = Direction::of(value).ok_or_else(|| unknown("direction"))?,
                ["ground", code] if value == YES => found.grounds.push(ground(code, country)?),
                ["people", sex, age] => {
                    let group = Sex::of(sex).zip(Age::of(age)).ok_or_else(|| unknown("people"))?;
                    people.insert(group, number(value)?);
                }
                _ => return Err(unknown("detail")),
            }
        }
        found.grounds.sort_unstable();
        found.persons = people.into_iter().map(|((sex, age), count)| Persons { sex, age, count }).collect();
        Ok(found)
    }

    /// The words to sign; groups of the same sex and age are one.
    pub fn words(&self) -> BTreeMap<String, String> {
        let mut words = BTreeMap::new();
        words.extend(self.segment.iter().map(|code| ("segment".to_owned(), code.to_string())));
        let way = self.direction.word().to_owned();
        words.extend((self.direction != Direction::Unknown).then(|| ("direction".to_owned(), way)));
        words.extend(self.grounds.iter().map(|code| (format!("ground/{code}"), YES.to_owned())));
        let mut people: BTreeMap<(Sex, Age), u32> = BTreeMap::new();
        for group in &self.persons {
            let count = people.entry((group.sex, group.age)).or_default();
            *count = count.saturating_add(group.count);
        }
        let group = |(sex, age): (Sex, Age)| format!("people/{}/{}", sex.word(), age.word());
        words.extend(people.into_iter().map(|(of, count)| (group(of), count.to_string())));
        words
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn segment(code: &str, country: &Country) -> Result<Code, FieldFault> {
    country.territories().segment(code).map(|segment| segment.code.clone()).ok_or_else(|| unknown("segment"))
}

fn ground(code: &str, country: &Country) -> Result<Code, FieldFault> {
    let term = country.taxonomy().term("identity_ground", code);
    term.map(|term| term.code.clone()).ok_or_else(|| unknown("ground"))
}

fn number(value: &str) -> Result<u32, FieldFault> {
    let count = value.parse().ok().filter(|count| (1..=MOST_PEOPLE).contains(count));
    count.ok_or_else(|| FieldFault { field: "people".to_owned(), code: "out-of-range" })
}

fn unknown(field: &str) -> FieldFault {
    FieldFault { field: field.to_owned(), code: "unknown-code" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sources;

    fn read(words: &[(&str, &str)]) -> Result<Found, FieldFault> {
        let country = Country::read(&Sources::embedded()).expect("the shipped country reads");
        Found::read(words.iter().copied(), &country)
    }

    #[test]
    fn words_of_the_act_itself_say_nothing_that_is_counted() {
        let words = [("act", "PUSH-01"), ("status", "VS-LIKELY"), ("source", "NGO-VP")];
        assert!(read(&words).expect("they are known").is_empty());
    }

    #[test]
    fn two_girls_and_a_man_are_counted_each_by_their_group() {
        let words = [("people/male/adult", "1"), ("people/female/child", "2"), ("direction", "out")];
        let found = read(&words).expect("they are known");
        assert_eq!(found.direction, Direction::Out);
        let girls = Persons { sex: Sex::Female, age: Age::Child, count: 2 };
        assert_eq!(found.persons, [girls, Persons { sex: Sex::Male, age: Age::Adult, count: 1 }]);
    }

    #[test]
    fn what_is_written_as_words_is_read_back() {
        let words = [("segment", "SEG-HR-UNASANA"), ("ground/ID-NAT", "yes"), ("people/other/unknown", "3")];
        let found = read(&words).expect("they are known");
        let written = found.words();
        let written: Vec<(&str, &str)> = written.iter().map(|(key, word)| (key.as_str(), word.as_str())).collect();
        assert_eq!(read(&written), Ok(found));
    }

    #[test]
    fn what_the_country_does_not_know_is_refused_by_field_alone() {
        for (key, value, field, code) in [
            ("segment", "SEG-XX", "segment", "unknown-code"),
            ("direction", "up", "direction", "unknown-code"),
            ("ground/ID-XX", "yes", "ground", "unknown-code"),
            ("ground/ID-NAT", "no", "detail", "unknown-code"),
            ("people/female/old", "2", "people", "unknown-code"),
            ("people/female/child", "0", "people", "out-of-range"),
            ("people/female/child", "-1", "people", "out-of-range"),
            ("shoe-size", "44", "detail", "unknown-code"),
        ] {
            assert_eq!(read(&[(key, value)]), Err(FieldFault { field: field.to_owned(), code }), "{key}");
        }
    }
}
