//! The page with the questions.

use askama::Template;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use intake::{Now, Questions, Wait};
use report::help::HelpKind;
use web::{Code, Problem};
use words::Language;

use crate::fill::fill;
use crate::frame::{Says, Visit, answer};
use crate::fresh::Fresh;
use crate::lists::Lists;
use crate::reading::{CONTRADICT, Fault};
use crate::state::Plain;
use crate::typed::Typed;

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
    busy: Option<String>,
    ticket: Option<String>,
    now: Vec<Now>,
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
    pub(crate) busy: Option<Busy>,
    pub(crate) had_files: bool,
}

/// Why a page that reads was not filed now. Everything typed stands in the page that says so.
pub(crate) enum Busy {
    /// Too many came this hour: it is let in when it has waited.
    Wait(Wait),
    /// Every place is taken at this moment.
    Full,
}

/// Seconds after which a place may be free again.
const MOMENT: i64 = 5;

impl Busy {
    fn status(&self) -> StatusCode {
        match self {
            Self::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Full => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn ticket(self) -> Option<String> {
        match self {
            Self::Wait(wait) => Some(wait.ticket),
            Self::Full => None,
        }
    }

    fn seconds(&self) -> i64 {
        match self {
            Self::Wait(wait) => wait.seconds,
            Self::Full => MOMENT,
        }
    }
}

/// Where a page could not even be read, or its answer must be made anew: the browser has what was typed, and sends it again when the
/// page is loaded again.
#[derive(Template)]
#[template(path = "again.html")]
struct AgainPage {
    frame: intake::Frame,
}

impl Plain {
    /// The page with the questions, everything typed kept in it.
    pub(crate) fn form(
        &self,
        language: Language,
        (typed, fresh): (&Typed, &Fresh),
        shown: Shown,
    ) -> Result<Response, Problem> {
        let says = self.says(language);
        let asked = self.asked(language)?;
        let now = Now::first(&asked.now, &typed.all("acts").collect::<Vec<_>>());
        let is_blank = typed.weight() == 0 && shown.faults.is_empty();
        let questions = if is_blank { asked.blank.clone() } else { fill(&asked.markup, typed, &shown.faults) };
        let faulty = if shown.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let status = shown.busy.as_ref().map_or(faulty, Busy::status);
        let seconds = shown.busy.as_ref().map(Busy::seconds);
        let page = FormPage {
            frame: self.frame(language, "plain-title", "plain"),
            page: fresh.write().to_string(),
            faults: told(&shown.faults, &asked.questions, says),
            lists: shown.lists,
            busy: seconds.map(|seconds| says.say_of("plain-busy-stay", "seconds", &seconds.to_string())),
            ticket: shown.busy.and_then(Busy::ticket),
            now,
            had_files: shown.had_files,
            who_runs: self.who_runs(says),
            hours: self.hours(says),
            emergency: numbers(says, HelpKind::Emergency),
            questions,
            agreed: typed.has("agree", "yes"),
        };
        Ok(later(answer(&page, (status, language))?, seconds))
    }

    /// The same answer; where there was no room, the page that says how to come again with everything typed.
    pub(crate) fn unless_busy(
        &self,
        outcome: Result<Response, Problem>,
        visit: &Visit,
        path: &'static str,
    ) -> Result<Response, Problem> {
        let comes_again = |problem: &Problem| matches!(problem.code(), Code::Busy | Code::BodyTooSlow);
        if !outcome.as_ref().err().is_some_and(comes_again) {
            return outcome;
        }
        let page = AgainPage { frame: self.frame(visit.language, "plain-title", path) };
        let asked = (StatusCode::SERVICE_UNAVAILABLE, visit.language);
        Ok(later(answer(&page, asked)?, Some(MOMENT)))
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
        let days: Vec<String> = desk.days.iter().map(|day| says.say(&format!("date-weekday-{day}"))).collect();
        let name = says.institution(&desk.institution);
        let [opens, closes] = [&desk.opens, &desk.closes].map(|time| words::numerals(says.language, time));
        let told = [
            ("institution", name.as_str()),
            ("days", &days.join(says.language.comma())),
            ("opens", &opens),
            ("closes", &closes),
        ];
        words::page_text(says.language, "plain-hours", &told)
    }
}

/// The same answer, saying after how many seconds to come again.
fn later(mut response: Response, seconds: Option<i64>) -> Response {
    if let Some(seconds) = seconds {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn told(faults: &[Fault], questions: &Questions, says: Says<'_>) -> Vec<Told> {
    let each = |fault: &Fault| {
        let mut asked = questions.fields().filter(|(name, _)| *name == fault.field);
        // The choice beside the contact has the field's name too; what contradicts stands with the others, below it.
        let asked = if fault.code == CONTRADICT { asked.last() } else { asked.next() };
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
