//! `cargo xtask drill`: the long exercises that a run of the tests has no time for.

use crate::{Outcome, machine};

/// Which exercise, and how to print its result.
#[derive(clap::Args)]
pub struct Options {
    /// `interop`: a thousand random files each way between our sealing and the one browsers use. `upload`: a file of two
    /// gigabytes from a real browser to the server and back.
    name: String,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

/// Runs one exercise.
pub fn run(options: &Options) -> Outcome {
    match options.name.as_str() {
        "interop" => interop(options.json),
        "upload" => upload(),
        other => Err(format!("there is no drill {other}; there are interop and upload")),
    }
}

/// Prints its own line, with what it measured.
fn upload() -> Outcome {
    let words = ["run", "--quiet", "--package", "house-tests", "--example", "upload"];
    machine::run_quietly("sending two gigabytes", "cargo", &words)
}

fn interop(json: bool) -> Outcome {
    let tried = 1000;
    let count = tried.to_string();
    let outcome = machine::run_quietly(
        "sealing and opening both ways",
        "cargo",
        &["run", "--quiet", "--package", "unseal", "--example", "interop", "--", &count],
    );
    let failed = u32::from(outcome.is_err());
    if json {
        let note = "random files each way between the command's sealing and the browser's";
        let row = serde_json::json!([{"drill": "interop", "case": "both ways", "tried": tried * 2, "failed": failed, "note": note}]);
        println!("{row}");
    }
    outcome
}
