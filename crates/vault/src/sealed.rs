//! One sealed file: age v1, exactly one hybrid stanza, nothing else, of a size that says nothing (docs/formats.md, "Sealed file").

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;
use std::io::{self, Read, Write};
use std::iter;

use age_core::format::{FileKey, Stanza};
use age_core::primitives::hkdf;
use age_core::secrecy::ExposeSecret;
use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use hmac::{Hmac, Mac};
use rand::{CryptoRng, RngCore};
use report::Sha256;

use crate::fault::SealFault;
use crate::hash::{Hashing, sha256};
use crate::hpke::{FILE_KEY, FileKeyCipher};
use crate::hybrid::{ENCAPSULATED, Recipient};
use crate::shape::{HEADER, NotOurs, Shape};

const START: &[u8] = b"age-encryption.org/v1\n-> mlkem768x25519 ";
const END: &[u8] = b"\n--- ";
/// Base64 characters of the encapsulated secret, and of a 32-byte body or authenticator.
const SHARE: usize = 1494;
const SHORT: usize = 43;

/// Bytes that have exactly our shape. Whether they open is known only to who has the key.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// Takes bytes of our shape: the one stanza of the one suite, canonical, and a size of `shape`.
    /// Costs one pass over the fixed-size header; nothing is parsed that could be long.
    ///
    /// # Errors
    /// [`NotOurs`], which says what is off.
    pub fn check(bytes: Vec<u8>, shape: Shape) -> Result<Self, NotOurs> {
        if !shape.admits(u64::try_from(bytes.len()).unwrap_or(u64::MAX)) {
            return Err(NotOurs::Size);
        }
        check_header(bytes.get(..HEADER).ok_or(NotOurs::Size)?)?;
        Ok(Self(bytes))
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes, given away.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// How many bytes.
    pub fn size(&self) -> u64 {
        u64::try_from(self.0.len()).unwrap_or(u64::MAX)
    }

    /// What a statement names it by.
    pub fn sha256(&self) -> Sha256 {
        sha256(&self.0)
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

/// What is known of a sealed file that passed by without being held: its shape was ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// Hash of the sealed bytes.
    pub sha256: Sha256,
    /// Their number.
    pub size: u64,
}

/// Reads a sealed file to its end without holding it, and checks its shape on the way.
///
/// # Errors
/// [`NotOurs`] for a wrong header or size; an error of the reader counts as a size that is not ours.
pub fn measure(mut source: impl Read, shape: Shape) -> Result<Measured, NotOurs> {
    let mut header = [0; HEADER];
    source.read_exact(&mut header).map_err(|_| NotOurs::Size)?;
    check_header(&header)?;
    let mut hashing = Hashing::default();
    hashing.update(&header);
    let rest = copy(&mut source.take(Shape::LARGEST), |piece| {
        hashing.update(piece);
        Ok(())
    });
    let size = rest.map_err(|_| NotOurs::Size)?.saturating_add(HEADER as u64);
    if shape.admits(size) { Ok(Measured { sha256: hashing.finish(), size }) } else { Err(NotOurs::Size) }
}

/// Checks that these are the bytes of our header: magic, one stanza `mlkem768x25519`, canonical base64, authenticator.
///
/// # Errors
/// [`NotOurs::Header`] for any other age header or none, [`NotOurs::Suite`] when the file is age but its first stanza is of another kind.
pub fn check_header(header: &[u8]) -> Result<(), NotOurs> {
    parse_header(header).map(drop).ok_or_else(|| {
        let age = header.starts_with(b"age-encryption.org/v1\n-> ");
        if age && !header.starts_with(START) { NotOurs::Suite } else { NotOurs::Header }
    })
}

fn parse_header(header: &[u8]) -> Option<()> {
    let rest = header.strip_prefix(START)?;
    let (share, rest) = rest.split_at_checked(SHARE)?;
    let (body, rest) = rest.strip_prefix(b"\n")?.split_at_checked(SHORT)?;
    let (authenticator, rest) = rest.strip_prefix(END)?.split_at_checked(SHORT)?;
    let long = |text: &[u8], size| BASE64_STANDARD_NO_PAD.decode(text).is_ok_and(|bytes| bytes.len() == size);
    let good = long(share, ENCAPSULATED) && long(body, FILE_KEY + 16) && long(authenticator, 32);
    (good && rest == b"\n").then_some(())
}

/// Seals what `write` writes to one recipient, into `sink`. The payload is age's own stream; only the header is written here,
/// since age would add a stanza of random size.
pub(crate) fn seal<W: Write>(
    to: &Recipient,
    rng: &mut (impl RngCore + CryptoRng),
    mut sink: W,
    write: impl FnOnce(&mut dyn Write) -> Result<(), SealFault>,
) -> Result<(), SealFault> {
    let witness = Witness::default();
    let encryptor = age::Encryptor::with_recipients(iter::once(&witness as &dyn age::Recipient));
    let encryptor = encryptor.map_err(|_| SealFault::Cipher)?;
    let file_key = witness.0.into_inner().ok_or(SealFault::Cipher)?;
    sink.write_all(&header(to, &file_key, rng)?)?;
    let mut stream = encryptor.wrap_output(PastHeader { sink, line: Vec::new(), past: false })?;
    write(&mut stream)?;
    stream.finish()?.sink.flush()?;
    Ok(())
}

/// Seals bytes already in memory.
pub(crate) fn seal_bytes(
    to: &Recipient,
    rng: &mut (impl RngCore + CryptoRng),
    plain: &[u8],
) -> Result<Sealed, SealFault> {
    let mut bytes = Vec::new();
    seal(to, rng, &mut bytes, |sink| Ok(sink.write_all(plain)?))?;
    Ok(Sealed(bytes))
}

fn header(to: &Recipient, file_key: &FileKey, rng: &mut (impl RngCore + CryptoRng)) -> Result<Vec<u8>, SealFault> {
    let (share, secret) = to.encapsulate(rng).map_err(|_| SealFault::Cipher)?;
    let cipher = FileKeyCipher::of(&secret).ok_or(SealFault::Cipher)?;
    let body = cipher.seal(file_key.expose_secret()).ok_or(SealFault::Cipher)?;
    let mut header = START.to_vec();
    header.extend(BASE64_STANDARD_NO_PAD.encode(share).bytes().chain(*b"\n"));
    header.extend(BASE64_STANDARD_NO_PAD.encode(body).bytes().chain(*b"\n---"));
    let key = zeroize::Zeroizing::new(hkdf(b"", b"header", file_key.expose_secret()));
    let mut authenticator = Hmac::<sha2::Sha256>::new_from_slice(&*key).map_err(|_| SealFault::Cipher)?;
    authenticator.update(&header);
    let authenticator = authenticator.finalize().into_bytes();
    header.extend(b" ".iter().copied().chain(BASE64_STANDARD_NO_PAD.encode(authenticator).bytes()).chain(*b"\n"));
    Ok(header)
}

/// Learns the file key age chose. The stanza it gives back is thrown away with age's own header.
#[derive(Default)]
struct Witness(RefCell<Option<FileKey>>);

impl age::Recipient for Witness {
    fn wrap_file_key(&self, file_key: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), age::EncryptError> {
        self.0.replace(Some(FileKey::new(Box::new(*file_key.expose_secret()))));
        Ok((vec![Stanza { tag: "putokaz".to_owned(), args: Vec::new(), body: Vec::new() }], HashSet::new()))
    }
}

/// Lets through what follows the line that ends a header (`--- …`).
struct PastHeader<W> {
    sink: W,
    line: Vec<u8>,
    past: bool,
}

impl<W: Write> Write for PastHeader<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.past {
            return self.sink.write(bytes);
        }
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' && self.line.starts_with(b"---") {
                self.past = true;
                self.sink.write_all(bytes.get(at + 1..).unwrap_or_default())?;
                break;
            }
            if *byte == b'\n' {
                self.line.clear();
            } else {
                self.line.push(*byte);
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// Hands on everything a reader has, in pieces; the number of bytes. What passed by is wiped.
pub(crate) fn copy(
    source: &mut impl Read,
    mut hand_on: impl FnMut(&[u8]) -> Result<(), SealFault>,
) -> Result<u64, SealFault> {
    let mut piece = zeroize::Zeroizing::new(vec![0; 64 * 1024]);
    let mut total = 0;
    loop {
        let read = match source.read(&mut piece) {
            Ok(0) => return Ok(total),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        hand_on(piece.get(..read).unwrap_or_default())?;
        total += u64::try_from(read).unwrap_or_default();
    }
}
