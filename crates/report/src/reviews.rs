//! Which languages' most delicate sentences were read by two people who speak it, read from `reviews.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::day::Day;
use crate::fault::{Draft, Page};
use crate::sources::Sources;

const FILE: &str = "reviews.toml";

/// How many people must have read a topic in a language.
const ENOUGH: u32 = 2;

/// What must be reviewed before a page may be silent about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// Who helps now, and what is no rescue service.
    Safety,
    /// What is agreed to.
    Consent,
    /// Who can read, who will hear of it, who never.
    Readers,
    /// The digits, and what they open.
    Receipt,
}

impl Topic {
    /// All topics.
    pub const ALL: [Self; 4] = [Self::Safety, Self::Consent, Self::Readers, Self::Receipt];
}

/// The reviews made so far. Who made them is kept by the deployment, on paper.
#[derive(Debug, Clone, Default)]
pub struct Reviews {
    people: BTreeMap<String, BTreeMap<Topic, u32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema_version")]
    _schema_version: u32,
    #[serde(default)]
    review: Vec<Spanned<Review>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Review {
    language: String,
    topic: Topic,
    people: u32,
    #[serde(rename = "on")]
    _on: Day,
}

impl Reviews {
    /// Reads `reviews.toml`; without the file nothing was reviewed. A fault is a topic that stands twice for a language.
    pub(crate) fn draft(sources: &Sources) -> Draft<Self> {
        if sources.get(FILE).is_none() {
            return Ok((Self::default(), Vec::new()));
        }
        let mut page = Page::open(sources, FILE)?;
        let file: File = page.parse()?;
        let mut reviews = Self::default();
        for review in file.review {
            let span = review.span();
            let Review { language, topic, people, .. } = review.into_inner();
            if reviews.people.entry(language).or_default().insert(topic, people).is_some() {
                page.note(&span, "duplicate-code", "a review of this topic in this language stands above");
            }
        }
        Ok((reviews, page.close()))
    }

    /// Whether two people have read every topic in a language. Until then its pages say so.
    pub fn is_complete(&self, language: &str) -> bool {
        let read = |topic| self.people.get(language).and_then(|topics| topics.get(topic)).copied().unwrap_or(0);
        Topic::ALL.iter().all(|topic| read(topic) >= ENOUGH)
    }
}
