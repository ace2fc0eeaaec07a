//! The questions of the page, with what was typed kept in them.

use report::Code;
use words::Language;

use crate::frame::Says;
use crate::paths::{GROUPS, REFUSED, UNKNOWN};
use crate::reading::{Fault, HOLD};
use crate::typed::Typed;

/// Questions of one topic.
pub(crate) struct Section {
    pub(crate) topic: &'static str,
    pub(crate) heading: String,
    pub(crate) note: Option<String>,
    pub(crate) questions: Vec<Question>,
}

/// One question.
pub(crate) struct Question {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) fault: Option<String>,
    pub(crate) shape: Shape,
}

/// How it is answered.
pub(crate) enum Shape {
    /// One of a list.
    Pick(Vec<Choice>),
    /// Any of several lists.
    Tick(Vec<Group>),
    /// A line of this kind (`text` or `date`).
    Line { kind: &'static str, value: String, unanswered: Vec<Choice> },
    /// Lines of text.
    Words { value: String, unanswered: Vec<Choice> },
    /// Files.
    Files,
}

/// Choices that stand together.
pub(crate) struct Group {
    pub(crate) label: Option<String>,
    pub(crate) open: bool,
    pub(crate) choices: Vec<Choice>,
}

/// One answer.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// What the questions are drawn from.
pub(crate) struct Asking<'a> {
    pub(crate) says: Says<'a>,
    pub(crate) typed: &'a Typed,
    pub(crate) faults: &'a [Fault],
}

impl Asking<'_> {
    /// All questions, in their order: needs before violence, and who one is last.
    pub(crate) fn sections(&self) -> Vec<Section> {
        let sections = [
            self.section("safety", vec![self.pick("still_in_danger", "danger"), self.tick("needs", "need")]),
            self.section("acts", vec![self.acts(), self.tick("harm", "harm")]),
            self.section(
                "where",
                vec![self.area(), self.pick("event.place_kind", "place_kind"), self.words("account.place")],
            ),
            self.section(
                "when",
                vec![
                    self.line("event.from", "date"),
                    self.line("event.to", "date"),
                    self.pick("event.precision", "date_precision"),
                    self.words("account.when"),
                ],
            ),
            self.section("who", vec![self.tick("accused", "perpetrator_kind")]),
        ];
        let people = (0..GROUPS).map(|number| self.people(number));
        let last = [
            self.section("words", vec![self.words("account.narrative"), self.files()]),
            self.section(
                "you",
                vec![
                    self.language(),
                    self.pick("source_kind", "source_kind"),
                    self.line("identity.name", "text"),
                    self.words("identity.contact"),
                ],
            ),
            self.section("consent", vec![self.consent(), self.yes_no("statistics")]),
        ];
        sections.into_iter().chain(people).chain(last).collect()
    }

    fn section(&self, topic: &'static str, questions: Vec<Question>) -> Section {
        let heading = self.says.say(&format!("plain-topic-{topic}"));
        let note = self.says.say(&format!("plain-note-{topic}"));
        Section { topic, heading, note: Some(note), questions }
    }

    /// A group of people; the later ones are for who tells of several.
    fn people(&self, number: usize) -> Section {
        let field = |name: &str| format!("people.{number}.{name}");
        let questions = vec![
            self.line(&field("count"), "text"),
            self.pick(&field("age_band"), "age_band"),
            self.pick(&field("gender"), "gender"),
            self.line(&field("origin"), "text"),
            self.tick(&field("vulnerability"), "vulnerability"),
        ];
        let heading = self.says.say_of("plain-topic-people", "number", &(number + 1).to_string());
        let note = (number == 0).then(|| self.says.say("plain-note-people"));
        Section { topic: "people", heading, note, questions }
    }

    fn question(&self, name: &str, shape: Shape) -> Question {
        // Groups ask the same questions: the number is no part of the sentence's key.
        let key: String = name
            .chars()
            .filter(|letter| !letter.is_ascii_digit())
            .collect::<String>()
            .replace("..", ".")
            .replace(['.', '_'], "-");
        let fault = self.faults.iter().find(|fault| fault.field == name);
        let fault = fault.map(|fault| self.says.say(&format!("plain-fault-{}", fault.code)));
        Question { name: name.to_owned(), label: self.says.say(&format!("plain-ask-{key}")), fault, shape }
    }

    fn choice(&self, name: &str, value: &str, label: String) -> Choice {
        Choice { value: value.to_owned(), label, chosen: self.typed.has(name, value) }
    }

    /// "Don't know" and "rather not say".
    fn unanswered(&self, name: &str) -> Vec<Choice> {
        let words = [(UNKNOWN, "plain-unknown"), (REFUSED, "plain-refused")];
        words.iter().map(|(value, key)| self.choice(name, value, self.says.say(key))).collect()
    }

    /// The entries of a list that are in use.
    fn listed(&self, name: &str, list: &str) -> Vec<Choice> {
        let terms = self.says.country.taxonomy().list(list).iter().filter(|term| term.validity.to.is_none());
        terms.map(|term| self.choice(name, term.code.as_str(), self.says.term(list, term.code.as_str()))).collect()
    }

    fn pick(&self, name: &str, list: &str) -> Question {
        let choices = self.listed(name, list).into_iter().chain(self.unanswered(name)).collect();
        self.question(name, Shape::Pick(choices))
    }

    fn tick(&self, name: &str, list: &str) -> Question {
        let choices = self.listed(name, list).into_iter().chain(self.unanswered(name)).collect();
        self.question(name, Shape::Tick(vec![Group { label: None, open: true, choices }]))
    }

    /// Acts, by category; a category is folded until one of its acts was chosen.
    fn acts(&self) -> Question {
        let taxonomy = self.says.country.taxonomy();
        let group = |code: &Code| {
            let acts = taxonomy.acts().filter(|act| act.category == *code && act.validity.to.is_none());
            let choices: Vec<Choice> =
                acts.map(|act| self.choice("acts", act.code.as_str(), self.says.anything(act.code.as_str()))).collect();
            let open = choices.iter().any(|choice| choice.chosen);
            Group { label: Some(self.says.term("category", code.as_str())), open, choices }
        };
        let groups = taxonomy.categories().iter().map(|category| group(&category.code));
        let last = Group { label: None, open: true, choices: self.unanswered("acts") };
        self.question("acts", Shape::Tick(groups.chain([last]).filter(|group| !group.choices.is_empty()).collect()))
    }

    /// The country, its districts and municipalities by name, the neighbours, and what is not known.
    fn area(&self) -> Question {
        let name = "event.area";
        let places = self.says.country.territories().all().filter(|area| area.tier == 0 || area.tier >= 2);
        let mut choices: Vec<Choice> = places
            .map(|area| self.choice(name, area.code.as_str(), self.says.term("area", area.code.as_str())))
            .collect();
        choices.sort_by(|one, other| one.label.cmp(&other.label));
        choices.push(self.choice(name, "outside", self.says.say("plain-area-outside")));
        choices.extend(self.unanswered(name));
        self.question(name, Shape::Pick(choices))
    }

    fn line(&self, name: &str, kind: &'static str) -> Question {
        self.question(name, Shape::Line { kind, value: self.text(name), unanswered: self.unanswered(name) })
    }

    fn words(&self, name: &str) -> Question {
        self.question(name, Shape::Words { value: self.text(name), unanswered: self.unanswered(name) })
    }

    /// What was typed into a field, not what was ticked beside it.
    fn text(&self, name: &str) -> String {
        let typed = self.typed.all(name).find(|value| *value != UNKNOWN && *value != REFUSED);
        typed.unwrap_or_default().to_owned()
    }

    fn yes_no(&self, name: &str) -> Question {
        let mut choices = vec![
            self.choice(name, "yes", self.says.say("plain-yes")),
            self.choice(name, "no", self.says.say("plain-no")),
        ];
        choices.extend(self.unanswered(name));
        self.question(name, Shape::Pick(choices))
    }

    fn files(&self) -> Question {
        self.question("file", Shape::Files)
    }

    /// The language one wants to be answered in; the page's until another is chosen.
    fn language(&self) -> Question {
        let name = "language";
        let own = self.says.language.tag();
        let mut choices: Vec<Choice> =
            Language::ALL.iter().map(|one| self.choice(name, one.tag(), one.own_name().to_owned())).collect();
        if self.typed.one(name).is_none() {
            for choice in &mut choices {
                choice.chosen = choice.value == own;
            }
        }
        choices.extend(self.unanswered(name));
        self.question(name, Shape::Pick(choices))
    }

    fn consent(&self) -> Question {
        let name = "consent";
        let plain = self.says.country.consent().choices().iter().map(|choice| choice.code.as_str());
        let choices =
            plain.chain([HOLD]).map(|code| self.choice(name, code, self.says.say(&format!("plain-consent-{code}"))));
        self.question(name, Shape::Tick(vec![Group { label: None, open: true, choices: choices.collect() }]))
    }
}
