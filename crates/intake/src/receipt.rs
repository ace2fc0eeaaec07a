//! What the holder of a receipt sees and may do. Whoever has no report of theirs here gets the same answer, whatever the reason.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use report::PartName;
use store::{Snapshot, Thread, WhoReads};
use vault::{Act, Envelope, Refusal};
use web::{Code, Described, InPath, Problem, Routes, Sent};

use crate::receive::{self, Acknowledged, Enveloped};
use crate::{Intake, thread};

pub(crate) fn routes() -> Routes<Intake> {
    let show_it = Described::get("/api/v1/receipt", "Status, thread, consent and readers of the report of a receipt.");
    let part = Described::get("/api/v1/receipt/parts/{*part}", "A sealed part the receipt opens.");
    let state_it =
        Described::post("/api/v1/receipt/statements", "Adds, changes consent, withdraws, or takes that back.");
    Routes::new()
        .open(show_it.gives::<thread::Shown>(200), show)
        .open(part.gives_media(200, SEALED), content)
        .open(state_it.takes_media(vault::MEDIA_TYPE).gives::<Acknowledged>(201).gives::<Acknowledged>(200), state)
}

const SEALED: &str = "application/octet-stream";

async fn show(State(intake): State<Intake>, headers: HeaderMap) -> Result<Response, Problem> {
    let (_, thread) = of_receipt(&intake, &headers).await?;
    let paused = thread.paused(intake.today(), intake.country().triage());
    receive::json(StatusCode::OK, &thread::Shown::of(&thread, paused))
}

async fn content(State(intake): State<Intake>, part: InPath<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let (snapshot, thread) = of_receipt(&intake, &headers).await?;
    let part: PartName = part.0.parse().map_err(|_| Code::NotFound)?;
    let content = snapshot.content(thread.report, part, &WhoReads::Receipt).await?.ok_or(Code::NotFound)?;
    let told = [(header::CONTENT_TYPE, SEALED.to_owned()), (header::CONTENT_LENGTH, content.size.to_string())];
    Ok((told, Body::from_stream(content.bytes)).into_response())
}

async fn state(State(intake): State<Intake>, headers: HeaderMap, sent: Sent<Enveloped>) -> Result<Response, Problem> {
    let (snapshot, thread) = of_receipt(&intake, &headers).await?;
    let envelope = Envelope::read(&sent.bytes)?;
    let body = envelope.statement.body();
    if !body.act.is_reporters() || body.act == Act::File {
        return Err(Refusal::StatementAct.into());
    }
    if body.report != thread.report {
        return Err(Refusal::StatementFirst.into());
    }
    Box::pin(receive::follow(&intake, (snapshot, thread), envelope)).await
}

/// The report of the receipt a request carries.
async fn of_receipt(intake: &Intake, headers: &HeaderMap) -> Result<(Snapshot, Thread), Problem> {
    let lookup = lookup(headers);
    let snapshot = intake.store().snapshot().await?;
    // Looked for even where nothing was sent that could be found: how long the answer takes must not tell the reasons apart.
    let thread = snapshot.receipt(&vault::lookup_hash(&lookup.unwrap_or_default())).await?;
    let thread = thread.filter(|_| lookup.is_some()).ok_or(Code::NotFound)?;
    Ok((snapshot, thread))
}

/// `Authorization: Receipt <64 hexadecimal digits>`.
fn lookup(headers: &HeaderMap) -> Option<[u8; 32]> {
    let stated = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let mut bytes = [0; 32];
    hex::decode_to_slice(stated.strip_prefix("Receipt ")?, &mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_read_from_its_own_scheme_only() {
        let read = |value: String| {
            let headers: HeaderMap = [(header::AUTHORIZATION, value.parse().unwrap())].into_iter().collect();
            lookup(&headers).is_some()
        };
        assert!(read(format!("Receipt {}", "ab".repeat(32))));
        assert!(!read(format!("Bearer {}", "ab".repeat(32))));
        assert!(!read(format!("Receipt {}", "ab".repeat(31))));
        assert!(!read(format!("Receipt {}", "xy".repeat(32))));
    }
}
