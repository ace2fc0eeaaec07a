//! The country's codes and help, for clients that show them: the same data the server reads.

use std::sync::OnceLock;

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, header};
use report::Country;
use serde_json::{Value, json};
use web::{Code, Described, InPath, Packed, Problem, Routes};
use words::Language;

use self::document::Documents;
use self::later::Later;
use crate::{Intake, readers};

mod document;
mod later;

pub(crate) fn routes() -> Routes<Intake> {
    let json = |path, says| Described::get(path, says).gives_media(200, "application/json");
    Routes::new()
        .open(json("/api/v1/country", "Codes, places, consent choices and help of this country."), tell)
        .open(json("/api/v1/country/{language}", "The same, with labels in one of the reader's languages."), tell_in)
        .open(json("/api/v1/tables", "What coding becomes facets by."), tables)
        .open(json("/api/v1/places", "Places by what people call them."), all_places)
        .open(
            json("/api/v1/readers", "The public part of the registry, for showing who reads and who never does."),
            shown,
        )
        .open(json("/api/v1/words/{language}", "What the form's script says after its first question."), said_later)
}

/// What is made when somebody first asks for it; the same for everybody until the server starts anew.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    pub(crate) directory: OnceLock<Packed>,
    places: OnceLock<Packed>,
    tables: OnceLock<Packed>,
    readers: OnceLock<Packed>,
    documents: Documents,
    later: Later,
}

/// How long a client may use a copy without asking: a filing by old tables is refused, and asks anew.
const CACHED: HeaderValue = HeaderValue::from_static("public, max-age=3600");

async fn tables(State(intake): State<Intake>, asked: HeaderMap) -> Response {
    kept(intake.kept().tables.get_or_init(|| Packed::of(intake.country().tables().to_string())), &asked)
}

async fn all_places(State(intake): State<Intake>, asked: HeaderMap) -> Response {
    kept(intake.kept().places.get_or_init(|| Packed::of(places(intake.country()).to_string())), &asked)
}

async fn shown(State(intake): State<Intake>, asked: HeaderMap) -> Response {
    let make = || Packed::of(readers::document(intake.registry(), intake.country(), intake.today()).to_string());
    kept(intake.kept().readers.get_or_init(make), &asked)
}

fn kept(document: &Packed, asked: &HeaderMap) -> Response {
    let mut response = document.answer(asked);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, CACHED);
    response
}

async fn tell(State(intake): State<Intake>, asked: HeaderMap) -> Response {
    told(&intake, None, &asked)
}

async fn said_later(
    State(intake): State<Intake>,
    InPath(language): InPath<String>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let language = language.parse().map_err(|_| Problem::new(Code::NotFound))?;
    Ok(kept(intake.kept().later.told(intake.country(), intake.registry(), language), &asked))
}

async fn tell_in(
    State(intake): State<Intake>,
    InPath(language): InPath<String>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let language = language.parse().map_err(|_| Problem::new(Code::NotFound))?;
    Ok(told(&intake, Some(language), &asked))
}

fn told(intake: &Intake, language: Option<Language>, asked: &HeaderMap) -> Response {
    kept(intake.kept().documents.told(intake.country(), language), asked)
}

/// Every place by what people call it: for finding one on the device, in any script.
fn places(country: &Country) -> Value {
    let land = country.territories();
    let areas = land.all().map(|area| json!(["event.area", area.code, area.local_name, area.name]));
    let crossings = land.crossings().map(|one| json!(["event.crossing", one.code, one.name, one.opposite]));
    let facilities = land.facilities().map(|one| json!(["event.facility", one.code, one.name]));
    areas.chain(crossings).chain(facilities).collect()
}
