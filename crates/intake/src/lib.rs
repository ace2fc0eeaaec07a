#![doc = include_str!("../README.md")]

mod country;
mod door;
mod flood;
mod health;
mod inside;
mod pages;
mod puzzle;
mod readers;
mod receipt;
mod receive;
mod room;
mod state;
mod thread;
mod uploads;

use axum::extract::State;
use axum::response::IntoResponse;
use http::{HeaderMap, HeaderValue, header};
use web::{Described, Packed, Routes};

pub use flood::Limits;
pub use inside::Wait;
pub use pages::{Around, Frame, Ground, Labels, Manner, Now, Questions};
pub use state::{Founded, Intake, Notary};

/// The routes both listeners have: the directory, the key of acknowledgements, health.
pub fn common_routes() -> Routes<Intake> {
    health::routes()
        .open(Described::get("/api/v1/directory", "The signed directory.").gives_media(200, "text/plain"), directory)
        .open(
            Described::get("/api/v1/acknowledgement-key", "The verifier key of acknowledgements and checkpoints.")
                .gives_media(200, "text/plain"),
            acknowledgement_key,
        )
        .and(country::routes())
}

/// The public listener's routes, without those both listeners have.
pub fn routes() -> Routes<Intake> {
    receive::routes().and(door::routes()).and(uploads::routes()).and(receipt::routes()).and(pages::routes())
}

const PLAIN: [(header::HeaderName, HeaderValue); 1] =
    [(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))];

async fn directory(State(intake): State<Intake>, asked: HeaderMap) -> impl IntoResponse {
    let note = || Packed::of(intake.directories().note().to_owned());
    let mut response = intake.kept().directory.get_or_init(note).answer(&asked);
    let [(name, plain)] = PLAIN;
    response.headers_mut().insert(name, plain);
    response
}

async fn acknowledgement_key(State(intake): State<Intake>) -> impl IntoResponse {
    (PLAIN, format!("{}\n", intake.notary().verifier()))
}
