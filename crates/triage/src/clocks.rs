//! The clocks of a case in words: what runs, how long is left, what is missing.

use report::{Day, InstitutionCode, PartKind, Stage};
use routing::institution::{LimitFrom, Signature};
use schemars::JsonSchema;
use serde::Serialize;
use store::Case;
use words::{Language, text};

use crate::Dashboard;
use crate::answering::answers;
use crate::proposing::Proposing;
use crate::standing::Standing;
use crate::telling::Telling;

/// One clock that runs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ClockLine {
    /// `first-act`, a deadline's code, `answer` of a referral, or the institution whose limit it is.
    pub(crate) clock: String,
    /// Last day; of the protective clock the day it ends on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) due: Option<String>,
    /// How much is left, in `unit`; below zero when it is over.
    pub(crate) left: i32,
    /// `hours` or `days`.
    pub(crate) unit: &'static str,
    /// What must still be had before it ends.
    pub(crate) missing: Vec<&'static str>,
    /// Why it stands still, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) paused: Option<String>,
    /// The same in words.
    pub(crate) text: String,
}

/// All clocks of a case, the protective one first.
pub(crate) fn clocks(dashboard: &Dashboard, case: &Case, language: Language) -> Vec<ClockLine> {
    let telling = dashboard.telling(language);
    let standing = Standing::of_thread(dashboard, &case.thread, language);
    let mut lines = Vec::new();
    if let Some(left) = standing.hours_left() {
        let due = case.thread.due.map(|due| due.day().to_string());
        let text = format!("{}: {}", telling.clock(case.thread.clock), telling.left(left));
        lines.push(ClockLine {
            clock: "first-act".to_owned(),
            due,
            left,
            unit: "hours",
            missing: Vec::new(),
            paused: None,
            text,
        });
    }
    lines.extend(acknowledging(&telling, case, dashboard.today()));
    lines.extend(answering(&telling, case, dashboard.today()));
    let proposing = dashboard.proposing(language);
    lines.extend(answers(&proposing, case));
    lines.extend(limits(&proposing, case));
    lines
}

/// The benchmark for telling the reporter that somebody has read.
fn acknowledging(telling: &Telling<'_>, case: &Case, today: Day) -> Option<ClockLine> {
    let waits = matches!(case.thread.stage, Stage::Filed);
    let deadline = telling.country.triage().deadline("acknowledge").filter(|_| waits)?;
    let due = deadline.due(case.thread.filed);
    Some(line(telling, (deadline.code.as_str(), telling.say("triage-deadline-acknowledge")), (due, today), &[]))
}

/// The benchmark for telling the reporter what was done; it stands still while the lead has said why.
fn answering(telling: &Telling<'_>, case: &Case, today: Day) -> Option<ClockLine> {
    let thread = &case.thread;
    let deadline = telling.country.triage().feedback().filter(|_| thread.stage.is_open() && !case.is_least)?;
    let paused = thread.paused(today, telling.country.triage());
    let due = deadline.due(thread.filed).plus(paused.days);
    let mut told = line(telling, (deadline.code.as_str(), telling.say("triage-deadline-feedback")), (due, today), &[]);
    if let Some((reason, since)) = &paused.now {
        let why = telling.term("pause_reason", reason.as_str());
        let since = telling.date(*since).text;
        told.text = text(telling.language, "triage-clock-paused", &[("why", &why), ("since", &since)]);
        if let Some(until) = paused.until {
            let until = text(telling.language, "triage-clock-paused-until", &[("until", &telling.date(until).text)]);
            told.text = format!("{} · {until}", told.text);
        }
        told.paused = Some(reason.to_string());
    }
    Some(told)
}

/// Limits within which institutions must be asked, counted from the first day the event can have been on.
fn limits(proposing: &Proposing<'_>, case: &Case) -> Vec<ClockLine> {
    let Some(period) = case.thread.facets.period() else { return Vec::new() };
    let has_signature = case.thread.parts.iter().any(|part| part.name.kind() == PartKind::Authority);
    let proposals = proposing.propose(&case.thread.facets);
    let asked = |code: &InstitutionCode| case.thread.referrals.iter().any(|referral| referral.recipient == *code);
    let mut lines: Vec<ClockLine> = Vec::new();
    for proposal in proposals.required.iter().chain(&proposals.recommended).chain(&proposals.possible) {
        let limit = proposal.limit.filter(|limit| limit.from == LimitFrom::Event);
        let known = lines.iter().any(|line| line.clock == proposal.institution.as_str());
        let (Some(limit), false, false) = (limit, known, asked(&proposal.institution)) else { continue };
        let due = period.first().plus(i32::from(limit.days));
        let needs = matches!(proposal.signature, Signature::Yes | Signature::Proxy) && !has_signature;
        let missing: &[&'static str] = if needs { &["signature"] } else { &[] };
        let name = (proposal.institution.as_str(), proposing.name(&proposal.institution));
        lines.push(line(&proposing.telling, name, (due, proposing.today), missing));
    }
    lines
}

pub(crate) fn line(
    telling: &Telling<'_>,
    (code, name): (&str, String),
    (due, today): (Day, Day),
    missing: &[&'static str],
) -> ClockLine {
    let left = due.since(today);
    let told = telling.days_left(left);
    let mut text = text(telling.language, "triage-deadline-of", &[("what", &name), ("left", &told)]);
    if missing.contains(&"signature") {
        text = format!("{text} · {}", telling.say("triage-signature-missing"));
    }
    let missing = missing.to_vec();
    ClockLine { clock: code.to_owned(), due: Some(due.to_string()), left, unit: "days", missing, paused: None, text }
}
