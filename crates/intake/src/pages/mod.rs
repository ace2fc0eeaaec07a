//! The pages people file with: the same for everybody who reads the same language, made once and kept.

mod content;
mod frame;
mod hours;
mod installed;
mod label;
mod questions;
mod quick;
mod shelf;
mod start;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, HeaderValue, header};
use web::{Code, Described, InPath, Problem, Reader, Routes};
use words::Language;

use crate::Intake;

pub(crate) use content::FIRST;
pub use frame::{Around, Frame};
pub use label::Labels;
pub use questions::{Ground, Manner, Now, Questions};
pub(crate) use shelf::Shelf;

/// A page of the public listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Name {
    Start,
    Report,
    Child,
    Residents,
    Another,
    Quick,
    Choices,
    Waiting,
    Receipt,
    Import,
    Link,
    Leaving,
}

/// Writes one route for each page.
macro_rules! pages {
    ($($name:ident, $path:literal, $says:literal;)+) => {
        pub(crate) fn routes() -> Routes<Intake> {
            Routes::new()
                $(.open(page_at($path, $says), async |state: State<Intake>, path: InPath<String>, asked: HeaderMap| {
                    in_language(&state, (Name::$name, &path.0), &asked)
                }))+
                .open(page_at("/", "The start page in the reader's language."), home)
                .open(Described::get("/{language}", "Leads to the start page.").gives_nothing(308), begin)
                .open(
                    Described::get("/worker.js", "The service worker.").gives_media(200, "text/javascript"),
                    service_worker,
                )
                .and(installed::routes())
                .and(web::asset_routes())
        }
    };
}

pages! {
    Start, "/{language}/", "The start page.";
    Report, "/{language}/report", "The sealing form.";
    Child, "/{language}/child", "The child's version.";
    Residents, "/{language}/residents", "For people who live here.";
    Another, "/{language}/another", "For another adult of a group, shown within the page that filed for it.";
    Quick, "/{language}/quick", "Worker mode.";
    Choices, "/{language}/choices", "What is met more seldom, shown within worker mode and the form.";
    Waiting, "/{language}/waiting", "What waits on this device.";
    Receipt, "/{language}/receipt", "Digits to status and answer.";
    Import, "/{language}/import", "An organisation's table.";
    Link, "/{language}/link", "Setting up a filing link.";
    Leaving, "/{language}/leaving", "What the exit button does.";
}

fn page_at(path: &'static str, says: &'static str) -> Described {
    Described::get(path, says).gives_media(200, "text/html")
}

async fn home(State(intake): State<Intake>, Reader(language): Reader, asked: HeaderMap) -> Result<Response, Problem> {
    let mut response = answer(&intake, (Name::Start, language), &asked)?;
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-language"));
    Ok(response)
}

async fn begin(InPath(tag): InPath<String>) -> Result<Redirect, Problem> {
    let language = known(&tag)?;
    Ok(Redirect::permanent(&format!("/{}/", language.tag())))
}

async fn service_worker(State(intake): State<Intake>, asked: HeaderMap) -> Result<Response, Problem> {
    let mut response = intake.assets().answer_named("worker.js", &asked)?;
    response.extensions_mut().insert(web::Policy::Page);
    Ok(response)
}

fn in_language(intake: &Intake, (name, tag): (Name, &str), asked: &HeaderMap) -> Result<Response, Problem> {
    answer(intake, (name, known(tag)?), asked)
}

/// The language of exactly this tag: a page has one address.
fn known(tag: &str) -> Result<Language, Problem> {
    let found = Language::ALL.into_iter().find(|language| language.tag() == tag);
    found.ok_or_else(|| Problem::new(Code::NotFound))
}

fn answer(intake: &Intake, (name, language): (Name, Language), asked: &HeaderMap) -> Result<Response, Problem> {
    let page = intake.shelf().page(intake, (name, language))?;
    let mut response = page.answer(asked).into_response();
    let tag = HeaderValue::from_static(language.written().tag());
    response.headers_mut().insert(header::CONTENT_LANGUAGE, tag);
    response.extensions_mut().insert(name.policy());
    Ok(response)
}
