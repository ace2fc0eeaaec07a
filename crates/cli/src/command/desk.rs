//! What a member does from a terminal.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// A member's acts.
#[derive(Subcommand)]
pub enum Act {
    /// The reports this institution may see.
    Queue {
        /// Kept for readability: the answer is JSON in any case.
        #[arg(long)]
        json: bool,
    },
    /// One report's case.
    Show {
        /// The report.
        report: String,
    },
    /// Open the parts granted to this institution, and check all that can be checked.
    Open {
        /// The report.
        report: String,
        /// One part only.
        part: Option<String>,
        /// Write the parts into this folder.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Who may be asked to act, and who may not, with reasons.
    Route {
        /// The report.
        report: String,
    },
    /// Ask an institution to act: seal it the keys of some parts.
    Refer(Refer),
    /// Answer the reporter.
    Reply {
        /// The report.
        report: String,
        /// The text.
        file: PathBuf,
    },
    /// Keep a note for this institution alone.
    Note {
        /// The report.
        report: String,
        /// The text.
        file: PathBuf,
    },
    /// Correct the coding and say what was verified.
    Code {
        /// The report.
        report: String,
        /// A JSON document: `coding` and `verification`; or a coding alone, as `desk open` writes it.
        file: PathBuf,
    },
    /// Answer a referral: tells the reporter and whoever asked.
    Answer {
        /// The report.
        report: String,
        /// The text for the reporter.
        file: PathBuf,
        /// A code of the taxonomy's outcomes.
        #[arg(long, value_name = "CODE")]
        outcome: String,
    },
    /// Confirm, as a second member, the referrals of a report that rest on a vital interest.
    Confirm {
        /// The report.
        report: String,
    },
    /// Stop the clock of the answer, with a reason the reporter sees.
    Pause {
        /// The report.
        report: String,
        /// A code of the taxonomy's reasons for a pause.
        #[arg(long, value_name = "CODE")]
        reason: String,
    },
    /// Let the clock of the answer run again.
    Resume {
        /// The report.
        report: String,
    },
    /// Open a closed report again.
    Reopen {
        /// The report.
        report: String,
    },
    /// Hand the report to another lead, with a note on what was done and what comes next.
    HandOver {
        /// The report.
        report: String,
        /// Who answers for it from now on: a lead or alternate of the directory.
        institution: String,
        /// What they need to know.
        #[arg(long, value_name = "FILE")]
        note: Option<PathBuf>,
    },
    /// Make a filing link for this institution's workers; it ends by itself after 30 days.
    Link {
        /// Where its address is written (mode 0600): whoever holds it files through this institution.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// The public listener as workers reach it; without it only what stands after the `#` is written.
        #[arg(long, value_name = "URL", value_parser = super::url)]
        address: Option<String>,
    },
    /// The filing links that hold.
    Links,
    /// End a filing link at once.
    Unlink {
        /// The hash it is listed by.
        link: String,
    },
    /// The export of the log, for `verify ledger`.
    Ledger,
    /// The opening of a report's lines in the log with everything that was signed about it, for `verify case`. Nothing sealed.
    Opening {
        /// The report.
        report: String,
        /// Where it is written (mode 0600).
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// End the work on a report.
    Close {
        /// The report.
        report: String,
        /// A code of the taxonomy's outcomes.
        #[arg(long, value_name = "CODE")]
        outcome: String,
    },
}

/// `putokaz desk refer`.
#[derive(Args)]
pub struct Refer {
    /// The report.
    pub report: String,
    /// Who is asked.
    pub institution: String,
    /// The consent purpose this rests on.
    #[arg(long, value_name = "CODE")]
    pub purpose: String,
    /// The parts they will see. A note of ours (`note/1`, or `note` for the newest) is written afresh for them.
    #[arg(long, value_name = "PART,…", value_delimiter = ',', required_unless_present = "note")]
    pub parts: Vec<String>,
    /// A text written for them alone: what they need to know, and nothing else.
    #[arg(long, value_name = "FILE")]
    pub note: Option<PathBuf>,
    /// What it rests on where it is not consent: `vital-interest`, which a second member confirms within 24 hours.
    #[arg(long, value_name = "CODE")]
    pub basis: Option<String>,
    /// Until when they answer: a day; without it, as long as the country gives.
    #[arg(long, value_name = "DAY")]
    pub due: Option<report::Day>,
    /// The hazard that was read and accepted.
    #[arg(long, value_name = "CODE")]
    pub accept_hazard: Vec<String>,
}
