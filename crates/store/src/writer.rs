//! The writer: one task that keeps filings in batches, each batch one synced commit.

use std::collections::HashMap;
use std::sync::Arc;

use report::{Day, ReportId, Sha256};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};

use crate::change::Change;
use crate::error::Error;
use crate::event::Event;
use crate::filing::{Filed, Filing, Kept};
use crate::outbox;
use crate::rows::{Making, Rows, clock_number};
use crate::settings::random;
use crate::store::Inner;
use crate::tables;
use crate::uploads;

/// As many go into one commit.
const LARGEST_BATCH: usize = 128;

/// What waits to be written.
pub(crate) enum Job {
    /// A report.
    File { filing: Box<Filing>, answer: oneshot::Sender<Result<Filed, Error>>, _weight: OwnedSemaphorePermit },
    /// A line of the ledger, such as one for a reading.
    Record { event: Box<Event>, answer: oneshot::Sender<Result<(), Error>> },
}

impl Job {
    /// Who waits for it may be gone by now; it is kept all the same.
    fn answer(self, outcome: Result<Option<Filed>, Error>) {
        match self {
            Self::File { answer, .. } => drop(answer.send(outcome.and_then(|filed| filed.ok_or(Error::Away)))),
            Self::Record { answer, .. } => drop(answer.send(outcome.map(|_| ()))),
        }
    }
}

/// Writes until every sender is gone.
pub(crate) async fn run(inner: Arc<Inner>, mut queue: mpsc::Receiver<Job>) {
    let mut jobs = Vec::new();
    while queue.recv_many(&mut jobs, LARGEST_BATCH).await > 0 {
        let batch: Vec<Job> = std::mem::take(&mut jobs);
        match keep(&inner, &batch).await {
            Ok(outcomes) => {
                for (job, outcome) in batch.into_iter().zip(outcomes) {
                    job.answer(outcome);
                }
            }
            Err(fault) if fault.is_everybodys() || batch.len() == 1 => {
                for job in batch {
                    job.answer(Err(fault));
                }
            }
            Err(_) => one_by_one(&inner, batch).await,
        }
    }
}

/// A true fault of one fails the batch's statement: then each goes alone, and only the faulty one fails.
async fn one_by_one(inner: &Inner, batch: Vec<Job>) {
    for job in batch {
        let outcome = keep(inner, std::slice::from_ref(&job)).await;
        let outcome = outcome.and_then(|outcomes| outcomes.into_iter().next().unwrap_or(Err(Error::Away)));
        job.answer(outcome);
    }
}

type Outcome = Result<Option<Filed>, Error>;

/// One commit for all of them.
async fn keep(inner: &Inner, batch: &[Job]) -> Result<Vec<Outcome>, Error> {
    let mut change = Change::begin(inner).await?;
    let filings: Vec<&Filing> = batch
        .iter()
        .filter_map(|job| if let Job::File { filing, .. } = job { Some(&**filing) } else { None })
        .collect();
    let mut known = Known::of(&change, &filings).await?;
    let mut rows = Rows::default();
    let mut outcomes = Vec::new();
    for job in batch {
        outcomes.push(match job {
            Job::Record { event, .. } => change.line(event).await.map(|_| None),
            Job::File { filing, .. } => known.take_in(&mut change, &mut rows, filing).await.map(Some),
        });
    }
    rows.insert(&change.tx).await?;
    outbox::put(&change.tx, std::mem::take(&mut known.notices)).await?;
    uploads::adopt(&change.tx, &known.blobs).await?;
    change.commit().await?;
    Ok(outcomes)
}

/// What is known of the reports of a batch before it is written.
struct Known {
    rules: Option<Arc<crate::Rules>>,
    kept: HashMap<ReportId, Kept>,
    shredded: Vec<Vec<u8>>,
    uploads: HashMap<Vec<u8>, tables::blobs::Model>,
    blobs: Vec<String>,
    notices: Vec<tables::outbox::Model>,
}

impl Known {
    async fn of(change: &Change<'_>, filings: &[&Filing]) -> Result<Self, Error> {
        let mut known = Self {
            rules: None,
            kept: HashMap::new(),
            shredded: Vec::new(),
            uploads: uploads::named(&change.tx, filings.iter().map(|filing| &filing.stated)).await?,
            blobs: Vec::new(),
            notices: Vec::new(),
        };
        if filings.is_empty() {
            return Ok(known);
        }
        known.rules = Some(change.rules().await?);
        let ids: Vec<Vec<u8>> = filings.iter().map(|filing| filing.stated.report().as_bytes().to_vec()).collect();
        known.shredded = tombstones(change, &ids).await?;
        known.kept = first_statements(change, ids).await?;
        Ok(known)
    }

    /// Decides about one filing and makes its rows.
    async fn take_in(&mut self, change: &mut Change<'_>, rows: &mut Rows, filing: &Filing) -> Result<Filed, Error> {
        let stated = &filing.stated;
        if let Some(kept) = self.kept.get(&stated.report()) {
            return Ok(if kept.statement() == stated.hash { Filed::Already(*kept) } else { Filed::Conflict });
        }
        if self.shredded.contains(&tombstone(stated.report())) {
            return Ok(Filed::Gone);
        }
        let facets = stated.facets().ok_or(Error::NotNow)?;
        let rules = self.rules.as_ref().ok_or(Error::Outdated)?;
        let mut settled = filing.clone();
        let named = uploads::settle(&mut settled.stated, &self.uploads)?;
        if named.iter().any(|name| self.blobs.contains(name)) {
            return Err(Error::Upload);
        }
        let day = filing.now.day();
        let gate = rules.about(std::slice::from_ref(facets), day);
        let index = change.upcoming().await?;
        let making = Making { key: &random(change.inner.entropy), gate: &gate, day: day.number(), ledger_index: index };
        let mut own = Rows::default();
        let released = own.file(&settled, &making)?;
        change.line(&Event::stated(stated, day)).await?;
        if let Some(alternate) = released {
            let event = Event::new("release", "server", day).of(stated.report()).about(alternate.as_str());
            change.line(&event).await?;
        }
        let clock = clock_number(filing.assessment.clock);
        let arrivals =
            own.desk.iter().map(|desk| outbox::arrival(&desk.institution, clock, filing.now, change.inner.entropy));
        self.notices.extend(arrivals);
        rows.append(own);
        self.blobs.extend(named);
        let kept = Kept::new(stated.report(), stated.hash, day, index);
        self.kept.insert(stated.report(), kept);
        Ok(Filed::Kept(kept))
    }
}

/// The hash under which a destroyed report is remembered.
pub(crate) fn tombstone(report: ReportId) -> Vec<u8> {
    use sha2::Digest;
    sha2::Sha256::digest(report.as_bytes()).to_vec()
}

async fn tombstones(change: &Change<'_>, ids: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, Error> {
    use sha2::Digest;
    use tables::tombstones::{Column, Entity};
    let hashes = ids.iter().map(|id| sha2::Sha256::digest(id).to_vec());
    Ok(Entity::find()
        .select_only()
        .column(Column::Hash)
        .filter(Column::Hash.is_in(hashes))
        .into_tuple()
        .all(&change.tx)
        .await?)
}

async fn first_statements(change: &Change<'_>, ids: Vec<Vec<u8>>) -> Result<HashMap<ReportId, Kept>, Error> {
    use tables::statements::{Column, Entity};
    let corrupt = Error::Corrupt { table: "statements" };
    let found: Vec<(Vec<u8>, Vec<u8>, i32, i64)> = Entity::find()
        .select_only()
        .columns([Column::Report, Column::Hash, Column::Day, Column::LedgerIndex])
        .filter(Column::Report.is_in(ids))
        .filter(Column::Act.eq("file"))
        .into_tuple()
        .all(&change.tx)
        .await?;
    let kept = found.into_iter().map(|(report, hash, day, index)| {
        let report = ReportId::new(report.try_into().map_err(|_| corrupt)?);
        let hash = Sha256::new(hash.try_into().map_err(|_| corrupt)?);
        Ok((report, Kept::new(report, hash, Day::new(day), index)))
    });
    kept.collect()
}
