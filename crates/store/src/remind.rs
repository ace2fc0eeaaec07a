//! Clocks that end soon or have ended: whoever answers for the report, or was asked and has not answered, is told, once a clock, in a
//! mail that names no case.

use std::collections::HashSet;

use report::triage::{Clock, Deadline};
use report::{Country, Day, InstitutionCode, ReportId};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::acts::{Case, is_read_by};
use crate::advance::{UNHELPED, or_pass};
use crate::change::Change;
use crate::error::Error;
use crate::moment::Moment;
use crate::outbox;
use crate::rows::clock_number;
use crate::snapshot::asked_reads;
use crate::store::Store;
use crate::tables::{desk, put, referrals, reminders, reports};

/// The clock of the answer, as it is remembered.
const FEEDBACK: &str = "feedback";

/// Days before the clock of the answer ends.
const DAYS: i32 = 7;

impl Store {
    /// Tells whoever answers for a report of which a clock ends soon, or ended while nobody looked.
    pub(crate) async fn remind_all(&self, now: Moment) -> Result<usize, Error> {
        let Some(rules) = self.inner.rules() else { return Ok(0) };
        let mut ending = Vec::new();
        for clock in Clock::ALL {
            let due = self.protective(clock, rules.country(), now).await?;
            ending.extend(due.into_iter().map(|report| (report, clock.as_str())));
        }
        if let Some(feedback) = rules.country().triage().feedback() {
            let due = self.to_be_answered(feedback, now).await?;
            ending.extend(due.into_iter().map(|report| (report, FEEDBACK)));
        }
        let mut told = 0;
        for (report, clock) in ending {
            told += usize::from(or_pass(self.remind(report, clock, now).await)?);
        }
        for referral in self.to_be_answered_by_others(now.day()).await? {
            told += usize::from(or_pass(self.remind_asked(referral, now).await)?);
        }
        Ok(told)
    }

    /// Reports of which nobody has helped, when a quarter of this clock is left, and whose lead was not told so.
    async fn protective(&self, clock: Clock, country: &Country, now: Moment) -> Result<Vec<ReportId>, Error> {
        let hours = i32::try_from(country.taxonomy().clock_hours(clock)).unwrap_or(i32::MAX);
        let read = &self.inner.connections.read;
        let ending: Vec<(Vec<u8>, Option<String>)> = reports::Entity::find()
            .select_only()
            .columns([reports::Column::Report, reports::Column::Lead])
            .filter(reports::Column::Stage.is_in(UNHELPED))
            .filter(reports::Column::Clock.eq(clock_number(clock)))
            .filter(reports::Column::DueHour.lte(now.hour().saturating_add(Ord::max(hours / 4, 1))))
            .into_tuple()
            .all(read)
            .await?;
        if ending.is_empty() {
            return Ok(Vec::new());
        }
        let told = reminders::Entity::find().filter(reminders::Column::Clock.eq(clock.as_str())).all(read).await?;
        let told: HashSet<_> = told.into_iter().map(|row| (row.report, Some(row.institution))).collect();
        ending.into_iter().filter(|one| !told.contains(one)).map(|(report, _)| id(report)).collect()
    }

    /// Reports whose reporter waits for an answer, a week before its clock ends.
    async fn to_be_answered(&self, feedback: &Deadline, now: Moment) -> Result<Vec<ReportId>, Error> {
        let told = Query::select()
            .column(reminders::Column::Report)
            .from(reminders::Entity)
            .and_where(reminders::Column::Clock.eq(FEEDBACK))
            .to_owned();
        let untold = reports::Column::Report.not_in_subquery(told);
        self.snapshot().await?.unanswered(feedback, now.day().plus(DAYS), untold).await
    }

    /// Referrals that nobody answered, when a quarter of their time is left, of which whoever was asked was not told so.
    async fn to_be_answered_by_others(&self, today: Day) -> Result<Vec<Waiting>, Error> {
        use referrals::{Column, Entity};
        let quarter = Expr::col(Column::DueDay).sub(Expr::col(Column::Day)).div(4);
        let open = asked_reads().and_where(Expr::col((desk::Entity, desk::Column::Open)).eq(true)).to_owned();
        let waiting = Entity::find()
            .select_only()
            .columns([Column::Report, Column::Statement, Column::Recipient])
            .filter(Column::AnsweredDay.is_null())
            .filter(Column::Reminded.eq(false))
            .filter(Expr::col(Column::DueDay).sub(quarter).lte(today.number()))
            .filter(Expr::exists(open));
        Ok(waiting.into_tuple().all(&self.inner.connections.read).await?)
    }

    async fn remind_asked(&self, (report, statement, asked): Waiting, now: Moment) -> Result<bool, Error> {
        use referrals::{Column, Entity};
        let change = self.change().await?;
        let rules = change.rules().await?;
        let Some(case) = Case::load(&change, id(report.clone())?, rules.country()).await? else { return Ok(false) };
        let asked = asked.parse().map_err(|_| Error::Corrupt { table: "referrals" })?;
        if !may_hear(&change, &case, &asked, now).await? {
            return Ok(false);
        }
        let told = Entity::update_many()
            .col_expr(Column::Reminded, Expr::value(true))
            .filter(Column::Report.eq(report))
            .filter(Column::Statement.eq(statement))
            .filter(Column::Reminded.eq(false))
            .exec(&change.tx)
            .await?;
        if told.rows_affected == 0 {
            return Ok(false);
        }
        outbox::put(&change.tx, vec![outbox::deadline(asked.as_str(), now, self.inner.entropy)]).await?;
        change.commit().await?;
        Ok(true)
    }

    async fn remind(&self, report: ReportId, clock: &str, now: Moment) -> Result<bool, Error> {
        let change = self.change().await?;
        let rules = change.rules().await?;
        let Some(case) = Case::load(&change, report, rules.country()).await? else { return Ok(false) };
        let Some(lead) = case.row.lead.as_ref().and_then(|lead| lead.parse().ok()) else { return Ok(false) };
        if !may_hear(&change, &case, &lead, now).await? || !note(&change, report, clock, lead.as_str()).await? {
            return Ok(false);
        }
        outbox::put(&change.tx, vec![outbox::deadline(lead.as_str(), now, self.inner.entropy)]).await?;
        change.commit().await?;
        Ok(true)
    }
}

/// Of a referral its report, the statement that asked, and who was asked.
type Waiting = (Vec<u8>, Vec<u8>, String);

/// Whether an institution may be told anything about a report now. Whoever is shut out by now loses it, and hears nothing more.
async fn may_hear(change: &Change<'_>, case: &Case, institution: &InstitutionCode, now: Moment) -> Result<bool, Error> {
    let gate = change.rules().await?.about(&case.signed, now.day());
    Ok(!gate.parts_with(institution) && is_read_by(change, &case.row.report, institution).await?)
}

/// Remembers that an institution is told of the end of a clock; false when it was told before.
pub(crate) async fn note(change: &Change<'_>, report: ReportId, clock: &str, lead: &str) -> Result<bool, Error> {
    let row =
        reminders::Model { report: report.as_bytes().to_vec(), clock: clock.to_owned(), institution: lead.to_owned() };
    let key = (row.report.clone(), row.clock.clone(), row.institution.clone());
    if reminders::Entity::find_by_id(key).one(&change.tx).await?.is_some() {
        return Ok(false);
    }
    put::<reminders::Entity>(&change.tx, vec![row]).await?;
    Ok(true)
}

fn id(bytes: Vec<u8>) -> Result<ReportId, Error> {
    Ok(ReportId::new(bytes.try_into().map_err(|_| Error::Corrupt { table: "reports" })?))
}
