//! Whether the process lives, and whether it can keep what it is given.

use axum::extract::State;
use tokio::sync::Mutex;
use web::{Code, Described, Problem, Routes};

use crate::Intake;

/// Seconds for which an answer about readiness holds: asking costs a synced write.
const HOLDS: i64 = 1;

/// The last answer about readiness, and when it was true.
#[derive(Default)]
pub(crate) struct Ready(Mutex<Option<(i64, Result<(), store::Error>)>>);

pub(crate) fn routes() -> Routes<Intake> {
    Routes::new()
        .open(Described::get("/healthz", "Whether the process lives.").gives_media(200, "text/plain"), alive)
        .open(
            Described::get("/readyz", "Whether a row can be written and synced.").gives_media(200, "text/plain"),
            ready,
        )
}

async fn alive() -> &'static str {
    "alive\n"
}

async fn ready(State(intake): State<Intake>) -> Result<&'static str, Problem> {
    let now = intake.seconds();
    let mut last = intake.ready().0.lock().await;
    let held = last.filter(|(then, _)| (*then..=then.saturating_add(HOLDS)).contains(&now));
    // The time stays that of the asking: whoever looks every second must not be told the first answer for ever.
    let (_, answer) = *last.insert(match held {
        Some(held) => held,
        None => (now, intake.store().is_ready().await),
    });
    match answer {
        Ok(()) => Ok("ready\n"),
        Err(error) => Err(Problem::new(Code::Unavailable).because(error)),
    }
}
