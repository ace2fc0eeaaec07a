//! The log's export.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use store::Event;
use web::{Audit, Described, Permit, Problem, Routes};

use crate::Dashboard;

pub(crate) fn routes() -> Routes<Dashboard> {
    let ledger = Described::get("/api/v1/ledger", "The log as this institution may know it.");
    Routes::new().needs::<Audit, _, _>(ledger.gives_media(200, LINES), export)
}

const LINES: &str = "application/jsonl";

async fn export(permit: Permit<Audit>, State(dashboard): State<Dashboard>) -> Result<Response, Problem> {
    let member = permit.member();
    let reader = (&member.institution, member.member.as_str());
    dashboard.store().record(Event::export("ledger", reader, dashboard.today())).await?;
    let export = dashboard.founded().logbook.export(&member.institution).await?;
    Ok(([(header::CONTENT_TYPE, LINES)], export).into_response())
}
