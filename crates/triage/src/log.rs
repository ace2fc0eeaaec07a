//! The log's export, and the opening of a case's lines in it.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use report::ReportId;
use schemars::JsonSchema;
use serde::Serialize;
use store::{Event, StatementRow};
use web::{Audit, Code, Described, InPath, Page, Permit, Problem, Reader, Routes};

use crate::Dashboard;
use crate::answer::found;
use crate::pages;

/// The opening of a case (docs/formats.md).
#[derive(Serialize, JsonSchema)]
struct OpeningAnswer {
    version: u8,
    report: String,
    statements: Vec<Signed>,
    lines: Vec<Line>,
}

#[derive(Serialize, JsonSchema)]
struct Signed {
    statement: String,
    signature: String,
    facets: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Line {
    index: u64,
    blind: String,
    event: String,
}

pub(crate) fn routes() -> Routes<Dashboard> {
    let ledger = Described::get("/api/v1/ledger", "The log as this institution may know it.");
    let opening = Described::get("/api/v1/reports/{report}/opening", "What an outsider recomputes the closure from.");
    let page = Described::get("/log", "Where the log is taken out, as a page.").gives_media(200, "text/html");
    Routes::new()
        .needs::<Audit, _, _>(page, show)
        .needs::<Audit, _, _>(ledger.gives_media(200, LINES), export)
        .needs::<Audit, _, _>(opening.gives::<OpeningAnswer>(200), open)
}

async fn show(permit: Permit<Audit>, State(dashboard): State<Dashboard>, Reader(language): Reader) -> Page<pages::Log> {
    Page(pages::Log { frame: dashboard.frame(language, "dashboard-log-title", Some(permit.member())) })
}

const LINES: &str = "application/jsonl";

async fn export(permit: Permit<Audit>, State(dashboard): State<Dashboard>) -> Result<Response, Problem> {
    let member = permit.member();
    let reader = (&member.institution, member.member.as_str());
    dashboard.store().record(Event::export("ledger", reader, dashboard.today())).await?;
    let export = dashboard.founded().logbook.export(&member.institution).await?;
    Ok(([(header::CONTENT_TYPE, LINES)], export).into_response())
}

/// Everything signed about a case and the blinds of its lines: nothing sealed, and only to whom the case is told in full.
async fn open(
    permit: Permit<Audit>,
    State(dashboard): State<Dashboard>,
    InPath(report): InPath<String>,
) -> Result<Response, Problem> {
    let member = permit.member();
    let report: ReportId = report.parse().map_err(|_| Code::NotFound)?;
    let opened = dashboard.store().snapshot().await?.opening(report, &member.institution).await?;
    let opened = opened.ok_or(Code::NotFound)?;
    let reader = (&member.institution, member.member.as_str());
    dashboard.store().record(Event::export("opening", reader, dashboard.today()).of(report)).await?;
    let lines = opened.lines.into_iter().map(|(index, opening)| {
        let blind = hex::encode(opening.blind.0);
        Line { index, blind, event: opening.event }
    });
    let statements = opened.statements.into_iter().map(signed).collect();
    found(&OpeningAnswer { version: 1, report: report.to_string(), statements, lines: lines.collect() })
}

fn signed(row: StatementRow) -> Signed {
    Signed { statement: row.statement, signature: hex::encode(row.signature), facets: row.facets }
}
