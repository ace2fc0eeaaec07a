//! Plain HTTP at one listener: what a program of somebody else's would send. Whatever a test asks, the answer's headers are looked at.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// A listener.
pub struct Door {
    base: String,
    agent: ureq::Agent,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; null where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The stable code of a problem.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// What caches may keep: files named by their hash, and documents that are the same for everybody.
const CACHED: [&str; 7] = [
    "/assets/",
    "/worker.js",
    "/api/v1/tables",
    "/api/v1/readers",
    "/api/v1/places",
    "/api/v1/words",
    "/api/v1/country",
];
/// A built file is part of a page and never one itself: it may do nothing at all.
const FILE: &str = "default-src 'none'; frame-ancestors 'none'";

impl Reply {
    /// Every answer, whatever was asked: nothing inline, nobody else, nothing kept, no referrer, no word about the program.
    fn is_dressed(&self, method: &str, path: &str) {
        let asked = format!("{method} {path}: {}", self.status);
        let header = |name: &str| self.header(name).unwrap_or_else(|| panic!("{asked}: no {name}"));
        let policy = header("content-security-policy");
        let kept =
            ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'"];
        let strict = kept.iter().all(|rule| policy.contains(rule));
        assert!(strict || (policy == FILE && path.starts_with("/assets/")), "{asked}: {policy}");
        let opened = ["unsafe", "http:", "https:", "data:", "*", "'nonce", "'sha"];
        assert!(!opened.iter().any(|word| policy.contains(word)), "{asked}: {policy}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{asked}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{asked}");
        assert_eq!(header("cross-origin-resource-policy"), "same-origin", "{asked}");
        if policy != FILE {
            assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{asked}");
            assert!(header("permissions-policy").contains("camera=()"), "{asked}");
        }
        let cached = header("cache-control");
        let may_be_kept = CACHED.iter().any(|kept| path.starts_with(kept)) && matches!(self.status, 200 | 304);
        assert!(cached == "no-store" || may_be_kept, "{asked}: {cached}");
        assert!(self.header("set-cookie").is_none() || path == "/api/v1/session", "{asked}: a cookie");
        for told in ["server", "x-powered-by", "via"] {
            assert!(self.header(told).is_none(), "{asked}: names its program");
        }
    }
}

impl Door {
    /// The listener at `base`.
    pub fn at(base: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_secs(30)))
            .proxy(None)
            .build();
        Self { base: base.to_owned(), agent: config.into() }
    }

    /// `GET`; `None` where nobody answers.
    pub fn get(&self, path: &str) -> Option<Reply> {
        self.send("GET", path, &[], &[])
    }

    /// Bytes that need be no request at all; `None` where nothing readable comes back. Looks at the answer as [`Door::send`] does.
    pub fn raw(&self, bytes: &[u8]) -> Option<Reply> {
        let mut stream = TcpStream::connect(self.base.trim_start_matches("http://")).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
        stream.write_all(bytes).ok()?;
        let mut answer = Vec::new();
        // Who is refused may be cut off at the end.
        stream.read_to_end(&mut answer).ok();
        let text = String::from_utf8_lossy(&answer);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        let headers = lines.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        let reply = Reply { status, headers, body: body.as_bytes().to_vec() };
        reply.is_dressed("bytes", &String::from_utf8_lossy(bytes.get(..40).unwrap_or(bytes)));
        Some(reply)
    }

    /// Any request; `None` where nobody answers. Fails when the answer lacks a header that every answer carries.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<Reply> {
        let mut request = http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.to_vec()).unwrap();
        let mut response = self.agent.run(request).ok()?;
        let read = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let headers = response.headers().iter().map(read).collect();
        let status = response.status().as_u16();
        let reply = Reply { status, headers, body: response.body_mut().read_to_vec().unwrap_or_default() };
        reply.is_dressed(method, path);
        Some(reply)
    }
}
