//! The signed directory: who has keys, whom an accusation shuts out, who leads where (docs/formats.md, "Directory").

use std::collections::BTreeSet;
use std::fmt;

use report::{Area, Day, Facets, InstitutionCode};
use routing::{ClosureSets, EligibleSet, Leads};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use signed::{Board, Note, NoteFault, PublicKey, VerifierKey};

use crate::hybrid::Recipient;
use crate::strict::Token;

const TITLE: &str = "putokaz/1 directory\n";

/// Days a directory may be used at most.
const LONGEST: i32 = 30;

/// Why a directory is not to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectoryFault {
    /// Its signatures do not hold.
    Note(NoteFault),
    /// It is not the JSON it should be.
    Shape,
    /// Nobody pinned the board, and it does not say that it is for training.
    Unpinned,
    /// Not yet valid, expired, or valid for too long.
    Stale,
}

impl DirectoryFault {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Note(_) => "directory-board",
            Self::Shape => "directory-shape",
            Self::Unpinned => "directory-unpinned",
            Self::Stale => "directory-stale",
        }
    }
}

impl fmt::Display for DirectoryFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Note(fault) => write!(f, "{}: {fault}", self.code()),
            _ => f.write_str(self.code()),
        }
    }
}

impl std::error::Error for DirectoryFault {}

impl From<NoteFault> for DirectoryFault {
    fn from(fault: NoteFault) -> Self {
        Self::Note(fault)
    }
}

/// Whom a client believes.
#[derive(Clone, Copy)]
pub enum Trust<'a> {
    /// The board it was given: only what enough of it signed.
    Board(&'a Board),
    /// Nobody: only a directory that says it is for training.
    TrainingOnly,
}

/// An institution with keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Its code in the registry.
    pub code: InstitutionCode,
    /// Its name as people know it.
    pub name: String,
    /// What grants to it are sealed to.
    pub recipient: Recipient,
    /// What its statements are verified with.
    pub signing: PublicKey,
    /// What its earlier statements are verified with, the latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<Former>,
}

/// A key that an institution signed with before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Former {
    /// What statements of those days are verified with.
    pub signing: PublicKey,
    /// Its last day: nothing stated later holds.
    pub until: Day,
}

/// What a directory says.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectoryBody {
    /// Which deployment; part of what members sign at sign-in.
    pub deployment: Token,
    /// Whether it is only for training.
    pub training: bool,
    /// Counts up with each issue.
    pub version: u64,
    /// First day.
    pub issued: Day,
    /// Last day, at most 30 after the first.
    pub expires: Day,
    /// The salt of receipts; never changes while receipts live.
    #[serde(serialize_with = "write_salt", deserialize_with = "read_salt")]
    pub salt: [u8; 32],
    /// Version of the registry.
    pub registry: Token,
    /// Version of the taxonomy.
    pub taxonomy: Token,
    /// What acknowledgements and checkpoints are verified with.
    pub server: VerifierKey,
    /// Institutions with keys.
    pub institutions: Vec<Listed>,
    /// Leads and alternates by area.
    pub leads: Leads,
    /// Closure sets.
    pub closures: ClosureSets,
}

impl DirectoryBody {
    /// The note to be signed by the board.
    ///
    /// # Errors
    /// [`DirectoryFault::Note`] when it is too large for a note.
    pub fn write(&self) -> Result<Note, DirectoryFault> {
        let line = serde_json::to_string(self).map_err(|_| DirectoryFault::Shape)?;
        Ok(Note::new(format!("{TITLE}{line}\n"))?)
    }
}

/// A directory whose signatures held.
#[derive(Debug, Clone)]
pub struct Directory(DirectoryBody);

impl Directory {
    /// Reads a directory for use today: signatures, training rule, freshness.
    ///
    /// # Errors
    /// [`DirectoryFault`].
    pub fn verify(note: &str, trust: Trust<'_>, today: Day) -> Result<Self, DirectoryFault> {
        let directory = Self::last(note, trust, today)?;
        if directory.is_stale(today) { Err(DirectoryFault::Stale) } else { Ok(directory) }
    }

    /// The same past its last day too: by the last one it has, a client still files, for the lead and the alternate alone, and says so.
    ///
    /// # Errors
    /// [`DirectoryFault`]; [`DirectoryFault::Stale`] when it has not begun or says to be good for too long.
    pub fn last(note: &str, trust: Trust<'_>, today: Day) -> Result<Self, DirectoryFault> {
        let directory = Self::read(note, trust)?;
        let DirectoryBody { issued, expires, .. } = directory.0;
        // One day of grace before the first: clocks and zones differ.
        let begun = today.plus(1) >= issued;
        if begun && expires <= issued.plus(LONGEST) { Ok(directory) } else { Err(DirectoryFault::Stale) }
    }

    /// Whether its last day is over.
    pub fn is_stale(&self, today: Day) -> bool {
        today > self.0.expires
    }

    /// Reads a directory whatever its age: for who looks up what an earlier report was sealed under. Nothing new is sealed by it.
    ///
    /// # Errors
    /// [`DirectoryFault`], but never [`DirectoryFault::Stale`].
    pub fn read(note: &str, trust: Trust<'_>) -> Result<Self, DirectoryFault> {
        let note = Note::read(note)?;
        let text = match trust {
            Trust::Board(board) => board.verify(&note)?,
            Trust::TrainingOnly => note.unverified(),
        };
        let line = text.strip_prefix(TITLE).and_then(|rest| rest.strip_suffix('\n')).ok_or(DirectoryFault::Shape)?;
        let body: DirectoryBody = serde_json::from_str(line).map_err(|_| DirectoryFault::Shape)?;
        let codes: BTreeSet<_> = body.institutions.iter().map(|listed| &listed.code).collect();
        if codes.len() != body.institutions.len() {
            return Err(DirectoryFault::Shape);
        }
        match trust {
            Trust::TrainingOnly if !body.training => Err(DirectoryFault::Unpinned),
            _ => Ok(Self(body)),
        }
    }

    /// What it says.
    pub fn body(&self) -> &DirectoryBody {
        &self.0
    }

    /// An institution with keys.
    pub fn institution(&self, code: &InstitutionCode) -> Option<&Listed> {
        self.0.institutions.iter().find(|listed| listed.code == *code)
    }

    /// Whether a key spoke for an institution on a day: the present one, or a former one no later than its last day.
    pub fn spoke_for(&self, code: &InstitutionCode, key: &PublicKey, day: Day) -> bool {
        self.institution(code).is_some_and(|listed| {
            listed.signing == *key || listed.former.iter().any(|former| former.signing == *key && day <= former.until)
        })
    }

    /// Everyone shut out from a report with these facets, listed here or not.
    pub fn closure(&self, facets: &Facets) -> BTreeSet<InstitutionCode> {
        let area = facets.area().cloned().unwrap_or_else(Area::unknown);
        self.0.closures.union(facets.accused(), &area)
    }

    /// Who of the institutions listed here may receive a report with these facets.
    pub fn eligible(&self, facets: &Facets) -> EligibleSet {
        self.0.closures.eligible(facets, self.0.institutions.iter().map(|listed| listed.code.clone()))
    }
}

fn write_salt<S: Serializer>(salt: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&hex::encode(salt))
}

fn read_salt<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
    let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
    let mut salt = [0; 32];
    hex::decode_to_slice(text.as_bytes(), &mut salt).map_err(|_| serde::de::Error::custom("not 32 bytes of hex"))?;
    Ok(salt)
}
