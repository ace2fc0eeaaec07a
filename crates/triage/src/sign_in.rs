//! Signing in: proof that a member's key is at hand, and nothing else. The key never comes here.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderMap, Method, StatusCode, header};
use report::InstitutionCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;
use vault::{EnrolledMember, Role, Sealed, Signature};
use web::{Code, Described, Page, Parsed, Problem, Reader, Routes, clear_cookie, set_cookie};

use crate::Dashboard;
use crate::answer::found;
use crate::pages::SignIn;
use crate::state::places;

/// An empty question.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
struct Asked {}

#[derive(Serialize, JsonSchema)]
struct Challenge {
    /// 32 bytes in hexadecimal that nobody can foresee, good once and for five minutes.
    challenge: String,
}

#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
struct Proof {
    /// The institution's code.
    institution: InstitutionCode,
    /// The member's handle.
    #[validate(length(min = 1, max = 64))]
    member: String,
    /// The challenge that was given.
    #[validate(length(equal = 64))]
    challenge: String,
    /// Ed25519 over docs/formats.md, "Member's key file".
    #[validate(length(equal = 128))]
    signature: String,
}

#[derive(Serialize, JsonSchema)]
struct Session {
    /// For programs; browsers get a cookie.
    token: String,
    /// The institution's keys, sealed to this member, in base64; none for a role that opens no report.
    #[serde(skip_serializing_if = "Option::is_none")]
    wrap: Option<String>,
    /// Beside a wrap: the institution's former identities, the latest first, each sealed to the one after it, in base64.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    former: Vec<String>,
    institution: String,
    member: String,
    /// `officer`, `manager`, `analyst` or `auditor`.
    #[schemars(with = "String")]
    role: Role,
}

pub(crate) fn routes() -> Routes<Dashboard> {
    let ask = Described::post("/api/v1/session/challenge", "A challenge to sign.").takes::<Asked>();
    let begin = Described::post("/api/v1/session", "Signs a member in who proves possession of a key.");
    let end = Described::delete("/api/v1/session", "Ends the session.").gives_nothing(204);
    Routes::new()
        .open(ask.gives::<Challenge>(200), challenge)
        .open(begin.takes::<Proof>().gives::<Session>(200), sign_in)
        .open(end, sign_out)
        .open(Described::get("/sign-in", "The page to sign in.").gives_media(200, "text/html"), page)
        .open(
            Described::get("/", "Leads to the first page of one's role, or to the one to sign in.").gives_nothing(303),
            home,
        )
}

/// Whoever is signed in begins with the first page of their role.
async fn home(State(dashboard): State<Dashboard>, method: Method, headers: HeaderMap) -> Redirect {
    let member = dashboard.gate().admit(&method, &headers).await.ok();
    let first = member.and_then(|member| places(member.role).next());
    Redirect::to(first.map_or("/sign-in", |(address, _)| address))
}

async fn page(State(dashboard): State<Dashboard>, Reader(language): Reader) -> Page<SignIn> {
    let frame = dashboard.frame(language, "dashboard-sign-in-title", None);
    Page(SignIn { frame, deployment: dashboard.founded().deployment.clone() })
}

async fn challenge(State(dashboard): State<Dashboard>, _: Parsed<Asked>) -> Result<Response, Problem> {
    let fresh = dashboard.founded().instruments.chance.bytes();
    let challenge = dashboard.challenges().make(fresh, dashboard.now());
    found(&Challenge { challenge: hex::encode(challenge) })
}

async fn sign_in(State(dashboard): State<Dashboard>, Parsed(proof): Parsed<Proof>) -> Result<Response, Problem> {
    let member = prove(&dashboard, &proof).await?;
    let token = dashboard.gate().begin(proof.institution.clone(), proof.member.clone()).await?;
    let former = dashboard.founded().former.get(&proof.institution).filter(|_| member.wrap.is_some());
    let base64 = |sealed: &Sealed| BASE64_STANDARD.encode(sealed.as_bytes());
    let session = Session {
        token: token.reveal(),
        wrap: member.wrap.as_ref().map(base64),
        former: former.into_iter().flatten().map(|keys| base64(&keys.identity)).collect(),
        institution: proof.institution.to_string(),
        member: proof.member,
        role: member.role,
    };
    Ok(([(header::SET_COOKIE, set_cookie(&token))], found(&session)?).into_response())
}

/// The member whose key signed. Somebody unknown, a used challenge and a wrong signature answer alike.
async fn prove(dashboard: &Dashboard, proof: &Proof) -> Result<EnrolledMember, Problem> {
    let refused = || Problem::new(Code::SignInRefused);
    let mut challenge = [0; 32];
    hex::decode_to_slice(&proof.challenge, &mut challenge).map_err(|_| refused())?;
    let signature: Signature = proof.signature.parse().map_err(|_| refused())?;
    let end = dashboard.challenges().end(&challenge, dashboard.now());
    let found = dashboard.store().snapshot().await?.member(&proof.institution, &proof.member).await?;
    let (member, end) = found.zip(end).ok_or_else(refused)?;
    let deployment = dashboard.founded().deployment.as_str();
    vault::verify_sign_in(&member.signing, (deployment, &challenge), &signature).map_err(|_| refused())?;
    // Last, so that only a member's own proof writes anything.
    match dashboard.store().use_challenge(*vault::hash::sha256(&challenge).as_bytes(), end).await {
        Err(store::Error::Taken) => Err(refused()),
        used => Ok(used.map(|()| member)?),
    }
}

async fn sign_out(State(dashboard): State<Dashboard>, method: Method, headers: HeaderMap) -> Result<Response, Problem> {
    dashboard.gate().end(&method, &headers).await?;
    let clear =
        [(header::SET_COOKIE, clear_cookie()), (CLEAR_SITE_DATA, http::HeaderValue::from_static("\"storage\""))];
    Ok((StatusCode::NO_CONTENT, clear).into_response())
}

/// The browser forgets what it kept for us, keys included.
const CLEAR_SITE_DATA: http::HeaderName = http::HeaderName::from_static("clear-site-data");
