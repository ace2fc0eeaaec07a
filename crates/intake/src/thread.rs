//! A report as the holder of its receipt sees it.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use schemars::JsonSchema;
use serde::Serialize;
use store::{Part, Paused, Reading, Referral, StatementRow, Thread};

/// The document.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Shown {
    /// The report's id.
    report: String,
    /// `kept` or `withdrawn`.
    status: &'static str,
    /// Whether nobody can read it although it was filed to be read: another consent opens it to somebody else.
    alone: bool,
    /// Where it stands.
    stage: String,
    /// How it was closed, when it was.
    outcome: Option<String>,
    /// The UTC day of filing.
    filed: String,
    /// The hash of the first statement, which later ones name.
    statement: String,
    /// The number of the reporter's next statement.
    sequence: usize,
    /// The facets' exact text.
    facets: String,
    /// What is consented to now.
    consent: Vec<Row>,
    /// Who can or could read what.
    readers: Vec<Reader>,
    /// Who was asked to act, and what they answered.
    referrals: Vec<Asked>,
    /// Why the clock of the answer stands still, where it does.
    pause: Option<Pause>,
    /// The sealed parts the receipt opens.
    parts: Vec<Sealed>,
    /// Every statement about the report that is not an institution's own note.
    statements: Vec<Stated>,
    /// The UTC day it was withdrawn; seven days later it is destroyed.
    withdrawal: Option<String>,
}

/// A clock that stands still.
#[derive(Serialize, JsonSchema)]
struct Pause {
    /// A code of the list `pause_reason`.
    reason: String,
    /// The UTC day it was stopped.
    since: String,
    /// The UTC day on which it runs on by itself.
    until: Option<String>,
}

/// One row of consent.
#[derive(Serialize, JsonSchema)]
struct Row {
    purpose: String,
    recipient_kind: String,
    parts: Vec<String>,
}

/// One reader, for one purpose.
#[derive(Serialize, JsonSchema)]
struct Reader {
    institution: String,
    purpose: String,
    /// `live`, `held` (until the lead is silent), `withheld` or `ended`.
    state: String,
    /// `now` or `if-silent`.
    when: &'static str,
    parts: Vec<String>,
    since: Option<String>,
    until: Option<String>,
}

/// One referral.
#[derive(Serialize, JsonSchema)]
struct Asked {
    institution: String,
    by: String,
    purpose: String,
    /// `vital-interest`, where it did not wait for consent.
    basis: Option<String>,
    day: String,
    due: Option<String>,
    answered: Option<String>,
    outcome: Option<String>,
}

/// One sealed part.
#[derive(Serialize, JsonSchema)]
struct Sealed {
    part: String,
    /// `reporter` or an institution.
    from: String,
    size: u64,
    sha256: String,
    /// The sealed grant for the receipt, base64.
    grant: String,
    /// The exact statement that brought the part.
    statement: String,
    /// Its signature, hexadecimal.
    signature: String,
    day: String,
}

/// One statement.
#[derive(Serialize, JsonSchema)]
struct Stated {
    act: String,
    from: String,
    statement: String,
    signature: String,
    /// The exact facets it set, where it set some.
    facets: Option<String>,
    day: String,
}

impl Shown {
    pub(crate) fn of(thread: &Thread, paused: Paused) -> Self {
        let made: BTreeMap<_, _> = thread.statements.iter().map(|row| (row.sha256, row)).collect();
        let by_reporter = thread.statements.iter().filter(|row| row.author == "reporter");
        Self {
            report: thread.report.to_string(),
            status: if thread.withdrawn.is_some() { "withdrawn" } else { "kept" },
            alone: thread.is_alone(),
            stage: thread.stage.as_str().to_owned(),
            outcome: text(thread.outcome.as_ref()),
            filed: thread.filed.to_string(),
            statement: thread.first.to_string(),
            sequence: by_reporter.count(),
            facets: thread.facets_text.clone(),
            consent: thread.facets.consent().iter().map(row).collect(),
            readers: readers(&thread.readers),
            referrals: thread.referrals.iter().map(asked).collect(),
            pause: pause(paused),
            parts: thread.parts.iter().filter_map(|part| sealed(part, made.get(&part.statement)?)).collect(),
            statements: thread.statements.iter().map(stated).collect(),
            withdrawal: text(thread.withdrawn.as_ref()),
        }
    }
}

fn text(value: Option<&impl ToString>) -> Option<String> {
    value.map(ToString::to_string)
}

fn pause(paused: Paused) -> Option<Pause> {
    let until = text(paused.until.as_ref());
    paused.now.map(|(reason, since)| Pause { reason: reason.to_string(), since: since.to_string(), until })
}

fn row(row: &report::ConsentRow) -> Row {
    Row {
        purpose: row.purpose.to_string(),
        recipient_kind: row.recipient_kind.to_string(),
        parts: row.parts.iter().map(ToString::to_string).collect(),
    }
}

/// One line a reader, purpose and state, with all its parts.
fn readers(readings: &[Reading]) -> Vec<Reader> {
    let mut found: BTreeMap<(String, String, String), Reader> = BTreeMap::new();
    for reading in readings {
        let key = (reading.institution.to_string(), reading.purpose.to_string(), reading.state.clone());
        let reader = found.entry(key).or_insert_with_key(|(institution, purpose, state)| Reader {
            institution: institution.clone(),
            purpose: purpose.clone(),
            when: if state == "held" { "if-silent" } else { "now" },
            state: state.clone(),
            parts: Vec::new(),
            since: text(reading.since.as_ref()),
            until: text(reading.until.as_ref()),
        });
        reader.parts.push(reading.part.to_string());
    }
    found.into_values().collect()
}

fn asked(referral: &Referral) -> Asked {
    Asked {
        institution: referral.recipient.to_string(),
        by: referral.author.to_string(),
        purpose: referral.purpose.to_string(),
        basis: referral.basis.clone(),
        day: referral.day.to_string(),
        due: text(referral.due.as_ref()),
        answered: text(referral.answered.as_ref()),
        outcome: text(referral.outcome.as_ref()),
    }
}

fn sealed(part: &Part, made: &StatementRow) -> Option<Sealed> {
    Some(Sealed {
        part: part.name.to_string(),
        from: part.author.clone(),
        size: part.size,
        sha256: part.sha256.to_string(),
        grant: BASE64_STANDARD.encode(&part.grants.first()?.sealed),
        statement: made.statement.clone(),
        signature: hex::encode(&made.signature),
        day: part.day.to_string(),
    })
}

fn stated(row: &StatementRow) -> Stated {
    Stated {
        act: row.act.clone(),
        from: row.author.clone(),
        statement: row.statement.clone(),
        signature: hex::encode(&row.signature),
        facets: row.facets.clone(),
        day: row.day.to_string(),
    }
}
