//! A copy of everything in the database for a backup, and the keys that shred, apart. SQLite only: PostgreSQL has its own tools.

use std::path::Path;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait};

use crate::connect::connect;
use crate::error::Error;
use crate::store::Store;
use crate::tables::{put, report_keys};

/// The bytes of one key in a backup: the report's id, then its key.
const RECORD: usize = 16 + 32;

impl Store {
    /// Copies the database as it is at one moment into a new file, without the keys of reports; gives those back, to be kept apart.
    /// Nobody writes meanwhile.
    ///
    /// # Errors
    /// [`Error::Away`] when the database is no SQLite, or the file exists.
    pub async fn copy(&self, to: &Path) -> Result<Vec<u8>, Error> {
        let own = &self.inner.connections.write;
        if own.get_database_backend() != DbBackend::Sqlite || to.exists() {
            return Err(Error::Away);
        }
        let permit = self.inner.permit.lock().await;
        let name = to.to_str().ok_or(Error::Away)?.replace('\'', "''");
        own.execute_unprepared(&format!("VACUUM INTO '{name}'")).await?;
        drop(permit);
        let copy = connect(&format!("sqlite://{}", to.display()), 1, false).await?;
        let keys = take_keys(&copy).await?;
        copy.close().await?;
        Ok(keys)
    }

    /// Puts the keys of a backup back, for reports that have none.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when these are no keys.
    pub async fn put_keys(&self, keys: &[u8]) -> Result<(), Error> {
        let corrupt = Error::Corrupt { table: "report_keys" };
        let records = keys.chunks(RECORD).map(|record| {
            let (report, key) = record.split_at_checked(16).filter(|(_, key)| key.len() == 32).ok_or(corrupt)?;
            Ok(report_keys::Model { report: report.to_vec(), key: key.to_vec() })
        });
        let rows = records.collect::<Result<Vec<_>, Error>>()?;
        let change = self.change().await?;
        put::<report_keys::Entity>(&change.tx, rows).await?;
        change.commit().await
    }
}

/// Takes the keys out of a copy, so that no page of it holds one.
async fn take_keys(copy: &DatabaseConnection) -> Result<Vec<u8>, Error> {
    let rows = report_keys::Entity::find().all(copy).await?;
    for order in ["DELETE FROM report_keys", "VACUUM", "PRAGMA journal_mode = DELETE"] {
        copy.execute_unprepared(order).await?;
    }
    Ok(rows.into_iter().flat_map(|row| [row.report, row.key].concat()).collect())
}
