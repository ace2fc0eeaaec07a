//! `/{language}/plain/receipt`: digits to status; adds, changes consent, withdraws, takes that back.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use report::help::HelpKind;
use report::{ConsentRow, Facets, PartKind, PartName};
use store::Thread;
use testimony::Narrative;
use vault::{Act, NotAReceipt, ReceiptDigits, Stretched};
use web::{Code, Problem};
use words::Language;
use zeroize::Zeroizing;

use crate::form::{Number, numbers};
use crate::frame::{Visit, answer};
use crate::fresh::Fresh;
use crate::lists::Line;
use crate::sealing::{Wish, said};
use crate::state::Plain;
use crate::status;
use crate::typed::{File, Sent, Typed};

/// Ticked, it holds a report for its digits alone.
const HOLD: &str = "hold";

/// One plain choice.
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "receipt.html")]
struct ReceiptPage {
    frame: intake::Frame,
    fault: Option<String>,
    typed: String,
}

#[derive(Template)]
#[template(path = "thread.html")]
struct ThreadPage {
    frame: intake::Frame,
    standing: String,
    note: Option<String>,
    fault: Option<String>,
    answers: usize,
    answers_wait: String,
    told: Vec<String>,
    /// When somebody reads, where it waits for that.
    hours: Option<String>,
    emergency: Vec<Number>,
    readers: Vec<Line>,
    withdrawn: bool,
    digits: String,
    after: String,
    message: String,
    choices: Vec<Choice>,
}

pub(crate) async fn ask(State(plain): State<Plain>, visit: Visit) -> Result<Response, Problem> {
    plain.packed(plain.ask((visit.language, StatusCode::OK), None, ""), &visit.headers).await
}

pub(crate) async fn act(State(plain): State<Plain>, visit: Visit, typed: Sent) -> Result<Response, Problem> {
    let outcome = match typed {
        Ok(typed) => Box::pin(plain.act(visit.language, typed)).await,
        Err(problem) => Err(problem),
    };
    // Sent again it does the same once: `after` says how much was done before.
    plain.packed(plain.unless_busy(outcome, &visit, "plain/receipt"), &visit.headers).await
}

/// What became of a wish.
enum Done {
    /// Nothing was asked for.
    Nothing,
    /// A sentence says it.
    Note(&'static str),
    /// What was typed does not read.
    Fault(&'static str),
}

impl Plain {
    /// Digits to status, and what was wished for.
    async fn act(&self, language: Language, typed: Typed) -> Result<Response, Problem> {
        let text = Zeroizing::new(typed.one("digits").unwrap_or_default().to_owned());
        let digits = match ReceiptDigits::parse(&text) {
            Ok(digits) => digits,
            // Mistyped digits open nothing, like unknown ones: the same work, the same page.
            Err(NotAReceipt::Mistyped) => Fresh::draw(&mut { self.intake().instruments().chance }).digits(),
            Err(fault) => {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return self.ask((language, status), Some(&format!("plain-fault-{}", fault.code())), &text);
            }
        };
        let shown = digits.groups();
        let receipt = self.stretch(digits).await?;
        let lookup = receipt.lookup_hash();
        let Some(thread) = self.intake().thread(&lookup).await? else {
            return self.ask((language, StatusCode::NOT_FOUND), Some("plain-fault-receipt-nothing"), &text);
        };
        let after = said(&thread).to_string();
        let is_next = typed.has("after", &after);
        let done = match typed.one("do") {
            None => Done::Nothing,
            Some(_) if !is_next => Done::Note("plain-done-before"),
            Some(wish) => Box::pin(self.do_as(wish.to_owned(), &typed, (thread, receipt))).await?,
        };
        let thread = self.intake().thread(&lookup).await?.ok_or(Code::NotFound)?;
        self.thread_page(language, (&thread, &shown), (done, &typed))
    }

    fn ask(
        &self,
        (language, status): (Language, StatusCode),
        fault: Option<&str>,
        typed: &str,
    ) -> Result<Response, Problem> {
        let frame = self.frame(language, "plain-receipt-title", "plain/receipt");
        let fault = fault.map(|key| frame.say(key));
        answer(&ReceiptPage { frame, fault, typed: typed.to_owned() }, (status, language))
    }

    async fn do_as(&self, wish: String, typed: &Typed, who: (Thread, Stretched)) -> Result<Done, Problem> {
        let facets = who.0.facets.clone();
        let bare = |act| Wish { act, parts: Vec::new(), files: Vec::new(), first_file: 1 };
        let (facets, wish, note) = match wish.as_str() {
            "withdraw" => (facets, bare(Act::Withdraw), "plain-done-withdrawn"),
            "undo" => (facets, bare(Act::Undo), "plain-done-undone"),
            "add" => match addition(typed, &who.0) {
                Ok(wish) => (facets, wish, "plain-done-added"),
                Err(code) => return Ok(Done::Fault(code)),
            },
            "consent" => match self.consented(typed, &facets) {
                Some(facets) => (facets, bare(Act::Consent), "plain-done-consent"),
                None => return Ok(Done::Fault("plain-fault-consent-elsewhere")),
            },
            _ => return Ok(Done::Nothing),
        };
        let directory = self.intake().directories().newest().clone();
        let plan = self.ground(&directory).draw(facets);
        Box::pin(self.state(who, plan, wish)).await?;
        Ok(Done::Note(note))
    }

    /// The facets with the plain choices ticked now. Keeping, being counted and what was chosen in detail stay as they were; none
    /// where that needs the sealed coding.
    fn consented(&self, typed: &Typed, facets: &Facets) -> Option<Facets> {
        // Nobody has keys of a report that was held: only who can open it can hand them out.
        if facets.consent().is_empty() {
            return None;
        }
        let rules = self.intake().country().consent();
        let same =
            |one: &ConsentRow, row: &ConsentRow| one.purpose == row.purpose && one.recipient_kind == row.recipient_kind;
        let plainly =
            |row: &ConsentRow| rules.choices().iter().flat_map(|choice| &choice.rows).any(|one| same(one, row));
        let others = facets.consent().iter().filter(|row| !plainly(row)).cloned();
        let chosen = rules.choices().iter().filter(|choice| typed.has("consent", choice.code.as_str()));
        let rows = chosen.flat_map(|choice| choice.rows.clone()).chain(others);
        let rows: Vec<ConsentRow> = if typed.has("consent", HOLD) { Vec::new() } else { rows.collect() };
        facets.with_consent(rows, self.intake().country()).ok()
    }

    /// The plain choices, those in force ticked. One that takes the name needs a key this server cannot open.
    fn choices(&self, thread: &Thread, language: Language) -> Vec<Choice> {
        let (says, consent) = (self.says(language), thread.facets.consent());
        let holds = |row: &ConsentRow| {
            consent.iter().any(|held| {
                held.purpose == row.purpose
                    && held.recipient_kind == row.recipient_kind
                    && row.parts.iter().all(|part| held.parts.contains(part))
            })
        };
        let all = says.country.consent().choices().iter().filter(|choice| !choice.rows.is_empty());
        let offered = all.filter(|choice| choice.rows.iter().all(holds) || !choice.rows.iter().any(names));
        let choice = |code: &str, label, chosen| Choice { value: code.to_owned(), label, chosen };
        let mut choices: Vec<Choice> = offered
            .map(|one| choice(one.code.as_str(), says.term("choice", one.code.as_str()), one.rows.iter().all(holds)))
            .collect();
        choices.push(choice(HOLD, says.say("plain-consent-hold"), consent.is_empty()));
        choices
    }

    fn thread_page(
        &self,
        language: Language,
        (thread, digits): (&Thread, &str),
        (done, typed): (Done, &Typed),
    ) -> Result<Response, Problem> {
        let says = self.says(language);
        let (note, fault) = match done {
            Done::Nothing => (None, None),
            Done::Note(key) => (Some(says.say(key)), None),
            Done::Fault(key) => (None, Some(says.say(key))),
        };
        let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let answers = status::answers(thread);
        let clock = (self.intake().today(), self.intake().country().triage());
        let message = typed.one("message").filter(|_| fault.is_some()).unwrap_or_default().to_owned();
        let page = ThreadPage {
            frame: self.frame(language, "plain-receipt-title", "plain/receipt"),
            standing: says.say(status::standing(thread)),
            note,
            fault,
            answers,
            answers_wait: says.say_of("plain-answers-wait", "count", &answers.to_string()),
            told: status::told(thread, says).into_iter().chain(status::paused(thread, clock, says)).collect(),
            hours: status::is_to_be_read(thread).then(|| self.hours(says)),
            emergency: numbers(says, HelpKind::Emergency),
            readers: status::readers(thread, says),
            withdrawn: thread.withdrawn.is_some(),
            digits: digits.to_owned(),
            after: said(thread).to_string(),
            message,
            choices: self.choices(thread, language),
        };
        answer(&page, (status, language))
    }
}

/// Whether a row lets somebody know who the person is.
fn names(row: &ConsentRow) -> bool {
    row.parts.contains(&PartKind::Identity)
}

/// A message and files after the first statement, under the next free names.
fn addition(typed: &Typed, thread: &Thread) -> Result<Wish, &'static str> {
    let next = |kind| {
        let numbers = thread.parts.iter().map(|part| part.name).filter(|name| name.kind() == kind);
        numbers.filter_map(PartName::number).max().unwrap_or(0).saturating_add(1)
    };
    let mut parts = Vec::new();
    if let Some(text) = typed.one("message") {
        let words = Narrative::try_from(text.to_owned()).map_err(|_| "plain-fault-message")?;
        let name = PartName::numbered(PartKind::Message, next(PartKind::Message)).map_err(|_| "plain-fault-message")?;
        parts.push((name, Zeroizing::new(words.words().as_bytes().to_vec())));
    }
    if !typed.files_fit() {
        return Err("plain-fault-files-too-large");
    }
    let files = typed.files.iter().map(File::again).collect::<Vec<_>>();
    if parts.is_empty() && files.is_empty() {
        return Err("plain-fault-nothing-added");
    }
    Ok(Wish { act: Act::Add, parts, files, first_file: next(PartKind::Evidence) })
}
