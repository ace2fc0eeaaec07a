//! The key that tables are rounded by. A new one would draw published cells again, so it is made once and kept.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use statistics::ReleaseKey;
use web::Chance;

use crate::command::Failure;
use crate::foundation::read;

/// Reads the key, or makes it where there is none.
pub(crate) fn key(file: &Path, chance: Chance) -> Result<ReleaseKey, Failure> {
    let fresh = hex::encode(chance.bytes::<32>());
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
        Ok(mut out) => {
            out.write_all(fresh.as_bytes()).and_then(|()| out.sync_all()).map_err(|error| Failure::of(error.kind()))?;
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(Failure::of(format!("{}: {}", file.display(), error.kind()))),
    }
    let mut bytes = [0; 32];
    hex::decode_to_slice(read(file)?.trim(), &mut bytes)
        .map_err(|_| Failure::of("the file of the tables' key does not read"))?;
    Ok(ReleaseKey::new(bytes))
}
