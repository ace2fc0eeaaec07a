//! What can be typed: the commands of the contract and their options.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

mod desk;

pub use desk::{Act, Refer};

/// A sealed reporting mechanism, from a terminal.
#[derive(Parser)]
#[command(name = "putokaz", version, about = "File, answer and refer sealed reports; import tables; verify the log.")]
pub struct Putokaz {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// The language of sentences, as a BCP 47 tag.
    #[arg(long, global = true, default_value = "en", value_parser = language)]
    pub language: words::Language,
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// Seal a report here and file it there.
    File(File),
    /// Print the JSON Schema of a document.
    Schema {
        /// Which document.
        document: SchemaOf,
    },
    /// Read the answers to a report, reply, change consent or withdraw. The digits come on stdin.
    Receipt(Receipt),
    /// A member's work.
    Desk(Desk),
    /// Protected tables.
    Statistics(Statistics),
    /// Check something offline.
    Verify {
        /// What to check.
        #[command(subcommand)]
        what: Verify,
    },
    /// File every row of a published table as a report.
    Import(Import),
    /// Make keys and sign directories: the work of whoever sets an instance up.
    Keys {
        /// What to make.
        #[command(subcommand)]
        what: Keys,
    },
    /// Look into the registry of institutions.
    Registry {
        /// What to show.
        #[command(subcommand)]
        what: Registry,
    },
}

/// A public listener and what is known about it beforehand.
#[derive(Args)]
pub struct Public {
    /// The public listener.
    #[arg(long, value_name = "URL", value_parser = url)]
    pub to: String,
    /// The board whose signatures the directory must carry; without it only a training directory is accepted.
    #[arg(long, value_name = "FILE")]
    pub board: Option<PathBuf>,
}

/// A members' listener and the key to it.
#[derive(Args)]
pub struct Members {
    /// The member's key file.
    #[arg(long, value_name = "FILE", global = true)]
    pub key: Option<PathBuf>,
    /// The members' listener.
    #[arg(long, value_name = "URL", value_parser = url, global = true)]
    pub to: Option<String>,
    /// The board whose signatures the directory must carry; without it only a training directory is accepted.
    #[arg(long, value_name = "FILE", global = true)]
    pub board: Option<PathBuf>,
}

/// `putokaz file`.
#[derive(Args)]
pub struct File {
    /// The report, as REPORT.json.
    pub report: PathBuf,
    /// A file that goes with it, sealed untouched.
    #[arg(long, value_name = "FILE")]
    pub attach: Vec<PathBuf>,
    /// Where to.
    #[command(flatten)]
    pub public: Public,
    /// The file of an organisation's filing link.
    #[arg(long, value_name = "FILE")]
    pub link: Option<PathBuf>,
    /// An institution that may read it too.
    #[arg(long, value_name = "INSTITUTION")]
    pub also: Vec<String>,
    /// Say who could read it, and send nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// The documents that have a schema.
#[derive(Clone, Copy, ValueEnum)]
pub enum SchemaOf {
    /// REPORT.json.
    Report,
}

/// `putokaz receipt`.
#[derive(Args)]
pub struct Receipt {
    /// Where to.
    #[command(flatten)]
    pub public: Public,
    /// A text to add for those who read the report.
    #[arg(long, value_name = "FILE")]
    pub reply: Option<PathBuf>,
    /// The consent from now on: a JSON list of purpose, recipient kind and parts.
    #[arg(long, value_name = "FILE")]
    pub consent: Option<PathBuf>,
    /// Stop all reading now; destroyed after seven days.
    #[arg(long, conflicts_with_all = ["reply", "consent"])]
    pub withdraw: bool,
    /// Take a withdrawal back.
    #[arg(long, conflicts_with_all = ["reply", "consent", "withdraw"])]
    pub undo: bool,
}

/// `putokaz desk`.
#[derive(Args)]
pub struct Desk {
    /// What to do.
    #[command(subcommand)]
    pub act: Act,
    /// Where, and as whom.
    #[command(flatten)]
    pub members: Members,
}

/// `putokaz statistics`.
#[derive(Args)]
pub struct Statistics {
    /// What to print.
    #[command(subcommand)]
    pub what: Table,
    /// Where, and as whom.
    #[command(flatten)]
    pub members: Members,
}

/// What statistics can print.
#[derive(Subcommand)]
pub enum Table {
    /// One protected table: as it was published, else the draft of it. Looking publishes nothing.
    Table {
        /// A table of the plan.
        plan: String,
        /// Its period.
        #[arg(long)]
        period: String,
        /// How it is written.
        #[arg(long, default_value = "csv")]
        format: Format,
    },
    /// Publishes a table of a period, once. It can never be changed, taken back, or published for a period that overlaps.
    Publish {
        /// A table of the plan.
        plan: String,
        /// Its period.
        #[arg(long)]
        period: String,
        /// Yes: this cannot be undone.
        #[arg(long, required = true)]
        for_good: bool,
    },
    /// Exact counts of one's own institution's cases: never to be published.
    Own {
        /// A table of the plan.
        plan: String,
        /// Its period.
        #[arg(long)]
        period: String,
    },
}

/// How a table is written.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    /// Comma-separated, with the HXL row.
    Csv,
    /// JSON.
    Json,
}

/// What can be checked offline.
#[derive(Subcommand)]
pub enum Verify {
    /// An export of the log.
    Ledger {
        /// The export.
        export: PathBuf,
        /// The server's verifier key.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
    /// A case in the log: whether anybody who is shut out was ever given it.
    Case(VerifyCase),
}

/// `putokaz verify case`.
#[derive(Args)]
pub struct VerifyCase {
    /// The opening of the case, from `desk opening`.
    pub opening: PathBuf,
    /// An export of the log, taken after the opening.
    #[arg(long, value_name = "FILE")]
    pub ledger: PathBuf,
    /// Whose rules it is held to.
    #[command(flatten)]
    pub rules: Rules,
    /// The board that must have signed the directory; without it only a training directory is accepted.
    #[arg(long, value_name = "FILE")]
    pub board: Option<PathBuf>,
    /// The server's verifier key.
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
}

/// Who says who is shut out.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct Rules {
    /// The configuration of the country.
    #[arg(long, value_name = "DIR")]
    pub registry: Option<PathBuf>,
    /// A signed directory, of any age.
    #[arg(long, value_name = "FILE")]
    pub directory: Option<PathBuf>,
}

/// `putokaz import`.
#[derive(Args)]
pub struct Import {
    /// The table, as CSV with a header line.
    pub file: PathBuf,
    /// How its columns become fields.
    #[arg(long, value_name = "MAP.toml")]
    pub map: PathBuf,
    /// Where to.
    #[command(flatten)]
    pub public: Public,
    /// The file of an organisation's filing link.
    #[arg(long, value_name = "FILE")]
    pub link: Option<PathBuf>,
    /// Read every row, and send nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// What whoever sets an instance up can make.
#[derive(Subcommand)]
pub enum Keys {
    /// A board: its secret keys, and the file clients pin.
    Board {
        /// The name every key of the board signs under.
        #[arg(long)]
        name: String,
        /// How many members the board has.
        #[arg(long, default_value_t = 3)]
        members: u8,
        /// How many of them must sign.
        #[arg(long, default_value_t = 2)]
        threshold: u8,
        /// The folder the files are written into.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// The server's signing key and its public verifier key.
    Server {
        /// The name it signs under.
        #[arg(long)]
        name: String,
        /// The folder the files are written into.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// An institution's keys, sealed to its members, with its public enrolment.
    Institution {
        /// Its code in the registry.
        institution: String,
        /// A member, as `name:role` or `name:role:mailbox`.
        #[arg(long = "member", value_name = "NAME:ROLE[:MAILBOX]", required = true)]
        members: Vec<String>,
        /// The folder the files are written into.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// An institution's next keys: everything new is sealed to and signed by them, what was granted before still opens. When a
    /// member leaves or comes, or a key may be known to somebody else.
    Rotate(Rotate),
    /// Sign a directory from enrolments.
    Directory(Directory),
}

/// `putokaz keys rotate`.
#[derive(Args)]
pub struct Rotate {
    /// Its code in the registry.
    pub institution: String,
    /// The key file of a member who opens its reports.
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
    /// A member who leaves; as often as there are some.
    #[arg(long, value_name = "NAME")]
    pub without: Vec<String>,
    /// A member who comes, as `name:role` or `name:role:mailbox`.
    #[arg(long = "member", value_name = "NAME:ROLE[:MAILBOX]")]
    pub members: Vec<String>,
    /// The last day of the present keys, no earlier than the server begins with the next ones; today when left out.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub until: Option<report::Day>,
    /// The folder whose `enrolments/` holds the present enrolment, which the next one replaces.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// `putokaz keys directory`.
#[derive(Args)]
pub struct Directory {
    /// The name of the instance.
    #[arg(long)]
    pub deployment: String,
    /// Say that nothing filed here is real.
    #[arg(long)]
    pub training: bool,
    /// Counts up with every directory.
    #[arg(long, default_value_t = 1)]
    pub version: u64,
    /// Its first day, so that the next one can be signed ahead; today when left out.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub issued: Option<report::Day>,
    /// The configuration of the country; what is built in, when left out.
    #[arg(long, value_name = "DIR")]
    pub config: Option<PathBuf>,
    /// The server's verifier key.
    #[arg(long, value_name = "FILE")]
    pub server: PathBuf,
    /// A board member's secret key; as often as the threshold asks.
    #[arg(long = "sign", value_name = "FILE", required = true)]
    pub signers: Vec<PathBuf>,
    /// The salt of receipts, 64 hexadecimal digits; a fresh one when left out.
    #[arg(long, value_name = "HEX")]
    pub salt: Option<String>,
    /// The enrolments of the institutions on the system.
    #[arg(required = true)]
    pub enrolments: Vec<PathBuf>,
    /// Where the directory is written.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// What can be asked of the registry.
#[derive(Subcommand)]
pub enum Registry {
    /// For every area and state respondent: which outside complaints bodies remain.
    Ladder,
}

fn language(tag: &str) -> Result<words::Language, String> {
    tag.parse().map_err(|_| "not a language known here".to_owned())
}

fn day(text: &str) -> Result<report::Day, String> {
    text.parse().map_err(|_| "not a day like 2026-11-20".to_owned())
}

/// An address a listener can have.
fn url(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    match host {
        Some(host) if !host.is_empty() && !host.starts_with('/') => Ok(text.to_owned()),
        _ => Err("not an address like http://127.0.0.1:8080".to_owned()),
    }
}
