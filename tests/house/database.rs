//! A database of its own for every house.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// Which database a house stands on.
pub enum Database {
    /// The embedded one, in the house's folder.
    Sqlite,
    /// A fresh database in the cluster that the run of the tests started.
    Postgresql {
        /// The cluster's own database, as a URL.
        cluster: String,
        /// Ours.
        name: String,
    },
}

static COUNT: AtomicU32 = AtomicU32::new(0);

impl Database {
    /// A fresh PostgreSQL database; `None`, with one line, where no cluster was given.
    pub fn postgresql() -> Option<Self> {
        let Ok(cluster) = std::env::var("PUTOKAZ_TEST_POSTGRES") else {
            println!("PUTOKAZ_TEST_POSTGRES names no cluster: not run on PostgreSQL (cargo xtask test starts one)");
            return None;
        };
        let name = format!("house_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let database = Self::Postgresql { cluster, name };
        database.tell(&format!("create database {}", database.name()));
        Some(database)
    }

    /// Where the server finds it; relative to the house's folder for the embedded one.
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite => "sqlite://putokaz.sqlite".to_owned(),
            Self::Postgresql { cluster, name } => {
                let (host, _) = cluster.rsplit_once('/').unwrap();
                format!("{host}/{name}")
            }
        }
    }

    /// Runs one statement through `psql` in the cluster's own database; what it printed.
    fn tell(&self, statement: &str) -> Vec<u8> {
        let Self::Postgresql { cluster, .. } = self else { return Vec::new() };
        psql(cluster, statement)
    }

    /// Everything in the tables and in the write-ahead log, as bytes. The embedded database's files are the house's own to read.
    pub fn raw(&self) -> Vec<(String, Vec<u8>)> {
        let Self::Postgresql { cluster, .. } = self else { return Vec::new() };
        psql(cluster, "checkpoint");
        let folder = String::from_utf8(psql(cluster, "show data_directory")).unwrap();
        let mut found = Vec::new();
        let mut open = vec![std::path::PathBuf::from(folder.trim())];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    open.push(path);
                } else if let Ok(bytes) = std::fs::read(&path) {
                    found.push((path.display().to_string(), bytes));
                }
            }
        }
        assert!(!found.is_empty(), "the cluster's files cannot be read: the search would prove nothing");
        found
    }

    /// Drops the database.
    pub fn forget(&self) {
        if matches!(self, Self::Postgresql { .. }) {
            self.tell(&format!("drop database if exists {} with (force)", self.name()));
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Sqlite => "",
            Self::Postgresql { name, .. } => name,
        }
    }
}

fn psql(cluster: &str, statement: &str) -> Vec<u8> {
    let output = Command::new("psql").args([cluster, "-XAtqc", statement]).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "psql: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}
