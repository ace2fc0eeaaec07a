//! Clients that cost as little as clients can: prepared bytes over a connection that stays open, all on one thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// What became of all requests.
#[derive(Default)]
pub struct Sent {
    pub kept: usize,
    pub refused: usize,
    pub took: Duration,
}

/// An envelope as a request, head and body.
pub fn request(envelope: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST /api/v1/reports HTTP/1.1\r\nhost: measure\r\ncontent-type: {}\r\ncontent-length: {}\r\n\r\n",
        vault::MEDIA_TYPE,
        envelope.len()
    );
    [head.as_bytes(), envelope].concat()
}

/// Sends every request once, over so many connections.
pub fn send(address: &str, requests: &Arc<Vec<Vec<u8>>>, clients: usize) -> Sent {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let next = Arc::new(AtomicUsize::new(0));
        let mut connections = Vec::new();
        for _ in 0..clients {
            let connection = TcpStream::connect(address).await.unwrap();
            connection.set_nodelay(true).unwrap();
            connections.push(BufReader::new(connection));
        }
        let begun = Instant::now();
        let mut all = JoinSet::new();
        for connection in connections {
            all.spawn(client(connection, requests.clone(), next.clone()));
        }
        let mut sent = Sent::default();
        while let Some(ended) = all.join_next().await {
            let (kept, refused) = ended.unwrap();
            sent.kept += kept;
            sent.refused += refused;
        }
        sent.took = begun.elapsed();
        sent
    })
}

async fn client(
    mut connection: BufReader<TcpStream>,
    requests: Arc<Vec<Vec<u8>>>,
    next: Arc<AtomicUsize>,
) -> (usize, usize) {
    let (mut kept, mut refused) = (0, 0);
    while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
        connection.write_all(request).await.unwrap();
        match answer(&mut connection).await {
            (201, _) => kept += 1,
            (503, _) => refused += 1,
            (status, body) => panic!("{status}: {body}"),
        }
    }
    (kept, refused)
}

/// Status and body of one answer.
async fn answer(connection: &mut BufReader<TcpStream>) -> (u16, String) {
    let (mut status, mut length) = (0, 0);
    loop {
        let mut line = String::new();
        connection.read_line(&mut line).await.unwrap();
        let line = line.trim_end().to_ascii_lowercase();
        if let Some(rest) = line.strip_prefix("http/1.1 ") {
            status = rest.get(..3).and_then(|digits| digits.parse().ok()).unwrap_or(0);
        } else if let Some(rest) = line.strip_prefix("content-length:") {
            length = rest.trim().parse().unwrap();
        } else if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    connection.read_exact(&mut body).await.unwrap();
    (status, String::from_utf8_lossy(&body).into_owned())
}
