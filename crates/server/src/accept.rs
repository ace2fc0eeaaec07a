//! The accept loop. `axum::serve` sets no timer, so a client that sends nothing, or its head byte by byte, could hold a connection
//! for ever. It speaks HTTP/1.1 alone: it stands behind a TLS terminator, and a protocol nobody needs is one more way to hold a place.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use hyper::server::conn::http1::Builder;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::TokioTimer;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use web::{Clock, Code, Crowd, Problem};

use crate::config::Listen;
use crate::seats::{Seat, Seats};
use crate::way::Way;

/// Bytes of a request's head; ours are far smaller.
const HEAD: usize = 16 * 1024;

/// How long to wait after the system refused a connection, for lack of descriptors for instance.
const BREATH: Duration = Duration::from_millis(50);

/// Turns requests away with 503 and `Retry-After` when more than so many are at work, before memory grows; lets go those whose body
/// does not come on, and the slowest of them for whoever comes when there is no room.
pub(crate) fn bounded(router: Router, limits: &Listen, clock: Arc<dyn Clock>) -> Router {
    let crowd = Crowd::new(limits.requests, Duration::from_secs(limits.silent_seconds), clock);
    router.layer(from_fn_with_state(crowd, one_of_many))
}

async fn one_of_many(State(crowd): State<Crowd>, request: Request, next: Next) -> Response {
    match crowd.enter().await {
        Some(_place) => next.run(crowd.pace(request)).await,
        None => Problem::new(Code::Busy).into_response(),
    }
}

/// Serves a listener until told to stop, then lets what is at work end within the drain time.
pub(crate) async fn serve(listener: TcpListener, router: Router, limits: Listen, mut stop: watch::Receiver<bool>) {
    let builder = builder(&limits);
    let seats = Seats::new(limits.connections);
    let headers: Arc<[u8]> = web::written_headers().into();
    let graceful = GracefulShutdown::new();
    loop {
        let (stream, seat) = tokio::select! {
            accepted = accept(&listener, &seats) => match accepted {
                Some(accepted) => accepted,
                None => continue,
            },
            _ = stop.wait_for(|stopped| *stopped) => break,
        };
        let way = Way::new(stream, Duration::from_secs(limits.silent_seconds), Arc::clone(&headers));
        let (answers, asked) = (TowerToHyperService::new(router.clone()), Arc::clone(&seat));
        let service = service_fn(move |request| {
            let (work, answer) = (asked.work(), answers.call(request));
            async move {
                let answer = answer.await;
                drop(work);
                answer
            }
        });
        let watched = graceful.watch(builder.serve_connection(way, service));
        tokio::spawn(async move {
            tokio::select! {
                // A connection that fails (cut, too slow, no HTTP) concerns its client alone, who is not logged.
                _ = watched => {}
                () = seat.given_up() => {}
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(Duration::from_secs(limits.drain_seconds), graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time and were cut");
    }
}

/// The next connection and its seat, for which the one that asked for nothing the longest may have to leave.
async fn accept(listener: &TcpListener, seats: &Seats) -> Option<(TcpStream, Arc<Seat>)> {
    let Ok((stream, _)) = listener.accept().await else {
        tokio::time::sleep(BREATH).await;
        return None;
    };
    // Small answers should not wait for more to send; where that cannot be set they do.
    stream.set_nodelay(true).ok();
    Some((stream, seats.take().await?))
}

/// The time for a head begins with the connection, and again with every answer: who is idle for so long is let go as well.
fn builder(limits: &Listen) -> Builder {
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(limits.header_seconds)).max_buf_size(HEAD);
    builder
}

#[cfg(test)]
mod tests;
