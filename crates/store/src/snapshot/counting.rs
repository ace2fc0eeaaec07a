//! What statistics count from, and what a thief of this machine would see.

use std::collections::BTreeMap;

use report::{Day, Facets, Found, InstitutionCode, ReportId};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

use super::case::{referral, verification};
use super::{Referral, Snapshot, Verification, id};
use crate::error::Error;
use crate::rows::LIVE;
use crate::tables::{
    findings, grants, incident_reports, members, parts, referrals, reports, sessions, uploads, verifications,
};

/// One verified report within an incident: a row of what is counted.
#[derive(Clone)]
pub struct Incident {
    /// Which incident; several reports may tell of one.
    pub incident: [u8; 16],
    /// Which report tells of it.
    pub report: ReportId,
    /// Who it comes from: the filing organisation, an import's source, or the verifying institution.
    pub source: String,
    /// When it was filed.
    pub filed: Day,
    /// Its facets.
    pub facets: Facets,
    /// What members found, act by act.
    pub verifications: Vec<Verification>,
    /// What else a member set to be counted; only with consent to statistics.
    pub found: Option<Found>,
    /// Who was asked to act.
    pub referrals: Vec<Referral>,
}

/// What lies open on this machine, and how much lies sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exposure {
    /// Reports, each with its facets in the clear.
    pub reports: u64,
    /// Sealed parts.
    pub parts: u64,
    /// Their bytes.
    pub sealed_bytes: u64,
    /// How many grants each institution has that it could open; the machine cannot.
    pub grants: BTreeMap<String, u64>,
    /// Members whose mail address is known.
    pub mailboxes: u64,
    /// Sessions that run.
    pub sessions: u64,
    /// Uploads that wait for their statement.
    pub uploads: u64,
}

/// Rows by the report they are about.
type ByReport<T> = BTreeMap<Vec<u8>, Vec<T>>;

/// What stands beside the reports that are counted.
struct Beside {
    links: ByReport<incident_reports::Model>,
    verified: ByReport<verifications::Model>,
    found: ByReport<findings::Model>,
    referred: ByReport<referrals::Model>,
}

fn by_report<T>(rows: Vec<T>, report: impl Fn(&T) -> &Vec<u8>) -> ByReport<T> {
    let mut sorted = ByReport::new();
    for row in rows {
        sorted.entry(report(&row).clone()).or_insert_with(Vec::new).push(row);
    }
    sorted
}

fn taken<T, U>(rows: &mut ByReport<T>, report: &[u8], read: fn(&T) -> Result<U, Error>) -> Result<Vec<U>, Error> {
    rows.remove(report).unwrap_or_default().iter().map(read).collect()
}

impl Snapshot {
    /// Every report that a member verified something of, with its incident. Withdrawn ones are not counted.
    pub async fn incidents(&self) -> Result<Vec<Incident>, Error> {
        self.counted(Condition::all()).await
    }

    /// The same, of what one institution can read now.
    pub async fn incidents_of(&self, institution: &InstitutionCode) -> Result<Vec<Incident>, Error> {
        let own = Query::select()
            .column(grants::Column::Report)
            .from(grants::Entity)
            .and_where(grants::Column::Recipient.eq(institution.to_string()))
            .and_where(grants::Column::State.eq(LIVE))
            .to_owned();
        self.counted(Condition::all().add(reports::Column::Report.in_subquery(own))).await
    }

    async fn counted(&self, which: Condition) -> Result<Vec<Incident>, Error> {
        let linked = Query::select().column(incident_reports::Column::Report).from(incident_reports::Entity).to_owned();
        let counted = reports::Entity::find()
            .filter(which)
            .filter(reports::Column::WithdrawnDay.is_null())
            .filter(reports::Column::Report.in_subquery(linked.clone()));
        let referred = referrals::Entity::find().filter(referrals::Column::Report.in_subquery(linked));
        let mut beside = Beside {
            links: by_report(incident_reports::Entity::find().all(&self.tx).await?, |row| &row.report),
            verified: by_report(verifications::Entity::find().all(&self.tx).await?, |row| &row.report),
            found: by_report(findings::Entity::find().all(&self.tx).await?, |row| &row.report),
            referred: by_report(referred.all(&self.tx).await?, |row| &row.report),
        };
        let rows = counted.all(&self.tx).await?;
        rows.iter().filter_map(|row| self.incident(row, &mut beside).transpose()).collect()
    }

    fn incident(&self, row: &reports::Model, beside: &mut Beside) -> Result<Option<Incident>, Error> {
        let Some(link) = beside.links.remove(&row.report).unwrap_or_default().pop() else { return Ok(None) };
        let found = beside.found.remove(&row.report).unwrap_or_default().pop();
        let found = found.map(|row| serde_json::from_str(&row.found)).transpose();
        Ok(Some(Incident {
            incident: link.incident.try_into().map_err(|_| Error::Corrupt { table: "incident_reports" })?,
            report: id(&row.report, "reports")?,
            source: link.source,
            filed: Day::new(row.filed_day),
            facets: self.facets(&row.facets)?,
            verifications: taken(&mut beside.verified, &row.report, verification)?,
            found: found.map_err(|_| Error::Corrupt { table: "findings" })?,
            referrals: taken(&mut beside.referred, &row.report, referral)?,
        }))
    }

    /// What a thief of this machine would see.
    pub async fn exposure(&self) -> Result<Exposure, Error> {
        use grants::Column;
        let tx = &self.tx;
        let counted: Vec<(String, i64)> = grants::Entity::find()
            .select_only()
            .column(Column::Recipient)
            .column_as(Column::Part.count(), "grants")
            .filter(Column::State.is_in(["live", "held"]))
            .group_by(Column::Recipient)
            .into_tuple()
            .all(tx)
            .await?;
        let bytes: Option<i64> = parts::Entity::find()
            .select_only()
            .column_as(Expr::cust("CAST(COALESCE(SUM(size), 0) AS BIGINT)"), "bytes")
            .into_tuple()
            .one(tx)
            .await?;
        let whole = |number: i64| u64::try_from(number).unwrap_or_default();
        Ok(Exposure {
            reports: reports::Entity::find().count(tx).await?,
            parts: parts::Entity::find().count(tx).await?,
            sealed_bytes: whole(bytes.unwrap_or_default()),
            grants: counted.into_iter().map(|(institution, number)| (institution, whole(number))).collect(),
            mailboxes: members::Entity::find().filter(members::Column::Mailbox.is_not_null()).count(tx).await?,
            sessions: sessions::Entity::find().count(tx).await?,
            uploads: uploads::Entity::find().count(tx).await?,
        })
    }
}
