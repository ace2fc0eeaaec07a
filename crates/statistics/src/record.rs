//! What the deployment keeps of a release: the published table, and what the gate needs to judge the next one.

use std::collections::BTreeMap;

use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::draw::ReleaseKey;
use crate::published::Published;

/// A release as it is kept. Everything but [`Record::published`] is secret: true numbers, and which incidents (as keyed
/// hashes) were counted where. Never shown, never logged, not readable without the deployment's key.
#[derive(Clone)]
pub struct Record {
    pub(crate) published: Published,
    pub(crate) secret: Secret,
}

/// The half of a record that is never shown.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Secret {
    /// True numbers, cell by cell.
    pub(crate) numbers: Vec<u32>,
    /// A keyed hash of who is in each cell: equal where two cells were drawn as one.
    pub(crate) draws: Vec<u64>,
    /// The incidents counted and the cells each one touched.
    pub(crate) incidents: BTreeMap<u64, Vec<u16>>,
}

/// Bytes that are no record of this deployment, or were changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRecord;

impl std::fmt::Display for NoRecord {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("not a release of this deployment")
    }
}

impl std::error::Error for NoRecord {}

const TAG: usize = 32;
const PURPOSE: &str = "putokaz/1 release";

impl Record {
    /// The published table.
    pub fn published(&self) -> &Published {
        &self.published
    }

    /// The record as bytes to keep: a keyed tag, then JSON.
    pub fn to_bytes(&self, key: &ReleaseKey) -> Vec<u8> {
        let body = serde_json::to_vec(&(&self.published.0, &self.secret)).unwrap_or_default();
        let mut mac = key.mac(PURPOSE);
        mac.update(&body);
        [mac.finalize().into_bytes().as_slice(), &body].concat()
    }

    /// Reads a record back. Only what this crate made under this key is a record: a table cannot be slipped in.
    ///
    /// # Errors
    /// When the tag or the shape is wrong.
    pub fn read(bytes: &[u8], key: &ReleaseKey) -> Result<Self, NoRecord> {
        let (tag, body) = bytes.split_at_checked(TAG).ok_or(NoRecord)?;
        let mut mac = key.mac(PURPOSE);
        mac.update(body);
        mac.verify_slice(tag).map_err(|_| NoRecord)?;
        let (sheet, secret) = serde_json::from_slice(body).map_err(|_| NoRecord)?;
        Ok(Self { published: Published(sheet), secret })
    }
}

/// Gives every incident the number under which it is remembered as counted: nobody without the key can tell whose it is.
pub(crate) struct Pseudonyms(Hmac<Sha256>);

impl Pseudonyms {
    pub(crate) fn of(key: &ReleaseKey) -> Self {
        Self(key.mac("putokaz/1 counted"))
    }

    pub(crate) fn number(&self, incident: &[u8; 16]) -> u64 {
        let mut mac = self.0.clone();
        mac.update(incident);
        mac.finalize().into_bytes().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}
