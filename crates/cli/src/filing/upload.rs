//! Large sealed files, piece by piece (tus 1.0): what arrived once is not sent again.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use vault::Token;
use vault::hash::sha256;

use super::work::{shown, working};
use crate::Failure;
use crate::door::{Ask, Door};

/// Bytes of one piece.
const PIECE: usize = 4 << 20;
/// How often a piece is tried before giving up; the offset is asked for anew each time.
const TRIES: u32 = 6;

/// Uploads a sealed file; the id the envelope names it by.
///
/// # Errors
/// When the file cannot be read, or the server cannot be reached or refuses.
pub fn upload(door: &Door, path: &Path, size: u64) -> Result<Token, Failure> {
    let length = size.to_string();
    // What it holds is not said yet: work is bound to its length.
    let begun = working(&sha256(length.as_bytes()), |proof| {
        let begin = tus(Ask::new("POST", "/api/v1/uploads", &[])).header("upload-length", length.as_str());
        door.ask(&shown(begin, proof))
    });
    let place = begun?.location.ok_or_else(|| Failure::refused("the server names no upload"))?;
    let mut file = File::open(path).map_err(|error| Failure::file(path, &error))?;
    let mut offset = 0;
    let mut tries = 0;
    while offset < size {
        file.seek(SeekFrom::Start(offset)).map_err(|error| Failure::file(path, &error))?;
        let mut piece = Vec::with_capacity(PIECE);
        (&file).take(PIECE as u64).read_to_end(&mut piece).map_err(|error| Failure::file(path, &error))?;
        match door.once(&patch(&place, &piece, offset)) {
            Ok(reply) => {
                offset = reply.offset.unwrap_or(offset + piece.len() as u64);
                tries = 0;
            }
            Err(failure) if (failure.passing || failure.status == Some(409)) && tries < TRIES => {
                tries += 1;
                let head = tus(Ask::new("HEAD", &place, &[]));
                offset = door.ask(&head)?.offset.unwrap_or(0);
            }
            Err(failure) => return Err(failure),
        }
    }
    let id = place.rsplit('/').next().unwrap_or_default();
    Token::try_from(id).map_err(|_| Failure::refused("the server names no upload"))
}

fn patch<'a>(place: &'a str, piece: &'a [u8], offset: u64) -> Ask<'a> {
    tus(Ask::new("PATCH", place, piece))
        .header("content-type", "application/offset+octet-stream")
        .header("upload-offset", offset.to_string())
}

fn tus(ask: Ask<'_>) -> Ask<'_> {
    ask.header("tus-resumable", "1.0.0")
}
