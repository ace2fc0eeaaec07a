//! Filing over HTTP against raw SQL that writes the same rows.

use std::sync::Arc;

use house_tests::{Connection, Database, Table};

use crate::clients::{self, Sent};
use crate::deployment::{Deployment, databases, url};
use crate::measured::Measured;
use crate::{made_up, plain};

/// Clients at once, and how many filings they send together.
const CASES: [(usize, usize); 3] = [(1, 300), (8, 1000), (64, 2500)];
/// Each case is run so often; the middle ratio counts.
const ROUNDS: usize = 3;

const YARDSTICK: &str = "raw SQL writing the same rows, as durably, as many filings a transaction as clients";

/// Measures every case on every database there is.
pub fn measure() -> Vec<Measured> {
    let deployment = Deployment::make();
    let most = CASES.iter().map(|(_, filings)| *filings).max().unwrap_or_default();
    let requests = made_up::envelopes(&deployment.device(), most);
    let requests: Vec<Vec<u8>> = requests.iter().map(|envelope| clients::request(envelope)).collect();
    let mut measured = Vec::new();
    for database in databases() {
        for (clients, filings) in CASES {
            let some = Arc::new(requests[..filings].to_vec());
            let rounds = (0..ROUNDS).filter_map(|_| round(&deployment, database, (&some, clients)));
            let mut rounds: Vec<Measured> = rounds.collect();
            rounds.sort_by(|one, other| one.ratio().total_cmp(&other.ratio()));
            measured.extend(rounds.into_iter().nth(ROUNDS / 2));
        }
    }
    measured
}

/// Files everything once, then writes what was kept once more without us.
fn round(
    deployment: &Deployment,
    database: fn() -> Option<Database>,
    (requests, clients): (&Arc<Vec<Vec<u8>>>, usize),
) -> Option<Measured> {
    let (ours, theirs) = (database()?, database()?);
    let [filed, copied] = ["filed.sqlite", "copied.sqlite"].map(|name| deployment.file(name));
    let sent = {
        let serving = deployment.serve(&ours, "filed.sqlite");
        clients::send(&serving.public, requests, clients)
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let (tables, took) = runtime.block_on(async {
        let tables = touched(Connection::open(&url(&ours, &filed)).await.tables().await);
        let took = plain::write(&tables, &url(&theirs, &copied), clients).await;
        (tables, took)
    });
    runtime.shutdown_background();
    for database in [&ours, &theirs] {
        database.forget();
    }
    for file in [&filed, &copied] {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", file.display()));
        }
    }
    let name = if matches!(ours, Database::Sqlite) { "SQLite" } else { "PostgreSQL" };
    let rows: usize = tables.iter().map(|table| table.rows.len()).sum();
    let Sent { kept, refused, took: sent_in } = sent;
    Some(Measured {
        bench: "intake",
        case: format!("{name}, {clients} clients, {} rows a filing, {refused} refused", rows / kept.max(1)),
        ours: per_second(kept, sent_in),
        unit: "filings/s",
        yardstick: YARDSTICK,
        yardstick_value: per_second(kept, took),
    })
}

/// The tables a filing writes into; the others hold what the server was set up with.
fn touched(tables: Vec<Table>) -> Vec<Table> {
    const SET_UP: [&str; 8] = [
        "institutions",
        "members",
        "wraps",
        "registry_versions",
        "directory_versions",
        "sessions",
        "challenges",
        "releases",
    ];
    tables.into_iter().filter(|table| !SET_UP.contains(&table.name.as_str())).collect()
}

fn per_second(count: usize, took: std::time::Duration) -> f64 {
    u32::try_from(count).map_or(0.0, f64::from) / took.as_secs_f64()
}
