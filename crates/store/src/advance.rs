//! What time does: silent leads, withdrawn reports, blobs that nobody named, sessions that are over. A binary calls it now and then.

use report::triage::Clock;
use report::{Day, ReportId, Stage};
use sea_orm::sea_query::{Expr, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::acts::{Case, UNDO_DAYS};
use crate::change::Change;
use crate::connect;
use crate::error::Error;
use crate::event::Event;
use crate::links;
use crate::moment::Moment;
use crate::outbox;
use crate::remind;
use crate::rows::HELD;
use crate::sessions;
use crate::store::Store;
use crate::tables::{
    blobs, clocks, consents, desk, filed_through, findings, grants, incident_reports, ledger, parts, put, referrals,
    reminders, report_categories, report_keys, reports, small_parts, statements, tombstones, uploads, verifications,
};
use crate::uploads::UploadId;
use crate::writer::tombstone;

/// Days after which a blob or upload that no statement named is removed.
const ORPHAN_DAYS: i32 = 7;

/// Stages in which a protective clock can still run: read or not, nobody has helped.
pub(crate) const UNHELPED: [&str; 3] = [Stage::Filed.as_str(), Stage::Acknowledged.as_str(), Stage::InTriage.as_str()];

/// What time did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Advanced {
    /// Institutions that were told that a clock ends.
    pub reminded: usize,
    /// Reports that went to their alternate because the lead was silent.
    pub released: usize,
    /// Reports that were destroyed.
    pub shredded: usize,
    /// Blobs that were removed.
    pub collected: usize,
}

impl Store {
    /// Lets time pass up to `now`. Each report is its own short change, and each task goes on its own: what fails stops nothing else.
    ///
    /// # Errors
    /// Why one of the tasks could not be done as a whole. A report that cannot be read is passed over, and logged by its class.
    pub async fn advance(&self, now: Moment) -> Result<Advanced, Error> {
        let reminded = self.remind_all(now).await;
        let silent = self.release_all(self.silent(now).await, now).await;
        let unanswered = self.release_all(self.unanswered(now.day()).await, now).await;
        let shredded = self.shred_withdrawn(now.day()).await;
        let collected = self.collect(now.day()).await;
        self.expire(now).await?;
        let released = silent? + unanswered?;
        Ok(Advanced { reminded: reminded?, released, shredded: shredded?, collected: collected? })
    }

    async fn release_all(&self, due: Result<Vec<ReportId>, Error>, now: Moment) -> Result<usize, Error> {
        let mut released = 0;
        for report in due? {
            released += usize::from(or_pass(self.release(report, now).await)?);
        }
        Ok(released)
    }

    async fn shred_withdrawn(&self, today: Day) -> Result<usize, Error> {
        let mut shredded = 0;
        for report in self.withdrawn(today).await? {
            shredded += usize::from(or_pass(self.shred(report, today).await.map(|()| true))?);
        }
        if shredded > 0 {
            connect::forget_log(&self.inner.connections.write).await?;
        }
        Ok(shredded)
    }

    /// Sessions and filing links that are over.
    async fn expire(&self, now: Moment) -> Result<(), Error> {
        let change = self.change().await?;
        sessions::expire(&change, now).await?;
        links::expire(&change, now.day()).await?;
        change.commit().await
    }

    /// Runs newly adopted rules over every report that institutions can read: who is shut out by now loses what it had.
    pub async fn sweep(&self, now: Moment) -> Result<usize, Error> {
        let all: Vec<Vec<u8>> = desk::Entity::find()
            .select_only()
            .column(desk::Column::Report)
            .distinct()
            .into_tuple()
            .all(&self.inner.connections.read)
            .await?;
        let mut swept = 0;
        for report in ids(all)? {
            swept += usize::from(or_pass(self.sweep_one(report, now).await)?);
        }
        Ok(swept)
    }

    async fn sweep_one(&self, report: ReportId, now: Moment) -> Result<bool, Error> {
        let mut change = self.change().await?;
        let rules = change.rules().await?;
        let Some(mut case) = Case::load(&change, report, rules.country()).await? else { return Ok(false) };
        let gate = rules.about(&case.signed, now.day());
        let lead = case.row.lead.clone();
        if !case.sweep(&mut change, &gate, now).await? {
            return Ok(false);
        }
        case.settle(&change).await?;
        if let Some(answers_now) = case.row.lead.as_ref().filter(|now| Some(*now) != lead.as_ref()) {
            let mail = outbox::arrival(answers_now, case.row.clock, now, self.inner.entropy);
            outbox::put(&change.tx, vec![mail]).await?;
        }
        change.commit().await?;
        Ok(true)
    }

    /// Reports whose protective clock ran out before anybody helped, read or not, and for which somebody else stands ready.
    async fn silent(&self, now: Moment) -> Result<Vec<ReportId>, Error> {
        let due: Vec<Vec<u8>> = reports::Entity::find()
            .select_only()
            .column(reports::Column::Report)
            .filter(reports::Column::Stage.is_in(UNHELPED))
            .filter(reports::Column::DueHour.lt(now.hour()))
            .filter(reports::Column::Report.in_subquery(somebody_ready()))
            .into_tuple()
            .all(&self.inner.connections.read)
            .await?;
        ids(due)
    }

    /// Reports whose reporter waited for an answer until its clock ran out, however often it was stopped, and for which somebody else
    /// stands ready.
    async fn unanswered(&self, today: Day) -> Result<Vec<ReportId>, Error> {
        let Some(rules) = self.inner.rules() else { return Ok(Vec::new()) };
        let Some(feedback) = rules.country().triage().feedback() else { return Ok(Vec::new()) };
        let ready = reports::Column::Report.in_subquery(somebody_ready());
        self.snapshot().await?.unanswered(feedback, today, ready).await
    }

    async fn release(&self, report: ReportId, now: Moment) -> Result<bool, Error> {
        let mut change = self.change().await?;
        let rules = change.rules().await?;
        let Some(mut case) = Case::load(&change, report, rules.country()).await? else { return Ok(false) };
        let gate = rules.about(&case.signed, now.day());
        // Where the lead is shut out by now, that alone lets the alternate in, and nothing is held for it any more.
        let lead = case.row.lead.clone();
        let is_swept = case.sweep(&mut change, &gate, now).await?;
        case.release(&mut change, now).await?;
        let is_released = case.row.lead.is_some() && case.row.lead != lead;
        if is_released {
            self.tell_alternate(&change, &case, now).await?;
        }
        if is_swept || is_released {
            case.settle(&change).await?;
            change.commit().await?;
        }
        Ok(is_released)
    }

    /// The alternate is told at once, whichever clock it was: it has ended. Of the same clock it hears no more.
    async fn tell_alternate(&self, change: &Change<'_>, case: &Case, now: Moment) -> Result<(), Error> {
        let Some(alternate) = &case.row.lead else { return Ok(()) };
        let clock = usize::try_from(case.row.clock).ok().and_then(|number| Clock::ALL.get(number));
        if let Some(clock) = clock {
            remind::note(change, case.id()?, clock.as_str(), alternate).await?;
        }
        outbox::put(&change.tx, vec![outbox::duty(alternate, now, self.inner.entropy)]).await
    }

    async fn withdrawn(&self, today: Day) -> Result<Vec<ReportId>, Error> {
        let over: Vec<Vec<u8>> = reports::Entity::find()
            .select_only()
            .column(reports::Column::Report)
            .filter(reports::Column::WithdrawnDay.lte(today.plus(-UNDO_DAYS).number()))
            .into_tuple()
            .all(&self.inner.connections.read)
            .await?;
        ids(over)
    }

    /// Destroys a report: keys, grants, bytes, facets. What stays is the hash of its id, and leaves that nobody can link to it.
    pub async fn shred(&self, report: ReportId, today: Day) -> Result<(), Error> {
        let mut change = self.change().await?;
        let id = report.as_bytes().to_vec();
        let row = reports::Entity::find_by_id(id.clone()).one(&change.tx).await?.ok_or(Error::Missing)?;
        let named = destroy_rows(&change, &id).await?;
        reports::Entity::delete_by_id(row.report).exec(&change.tx).await?;
        let stone = tombstones::Model { hash: tombstone(report), day: today.number() };
        put::<tombstones::Entity>(&change.tx, vec![stone]).await?;
        change.line(&Event::new("shred", "server", today)).await?;
        change.commit().await?;
        for name in named {
            self.remove_blob(&name).await?;
        }
        Ok(())
    }

    /// Removes what was uploaded and never named.
    async fn collect(&self, today: Day) -> Result<usize, Error> {
        let read = &self.inner.connections.read;
        let before = today.plus(-ORPHAN_DAYS).number();
        let old = uploads::Entity::find().filter(uploads::Column::BegunDay.lte(before)).all(read).await?;
        for upload in old {
            self.drop_upload(UploadId::of(&upload.upload)?).await?;
        }
        self.drop_left_pieces().await?;
        let orphans = blobs::Entity::find().filter(blobs::Column::OrphanDay.lte(before)).all(read).await?;
        for orphan in &orphans {
            self.remove_blob(&orphan.blob).await?;
        }
        Ok(orphans.len())
    }

    /// The file first: a row without a file is found again, a file without a row never.
    async fn remove_blob(&self, name: &str) -> Result<(), Error> {
        self.inner.blobs.remove(name).await?;
        let change = self.change().await?;
        blobs::Entity::delete_by_id(name.to_owned()).exec(&change.tx).await?;
        change.commit().await
    }
}

/// Reports that something is held of for an alternate.
fn somebody_ready() -> SelectStatement {
    let held = grants::Column::State.eq(HELD);
    Query::select().column(grants::Column::Report).from(grants::Entity).and_where(held).to_owned()
}

/// Deletes everything that belongs to a report but its own row; gives back the blobs it had, orphans from now on.
async fn destroy_rows(change: &Change<'_>, id: &[u8]) -> Result<Vec<String>, Error> {
    let of_this =
        parts::Entity::find().select_only().column(parts::Column::Blob).filter(parts::Column::Report.eq(id.to_vec()));
    let named: Vec<Option<String>> = of_this.into_tuple().all(&change.tx).await?;
    let named: Vec<String> = named.into_iter().flatten().collect();
    destroy(change, report_keys::Column::Report.eq(id.to_vec()), report_keys::Entity).await?;
    destroy(change, grants::Column::Report.eq(id.to_vec()), grants::Entity).await?;
    destroy(change, small_parts::Column::Report.eq(id.to_vec()), small_parts::Entity).await?;
    destroy(change, parts::Column::Report.eq(id.to_vec()), parts::Entity).await?;
    destroy_facts(change, id).await?;
    blobs::Entity::update_many()
        .col_expr(blobs::Column::OrphanDay, Expr::value(0))
        .filter(blobs::Column::Blob.is_in(named.iter().cloned()))
        .exec(&change.tx)
        .await?;
    unlink(change, id).await?;
    Ok(named)
}

/// What was done about it and who had it before them.
async fn destroy_facts(change: &Change<'_>, id: &[u8]) -> Result<(), Error> {
    destroy(change, desk::Column::Report.eq(id.to_vec()), desk::Entity).await?;
    destroy(change, clocks::Column::Report.eq(id.to_vec()), clocks::Entity).await?;
    destroy(change, reminders::Column::Report.eq(id.to_vec()), reminders::Entity).await?;
    destroy(change, referrals::Column::Report.eq(id.to_vec()), referrals::Entity).await?;
    destroy(change, verifications::Column::Report.eq(id.to_vec()), verifications::Entity).await?;
    destroy(change, incident_reports::Column::Report.eq(id.to_vec()), incident_reports::Entity).await?;
    destroy(change, findings::Column::Report.eq(id.to_vec()), findings::Entity).await?;
    destroy(change, consents::Column::Report.eq(id.to_vec()), consents::Entity).await?;
    destroy(change, filed_through::Column::Report.eq(id.to_vec()), filed_through::Entity).await?;
    destroy(change, report_categories::Column::Report.eq(id.to_vec()), report_categories::Entity).await?;
    destroy(change, statements::Column::Report.eq(id.to_vec()), statements::Entity).await
}

async fn destroy<E: EntityTrait>(change: &Change<'_>, of_this: SimpleExpr, _table: E) -> Result<(), Error> {
    E::delete_many().filter(of_this).exec(&change.tx).await?;
    Ok(())
}

/// Destroys the blinds of its lines: the leaves stay, and nobody can say any more what they were.
async fn unlink(change: &Change<'_>, id: &[u8]) -> Result<(), Error> {
    use ledger::Column;
    ledger::Entity::update_many()
        .col_expr(Column::Blind, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::Event, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::Report, Expr::value(None::<Vec<u8>>))
        .filter(Column::Report.eq(id.to_vec()))
        .exec(&change.tx)
        .await?;
    Ok(())
}

/// One report that cannot be read must not keep all others from their time: it is passed over. What concerns all of them is not.
pub(crate) fn or_pass<T: Default>(outcome: Result<T, Error>) -> Result<T, Error> {
    match outcome {
        Err(fault) if !fault.is_everybodys() => {
            tracing::error!(%fault, "a report was passed over");
            Ok(T::default())
        }
        done => done,
    }
}

fn ids(rows: Vec<Vec<u8>>) -> Result<Vec<ReportId>, Error> {
    let id = |bytes: Vec<u8>| Ok(ReportId::new(bytes.try_into().map_err(|_| Error::Corrupt { table: "reports" })?));
    rows.into_iter().map(id).collect()
}
