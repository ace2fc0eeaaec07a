//! The directory: fetched, and believed only for the reason stated.

use std::path::Path;

use report::Day;
use signed::Board;
use vault::{Directory, Trust};

use crate::Failure;
use crate::door::{Ask, Door};

/// Fetches the directory in force. With a board, enough of it must have signed; without one, it must say that it is for training.
///
/// # Errors
/// When it cannot be fetched or must not be believed.
pub fn fetch(door: &Door, board: Option<&Path>, today: Day) -> Result<Directory, Failure> {
    let reply = door.ask(&Ask::get("/api/v1/directory"))?;
    let note = String::from_utf8(reply.body).map_err(|_| Failure::refused("directory-shape"))?;
    let board = board.map(read_board).transpose()?;
    let trust = board.as_ref().map_or(Trust::TrainingOnly, Trust::Board);
    Directory::verify(&note, trust, today)
        .map_err(|fault| Failure::refused(format!("the directory is not to be used: {fault}")))
}

fn read_board(path: &Path) -> Result<Board, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
    Board::read(&text).map_err(|_| Failure::refused(format!("{}: not a board file", path.display())))
}
