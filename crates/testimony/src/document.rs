//! REPORT.json: both halves of a report in one file.

use std::fmt;

use report::{Answer, Coding, PartName};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::person::{Account, Identity, Unspoken};
use crate::strict;

/// The largest document.
const LARGEST: usize = 4 * 1024 * 1024;

/// What is wrong with a document, and where. Never holds what stood there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentFault {
    /// The field, such as `event.from` or `acts[2].code`; empty for the whole document.
    pub field: String,
    /// `not-json`, `too-large`, `too-deep`, `unknown-key`, `doubled-key`, `missing-key`, `wrong-type`, `wrong-value`, `unknown-word`,
    /// `empty`, `too-long` or `control-character`.
    pub code: &'static str,
    /// Line and column, where the reader knows them.
    pub at: Option<(usize, usize)>,
}

impl fmt::Display for DocumentFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = if self.field.is_empty() { "the document" } else { &self.field };
        write!(f, "{field}: {}", self.code)?;
        self.at.map_or(Ok(()), |(line, column)| write!(f, " (line {line}, column {column})"))
    }
}

impl std::error::Error for DocumentFault {}

/// The whole of REPORT.json.
#[derive(Debug, Default)]
pub struct Document {
    /// The coded half.
    pub coding: Coding,
    /// What happened, in words.
    pub account: Option<Account>,
    /// Who the person is.
    pub identity: Option<Identity>,
}

/// The content of one part, ready to be sealed. Wiped when dropped.
pub struct Content {
    /// Which part.
    pub part: PartName,
    /// Its bytes.
    pub bytes: Zeroizing<Vec<u8>>,
}

impl Document {
    /// Reads a document. Codes are checked by their shape here; whether they exist is the country's to say ([`Coding::check`]).
    ///
    /// # Errors
    /// The first [`DocumentFault`].
    pub fn read(bytes: &[u8]) -> Result<Self, DocumentFault> {
        if bytes.len() > LARGEST {
            return Err(DocumentFault { field: String::new(), code: "too-large", at: None });
        }
        let Value::Object(mut fields) = strict::value(bytes)? else {
            return Err(DocumentFault { field: String::new(), code: "wrong-type", at: None });
        };
        let account = fields.remove("account").map(|value| half(value, "account", Account::unanswered)).transpose()?;
        let identity =
            fields.remove("identity").map(|value| half(value, "identity", Identity::unanswered)).transpose()?;
        Ok(Self { coding: strict::of_value(Value::Object(fields), "")?, account, identity })
    }

    /// What is to be sealed: `coding` always, `account` and `identity` where somebody said something.
    pub fn parts(&self) -> Vec<Content> {
        let coding = Content { part: PartName::CODING, bytes: Zeroizing::new(self.coding.to_bytes()) };
        let account = self.account.as_ref().filter(|account| !account.is_empty());
        let account = account.map(|account| Content { part: PartName::ACCOUNT, bytes: account.content() });
        let identity = self.identity.as_ref().filter(|identity| !identity.is_empty());
        let identity = identity.map(|identity| Content { part: PartName::IDENTITY, bytes: identity.content() });
        [Some(coding), account, identity].into_iter().flatten().collect()
    }
}

/// One human half: its fields, or why none of them was answered.
fn half<T: DeserializeOwned>(
    value: Value,
    name: &str,
    unanswered: impl Fn(&Answer<Unspoken>) -> T,
) -> Result<T, DocumentFault> {
    match value.get("unanswered") {
        Some(_) => strict::of_value(value, name).map(|answer| unanswered(&answer)),
        None => strict::of_value(value, name),
    }
}

/// How both halves stand together in one file; only the schema is made of it.
#[derive(JsonSchema)]
#[schemars(title = "REPORT.json", deny_unknown_fields)]
#[expect(dead_code, reason = "read field by field, so that faults have a path; this only describes it")]
struct Whole {
    #[schemars(flatten)]
    coding: Coding,
    /// What happened, in words. Sealed.
    #[serde(default)]
    account: Answer<Account>,
    /// Who the person is. Sealed, and never read by anybody without a consent of its own.
    #[serde(default)]
    identity: Answer<Identity>,
}

/// The JSON Schema of REPORT.json.
pub fn schema() -> Value {
    schemars::schema_for!(Whole).to_value()
}
