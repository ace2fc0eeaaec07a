//! The accept loop. `axum::serve` sets no timer, so a client that sends nothing, or its head byte by byte, could hold a connection
//! for ever. It speaks HTTP/1.1 alone: it stands behind a TLS terminator, and a protocol nobody needs is one more way to hold a place.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use hyper::server::conn::http1::Builder;
use hyper_util::rt::TokioTimer;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use web::{Code, Problem};

use crate::config::Listen;
use crate::way::Way;

/// Bytes of a request's head; ours are far smaller.
const HEAD: usize = 16 * 1024;

/// How long to wait after the system refused a connection, for lack of descriptors for instance.
const BREATH: Duration = Duration::from_millis(50);

/// Turns requests away with 503 and `Retry-After` when more than so many are at work, before memory grows; lets go those whose body
/// does not come on.
pub(crate) fn bounded(router: Router, limits: &Listen) -> Router {
    let router = web::paced(router, Duration::from_secs(limits.silent_seconds));
    router.layer(from_fn_with_state(Arc::new(Semaphore::new(limits.requests)), one_of_many))
}

async fn one_of_many(State(places): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    match places.try_acquire() {
        Ok(_place) => next.run(request).await,
        Err(_) => Problem::new(Code::Busy).into_response(),
    }
}

/// Serves a listener until told to stop, then lets what is at work end within the drain time.
pub(crate) async fn serve(listener: TcpListener, router: Router, limits: Listen, mut stop: watch::Receiver<bool>) {
    let builder = builder(&limits);
    let places = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    loop {
        let (stream, place) = tokio::select! {
            accepted = accept(&listener, &places) => match accepted {
                Some(accepted) => accepted,
                None => continue,
            },
            _ = stop.wait_for(|stopped| *stopped) => break,
        };
        let way = Way::new(stream, Duration::from_secs(limits.silent_seconds));
        let connection = builder.serve_connection(way, TowerToHyperService::new(router.clone()));
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            // A connection that fails (cut, too slow, no HTTP) concerns its client alone, who is not logged.
            drop(watched.await);
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(Duration::from_secs(limits.drain_seconds), graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time and were cut");
    }
}

/// The next connection, once there is a place for it; until then it waits in the system's queue.
async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    let Ok((stream, _)) = listener.accept().await else {
        tokio::time::sleep(BREATH).await;
        return None;
    };
    // Small answers should not wait for more to send; where that cannot be set they do.
    stream.set_nodelay(true).ok();
    Some((stream, place))
}

/// The time for a head begins with the connection, and again with every answer: who is idle for so long is let go as well.
fn builder(limits: &Listen) -> Builder {
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(limits.header_seconds)).max_buf_size(HEAD);
    builder
}

#[cfg(test)]
mod tests;
