//! Answers for programs.

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{StatusCode, header};
use serde::Serialize;
use web::{Code, Problem};

/// A JSON answer.
pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Result<Response, Problem> {
    let bytes = serde_json::to_vec(body).map_err(|_| Problem::new(Code::Internal).because("an answer has no JSON"))?;
    Ok((status, [(header::CONTENT_TYPE, "application/json")], Bytes::from(bytes)).into_response())
}

/// A JSON answer to what was asked.
pub(crate) fn found(body: &impl Serialize) -> Result<Response, Problem> {
    json(StatusCode::OK, body)
}
