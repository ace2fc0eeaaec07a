//! Many files in one encrypted stream: an age file (X25519, the operator's own key) around a plain listing.
//!
//! Inside stand, one after another, a line `SIZE NAME` and that many bytes; the last line is `end`. Names are relative,
//! with forward slashes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path, PathBuf};
use std::str::FromStr;

use age::{Decryptor, Encryptor, x25519};

use crate::command::Failure;

/// The line that ends the listing: without it the file was cut.
const END: &str = "end";

/// An archive being written.
pub(crate) struct Packer {
    out: age::stream::StreamWriter<BufWriter<File>>,
}

impl Packer {
    /// Begins an archive in a new file that only its owner may read.
    pub(crate) fn begin(file: &Path, recipient: &str) -> Result<Self, Failure> {
        let recipient = x25519::Recipient::from_str(recipient)
            .map_err(|_| Failure::of("the recipient is no ordinary age key (age1…, made by age-keygen)"))?;
        let out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).map_err(|e| at(file, &e))?;
        let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
            .map_err(|_| Failure::of("the recipient's key cannot be used"))?;
        let out = encryptor.wrap_output(BufWriter::new(out)).map_err(|e| at(file, &e))?;
        Ok(Self { out })
    }

    /// Adds a file under a name. It must not change meanwhile.
    pub(crate) fn add(&mut self, name: &str, file: &Path) -> Result<(), Failure> {
        self.add_open(name, (file, File::open(file).map_err(|e| at(file, &e))?))
    }

    fn add_open(&mut self, name: &str, (file, source): (&Path, File)) -> Result<(), Failure> {
        let size = source.metadata().map_err(|e| at(file, &e))?.len();
        writeln!(self.out, "{size} {name}").map_err(|e| at(file, &e))?;
        let copied = io::copy(&mut source.take(size), &mut self.out).map_err(|e| at(file, &e))?;
        if copied == size { Ok(()) } else { Err(Failure::of("a file changed while it was copied")) }
    }

    /// Adds bytes under a name.
    pub(crate) fn add_bytes(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let written = writeln!(self.out, "{} {name}", bytes.len()).and_then(|()| self.out.write_all(bytes));
        written.map_err(|error| Failure::of(error.kind()))
    }

    /// Adds every file below a folder, under the folder's name in the archive. What a server at work removes meanwhile is passed over:
    /// the database was copied before, and holds no more than it needs.
    pub(crate) fn add_folder(&mut self, name: &str, folder: &Path) -> Result<(), Failure> {
        let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
        for entry in entries {
            let entry = entry.map_err(|e| at(folder, &e))?;
            let inner = format!("{name}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                self.add_folder(&inner, &entry.path())?;
                continue;
            }
            match File::open(entry.path()) {
                Ok(source) => self.add_open(&inner, (&entry.path(), source))?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(at(&entry.path(), &error)),
            }
        }
        Ok(())
    }

    /// Ends the archive and waits until it is on the disk.
    pub(crate) fn end(mut self) -> Result<(), Failure> {
        writeln!(self.out, "{END}").map_err(|e| Failure::of(e.kind()))?;
        let file = self.out.finish().and_then(|out| out.into_inner().map_err(io::IntoInnerError::into_error));
        file.and_then(|file| file.sync_all()).map_err(|e| Failure::of(e.kind()))
    }
}

/// Unpacks an archive into a folder, in which nothing may stand in the way.
pub(crate) fn unpack(file: &Path, identity: &Path, into: &Path) -> Result<(), Failure> {
    let identity = read_identity(identity)?;
    let source = File::open(file).map_err(|e| at(file, &e))?;
    let not_ours = |_| Failure::of("this key does not open this file");
    let decryptor = Decryptor::new(BufReader::new(source)).map_err(not_ours)?;
    let opened = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).map_err(not_ours)?;
    let mut opened = BufReader::new(opened);
    loop {
        let mut line = String::new();
        (&mut opened).take(4096).read_line(&mut line).map_err(|e| at(file, &e))?;
        let line = line.trim_end_matches('\n');
        if line == END {
            return Ok(());
        }
        let entry = line.split_once(' ').and_then(|(size, name)| Some((size.parse().ok()?, inside(into, name)?)));
        let (size, target) = entry.ok_or_else(|| Failure::of("the archive is cut or damaged"))?;
        write_one(&mut opened, size, &target)?;
    }
}

fn write_one(opened: &mut impl Read, size: u64, target: &Path) -> Result<(), Failure> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(|e| at(folder, &e))?;
    }
    let mut out =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(target).map_err(|e| at(target, &e))?;
    let copied = io::copy(&mut opened.take(size), &mut out).map_err(|e| at(target, &e))?;
    out.sync_all().map_err(|e| at(target, &e))?;
    if copied == size { Ok(()) } else { Err(Failure::of("the archive is cut or damaged")) }
}

/// The place of an entry; a name that would leave the folder has none.
fn inside(folder: &Path, name: &str) -> Option<PathBuf> {
    let tame = Path::new(name).components().all(|piece| matches!(piece, Component::Normal(_)));
    (tame && !name.is_empty()).then(|| folder.join(name))
}

fn read_identity(file: &Path) -> Result<x25519::Identity, Failure> {
    let text = fs::read_to_string(file).map_err(|e| at(file, &e))?;
    let line = text.lines().find(|line| line.starts_with("AGE-SECRET-KEY-1"));
    line.and_then(|line| x25519::Identity::from_str(line.trim()).ok())
        .ok_or_else(|| Failure::of("the identity file holds no ordinary age key (AGE-SECRET-KEY-1…)"))
}

fn at(file: &Path, error: &io::Error) -> Failure {
    Failure::of(format!("{}: {}", file.display(), error.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use age::secrecy::ExposeSecret;

    fn keys(folder: &Path) -> (String, PathBuf) {
        let identity = x25519::Identity::generate();
        let file = folder.join("key.txt");
        fs::write(&file, format!("# made for a test\n{}\n", identity.to_string().expose_secret())).unwrap();
        (identity.to_public().to_string(), file)
    }

    #[test]
    fn what_is_packed_comes_out_and_only_with_the_key() {
        let folder = tempfile::tempdir().unwrap();
        let (recipient, identity) = keys(folder.path());
        let (_, stranger) = keys(&{
            let other = folder.path().join("other");
            fs::create_dir(&other).unwrap();
            other
        });
        let blobs = folder.path().join("blobs/ab");
        fs::create_dir_all(&blobs).unwrap();
        fs::write(blobs.join("one"), vec![7; 100_000]).unwrap();
        let file = folder.path().join("backup");
        let mut packer = Packer::begin(&file, &recipient).unwrap();
        packer.add_folder("blobs", &folder.path().join("blobs")).unwrap();
        packer.end().unwrap();
        let out = folder.path().join("out");
        assert!(unpack(&file, &stranger, &out).is_err());
        unpack(&file, &identity, &out).unwrap();
        assert_eq!(fs::read(out.join("blobs/ab/one")).unwrap(), vec![7; 100_000]);
        assert!(unpack(&file, &identity, &out).is_err(), "nothing is overwritten");
    }

    #[test]
    fn an_entry_cannot_leave_the_folder() {
        for name in ["../x", "/etc/x", "a/../../x", ""] {
            assert_eq!(inside(Path::new("/tmp/y"), name), None, "{name}");
        }
    }
}
