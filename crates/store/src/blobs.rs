//! Files of sealed bytes, under random names, each synced before it counts.

use std::path::{Path as Folder, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, WriteMultipart};
use report::Sha256;
use sha2::Digest;

use crate::error::Error;

/// The folder of blobs.
#[derive(Clone)]
pub(crate) struct Blobs {
    files: Arc<LocalFileSystem>,
    folder: PathBuf,
}

/// What a blob turned out to be once it was written.
pub(crate) struct Written {
    pub(crate) sha256: Sha256,
    pub(crate) size: u64,
}

impl Blobs {
    /// Opens the folder, making it when it is missing.
    pub(crate) fn open(folder: &Folder) -> Result<Self, Error> {
        std::fs::create_dir_all(folder)?;
        let files = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true).with_automatic_cleanup(true);
        Ok(Self { files: Arc::new(files), folder: folder.to_owned() })
    }

    /// Bytes that the disk under the folder still takes.
    pub(crate) fn room(&self) -> Result<u64, Error> {
        let disk = rustix::fs::statvfs(&self.folder).map_err(std::io::Error::from)?;
        Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    /// The name of a blob from random bytes; two letters of it are a folder.
    pub(crate) fn name(random: [u8; 16]) -> String {
        let name = hex::encode(random);
        let (folder, rest) = name.split_at(2);
        format!("sealed/{folder}/{rest}")
    }

    /// The place of a piece of an upload.
    pub(crate) fn piece(upload: &str, offset: u64) -> String {
        format!("uploads/{upload}/{offset:020}")
    }

    /// Writes a whole file, synced.
    pub(crate) async fn put(&self, name: &str, bytes: Bytes) -> Result<(), Error> {
        self.files.put(&Path::from(name), bytes.into()).await?;
        self.forget_when(name).await
    }

    /// Reads a file as a stream.
    pub(crate) async fn get(&self, name: &str) -> Result<BoxStream<'static, Result<Bytes, Error>>, Error> {
        let found = self.files.get(&Path::from(name)).await?;
        Ok(found.into_stream().map_err(Error::from).boxed())
    }

    /// The first bytes of a file.
    pub(crate) async fn head(&self, name: &str, most: u64) -> Result<Bytes, Error> {
        let path = Path::from(name);
        let size = self.files.head(&path).await?.size;
        Ok(self.files.get_range(&path, 0..most.min(size)).await?)
    }

    /// Joins the pieces of an upload into one file; hash and size are taken on the way.
    pub(crate) async fn join(&self, pieces: &[String], name: &str) -> Result<Written, Error> {
        let path = Path::from(name);
        let mut sink = WriteMultipart::new(self.files.put_multipart(&path).await?);
        let mut hasher = sha2::Sha256::new();
        let mut size = 0_u64;
        for piece in pieces {
            let mut bytes = self.get(piece).await?;
            while let Some(some) = bytes.try_next().await? {
                hasher.update(&some);
                size = size.saturating_add(some.len() as u64);
                sink.wait_for_capacity(2).await?;
                sink.put(some);
            }
        }
        sink.finish().await?;
        self.forget_when(name).await?;
        Ok(Written { sha256: Sha256::new(hasher.finalize().into()), size })
    }

    /// Removes a file; that it is gone already is no fault.
    pub(crate) async fn remove(&self, name: &str) -> Result<(), Error> {
        match self.files.delete(&Path::from(name)).await.map_err(Error::from) {
            Err(Error::Missing) | Ok(()) => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    /// The pieces an upload has, in order, with their sizes.
    pub(crate) async fn pieces(&self, upload: &str) -> Result<Vec<(String, u64)>, Error> {
        let folder = Path::from(format!("uploads/{upload}"));
        let found: Vec<_> = self.files.list(Some(&folder)).try_collect().await?;
        let mut pieces: Vec<_> = found.into_iter().map(|file| (file.location.to_string(), file.size)).collect();
        pieces.sort();
        Ok(pieces)
    }

    /// The uploads of which pieces lie here.
    pub(crate) async fn uploads(&self) -> Result<Vec<String>, Error> {
        let found = self.files.list_with_delimiter(Some(&Path::from("uploads"))).await?;
        Ok(found.common_prefixes.iter().filter_map(|folder| folder.filename().map(ToOwned::to_owned)).collect())
    }

    /// When a file was written says when somebody reported: the file system is told nothing of it.
    async fn forget_when(&self, name: &str) -> Result<(), Error> {
        let path = self.folder.join(name);
        let done = tokio::task::spawn_blocking(move || {
            let never =
                std::fs::FileTimes::new().set_modified(SystemTime::UNIX_EPOCH).set_accessed(SystemTime::UNIX_EPOCH);
            std::fs::File::options().write(true).open(path)?.set_times(never)
        });
        Ok(done.await.map_err(|_| Error::Away)??)
    }
}
