//! Directories that were signed and releases that were published: written once, never changed.

use report::Day;
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};

use crate::error::Error;
use crate::event::Event;
use crate::snapshot::Snapshot;
use crate::store::Store;
use crate::tables::{directory_versions, ledger, put, releases};

/// One published table of one period, immutable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Which table of the plan.
    pub plan: String,
    /// Which period.
    pub period: String,
    /// Which release it came out with.
    pub number: u32,
    /// When.
    pub day: Day,
    /// How long the ledger was that it was counted from.
    pub ledger_size: u32,
    /// Its exact bytes.
    pub published: Vec<u8>,
}

impl Store {
    /// Keeps a signed directory.
    ///
    /// # Errors
    /// [`Error::Taken`] when another one has this version.
    pub async fn put_directory(&self, version: u64, note: &str, (issued, expires): (Day, Day)) -> Result<(), Error> {
        use directory_versions::{Entity, Model};
        let version = i32::try_from(version).map_err(|_| Error::Taken)?;
        let mut change = self.change().await?;
        if let Some(known) = Entity::find_by_id(version).one(&change.tx).await? {
            return if known.note == note.as_bytes() { Ok(()) } else { Err(Error::Taken) };
        }
        let row = Model {
            version,
            note: note.as_bytes().to_vec(),
            issued_day: issued.number(),
            expires_day: expires.number(),
        };
        put::<Entity>(&change.tx, vec![row]).await?;
        change.line(&Event::new("directory", "server", issued).about(&version.to_string())).await?;
        change.commit().await
    }

    /// Publishes a table of a period. Its number is how many there were when it was judged.
    ///
    /// # Errors
    /// [`Error::NotNow`] when another came out meanwhile: it was not judged with that one. [`Error::Taken`] when this period of this table was published before.
    pub async fn publish(&self, release: &Release) -> Result<(), Error> {
        let number = |value: u32| i32::try_from(value).map_err(|_| Error::Taken);
        let row = releases::Model {
            plan: release.plan.clone(),
            period: release.period.clone(),
            number: number(release.number)?,
            day: release.day.number(),
            ledger_size: number(release.ledger_size)?,
            published: release.published.clone(),
        };
        let mut change = self.change().await?;
        let known = releases::Entity::find().count(&change.tx).await?;
        if known != u64::from(release.number) {
            return Err(Error::NotNow);
        }
        put::<releases::Entity>(&change.tx, vec![row]).await?;
        let what = format!("{}/{}", release.plan, release.period);
        change.line(&Event::new("release-table", "server", release.day).about(&what)).await?;
        change.commit().await
    }
}

impl Snapshot {
    /// The newest directory: its version and its note.
    pub async fn newest_directory(&self) -> Result<Option<(u64, String)>, Error> {
        use directory_versions::{Column, Entity};
        Entity::find().order_by_desc(Column::Version).one(&self.tx).await?.map(directory).transpose()
    }

    /// The directory of a version.
    pub async fn directory(&self, version: u64) -> Result<Option<String>, Error> {
        let Ok(version) = i32::try_from(version) else { return Ok(None) };
        let row = directory_versions::Entity::find_by_id(version).one(&self.tx).await?;
        Ok(row.map(directory).transpose()?.map(|(_, note)| note))
    }

    /// Everything that was published, in the order it came out.
    pub async fn releases(&self) -> Result<Vec<Release>, Error> {
        use releases::{Column, Entity};
        let rows = Entity::find().order_by_asc(Column::Number).order_by_asc(Column::Plan).all(&self.tx).await?;
        rows.into_iter().map(release).collect()
    }

    /// How long the ledger is.
    pub async fn ledger_size(&self) -> Result<u64, Error> {
        let newest = ledger::Entity::find().order_by_desc(ledger::Column::LedgerIndex).one(&self.tx).await?;
        let size = newest.map_or(0, |line| line.ledger_index.saturating_add(1));
        u64::try_from(size).map_err(|_| Error::Corrupt { table: "ledger" })
    }
}

fn directory(row: directory_versions::Model) -> Result<(u64, String), Error> {
    let corrupt = Error::Corrupt { table: "directory_versions" };
    let version = u64::try_from(row.version).map_err(|_| corrupt)?;
    Ok((version, String::from_utf8(row.note).map_err(|_| corrupt)?))
}

fn release(row: releases::Model) -> Result<Release, Error> {
    let number = |value: i32| u32::try_from(value).map_err(|_| Error::Corrupt { table: "releases" });
    Ok(Release {
        plan: row.plan,
        period: row.period,
        number: number(row.number)?,
        day: Day::new(row.day),
        ledger_size: number(row.ledger_size)?,
        published: row.published,
    })
}
