//! Puts questions together from the catalogue's sentences and the country's codes.

use words::page_text;

use super::{Choice, Ground, Group, Kind, Question, Room, Topic};

/// Asks in one language about one country.
pub(super) struct Asking<'a> {
    pub(super) ground: Ground<'a>,
    /// Whether a script looks through the labels, by everyday words too.
    pub(super) searched: bool,
}

impl<'a> Asking<'a> {
    pub(super) fn new(ground: Ground<'a>) -> Self {
        Self { ground, searched: true }
    }

    pub(super) fn say(&self, key: &str) -> String {
        page_text(self.ground.language.written(), key, &[])
    }

    /// What a code of a list is called.
    pub(super) fn name(&self, list: &str, code: &str) -> String {
        web::label(self.ground.country, self.ground.language.written(), (list, code))
    }

    /// A sentence that need not exist.
    pub(super) fn perhaps(&self, key: &str) -> Option<String> {
        words::known(key).then(|| self.say(key))
    }

    /// A topic with its title, what comes and who sees it, and a warning where there is one.
    pub(super) fn topic(&self, id: &'static str, questions: Vec<Question>) -> Topic {
        Topic {
            id,
            title: self.say(&format!("page-topic-{id}-title")),
            why: self.say(&format!("page-topic-{id}-why")),
            note: self.perhaps(&format!("page-topic-{id}-note")),
            questions,
            rooms: Vec::new(),
            after: self.perhaps(&format!("page-topic-{id}-after")),
            picture: None,
        }
    }

    /// The questions of a topic in the words of another.
    pub(super) fn retold(&self, id: &'static str, topic: Topic) -> Topic {
        self.topic(id, topic.questions)
    }

    /// A question by the key of its sentence.
    pub(super) fn ask(&self, (field, key): (impl Into<String>, &str), kind: Kind) -> Question {
        let label = self.say(&format!("page-ask-{key}"));
        let hint = self.perhaps(&format!("page-hint-{key}"));
        let field = field.into();
        Question { id: field.replace('.', "-"), field, label, hint, kind, declinable: true, searched: false }
    }

    /// The same for an answer that is a whole list of the taxonomy.
    pub(super) fn ask_list(
        &self,
        name: (impl Into<String>, &str),
        list: &str,
        kind: fn(Vec<Choice>) -> Kind,
    ) -> Question {
        self.ask(name, kind(self.list(list)))
    }

    /// The entries of a list, without those that only say that nothing is known: every question has that anyway.
    pub(super) fn list(&self, list: &str) -> Vec<Choice> {
        let labels = self.ground.labels();
        let terms = self.ground.country.taxonomy().list(list).iter();
        let terms = terms.filter(|term| term.validity.to.is_none() && !says_nothing(term.code.as_str()));
        terms.map(|term| Choice::new(&term.code, labels.term(list, term.code.as_str()))).collect()
    }

    /// Choices by the keys of their sentences.
    pub(super) fn choices<const N: usize>(&self, choices: [(&str, &str); N]) -> Vec<Choice> {
        choices.map(|(code, key)| Choice::new(code, self.say(&format!("page-choice-{key}")))).into()
    }

    /// Yes or no.
    pub(super) fn yes_or_no(&self) -> Kind {
        Kind::One(self.choices([("yes", "yes"), ("no", "no")]))
    }

    /// Rooms for several of a kind, their fields counted from 0.
    pub(super) fn rooms(&self, list: &'static str, count: usize, ask: impl Fn(&str) -> Vec<Question>) -> Vec<Room> {
        let title = self.say(&format!("page-room-{}", list.replace('.', "-")));
        let room = |place| {
            let questions = ask(&format!("{list}.{place}"));
            Room { list, is_for_each: false, title: title.clone(), questions }
        };
        (0..count).map(room).collect()
    }

    /// Room for the details of each entry that is ticked in a list.
    pub(super) fn each(&self, list: &'static str, questions: Vec<Question>) -> Room {
        Room { list, is_for_each: true, title: self.say("page-room-each"), questions }
    }
}

/// Codes such as `G-UNK` and `P-UNK`: "don't know" is one and the same choice everywhere.
fn says_nothing(code: &str) -> bool {
    code.ends_with("-UNK") || code.ends_with("-ND")
}

/// One group without a heading.
pub(super) fn plainly(choices: Vec<Choice>) -> Vec<Group> {
    vec![Group { code: String::new(), title: None, choices }]
}

pub(super) fn many(choices: Vec<Choice>) -> Kind {
    Kind::Many(plainly(choices))
}

pub(super) fn list(choices: Vec<Choice>) -> Kind {
    Kind::List(plainly(choices))
}
