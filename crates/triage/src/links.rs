//! Filing links of an organisation: its workers file through them, and nobody here learns which worker.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use report::Day;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Link;
use validator::Validate;
use web::{Code, Described, InPath, MakeLinks, Parsed, Permit, Problem, Routes};

use crate::Dashboard;
use crate::answer::json;

/// Days a link holds. A lost one ends by itself.
const DAYS: i32 = 30;

/// A link to be made. Its secret is drawn by the member's device and never sent here.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// SHA-256 of the secret, hexadecimal.
    #[validate(length(equal = 64))]
    link: String,
}

/// A link that holds.
#[derive(Serialize, JsonSchema)]
struct Held {
    /// SHA-256 of its secret: by this name it is ended.
    link: String,
    /// The UTC day it was made.
    made: String,
    /// The first UTC day on which it no longer holds.
    end: String,
}

/// All links of the institution that hold.
#[derive(Serialize, JsonSchema)]
struct All {
    links: Vec<Held>,
}

impl Held {
    fn of(link: &Link) -> Self {
        Self { link: hex::encode(link.hash), made: link.made.to_string(), end: link.end.to_string() }
    }
}

pub(crate) fn routes() -> Routes<Dashboard> {
    const ALL: &str = "/api/v1/links";
    Routes::new()
        .needs::<MakeLinks, _, _>(Described::get(ALL, "The institution's filing links.").gives::<All>(200), list)
        .needs::<MakeLinks, _, _>(
            Described::post(ALL, "Makes a filing link that holds for 30 days.").takes::<Wanted>().gives::<Held>(201),
            make,
        )
        .needs::<MakeLinks, _, _>(
            Described::delete("/api/v1/links/{link}", "Ends a filing link at once.").gives_nothing(204),
            end,
        )
}

async fn list(permit: Permit<MakeLinks>, State(dashboard): State<Dashboard>) -> Result<Response, Problem> {
    let links = dashboard.store().links(&permit.member().institution, dashboard.today()).await?;
    json(StatusCode::OK, &All { links: links.iter().map(Held::of).collect() })
}

async fn make(
    permit: Permit<MakeLinks>,
    State(dashboard): State<Dashboard>,
    wanted: Parsed<Wanted>,
) -> Result<Response, Problem> {
    let hash = read(&wanted.0.link).ok_or_else(|| Problem::new(Code::FieldsRefused).field("link", "hexadecimal"))?;
    let made: Day = dashboard.today();
    let link = Link { hash, institution: permit.member().institution.clone(), made, end: made.plus(DAYS) };
    if !dashboard.store().keep_link(&link).await? {
        return Err(Code::Taken.into());
    }
    json(StatusCode::CREATED, &Held::of(&link))
}

async fn end(
    permit: Permit<MakeLinks>,
    State(dashboard): State<Dashboard>,
    InPath(link): InPath<String>,
) -> Result<StatusCode, Problem> {
    let hash = read(&link).ok_or(Code::NotFound)?;
    let ended = dashboard.store().end_link(&permit.member().institution, hash).await?;
    if ended { Ok(StatusCode::NO_CONTENT) } else { Err(Code::NotFound.into()) }
}

fn read(text: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    hex::decode_to_slice(text, &mut hash).ok().map(|()| hash)
}
