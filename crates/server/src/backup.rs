//! Backups: the database and the blobs in one encrypted file, the keys that shred reports in another with a shorter life.
//! Sealed to an ordinary age key of the operator, so that the stock tool opens them too; why is in `docs/adr/0005-backup-key.md`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::archive::{Packer, unpack};
use crate::command::Failure;
use crate::start::{database_url, open_store};
use crate::{Config, instruments};

/// Names within the archives.
const DATABASE: &str = "database.sqlite";
const BLOBS: &str = "blobs";
const KEYS: &str = "report_keys";

/// Writes a backup of a server that may be at work: a consistent copy, sealed; its keys beside it in `FILE.keys`.
pub async fn write(config: &Config, to: &Path, recipient: &str) -> Result<(), Failure> {
    let database = sqlite(config)?;
    if !database.is_file() {
        return Err(Failure::of("there is no database to back up"));
    }
    let staging = Staging::beside(&database)?;
    let store = open_store(config, &instruments::machine()).await?;
    let copy = staging.0.join(DATABASE);
    let keys = store.copy(&copy).await.map_err(Failure::of)?;
    let mut packer = Packer::begin(to, recipient)?;
    packer.add(DATABASE, &copy)?;
    packer.add_folder(BLOBS, &config.path(&config.store.blobs))?;
    packer.end()?;
    let mut packer = Packer::begin(&keys_of(to), recipient)?;
    packer.add_bytes(KEYS, &keys)?;
    packer.end()
}

/// Brings a backup back where neither a database nor a blob is. Without its keys nothing in it can be opened any more.
pub async fn restore(config: &Config, from: &Path, identity: &Path) -> Result<(), Failure> {
    let (database, blobs) = (sqlite(config)?, config.path(&config.store.blobs));
    let occupied = database.exists() || fs::read_dir(&blobs).is_ok_and(|mut entries| entries.next().is_some());
    if occupied {
        return Err(Failure::of("there is a database or a blob already; nothing is overwritten"));
    }
    let staging = Staging::beside(&database)?;
    unpack(from, identity, &staging.0)?;
    unpack(&keys_of(from), identity, &staging.0)?;
    let keys = fs::read(staging.0.join(KEYS)).map_err(|error| Failure::of(error.kind()))?;
    if staging.0.join(BLOBS).exists() {
        // An empty folder may stand in the way of the rename; one that is not there does not.
        fs::remove_dir(&blobs).ok();
        fs::rename(staging.0.join(BLOBS), &blobs).map_err(|error| Failure::of(error.kind()))?;
    }
    fs::rename(staging.0.join(DATABASE), &database).map_err(|error| Failure::of(error.kind()))?;
    let store = open_store(config, &instruments::machine()).await?;
    store.put_keys(&keys).await.map_err(Failure::of)
}

/// The database's file.
fn sqlite(config: &Config) -> Result<PathBuf, Failure> {
    let url = database_url(config)?;
    let file = url.strip_prefix("sqlite://").map(PathBuf::from);
    file.ok_or_else(|| {
        Failure::of("a PostgreSQL database is backed up with its own tools (pg_dump), table report_keys apart")
    })
}

fn keys_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".keys");
    name.into()
}

/// A folder for what is half done, on the database's disk, gone when it is done or has failed.
struct Staging(PathBuf);

impl Staging {
    fn beside(database: &Path) -> Result<Self, Failure> {
        let mut name = database.as_os_str().to_owned();
        name.push(".staging");
        let folder = PathBuf::from(name);
        let made = fs::create_dir(&folder);
        made.map_err(|error| Failure::of(format!("{}: {}", folder.display(), error.kind())))?;
        Ok(Self(folder))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What could not be removed is said by its being there at the next backup, which then refuses.
        fs::remove_dir_all(&self.0).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use age::secrecy::ExposeSecret;

    async fn deployment(folder: &Path) -> Config {
        fs::create_dir_all(folder.join("blobs/ab")).unwrap();
        fs::write(folder.join("blobs/ab/cd"), [9; 1000]).unwrap();
        let mut config = Config::of_text("test.toml", "").unwrap();
        folder.clone_into(&mut config.folder);
        let store = open_store(&config, &instruments::machine()).await.unwrap();
        store.migrate().await.unwrap();
        store.put_keys(&[[1; 16].as_slice(), b"a key that must not travel along".as_slice()].concat()).await.unwrap();
        config
    }

    fn holds(file: &Path, text: &[u8]) -> bool {
        fs::read(file).unwrap().windows(text.len()).any(|window| window == text)
    }

    #[tokio::test]
    async fn a_backup_comes_back_whole_and_its_keys_travel_apart() {
        let folder = tempfile::tempdir().unwrap();
        let config = deployment(&folder.path().join("old")).await;
        let identity = age::x25519::Identity::generate();
        let (key, to) = (folder.path().join("key.txt"), folder.path().join("backup"));
        fs::write(&key, identity.to_string().expose_secret()).unwrap();
        write(&config, &to, &identity.to_public().to_string()).await.unwrap();
        unpack(&to, &key, &folder.path().join("seen")).unwrap();
        assert!(!holds(&folder.path().join("seen").join(DATABASE), b"a key that must not travel along"));
        let mut new = config.clone();
        new.folder = folder.path().join("new");
        fs::create_dir(&new.folder).unwrap();
        restore(&new, &to, &key).await.unwrap();
        assert_eq!(fs::read(new.folder.join("blobs/ab/cd")).unwrap(), [9; 1000]);
        let again = open_store(&new, &instruments::machine()).await.unwrap();
        let keys = again.copy(&folder.path().join("copy")).await.unwrap();
        assert!(keys.ends_with(b"a key that must not travel along"));
        assert!(restore(&new, &to, &key).await.is_err(), "nothing is overwritten");
    }
}
