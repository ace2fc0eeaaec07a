//! The harness: a house of its own for every test, with its doors open on the loopback.
//!
//! It is black box: the real server as a process on a real, migrated database, a real SMTP server, and the real command as its client.
//! Provisioning is done once and copied, because making keys is the slow part.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test that cannot go on says where"
)]
#![expect(clippy::print_stdout, reason = "what could not be tried is told in one line")]
#![expect(clippy::disallowed_methods, reason = "a test reads the clock and the environment, as a binary does")]

mod browser;
mod canary;
mod command;
mod database;
mod device;
mod disk;
mod door;
mod member;
mod operator;
mod post;
mod rows;
mod template;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub use browser::{browse, browse_while, pictures, walk};
pub use canary::Canary;
pub use command::{Said, putokaz};
pub use database::Database;
pub use device::{Device, Parcel};
use disk::Disk;
pub use door::{Door, Reply};
pub use post::{Mail, Post};
pub use rows::{Connection, Field, Table};
use tempfile::TempDir;
pub use template::{copy, program};

/// The folder that holds the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// One running house; everything of it is gone when it is dropped.
pub struct House {
    /// Where reporters come in, as a URL.
    pub public: String,
    /// Where members come in, as a URL.
    pub members: String,
    /// Where mails arrive.
    pub post: Post,
    database: Database,
    disk: Option<Disk>,
    folder: TempDir,
    server: Child,
}

impl House {
    /// Opens a house on this kind of database.
    pub fn open(database: Database) -> Self {
        Self::open_in(database, tempfile::tempdir().unwrap(), None)
    }

    /// Opens a house on the embedded database and on a disk of its own, of so many MiB; `None`, with one line, where that may not be made.
    pub fn on_a_small_disk(mebibytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let Some(disk) = Disk::over(folder.path(), mebibytes) else {
            println!("this user may mount nothing: not run on a small disk");
            return None;
        };
        Some(Self::open_in(Database::Sqlite, folder, Some(disk)))
    }

    fn open_in(database: Database, folder: TempDir, disk: Option<Disk>) -> Self {
        template::copy_into(folder.path());
        let post = Post::open();
        let (public, members) = (free_port(), free_port());
        let settings = settings(&database, public, members, post.port);
        std::fs::write(folder.path().join("server.toml"), settings).unwrap();
        let server = serve(folder.path());
        let url = |port: u16| format!("http://127.0.0.1:{port}");
        let (public, members) = (url(public), url(members));
        let mut house = Self { public, members, post, database, disk, folder, server };
        house.wait();
        house
    }

    /// The key file of a member, named `INSTITUTION.member`.
    pub fn key(&self, member: &str) -> String {
        self.file(&format!("keys/{member}.key"))
    }

    /// A path in this house's folder.
    pub fn file(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// Writes a file into this house's folder, and says where it is.
    pub fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.folder.path().join(name), text).unwrap();
        self.file(name)
    }

    /// What the server has logged so far.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(self.folder.path().join("log")).unwrap()).into_owned()
    }

    /// The public door.
    pub fn public_door(&self) -> Door {
        Door::at(&self.public)
    }

    /// The members' door.
    pub fn members_door(&self) -> Door {
        Door::at(&self.members)
    }

    /// The raw bytes a thief of this machine would hold, by name: database, WAL, blobs.
    pub fn stolen(&self) -> Vec<(String, Vec<u8>)> {
        let mut found = self.database.raw();
        let mut open = vec![self.folder.path().join("blobs")];
        if matches!(self.database, Database::Sqlite) {
            let data = ["", "-wal", "-shm"].map(|end| self.folder.path().join(format!("putokaz.sqlite{end}")));
            found.extend(data.iter().filter(|file| file.is_file()).map(|file| read(file)));
        }
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() { open.push(path) } else { found.push(read(&path)) }
            }
        }
        found
    }

    /// How many rows every table holds that holds some. Used challenges end by themselves, whenever the server gets to it.
    pub fn kept(&self) -> Vec<(String, usize)> {
        let tables = self.tables().into_iter().filter(|table| table.name != "challenges");
        tables.map(|table| (table.name, table.rows.len())).collect()
    }

    /// Runs a statement in the database behind the server's back: what only time does, or a thief.
    pub fn alter(&self, statement: &str) {
        self.alter_with(statement, &[]);
    }

    /// Takes the database for oneself: nobody writes until what this gives is dropped.
    pub fn hold(&self) -> Connection {
        wait_for(async {
            let mut held = Connection::open(&self.url()).await;
            held.begin().await;
            held
        })
    }

    fn url(&self) -> String {
        match self.database.url().strip_prefix("sqlite://") {
            Some(file) => format!("sqlite://{}", self.file(file)),
            None => self.database.url(),
        }
    }

    /// A device that knows this house's directory.
    pub fn device(&self) -> Device {
        Device::of(&std::fs::read_to_string(self.file("directory.note")).unwrap(), today())
    }

    /// Kills the server without warning and starts it again on what is left.
    pub fn kill_and_restart(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
        self.start();
    }

    /// Starts the server after it was stopped.
    pub fn start(&mut self) {
        self.server = serve(self.folder.path());
        self.wait();
    }

    /// Starts the server again with further settings, as sections of its own.
    pub fn settle(&mut self, sections: &str) {
        let file = self.file("server.toml");
        let settings = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, settings + sections).unwrap();
        self.kill_and_restart();
    }

    /// The most memory the server has held so far, in KiB; 0 where the system does not tell.
    pub fn memory(&self) -> u64 {
        let told = std::fs::read_to_string(format!("/proc/{}/status", self.server.id())).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or_default()
    }

    /// Asks the server to stop, and says how it ended and after how long.
    pub fn stop(&mut self) -> (bool, Duration) {
        let begun = Instant::now();
        Command::new("kill").args(["-TERM", &self.server.id().to_string()]).status().unwrap();
        let status = self.server.wait().unwrap();
        (status.success(), begun.elapsed())
    }

    fn wait(&mut self) {
        let begun = Instant::now();
        while self.public_door().get("/readyz").is_none_or(|reply| reply.status != 200) {
            if let Some(status) = self.server.try_wait().unwrap() {
                panic!("the server ended at once ({status}): {}", self.log());
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "the server is not ready: {}", self.log());
            std::thread::sleep(Duration::from_millis(30));
        }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        self.disk.take();
        self.database.forget();
    }
}

fn wait_for<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

fn read(path: &Path) -> (String, Vec<u8>) {
    (path.display().to_string(), std::fs::read(path).unwrap_or_default())
}

fn serve(folder: &Path) -> Child {
    let log = std::fs::OpenOptions::new().create(true).append(true).open(folder.join("log")).unwrap();
    Command::new(template::program("putokaz-server"))
        .args(["serve", "--config"])
        .arg(folder.join("server.toml"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap()
}

fn settings(database: &Database, public: u16, members: u16, smtp: u16) -> String {
    let url = database.url();
    let assets = root().join("web/dist");
    format!(
        "deployment = \"training\"\n[listen]\npublic = \"127.0.0.1:{public}\"\nmembers = \"127.0.0.1:{members}\"\n\
         [store]\ndatabase = \"{url}\"\n[log]\nlevel = \"trace\"\n\
         [mail]\nhost = \"127.0.0.1\"\nport = {smtp}\nsecurity = \"plain\"\nfrom = \"signpost@putokaz.example\"\nseconds = 1\n\
         [pages]\nassets = \"{}\"\n",
        assets.display()
    )
}

/// Today, in UTC.
pub fn today() -> report::Day {
    let since = std::time::SystemTime::now().duration_since(std::time::SystemTime::UNIX_EPOCH).unwrap();
    report::Day::of_unix_seconds(i64::try_from(since.as_secs()).unwrap())
}

/// A port that nobody listens at.
pub(crate) fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// One test body on SQLite and, where one is given, on PostgreSQL.
#[macro_export]
macro_rules! both_databases {
    ($($(#[$note:meta])* fn $name:ident($house:ident) $body:block)*) => {$(
        mod $name {
            use super::*;

            #[test]
            fn on_sqlite() {
                tell($crate::House::open($crate::Database::Sqlite));
            }

            #[test]
            fn on_postgresql() {
                if let Some(database) = $crate::Database::postgresql() {
                    tell($crate::House::open(database));
                }
            }

            $(#[$note])*
            fn tell(mut $house: $crate::House) {
                let $house = &mut $house;
                $body
            }
        }
    )*};
}
