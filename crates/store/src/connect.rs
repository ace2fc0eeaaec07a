//! Connections that are as they must be: durable, quiet, one to write and some to read.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use sea_orm::sqlx::{self, Connection, SqliteConnection};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    IsolationLevel, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use crate::error::Error;
use crate::settings::Settings;

/// SQLite before this version may corrupt a database in WAL mode (the WAL-reset bug, sqlite.org/wal.html).
const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

/// What every SQLite connection must say, and what it says then.
const PRAGMAS: [(&str, &str, &str); 4] = [
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", "2"),
    ("foreign_keys", "ON", "1"),
    ("secure_delete", "ON", "1"),
];

/// Statements a connection remembers: all that the writer ever prepares.
const STATEMENTS: usize = 256;

/// Both ways to the database.
#[derive(Clone)]
pub(crate) struct Connections {
    pub(crate) write: DatabaseConnection,
    pub(crate) read: DatabaseConnection,
}

/// Opens both pools and asserts what they say of themselves.
pub(crate) async fn open(settings: &Settings) -> Result<Connections, Error> {
    let url = settings.database_url.as_str();
    if !url.starts_with("sqlite:") {
        let (write, read) = (connect(url, 1, false).await?, connect(url, settings.readers, true).await?);
        return Ok(Connections { write, read });
    }
    let write = connect(url, 1, false).await?;
    assert_sqlite(&write, 1).await?;
    let read = connect(url, settings.readers, true).await?;
    assert_sqlite(&read, settings.readers).await?;
    Ok(Connections { write, read })
}

#[expect(clippy::disallowed_methods, reason = "this is the function that sets what a connection must have")]
pub(crate) async fn connect(url: &str, connections: u32, read_only: bool) -> Result<DatabaseConnection, Error> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).sqlx_logging(false).record_stmt_in_spans(false).idle_timeout(None);
    options.max_lifetime(None).map_sqlx_sqlite_opts(move |options| {
        if !read_only {
            create_private(options.get_filename());
        }
        let options = options.create_if_missing(!read_only).statement_cache_capacity(STATEMENTS);
        let options = options.pragma("temp_store", "MEMORY");
        let options = PRAGMAS.iter().fold(options, |options, (name, value, _)| options.pragma(*name, *value));
        options.pragma("query_only", if read_only { "ON" } else { "OFF" })
    });
    options.map_sqlx_sqlite_before_acquire(|connection, _| Box::pin(is_clean(connection)));
    options.map_sqlx_postgres_opts(|options| options.statement_cache_capacity(STATEMENTS));
    Ok(Database::connect(options).await?)
}

/// A database that is not there yet is made for its owner alone; SQLite gives its log and its index the same rights. One that is there
/// stays as the operator left it, and what goes wrong here SQLite says itself when it opens the file.
fn create_private(file: &Path) {
    if !file.to_string_lossy().starts_with("file:") {
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).ok();
    }
}

/// Whether nothing of an earlier transaction is left on a connection; one that is not clean is closed. On a full disk SQLite undoes a
/// transaction by itself, which the driver does not see: the next ones would be nested in one that is never committed.
async fn is_clean(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // An undoing that was only asked for is done when this comes back.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// Holds all connections of a pool at once and asks each.
async fn assert_sqlite(pool: &DatabaseConnection, connections: u32) -> Result<(), Error> {
    let mut held = Vec::new();
    for _ in 0..connections {
        held.push(pool.begin().await?);
    }
    for connection in &held {
        assert_connection(connection).await?;
    }
    Ok(())
}

async fn assert_connection(connection: &DatabaseTransaction) -> Result<(), Error> {
    let version = ask(connection, "SELECT sqlite_version()").await?;
    let numbers: Vec<u32> = version.split('.').filter_map(|number| number.parse().ok()).collect();
    if numbers.as_slice() < OLDEST_SQLITE.as_slice() {
        return Err(unfit("SQLite is older than 3.51.3 and may corrupt a database"));
    }
    for (name, _, expected) in PRAGMAS {
        if ask(connection, &format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}")).await? != expected {
            return Err(unfit(name));
        }
    }
    Ok(())
}

/// Tells the operator what a connection lacks.
fn unfit(what: &'static str) -> Error {
    tracing::error!(what, "the database is not as it must be");
    Error::Away
}

async fn ask(connection: &DatabaseTransaction, question: &str) -> Result<String, Error> {
    let answer = connection.query_one_raw(Statement::from_string(DbBackend::Sqlite, question)).await?;
    Ok(answer.ok_or(Error::Away)?.try_get_by_index(0)?)
}

/// A transaction that may write from its first statement; a deferred one would fail at once where it should wait.
pub(crate) async fn begin_write(connection: &DatabaseConnection) -> Result<DatabaseTransaction, Error> {
    let options =
        TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    Ok(connection.begin_with_options(options).await?)
}

/// A transaction that sees one state of everything and can change nothing.
pub(crate) async fn begin_read(connection: &DatabaseConnection) -> Result<DatabaseTransaction, Error> {
    let options = match connection.get_database_backend() {
        DbBackend::Postgres => TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..Default::default()
        },
        _ => TransactionOptions::default(),
    };
    Ok(connection.begin_with_options(options).await?)
}

/// Empties SQLite's write-ahead log, in which what was destroyed still lies. Waits for no reader: the next one tries again.
pub(crate) async fn forget_log(write: &DatabaseConnection) -> Result<(), Error> {
    if write.get_database_backend() == DbBackend::Sqlite {
        write.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)")).await?;
    }
    Ok(())
}
