//! Making keys and signing directories: what whoever sets an instance up does once, and the board every month.

mod directory;
mod institution;
mod rotate;

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde_json::json;
use signed::{Board, SigningKey, VerifierKey};

use crate::around::Around;
use crate::command::Keys;
use crate::{Answer, Failure, Outcome};

/// Runs `putokaz keys`.
///
/// # Errors
/// When a file exists already, cannot be written, or a name cannot be one.
pub fn run(what: &Keys, around: &mut Around) -> Outcome {
    match what {
        Keys::Board { name, members, threshold, out } => board(name, (*members, *threshold), out, around),
        Keys::Server { name, out } => server(name, out, around),
        Keys::Institution { institution, members, out } => institution::make(institution, members, out, around),
        Keys::Rotate(options) => rotate::rotate(options, around),
        Keys::Directory(options) => directory::sign(options, around),
    }
}

fn board(name: &str, (members, threshold): (u8, u8), out: &Path, around: &mut Around) -> Outcome {
    let mut public = Vec::new();
    let mut files: Vec<PathBuf> = Vec::new();
    for number in 1..=members {
        let key = SigningKey::generate(&format!("{name}-{number}"), &mut around.rng).map_err(|_| no_name())?;
        public.push(key.verifier().clone());
        let file = out.join(format!("board-{number}.key"));
        write_secret(&file, format!("{}\n", *key.write()).as_bytes())?;
        files.push(file);
    }
    let board = Board::new(usize::from(threshold), public);
    let board = board.map_err(|_| Failure::usage("the threshold is nought or more than the members"))?;
    let file = out.join("board.txt");
    write_new(&file, board.write().as_bytes(), 0o644)?;
    Ok(Answer::Document(json!({ "board": file, "keys": files })))
}

fn server(name: &str, out: &Path, around: &mut Around) -> Outcome {
    let key = SigningKey::generate(name, &mut around.rng).map_err(|_| no_name())?;
    let (secret, public) = (out.join("server.key"), out.join("server.pub"));
    write_secret(&secret, format!("{}\n", *key.write()).as_bytes())?;
    write_new(&public, format!("{}\n", key.verifier()).as_bytes(), 0o644)?;
    Ok(Answer::Document(json!({ "key": secret, "verifier": public })))
}

fn no_name() -> Failure {
    Failure::usage("the name holds white space or a plus sign, or is empty")
}

/// Reads a file with a secret signing key.
pub(crate) fn signing_key(path: &Path) -> Result<SigningKey, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
    SigningKey::read(text.trim_end()).map_err(|_| Failure::refused(format!("{}: not a signing key", path.display())))
}

/// Reads a file with a public verifier key.
pub(crate) fn verifier_key(path: &Path) -> Result<VerifierKey, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
    text.trim_end().parse().map_err(|_| Failure::refused(format!("{}: not a verifier key", path.display())))
}

/// Writes a file that only its owner reads, and never over another one.
pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_new(path, bytes, 0o600)
}

/// Writes a file that does not exist yet, with the folders above it.
pub(crate) fn write_new(path: &Path, bytes: &[u8], mode: u32) -> Result<(), Failure> {
    let fault = |error: std::io::Error| Failure::file(path, &error);
    path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(fault)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path).map_err(fault)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(fault)
}
