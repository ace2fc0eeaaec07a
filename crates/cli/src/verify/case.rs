//! `putokaz verify case`: whether anybody who is shut out was ever given a case, recomputed from what was signed and logged.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ::ledger::{Blind, Leaf, Verified};
use report::{Day, Facets, InstitutionCode, PartName, ReportId, Sha256};
use serde::{Deserialize, Serialize};
use serde_json::json;
use signed::{PublicKey, Signature};
use vault::hash::sha256;
use vault::{Act, Author, Body, Statement, Version1};

use super::rules::Rules;
use crate::command::VerifyCase;
use crate::{Answer, Failure, Outcome};

/// The opening of a case (docs/formats.md).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    #[serde(rename = "version")]
    _version: Version1,
    report: ReportId,
    statements: Vec<Made>,
    lines: Vec<Logged>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Made {
    statement: String,
    signature: Signature,
    facets: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Logged {
    index: u64,
    blind: String,
    event: String,
}

/// What a line of the log says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    act: String,
    day: Day,
    by: String,
    report: Option<ReportId>,
    statement: Option<Sha256>,
    about: Option<String>,
}

/// An institution that a line of the log lets near the case.
#[derive(Serialize)]
struct Touch {
    line: u64,
    act: String,
    institution: InstitutionCode,
    /// `granted`, `asked`, `released` or `acted`.
    how: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<PartName>,
    shut_out: bool,
    /// Whether the statement names the very rules it is held to here.
    same_rules: bool,
}

/// Checks the opening of a case against the log and the rules.
///
/// # Errors
/// When a file does not read; and, with the document, when a line is not in the log, a statement does not hold, or somebody who
/// is shut out was let near the case.
pub(super) fn verify(asked: &VerifyCase) -> Outcome {
    let rules = Rules::read(asked)?;
    let log = super::log(&asked.ledger, &asked.key)?;
    let opening = read(&asked.opening)?;
    let mut audit = Audit::begin(&opening, &rules);
    for logged in &opening.lines {
        if let Err(why) = audit.hear(logged, &log) {
            audit.faults.push(format!("line {}: {why}", logged.index));
        }
    }
    audit.end(opening.lines.len())
}

fn read(file: &Path) -> Result<Opening, Failure> {
    let bytes = std::fs::read(file).map_err(|error| Failure::file(file, &error))?;
    report::json::read(&bytes).map_err(|fault| Failure::refused(format!("{}: {fault}", file.display())))
}

/// Said of a statement by somebody else's key, or by a former one after its last day.
const NOT_THEIRS: &str = "is signed by a key that may not speak for whom it names";

/// What was found so far, the lines heard in the order of the log.
struct Audit<'a> {
    rules: &'a Rules,
    report: ReportId,
    /// Statements that no line of the log has named yet.
    unheard: BTreeMap<Sha256, (Statement, Option<Facets>)>,
    /// Everyone whom any facets signed so far shut out: an accusation, once made, is not unmade.
    closure: BTreeSet<InstitutionCode>,
    last: Option<u64>,
    touches: Vec<Touch>,
    faults: Vec<String>,
}

impl<'a> Audit<'a> {
    fn begin(opening: &Opening, rules: &'a Rules) -> Self {
        let report = opening.report;
        let (unheard, closure, touches) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
        let mut audit = Self { rules, report, unheard, closure, last: None, touches, faults: Vec::new() };
        let mut reporter = None;
        for (made, number) in opening.statements.iter().zip(1..) {
            match audit.take(made, &mut reporter) {
                Ok((statement, facets)) => drop(audit.unheard.insert(statement.sha256(), (statement, facets))),
                Err(why) => audit.faults.push(format!("statement {number}: {why}")),
            }
        }
        audit
    }

    /// A statement that holds, with the facets it sets.
    fn take(&self, made: &Made, reporter: &mut Option<PublicKey>) -> Result<(Statement, Option<Facets>), &'static str> {
        let statement = Statement::read(&made.statement).map_err(|_| "is none")?;
        statement.verify(&made.signature).map_err(|_| "its signature does not hold")?;
        let body = statement.body();
        if body.report != self.report {
            return Err("is about another report");
        }
        if body.act == Act::File {
            reporter.get_or_insert(body.signer);
        }
        let is_own = body.from != Author::Reporter || *reporter == Some(body.signer);
        if !is_own {
            return Err(NOT_THEIRS);
        }
        let facets = match (body.facets, &made.facets) {
            (None, None) => None,
            (Some(signed), Some(text)) if sha256(text.as_bytes()) == signed => Some(
                Facets::admit(text.as_bytes(), self.rules.country()).map_err(|_| "its facets have unknown codes")?,
            ),
            _ => return Err("its facets are not those that were signed"),
        };
        Ok((statement, facets))
    }

    /// Holds a line to the log, then says whom it lets near the case.
    fn hear(&mut self, logged: &Logged, log: &Verified) -> Result<(), &'static str> {
        let mut blind = [0; 32];
        hex::decode_to_slice(&logged.blind, &mut blind).map_err(|_| "its blind is none")?;
        let leaf = Leaf::of(&Blind(blind), logged.event.as_bytes());
        let kept = usize::try_from(logged.index).ok().and_then(|index| log.lines.get(index));
        if kept.is_none_or(|line| line.leaf != leaf) {
            return Err("is not in the log");
        }
        if self.last.replace(logged.index).is_some_and(|last| last >= logged.index) {
            return Err("is out of order");
        }
        let event: Event = report::json::read(logged.event.as_bytes()).map_err(|_| "its event does not read")?;
        if event.report != Some(self.report) {
            return Err("is about another report");
        }
        if let Some(hash) = event.statement {
            let (statement, facets) = self.unheard.remove(&hash).ok_or("its statement is missing")?;
            if !self.rules.knows_signer(statement.body(), event.day) {
                self.faults.push(format!("line {}: its statement {NOT_THEIRS}", logged.index));
            }
            self.closure.extend(facets.iter().flat_map(|facets| self.rules.closure(facets)));
            self.grants(logged.index, statement.body());
        }
        self.acts(logged.index, &event);
        Ok(())
    }

    /// Everyone a statement grants parts to, and whom it asks.
    fn grants(&mut self, line: u64, body: &Body) {
        let mut granted: BTreeMap<&InstitutionCode, Vec<PartName>> = BTreeMap::new();
        for grant in &body.grants {
            if let Some(code) = grant.to.institution() {
                granted.entry(code).or_default().push(grant.part);
            }
        }
        let same_rules = self.rules.are_those_of(body);
        let asked =
            body.detail.iter().find(|(key, _)| key.as_str() == "to").and_then(|(_, to)| to.as_str().parse().ok());
        let asked =
            asked.filter(|_| matches!(body.act, Act::Refer | Act::HandOver)).map(|code| (code, "asked", Vec::new()));
        let granted = granted.into_iter().map(|(code, parts)| (code.clone(), "granted", parts));
        for (institution, how, parts) in granted.chain(asked) {
            let shut_out = self.closure.contains(&institution);
            let act = body.act.to_string();
            self.touches.push(Touch { line, act, institution, how, parts, shut_out, same_rules });
        }
    }

    /// Whoever did something, and whom the server let in.
    fn acts(&mut self, line: u64, event: &Event) {
        let (named, how) = match (event.act.as_str(), &event.about) {
            ("release", Some(about)) => (about.as_str(), "released"),
            _ => (event.by.split('/').next().unwrap_or_default(), "acted"),
        };
        if matches!(named, "reporter" | "server") {
            return;
        }
        let Ok(institution) = named.parse::<InstitutionCode>() else { return };
        let shut_out = self.closure.contains(&institution);
        let act = event.act.clone();
        self.touches.push(Touch { line, act, institution, how, parts: Vec::new(), shut_out, same_rules: true });
    }

    /// What was found, as one document; a refusal when anything was.
    fn end(mut self, lines: usize) -> Outcome {
        self.faults
            .extend(self.unheard.values().map(|(one, _)| format!("a {} that is not in the log", one.body().act)));
        let near = self.touches.iter().filter(|touch| touch.shut_out);
        let near = near.map(|touch| {
            let Touch { line, act, institution, how, .. } = touch;
            format!("line {line}: {institution} is shut out and was {how} ({act})")
        });
        let found: Vec<String> = self.faults.iter().cloned().chain(near).collect();
        let document = json!({
            "verified": found.is_empty(), "report": self.report, "lines": lines, "institutions": self.touches, "faults": self.faults,
        });
        if found.is_empty() {
            Ok(Answer::Document(document))
        } else {
            Err(Failure::refused(found.join("\n")).with(document))
        }
    }
}
