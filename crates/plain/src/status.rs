//! How a report stands, in prepared phrases. The same rule as on the page that opens answers.

use report::triage::TriageRules;
use report::{Day, Stage};
use store::Thread;

use crate::frame::Says;
use crate::lists::Line;

/// Days in which a withdrawal can be taken back.
const UNDO_DAYS: i32 = 7;

/// The key of the first line: what waits for the person stands before where the case stands.
pub(crate) fn standing(thread: &Thread) -> &'static str {
    if thread.withdrawn.is_some() {
        return "plain-standing-withdrawn";
    }
    if thread.is_alone() {
        return "plain-standing-alone";
    }
    let mut acts = thread.statements.iter().map(|row| row.act.as_str());
    let last = acts.rfind(|act| matches!(*act, "add" | "reply" | "answer"));
    let is_read = thread.readers.iter().any(|reading| matches!(reading.state.as_str(), "live" | "held"));
    match (last, thread.stage) {
        (Some("reply"), _) => "plain-standing-asks",
        (Some("answer"), _) => "plain-standing-answered",
        (_, Stage::Closed) => "plain-standing-closed",
        (_, Stage::Referred | Stage::Answered) => "plain-standing-referred",
        (Some("add"), Stage::Acknowledged | Stage::InTriage) => "plain-standing-told",
        (_, Stage::Acknowledged | Stage::InTriage) => "plain-standing-read",
        _ if is_read => "plain-standing-kept",
        _ => "plain-standing-held",
    }
}

/// Whether somebody is still to read what the person sent last.
pub(crate) fn is_to_be_read(thread: &Thread) -> bool {
    matches!(standing(thread), "plain-standing-kept" | "plain-standing-told")
}

/// What happened, one sentence each.
pub(crate) fn told(thread: &Thread, says: Says<'_>) -> Vec<String> {
    let mut lines = vec![says.say_of("plain-told-filed", "day", &says.day(thread.filed))];
    if thread.plain {
        lines.push(says.say("plain-told-plain"));
    }
    if let Some(day) = thread.withdrawn {
        lines.push(says.say_of("plain-told-withdrawn", "day", &says.day(day)));
        lines.push(says.say_of("plain-told-destroyed", "day", &says.day(day.plus(UNDO_DAYS))));
    }
    for referral in &thread.referrals {
        let (name, day) = (says.institution(&referral.recipient), says.day(referral.day));
        let asked = [("institution", name.as_str()), ("day", day.as_str())];
        lines.push(words::page_text(says.language, "plain-told-referred", &asked));
        if referral.basis.as_deref() == Some("vital-interest") {
            lines.push(says.say("plain-told-vital"));
        }
        let (key, day) = match (referral.answered, referral.due) {
            (Some(day), _) => ("plain-told-answered", day),
            (None, Some(day)) => ("plain-told-due", day),
            (None, None) => continue,
        };
        let (name, day) = (name.as_str(), says.day(day));
        lines.push(words::page_text(says.language, key, &[("institution", name), ("day", &day)]));
    }
    if let Some(outcome) = &thread.outcome {
        lines.push(says.say_of("plain-told-outcome", "outcome", &says.term("outcome", outcome.as_str())));
    }
    lines
}

/// Why the answer takes longer, and until when at the latest.
pub(crate) fn paused(thread: &Thread, (today, rules): (Day, &TriageRules), says: Says<'_>) -> Option<String> {
    let store::Paused { now: Some((reason, _)), until: Some(until), .. } = thread.paused(today, rules) else {
        return None;
    };
    let (why, until) = (says.term("pause_reason", reason.as_str()), says.day(until));
    Some(words::page_text(says.language, "plain-told-paused", &[("why", &why), ("until", &until)]))
}

/// How many sealed answers wait.
pub(crate) fn answers(thread: &Thread) -> usize {
    thread.parts.iter().filter(|part| part.author != "reporter").count()
}

/// Who can read now, and who could if the lead were silent: one line an institution.
pub(crate) fn readers(thread: &Thread, says: Says<'_>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for reading in &thread.readers {
        let key = match reading.state.as_str() {
            "live" => "plain-reading-live",
            "held" => "plain-reading-held",
            _ => continue,
        };
        let line = Line { name: says.institution(&reading.institution), why: says.say(key) };
        if !lines.iter().any(|known| known.name == line.name) {
            lines.push(line);
        }
    }
    lines
}
