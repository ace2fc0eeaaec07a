//! Rows of any table of ours, read and written with plain SQL: one connection, prepared statements, nothing in between.

use std::str::FromStr;

use sea_orm_migration::sea_orm::sqlx;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Column, ConnectOptions, Row, TypeInfo};

/// What stands in a column; each kind may be null.
#[derive(Clone)]
pub enum Field {
    /// Bytes.
    Bytes(Option<Vec<u8>>),
    /// Text.
    Text(Option<String>),
    /// A number of 32 bits.
    Number(Option<i32>),
    /// A number of 64 bits; every one of SQLite.
    Big(Option<i64>),
    /// Yes or no.
    Flag(Option<bool>),
}

/// Rows of one table.
#[derive(Clone)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// Its rows, a field for every column.
    pub rows: Vec<Vec<Field>>,
}

impl Table {
    /// Where a column stands.
    pub fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|name| name == column)
    }

    /// The statement that inserts so many of these rows.
    pub fn insert(&self, rows: usize) -> String {
        let mut number = 0;
        let mut row = || {
            let marks = self.columns.iter().map(|_| {
                number += 1;
                format!("${number}")
            });
            format!("({})", marks.collect::<Vec<_>>().join(","))
        };
        let values: Vec<String> = (0..rows).map(|_| row()).collect();
        format!("INSERT INTO {} ({}) VALUES {}", self.name, self.columns.join(","), values.join(","))
    }
}

/// One connection.
pub enum Connection {
    /// To a file.
    Sqlite(SqliteConnection),
    /// To a cluster.
    Postgresql(PgConnection),
}

impl Connection {
    /// Connects as durably as the store does.
    pub async fn open(url: &str) -> Self {
        if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url).unwrap();
            let options = options.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
            let options = options.foreign_keys(true).pragma("secure_delete", "ON").pragma("temp_store", "MEMORY");
            Self::Sqlite(options.disable_statement_logging().connect().await.unwrap())
        } else {
            let options = PgConnectOptions::from_str(url).unwrap();
            Self::Postgresql(options.disable_statement_logging().connect().await.unwrap())
        }
    }

    /// Runs a statement with its values.
    pub async fn run(&mut self, statement: &str, values: impl Iterator<Item = &Field>) {
        macro_rules! run {
            ($connection:expr) => {{
                let mut query = sqlx::query(AssertSqlSafe(statement));
                for value in values {
                    query = match value {
                        Field::Bytes(bytes) => query.bind(bytes.as_deref()),
                        Field::Text(text) => query.bind(text.as_deref()),
                        Field::Number(number) => query.bind(*number),
                        Field::Big(number) => query.bind(*number),
                        Field::Flag(flag) => query.bind(*flag),
                    };
                }
                query.execute($connection).await.map(drop).unwrap();
            }};
        }
        match self {
            Self::Sqlite(connection) => run!(connection),
            Self::Postgresql(connection) => run!(connection),
        }
    }

    /// Begins a transaction that will write.
    pub async fn begin(&mut self) {
        let begin = if matches!(self, Self::Sqlite(_)) { "BEGIN IMMEDIATE" } else { "BEGIN" };
        self.run(begin, std::iter::empty()).await;
    }

    /// Makes it durable.
    pub async fn commit(&mut self) {
        self.run("COMMIT", std::iter::empty()).await;
    }

    /// All rows that a query gives.
    async fn ask(&mut self, question: &str) -> (Vec<String>, Vec<Vec<Field>>) {
        macro_rules! ask {
            ($connection:expr) => {{
                let found = sqlx::query(AssertSqlSafe(question)).fetch_all($connection).await.unwrap();
                let names =
                    found.first().map(|row| row.columns().iter().map(|column| column.name().to_owned()).collect());
                let rows = found.iter().map(|row| {
                    let of = |column: usize| match row.column(column).type_info().name() {
                        "BLOB" | "BYTEA" => Field::Bytes(row.get(column)),
                        "INT4" => Field::Number(row.get(column)),
                        "INTEGER" | "INT8" => Field::Big(row.get(column)),
                        "BOOLEAN" | "BOOL" => Field::Flag(row.get(column)),
                        _ => Field::Text(row.get(column)),
                    };
                    (0..row.len()).map(of).collect()
                });
                (names.unwrap_or_default(), rows.collect())
            }};
        }
        match self {
            Self::Sqlite(connection) => ask!(connection),
            Self::Postgresql(connection) => ask!(connection),
        }
    }

    /// Every table that holds something, reports first so that the others may refer to them, its rows in the order they came.
    pub async fn tables(&mut self) -> Vec<Table> {
        let (list, order) = match self {
            Self::Sqlite(_) => ("SELECT name FROM sqlite_master WHERE type = 'table'", "rowid"),
            Self::Postgresql(_) => ("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'", "ctid"),
        };
        let (_, names) = self.ask(list).await;
        let mut tables = Vec::new();
        for name in names.into_iter().flatten() {
            let Field::Text(Some(name)) = name else { continue };
            let (columns, rows) = self.ask(&format!("SELECT * FROM {name} ORDER BY {order}")).await;
            tables.push(Table { name, columns, rows });
        }
        tables.retain(|table| !table.rows.is_empty() && !table.name.starts_with("seaql"));
        tables.sort_by_key(|table| table.name != "reports");
        tables
    }
}
