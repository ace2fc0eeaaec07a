//! The page with the questions.

use askama::Template;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use intake::{Ground, Manner, Questions};
use report::help::HelpKind;
use web::{Code, Problem};
use words::Language;

use crate::fill::fill;
use crate::frame::{Says, answer};
use crate::fresh::Fresh;
use crate::lists::Lists;
use crate::reading::Fault;
use crate::state::Plain;
use crate::typed::Typed;

/// Rooms for groups of people, named institutions and stages of a journey.
const ROOMS: usize = 1;

/// A line of help.
pub(crate) struct Number {
    pub(crate) name: String,
    pub(crate) number: String,
}

/// A field that does not read, as the summary names it.
struct Told {
    name: String,
    label: String,
    why: String,
}

#[derive(Template)]
#[template(path = "form.html")]
struct FormPage {
    frame: intake::Frame,
    page: String,
    faults: Vec<Told>,
    lists: Option<Lists>,
    now: Vec<String>,
    had_files: bool,
    who_runs: String,
    hours: String,
    emergency: Vec<Number>,
    questions: String,
    agreed: bool,
}

/// What a form page shows besides the questions.
#[derive(Default)]
pub(crate) struct Shown {
    pub(crate) faults: Vec<Fault>,
    pub(crate) lists: Option<Lists>,
}

impl Plain {
    /// The page with the questions, everything typed kept in it.
    pub(crate) fn form(
        &self,
        language: Language,
        (typed, fresh): (&Typed, &Fresh),
        shown: Shown,
        asked: &HeaderMap,
    ) -> Result<Response, Problem> {
        let says = self.says(language);
        let mut questions = self.questions(language);
        let now = questions.take_now(&typed.all("acts").collect::<Vec<_>>());
        let markup = questions.render().map_err(|error| Problem::new(Code::Internal).because(error))?;
        let status = if shown.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let page = FormPage {
            frame: self.frame(language, "plain-title", "plain"),
            page: fresh.write().to_string(),
            faults: told(&shown.faults, &questions, says),
            lists: shown.lists,
            now,
            had_files: !typed.files.is_empty(),
            who_runs: self.who_runs(says),
            hours: self.hours(says),
            emergency: numbers(says, HelpKind::Emergency),
            questions: fill(&markup, typed, &shown.faults),
            agreed: typed.has("agree", "yes"),
        };
        answer(&page, (status, language), asked)
    }

    /// The questions both doors ask.
    pub(crate) fn questions(&self, language: Language) -> Questions {
        let ground = Ground { country: self.intake().country(), registry: self.intake().registry(), language };
        Questions::new(ground, Manner { rooms: ROOMS, files: true, searched: false })
    }

    /// Who operates and who hosts this server, by name.
    fn who_runs(&self, says: Says<'_>) -> String {
        let [operator, host] = self.intake().registry().keepers();
        let (operator, host) = (says.institution(operator), says.institution(host));
        words::page_text(says.language, "plain-before-who", &[("operator", &operator), ("host", &host)])
    }

    /// When somebody reads: the hours of the country's lead.
    pub(crate) fn hours(&self, says: Says<'_>) -> String {
        let registry = self.intake().registry();
        let posts = registry.leads().around(self.intake().country().code());
        let desk = posts.into_iter().flat_map(|posts| &posts.lead).find_map(|lead| registry.desk(lead));
        let Some(desk) = desk else { return says.say("plain-hours-unknown") };
        let days: Vec<String> = desk.days.iter().map(|day| says.say(&format!("plain-day-{day}"))).collect();
        let name = says.institution(&desk.institution);
        let told = [
            ("institution", name.as_str()),
            ("days", &days.join(", ")),
            ("opens", &desk.opens),
            ("closes", &desk.closes),
        ];
        words::page_text(says.language, "plain-hours", &told)
    }
}

fn told(faults: &[Fault], questions: &Questions, says: Says<'_>) -> Vec<Told> {
    let each = |fault: &Fault| {
        let asked = questions.fields().find(|(name, _)| *name == fault.field);
        let label = asked.map_or_else(|| says.say("plain-agree"), |(_, label)| label.to_owned());
        let why = says.say(&format!("plain-fault-{}", fault.code));
        Told { name: fault.field.clone(), label, why }
    };
    faults.iter().map(each).collect()
}

/// The lines of help that have a number.
pub(crate) fn numbers(says: Says<'_>, kind: HelpKind) -> Vec<Number> {
    let lines = says.country.help().at(says.country.code().as_str(), says.country.territories());
    let numbered = lines.filter(|line| line.kind == kind);
    let named = numbered.filter_map(|line| {
        let number = line.number.clone()?;
        Some(Number { name: says.term("help", line.code.as_str()), number })
    });
    named.collect()
}
