//! Who is signed in. A token is random, kept only as its hash, dies after 15 idle minutes, 8 hours, or at once.

use std::fmt;

use http::{HeaderMap, HeaderValue, Method, header};
use report::InstitutionCode;
use sha2::{Digest, Sha256};
use store::{Moment, Session, Store};
use vault::Role;

use crate::{Code, Instruments, Problem};

/// The cookie's name. The prefix makes browsers refuse it without `Secure` or from another host.
const COOKIE: &str = "__Host-putokaz";

/// Minutes without a request after which a session ends.
const IDLE: i32 = 15;

/// Minutes after which a session ends in any case.
const ABSOLUTE: i32 = 8 * 60;

/// A member who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The institution's code.
    pub institution: InstitutionCode,
    /// The member's name within the institution, as enrolled.
    pub member: String,
    /// What they are there for.
    pub role: Role,
}

/// What a signed-in client holds. Shown once, to its owner; never logged.
pub struct Token([u8; 32]);

impl Token {
    /// The text the client keeps.
    pub fn reveal(&self) -> String {
        hex::encode(self.0)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok().map(|()| Self(bytes))
    }

    fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token([hidden])")
    }
}

/// The guard of the members' listener: it knows who is signed in.
#[derive(Clone)]
pub struct Gate {
    store: Store,
    instruments: Instruments,
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gate")
    }
}

impl Gate {
    /// A guard over the sessions of this store, reading time and chance from these instruments.
    pub fn new(store: Store, instruments: Instruments) -> Self {
        Self { store, instruments }
    }

    fn now(&self) -> Moment {
        Moment::of_unix_seconds(self.instruments.now())
    }

    /// Signs a member in whose proof of possession the caller has checked.
    ///
    /// # Errors
    /// When the session cannot be kept.
    pub async fn begin(&self, institution: InstitutionCode, member: String) -> Result<Token, Problem> {
        let token = Token(self.instruments.chance.bytes());
        let now = self.now();
        let session = Session { institution, member, idle: now.plus_minutes(IDLE), end: now.plus_minutes(ABSOLUTE) };
        self.store.begin_session(token.hash(), &session).await?;
        Ok(token)
    }

    /// Ends the session of this request, at once.
    ///
    /// # Errors
    /// When nobody is signed in or the change came from another site.
    pub async fn end(&self, method: &Method, headers: &HeaderMap) -> Result<(), Problem> {
        let token = presented(method, headers)?;
        Ok(self.store.end_session(token.hash()).await?)
    }

    /// The member this request comes from. Whether they still are one, and in which role, is asked each time.
    ///
    /// # Errors
    /// When nobody is signed in, the session or the membership has ended, or the change came from another site.
    pub async fn admit(&self, method: &Method, headers: &HeaderMap) -> Result<Member, Problem> {
        let token = presented(method, headers)?;
        let now = self.now();
        let session = self.store.session(token.hash(), now, now.plus_minutes(IDLE)).await?;
        let Session { institution, member, .. } = session.ok_or(Code::SignInNeeded)?;
        let enrolled = self.store.snapshot().await?.member(&institution, &member).await?;
        let role = enrolled.ok_or(Code::SignInNeeded)?.role;
        Ok(Member { institution, member, role })
    }
}

/// The token of a request: a program's header, or a browser's cookie when the request comes from our own pages.
fn presented(method: &Method, headers: &HeaderMap) -> Result<Token, Problem> {
    if let Some(stated) = text(headers, header::AUTHORIZATION) {
        let token = stated.strip_prefix("Bearer ").and_then(Token::parse);
        return token.ok_or_else(|| Code::SignInNeeded.into());
    }
    let token = cookie(headers).and_then(Token::parse).ok_or(Code::SignInNeeded)?;
    if method.is_safe() || from_our_pages(headers) { Ok(token) } else { Err(Code::OriginRefused.into()) }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(name, value)| (name == COOKIE).then_some(value))
}

/// Browsers say where a request comes from. The newer header is believed first; without it the origin must be this host.
/// A request that says neither is no browser's and has no business with a cookie.
fn from_our_pages(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let origin = text(headers, header::ORIGIN).and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    origin.is_some() && origin == text(headers, header::HOST)
}

/// The header that gives a browser its session. It ends with the browser; the server ends it earlier.
pub fn set_cookie(token: &Token) -> HeaderValue {
    let line = format!("{COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Strict", token.reveal());
    HeaderValue::from_str(&line).unwrap_or(HeaderValue::from_static(""))
}

/// The header that takes it away again.
pub fn clear_cookie() -> HeaderValue {
    HeaderValue::from_static("__Host-putokaz=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let read = |&(name, value): &(&'static str, &str)| (name.parse().unwrap(), value.parse().unwrap());
        pairs.iter().map(read).collect()
    }

    fn carried(method: &Method, more: &[(&'static str, &str)]) -> Result<(), Code> {
        let cookie = format!("other=1; {COOKIE}={}", "ab".repeat(32));
        let mut all = headers(&[("cookie", &cookie), ("host", "desk.example")]);
        all.extend(headers(more).into_iter().filter_map(|(name, value)| Some((name?, value))));
        presented(method, &all).map(|_| ()).map_err(|problem| problem.code())
    }

    #[test]
    fn a_cookie_changes_something_only_from_our_own_pages() {
        assert_eq!(carried(&Method::GET, &[]), Ok(()));
        assert_eq!(carried(&Method::POST, &[]), Err(Code::OriginRefused));
        assert_eq!(carried(&Method::POST, &[("sec-fetch-site", "same-origin")]), Ok(()));
        assert_eq!(carried(&Method::POST, &[("sec-fetch-site", "same-site")]), Err(Code::OriginRefused));
        assert_eq!(carried(&Method::POST, &[("origin", "https://desk.example")]), Ok(()));
        assert_eq!(carried(&Method::POST, &[("origin", "https://other.example")]), Err(Code::OriginRefused));
        let both = [("sec-fetch-site", "cross-site"), ("origin", "https://desk.example")];
        assert_eq!(carried(&Method::POST, &both), Err(Code::OriginRefused));
    }

    #[test]
    fn a_program_shows_its_token_and_a_wrong_one_is_nobody() {
        let good = headers(&[("authorization", &format!("Bearer {}", "ab".repeat(32)))]);
        assert!(presented(&Method::POST, &good).is_ok());
        let bad = headers(&[("authorization", "Bearer zz")]);
        assert_eq!(presented(&Method::GET, &bad).unwrap_err().code(), Code::SignInNeeded);
    }

    #[test]
    fn a_token_is_never_printed() {
        assert_eq!(format!("{:?}", Token([7; 32])), "Token([hidden])");
    }
}
