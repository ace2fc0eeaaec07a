//! `cargo xtask bench`: ratios against a yardstick measured in the same run.

use crate::postgres::Postgres;
use crate::{Outcome, machine};

/// Which measurements, and how to print them.
#[derive(clap::Args)]
pub struct Options {
    /// `intake`, `page`, `queue` or `statistics`; all of them when left out.
    name: Option<String>,
    /// Print one JSON document instead of a table.
    #[arg(long)]
    json: bool,
}

/// The measurements there are.
const NAMES: [&str; 4] = ["intake", "page", "queue", "statistics"];

/// Builds the measuring program with optimisation and runs it on SQLite and on a PostgreSQL of its own, which syncs like a real one.
pub fn run(options: &Options) -> Outcome {
    if let Some(name) = options.name.as_deref().filter(|name| !NAMES.contains(name)) {
        return Err(format!("there is no measurement {name}; there are {}", NAMES.join(", ")));
    }
    machine::build_pages()?;
    let database = Postgres::start(&machine::root().join("target/parts/measured"), true)?;
    let chromium = machine::need(&["chromium", "chromium-browser", "google-chrome"], "chromium")?;
    let variables =
        [("PUTOKAZ_TEST_POSTGRES", database.url()), ("PUTOKAZ_TEST_CHROMIUM", chromium.display().to_string())];
    let mut words = vec!["run", "--quiet", "--release", "--package", "house-tests", "--example", "measure", "--"];
    words.extend(options.name.as_deref());
    if options.json {
        words.push("--json");
    }
    machine::run_in(&machine::root(), "measuring", "cargo", &words, &variables)
}
