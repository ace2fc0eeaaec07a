//! One report inside a change.

use report::triage::{Clock, assess};
use report::{Country, Facets, InstitutionCode, ReportId, Stage, Step};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use sha2::{Digest, Sha256};
use vault::{Act, Author};

use crate::change::Change;
use crate::error::Error;
use crate::filing::Filed;
use crate::moment::Moment;
use crate::rows::{LIVE, area, clock_number};
use crate::stated::{Exact, Stated};
use crate::tables::{clocks, findings, grants, report_categories, report_keys, reports, statements, tombstones};
use crate::writer::tombstone;

/// A report as it stands, to be changed and written back.
pub(crate) struct Case {
    pub(crate) row: reports::Model,
    pub(crate) facets: Facets,
    /// Every facets signed about it, those in force last.
    pub(crate) signed: Vec<Facets>,
    pub(crate) key: [u8; 32],
}

/// What to say of a report that is not there.
pub(crate) async fn absent(change: &Change<'_>, report: ReportId) -> Result<Filed, Error> {
    match tombstones::Entity::find_by_id(tombstone(report)).one(&change.tx).await? {
        Some(_) => Ok(Filed::Gone),
        None => Err(Error::Missing),
    }
}

impl Case {
    /// Loads it; none when there is no such report.
    pub(crate) async fn load(change: &Change<'_>, report: ReportId, country: &Country) -> Result<Option<Self>, Error> {
        let id = report.as_bytes().to_vec();
        let Some(row) = reports::Entity::find_by_id(id.clone()).one(&change.tx).await? else { return Ok(None) };
        let key = report_keys::Entity::find_by_id(id).one(&change.tx).await?.ok_or(Error::Gone)?;
        let key = key.key.try_into().map_err(|_| Error::Corrupt { table: "report_keys" })?;
        let facets = Facets::admit(&row.facets, country).map_err(|_| Error::Corrupt { table: "reports" })?;
        let signed = signed_facets(&change.tx, &row.report, country).await?;
        Ok(Some(Self { row, facets, signed, key }))
    }

    /// Its id.
    pub(crate) fn id(&self) -> Result<ReportId, Error> {
        let bytes = self.row.report.as_slice().try_into().map_err(|_| Error::Corrupt { table: "reports" })?;
        Ok(ReportId::new(bytes))
    }

    /// Where it stands.
    pub(crate) fn stage(&self) -> Result<Stage, Error> {
        self.row.stage.parse().map_err(|_| Error::Corrupt { table: "reports" })
    }

    /// Moves it a step on.
    pub(crate) fn take(&mut self, step: Step) -> Result<(), Error> {
        let next = self.stage()?.take(step).map_err(|_| Error::NotNow)?;
        next.as_str().clone_into(&mut self.row.stage);
        Ok(())
    }

    /// Whether its author may state this: the reporter by key, an institution by what it can read. Absent and forbidden look alike.
    /// What is the lead's alone is asked here again: since the door looked, the report may have passed to another.
    pub(crate) async fn authorise(&self, change: &Change<'_>, stated: &Stated) -> Result<(), Error> {
        let body = stated.body();
        if body.act == Act::File {
            return Err(Error::NotNow);
        }
        if body.first.is_none_or(|first| first.as_bytes().as_slice() != self.row.first) {
            return Err(Error::Missing);
        }
        let may = match &body.from {
            Author::Reporter => body.act.is_reporters() && body.signer.as_bytes().as_slice() == self.row.signer,
            Author::Institution(code) => !body.act.is_reporters() && is_read_by(change, &self.row.report, code).await?,
        };
        if !may {
            return Err(Error::Missing);
        }
        if body.act.is_leads() && self.row.lead.as_deref() != body.from.institution().map(InstitutionCode::as_str) {
            return Err(Error::NotLead);
        }
        let withdrawn = self.stage()? == Stage::Withdrawn;
        if withdrawn == (body.act == Act::Undo) { Ok(()) } else { Err(Error::NotNow) }
    }

    /// Whether more may be counted of it than its protected facets say.
    pub(crate) fn consents_to_statistics(&self, country: &Country) -> bool {
        self.facets.consents_to(country.consent().statistics().purpose.as_str())
    }

    /// New facets, signed by reporter or institution. The rows of their categories are the caller's to write. What a member set
    /// to be counted ends with the consent to it.
    pub(crate) async fn set_facets(
        &mut self,
        change: &Change<'_>,
        exact: &Exact,
        (country, now): (&Country, Moment),
    ) -> Result<(), Error> {
        self.facets = exact.facets.clone();
        self.signed.push(exact.facets.clone());
        self.row.facets_hash = Sha256::digest(&exact.bytes).to_vec();
        self.row.facets.clone_from(&exact.bytes);
        self.row.area = area(&exact.facets);
        self.row.held = exact.facets.consent().is_empty();
        let of_this = report_categories::Column::Report.eq(self.row.report.clone());
        report_categories::Entity::delete_many().filter(of_this).exec(&change.tx).await?;
        if !self.consents_to_statistics(country) {
            findings::Entity::delete_by_id(self.row.report.clone()).exec(&change.tx).await?;
        }
        self.assess(change, country, now).await
    }

    /// How grave it is follows the facets. How soon a person must act is only ever shortened, and only until one has helped.
    async fn assess(&mut self, change: &Change<'_>, country: &Country, now: Moment) -> Result<(), Error> {
        let assessed = assess(&self.facets, country);
        self.row.severity = i32::from(assessed.severity);
        let clock = clock_number(assessed.clock);
        let Some(due) = self.row.due_hour.filter(|_| clock < self.row.clock) else { return Ok(()) };
        let hours = i32::try_from(country.taxonomy().clock_hours(assessed.clock)).unwrap_or(i32::MAX);
        self.row.clock = clock;
        self.run_until(change, assessed.clock, due.min(now.hour().saturating_add(hours))).await
    }

    /// The protective clock that runs ends in this hour.
    pub(crate) async fn run_until(&mut self, change: &Change<'_>, clock: Clock, due: i32) -> Result<(), Error> {
        use clocks::{Column, Entity};
        self.row.due_hour = Some(due);
        Entity::update_many()
            .col_expr(Column::Clock, Expr::value(clock.as_str()))
            .col_expr(Column::DueHour, Expr::value(due))
            .filter(Column::Report.eq(self.row.report.clone()))
            .filter(Column::State.eq("running"))
            .exec(&change.tx)
            .await?;
        Ok(())
    }

    /// Writes it back; gives back on whose desks it lies now.
    pub(crate) async fn settle(&self, change: &Change<'_>) -> Result<Vec<String>, Error> {
        reports::Entity::update(self.row.clone().into_active_model().reset_all()).exec(&change.tx).await?;
        self.refresh_desk(change).await
    }
}

/// Whether an institution can read any part of a report now.
pub(crate) async fn is_read_by(
    change: &Change<'_>,
    report: &[u8],
    institution: &InstitutionCode,
) -> Result<bool, Error> {
    let live = grants::Entity::find()
        .filter(grants::Column::Report.eq(report.to_vec()))
        .filter(grants::Column::Recipient.eq(institution.to_string()))
        .filter(grants::Column::State.eq(LIVE));
    Ok(live.count(&change.tx).await? > 0)
}

/// Every facets signed about a report, in the order they were kept.
pub(crate) async fn signed_facets(
    from: &impl ConnectionTrait,
    report: &[u8],
    country: &Country,
) -> Result<Vec<Facets>, Error> {
    use statements::{Column, Entity};
    let texts: Vec<Vec<u8>> = Entity::find()
        .select_only()
        .column(Column::Facets)
        .filter(Column::Report.eq(report.to_vec()))
        .filter(Column::Facets.is_not_null())
        .order_by_asc(Column::LedgerIndex)
        .into_tuple()
        .all(from)
        .await?;
    let admit = |text: Vec<u8>| Facets::admit(&text, country).map_err(|_| Error::Corrupt { table: "statements" });
    texts.into_iter().map(admit).collect()
}
