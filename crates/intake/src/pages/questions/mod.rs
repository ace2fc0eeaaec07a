//! The questions, as both doors ask them: one topic after another, in the reader's language, driven by the taxonomy.
//!
//! Field names are paths of REPORT.json, values are codes; docs/pages.md lists what differs.

mod acts;
mod ask;
mod child;
mod consent;
mod event;
mod people;
mod speaking;
#[cfg(test)]
mod tests;
mod witness;

use askama::Template;
use report::Country;
use routing::Registry;
use words::Language;

use super::label::Labels;
use ask::Asking;

/// How many sentences of what helps at once are shown: more nobody reads who was just hurt. The script counts the same.
const AT_ONCE: usize = 3;

/// What the questions are made of.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// Codes, places and consent.
    pub country: &'a Country,
    /// Who may be named.
    pub registry: &'a Registry,
    /// The language they are asked in.
    pub language: Language,
}

/// How a door asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// How many groups of people, named institutions and stages of a journey there is room for; a script adds more.
    pub rooms: usize,
    /// Whether files can be chosen.
    pub files: bool,
    /// Whether a script looks through the labels, fills lists of names and keeps apart what contradicts itself.
    pub searched: bool,
}

/// All topics; shown as text they are the form's content.
#[derive(Debug, Clone, Template)]
#[template(path = "questions/all.html")]
pub struct Questions {
    topics: Vec<Topic>,
    now: Vec<Now>,
    says: Says,
}

/// Who can be named, as the entries of a list. The long form brings them from another page once it is used.
#[derive(Debug, Clone, Template)]
#[template(path = "questions/groups.html")]
pub(super) struct Institutions {
    groups: Vec<Group>,
}

impl Institutions {
    pub(super) fn new(ground: Ground<'_>) -> Self {
        Self { groups: people::institutions(&Asking::new(ground)) }
    }
}

/// What helps at once after acts of some categories.
#[derive(Debug, Clone)]
pub struct Now {
    /// What to do, and until when.
    pub sentence: String,
    /// Whom to call for it.
    pub calls: Vec<Call>,
    categories: String,
}

/// Somebody to call.
#[derive(Debug, Clone)]
pub struct Call {
    /// Who answers.
    pub name: String,
    /// The number as it is dialled.
    pub number: String,
}

/// The words every question shares.
#[derive(Debug, Clone)]
struct Says {
    unknown: String,
    refused: String,
    skip: String,
    search: String,
    now: String,
    countries: String,
    /// That nobody is rescued by this, whom else to call, and what the way to the numbers is called.
    call: Option<[String; 3]>,
}

/// Topics that can be drawn, each with its picture. Nothing is drawn of what was done, or of who did it.
const PICTURES: [(&str, &str); 12] = [
    ("when", "when"),
    ("place", "place"),
    ("people", "age"),
    ("needs", "needs"),
    ("words", "words"),
    ("contact", "contact"),
    ("consent", "consent"),
    ("child-safe", "safe"),
    ("child-age", "age"),
    ("child-place", "place"),
    ("child-needs", "needs"),
    ("child-words", "words"),
];

/// One topic: a page of its own where a script steps them.
#[derive(Debug, Clone)]
struct Topic {
    id: &'static str,
    title: String,
    why: String,
    note: Option<String>,
    questions: Vec<Question>,
    rooms: Vec<Room>,
    after: Option<String>,
    picture: Option<String>,
}

/// Room for one of several: a group of people, a stage of a journey, the details of one thing that was ticked.
#[derive(Debug, Clone)]
struct Room {
    list: &'static str,
    /// Whether it is for the details of each entry ticked in the list; without script for all of them together.
    is_for_each: bool,
    title: String,
    questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone)]
struct Question {
    id: String,
    field: String,
    label: String,
    hint: Option<String>,
    kind: Kind,
    declinable: bool,
    searched: bool,
}

/// How a question is answered.
#[derive(Debug, Clone)]
enum Kind {
    One(Vec<Choice>),
    Many(Vec<Group>),
    List(Vec<Group>),
    Line(Option<&'static str>),
    Text,
    Count,
    Day,
    Files,
}

/// Choices under a heading.
#[derive(Debug, Clone)]
struct Group {
    code: String,
    title: Option<String>,
    choices: Vec<Choice>,
}

/// One choice.
#[derive(Debug, Clone)]
struct Choice {
    code: String,
    text: String,
    /// What cannot be meant together with it: field, or field and value.
    apart: Option<String>,
}

impl Choice {
    fn new(code: &(impl ToString + ?Sized), text: impl Into<String>) -> Self {
        Self { code: code.to_string(), text: text.into(), apart: None }
    }
}

impl Questions {
    /// All questions.
    pub fn new(ground: Ground<'_>, manner: Manner) -> Self {
        let asking = Asking { searched: manner.searched, ..Asking::new(ground) };
        let mut topics = vec![event::danger(&asking), speaking::speaker(&asking), event::when(&asking)];
        topics.push(event::place(&asking, manner.rooms));
        topics.extend(acts::topics(&asking));
        topics.push(people::accused(&asking, manner.rooms));
        topics.push(people::people(&asking, manner.rooms));
        topics.extend([people::harm(&asking), people::needs(&asking), people::ground(&asking)]);
        topics.extend([speaking::words(&asking, manner.files), speaking::contact(&asking), consent::consent(&asking)]);
        Self { topics, now: acts::now(&asking), says: Says::new(&asking) }
    }

    /// The child's version.
    pub fn for_child(ground: Ground<'_>) -> Self {
        let asking = Asking::new(ground);
        Self { topics: child::topics(&asking), now: Vec::new(), says: Says::new(&asking) }
    }

    /// With pictures out of the built code; a page loads each when its topic is looked at.
    #[must_use]
    pub fn pictured(mut self, assets: &web::Assets) -> Self {
        for topic in &mut self.topics {
            let found = PICTURES.iter().find(|(id, _)| *id == topic.id);
            topic.picture = found.map(|(_, picture)| assets.address(&format!("picture-{picture}.svg")));
        }
        self
    }

    /// For people who live here: what somebody who saw it can know, and nothing that only the person concerned does.
    pub fn for_resident(ground: Ground<'_>, manner: Manner) -> Self {
        let asking = Asking { searched: manner.searched, ..Asking::new(ground) };
        Self { topics: witness::topics(&asking, manner), now: acts::now(&asking), says: Says::new(&asking) }
    }

    /// For another adult of a group whose event was told already: their own words, how to reach them, what they agree to.
    pub fn for_another(ground: Ground<'_>) -> Self {
        let asking = Asking::new(ground);
        let consent = asking.retold("own-consent", consent::consent(&asking));
        let topics = vec![speaking::own_words(&asking), speaking::contact(&asking), consent];
        Self { topics, now: Vec::new(), says: Says::new(&asking) }
    }

    /// Takes what helps at once out of the questions, for a door without script, which shows it elsewhere.
    pub fn take_now(&mut self) -> Vec<Now> {
        std::mem::take(&mut self.now)
    }

    /// The topics' ids and titles, in their order.
    pub fn topics(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.topics.iter().map(|topic| (topic.id, topic.title.as_str()))
    }

    /// Every field's name with the sentence it is asked by: what a door writes under an answer that has no code.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let asked = self.topics.iter().flat_map(Topic::all);
        asked.map(|question| (question.field.as_str(), question.label.as_str()))
    }
}

impl Says {
    fn new(asking: &Asking<'_>) -> Self {
        let countries = report::origin::countries().filter(|_| asking.searched);
        Self {
            unknown: asking.say("page-unknown"),
            refused: asking.say("page-refused"),
            skip: asking.say("page-skip-question"),
            search: asking.say("page-search"),
            now: asking.say("page-now-title"),
            countries: countries.map(|(two, _)| two).collect::<Vec<_>>().join(" "),
            // The door without script has the numbers on the same page.
            call: asking
                .searched
                .then(|| ["page-start-no-rescue", "page-start-danger", "form-next-help"].map(|key| asking.say(key))),
        }
    }
}

impl Now {
    /// What suits these acts, at most three sentences.
    pub fn first(all: &[Self], acts: &[&str]) -> Vec<Self> {
        all.iter().filter(|now| now.suits(acts)).take(AT_ONCE).cloned().collect()
    }

    /// An act's code begins with its category.
    fn suits(&self, acts: &[&str]) -> bool {
        let mut categories = self.categories.split(' ');
        categories.any(|own| acts.iter().any(|act| act.split_once('-').is_some_and(|(category, _)| category == own)))
    }
}

impl Topic {
    fn all(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().chain(self.rooms.iter().flat_map(|room| &room.questions))
    }
}

impl Room {
    /// Whether there are several of its kind.
    fn is_numbered(&self, topic: &Topic) -> bool {
        topic.rooms.iter().filter(|other| other.list == self.list && !other.is_for_each).count() > 1
    }
}

impl<'a> Ground<'a> {
    fn labels(&self) -> Labels<'a> {
        Labels::new(self.country, self.language)
    }
}
