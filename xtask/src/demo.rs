//! `cargo xtask demo`: a training instance with made-up reports, and where to look.

mod instance;
mod made_up;
mod provision;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::{Outcome, machine};

/// Where the instance listens and lives.
#[derive(clap::Args)]
pub struct Options {
    /// Where the public listener answers.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    public: String,
    /// Where the members' listener answers.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8081")]
    members: String,
    /// The folder of the instance; the same folder again reuses it.
    #[arg(long, default_value = "demo")]
    dir: PathBuf,
    /// How many made-up reports there are.
    #[arg(long, default_value_t = 40)]
    reports: usize,
    /// What the made-up reports are drawn from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Leave the server running and return as soon as everything is there.
    #[arg(long)]
    exit_when_ready: bool,
    /// Make keys, directory and settings, and start nothing: what tests copy.
    #[arg(long, hide = true)]
    prepare_only: bool,
}

/// What `demo.json` says to programs.
#[derive(Serialize, Deserialize)]
struct Told {
    public: String,
    members: String,
    pid: u32,
    board: PathBuf,
    keys: Vec<Key>,
}

/// A member who can sign in.
#[derive(Serialize, Deserialize)]
struct Key {
    institution: String,
    member: String,
    role: String,
    file: PathBuf,
}

/// Starts the instance.
pub fn run(options: &Options) -> Outcome {
    std::fs::create_dir_all(&options.dir).map_err(|error| format!("{}: {error}", options.dir.display()))?;
    let dir = options.dir.canonicalize().map_err(|error| format!("{}: {error}", options.dir.display()))?;
    let programs = build()?;
    let keys = provision::provision(&programs, &dir, options)?;
    if options.prepare_only {
        return Ok(());
    }
    let (pid, child) = instance::start(&programs, &dir, options)?;
    let told = Told {
        public: format!("http://{}", options.public),
        members: format!("http://{}", options.members),
        pid,
        board: dir.join("board.txt"),
        keys,
    };
    let text = serde_json::to_string_pretty(&told).map_err(|error| error.to_string())?;
    write(&dir.join("demo.json"), &text)?;
    made_up::file(&programs, &dir, options, &told)?;
    say(&told, &dir);
    match child {
        Some(mut child) if !options.exit_when_ready => child.wait().map(drop).map_err(|error| error.to_string()),
        _ => Ok(()),
    }
}

/// The two programs.
struct Programs {
    putokaz: PathBuf,
    server: PathBuf,
}

/// Builds what is missing: the pages, then the programs that carry them.
fn build() -> Result<Programs, String> {
    machine::build_pages()?;
    // The whole workspace, so that shared crates keep the features the tests were built with and nothing is compiled twice.
    machine::run("building the programs", "cargo", &["build", "--quiet", "--workspace", "--bins"])?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| machine::root().join("target"), PathBuf::from);
    let folder = machine::root().join(target).join("debug");
    Ok(Programs { putokaz: folder.join("putokaz"), server: folder.join("putokaz-server") })
}

/// Five lines: where to look and how to sign in.
fn say(told: &Told, dir: &Path) {
    let officer = told.keys.iter().find(|key| key.role == "officer").map(|key| key.file.display().to_string());
    println!("public     {}  (the directory: {}/api/v1/directory)", told.public, told.public);
    println!("members    {}  (sign in with a key file; all keys: {}/demo.json)", told.members, dir.display());
    println!("lead       putokaz desk queue --key {} --to {}", officer.unwrap_or_default(), told.members);
    println!("reporter   putokaz file REPORT.json --to {} --board {}", told.public, told.board.display());
    println!("stop       kill {}  (the same folder starts it again; nothing in it is real)", told.pid);
}

/// Runs a program to its end; its stdout, or one line about its failure.
fn ask(program: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(program).args(arguments).current_dir(machine::root()).output();
    let output = output.map_err(|error| format!("{}: {error}", program.display()))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(format!("{} {}: {said}", program.display(), arguments.first().unwrap_or(&"")))
    }
}

fn write(path: &Path, text: &str) -> Outcome {
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// A path as an argument.
fn word(path: &Path) -> String {
    path.display().to_string()
}
