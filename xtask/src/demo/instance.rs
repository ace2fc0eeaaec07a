//! The server's process: started, or found running.

use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::{Options, Programs, Told};

/// Starts the server and waits until it can keep a report; or finds the one that runs already.
pub fn start(programs: &Programs, dir: &Path, options: &Options) -> Result<(u32, Option<Child>), String> {
    if let Some(pid) = running(dir, options) {
        return Ok((pid, None));
    }
    let log = dir.join("server.log");
    let file =
        File::options().create(true).append(true).open(&log).map_err(|error| format!("{}: {error}", log.display()))?;
    let errors = file.try_clone().map_err(|error| error.to_string())?;
    let mut command = Command::new(&programs.server);
    command.arg("serve").arg("--config").arg(dir.join("server.toml"));
    command.current_dir(dir).stdin(Stdio::null()).stdout(file).stderr(errors);
    if options.exit_when_ready {
        command.process_group(0);
    }
    let mut child = command.spawn().map_err(|error| format!("{}: {error}", programs.server.display()))?;
    for _ in 0..300 {
        if let Ok(Some(status)) = child.try_wait() {
            return Err(format!("the server ended ({status}): see {}", log.display()));
        }
        if ready(&options.public) && ready(&options.members) {
            return Ok((child.id(), Some(child)));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    child.kill().map_err(|error| error.to_string())?;
    Err(format!("the server did not become ready within 30 s: see {}", log.display()))
}

/// The process that serves this folder at these addresses, if it is alive.
fn running(dir: &Path, options: &Options) -> Option<u32> {
    let told: Told = serde_json::from_str(&std::fs::read_to_string(dir.join("demo.json")).ok()?).ok()?;
    let command = std::fs::read_to_string(format!("/proc/{}/cmdline", told.pid)).ok()?;
    let ours = command.contains(&dir.join("server.toml").display().to_string());
    (ours && told.public.ends_with(&options.public) && ready(&options.public)).then_some(told.pid)
}

/// Whether `/readyz` answers 200.
fn ready(address: &str) -> bool {
    let asked = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream.write_all(format!("GET /readyz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.starts_with("HTTP/1.1 200"))
    };
    asked().unwrap_or(false)
}
