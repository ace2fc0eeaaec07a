//! Answers that are waited for: until when whoever was asked answers, and what nobody answered in time.

use report::{Day, InstitutionCode};
use schemars::JsonSchema;
use serde::Serialize;
use store::Case;
use vault::Body;
use web::{Code, Member, Problem};
use words::{Language, text};

use crate::Dashboard;
use crate::clocks::{ClockLine, line};
use crate::proposing::Proposing;
use crate::standing::reference;
use crate::telling::Telling;

/// One referral that nobody answered in time.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Overdue {
    /// The report.
    pub report: String,
    /// Who was asked.
    pub to: String,
    /// Until when.
    pub due: String,
    /// For how many days the time is over.
    pub days: i32,
    /// The same in words.
    pub text: String,
    /// Its first letters, enough to speak about it.
    #[serde(skip)]
    pub reference: String,
}

/// What this institution should have answered by today, or waits for as the lead; what is over for longest first.
pub(crate) async fn overdue(
    dashboard: &Dashboard,
    member: &Member,
    language: Language,
) -> Result<Vec<Overdue>, Problem> {
    let (today, proposing) = (dashboard.today(), dashboard.proposing(language));
    let found = dashboard.store().snapshot().await?.overdue(&member.institution, today).await?;
    let one = |row: store::Overdue| Overdue {
        report: row.report.to_string(),
        to: row.recipient.to_string(),
        due: row.due.to_string(),
        days: today.since(row.due),
        text: told(&proposing, &proposing.name(&row.recipient), row.due),
        reference: reference(row.report),
    };
    Ok(found.into_iter().map(one).collect())
}

/// The answers that are waited for about one case, as this institution may know of them.
pub(crate) fn answers(proposing: &Proposing<'_>, case: &Case) -> Vec<ClockLine> {
    let waiting = case.thread.referrals.iter().filter(|one| one.answered.is_none() && case.thread.stage.is_open());
    let clock = |(name, due): (String, Day)| {
        let what = text(proposing.telling.language, "triage-answer-of", &[("institution", &name)]);
        line(&proposing.telling, ("answer", what), (due, proposing.today), &[])
    };
    waiting.filter_map(|one| Some(clock((proposing.name(&one.recipient), one.due?)))).collect()
}

/// An answer of somebody: how many days are left, or for how many it is over.
fn told(proposing: &Proposing<'_>, name: &str, due: Day) -> String {
    let telling = &proposing.telling;
    let what = text(telling.language, "triage-answer-of", &[("institution", name)]);
    let left = telling.days_left(due.since(proposing.today));
    text(telling.language, "triage-deadline-of", &[("what", &what), ("left", &left)])
}

/// How a line of the queue says until when an answer is due.
pub(crate) fn due(telling: &Telling<'_>, day: Day, today: Day) -> String {
    let left = telling.days_left(day.since(today));
    text(telling.language, "triage-deadline-of", &[("what", &telling.say("triage-answer")), ("left", &left)])
}

/// For whoever asks: the day an answer is due unless another is named, and the first and the last that can be.
pub(crate) fn days(dashboard: &Dashboard, to: &InstitutionCode, is_vital: bool) -> (String, String, String) {
    let (first, last) = span(dashboard);
    let deadline = dashboard.country().triage().answer(to, is_vital);
    let due = deadline.map(|deadline| deadline.due(first)).or(last).unwrap_or(first);
    (due.to_string(), first.to_string(), last.unwrap_or(due).to_string())
}

/// The first and the last day on which an answer can be made due.
fn span(dashboard: &Dashboard) -> (Day, Option<Day>) {
    let today = dashboard.today();
    let most = dashboard.country().triage().deadline("feedback-external").map(|deadline| deadline.due(today));
    (today, most)
}

/// Who asks can name the day an answer is due: none that is past, and none so late that the reporter could not be told in time.
///
/// # Errors
/// When it is no such day.
pub(crate) fn check(dashboard: &Dashboard, body: &Body) -> Result<(), Problem> {
    let Some((_, named)) = body.detail.iter().find(|(key, _)| key.as_str() == "due") else { return Ok(()) };
    let (first, last) = span(dashboard);
    let day = named.as_str().parse::<Day>().ok();
    let fits = day.is_some_and(|day| day >= first && last.is_none_or(|last| day <= last));
    if fits { Ok(()) } else { Err(Problem::new(Code::SealRefused).field("detail/due", "out-of-range")) }
}
