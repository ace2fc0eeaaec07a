//! The deployment's settings: what an operator decides.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use validator::{Validate, ValidationError};

/// All settings of one deployment. Read by `Config::read`, which reports every fault at once.
#[derive(Debug, Clone, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The deployment's name, which members sign when they sign in and which the directory must carry.
    #[validate(length(min = 1, max = 64))]
    pub deployment: String,
    /// The folder of the country's data; empty: the one built in.
    pub country: String,
    /// Where and how it listens.
    #[validate(nested)]
    pub listen: Listen,
    /// Where everything is kept.
    #[validate(nested)]
    pub store: StoreSection,
    /// Keys and what is signed by them.
    #[validate(nested)]
    pub keys: Keys,
    /// What the public doors take.
    #[validate(nested)]
    pub intake: IntakeSection,
    /// The door that works without script.
    #[validate(nested)]
    pub plain: PlainSection,
    /// Where notices go.
    #[validate(nested)]
    pub mail: Mail,
    /// The members' pages.
    pub pages: Pages,
    /// What is written to stderr.
    #[validate(nested)]
    pub log: Log,
    /// The folder that relative paths begin at: the one of the deployment's file.
    #[serde(skip)]
    pub folder: PathBuf,
}

/// The two listeners and their limits.
#[derive(Debug, Clone, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Listen {
    /// Address and port of the public listener; port 0 takes a free one.
    #[validate(custom(function = "address"))]
    pub public: String,
    /// Address and port of the members' listener.
    #[validate(custom(function = "address"))]
    pub members: String,
    /// Connections held at once, on each listener.
    #[validate(range(min = 1, max = 65_536))]
    pub connections: usize,
    /// Requests at work at once, on each listener.
    #[validate(range(min = 1, max = 65_536))]
    pub requests: usize,
    /// Seconds a client may take to send the head of a request, the first and every next one.
    #[validate(range(min = 1, max = 60))]
    pub header_seconds: u64,
    /// Seconds in which at least a KiB of a body must come, or something of an answer be taken.
    #[validate(range(min = 1, max = 600))]
    pub silent_seconds: u64,
    /// Seconds that requests at work may take to end on stopping.
    #[validate(range(min = 0, max = 60))]
    pub drain_seconds: u64,
}

/// The database and the blobs.
#[derive(Clone, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct StoreSection {
    /// The database's URL, without a password.
    #[validate(custom(function = "database"))]
    pub database: String,
    /// A file that holds the URL instead; empty: none.
    pub database_file: String,
    /// The folder of blobs.
    #[validate(length(min = 1))]
    pub blobs: String,
}

impl std::fmt::Debug for StoreSection {
    /// Says nothing of the URL: somebody may have written a password into it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StoreSection")
    }
}

/// Files of keys and of what is signed.
#[derive(Debug, Clone, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// The file of the server's signing key.
    #[validate(length(min = 1))]
    pub server_file: String,
    /// The file of the key that tables are rounded by.
    #[validate(length(min = 1))]
    pub release_file: String,
    /// The board's file.
    #[validate(length(min = 1))]
    pub board: String,
    /// The directory's file.
    #[validate(length(min = 1))]
    pub directory: String,
    /// The folder of enrolments.
    #[validate(length(min = 1))]
    pub enrolments: String,
}

/// What the public doors take.
#[derive(Debug, Clone, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct IntakeSection {
    /// The most bytes one resumable upload may have; at most just under 2 GiB.
    #[validate(range(min = 65_536, max = 2_147_483_647))]
    pub upload_bytes: u64,
    /// Mebibytes of the disk that files leave to everything else.
    #[validate(range(max = 1_048_576))]
    pub reserve_mebibytes: u64,
    /// Filings at work at once without an organisation's link; from half of it on a puzzle is asked for.
    #[validate(range(min = 2, max = 65_536))]
    pub at_once: usize,
    /// Filings in an hour without a link that ask for nothing.
    #[validate(range(min = 1, max = 1_000_000))]
    pub per_hour: u32,
    /// Filings at work at once through the links of one organisation.
    #[validate(range(min = 1, max = 65_536))]
    pub organisation_at_once: usize,
    /// Filings in an hour through the links of one organisation.
    #[validate(range(min = 1, max = 1_000_000))]
    pub organisation_per_hour: u32,
}

/// The door that works without script, where this server itself seals.
#[derive(Debug, Clone, Copy, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct PlainSection {
    /// Whether it is there at all.
    pub open: bool,
    /// Digits stretched and reports sealed at once.
    #[validate(range(min = 1, max = 64))]
    pub sealings: usize,
    /// Filings in an hour that ask for nothing; beyond it a page waits a minute.
    #[validate(range(min = 1, max = 1_000_000))]
    pub per_hour: u32,
    /// Forms with files held in memory at once.
    #[validate(range(min = 1, max = 256))]
    pub bodies: usize,
}

impl PlainSection {
    /// The settings of `plain`, when the door is open.
    pub fn settings(self) -> Option<plain::Settings> {
        self.open.then_some(plain::Settings { sealings: self.sealings, bodies: self.bodies })
    }
}

/// Where notices go. With a host it must hold as `notify`'s settings do.
#[derive(Debug, Clone, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "mail"))]
pub struct Mail {
    /// The mail server; empty: no mail.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept from others.
    pub security: notify::Security,
    /// Whose name mails carry.
    pub from: String,
    /// The domain this server calls itself by.
    pub domain: String,
    /// The account at the mail server; empty: none.
    pub account: String,
    /// The file of the account's password; empty: none.
    pub password_file: String,
    /// Seconds between two looks into the outbox.
    #[validate(range(min = 1, max = 3600))]
    pub seconds: u64,
}

impl Mail {
    /// The settings of `notify`, when mail is sent.
    pub fn settings(&self) -> Option<notify::Config> {
        (!self.host.is_empty()).then(|| notify::Config {
            host: self.host.clone(),
            port: self.port,
            security: self.security,
            from: self.from.clone(),
            domain: self.domain.clone(),
            account: (!self.account.is_empty()).then(|| self.account.clone()),
        })
    }
}

fn mail(mail: &Mail) -> Result<(), ValidationError> {
    match mail.settings().map(|settings| settings.validate()) {
        Some(Err(_)) => Err(ValidationError::new("mail-settings")),
        _ => Ok(()),
    }
}

/// The members' pages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// The folder of their built code; empty: what this program was built with.
    pub assets: String,
}

/// What is written to stderr.
#[derive(Debug, Clone, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// `error`, `warn`, `info`, `debug` or `trace`.
    #[validate(custom(function = "level"))]
    pub level: String,
    /// `text` or `json`.
    #[validate(custom(function = "format"))]
    pub format: String,
}

impl Config {
    /// A path of this configuration, from the folder of its file.
    pub fn path(&self, stated: impl AsRef<Path>) -> PathBuf {
        self.folder.join(stated)
    }
}

impl Listen {
    /// Both addresses, public first; `None` cannot happen once a configuration was read, because reading checks them.
    pub fn addresses(&self) -> Option<(SocketAddr, SocketAddr)> {
        self.public.parse().ok().zip(self.members.parse().ok())
    }
}

fn address(stated: &str) -> Result<(), ValidationError> {
    stated.parse::<SocketAddr>().map(|_| ()).map_err(|_| ValidationError::new("address"))
}

fn database(stated: &str) -> Result<(), ValidationError> {
    let known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| stated.starts_with(scheme));
    let secret =
        stated.split_once("://").and_then(|(_, rest)| rest.split_once('@')).is_some_and(|(user, _)| user.contains(':'));
    match (known, secret) {
        (false, _) => Err(ValidationError::new("database-unknown")),
        (true, true) => Err(ValidationError::new("password-in-url")),
        (true, false) => Ok(()),
    }
}

fn level(stated: &str) -> Result<(), ValidationError> {
    one_of(stated, &["error", "warn", "info", "debug", "trace"])
}

fn format(stated: &str) -> Result<(), ValidationError> {
    one_of(stated, &["text", "json"])
}

fn one_of(stated: &str, known: &[&str]) -> Result<(), ValidationError> {
    if known.contains(&stated) { Ok(()) } else { Err(ValidationError::new("unknown-word")) }
}
