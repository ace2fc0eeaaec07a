//! The two human parts of REPORT.json.

use report::{Answer, PartName};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::document::DocumentFault;
use crate::strict;
use crate::words::{Contact, FileName, Name, Narrative, Place, When};

/// What happened, in words: the part `account`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// What happened.
    #[serde(default)]
    pub narrative: Answer<Narrative>,
    /// Where.
    #[serde(default)]
    pub place: Answer<Place>,
    /// When.
    #[serde(default)]
    pub when: Answer<When>,
    /// What the files are that were attached.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
}

/// What an attached file was called.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// The part that holds it.
    pub part: PartName,
    /// Its name on the device.
    pub name: FileName,
}

/// Who the person is: the part `identity`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// What they are called.
    #[serde(default)]
    pub name: Answer<Name>,
    /// How to reach them.
    #[serde(default)]
    pub contact: Answer<Contact>,
}

#[derive(Serialize)]
struct AccountContent<'a> {
    #[serde(skip_serializing_if = "Answer::is_not_asked")]
    narrative: Answer<&'a str>,
    #[serde(skip_serializing_if = "Answer::is_not_asked")]
    place: Answer<&'a str>,
    #[serde(skip_serializing_if = "Answer::is_not_asked")]
    when: Answer<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<AttachmentContent<'a>>,
}

#[derive(Serialize)]
struct AttachmentContent<'a> {
    part: PartName,
    name: &'a str,
}

#[derive(Serialize)]
struct IdentityContent<'a> {
    #[serde(skip_serializing_if = "Answer::is_not_asked")]
    name: Answer<&'a str>,
    #[serde(skip_serializing_if = "Answer::is_not_asked")]
    contact: Answer<&'a str>,
}

/// What stands for a value where none was given.
#[derive(Debug, Deserialize)]
pub(crate) enum Unspoken {}

/// The same answer about anything, where it holds no value.
fn same<T>(answer: &Answer<Unspoken>) -> Answer<T> {
    match answer {
        Answer::NotAsked => Answer::NotAsked,
        Answer::Unknown => Answer::Unknown,
        Answer::Refused => Answer::Refused,
        Answer::Given(value) => match *value {},
    }
}

impl Account {
    /// The account of who answered none of its questions.
    pub(crate) fn unanswered(answer: &Answer<Unspoken>) -> Self {
        Self { narrative: same(answer), place: same(answer), when: same(answer), attachments: Vec::new() }
    }

    /// Whether there is nothing to seal.
    pub fn is_empty(&self) -> bool {
        self.narrative.is_not_asked()
            && self.place.is_not_asked()
            && self.when.is_not_asked()
            && self.attachments.is_empty()
    }

    /// The content of the part `account`. Wiped when dropped.
    pub fn content(&self) -> Zeroizing<Vec<u8>> {
        let attachments = self.attachments.iter();
        let named = attachments.map(|file| AttachmentContent { part: file.part, name: file.name.words() });
        write(&AccountContent {
            narrative: self.narrative.as_ref().map(Narrative::words),
            place: self.place.as_ref().map(Place::words),
            when: self.when.as_ref().map(When::words),
            attachments: named.collect(),
        })
    }

    /// Reads the content of a part `account`.
    ///
    /// # Errors
    /// [`DocumentFault`].
    pub fn read(content: &[u8]) -> Result<Self, DocumentFault> {
        strict::read(content)
    }
}

impl Identity {
    /// The identity of who answered none of its questions.
    pub(crate) fn unanswered(answer: &Answer<Unspoken>) -> Self {
        Self { name: same(answer), contact: same(answer) }
    }

    /// Whether there is nothing to seal.
    pub fn is_empty(&self) -> bool {
        self.name.is_not_asked() && self.contact.is_not_asked()
    }

    /// The content of the part `identity`. Wiped when dropped.
    pub fn content(&self) -> Zeroizing<Vec<u8>> {
        write(&IdentityContent {
            name: self.name.as_ref().map(Name::words),
            contact: self.contact.as_ref().map(Contact::words),
        })
    }

    /// Reads the content of a part `identity`.
    ///
    /// # Errors
    /// [`DocumentFault`].
    pub fn read(content: &[u8]) -> Result<Self, DocumentFault> {
        strict::read(content)
    }
}

/// Room for the longest account, so that no copy is left behind by growing.
const ROOM: usize = 256 * 1024;

fn write(content: &impl Serialize) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(ROOM));
    if serde_json::to_writer(&mut *bytes, content).is_err() {
        bytes.clear();
    }
    bytes
}
