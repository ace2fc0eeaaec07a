//! Clocks that end soon or have ended: whoever answers for the report is told, once a clock, in a mail that names no case.

use std::collections::HashSet;

use report::triage::{Clock, Deadline};
use report::{Country, InstitutionCode, ReportId};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::acts::{Case, is_read_by};
use crate::advance::{UNHELPED, or_pass};
use crate::change::Change;
use crate::error::Error;
use crate::moment::Moment;
use crate::outbox;
use crate::rows::clock_number;
use crate::store::Store;
use crate::tables::{put, reminders, reports};

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
            .filter(reports::Column::DueHour.lte(now.hour().saturating_add((hours / 4).max(1))))
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

    async fn remind(&self, report: ReportId, clock: &str, now: Moment) -> Result<bool, Error> {
        let change = self.change().await?;
        let rules = change.rules().await?;
        let Some(case) = Case::load(&change, report, rules.country()).await? else { return Ok(false) };
        let gate = rules.about(&case.signed, now.day());
        let lead = case.row.lead.as_ref().and_then(|lead| lead.parse::<InstitutionCode>().ok());
        // A lead that is shut out by now loses the report, and is told nothing more about it.
        let Some(lead) = lead.filter(|lead| !gate.shuts_out(lead)) else { return Ok(false) };
        if !is_read_by(&change, &case.row.report, &lead).await? || !note(&change, report, clock, lead.as_str()).await? {
            return Ok(false);
        }
        outbox::put(&change.tx, vec![outbox::deadline(lead.as_str(), now, self.inner.entropy)]).await?;
        change.commit().await?;
        Ok(true)
    }
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
