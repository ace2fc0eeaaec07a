//! The store itself: opened once, cloned freely.

use std::sync::{Arc, PoisonError, RwLock};

use migrations::MigratorTrait;
use report::Day;
use sea_orm::{EntityTrait, QueryOrder};
use tokio::sync::{Mutex, Semaphore, mpsc, oneshot};

use crate::Moment;
use crate::acts;
use crate::blobs::Blobs;
use crate::change::Change;
use crate::connect::{self, Connections, begin_read};
use crate::error::Error;
use crate::event::Event;
use crate::filing::{Filed, Filing};
use crate::rules::Rules;
use crate::sessions;
use crate::settings::{Entropy, Settings};
use crate::snapshot::Snapshot;
use crate::stated::Stated;
use crate::tables;
use crate::writer::{self, Job};

/// Everything that is kept. Cloning it is cheap; all clones share one write permit and one writer.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
    queue: mpsc::Sender<Job>,
    room: Arc<Semaphore>,
}

/// What the clones share.
pub(crate) struct Inner {
    pub(crate) connections: Connections,
    pub(crate) permit: Mutex<()>,
    pub(crate) entropy: Entropy,
    pub(crate) blobs: Blobs,
    rules: RwLock<Option<Arc<Rules>>>,
}

impl Inner {
    /// The rules this process holds.
    pub(crate) fn rules(&self) -> Option<Arc<Rules>> {
        self.rules.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Store {
    /// Connects, asserts what every connection must say, and starts the writer. Does not migrate.
    ///
    /// # Errors
    /// [`Error::Away`] when the database or folder does not answer, or is not as it must be (the log says what).
    pub async fn open(settings: Settings) -> Result<Self, Error> {
        let inner = Arc::new(Inner {
            connections: connect::open(&settings).await?,
            permit: Mutex::new(()),
            entropy: settings.entropy,
            blobs: Blobs::open(&settings.blobs)?,
            rules: RwLock::new(None),
        });
        let (queue, jobs) = mpsc::channel(settings.waiting.max(1));
        tokio::spawn(writer::run(inner.clone(), jobs));
        let room = settings.waiting_bytes.min(Semaphore::MAX_PERMITS);
        Ok(Self { inner, queue, room: Arc::new(Semaphore::new(room)) })
    }

    /// Brings the schema up to this program's.
    pub async fn migrate(&self) -> Result<(), Error> {
        let _permit = self.inner.permit.lock().await;
        Ok(migrations::Migrations::up(&self.inner.connections.write, None).await?)
    }

    /// Puts a version of the registry in force, for every server on this database. Whoever is newly accused, merged or shut out by
    /// it loses what was granted (see [`Store::sweep`]).
    pub async fn adopt(&self, rules: Rules, today: Day) -> Result<(), Error> {
        use tables::registry_versions::{Column, Entity, Model};
        let change = self.change().await?;
        let newest = Entity::find().order_by_desc(Column::Ordinal).one(&change.tx).await?;
        let known = newest.as_ref().is_some_and(|newest| rules.is(&newest.version, &newest.sha256));
        if !known {
            let ordinal = newest.map_or(1, |newest| newest.ordinal.saturating_add(1));
            let version = rules.registry().version().to_string();
            let row = Model { ordinal, version, sha256: rules.sha256().as_bytes().to_vec(), day: today.number() };
            tables::put::<Entity>(&change.tx, vec![row]).await?;
        }
        change.commit().await?;
        *self.inner.rules.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(rules));
        Ok(())
    }

    /// Keeps a report. Returns only after the synced commit. The same filing again gets the same answer.
    ///
    /// # Errors
    /// [`Error::Busy`] when too much waits; [`Error::Upload`] when a part names an upload that is not what it says;
    /// [`Error::Outdated`] when another registry is in force.
    pub async fn file(&self, mut filing: Filing) -> Result<Filed, Error> {
        let weight = u32::try_from(filing.stated.weight()).map_err(|_| Error::Full)?;
        let weight = self.room.clone().try_acquire_many_owned(weight).map_err(|_| Error::Busy)?;
        self.put_large(&mut filing.stated, filing.now.day()).await?;
        let (answer, kept) = oneshot::channel();
        let job = Job::File { filing: Box::new(filing), answer, _weight: weight };
        self.queue.try_send(job).map_err(|_| Error::Busy)?;
        kept.await.map_err(|_| Error::Away)?
    }

    /// Writes a line into the ledger, such as one for a reading; rides the writer's batch.
    pub async fn record(&self, event: Event) -> Result<(), Error> {
        let (answer, written) = oneshot::channel();
        self.queue.try_send(Job::Record { event: Box::new(event), answer }).map_err(|_| Error::Busy)?;
        written.await.map_err(|_| Error::Away)?
    }

    /// Keeps any later statement about a report and does what it says.
    ///
    /// # Errors
    /// [`Error::Missing`] when there is no such report, or none that the author may act on; [`Error::NotNow`] when the case is not in
    /// a stage from which this can be done, or the act lacks a particular; [`Error::NotLead`] when another institution than the author
    /// answers for it by now.
    pub async fn state(&self, mut stated: Stated, now: Moment) -> Result<Filed, Error> {
        self.put_large(&mut stated, now.day()).await?;
        acts::keep(self, &stated, now).await
    }

    /// One state of everything, for reading.
    pub async fn snapshot(&self) -> Result<Snapshot, Error> {
        let tx = begin_read(&self.inner.connections.read).await?;
        Ok(Snapshot { tx, blobs: self.inner.blobs.clone(), rules: self.inner.rules() })
    }

    /// Whether a row can be written and synced.
    pub async fn is_ready(&self) -> Result<(), Error> {
        let change = self.change().await?;
        sessions::touch(&change).await?;
        change.commit().await
    }

    pub(crate) async fn change(&self) -> Result<Change<'_>, Error> {
        Change::begin(&self.inner).await
    }
}
