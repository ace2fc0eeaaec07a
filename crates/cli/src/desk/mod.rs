//! The members' work from a terminal.

mod act;
mod asking;
mod case;
mod hazard;
mod opening;
mod session;

use std::path::Path;

use serde_json::{Value, json};

use self::act::Work;
use self::case::{Case, report_id};
use self::opening::open;
pub use self::session::Session;
use crate::command::{Act, Desk, Format, Statistics, Table};
use crate::door::{Ask, promised};
use crate::keys::write_secret;
use crate::link;
use crate::{Answer, Around, Failure, Home, Outcome};

/// Runs `putokaz desk`.
///
/// # Errors
/// Whatever refuses: the key, the server, the closure, a part that does not hold.
pub fn run(desk: &Desk, around: &mut Around) -> Outcome {
    let session = Session::open(&desk.members, around)?;
    let outcome = work(&desk.act, &session, around);
    session.close();
    outcome
}

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a method's path is not general over the lifetime of its work"
)]
fn work(act: &Act, session: &Session, around: &mut Around) -> Outcome {
    match act {
        Act::Queue { .. } => queue(session),
        Act::Ledger => session.door.ask(&Ask::get("/api/v1/ledger")).map(|reply| Answer::Bytes(reply.body)),
        Act::Opening { report, out } => opening(session, report, out),
        Act::Link { out, address } => link::make(session, out, address.as_deref(), around),
        Act::Links => link::list(session),
        Act::Unlink { link } => link::end(session, link),
        Act::Show { report } => show(session, report),
        Act::Route { report } => document(session, &format!("/api/v1/reports/{}/routes", report_id(report)?)),
        Act::Open { report, part, out } => open(session, report, (part.as_deref(), out.as_deref())),
        Act::Refer(asked) => on(session, &asked.report, |work| work.refer(asked, around)),
        Act::Reply { report, file } => on(session, report, |work| work.reply(file, around)),
        Act::Answer { report, file, outcome } => on(session, report, |work| work.answer((file, outcome), around)),
        Act::Note { report, file } => on(session, report, |work| work.note(file, around)),
        Act::Code { report, file } => on(session, report, |work| work.code(file, around)),
        Act::Confirm { report } => on(session, report, |work| work.confirm()),
        Act::Pause { report, reason } => on(session, report, |work| work.pause(reason)),
        Act::Resume { report } => on(session, report, |work| work.resume()),
        Act::Reopen { report } => on(session, report, |work| work.reopen()),
        Act::HandOver { report, institution, note } => {
            on(session, report, |work| work.hand_over(institution, note.as_deref(), around))
        }
        Act::Close { report, outcome } => on(session, report, |work| work.close(outcome)),
    }
}

fn on(session: &Session, report: &str, act: impl FnOnce(&Work<'_>) -> Outcome) -> Outcome {
    let home = Home::embedded()?;
    let case = Case::fetch(session, &home, report_id(report)?)?;
    act(&Work { session, case: &case, home: &home })
}

/// A case as the server hands it out, once its statements held.
fn show(session: &Session, report: &str) -> Outcome {
    let report = report_id(report)?;
    let body = Case::ask(session, report)?;
    Case::read(&body, session, &Home::embedded()?, report)?;
    promised(&body).map(Answer::Document)
}

fn document(session: &Session, path: &str) -> Outcome {
    session.door.json(&Ask::get(path)).map(Answer::Document)
}

/// What an outsider needs to recompute who could receive a report: written as it came.
fn opening(session: &Session, report: &str, out: &Path) -> Outcome {
    let report = report_id(report)?;
    let opening = session.door.ask(&Ask::get(&format!("/api/v1/reports/{report}/opening")))?.body;
    write_secret(out, &opening)?;
    Ok(Answer::Document(json!({ "report": report, "opening": out })))
}

/// Every page of the queue, as one document.
fn queue(session: &Session) -> Outcome {
    let mut reports: Vec<Value> = Vec::new();
    let mut path = "/api/v1/queue?limit=100".to_owned();
    loop {
        let mut page: Value = session.door.json(&Ask::get(&path))?;
        if let Some(Value::Array(lines)) = page.get_mut("reports").map(Value::take) {
            reports.extend(lines);
        }
        if let Some(next) = page.get("next").and_then(Value::as_str) {
            path = format!("/api/v1/queue?limit=100&after={next}");
            continue;
        }
        // Everything else is the same on every page.
        if let Some(told) = page.as_object_mut() {
            told.insert("reports".to_owned(), Value::Array(reports));
        }
        return Ok(Answer::Document(page));
    }
}

/// Runs `putokaz statistics`.
///
/// # Errors
/// When the key, the plan or the period is refused.
pub fn statistics(asked: &Statistics, around: &Around) -> Outcome {
    let (plan, period) = match &asked.what {
        Table::Table { plan, period, .. } | Table::Own { plan, period } | Table::Publish { plan, period, .. } => {
            (plan, period)
        }
    };
    let word = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if !word(plan) || !word(period) {
        return Err(Failure::usage("a plan and a period are letters, digits and - _ . only"));
    }
    let session = Session::open(&asked.members, around)?;
    let outcome = table(&session, &asked.what, (plan, period));
    session.close();
    outcome
}

fn table(session: &Session, asked: &Table, (plan, period): (&str, &str)) -> Outcome {
    let (path, format) = match asked {
        Table::Publish { .. } => {
            let body = serde_json::json!({ "period": period }).to_string();
            let path = format!("/api/v1/statistics/{plan}");
            return session.door.json(&Ask::post(&path, "application/json", body.as_bytes())).map(Answer::Document);
        }
        Table::Own { .. } => (format!("/api/v1/statistics/{plan}/own?period={period}"), Format::Json),
        Table::Table { format: Format::Csv, .. } => {
            (format!("/api/v1/statistics/{plan}?period={period}&format=csv"), Format::Csv)
        }
        Table::Table { .. } => (format!("/api/v1/statistics/{plan}?period={period}&format=json"), Format::Json),
    };
    let body = session.door.ask(&Ask::get(&path))?.body;
    match format {
        Format::Csv => Ok(Answer::Bytes(body)),
        Format::Json => promised(&body).map(Answer::Document),
    }
}
