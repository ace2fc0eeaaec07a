//! `putokaz-server`: reads its arguments, says what happened, and ends with 0 (done), 1 (refused or failed) or 2 (wrong usage).

use std::process::ExitCode;

fn main() -> ExitCode {
    server::command::run()
}
