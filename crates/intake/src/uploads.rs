//! Parts too large for an envelope, piece by piece: tus 1.0 (core, creation, termination), <https://tus.io/protocols/resumable-upload>.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use store::{Progress, UploadId};
use web::{Code, Described, InPath, Problem, Routes};

use crate::room::{self, Coming};
use crate::{Intake, door};

/// Bytes gathered before they are written: one write and one sync for each.
const PIECE: usize = 512 * 1024;

/// Bytes that are heard out of a piece that is not taken: as many as a page of ours sends at once.
const HEARD: usize = 1024 * 1024;

const OFFSET_STREAM: &str = "application/offset+octet-stream";
const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");
const TUS_EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
const TUS_MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");

pub(crate) fn routes() -> Routes<Intake> {
    const ALL: &str = "/api/v1/uploads";
    const ONE: &str = "/api/v1/uploads/{upload}";
    Routes::new()
        .open(Described::options(ALL, "What of tus is spoken here.").gives_nothing(204), abilities)
        .open(Described::post(ALL, "Announces an upload.").gives_nothing(201), begin)
        .open(Described::head(ONE, "How far an upload is.").gives_nothing(200), progress)
        .open(Described::patch(ONE, "Adds to an upload.").takes_media(OFFSET_STREAM).gives_nothing(204), append)
        .open(Described::delete(ONE, "Ends an upload.").gives_nothing(204), end)
}

/// The uploads somebody writes to now, in this process; across servers the store moves an offset only from where it was.
#[derive(Clone, Default)]
pub(crate) struct Writing(Arc<Mutex<HashSet<UploadId>>>);

impl Writing {
    /// The right to write to one upload, until dropped.
    fn take(&self, upload: UploadId) -> Option<Turn> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.insert(upload).then(|| Turn { writing: self.clone(), upload })
    }
}

struct Turn {
    writing: Writing,
    upload: UploadId,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.writing.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.upload);
    }
}

async fn abilities(State(intake): State<Intake>) -> Response {
    let most = HeaderValue::from(intake.upload_bytes());
    let extensions = HeaderValue::from_static("creation,termination");
    let headers = [(TUS_VERSION, VERSION), (TUS_EXTENSION, extensions), (TUS_MAX_SIZE, most)];
    told(Ok((StatusCode::NO_CONTENT, headers).into_response()))
}

async fn begin(State(intake): State<Intake>, headers: HeaderMap) -> Response {
    told(announce(&intake, &headers).await)
}

async fn announce(intake: &Intake, headers: &HeaderMap) -> Result<Response, Problem> {
    speaks_tus(headers)?;
    let length = number(headers, &UPLOAD_LENGTH)?;
    if length > intake.upload_bytes() {
        return Err(Code::BodyTooLarge.into());
    }
    if let Err(shut) = door::begin_upload(intake, headers, length).await? {
        return Ok(shut.into_response());
    }
    let upload = intake.store().begin_upload(length, intake.today()).await?;
    let location = format!("/api/v1/uploads/{upload}");
    Ok((StatusCode::CREATED, [(header::LOCATION, location)]).into_response())
}

async fn progress(State(intake): State<Intake>, upload: InPath<String>, headers: HeaderMap) -> Response {
    told(tell_progress(&intake, &upload.0, &headers).await)
}

async fn tell_progress(intake: &Intake, upload: &str, headers: &HeaderMap) -> Result<Response, Problem> {
    speaks_tus(headers)?;
    let (_, progress) = find(intake, upload).await?;
    let told = [(UPLOAD_OFFSET, progress.received), (UPLOAD_LENGTH, progress.length)];
    Ok((StatusCode::OK, told.map(|(name, bytes)| (name, HeaderValue::from(bytes)))).into_response())
}

async fn append(State(intake): State<Intake>, upload: InPath<String>, headers: HeaderMap, body: Body) -> Response {
    told(take_in(&intake, &upload.0, &headers, body).await)
}

async fn take_in(intake: &Intake, upload: &str, headers: &HeaderMap, body: Body) -> Result<Response, Problem> {
    speaks_tus(headers)?;
    if headers.get(header::CONTENT_TYPE).is_none_or(|stated| stated != OFFSET_STREAM) {
        return Err(Code::TypeUnsupported.into());
    }
    let offset = number(headers, &UPLOAD_OFFSET)?;
    let upload = name(upload)?;
    let coming = door::coming(intake, headers).await;
    let turn = intake.writing().take(upload).ok_or(Code::UploadBusy)?;
    let progress = intake.store().upload(upload).await?.ok_or(Code::NotFound)?;
    if progress.received != offset {
        hear_out(body).await;
        return Err(Code::UploadOffset.into());
    }
    // A task of its own: when the way breaks, what came is still written to its end, and until then nobody else writes.
    let own = intake.clone();
    let poured = tokio::spawn(async move {
        let _turn = turn;
        Pouring { intake: own, upload, coming }.pour(progress, body).await
    });
    let received = poured.await.map_err(|error| Problem::new(Code::Internal).because(error))??;
    Ok((StatusCode::NO_CONTENT, [(UPLOAD_OFFSET, HeaderValue::from(received))]).into_response())
}

/// Lets a client end its sentence: who is still sending when the way is closed may not hear the answer, and asks in vain again.
async fn hear_out(body: Body) {
    let (mut body, mut heard) = (body.into_data_stream(), 0);
    while let Some(Ok(bytes)) = body.next().await {
        heard += bytes.len();
        if heard > HEARD {
            return;
        }
    }
}

/// An upload that somebody writes to.
struct Pouring {
    intake: Intake,
    upload: UploadId,
    coming: Coming,
}

impl Pouring {
    /// Writes what comes, piece by piece. When the body breaks off, what came before stays, and the client goes on from there.
    async fn pour(&self, mut progress: Progress, body: Body) -> Result<u64, Problem> {
        let mut body = body.into_data_stream();
        let mut piece = BytesMut::new();
        let broken = loop {
            match body.next().await {
                None => break None,
                Some(Err(_)) => break Some(Code::BodyCut),
                Some(Ok(bytes)) => piece.extend_from_slice(&bytes),
            }
            if piece.len() as u64 > progress.length.saturating_sub(progress.received) {
                return Err(Code::BodyTooLarge.into());
            }
            if piece.len() >= PIECE {
                progress = self.write(progress, piece.split().freeze()).await?;
            }
        };
        if !piece.is_empty() {
            progress = self.write(progress, piece.freeze()).await?;
        }
        broken.map_or(Ok(progress.received), |code| Err(code.into()))
    }

    async fn write(&self, at: Progress, piece: Bytes) -> Result<Progress, Problem> {
        room::check(&self.intake, self.coming, piece.len() as u64)?;
        let written = self.intake.store().append(self.upload, at.received, piece, self.intake.today()).await;
        written.map_err(|error| match error {
            store::Error::Taken => Code::UploadOffset.into(),
            other => other.into(),
        })
    }
}

async fn end(State(intake): State<Intake>, upload: InPath<String>, headers: HeaderMap) -> Response {
    told(terminate(&intake, &upload.0, &headers).await)
}

async fn terminate(intake: &Intake, upload: &str, headers: &HeaderMap) -> Result<Response, Problem> {
    speaks_tus(headers)?;
    let (upload, _) = find(intake, upload).await?;
    let _turn = intake.writing().take(upload).ok_or(Code::UploadBusy)?;
    intake.store().drop_upload(upload).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn find(intake: &Intake, upload: &str) -> Result<(UploadId, Progress), Problem> {
    let upload = name(upload)?;
    let progress = intake.store().upload(upload).await?;
    progress.map(|progress| (upload, progress)).ok_or_else(|| Code::NotFound.into())
}

fn name(upload: &str) -> Result<UploadId, Problem> {
    upload.parse().map_err(|_| Code::NotFound.into())
}

fn speaks_tus(headers: &HeaderMap) -> Result<(), Problem> {
    if headers.get(TUS_RESUMABLE) == Some(&VERSION) { Ok(()) } else { Err(Code::UploadVersion.into()) }
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Problem> {
    let stated = headers.get(name).and_then(|value| value.to_str().ok());
    let digits = stated.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    digits
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Problem::new(Code::HeaderUnreadable).field(name.to_string(), "number"))
}

/// Every answer of the protocol carries its version, refusals too.
fn told(answer: Result<Response, Problem>) -> Response {
    let mut response = answer.unwrap_or_else(IntoResponse::into_response);
    response.headers_mut().insert(TUS_RESUMABLE, VERSION);
    if response.status() == StatusCode::PRECONDITION_FAILED {
        response.headers_mut().insert(TUS_VERSION, VERSION);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(value: &str) -> HeaderMap {
        [(UPLOAD_OFFSET, value.parse().unwrap())].into_iter().collect()
    }

    #[test]
    fn an_offset_is_digits_and_nothing_else() {
        assert_eq!(number(&headers("70000"), &UPLOAD_OFFSET).unwrap(), 70_000);
        for wrong in ["", "+1", "-1", " 1", "1e3", "99999999999999999999999"] {
            assert_eq!(number(&headers(wrong), &UPLOAD_OFFSET).unwrap_err().code(), Code::HeaderUnreadable, "{wrong}");
        }
    }

    #[test]
    fn a_refusal_without_the_version_names_the_one_spoken_here() {
        let refused = told(speaks_tus(&HeaderMap::new()).map(IntoResponse::into_response));
        assert_eq!(refused.status(), 412);
        assert_eq!(refused.headers()["tus-version"], "1.0.0");
        assert_eq!(refused.headers()["tus-resumable"], "1.0.0");
    }
}
