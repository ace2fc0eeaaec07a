//! Filing links: the right of an organisation's workers to file through it. Only the hash of a link is kept, and no worker.

use report::{Day, InstitutionCode};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::change::Change;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::store::Store;
use crate::tables::{filed_through, links, put};

/// A filing link, as its organisation may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// SHA-256 of its secret.
    pub hash: [u8; 32],
    /// Whose it is.
    pub institution: InstitutionCode,
    /// The UTC day it was made.
    pub made: Day,
    /// The first UTC day on which it no longer holds.
    pub end: Day,
}

impl Link {
    fn of(row: &links::Model) -> Result<Self, Error> {
        let corrupt = Error::Corrupt { table: "links" };
        Ok(Self {
            hash: row.link.as_slice().try_into().map_err(|_| Error::Corrupt { table: "links" })?,
            institution: row.institution.parse().map_err(|_| corrupt)?,
            made: Day::new(row.made_day),
            end: Day::new(row.end_day),
        })
    }
}

impl Store {
    /// Keeps a link; false when its hash is known already.
    pub async fn keep_link(&self, link: &Link) -> Result<bool, Error> {
        let change = self.change().await?;
        if links::Entity::find_by_id(link.hash.to_vec()).one(&change.tx).await?.is_some() {
            return Ok(false);
        }
        let row = links::Model {
            link: link.hash.to_vec(),
            institution: link.institution.to_string(),
            made_day: link.made.number(),
            end_day: link.end.number(),
        };
        put::<links::Entity>(&change.tx, vec![row]).await?;
        change.commit().await?;
        Ok(true)
    }

    /// Whose link this is, while it holds.
    pub async fn link(&self, hash: [u8; 32], today: Day) -> Result<Option<InstitutionCode>, Error> {
        let row = links::Entity::find_by_id(hash.to_vec()).one(&self.inner.connections.read).await?;
        let holds = row.filter(|row| row.end_day > today.number());
        holds.map(|row| Link::of(&row).map(|link| link.institution)).transpose()
    }

    /// An institution's links that hold, the newest last.
    pub async fn links(&self, institution: &InstitutionCode, today: Day) -> Result<Vec<Link>, Error> {
        let rows = links::Entity::find()
            .filter(links::Column::Institution.eq(institution.to_string()))
            .filter(links::Column::EndDay.gt(today.number()))
            .order_by_asc(links::Column::MadeDay)
            .order_by_asc(links::Column::Link)
            .all(&self.inner.connections.read)
            .await?;
        rows.iter().map(Link::of).collect()
    }

    /// Ends one of an institution's links at once; false when it has none such.
    pub async fn end_link(&self, institution: &InstitutionCode, hash: [u8; 32]) -> Result<bool, Error> {
        let change = self.change().await?;
        let ended = links::Entity::delete_by_id(hash.to_vec())
            .filter(links::Column::Institution.eq(institution.to_string()))
            .exec(&change.tx)
            .await?;
        change.commit().await?;
        Ok(ended.rows_affected == 1)
    }
}

impl Snapshot {
    /// The organisation whose link a report came through.
    pub(crate) async fn through(&self, report: &[u8]) -> Result<Option<InstitutionCode>, Error> {
        let row = filed_through::Entity::find_by_id(report.to_vec()).one(&self.tx).await?;
        row.map(|row| row.institution.parse().map_err(|_| Error::Corrupt { table: "filed_through" })).transpose()
    }
}

/// Removes links that no longer hold.
pub(crate) async fn expire(change: &Change<'_>, today: Day) -> Result<(), Error> {
    links::Entity::delete_many().filter(links::Column::EndDay.lte(today.number())).exec(&change.tx).await?;
    Ok(())
}
