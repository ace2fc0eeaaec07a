//! Who stands at the door: an organisation's link, a solved puzzle, or neither.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, State};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, StatusCode, header};
use report::{Area, Facets, InstitutionCode};
use schemars::JsonSchema;
use serde::Serialize;
use vault::Statement;
use web::{Arrival, Code, Described, Problem, Routes};

use crate::flood::{Place, Shut};
use crate::puzzle::{HEADER, Proof, WAIT};
use crate::room::{self, Coming};
use crate::{Intake, receive};

/// What a filing without a link is asked for now.
#[derive(Serialize, JsonSchema)]
struct Asked {
    /// Zero bits that SHA-256 must begin with; 0: nothing is asked.
    bits: u8,
    /// What is to be solved.
    #[serde(skip_serializing_if = "Option::is_none")]
    challenge: Option<String>,
    /// Seconds after which having waited is enough.
    wait: i64,
}

pub(crate) fn routes() -> Routes<Intake> {
    let described = Described::get("/api/v1/door", "What a filing without a link is asked for now: usually nothing.");
    Routes::new().open(described.gives::<Asked>(200), tell)
}

async fn tell(State(intake): State<Intake>) -> Result<Response, Problem> {
    let challenge = intake.flood().ask(intake.at_the_gate());
    let bits = challenge.as_ref().map_or(0, |challenge| challenge.bits);
    receive::json(StatusCode::OK, &Asked { bits, challenge: challenge.map(|challenge| challenge.text), wait: WAIT })
}

/// The organisation whose link a filing carries. A report that accuses it, or anybody it is shut out with, is not its own:
/// it neither lives on its budget nor is marked as come through it.
///
/// # Errors
/// When the link is none or has ended: a client files again without it.
pub(crate) async fn through(
    intake: &Intake,
    headers: &HeaderMap,
    facets: &Facets,
) -> Result<Option<InstitutionCode>, Problem> {
    let Some(institution) = shown(intake, headers).await? else { return Ok(None) };
    let area = facets.area().cloned().unwrap_or_else(Area::unknown);
    let closure = intake.registry().closure(facets.accused(), &area);
    Ok(Some(institution).filter(|code| !closure.contains(code)))
}

/// The organisation whose link a request shows.
///
/// # Errors
/// As [`through`].
async fn shown(intake: &Intake, headers: &HeaderMap) -> Result<Option<InstitutionCode>, Problem> {
    let Some(stated) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let secret = stated.to_str().ok().and_then(secret).ok_or(Code::LinkEnded)?;
    let institution = intake.store().link(link_hash(&secret), intake.today()).await?;
    // An organisation that is no longer known, or not on the system any more, files for nobody: the person can, without it.
    let known = |code: &InstitutionCode| intake.registry().get(code).is_some() && intake.registry().is_present(code);
    Ok(Some(institution.filter(known).ok_or(Code::LinkEnded)?))
}

/// Whoever shows an organisation's link that holds is expected: its body is not ended for the crowd's sake.
pub(crate) struct Expected;

impl FromRequestParts<Intake> for Expected {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, intake: &Intake) -> Result<Self, Infallible> {
        if let Some(arrival) = parts.extensions.get::<Arrival>().cloned()
            && is_expected(intake, &parts.headers).await
        {
            arrival.expect();
        }
        Ok(Self)
    }
}

/// Whether a request shows an organisation's link that holds.
async fn is_expected(intake: &Intake, headers: &HeaderMap) -> bool {
    matches!(shown(intake, headers).await, Ok(Some(_)))
}

/// As whose a piece of an upload comes. Where the link ended meanwhile, what began goes on as anybody's.
pub(crate) async fn coming(intake: &Intake, headers: &HeaderMap) -> Coming {
    Coming::upload(is_expected(intake, headers).await)
}

/// Lets an upload of so many bytes begin. Whose it is, is not known yet: a client shows no link here that its report may not show.
///
/// # Errors
/// When the link has ended, and when the disk has no room for it.
pub(crate) async fn begin_upload(
    intake: &Intake,
    headers: &HeaderMap,
    bytes: u64,
) -> Result<Result<(), Shut>, Problem> {
    let organisation = shown(intake, headers).await?;
    // Its pieces lie there until they are joined.
    room::check(intake, Coming::upload(organisation.is_some()), bytes.saturating_mul(2))?;
    let proof = headers.get(HEADER).and_then(Proof::read);
    Ok(intake.flood().begin(organisation.as_ref(), proof.as_ref(), bytes, intake.at_the_gate()))
}

/// `Link <64 hexadecimal digits>`.
fn secret(stated: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(stated.strip_prefix("Link ")?, &mut bytes).ok().map(|()| bytes)
}

fn link_hash(secret: &[u8; 32]) -> [u8; 32] {
    *vault::hash::sha256(secret).as_bytes()
}

/// Lets a filing in while the place is held.
///
/// # Errors
/// What it lacks; this is the answer then.
pub(crate) fn enter(
    intake: &Intake,
    headers: &HeaderMap,
    through: Option<&InstitutionCode>,
    statement: &Statement,
) -> Result<Place, Shut> {
    let proof = headers.get(HEADER).and_then(Proof::read);
    intake.flood().enter(through, proof.as_ref(), &statement.sha256(), intake.at_the_gate())
}

impl IntoResponse for Shut {
    fn into_response(self) -> Response {
        match self {
            Self::Full => Problem::new(Code::Busy).into_response(),
            Self::Puzzle(challenge) => {
                let mut response = Problem::new(Code::PuzzleNeeded).into_response();
                response.headers_mut().insert(HEADER, challenge.header());
                response
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_from_its_own_scheme_only() {
        assert!(secret(&format!("Link {}", "ab".repeat(32))).is_some());
        assert!(secret(&format!("Receipt {}", "ab".repeat(32))).is_none());
        assert!(secret("Link ab").is_none());
    }
}
