//! What is put around every route: a reference number, one log line, security headers, problems in the reader's language.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, header};
use serde::Serialize;
use tower_http::catch_panic::CatchPanicLayer;
use words::Language;

use crate::problem::FieldProblem;
use crate::{Code, Frame, Instruments, Page, Policy, Problem, headers, negotiate};

/// A random number a request gets, by which a person can ask about a failure and the operator can find it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference([u8; 6]);

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// The problem document as it travels.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "type")]
    kind: String,
    title: String,
    status: u16,
    detail: String,
    code: &'static str,
    reference: String,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    fields: &'a [FieldProblem],
}

/// What a listener's problem pages have around them: addresses of built files.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The style sheet.
    pub style: String,
    /// The icon, so that no browser asks for one that is not there.
    pub icon: String,
    /// The script of the quick exit; none where pages have no exit.
    pub exit: Option<String>,
}

/// Dresses a finished router: unknown paths and methods, panics and problems all answer the same way.
pub fn dress(router: Router, instruments: Instruments, surroundings: Surroundings) -> Router {
    router
        .fallback(|| async { Problem::new(Code::NotFound) })
        .method_not_allowed_fallback(|| async { Problem::new(Code::MethodUnknown) })
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(from_fn_with_state((instruments, Arc::new(surroundings)), around))
}

/// A panic is a fault of ours; what it says is not logged, because it could hold anything.
fn after_panic(_: Box<dyn Any + Send + 'static>) -> Response {
    Problem::new(Code::Internal).because("a handler panicked").into_response()
}

/// What every request passes through.
type Dressing = (Instruments, Arc<Surroundings>);

async fn around(State((instruments, surroundings)): State<Dressing>, mut request: Request, next: Next) -> Response {
    let began = instruments.clock.uptime();
    let reference = Reference(instruments.chance.bytes());
    request.extensions_mut().insert(reference);
    let asker = Asker::of(&request, surroundings);
    let mut response = next.run(request).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        log_cause(&problem, reference);
        response = asker.tell(&problem, reference, response);
    }
    let policy = response.extensions_mut().remove::<Policy>().unwrap_or_default();
    headers::secure(response.headers_mut(), policy);
    let milliseconds = u64::try_from(instruments.clock.uptime().saturating_sub(began).as_millis()).unwrap_or(u64::MAX);
    let (method, route, status) = (asker.method, asker.route, response.status().as_u16());
    tracing::info!(target: "request", method, route, status, milliseconds, %reference);
    response
}

/// The one place where a failure is logged, once. What a client got wrong is in the request's line already.
fn log_cause(problem: &Problem, reference: Reference) {
    if let Some(cause) = problem.cause() {
        tracing::error!(target: "problem", code = problem.code().name(), cause, %reference);
    }
}

/// What is kept of a request for its answer: nothing that tells one asker from another.
struct Asker {
    language: Language,
    wants_page: bool,
    method: &'static str,
    route: String,
    surroundings: Arc<Surroundings>,
}

impl Asker {
    fn of(request: &Request, surroundings: Arc<Surroundings>) -> Self {
        let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
        Self {
            language: of_path(request.uri().path()).unwrap_or_else(|| negotiate(request.headers())),
            wants_page: wants_page(request.headers()) && !request.uri().path().starts_with("/api/"),
            method: known_method(request.method()),
            route: route.to_owned(),
            surroundings,
        }
    }

    fn tell(&self, problem: &Problem, reference: Reference, bare: Response) -> Response {
        let (mut parts, _) = bare.into_parts();
        let body = if self.wants_page { self.page(problem, reference) } else { self.document(problem, reference) };
        let (told, body) = body.into_parts();
        parts.headers.remove(header::CONTENT_LENGTH);
        parts.headers.extend(told.headers);
        let tag = HeaderValue::from_static(self.language.written().tag());
        parts.headers.insert(header::CONTENT_LANGUAGE, tag);
        Response::from_parts(parts, body)
    }

    fn document(&self, problem: &Problem, reference: Reference) -> Response {
        let code = problem.code();
        let document = Document {
            kind: format!("urn:putokaz:problem:{}", code.name()),
            title: code.title(self.language),
            status: code.status().as_u16(),
            detail: code.next(self.language),
            code: problem.name(),
            reference: reference.to_string(),
            fields: problem.fields(),
        };
        let body = serde_json::to_vec(&document).unwrap_or_default();
        ([(header::CONTENT_TYPE, "application/problem+json")], Body::from(body)).into_response()
    }

    fn page(&self, problem: &Problem, reference: Reference) -> Response {
        let code = problem.code();
        let frame = Frame::new(self.language, code.title(self.language));
        let next = code.next(self.language);
        let sign_in = code == Code::SignInNeeded;
        let around = Arc::clone(&self.surroundings);
        Page(ProblemPage { frame, around, next, sign_in, reference: reference.to_string() }).into_response()
    }
}

#[derive(askama::Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    around: Arc<Surroundings>,
    next: String,
    sign_in: bool,
    reference: String,
}

/// The language of a page for reporters stands in its address: a borrowed phone may ask for another.
fn of_path(path: &str) -> Option<Language> {
    let first = path.strip_prefix('/')?.split('/').next()?;
    Language::ALL.into_iter().find(|language| language.tag() == first)
}

/// Browsers that navigate say `text/html`; programs and scripts do not.
fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// The method's name for the log; a made-up one is not repeated.
fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

impl<T: askama::Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => Html(html).into_response(),
            Err(error) => Problem::new(Code::Internal).because(error).into_response(),
        }
    }
}
