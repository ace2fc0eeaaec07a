//! The log's export, and the files of the pages.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use store::Event;
use web::{Audit, Code, Described, InPath, Permit, Problem, Routes};

use crate::Dashboard;

pub(crate) fn routes() -> Routes<Dashboard> {
    let ledger = Described::get("/api/v1/ledger", "The log as this institution may know it.");
    let asset = Described::get("/assets/{file}", "A file of the pages, under a name that carries its hash.");
    Routes::new()
        .needs::<Audit, _, _>(ledger.gives_media(200, LINES), export)
        .open(asset.gives_media(200, "text/javascript").gives_media(200, "text/css"), file)
}

const LINES: &str = "application/jsonl";
/// A name with a hash never means other bytes.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

async fn export(permit: Permit<Audit>, State(dashboard): State<Dashboard>) -> Result<Response, Problem> {
    let member = permit.member();
    let reader = (&member.institution, member.member.as_str());
    dashboard.store().record(Event::export("ledger", reader, dashboard.today())).await?;
    let export = dashboard.founded().logbook.export(&member.institution).await?;
    Ok(([(header::CONTENT_TYPE, LINES)], export).into_response())
}

async fn file(State(dashboard): State<Dashboard>, InPath(name): InPath<String>) -> Result<Response, Problem> {
    let (bytes, media) = dashboard.founded().assets.file(&name).ok_or(Code::NotFound)?;
    Ok(([(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, FOR_GOOD)], bytes).into_response())
}
