//! The command `putokaz`: the one place of this crate that knows the clock, chance and the terminal.

use std::io::Write;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser;
use cli::command::Putokaz;
use cli::{Answer, Around, Failure};
use rand::SeedableRng;
use rand::rngs::StdRng;
use report::Day;
use serde_json::Value;

fn main() -> ExitCode {
    let asked = Putokaz::parse();
    let mut around = Around {
        today: today(),
        rng: StdRng::from_entropy(),
        language: asked.language,
        input: Box::new(std::io::stdin()),
        messages: Box::new(std::io::stderr()),
    };
    match cli::run(asked.command, &mut around) {
        Ok(answer) => print(&answer),
        Err(failure) => fail(&failure),
    }
}

#[expect(clippy::disallowed_methods, reason = "the binary reads the clock")]
fn today() -> Day {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Day::of_unix_seconds(i64::try_from(since).unwrap_or(i64::MAX))
}

/// Prints what a command answers.
fn print(answer: &Answer) -> ExitCode {
    let mut out = std::io::stdout().lock();
    let written = match answer {
        Answer::Document(document) => leave(document, &mut out),
        Answer::Bytes(bytes) => out.write_all(bytes),
        Answer::Nothing => Ok(()),
    };
    written.and_then(|()| out.flush()).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

/// Prints a document. One with a receipt in it cannot be had again: where stdout is broken or full it goes to stderr.
fn leave(document: &Value, out: &mut impl Write) -> std::io::Result<()> {
    let written = writeln!(out, "{document:#}").and_then(|()| out.flush());
    if written.is_err() && document["receipt"].is_string() {
        writeln!(std::io::stderr(), "{document:#}")?;
    }
    written
}

fn fail(failure: &Failure) -> ExitCode {
    if let Some(document) = &failure.document {
        leave(document, &mut std::io::stdout().lock()).ok();
    }
    writeln!(std::io::stderr(), "putokaz: {}", failure.message).ok();
    ExitCode::from(failure.code)
}
