//! The accept loop. `axum::serve` sets no timer, so a client that sends its head byte by byte could hold a connection for ever.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use web::{Code, Problem};

use crate::config::Listen;

/// Streams one HTTP/2 connection may hold.
const STREAMS: u32 = 64;

/// Bytes of a request's head; ours are far smaller.
const HEAD: usize = 16 * 1024;

/// How long to wait after the system refused a connection, for lack of descriptors for instance.
const BREATH: Duration = Duration::from_millis(50);

/// Turns requests away with 503 and `Retry-After` when more than so many are at work, before memory grows.
pub(crate) fn bounded(router: Router, requests: usize) -> Router {
    router.layer(from_fn_with_state(Arc::new(Semaphore::new(requests)), one_of_many))
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
        let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        let watched = graceful.watch(connection.into_owned());
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

fn builder(limits: &Listen) -> Builder<TokioExecutor> {
    let patience = Duration::from_secs(limits.header_seconds);
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(patience).max_buf_size(HEAD);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(patience)
        .keep_alive_timeout(patience)
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(u32::try_from(HEAD).unwrap_or(u32::MAX));
    builder
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::SocketAddr;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    struct Door {
        address: SocketAddr,
        stop: watch::Sender<bool>,
        served: tokio::task::JoinHandle<()>,
    }

    async fn open(limits: Listen) -> Door {
        let slow = || async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            "done"
        };
        let router = Router::new().route("/", axum::routing::get(slow));
        let router = bounded(router, limits.requests);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = watch::channel(false);
        Door { address, stop, served: tokio::spawn(serve(listener, router, limits, stopped)) }
    }

    fn limits() -> Listen {
        let (public, members) = (String::new(), String::new());
        Listen { public, members, connections: 8, requests: 1, header_seconds: 1, drain_seconds: 5 }
    }

    async fn send(address: SocketAddr, text: &str) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    const ASK: &str = "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

    #[tokio::test]
    async fn a_head_that_does_not_end_is_cut_off() {
        let door = open(limits()).await;
        let cut = tokio::time::timeout(Duration::from_secs(3), send(door.address, "GET / HTTP/1.1\r\nhost:")).await;
        assert!(!cut.expect("the connection was held").contains("200 OK"));
    }

    #[tokio::test]
    async fn more_requests_than_there_is_room_for_are_told_to_come_again() {
        let door = open(limits()).await;
        let (one, other) = tokio::join!(send(door.address, ASK), send(door.address, ASK));
        let refused = [&one, &other].into_iter().filter(|answer| answer.contains("503")).count();
        assert_eq!(refused, 1);
        assert!([one, other].concat().to_lowercase().contains("retry-after: 5"));
    }

    #[tokio::test]
    async fn what_is_at_work_ends_before_the_server_does() {
        let door = open(limits()).await;
        let asked = tokio::spawn(send(door.address, ASK));
        tokio::time::sleep(Duration::from_millis(100)).await;
        door.stop.send(true).unwrap();
        door.served.await.unwrap();
        assert!(asked.await.unwrap().ends_with("done"));
        assert!(TcpStream::connect(door.address).await.is_err());
    }
}
