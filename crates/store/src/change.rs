//! A change: the write permit, a transaction, and the lines that say what was done.

use ledger::{Blind, Leaf};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryOrder, QuerySelect, Statement};
use tokio::sync::MutexGuard;

use crate::connect::begin_write;
use crate::error::Error;
use crate::event::Event;
use crate::rules::Rules;
use crate::settings::random;
use crate::store::Inner;
use crate::tables::{self, put};

/// The advisory lock that makes every server's batches and changes one queue on PostgreSQL ("putokaz" as bytes).
const LOCK: i64 = 0x0070_7574_6f6b_617a;

/// Reading and writing. Holds the permit until committed; forgotten, it is undone.
#[must_use = "a change that is not committed is undone"]
pub(crate) struct Change<'a> {
    // The order matters: what is not committed is undone before the next may begin.
    pub(crate) tx: DatabaseTransaction,
    pub(crate) inner: &'a Inner,
    lines: Vec<tables::ledger::Model>,
    next: Option<i64>,
    _permit: MutexGuard<'a, ()>,
}

impl<'a> Change<'a> {
    /// Waits for the permit, and on PostgreSQL for the other servers.
    pub(crate) async fn begin(inner: &'a Inner) -> Result<Self, Error> {
        let permit = inner.permit.lock().await;
        let tx = begin_write(&inner.connections.write).await?;
        if tx.get_database_backend() == DbBackend::Postgres {
            let lock = format!("SELECT pg_advisory_xact_lock({LOCK})");
            tx.execute_raw(Statement::from_string(DbBackend::Postgres, lock)).await?;
        }
        Ok(Self { tx, inner, lines: Vec::new(), next: None, _permit: permit })
    }

    /// The rules this process holds, known to be those in force while the change lasts.
    pub(crate) async fn rules(&self) -> Result<std::sync::Arc<Rules>, Error> {
        let held = self.inner.rules().ok_or(Error::Outdated)?;
        let newest = tables::registry_versions::Entity::find()
            .order_by_desc(tables::registry_versions::Column::Ordinal)
            .one(&self.tx)
            .await?;
        if newest.is_some_and(|newest| held.is(&newest.version, &newest.sha256)) {
            Ok(held)
        } else {
            Err(Error::Outdated)
        }
    }

    /// The index the next line will have.
    pub(crate) async fn upcoming(&mut self) -> Result<i64, Error> {
        use tables::ledger::{Column, Entity};
        if let Some(next) = self.next {
            return Ok(next);
        }
        let newest =
            Entity::find().select_only().column(Column::LedgerIndex).order_by_desc(Column::LedgerIndex).limit(1);
        let last: Option<i64> = newest.into_tuple().one(&self.tx).await?;
        let next = last.map_or(0, |last| last.saturating_add(1));
        self.next = Some(next);
        Ok(next)
    }

    /// Adds a line to the ledger; its index, dense and in the order of commits.
    pub(crate) async fn line(&mut self, event: &Event) -> Result<i64, Error> {
        let index = self.upcoming().await?;
        self.next = Some(index.saturating_add(1));
        let blind = Blind(random(self.inner.entropy));
        let bytes = event.to_bytes();
        self.lines.push(tables::ledger::Model {
            ledger_index: index,
            leaf: Leaf::of(&blind, &bytes).0.to_vec(),
            blind: Some(blind.0.to_vec()),
            event: Some(bytes),
            report: event.case().map(|report| report.as_bytes().to_vec()),
            audience: event.audience().map(ToString::to_string),
        });
        Ok(index)
    }

    /// Writes the lines and makes everything durable.
    pub(crate) async fn commit(self) -> Result<(), Error> {
        put::<tables::ledger::Entity>(&self.tx, self.lines).await?;
        Ok(self.tx.commit().await?)
    }
}
