//! The country's codes and help, for clients that show them: the same data the server reads.

use std::sync::OnceLock;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};
use report::Country;
use serde_json::{Map, Value, json};
use web::{Described, Packed, Routes};

use crate::{Intake, readers};

pub(crate) fn routes() -> Routes<Intake> {
    let json = |path, says| Described::get(path, says).gives_media(200, "application/json");
    Routes::new()
        .open(json("/api/v1/country", "Codes, places, consent choices and help of this country."), tell)
        .open(json("/api/v1/tables", "What coding becomes facets by."), tables)
        .open(
            json("/api/v1/readers", "The public part of the registry, for showing who reads and who never does."),
            shown,
        )
}

/// What is made when somebody first asks for it; the same for everybody until the server starts anew.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    tables: OnceLock<Packed>,
    readers: OnceLock<Packed>,
}

/// How long a client may use a copy without asking: a filing by old tables is refused, and asks anew.
const CACHED: HeaderValue = HeaderValue::from_static("public, max-age=3600");

async fn tables(State(intake): State<Intake>, asked: HeaderMap) -> Response {
    kept(intake.kept().tables.get_or_init(|| Packed::of(intake.country().tables().to_string())), &asked)
}

async fn shown(State(intake): State<Intake>, asked: HeaderMap) -> Response {
    let make = || {
        let kinds: Vec<_> =
            intake.country().taxonomy().list("perpetrator_kind").iter().map(|term| &term.code).collect();
        Packed::of(readers::document(intake.registry(), &kinds, intake.today()).to_string())
    };
    kept(intake.kept().readers.get_or_init(make), &asked)
}

fn kept(document: &Packed, asked: &HeaderMap) -> Response {
    let mut response = document.answer(asked);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, CACHED);
    response
}

async fn tell(State(intake): State<Intake>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], intake.country_document())
}

/// The document, made once at start.
pub(crate) fn document(country: &Country) -> Bytes {
    let taxonomy = country.taxonomy();
    let lists: Map<String, Value> = taxonomy
        .list_names()
        .map(|name| {
            let terms = taxonomy.list(name).iter().map(|term| json!({ "code": term.code, "label": term.label }));
            (name.to_owned(), terms.collect())
        })
        .collect();
    let categories: Vec<Value> = taxonomy
        .categories()
        .iter()
        .map(|category| json!({ "code": category.code, "labels": category.labels, "protected": category.is_protected }))
        .collect();
    let acts: Vec<Value> =
        taxonomy.acts().map(|act| json!({ "code": act.code, "category": act.category, "label": act.label })).collect();
    let document = json!({
        "country": country.code(),
        "taxonomy": taxonomy.version(),
        "categories": categories,
        "acts": acts,
        "lists": lists,
        "areas": areas(country),
        "crossings": crossings(country),
        "facilities": facilities(country),
        "consent": country.consent(),
        "help": country.help().lines(),
    });
    Bytes::from(document.to_string())
}

fn areas(country: &Country) -> Vec<Value> {
    let all = country.territories().all();
    all.map(|area| {
        json!({ "code": area.code, "tier": area.tier, "parent": area.parent, "name": area.name, "local_name": area.local_name })
    })
    .collect()
}

/// For finding a place by what people call it.
fn crossings(country: &Country) -> Vec<Value> {
    let all = country.territories().crossings();
    all.map(|crossing| json!({ "code": crossing.code, "name": crossing.name, "opposite": crossing.opposite })).collect()
}

fn facilities(country: &Country) -> Vec<Value> {
    let all = country.territories().facilities();
    all.map(|facility| json!({ "code": facility.code, "name": facility.name })).collect()
}
