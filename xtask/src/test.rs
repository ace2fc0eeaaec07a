//! `cargo xtask test`: the gates, then every test, with real parts.

use std::path::Path;
use std::time::Instant;

use crate::postgres::Postgres;
use crate::{Outcome, machine};

/// What to leave out while working; CI leaves out nothing.
#[derive(clap::Args)]
pub struct Options {
    /// Skip formatting, lints and documentation.
    #[arg(long)]
    no_gates: bool,
    /// Only tests whose name holds this.
    filter: Option<String>,
}

/// Runs everything; the first failure ends the run.
pub fn run(options: &Options) -> Outcome {
    let begun = Instant::now();
    machine::need(&["node"], "nodejs")?;
    machine::need(&["npm"], "npm")?;
    let chromium = machine::need(&["chromium", "chromium-browser", "google-chrome"], "chromium")?;
    pages()?;
    if !options.no_gates {
        gates()?;
    }
    let database = Postgres::start(&machine::root().join("target/parts/postgres"), false)?;
    tests(options, &database, &chromium)?;
    println!("== all of it in {} s", begun.elapsed().as_secs());
    Ok(())
}

/// Builds what the browser runs, and runs its own tests.
pub fn pages() -> Outcome {
    let web = machine::root().join("web");
    machine::run_in(&web, "fetching the pages' packages", "npm", &["ci", "--no-audit", "--no-fund", "--silent"], &[])?;
    machine::run_in(&web, "building the pages", "npm", &["run", "--silent", "build"], &[])?;
    machine::run_in(&web, "testing the pages' code", "npm", &["test", "--silent"], &[])
}

fn gates() -> Outcome {
    machine::run("format", "cargo", &["fmt", "--all", "--check"])?;
    machine::run("lints", "cargo", &["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    let strict = [("RUSTDOCFLAGS", "-D warnings".to_owned())];
    let words = ["doc", "--quiet", "--workspace", "--no-deps"];
    machine::run_in(&machine::root(), "documentation", "cargo", &words, &strict)
}

fn tests(options: &Options, database: &Postgres, chromium: &Path) -> Outcome {
    let variables =
        [("PUTOKAZ_TEST_POSTGRES", database.url()), ("PUTOKAZ_TEST_CHROMIUM", chromium.display().to_string())];
    let mut words = vec!["test", "--workspace", "--no-fail-fast"];
    words.extend(options.filter.as_deref());
    machine::run_in(&machine::root(), "tests", "cargo", &words, &variables)
}
