//! Ratios: what this house does against a named yardstick, measured in the same run on the same disk.
//!
//! `cargo xtask bench [NAME] [--json]` runs it with optimisation. Rows of PostgreSQL are measured where `PUTOKAZ_TEST_POSTGRES` names a
//! cluster; it should have fsync on.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a measurement that cannot go on says where")]
#![expect(clippy::print_stdout, reason = "a program that prints its result")]
#![expect(clippy::disallowed_methods, reason = "a program reads the clock and the environment")]

mod clients;
mod deployment;
mod intake;
mod made_up;
mod measured;
mod page;
mod plain;
mod queue;
mod statistics;

use std::process::ExitCode;

use measured::Measured;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    // This program is also the server it measures: with the word `serve` it is nothing but `putokaz-server`.
    if words.first().is_some_and(|word| word == "serve") {
        return server::command::run();
    }
    let name = words.iter().find(|word| !word.starts_with("--"));
    let wanted = |bench: &str| name.is_none_or(|name| name == bench);
    let mut all: Vec<Measured> = Vec::new();
    for (bench, measure) in BENCHES {
        if wanted(bench) {
            all.extend(measure());
        }
    }
    measured::print(&all, words.iter().any(|word| word == "--json"));
    if all.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

type Bench = fn() -> Vec<Measured>;

const BENCHES: [(&str, Bench); 4] = [
    ("intake", intake::measure),
    ("page", page::measure),
    ("queue", queue::measure),
    ("statistics", statistics::measure),
];
