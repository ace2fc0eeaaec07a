//! The commands of the people who build and try Putokaz: `demo`, `test`, `bench`, `drill`.
//!
//! Nothing here is part of the service. Each command installs or starts the real parts it needs and says in one line
//! what it could not have.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks to the person who typed it")]
#![expect(clippy::disallowed_methods, reason = "a binary reads the clock and the environment; rooms below do not")]

mod bench;
mod demo;
mod drill;
mod machine;
mod postgres;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What can be asked for.
#[derive(Parser)]
#[command(name = "cargo xtask", about = "Build, try and test Putokaz")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start a training instance with made-up reports and say where to look.
    Demo(demo::Options),
    /// Run the gates and every test, with the real parts they need.
    Test(test::Options),
    /// Print ratios against a named yardstick measured in the same run.
    Bench(bench::Options),
    /// Run one of the long failure and leak exercises.
    Drill(drill::Options),
}

/// Why a command ended early, as one line for the person who typed it.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Demo(options) => demo::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::Drill(options) => drill::run(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
