//! The pages: what a template needs, already in words. No rule lives here.

mod frame;
mod refer;
#[cfg(test)]
mod samples;
mod tables;

use askama::Template;
use report::Stage;

pub use frame::{Bundle, Frame, Who};
pub use refer::{PartChoice, Refer};
pub use tables::{ProtectedTable, ReleaseLine, Statistics, TableCell, TableRefusal, TableRow};

pub use crate::answering::Overdue;
pub use crate::confirming::Waiting;
use crate::countable::Countable;

/// Where a member proves possession of a key.
#[derive(Template)]
#[template(path = "sign_in.html")]
pub struct SignIn {
    /// The page's frame.
    pub frame: Frame,
    /// The deployment's name: part of what is signed.
    pub deployment: String,
}

/// One choice of a list.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// Whether it is the one in force.
    pub chosen: bool,
}

/// A day: as it is written for machines, and as the reader writes it.
#[derive(Clone, Debug)]
pub struct Date {
    /// `2026-11-20`.
    pub iso: String,
    /// The same in the reader's language.
    pub text: String,
}

/// One filter of the queue.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The query's key.
    pub name: &'static str,
    /// Key of its label.
    pub label: &'static str,
    /// Its values, "any" first.
    pub options: Vec<Choice>,
}

/// One report in the queue: what to do first, nothing graphic, no narrative.
#[derive(Clone, Debug)]
pub struct QueueLine {
    /// The report's id.
    pub report: String,
    /// Its first letters, enough to speak about it.
    pub reference: String,
    /// Why it stands where it stands, in at most eight words.
    pub why: String,
    /// `U0` … `U4`, for the style.
    pub clock: String,
    /// The clock in words.
    pub clock_text: String,
    /// Time left until it runs out.
    pub left: Option<String>,
    /// Until when an answer is due that is waited for.
    pub answer: Option<String>,
    /// Whether that day is over.
    pub is_overdue: bool,
    /// What is needed, before what happened.
    pub needs: String,
    /// Where.
    pub area: String,
    /// Categories in words.
    pub categories: String,
    /// Stage in words.
    pub stage: String,
    /// Day of filing.
    pub filed: Date,
    /// What this institution is to the report.
    pub mine: String,
}

/// The queue.
#[derive(Template)]
#[template(path = "queue.html")]
pub struct Queue {
    /// The page's frame.
    pub frame: Frame,
    /// Whether one is chosen.
    pub is_filtered: bool,
    /// Filters and sort.
    pub choices: Vec<Filter>,
    /// One page of it.
    pub lines: Vec<QueueLine>,
    /// Referrals for a vital interest that wait for a second member.
    pub waiting: Vec<Waiting>,
    /// Referrals that nobody answered in time.
    pub overdue: Vec<Overdue>,
    /// What to say about today's reading.
    pub care: Option<Care>,
    /// Address of the next page.
    pub next: Option<String>,
}

/// Where an auditor takes the log out.
#[derive(Template)]
#[template(path = "log.html")]
pub struct Log {
    /// The page's frame.
    pub frame: Frame,
}

/// One coded fact with its name.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is.
    pub name: String,
    /// Its value in words.
    pub value: String,
}

/// What is said to a member who has read much that is hard today.
#[derive(Clone, Debug)]
pub struct Care {
    /// One or two plain sentences.
    pub text: String,
    /// Whether it is time to stop for the day. Nothing is locked.
    pub is_stop: bool,
    /// Whom to talk to.
    pub contacts: Vec<Fact>,
    /// For a manager: how much each member read today.
    pub team: Vec<Fact>,
}

/// One sealed part that this institution may open.
#[derive(Clone, Debug)]
pub struct PartLine {
    /// `account`, `message/2` …
    pub name: String,
    /// `account`, `message` …
    pub kind: String,
    /// Its name in words.
    pub title: String,
    /// Who stated it.
    pub from: String,
    /// Who holds a grant of it.
    pub readers: String,
}

/// One clock of a case.
#[derive(Clone, Debug)]
pub struct ClockEntry {
    /// Whose, how long is left, what is missing.
    pub text: String,
    /// Whether it has run out.
    pub is_over: bool,
    /// The day the person was asked for what is missing.
    pub asked: Option<Date>,
    /// The question that asks for it.
    pub ask: Option<AskLine>,
}

/// A question that is ready to be sent, in the language of whoever reported.
#[derive(Clone, Debug)]
pub struct AskLine {
    /// Its words.
    pub text: String,
    /// Their language.
    pub tag: &'static str,
    /// Which way they are read.
    pub direction: &'static str,
}

/// One institution in one of the lists, with reasons.
#[derive(Clone, Debug)]
pub struct InstitutionLine {
    /// Its name.
    pub name: String,
    /// Its code, where a referral can be made.
    pub refer: Option<String>,
    /// Whether it must be asked and cannot be asked here.
    pub is_outside: bool,
    /// Why it stands in this list, each one plain sentence.
    pub reasons: Vec<String>,
}

impl InstitutionLine {
    /// One that is only named.
    pub fn named(name: String, reasons: Vec<String>) -> Self {
        Self { name, refer: None, is_outside: false, reasons }
    }
}

/// *Can read*, *will hear of it*, *never*, and the proposals.
#[derive(Clone, Debug)]
pub struct InstitutionList {
    /// Its heading.
    pub title: String,
    /// Its institutions.
    pub lines: Vec<InstitutionLine>,
    /// Whether it opens only when asked for.
    pub folded: bool,
}

/// One act that a member can verify.
#[derive(Clone, Debug)]
pub struct ActLine {
    /// Its code.
    pub code: String,
    /// Its label.
    pub text: String,
    /// The status it has now.
    pub status: String,
}

/// One statement of the case's history.
#[derive(Clone, Debug)]
pub struct StatementLine {
    /// Day it was kept.
    pub day: Date,
    /// What was done.
    pub text: String,
    /// By whom.
    pub from: String,
}

/// Numbers that new parts take.
#[derive(Clone, Copy, Debug)]
pub struct Next {
    /// Of the next message.
    pub message: u16,
    /// Of the next note.
    pub note: u16,
    /// Of the next corrected coding.
    pub coding: u16,
}

/// How a case can end, or begin again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It cannot be closed: nobody has acted yet, a second member must confirm something first, or it is another's to close.
    No,
    /// It can be closed.
    Close,
    /// It is closed and can be opened again.
    Reopen,
}

impl Ending {
    /// What a stage allows.
    pub const fn of(stage: Stage) -> Self {
        match stage {
            Stage::Filed | Stage::Withdrawn | Stage::Shredded => Self::No,
            Stage::Closed => Self::Reopen,
            Stage::Acknowledged | Stage::InTriage | Stage::Referred | Stage::Answered => Self::Close,
        }
    }

    /// Whether the form for closing is shown.
    pub const fn closes(self) -> bool {
        matches!(self, Self::Close)
    }

    /// Whether the form for opening again is shown.
    pub const fn reopens(self) -> bool {
        matches!(self, Self::Reopen)
    }
}

/// What can be corrected of the coding: the lists to choose from.
#[derive(Clone, Debug)]
pub struct Coding {
    /// Acts by category, those of the facets chosen.
    pub acts: Vec<(String, Vec<Choice>)>,
    /// Areas, that of the facets chosen.
    pub areas: Vec<Choice>,
}

/// One case: needs before violence, the sealed parts folded until asked for.
#[derive(Template)]
#[template(path = "case.html")]
pub struct Case {
    /// The page's frame.
    pub frame: Frame,
    /// The report's id.
    pub report: String,
    /// Its first letters.
    pub reference: String,
    /// Stage in words.
    pub stage: String,
    /// What this institution is to the report.
    pub mine: String,
    /// Why it is urgent.
    pub reasons: Vec<String>,
    /// The clocks that run.
    pub clocks: Vec<ClockEntry>,
    /// What is needed.
    pub needs: Vec<String>,
    /// The facets in words.
    pub facts: Vec<Fact>,
    /// The organisation whose filing link it came through, by name.
    pub through: Option<String>,
    /// Whom the person asks for, in one sentence for whoever answers for the report.
    pub wish: Option<String>,
    /// Parts this institution may open.
    pub parts: Vec<PartLine>,
    /// Proposals and the three lists.
    pub lists: Vec<InstitutionList>,
    /// Whether we were asked with a note alone, and see nothing else.
    pub is_least: bool,
    /// Referrals for a vital interest that wait for a second member.
    pub waiting: Vec<Waiting>,
    /// What to say about today's reading.
    pub care: Option<Care>,
    /// What can be corrected; nothing by who does not lead.
    pub coding: Option<Coding>,
    /// Reasons for which the clock of the answer can be stopped; empty for who does not lead, and while it stands still.
    pub pauses: Vec<Choice>,
    /// Whether it stands still, and can run again.
    pub stands: bool,
    /// To whom the case can be handed over; empty for who does not lead.
    pub leads: Vec<Choice>,
    /// How whoever looks can end it now.
    pub ending: Ending,
    /// Acts to verify.
    pub acts: Vec<ActLine>,
    /// What a verification can say.
    pub verdicts: Vec<Choice>,
    /// What else can be set to be counted; nothing without consent to statistics.
    pub countable: Option<Countable>,
    /// What an answer or a closing can say.
    pub outcomes: Vec<Choice>,
    /// Whether this report was referred to us and waits for our answer.
    pub referred: bool,
    /// The history.
    pub statements: Vec<StatementLine>,
    /// Numbers that new parts take.
    pub next: Next,
}
