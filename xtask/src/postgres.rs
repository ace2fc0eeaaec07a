//! A PostgreSQL of our own for the length of a run: a fresh cluster in a folder, one port, gone at the end.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::machine;

/// A running cluster; stopped when dropped.
pub struct Postgres {
    binaries: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Postgres {
    /// Finds or installs the server, makes a cluster in `folder` and starts it.
    ///
    /// `durable` keeps fsync on, as benchmarks need; tests go without, since they do not cut the power.
    pub fn start(folder: &Path, durable: bool) -> Result<Self, String> {
        let binaries = binaries()?;
        let port = free_port()?;
        let cluster = Self { binaries, folder: folder.to_path_buf(), port };
        cluster.make()?;
        cluster.control("start", durable)?;
        Ok(cluster)
    }

    /// Where tests connect.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn make(&self) -> Result<(), String> {
        let cannot = |cause: std::io::Error| format!("cannot prepare {}: {cause}", self.folder.display());
        if self.folder.exists() {
            let _ = self.control("stop", false);
            std::fs::remove_dir_all(&self.folder).map_err(cannot)?;
        }
        std::fs::create_dir_all(&self.folder).map_err(cannot)?;
        if machine::is_root() {
            machine::run(
                "handing the cluster's folder to postgres",
                "chown",
                &["postgres", &self.folder.to_string_lossy()],
            )?;
        }
        let data = self.data();
        self.server("initdb", &["-D", &data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"])
    }

    fn control(&self, verb: &str, durable: bool) -> Result<(), String> {
        let data = self.data();
        let fsync = if durable { "on" } else { "off" };
        let options = format!(
            "-c port={} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync={fsync} -c max_connections=200",
            self.port
        );
        let log = format!("{}/log", self.folder.display());
        match verb {
            "start" => self.server("pg_ctl", &["-D", &data, "-w", "-l", &log, "-o", &options, "start"]),
            _ => self.server("pg_ctl", &["-D", &data, "-m", "immediate", "stop"]),
        }
    }

    fn data(&self) -> String {
        format!("{}/data", self.folder.display())
    }

    /// Runs one of the server's programs, as the user `postgres` where we are root (it refuses root).
    fn server(&self, program: &str, arguments: &[&str]) -> Result<(), String> {
        let program = self.binaries.join(program);
        let mut command = if machine::is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(&program);
            command
        } else {
            Command::new(&program)
        };
        // pg_ctl leaves the server with our output streams, so they must not be pipes that somebody waits on.
        command.args(arguments).current_dir(&self.folder);
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        let status = status.map_err(|cause| format!("{} could not be started ({cause})", program.display()))?;
        if status.success() { Ok(()) } else { Err(format!("{}: failed ({status})", program.display())) }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let _ = self.control("stop", false);
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The folder with `initdb` and `pg_ctl`: Debian keeps them off the search path, one folder a version.
fn binaries() -> Result<PathBuf, String> {
    if let Some(found) = installed() {
        return Ok(found);
    }
    machine::install("postgresql")?;
    installed().ok_or_else(|| "PostgreSQL was installed, yet initdb is not to be found".to_owned())
}

fn installed() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok();
    let mut folders: Vec<PathBuf> =
        versions.into_iter().flatten().flatten().map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    let debian = folders.into_iter().rev().find(|folder| folder.join("initdb").is_file());
    debian.or_else(|| machine::find(&["initdb"]).and_then(|file| file.parent().map(Path::to_path_buf)))
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|cause| format!("no free port ({cause})"))?;
    listener.local_addr().map(|address| address.port()).map_err(|cause| format!("no free port ({cause})"))
}
