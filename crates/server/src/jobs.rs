//! What the server does unasked: clocks, destruction, mail.

use std::time::Duration;

use store::{Moment, Store};
use tokio::sync::watch;
use web::Instruments;

/// How often clocks are looked at and what is due for destruction is destroyed.
const HOUR: Duration = Duration::from_hours(1);

/// Runs until the server stops. A job that fails is logged by its class and tried again at its next turn.
pub(crate) async fn run(store: Store, instruments: Instruments, mut stop: watch::Receiver<bool>) {
    let mut hours = tokio::time::interval(HOUR);
    loop {
        tokio::select! {
            _ = hours.tick() => {}
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
        // What is not committed when the server stops is undone, and done at the next start.
        tokio::select! {
            () = advance(&store, &instruments) => {}
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
    }
}

async fn advance(store: &Store, instruments: &Instruments) {
    let now = Moment::of_unix_seconds(instruments.now());
    if let Err(error) = store.advance(now).await {
        tracing::error!(%error, "the clocks could not be advanced");
    }
}
