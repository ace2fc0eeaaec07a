//! What statistics count from, and what a thief of this machine would see.

use std::collections::BTreeMap;

use report::{Day, Facets, ReportId};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

use super::{Snapshot, Verification, id, read};
use crate::error::Error;
use crate::tables::{grants, incident_reports, members, parts, reports, sessions, uploads, verifications};

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

impl Snapshot {
    /// Every report that a member verified something of, with its incident. Withdrawn ones are not counted.
    pub async fn incidents(&self) -> Result<Vec<Incident>, Error> {
        let mut found: BTreeMap<Vec<u8>, Vec<verifications::Model>> = BTreeMap::new();
        for row in verifications::Entity::find().all(&self.tx).await? {
            found.entry(row.report.clone()).or_default().push(row);
        }
        let links = incident_reports::Entity::find().all(&self.tx).await?;
        let mut links: BTreeMap<Vec<u8>, incident_reports::Model> =
            links.into_iter().map(|link| (link.report.clone(), link)).collect();
        let linked = Query::select().column(incident_reports::Column::Report).from(incident_reports::Entity).to_owned();
        let counted = reports::Entity::find()
            .filter(reports::Column::WithdrawnDay.is_null())
            .filter(reports::Column::Report.in_subquery(linked));
        let mut incidents = Vec::new();
        for row in counted.all(&self.tx).await? {
            let Some(link) = links.remove(&row.report) else { continue };
            incidents.push(self.incident(link, &row, &found.remove(&row.report).unwrap_or_default())?);
        }
        Ok(incidents)
    }

    fn incident(
        &self,
        link: incident_reports::Model,
        row: &reports::Model,
        found: &[verifications::Model],
    ) -> Result<Incident, Error> {
        let verification = |row: &verifications::Model| {
            Ok(Verification {
                act: read(&row.act, "verifications")?,
                status: read(&row.status, "verifications")?,
                institution: read(&row.institution, "verifications")?,
                day: Day::new(row.day),
            })
        };
        Ok(Incident {
            incident: link.incident.try_into().map_err(|_| Error::Corrupt { table: "incident_reports" })?,
            report: id(&row.report, "reports")?,
            source: link.source,
            filed: Day::new(row.filed_day),
            facets: self.facets(&row.facets)?,
            verifications: found.iter().map(verification).collect::<Result<_, Error>>()?,
        })
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
