//! How statements travel with what they bring (docs/formats.md, "Envelope").

use std::collections::BTreeMap;

use report::PartName;
use serde::{Deserialize, Serialize};
use signed::Signature;

use crate::refusal::Refusal;
use crate::sealed::Sealed;
use crate::shape::{Shape, sealed_size};
use crate::statement::Statement;
use crate::strict::{self, Token};

/// The media type.
pub const MEDIA_TYPE: &str = "application/vnd.putokaz.envelope";

const MAGIC: &[u8] = b"putokaz1";
/// The longest head.
pub const LARGEST_HEAD: usize = 256 * 1024;
/// The most parts one statement brings.
pub const MOST_PARTS: usize = 64;
/// The most grants one statement brings.
pub const MOST_GRANTS: usize = 512;
/// The largest sealed part that travels inside; larger ones are uploaded first.
pub const LARGEST_INSIDE: u64 = sealed_size(256 * 1024);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    statement: String,
    signature: Signature,
    facets: Option<String>,
    #[serde(deserialize_with = "strict::map")]
    uploads: BTreeMap<PartName, Token>,
}

/// A statement, its signature, the facets it sets, and the sealed files it brings. Read, but not yet checked.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    /// What is stated.
    pub statement: Statement,
    /// Who says to have signed it.
    pub signature: Signature,
    /// The exact facets, where the act sets them.
    pub facets: Option<String>,
    /// Parts that were uploaded before: part → upload id.
    pub uploads: BTreeMap<PartName, Token>,
    /// Parts inside, in the statement's order.
    pub parts: Vec<(PartName, Sealed)>,
    /// Grants, in the statement's order.
    pub grants: Vec<Sealed>,
}

impl Envelope {
    /// Reads an envelope. Every limit is enforced before anything of that length is looked at; every sealed file has our shape.
    ///
    /// # Errors
    /// The first [`Refusal`].
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(Refusal::EnvelopeMagic)?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(Refusal::EnvelopeLength)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Refusal::EnvelopeHeadTooLarge)?;
        if length > LARGEST_HEAD {
            return Err(Refusal::EnvelopeHeadTooLarge);
        }
        let (head, mut files) = rest.split_at_checked(length).ok_or(Refusal::EnvelopeLength)?;
        let head: Head = serde_json::from_slice(head).map_err(|_| Refusal::EnvelopeHead)?;
        let statement = Statement::read(&head.statement)?;
        let parts = read_parts(&statement, &head.uploads, &mut files)?;
        let grants = statement.body().grants.iter().map(|_| take(&mut files, sealed_size(512), Shape::Key));
        let grants = grants.collect::<Result<_, _>>()?;
        if !files.is_empty() {
            return Err(Refusal::EnvelopeLength);
        }
        Ok(Self { statement, signature: head.signature, facets: head.facets, uploads: head.uploads, parts, grants })
    }

    /// The bytes that travel.
    ///
    /// # Errors
    /// [`Refusal::EnvelopeHeadTooLarge`] when the statement and facets do not fit.
    pub fn write(&self) -> Result<Vec<u8>, Refusal> {
        let head = Head {
            statement: self.statement.as_str().to_owned(),
            signature: self.signature,
            facets: self.facets.clone(),
            uploads: self.uploads.clone(),
        };
        let head = serde_json::to_vec(&head).map_err(|_| Refusal::EnvelopeHead)?;
        if head.len() > LARGEST_HEAD {
            return Err(Refusal::EnvelopeHeadTooLarge);
        }
        let length = u32::try_from(head.len()).map_err(|_| Refusal::EnvelopeHeadTooLarge)?;
        let files = self.parts.iter().map(|(_, sealed)| sealed).chain(&self.grants);
        let mut bytes = [MAGIC, &length.to_be_bytes(), &head].concat();
        files.for_each(|sealed| bytes.extend_from_slice(sealed.as_bytes()));
        Ok(bytes)
    }
}

fn read_parts(
    statement: &Statement,
    uploads: &BTreeMap<PartName, Token>,
    files: &mut &[u8],
) -> Result<Vec<(PartName, Sealed)>, Refusal> {
    let body = statement.body();
    if body.parts.len() > MOST_PARTS || body.grants.len() > MOST_GRANTS {
        return Err(Refusal::EnvelopeTooMany);
    }
    let inside = body.parts.iter().filter(|line| !uploads.contains_key(&line.part));
    let read = inside.map(|line| {
        if line.size > LARGEST_INSIDE {
            return Err(Refusal::EnvelopePartTooLarge);
        }
        Ok((line.part, take(files, line.size, Shape::of(line.part.kind()))?))
    });
    read.collect()
}

fn take(files: &mut &[u8], size: u64, shape: Shape) -> Result<Sealed, Refusal> {
    let size = usize::try_from(size).map_err(|_| Refusal::EnvelopeLength)?;
    let (file, rest) = files.split_at_checked(size).ok_or(Refusal::EnvelopeLength)?;
    *files = rest;
    Ok(Sealed::check(file.to_vec(), shape)?)
}
