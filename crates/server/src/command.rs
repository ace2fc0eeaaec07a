//! The commands an operator types.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use report::Fault;
use serde_json::json;

use crate::{Config, backup, check, exposure, instruments, logging, migrate, start};

/// Takes in sealed reports of rights violations and carries them to those who may read them.
#[derive(Debug, Parser)]
#[command(name = "putokaz-server", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the server until it is told to stop.
    Serve(At),
    /// Brings the database's schema up to this program's.
    Migrate(At),
    /// Tells every fault of the settings and of the country's data at once, with file and line.
    CheckConfig {
        #[command(flatten)]
        at: At,
        /// One JSON document instead of lines.
        #[arg(long)]
        json: bool,
    },
    /// Tells on one page what somebody who takes this machine would see.
    Exposure(At),
    /// Writes one encrypted file of everything, and FILE.keys with the keys that shred reports.
    Backup {
        #[command(flatten)]
        at: At,
        /// The file to write; it must not exist.
        #[arg(long)]
        to: PathBuf,
        /// The operator's public age key (age1…).
        #[arg(long)]
        recipient: String,
    },
    /// Brings a backup back into an empty place.
    Restore {
        #[command(flatten)]
        at: At,
        /// The backup; FILE.keys must lie beside it.
        #[arg(long)]
        from: PathBuf,
        /// The file of the operator's secret age key.
        #[arg(long)]
        identity: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
struct At {
    /// The deployment's file of settings.
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
}

/// Why a command did not do what was asked, in the operator's words.
#[derive(Debug)]
pub enum Failure {
    /// The configuration has these faults.
    Config(Vec<Fault>),
    /// What went wrong, in one sentence.
    Other(String),
}

impl From<Vec<Fault>> for Failure {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Config(faults)
    }
}

impl Failure {
    /// A failure with its sentence.
    pub fn of(what: impl std::fmt::Display) -> Self {
        Self::Other(what.to_string())
    }
}

/// Runs the command of this process.
pub fn run() -> ExitCode {
    let command = Arguments::parse().command;
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return tell(Err(Failure::of(format!("no threads: {}", error.kind())))),
    };
    tell(runtime.block_on(perform(command)))
}

async fn perform(command: Command) -> Result<(), Failure> {
    match command {
        Command::Serve(at) => Box::pin(serve(&at.config)).await,
        Command::Migrate(at) => migrate::run(&Config::read(&at.config)?).await,
        Command::CheckConfig { at, json } => check_config(&at.config, json),
        Command::Exposure(at) => say(&exposure::page(&Config::read(&at.config)?).await?),
        Command::Backup { at, to, recipient } => backup::write(&Config::read(&at.config)?, &to, &recipient).await,
        Command::Restore { at, from, identity } => backup::restore(&Config::read(&at.config)?, &from, &identity).await,
    }
}

/// Serves until SIGTERM or SIGINT.
async fn serve(file: &Path) -> Result<(), Failure> {
    let config = Config::read(file)?;
    logging::start(&config.log);
    let running = Box::pin(start(config, instruments::machine())).await?;
    say(&format!("public http://{}\nmembers http://{}\n", running.public, running.members))?;
    told_to_stop().await?;
    running.stop().await;
    Ok(())
}

async fn told_to_stop() -> Result<(), Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).map_err(|error| Failure::of(error.kind()))?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(|error| Failure::of(error.kind()))?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// With `--json` the faults are one document on stdout; else lines on stderr. Either way 1 when there is one.
fn check_config(file: &Path, as_json: bool) -> Result<(), Failure> {
    let faults = check::faults(file);
    if as_json {
        let list: Vec<_> = faults
            .iter()
            .map(
                |fault| json!({ "file": fault.file, "line": fault.line, "code": fault.code, "message": fault.message }),
            )
            .collect();
        say(&format!("{}\n", json!({ "faults": list })))?;
    }
    match (faults.is_empty(), as_json) {
        (true, _) => Ok(()),
        (false, true) => Err(Failure::of(format!("{} faults", faults.len()))),
        (false, false) => Err(Failure::Config(faults)),
    }
}

/// Writes to stdout; a reader that went away is a failure like another.
fn say(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| Failure::of(error.kind()))
}

fn tell(outcome: Result<(), Failure>) -> ExitCode {
    let lines = match outcome {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Config(faults)) => faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n") + "\n",
        Err(Failure::Other(what)) => format!("putokaz-server: {what}\n"),
    };
    // When stderr is closed there is nobody to tell.
    std::io::stderr().write_all(lines.as_bytes()).ok();
    ExitCode::FAILURE
}
