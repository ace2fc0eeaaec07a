//! The public vectors of the hybrid recipient, through age's own reader with our identity.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails loudly")]

use std::io::Read;
use std::path::Path;

use age::DecryptError;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use unseal::Identity;
use vault::hash::sha256;
use vault::{HEADER, check_header};

struct Vector {
    name: String,
    fields: Vec<(String, String)>,
    file: Vec<u8>,
}

impl Vector {
    fn read(path: &Path) -> Self {
        let bytes = std::fs::read(path).unwrap();
        let end = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap();
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let fields = head.lines().filter_map(|line| line.split_once(": "));
        let fields: Vec<_> = fields.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        let armoured = fields.iter().any(|(key, value)| key == "armored" && value == "yes");
        let file = if armoured { strip_armour(&bytes[end + 2..]) } else { bytes[end + 2..].to_vec() };
        Self { name: path.file_name().unwrap().to_string_lossy().into_owned(), fields, file }
    }

    fn all(&self, key: &str) -> Vec<&str> {
        self.fields.iter().filter(|(field, _)| field == key).map(|(_, value)| value.as_str()).collect()
    }

    /// What became of it, in the collection's words.
    fn outcome(&self) -> (&'static str, Option<String>) {
        let identities: Vec<Box<dyn age::Identity>> = self.all("identity").into_iter().filter_map(identity).collect();
        let opened = age::Decryptor::new_buffered(&self.file[..])
            .and_then(|opened| opened.decrypt(identities.iter().map(|identity| &**identity)));
        let mut payload = Vec::new();
        match opened {
            Ok(mut stream) => match stream.read_to_end(&mut payload) {
                Ok(_) => ("success", Some(sha256(&payload).to_string())),
                Err(_) => ("payload failure", None),
            },
            Err(DecryptError::NoMatchingKeys) => ("no match", None),
            Err(DecryptError::InvalidMac) => ("HMAC failure", None),
            Err(_) => ("header failure", None),
        }
    }
}

fn identity(line: &str) -> Option<Box<dyn age::Identity>> {
    let classical = || line.parse::<age::x25519::Identity>().ok().map(|identity| Box::new(identity) as _);
    Identity::read(line).ok().map(|identity| Box::new(identity) as _).or_else(classical)
}

fn strip_armour(text: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(text).unwrap();
    let lines: String = text.lines().filter(|line| !line.starts_with("-----")).collect();
    BASE64_STANDARD.decode(lines).unwrap()
}

fn vectors() -> Vec<Vector> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cctv");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_none()).map(|path| Vector::read(&path)).collect()
}

#[test]
fn all_nineteen_public_vectors_come_out_as_they_should() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 19);
    for vector in &vectors {
        let (outcome, payload) = vector.outcome();
        assert_eq!(vector.all("expect"), [outcome], "{}", vector.name);
        if let Some(payload) = payload {
            assert_eq!(vector.all("payload"), [payload], "{}", vector.name);
        }
    }
}

#[test]
fn files_that_age_accepts_but_we_never_write_are_not_our_shape() {
    for vector in vectors() {
        let ours = vector.file.get(..HEADER).is_some_and(|header| check_header(header).is_ok());
        let one_stanza = match vector.name.strip_prefix("hybrid_") {
            None => true,
            Some(why) => {
                ["no_match", "low_order", "identity", "bad_tag"].contains(&why) || why.starts_with("currupted_enc")
            }
        };
        assert_eq!(ours, one_stanza, "{}", vector.name);
    }
}
