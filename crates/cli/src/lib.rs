#![doc = include_str!("../README.md")]

pub mod around;
pub mod command;
pub mod desk;
pub mod directory;
pub mod door;
pub mod filing;
pub mod import;
pub mod keys;
pub mod link;
mod made;
mod outcome;
pub mod receipt;
pub mod registry;
pub mod verify;

use report::FieldFault;

pub use around::{Around, Home};
use command::{Command, SchemaOf};
pub use outcome::{Answer, Failure, Outcome};

/// Runs a command.
///
/// # Errors
/// Whatever ended it, with the exit code it deserves.
pub fn run(command: Command, around: &mut Around) -> Outcome {
    match command {
        Command::File(asked) => filing::file(&asked, around),
        Command::Schema { document: SchemaOf::Report } => Ok(Answer::Document(testimony::schema())),
        Command::Receipt(asked) => receipt::run(&asked, around),
        Command::Desk(asked) => desk::run(&asked, around),
        Command::Statistics(asked) => desk::statistics(&asked, around),
        Command::Verify { what } => verify::verify(&what),
        Command::Import(asked) => import::import(&asked, around),
        Command::Keys { what } => keys::run(&what, around),
        Command::Registry { what } => registry::run(&what, around),
    }
}

/// Every fault of a coding in one line each: field and code, nothing that was written.
pub(crate) fn field_faults(faults: &[FieldFault]) -> Failure {
    let lines: Vec<String> = faults.iter().map(|fault| format!("{}: {}", fault.field, fault.code)).collect();
    Failure::refused(lines.join("\n"))
}
