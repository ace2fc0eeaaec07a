//! One listener of a server, over HTTP. Asks again where asking again is safe, and says a refusal in its stable code.

use std::io::Write;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use ureq::http::{Request, Response};
use ureq::{Agent, Body};

use crate::Failure;

/// How long to wait before asking again, in milliseconds.
const WAITS: [u64; 4] = [200, 600, 1_500, 4_000];
/// The largest answer that is read: a sealed file as large as an upload may be, and its cover.
const LARGEST_ANSWER: u64 = 2_200 << 20;

/// A listener and the right to speak there.
#[derive(Clone)]
pub struct Door {
    agent: Agent,
    base: String,
    authorization: Option<String>,
    language: &'static str,
}

/// What was answered with a status below 400.
pub struct Reply {
    /// The status.
    pub status: u16,
    /// `Location`, where one was given.
    pub location: Option<String>,
    /// `Upload-Offset`, where one was given.
    pub offset: Option<u64>,
    /// The body.
    pub body: Vec<u8>,
}

/// What is asked.
pub struct Ask<'a> {
    method: &'static str,
    path: &'a str,
    headers: Vec<(&'static str, String)>,
    body: &'a [u8],
}

impl<'a> Ask<'a> {
    /// Asks for a page.
    pub fn get(path: &'a str) -> Self {
        Self { method: "GET", path, headers: Vec::new(), body: &[] }
    }

    /// Brings a body of this type.
    pub fn post(path: &'a str, content_type: &str, body: &'a [u8]) -> Self {
        Self { method: "POST", path, headers: vec![("content-type", content_type.to_owned())], body }
    }

    /// Any other method.
    pub fn new(method: &'static str, path: &'a str, body: &'a [u8]) -> Self {
        Self { method, path, headers: Vec::new(), body }
    }

    /// The same, with one more header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// A problem document: its stable code, what happened and what to do, and the fields it names. The rest is not read.
#[derive(Deserialize)]
struct Problem {
    code: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    detail: String,
    #[serde(default)]
    fields: Vec<Field>,
}

/// A field that a problem names, and what it says of it.
#[derive(Deserialize)]
struct Field {
    field: String,
    code: String,
}

impl Door {
    /// The listener at this address; texts come in this language.
    pub fn new(url: &str, language: &'static str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(Duration::from_secs(10)))
            .timeout_recv_response(Some(Duration::from_mins(1)))
            .max_idle_connections_per_host(16)
            .user_agent("")
            .build();
        Self { agent: config.into(), base: url.trim_end_matches('/').to_owned(), authorization: None, language }
    }

    /// The same listener with a right: `Bearer …` or `Receipt …`.
    #[must_use]
    pub fn with(&self, authorization: String) -> Self {
        Self { authorization: Some(authorization), ..self.clone() }
    }

    /// Asks, and asks again when the network or an overloaded server failed. Only for what may arrive twice.
    ///
    /// # Errors
    /// The last failure; or the server's refusal, by its code.
    pub fn ask(&self, ask: &Ask<'_>) -> Result<Reply, Failure> {
        let mut waits = WAITS.iter();
        loop {
            match (self.once(ask), waits.next()) {
                (Err(failure), Some(wait)) if failure.passing => std::thread::sleep(Duration::from_millis(*wait)),
                (outcome, _) => return outcome,
            }
        }
    }

    /// Asks once.
    ///
    /// # Errors
    /// When the network failed, or the server refused.
    pub fn once(&self, ask: &Ask<'_>) -> Result<Reply, Failure> {
        read(self.run(ask)?)
    }

    fn run(&self, ask: &Ask<'_>) -> Result<Response<Body>, Failure> {
        let url = if ask.path.starts_with("http") { ask.path.to_owned() } else { format!("{}{}", self.base, ask.path) };
        let mut request = Request::builder().method(ask.method).uri(url).header("accept-language", self.language);
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        let answer = match ask.method {
            "GET" | "HEAD" | "DELETE" => self.agent.run(request.body(()).map_err(|_| wrong_address())?),
            _ => self.agent.run(request.body(ask.body).map_err(|_| wrong_address())?),
        };
        answer.map_err(|error| unreachable(&error))
    }

    /// Asks for a file of any size and pours it into a sink, so that it is never held whole.
    ///
    /// # Errors
    /// When the network failed, the server refused, or the sink does not take it.
    pub fn pour(&self, path: &str, sink: &mut impl Write) -> Result<(), Failure> {
        let mut answer = self.run(&Ask::get(path))?;
        if answer.status().as_u16() >= 400 {
            return read(answer).map(drop);
        }
        let mut body = answer.body_mut().with_config().limit(LARGEST_ANSWER).reader();
        std::io::copy(&mut body, sink)
            .map(drop)
            .map_err(|error| Failure::passing(format!("not received whole: {}", error.kind())))
    }

    /// Asks for a JSON document.
    ///
    /// # Errors
    /// As [`Door::ask`], and when the answer is not what the interface promises.
    pub fn json<T: DeserializeOwned>(&self, ask: &Ask<'_>) -> Result<T, Failure> {
        promised(&self.ask(ask)?.body)
    }
}

/// Reads an answer as what the server promises there.
pub fn promised<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(body).map_err(|_| Failure::refused("the server's answer is not what it promises"))
}

fn read(answer: Response<Body>) -> Result<Reply, Failure> {
    let (head, mut body) = answer.into_parts();
    let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let status = head.status.as_u16();
    let bytes = body.with_config().limit(LARGEST_ANSWER).read_to_vec().map_err(|error| unreachable(&error))?;
    if status >= 400 {
        return Err(Failure { puzzle: header("putokaz-puzzle"), ..refusal(status, &bytes) });
    }
    let offset = header("upload-offset").and_then(|offset| offset.parse().ok());
    Ok(Reply { status, location: header("location"), offset, body: bytes })
}

/// The server's refusal, in its own stable code and sentence.
fn refusal(status: u16, body: &[u8]) -> Failure {
    let passing = matches!(status, 502..=504);
    let (message, problem) = match serde_json::from_slice::<Problem>(body) {
        Ok(problem) => {
            let mut told = vec![problem.title, problem.detail];
            told.extend(problem.fields.iter().map(|one| format!("[{}: {}]", one.field, one.code)));
            told.retain(|sentence| !sentence.is_empty());
            (format!("refused: {} ({})", problem.code, told.join(" ")), Some(problem.code))
        }
        Err(_) => (format!("refused with status {status}"), None),
    };
    Failure { passing, problem, status: Some(status), ..Failure::refused(message) }
}

fn unreachable(error: &ureq::Error) -> Failure {
    match error {
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => wrong_address(),
        _ => Failure::passing("the server cannot be reached"),
    }
}

fn wrong_address() -> Failure {
    Failure::usage("the address of the server is not one")
}
