//! A member opens a sealed part: a line of the ledger, and the first time whoever answers for the report does, its acknowledgement.

use report::{InstitutionCode, PartKind, PartName, ReportId, Stage, Step};

use crate::acts::{Case, is_read_by};
use crate::error::Error;
use crate::event::Event;
use crate::moment::Moment;
use crate::snapshot::WhoReads;
use crate::store::Store;
use crate::tables::reports;

impl Store {
    /// Writes down that a member opens a part. When the lead opens what happened for the first time, the reporter's page says that
    /// somebody has read it. The protective clock runs on: to have read is not to have helped.
    ///
    /// # Errors
    /// [`Error::Missing`] when the institution cannot open it.
    pub async fn read(
        &self,
        (report, part): (ReportId, PartName),
        (institution, member): (&InstitutionCode, &str),
        now: Moment,
    ) -> Result<(), Error> {
        let asker = WhoReads::Institution(institution.clone());
        let place = (report.as_bytes().to_vec(), part.to_string());
        let row = self.snapshot().await?.may_read(&place, &asker).await?.ok_or(Error::Missing)?;
        let event = Event::read(report, part, (institution, member), now.day());
        if acknowledges(&row, part, institution) {
            self.acknowledge((report, institution), &event).await
        } else {
            self.record(event).await
        }
    }

    async fn acknowledge(&self, (report, reader): (ReportId, &InstitutionCode), event: &Event) -> Result<(), Error> {
        let mut change = self.change().await?;
        let rules = change.rules().await?;
        let mut case = Case::load(&change, report, rules.country()).await?.ok_or(Error::Missing)?;
        if !is_read_by(&change, &case.row.report, reader).await? {
            return Err(Error::Missing);
        }
        change.line(event).await?;
        // Somebody else may have been first since it was asked.
        if case.stage()? == Stage::Filed {
            case.take(Step::Acknowledge)?;
            case.settle(&change).await?;
        }
        change.commit().await
    }
}

/// Whether this is the first time that the institution which answers for a report opens what happened.
fn acknowledges(row: &reports::Model, part: PartName, reader: &InstitutionCode) -> bool {
    let tells = matches!(part.kind(), PartKind::Account | PartKind::Coding);
    tells && row.stage == Stage::Filed.as_str() && row.lead.as_deref() == Some(reader.as_str())
}
