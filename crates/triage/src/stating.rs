//! What an institution does with a report: signed statements, held to everything that can be known without opening.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use report::{Facets, Found};
use schemars::JsonSchema;
use serde::Serialize;
use store::{Case, Filed, Stated};
use vault::{Act, Author, Envelope, Grounds, Known, Refusal};
use web::{ActOnCase, Code, Described, InPath, Media, Member, Permit, Problem, Routes, Sent};

use crate::Dashboard;
use crate::allowing;
use crate::answer::json;
use crate::case::open_case;

/// An envelope on its way in.
enum Enveloped {}

impl Media for Enveloped {
    const TYPE: &'static str = vault::MEDIA_TYPE;
    /// The head, a few dozen grants and the parts with words.
    const LIMIT: usize = 4 * 1024 * 1024;
}

/// That a statement is kept.
#[derive(Serialize, JsonSchema)]
struct Acted {
    /// The report's id.
    report: String,
    /// The hash of the statement.
    statement: String,
    /// The UTC day on which it was kept first.
    day: String,
}

pub(crate) fn routes() -> Routes<Dashboard> {
    let described = Described::post("/api/v1/reports/{report}/statements", "One signed act about a report.");
    let described = described.takes_media(vault::MEDIA_TYPE).gives::<Acted>(201).gives::<Acted>(200);
    Routes::new().needs::<ActOnCase, _, _>(described, act)
}

async fn act(
    permit: Permit<ActOnCase>,
    State(dashboard): State<Dashboard>,
    InPath(report): InPath<String>,
    sent: Sent<Enveloped>,
) -> Result<Response, Problem> {
    let case = open_case(&dashboard, permit.member(), &report).await?;
    let envelope = Envelope::read(&sent.bytes)?;
    check_author(&envelope, permit.member(), &case)?;
    if let Some(row) = case.thread.statements.iter().find(|row| row.sha256 == envelope.statement.sha256()) {
        return answer(StatusCode::OK, (&case, row.sha256.to_string(), row.day.to_string()));
    }
    allowing::check(&dashboard, &envelope, (permit.member(), &case))?;
    check_verification(&dashboard, &envelope, &case.thread.facets)?;
    let signer = envelope.statement.body().signer;
    let snapshot = dashboard.store().snapshot().await?;
    let known = snapshot.known(case.thread.report, &signer).await?.ok_or(Code::NotFound)?;
    drop(snapshot);
    let stated = hold(&dashboard, envelope, known).await?.by(&permit.member().member);
    match dashboard.store().state(stated, dashboard.now()).await? {
        Filed::Kept(kept) => answer(StatusCode::CREATED, (&case, kept.statement().to_string(), kept.day().to_string())),
        Filed::Already(kept) => answer(StatusCode::OK, (&case, kept.statement().to_string(), kept.day().to_string())),
        Filed::Conflict => Err(Code::Conflict.into()),
        Filed::Gone => Err(Code::Gone.into()),
    }
}

fn answer(status: StatusCode, (case, statement, day): (&Case, String, String)) -> Result<Response, Problem> {
    json(status, &Acted { report: case.thread.report.to_string(), statement, day })
}

/// A member speaks for their own institution, about the report in the path.
fn check_author(envelope: &Envelope, member: &Member, case: &Case) -> Result<(), Problem> {
    let body = envelope.statement.body();
    if body.report != case.thread.report {
        return Err(Refusal::StatementFirst.into());
    }
    match &body.from {
        Author::Institution(code) if *code == member.institution && !body.act.is_reporters() => Ok(()),
        _ => Err(Refusal::StatementAct.into()),
    }
}

/// A coded particular of the act.
fn detail<'a>(envelope: &'a Envelope, key: &str) -> Option<&'a str> {
    let all = &envelope.statement.body().detail;
    all.iter().find(|(known, _)| known.as_str() == key).map(|(_, value)| value.as_str())
}

/// A verification says what this country's lists know, names no act of a protected report, and lets more be counted only with
/// the person's consent.
fn check_verification(dashboard: &Dashboard, envelope: &Envelope, facets: &Facets) -> Result<(), Problem> {
    let body = envelope.statement.body();
    if body.act != Act::Verify {
        return Ok(());
    }
    let refuse = |field: String, code: &'static str| Problem::new(Code::SealRefused).field(field, code);
    let taxonomy = dashboard.country().taxonomy();
    let is_known =
        |act: &str| if facets.is_protected() { act == Facets::PROTECTED } else { taxonomy.act(act).is_some() };
    if !detail(envelope, "act").is_some_and(is_known) {
        return Err(refuse("detail/act".to_owned(), "unknown-code"));
    }
    if detail(envelope, "status").is_none_or(|status| taxonomy.term("reliability", status).is_none()) {
        return Err(refuse("detail/status".to_owned(), "unknown-code"));
    }
    let words = body.detail.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let found = Found::read(words, dashboard.country());
    let found = found.map_err(|fault| refuse(format!("detail/{}", fault.field), fault.code))?;
    let statistics = &dashboard.country().consent().statistics().purpose;
    if found.is_empty() || facets.consents_to(statistics.as_str()) {
        return Ok(());
    }
    Err(refuse("detail".to_owned(), "not-consented"))
}

/// Holds the envelope to the directory it names and the one in force, off the threads that serve.
async fn hold(dashboard: &Dashboard, envelope: Envelope, known: Known) -> Result<Stated, Problem> {
    let facets = match &envelope.facets {
        Some(text) => Facets::admit(text.as_bytes(), dashboard.country())?,
        // Whole, also where this institution is told the least: the closure is computed from them.
        None => known.facets.last().cloned().ok_or(Code::NotFound)?,
    };
    let directories = &dashboard.founded().directories;
    let version = envelope.statement.body().directory;
    let stated = directories.of_version(dashboard.store(), version).await?.ok_or(Refusal::StatementVersions)?;
    let newest = directories.newest().clone();
    let eligible = routing::eligible(&facets, dashboard.registry(), dashboard.today());
    let dashboard = dashboard.clone();
    let held = tokio::task::spawn_blocking(move || -> Result<Stated, Problem> {
        let uploaded = BTreeMap::new();
        let grounds = Grounds {
            stated: &stated,
            newest: &newest,
            eligible: &eligible,
            facets: &facets,
            uploaded: &uploaded,
            known: Some(&known),
        };
        let checked = vault::check(envelope, &grounds)?;
        Ok(Stated::of(&checked, dashboard.country())?)
    });
    held.await.map_err(|_| Problem::new(Code::Internal).because("a check ended early"))?
}
