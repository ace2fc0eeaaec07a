//! Parts above 64 KiB come first, piece by piece; the statement that names them comes last.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use bytes::Bytes;
use report::{Day, Sha256};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use vault::Measured;

use crate::blobs::Blobs;
use crate::error::Error;
use crate::settings::random;
use crate::stated::{Carried, Stated};
use crate::store::Store;
use crate::tables::{self, blobs, uploads};

/// Sealed bytes up to here are a row; larger ones a blob.
pub(crate) const SMALL: usize = 64 * 1024;

/// The name of an upload: 128 random bits. Who knows it may add to it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct UploadId([u8; 16]);

impl UploadId {
    /// The name no upload has.
    pub(crate) const NONE: Self = Self([0; 16]);

    /// The name out of a row.
    pub(crate) fn of(bytes: &[u8]) -> Result<Self, Error> {
        Ok(Self(bytes.try_into().map_err(|_| Error::Corrupt { table: "uploads" })?))
    }
}

impl fmt::Display for UploadId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&hex::encode(self.0))
    }
}

impl FromStr for UploadId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let bytes = hex::decode(text).map_err(|_| Error::Missing)?;
        Ok(Self(bytes.try_into().map_err(|_| Error::Missing)?))
    }
}

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes announced.
    pub length: u64,
    /// Bytes durably here: where the next piece begins.
    pub received: u64,
}

impl Progress {
    /// Whether everything is here.
    pub fn is_whole(self) -> bool {
        self.length == self.received
    }
}

impl Store {
    /// Bytes that the disk of large parts still takes.
    pub fn room(&self) -> Result<u64, Error> {
        self.inner.blobs.room()
    }

    /// Announces an upload of so many bytes.
    pub async fn begin_upload(&self, length: u64, today: Day) -> Result<UploadId, Error> {
        let id = UploadId(random(self.inner.entropy));
        let length = i64::try_from(length).map_err(|_| Error::Full)?;
        let row = uploads::Model { upload: id.0.to_vec(), length, received: 0, blob: None, begun_day: today.number() };
        let change = self.change().await?;
        tables::put::<uploads::Entity>(&change.tx, vec![row]).await?;
        change.commit().await?;
        Ok(id)
    }

    /// How far an upload is; none when there is none of that name.
    pub async fn upload(&self, id: UploadId) -> Result<Option<Progress>, Error> {
        let row = uploads::Entity::find_by_id(id.0.to_vec()).one(&self.inner.connections.read).await?;
        row.as_ref().map(progress).transpose()
    }

    /// Adds a piece that begins at `offset`. It is synced before the offset moves; a piece sent again overwrites itself. All pieces
    /// stay until the offset of the last has moved: when joining them fails, the last is sent again and they are joined anew.
    ///
    /// # Errors
    /// [`Error::Taken`] when the upload is not at that offset, [`Error::Full`] when it would grow beyond what was announced.
    pub async fn append(&self, id: UploadId, offset: u64, piece: Bytes, today: Day) -> Result<Progress, Error> {
        let before = self.upload(id).await?.ok_or(Error::Missing)?;
        let after = Progress { received: offset.saturating_add(piece.len() as u64), ..before };
        if before.received != offset {
            return Err(Error::Taken);
        }
        if after.received > before.length {
            return Err(Error::Full);
        }
        if !piece.is_empty() {
            self.inner.blobs.put(&Blobs::piece(&id.to_string(), offset), piece).await?;
        }
        if !after.is_whole() {
            self.move_offset(id, before, after, None).await?;
            return Ok(after);
        }
        let pieces = self.whole(id, before.length).await?;
        let blob = self.join(&pieces, today).await?;
        self.move_offset(id, before, after, Some(blob)).await?;
        for piece in pieces {
            // One that stays has no upload any more, and is collected with its like.
            self.inner.blobs.remove(&piece).await.ok();
        }
        Ok(after)
    }

    /// The pieces of an upload, which are all there.
    async fn whole(&self, id: UploadId, length: u64) -> Result<Vec<String>, Error> {
        let mut pieces = Vec::new();
        let mut at = 0;
        // A piece that was cut off lies there too; only those that join end to end count.
        for (piece, size) in self.inner.blobs.pieces(&id.to_string()).await? {
            if piece == Blobs::piece(&id.to_string(), at) {
                at = at.saturating_add(size);
                pieces.push(piece);
            }
        }
        if at == length { Ok(pieces) } else { Err(Error::Upload) }
    }

    /// The name of the blob that pieces make, its row already written.
    async fn join(&self, pieces: &[String], today: Day) -> Result<String, Error> {
        let name = Blobs::name(random(self.inner.entropy));
        self.announce_blob(&name, today).await?;
        let written = self.inner.blobs.join(pieces, &name).await?;
        self.describe_blob(&name, &written.sha256, written.size).await?;
        Ok(name)
    }

    async fn move_offset(
        &self,
        id: UploadId,
        before: Progress,
        after: Progress,
        blob: Option<String>,
    ) -> Result<(), Error> {
        let number = |bytes: u64| i64::try_from(bytes).map_err(|_| Error::Full);
        let change = self.change().await?;
        let moved = uploads::Entity::update_many()
            .col_expr(uploads::Column::Received, Expr::value(number(after.received)?))
            .col_expr(uploads::Column::Blob, Expr::value(blob))
            .filter(uploads::Column::Upload.eq(id.0.to_vec()))
            .filter(uploads::Column::Received.eq(number(before.received)?))
            .exec(&change.tx)
            .await?;
        change.commit().await?;
        if moved.rows_affected == 1 { Ok(()) } else { Err(Error::Taken) }
    }

    /// What a whole upload is, its header checked to be ours; none while bytes are missing.
    ///
    /// # Errors
    /// [`Error::Upload`] when it is no sealed file of ours.
    pub async fn measured(&self, id: UploadId) -> Result<Option<Measured>, Error> {
        let read = &self.inner.connections.read;
        let row = uploads::Entity::find_by_id(id.0.to_vec()).one(read).await?;
        let Some(name) = row.and_then(|row| row.blob) else { return Ok(None) };
        let blob = blobs::Entity::find_by_id(name).one(read).await?.ok_or(Error::Missing)?;
        let corrupt = Error::Corrupt { table: "blobs" };
        let head = self.inner.blobs.head(&blob.blob, vault::HEADER as u64).await?;
        vault::check_header(&head).map_err(|_| Error::Upload)?;
        let sha256 = Sha256::new(blob.sha256.try_into().map_err(|_| corrupt)?);
        Ok(Some(Measured { sha256, size: u64::try_from(blob.size).map_err(|_| corrupt)? }))
    }

    /// Ends an upload that nobody needs any more.
    pub async fn drop_upload(&self, id: UploadId) -> Result<(), Error> {
        let change = self.change().await?;
        uploads::Entity::delete_by_id(id.0.to_vec()).exec(&change.tx).await?;
        change.commit().await?;
        self.drop_pieces(id).await
    }

    /// Removes pieces whose upload is whole or over, and which stayed all the same.
    pub(crate) async fn drop_left_pieces(&self) -> Result<(), Error> {
        for name in self.inner.blobs.uploads().await? {
            let Ok(id) = name.parse::<UploadId>() else { continue };
            let row = uploads::Entity::find_by_id(id.0.to_vec()).one(&self.inner.connections.read).await?;
            if row.is_none_or(|row| row.blob.is_some()) {
                self.drop_pieces(id).await?;
            }
        }
        Ok(())
    }

    async fn drop_pieces(&self, id: UploadId) -> Result<(), Error> {
        for (piece, _) in self.inner.blobs.pieces(&id.to_string()).await? {
            self.inner.blobs.remove(&piece).await?;
        }
        Ok(())
    }

    /// Turns parts too large for a row into blobs, before the permit is taken.
    pub(crate) async fn put_large(&self, stated: &mut Stated, today: Day) -> Result<(), Error> {
        for part in &mut stated.parts {
            let Carried::Here(sealed) = &part.carried else { continue };
            if sealed.len() <= SMALL {
                continue;
            }
            let name = Blobs::name(random(self.inner.entropy));
            self.announce_blob(&name, today).await?;
            self.inner.blobs.put(&name, sealed.clone()).await?;
            self.describe_blob(&name, &part.line.sha256, sealed.len() as u64).await?;
            part.carried = Carried::Blob(name);
        }
        Ok(())
    }

    /// A blob has a row before it has a file, so that none can be lost: unless a part names it within 7 days, it is collected.
    async fn announce_blob(&self, name: &str, today: Day) -> Result<(), Error> {
        let row = blobs::Model { blob: name.to_owned(), sha256: Vec::new(), size: 0, orphan_day: Some(today.number()) };
        let change = self.change().await?;
        tables::put::<blobs::Entity>(&change.tx, vec![row]).await?;
        change.commit().await
    }

    async fn describe_blob(&self, name: &str, sha256: &Sha256, size: u64) -> Result<(), Error> {
        let change = self.change().await?;
        blobs::Entity::update_many()
            .col_expr(blobs::Column::Sha256, Expr::value(sha256.as_bytes().to_vec()))
            .col_expr(blobs::Column::Size, Expr::value(i64::try_from(size).map_err(|_| Error::Full)?))
            .filter(blobs::Column::Blob.eq(name))
            .exec(&change.tx)
            .await?;
        change.commit().await
    }
}

fn progress(row: &uploads::Model) -> Result<Progress, Error> {
    let corrupt = |_| Error::Corrupt { table: "uploads" };
    Ok(Progress {
        length: u64::try_from(row.length).map_err(corrupt)?,
        received: u64::try_from(row.received).map_err(corrupt)?,
    })
}

/// The finished uploads that statements name.
pub(crate) async fn named<'a>(
    from: &impl ConnectionTrait,
    statements: impl Iterator<Item = &'a Stated>,
) -> Result<HashMap<Vec<u8>, blobs::Model>, Error> {
    let parts = statements.flat_map(|stated| &stated.parts);
    let ids: Vec<Vec<u8>> = parts
        .filter_map(|part| if let Carried::Upload(id) = &part.carried { Some(id.0.to_vec()) } else { None })
        .collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = uploads::Entity::find().filter(uploads::Column::Upload.is_in(ids)).all(from).await?;
    let mut found = HashMap::new();
    for row in rows {
        let Some(name) = row.blob else { continue };
        if let Some(blob) = blobs::Entity::find_by_id(name).one(from).await? {
            found.insert(row.upload, blob);
        }
    }
    Ok(found)
}

/// Puts the blobs in the place of the uploads a statement names, if they are what it says. Gives back all blobs it now holds.
pub(crate) fn settle(stated: &mut Stated, found: &HashMap<Vec<u8>, blobs::Model>) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    for part in &mut stated.parts {
        if let Carried::Upload(id) = &part.carried {
            let blob = found.get(id.0.as_slice()).ok_or(Error::Upload)?;
            let same = blob.sha256 == part.line.sha256.as_bytes() && u64::try_from(blob.size) == Ok(part.line.size);
            // One upload is one part: a blob that has been taken is gone with its report.
            if !same || blob.orphan_day.is_none() {
                return Err(Error::Upload);
            }
            part.carried = Carried::Blob(blob.blob.clone());
        }
        if let Carried::Blob(name) = &part.carried {
            if names.contains(name) {
                return Err(Error::Upload);
            }
            names.push(name.clone());
        }
    }
    Ok(names)
}

/// These blobs belong to parts now; their uploads are over.
pub(crate) async fn adopt(to: &impl ConnectionTrait, names: &[String]) -> Result<(), Error> {
    if names.is_empty() {
        return Ok(());
    }
    blobs::Entity::update_many()
        .col_expr(blobs::Column::OrphanDay, Expr::value(None::<i32>))
        .filter(blobs::Column::Blob.is_in(names.iter().cloned()))
        .exec(to)
        .await?;
    uploads::Entity::delete_many().filter(uploads::Column::Blob.is_in(names.iter().cloned())).exec(to).await?;
    Ok(())
}
