//! What every door built with this crate does, seen from outside.
#![cfg(test)]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, Response};
use axum::{Router, extract::FromRef};
use http_body_util::BodyExt;
use serde_json::Value;
use store::{Settings, Store};
use tower::ServiceExt;
use web::{
    Chance, Clock, Code, Described, Gate, Instruments, Permit, Problem, ReadQueue, Routes, Surroundings, Who, dress,
};

struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        43_200
    }
    fn uptime(&self) -> Duration {
        Duration::ZERO
    }
}

fn instruments() -> Instruments {
    Instruments { clock: Arc::new(Noon), chance: Chance::new(|bytes| bytes.fill(7)) }
}

#[derive(Clone, FromRef)]
struct Room {
    gate: Gate,
}

async fn queue(permit: Permit<ReadQueue>, State(_): State<Room>) -> String {
    permit.member().member.clone()
}

async fn fail() -> Result<(), Problem> {
    Err(Problem::new(Code::Internal).because("the disk is full"))
}

async fn burst() {
    panic!("canary")
}

fn routes() -> Routes<Room> {
    Routes::new()
        .needs::<ReadQueue, _, _>(Described::get("/queue", "The queue."), queue)
        .open(Described::get("/fail", "Fails."), fail)
        .open(Described::get("/burst", "Panics."), burst)
}

/// A house on a database of its own, which lies in the folder.
async fn house(folder: &Path) -> (Router, Gate) {
    let url = format!("sqlite://{}", folder.join("house.sqlite").display());
    let settings = Settings::new(url, folder.join("blobs"), instruments().chance.source());
    let store = Store::open(settings).await.unwrap();
    store.migrate().await.unwrap();
    let gate = Gate::new(store, instruments());
    let (router, _) = routes().with_state(Room { gate: gate.clone() }).finish("Test");
    (dress(router, instruments(), Surroundings::default()), gate)
}

async fn get(path: &str, language: &str) -> (Response<()>, String) {
    let request = Request::get(path).header("accept-language", language).body(Body::empty()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (house, _) = house(folder.path()).await;
    let (parts, body) = house.oneshot(request).await.unwrap().into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    (Response::from_parts(parts, ()), String::from_utf8(bytes.to_vec()).unwrap())
}

#[tokio::test]
async fn every_answer_carries_the_security_headers_and_no_cache_keeps_it() {
    for path in ["/queue", "/fail", "/burst", "/nowhere", "/api/openapi.json"] {
        let (response, _) = get(path, "en").await;
        let headers = response.headers();
        assert!(headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"), "{path}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
    }
}

#[tokio::test]
async fn a_problem_speaks_the_readers_language_and_keeps_its_name() {
    let (response, english) = get("/nowhere", "en").await;
    assert_eq!(response.status(), 404);
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let (response, bosnian) = get("/nowhere", "bs").await;
    assert_eq!(response.headers()["content-language"], "bs");
    let (english, bosnian): (Value, Value) =
        (serde_json::from_str(&english).unwrap(), serde_json::from_str(&bosnian).unwrap());
    assert_eq!(english["code"], "not-found");
    assert_eq!(english["code"], bosnian["code"]);
    assert_ne!(english["title"], bosnian["title"]);
    assert_eq!(english["reference"], "070707070707");
}

#[tokio::test]
async fn a_failure_of_ours_always_reads_the_same_whatever_its_cause() {
    let (failed, one) = get("/fail", "en").await;
    let (burst, other) = get("/burst", "en").await;
    assert_eq!((failed.status().as_u16(), burst.status().as_u16()), (500, 500));
    assert_eq!(one, other);
    assert!(!one.contains("disk") && !one.contains("canary"));
}

#[tokio::test]
async fn a_members_route_answers_nobody_else() {
    let (response, body) = get("/queue", "en").await;
    assert_eq!(response.status(), 401);
    assert!(body.contains("sign-in-needed"));
}

#[tokio::test]
async fn a_session_of_somebody_who_is_no_member_any_more_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (house, gate) = house(folder.path()).await;
    let token = gate.begin("NGO-VP".parse().unwrap(), "nobody".into()).await.unwrap();
    let request = Request::get("/queue").header("authorization", format!("Bearer {}", token.reveal()));
    let response = house.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), 401);
}

#[tokio::test]
async fn the_description_names_every_route_and_who_may_use_it() {
    let table = routes();
    assert!(table.table().iter().any(|entry| entry.path() == "/queue" && entry.who == Who::Needs("read-queue")));
    let (_, body) = get("/api/openapi.json", "en").await;
    let described: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(described["openapi"], "3.1.0");
    for entry in table.table().iter() {
        let operation = &described["paths"][entry.path()][entry.method().to_ascii_lowercase()];
        assert_eq!(operation.get("security").is_some(), entry.who != Who::Open);
    }
}
