//! The country's codes and help, for clients that show them: the same data the server reads.

use axum::extract::State;
use axum::response::IntoResponse;
use bytes::Bytes;
use http::header;
use report::Country;
use serde_json::{Map, Value, json};
use web::{Described, Routes};

use crate::Intake;

pub(crate) fn routes() -> Routes<Intake> {
    Routes::new().open(
        Described::get("/api/v1/country", "Codes, places, consent choices and help of this country.")
            .gives_media(200, "application/json"),
        tell,
    )
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
