//! One server at a time on a database and on a folder of blobs. A second one would put other rules in force and take the first out of
//! service, or collect what the first still takes in.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::connect::connect;
use crate::error::Error;
use crate::settings::Settings;

/// The advisory lock of the one server on a PostgreSQL database ("alone" as bytes).
const LOCK: i64 = 0x0061_6c6f_6e65;

/// How often a place that is taken is tried again, and after how long: a server that was killed leaves it a moment later.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(100);

/// The right to be the one server, until dropped. A process that dies loses it too.
pub struct Alone {
    _files: Vec<File>,
    _session: Option<DatabaseConnection>,
}

impl std::fmt::Debug for Alone {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Alone")
    }
}

impl Alone {
    /// Takes the place of the one server; none when another has it. The store must have been opened: its folders are there then.
    ///
    /// # Errors
    /// [`Error::Away`] when it cannot be known.
    pub async fn on(settings: &Settings) -> Result<Option<Self>, Error> {
        for _ in 0..TRIES {
            if let Some(alone) = Self::at_once(settings).await? {
                return Ok(Some(alone));
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(None)
    }

    async fn at_once(settings: &Settings) -> Result<Option<Self>, Error> {
        let Some(blobs) = lock(&settings.blobs)? else { return Ok(None) };
        if let Some(file) = settings.database_url.strip_prefix("sqlite://") {
            let database = lock(Path::new(file))?;
            return Ok(database.map(|database| Self { _files: vec![blobs, database], _session: None }));
        }
        let session = connect(&settings.database_url, 1, false).await?;
        let question = format!("SELECT pg_try_advisory_lock({LOCK})");
        let answer = session.query_one_raw(Statement::from_string(DbBackend::Postgres, question)).await?;
        let is_ours = answer.ok_or(Error::Away)?.try_get_by_index(0)?;
        Ok(Some(Self { _files: vec![blobs], _session: Some(session) }).filter(|_| is_ours))
    }
}

/// A lock beside a file or folder, in a file of its own; none when somebody else holds it.
fn lock(beside: &Path) -> Result<Option<File>, Error> {
    let mut name = beside.as_os_str().to_owned();
    name.push(".lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(name)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}
