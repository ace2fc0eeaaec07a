//! A deployment in a folder, and the server that runs on it as a process of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use cli::command::{Directory, Keys};
use cli::{Around, keys};
use house_tests::{Database, Device, root, today};
use rand::SeedableRng;
use rand::rngs::StdRng;
use tempfile::TempDir;

/// Who is on the system: a lead, an alternate, an oversight body, and a police body.
const INSTITUTIONS: [&str; 4] = ["NGO-VP", "NGO-HCBH", "BA-OMB", "BA-BP"];

/// Keys, directory and enrolments of a deployment.
pub struct Deployment {
    folder: TempDir,
}

impl Deployment {
    /// Makes one on the disk that the build is on: what is kept in memory alone would measure no durability.
    pub fn make() -> Self {
        let target = root().join("target");
        let folder = tempfile::Builder::new().prefix("measure-").tempdir_in(target).unwrap();
        let deployment = Self { folder };
        let out = deployment.folder.path().to_path_buf();
        Self::key(&Keys::Board { name: "training".into(), members: 1, threshold: 1, out: out.clone() });
        Self::key(&Keys::Server { name: "training".into(), out: out.clone() });
        for code in INSTITUTIONS {
            let members = vec![format!("desk:officer:desk@{}.example", code.to_lowercase())];
            Self::key(&Keys::Institution { institution: code.into(), members, out: out.clone() });
        }
        Self::key(&Keys::Directory(Directory {
            deployment: "training".into(),
            training: true,
            version: 1,
            issued: None,
            config: None,
            server: out.join("server.pub"),
            signers: vec![out.join("board-1.key")],
            salt: None,
            enrolments: INSTITUTIONS.iter().map(|code| out.join(format!("enrolments/{code}.json"))).collect(),
            out: out.join("directory.note"),
        }));
        deployment
    }

    fn key(what: &Keys) {
        let (rng, input, messages) = (StdRng::from_entropy(), Box::new(std::io::empty()), Box::new(std::io::sink()));
        let mut around = Around { today: today(), rng, language: words::Language::English, input, messages };
        if let Err(failure) = keys::run(what, &mut around) {
            panic!("{}", failure.message);
        }
    }

    /// A path in the folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A device that knows the directory.
    pub fn device(&self) -> Device {
        Device::of(&std::fs::read_to_string(self.file("directory.note")).unwrap(), today())
    }

    /// Starts a server on a fresh database, which has this name where it is a file.
    pub fn serve(&self, database: &Database, name: &str) -> Serving {
        let url = url(database, Path::new(name));
        let settings = format!(
            "deployment = \"training\"\n[listen]\npublic = \"127.0.0.1:0\"\nmembers = \"127.0.0.1:0\"\n\
             [store]\ndatabase = \"{url}\"\n[pages]\nassets = \"{}\"\n",
            root().join("web/dist").display()
        );
        let file = self.file("server.toml");
        std::fs::write(&file, settings).unwrap();
        let log = std::fs::File::create(self.file("log")).unwrap();
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["serve", "--config"])
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let public = lines.find_map(|line| line.unwrap().strip_prefix("public http://").map(str::to_owned));
        let log = || std::fs::read_to_string(self.file("log")).unwrap_or_default();
        Serving { public: public.unwrap_or_else(|| panic!("the server did not start: {}", log())), process }
    }
}

/// The databases there are to measure on.
pub fn databases() -> Vec<fn() -> Option<Database>> {
    let cluster = std::env::var_os("PUTOKAZ_TEST_POSTGRES").is_some();
    let sqlite: fn() -> Option<Database> = || Some(Database::Sqlite);
    if cluster { vec![sqlite, Database::postgresql] } else { vec![sqlite] }
}

/// The URL of a database; a file's is where `file` says.
pub fn url(database: &Database, file: &Path) -> String {
    match database {
        Database::Sqlite => format!("sqlite://{}", file.display()),
        Database::Postgresql { .. } => database.url(),
    }
}

/// A running server, killed when dropped: what it acknowledged is on the disk.
pub struct Serving {
    /// Address and port of the public listener.
    pub public: String,
    process: Child,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
