//! The bytes of sealed parts, and what a new statement is held against.

use std::collections::BTreeSet;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use report::{PartName, ReportId, Sha256};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Select};
use vault::{Known, PublicKey};

use super::{Snapshot, WhoReads, hash, read};
use crate::acts::signed_facets;
use crate::error::Error;
use crate::rows::LIVE;
use crate::tables::{grants, parts, reports, small_parts, statements};

/// The bytes of a sealed part, as a stream.
pub struct Content {
    /// How many there are.
    pub size: u64,
    /// Their hash, as stated.
    pub sha256: Sha256,
    /// How grave the report is, from 1 to 5.
    pub severity: u8,
    /// They themselves.
    pub bytes: BoxStream<'static, Result<Bytes, Error>>,
}

impl Snapshot {
    /// A sealed part, if who asks can open it now.
    pub async fn content(&self, report: ReportId, part: PartName, asker: &WhoReads) -> Result<Option<Content>, Error> {
        let key = (report.as_bytes().to_vec(), part.to_string());
        let Some(report) = self.may_read(&key, asker).await? else { return Ok(None) };
        let Some(row) = parts::Entity::find_by_id(key.clone()).one(&self.tx).await? else { return Ok(None) };
        let bytes = if let Some(name) = &row.blob {
            self.blobs.get(name).await?
        } else {
            let small = small_parts::Entity::find_by_id(key).one(&self.tx).await?;
            let sealed = small.ok_or(Error::Corrupt { table: "small_parts" })?.sealed;
            stream::iter([Ok(Bytes::from(sealed))]).boxed()
        };
        let size = u64::try_from(row.size).map_err(|_| Error::Corrupt { table: "parts" })?;
        let severity = u8::try_from(report.severity).map_err(|_| Error::Corrupt { table: "reports" })?;
        Ok(Some(Content { size, sha256: hash(&row.sha256, "parts")?, severity, bytes }))
    }

    /// The report, if who asks can open this part of it now.
    pub(crate) async fn may_read(
        &self,
        (report, part): &(Vec<u8>, String),
        asker: &WhoReads,
    ) -> Result<Option<reports::Model>, Error> {
        // Both are looked for whatever the first one gave: how long the answer takes must not tell absent from forbidden.
        let row = reports::Entity::find_by_id(report.clone()).one(&self.tx).await?;
        let own = live(report, asker).filter(grants::Column::Part.eq(part.clone()));
        let opens = own.count(&self.tx).await? > 0;
        // Withdrawn, nobody reads it but who has the digits.
        Ok(row.filter(|row| opens && (row.withdrawn_day.is_none() || *asker == WhoReads::Receipt)))
    }

    /// What is kept of a report, to hold a statement by `signer` against; none when there is no such report.
    pub async fn known(&self, report: ReportId, signer: &PublicKey) -> Result<Option<Known>, Error> {
        let id = report.as_bytes().to_vec();
        let corrupt = Error::Corrupt { table: "reports" };
        let Some(row) = reports::Entity::find_by_id(id.clone()).one(&self.tx).await? else { return Ok(None) };
        let reporter = row.signer.as_slice().try_into().map_err(|_| corrupt)?;
        let receipt: vault::Recipient = row.receipt.parse().map_err(|_| corrupt)?;
        let names: Vec<String> = parts::Entity::find()
            .select_only()
            .column(parts::Column::Part)
            .filter(parts::Column::Report.eq(id.clone()))
            .into_tuple()
            .all(&self.tx)
            .await?;
        let sequence = statements::Entity::find()
            .filter(statements::Column::Report.eq(id))
            .filter(statements::Column::Signer.eq(signer.as_bytes().to_vec()))
            .count(&self.tx)
            .await?;
        let rules = self.rules.as_ref().ok_or(Error::Outdated)?;
        Ok(Some(Known {
            facets: signed_facets(&self.tx, report.as_bytes(), rules.country()).await?,
            first: hash(&row.first, "reports")?,
            reporter: PublicKey::of_bytes(reporter).map_err(|_| corrupt)?,
            receipt: receipt.fingerprint(),
            parts: names.iter().map(|name| read(name, "parts")).collect::<Result<BTreeSet<PartName>, _>>()?,
            sequence: u32::try_from(sequence).map_err(|_| Error::Corrupt { table: "statements" })?,
        }))
    }
}

/// The grants by which this asker can open something of a report now.
pub(super) fn live(report: &[u8], asker: &WhoReads) -> Select<grants::Entity> {
    grants::Entity::find()
        .filter(grants::Column::Report.eq(report.to_vec()))
        .filter(grants::Column::Recipient.eq(asker.to_string()))
        .filter(grants::Column::State.eq(LIVE))
}
