//! Backups: the database, the blobs and the files without which no server goes on, in one encrypted file; the keys that shred
//! reports in another with a shorter life.
//! Sealed to an ordinary age key of the operator, so that the stock tool opens them too; why is in `docs/adr/0005-backup-key.md`.

use std::fs;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::archive::{Packer, unpack};
use crate::command::Failure;
use crate::start::{database_url, open_store};
use crate::{Config, instruments};

/// Names within the archives.
const DATABASE: &str = "database.sqlite";
const BLOBS: &str = "blobs";
const KEYS: &str = "report_keys";
const FILES: &str = "files";

/// The files and folders without which a server cannot go on as the same: their names within the archive, and where they lie.
fn files(config: &Config) -> Vec<(&'static str, PathBuf)> {
    let keys = &config.keys;
    let own = [
        ("server", &keys.server_file),
        ("release", &keys.release_file),
        ("board", &keys.board),
        ("directory", &keys.directory),
        ("enrolments", &keys.enrolments),
        ("country", &config.country),
        ("mail", &config.mail.password_file),
    ];
    own.into_iter().filter(|(_, stated)| !stated.is_empty()).map(|(name, stated)| (name, config.path(stated))).collect()
}

/// Writes a backup of a server that may be at work: a consistent copy, sealed; its keys beside it in `FILE.keys`.
pub async fn write(config: &Config, to: &Path, recipient: &str) -> Result<(), Failure> {
    let database = sqlite(config)?;
    if !database.is_file() {
        return Err(Failure::of("there is no database to back up"));
    }
    let files = files(config);
    if let Some((_, missing)) = files.iter().find(|(_, file)| !file.exists()) {
        return Err(Failure::of(format!("{} is not there, and no server goes on without it", missing.display())));
    }
    let staging = Staging::beside(&database)?;
    let store = open_store(config, &instruments::machine()).await?;
    let copy = staging.0.join(DATABASE);
    let keys = store.copy(&copy).await.map_err(Failure::of)?;
    let mut packer = Packer::begin(to, recipient)?;
    packer.add(DATABASE, &copy)?;
    packer.add_folder(BLOBS, &config.path(&config.store.blobs))?;
    for (name, file) in files {
        let name = format!("{FILES}/{name}");
        if file.is_dir() { packer.add_folder(&name, &file)? } else { packer.add(&name, &file)? }
    }
    packer.end()?;
    let mut packer = Packer::begin(&keys_of(to), recipient)?;
    packer.add_bytes(KEYS, &keys)?;
    packer.end()
}

/// Brings a backup back where neither a database nor a blob is, and no other file stands in the way. Without its keys nothing in it
/// can be opened any more.
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
    put_files(config, &staging.0.join(FILES))?;
    if staging.0.join(BLOBS).exists() {
        // An empty folder may stand in the way of the rename; one that is not there does not.
        fs::remove_dir(&blobs).ok();
        fs::rename(staging.0.join(BLOBS), &blobs).map_err(|error| Failure::of(error.kind()))?;
    }
    fs::rename(staging.0.join(DATABASE), &database).map_err(|error| Failure::of(error.kind()))?;
    let store = open_store(config, &instruments::machine()).await?;
    store.put_keys(&keys).await.map_err(Failure::of)
}

/// Puts the files of a backup in their places. One that stands there already must be the same.
fn put_files(config: &Config, from: &Path) -> Result<(), Failure> {
    let mut moves = Vec::new();
    for (name, to) in files(config) {
        pair(&from.join(name), &to, &mut moves)?;
    }
    for (from, to) in &moves {
        let there = fs::read(to).ok();
        if there.is_some_and(|there| fs::read(from).ok().as_ref() != Some(&there)) {
            return Err(Failure::of(format!(
                "{} is there already and is another; nothing is overwritten",
                to.display()
            )));
        }
    }
    for (from, to) in moves.iter().filter(|(_, to)| !to.exists()) {
        put(from, to).map_err(|error| Failure::of(format!("{}: {}", to.display(), error.kind())))?;
    }
    Ok(())
}

/// Every file below one place, with where it goes.
fn pair(from: &Path, to: &Path, into: &mut Vec<(PathBuf, PathBuf)>) -> Result<(), Failure> {
    if from.is_file() {
        into.push((from.to_owned(), to.to_owned()));
    }
    let entries =
        if from.is_dir() { fs::read_dir(from).map_err(|error| Failure::of(error.kind()))? } else { return Ok(()) };
    for entry in entries {
        let name = entry.map_err(|error| Failure::of(error.kind()))?.file_name();
        pair(&from.join(&name), &to.join(&name), into)?;
    }
    Ok(())
}

fn put(from: &Path, to: &Path) -> std::io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut out = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    std::io::copy(&mut fs::File::open(from)?, &mut out)?;
    out.sync_all()
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

    const OWN: [&str; 5] = ["server.key", "release.key", "board.txt", "directory.note", "enrolments/NGO-VP.json"];

    async fn deployment(folder: &Path) -> Config {
        fs::create_dir_all(folder.join("blobs/ab")).unwrap();
        fs::write(folder.join("blobs/ab/cd"), [9; 1000]).unwrap();
        fs::create_dir(folder.join("enrolments")).unwrap();
        for name in OWN {
            fs::write(folder.join(name), format!("what {name} holds")).unwrap();
        }
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
        fs::write(new.folder.join("release.key"), "another").unwrap();
        assert!(restore(&new, &to, &key).await.is_err(), "another key is not overwritten");
        fs::remove_file(new.folder.join("release.key")).unwrap();
        restore(&new, &to, &key).await.unwrap();
        for name in OWN {
            assert_eq!(fs::read_to_string(new.folder.join(name)).unwrap(), format!("what {name} holds"));
        }
        assert_eq!(fs::read(new.folder.join("blobs/ab/cd")).unwrap(), [9; 1000]);
        let again = open_store(&new, &instruments::machine()).await.unwrap();
        let keys = again.copy(&folder.path().join("copy")).await.unwrap();
        assert!(keys.ends_with(b"a key that must not travel along"));
        assert!(restore(&new, &to, &key).await.is_err(), "nothing is overwritten");
    }

    #[tokio::test]
    async fn a_backup_without_what_a_server_needs_is_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let config = deployment(&folder.path().join("old")).await;
        fs::remove_file(config.path("release.key")).unwrap();
        let recipient = age::x25519::Identity::generate().to_public().to_string();
        let refused = write(&config, &folder.path().join("backup"), &recipient).await;
        assert!(matches!(refused, Err(Failure::Other(what)) if what.contains("release.key")));
    }
}
