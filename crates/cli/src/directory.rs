//! The directory: fetched, and believed only for the reason stated.

use std::path::Path;

use report::Day;
use signed::Board;
use vault::{Directory, DirectoryFault, Trust};

use crate::door::{Ask, Door};
use crate::{Around, Failure};

/// Fetches the directory in force. With a board, enough of it must have signed; without one, it must say that it is for training.
///
/// # Errors
/// When it cannot be fetched or must not be believed.
pub fn fetch(door: &Door, board: Option<&Path>, today: Day) -> Result<Directory, Failure> {
    let directory = fetch_last(door, board, today)?;
    if directory.is_stale(today) { Err(refused(DirectoryFault::Stale)) } else { Ok(directory) }
}

/// The same past its last day, for a reporter: what is filed then is sealed to its lead and alternate alone, and that is said.
///
/// # Errors
/// As [`fetch`], but for its age.
pub fn for_reporter(door: &Door, board: Option<&Path>, around: &mut Around) -> Result<Directory, Failure> {
    let directory = fetch_last(door, board, around.today)?;
    if directory.is_stale(around.today) {
        around.tell(&format!(
            "the directory's last day was {}: what is sealed now is for its lead and its alternate, and for nobody else",
            directory.body().expires
        ));
    }
    Ok(directory)
}

/// How a document says whether the directory was past its last day.
pub fn age(directory: &Directory, today: Day) -> &'static str {
    if directory.is_stale(today) { "stale" } else { "current" }
}

fn fetch_last(door: &Door, board: Option<&Path>, today: Day) -> Result<Directory, Failure> {
    let reply = door.ask(&Ask::get("/api/v1/directory"))?;
    let note = String::from_utf8(reply.body).map_err(|_| Failure::refused("directory-shape"))?;
    let board = board.map(read_board).transpose()?;
    let trust = board.as_ref().map_or(Trust::TrainingOnly, Trust::Board);
    Directory::last(&note, trust, today).map_err(refused)
}

fn refused(fault: DirectoryFault) -> Failure {
    Failure::refused(format!("the directory is not to be used: {fault}"))
}

/// Reads the file of a board.
pub(crate) fn read_board(path: &Path) -> Result<Board, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
    Board::read(&text).map_err(|_| Failure::refused(format!("{}: not a board file", path.display())))
}
