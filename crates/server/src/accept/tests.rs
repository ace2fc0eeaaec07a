use std::net::SocketAddr;

use axum::body::Body;
use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{sleep, timeout};

use super::*;

struct Door {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    served: tokio::task::JoinHandle<()>,
}

/// Answers after a moment; says how much came; sends more than fits on the way.
fn routes() -> Router {
    let slow = || async {
        sleep(Duration::from_millis(300)).await;
        "done"
    };
    let take = |request: Request| async move {
        let mut came = 0;
        web::pour(request, usize::MAX, |piece| came += piece.len()).await.map(|()| came.to_string())
    };
    Router::new()
        .route("/", get(slow))
        .route("/take", post(take))
        .route("/large", get(|| async { Body::from(vec![7; 64 * 1024 * 1024]) }))
}

async fn open(limits: Listen) -> Door {
    let router = bounded(routes(), &limits, crate::instruments::machine().clock);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = watch::channel(false);
    Door { address, stop, served: tokio::spawn(serve(listener, router, limits, stopped)) }
}

fn limits() -> Listen {
    let (public, members) = (String::new(), String::new());
    let (header_seconds, silent_seconds, drain_seconds) = (1, 1, 5);
    Listen { public, members, connections: 8, requests: 1, header_seconds, silent_seconds, drain_seconds }
}

/// A door with one place.
async fn narrow() -> Door {
    open(Listen { connections: 1, ..limits() }).await
}

async fn begin(address: SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// What comes until the other end closes; being cut off is an end too.
async fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    timeout(Duration::from_secs(4), stream.read_to_end(&mut answer)).await.expect("the connection was held").ok();
    String::from_utf8(answer).unwrap()
}

async fn send(address: SocketAddr, text: &str) -> String {
    rest(&mut begin(address, text).await).await
}

const ASK: &str = "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
const ASK_AND_STAY: &str = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
const TAKE: &str = "POST /take HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 3000\r\n\r\n";

#[tokio::test]
async fn who_sends_nothing_or_half_a_head_is_let_go() {
    for text in ["", "GET / HTTP/1.1\r\nhost:", "PRI * HTTP/2.0\r\n"] {
        let door = open(limits()).await;
        assert!(!send(door.address, text).await.contains("200 OK"), "{text}");
    }
}

#[tokio::test]
async fn who_stays_without_asking_again_is_let_go() {
    let door = open(limits()).await;
    assert!(send(door.address, ASK_AND_STAY).await.ends_with("done"));
}

#[tokio::test]
async fn who_comes_when_all_places_are_taken_waits_and_is_served() {
    let door = narrow().await;
    let silent = begin(door.address, "").await;
    assert!(send(door.address, ASK).await.ends_with("done"));
    drop(silent);
}

#[tokio::test]
async fn a_body_that_drips_is_cut_off_and_one_that_comes_on_is_not() {
    let door = open(Listen { requests: 2, ..limits() }).await;
    let drips = async {
        let mut stream = begin(door.address, TAKE).await;
        for _ in 0..30 {
            // Once it is cut off, writing fails.
            stream.write_all(b"x").await.ok();
            sleep(Duration::from_millis(100)).await;
        }
        rest(&mut stream).await
    };
    let comes_on = async {
        let mut stream = begin(door.address, TAKE).await;
        for _ in 0..2 {
            sleep(Duration::from_millis(800)).await;
            stream.write_all(&[b'x'; 1500]).await.unwrap();
        }
        rest(&mut stream).await
    };
    let (dripped, came) = tokio::join!(drips, comes_on);
    assert!(!dripped.contains("200 OK"), "{dripped}");
    assert!(came.ends_with("3000"), "{came}");
}

#[tokio::test]
async fn who_begins_a_body_and_falls_silent_frees_the_place() {
    let door = narrow().await;
    let silent = begin(door.address, &format!("{TAKE}x")).await;
    assert!(send(door.address, ASK).await.ends_with("done"));
    drop(silent);
}

#[tokio::test]
async fn who_never_takes_an_answer_frees_the_place() {
    let door = narrow().await;
    let deaf = begin(door.address, "GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(send(door.address, ASK).await.ends_with("done"));
    drop(deaf);
}

#[tokio::test]
async fn more_requests_than_there_is_room_for_are_told_to_come_again() {
    let door = open(limits()).await;
    let (one, other) = tokio::join!(send(door.address, ASK), send(door.address, ASK));
    let refused = [&one, &other].into_iter().filter(|answer| answer.contains("503")).count();
    assert_eq!(refused, 1);
    assert!([one, other].concat().to_lowercase().contains("retry-after: 5"));
}

/// A door at which nobody is let go for being slow: only to make room.
async fn patient(requests: usize) -> Door {
    open(Listen { connections: 8, requests, header_seconds: 60, silent_seconds: 600, ..limits() }).await
}

#[tokio::test]
async fn who_holds_every_seat_and_asks_for_nothing_keeps_nobody_out() {
    let door = patient(1).await;
    let mut held = Vec::new();
    for number in 0..30 {
        held.push(begin(door.address, if number % 3 == 0 { "GET / HTTP/1.1\r\nhost:" } else { "" }).await);
    }
    for _ in 0..3 {
        let answer = timeout(Duration::from_secs(2), send(door.address, ASK)).await;
        assert!(answer.expect("it waited for those who ask for nothing").ends_with("done"));
    }
}

#[tokio::test]
async fn who_takes_no_answer_holds_no_seat_that_others_need() {
    let door = patient(8).await;
    let mut deaf = Vec::new();
    for _ in 0..8 {
        deaf.push(begin(door.address, "GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await);
    }
    sleep(Duration::from_millis(300)).await;
    let answer = timeout(Duration::from_secs(2), send(door.address, ASK)).await;
    assert!(answer.expect("it waited for those who take nothing").ends_with("done"));
}

#[tokio::test]
async fn the_slowest_body_ends_for_whoever_finds_no_place() {
    let door = patient(2).await;
    let mut slow = begin(door.address, &format!("{TAKE}x")).await;
    sleep(Duration::from_millis(100)).await;
    let mut quick = begin(door.address, &format!("{TAKE}{}", "x".repeat(2900))).await;
    sleep(Duration::from_millis(100)).await;
    assert!(send(door.address, ASK).await.ends_with("done"));
    assert!(rest(&mut slow).await.contains("408"), "the slowest was let be");
    quick.write_all(&[b'x'; 100]).await.unwrap();
    assert!(rest(&mut quick).await.ends_with("3000"));
}

#[tokio::test]
async fn what_is_at_work_ends_before_the_server_does() {
    let door = open(limits()).await;
    let asked = tokio::spawn(send(door.address, ASK));
    sleep(Duration::from_millis(100)).await;
    door.stop.send(true).unwrap();
    door.served.await.unwrap();
    assert!(asked.await.unwrap().ends_with("done"));
    assert!(TcpStream::connect(door.address).await.is_err());
}
