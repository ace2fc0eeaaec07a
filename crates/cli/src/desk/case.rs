//! A case as the server hands it out, verified before anything of it is believed.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use report::{Day, Facets, PartName, ReportId};
use serde::Deserialize;
use unseal::{History, Opened, PartKey, Stated};
use vault::Reader;
use vault::hash::sha256;

use super::session::Session;
use crate::door::{Ask, promised};
use crate::made::Made;
use crate::{Failure, Home};

/// A case.
pub struct Case {
    /// Its statements, verified.
    pub history: History,
    /// The day of filing.
    pub filed: Day,
    parts: Vec<Part>,
    next: Next,
    least: Option<Facets>,
    unconfirmed: Vec<String>,
}

#[derive(Deserialize)]
struct Wire {
    filed: Day,
    facets: String,
    parts: Vec<Part>,
    statements: Vec<Made>,
    #[serde(default)]
    referrals: Vec<Asked>,
    #[serde(default)]
    next: Next,
}

/// A referral, as far as a second member needs it.
#[derive(Deserialize)]
struct Asked {
    statement: String,
    #[serde(default)]
    second: Option<String>,
}

#[derive(Deserialize)]
struct Part {
    #[serde(rename = "part")]
    name: PartName,
    #[serde(default)]
    grant: Option<Grant>,
}

#[derive(Deserialize)]
struct Grant {
    file: String,
}

/// Which number a new part of a kind takes.
#[derive(Default, Deserialize, Clone, Copy)]
#[serde(default)]
pub struct Next {
    /// `message/N`.
    pub message: u16,
    /// `note/N`.
    pub note: u16,
    /// `coding/N`.
    pub coding: u16,
}

/// Reads the id of a report as typed.
pub fn report_id(text: &str) -> Result<ReportId, Failure> {
    text.parse().map_err(|_| Failure::usage("not the id of a report"))
}

impl Case {
    /// Fetches a case and verifies every statement of it.
    ///
    /// # Errors
    /// When the server refuses, or what it hands out does not hold.
    pub fn fetch(session: &Session, home: &Home, report: ReportId) -> Result<Self, Failure> {
        Self::read(&Self::ask(session, report)?, session, home, report)
    }

    /// What the server hands out of a case, to be read before it is believed.
    pub fn ask(session: &Session, report: ReportId) -> Result<Vec<u8>, Failure> {
        Ok(session.door.ask(&Ask::get(&format!("/api/v1/reports/{report}")))?.body)
    }

    /// Reads a case and verifies every statement of it.
    ///
    /// # Errors
    /// When what was handed out does not hold.
    pub fn read(body: &[u8], session: &Session, home: &Home, report: ReportId) -> Result<Self, Failure> {
        let wire: Wire = promised(body)?;
        let stated: Vec<Stated<'_>> = wire.statements.iter().map(Made::stated).collect();
        let history = History::verify(report, &stated, &session.directory, &home.country);
        let history =
            history.map_err(|fault| Failure::refused(format!("what the server hands out does not hold: {fault}")))?;
        if !history.is_least() && history.facets_hash() != Some(sha256(wire.facets.as_bytes())) {
            return Err(Failure::refused("what the server shows of this report is not what was signed"));
        }
        // Kept back from who was asked with a note alone, what stands for them is nobody's signed word: good for addressing answers.
        let least = Facets::admit(wire.facets.as_bytes(), &home.country).ok().filter(|_| history.is_least());
        let waits = |one: Asked| one.second.is_some_and(|second| second != "confirmed").then_some(one.statement);
        let unconfirmed = wire.referrals.into_iter().filter_map(waits).collect();
        Ok(Self { history, filed: wire.filed, parts: wire.parts, next: wire.next, least, unconfirmed })
    }

    /// The facets in force, or the least of them.
    pub fn facets(&self) -> Option<&Facets> {
        self.history.facets().or(self.least.as_ref())
    }

    /// The referrals that wait for a second member, by their statements.
    pub fn unconfirmed(&self) -> impl Iterator<Item = &str> {
        self.unconfirmed.iter().map(String::as_str)
    }

    /// Which numbers new parts take.
    pub fn next(&self) -> Next {
        self.next
    }

    /// The parts this institution may open.
    pub fn open_parts(&self) -> impl Iterator<Item = PartName> {
        self.parts.iter().filter(|part| part.grant.is_some()).map(|part| part.name)
    }

    /// The key of a part, from the institution's grant.
    ///
    /// # Errors
    /// When there is none, it does not hold, or this institution is shut out.
    pub fn key(&self, session: &Session, part: PartName) -> Result<PartKey, Failure> {
        let keys = session.keys()?;
        let grant = self.parts.iter().find(|one| one.name == part).and_then(|one| one.grant.as_ref());
        let grant = grant.ok_or_else(|| Failure::refused(format!("{part}: not granted to {}", keys.institution())))?;
        let bytes = BASE64_STANDARD.decode(&grant.file).map_err(|_| Failure::refused(format!("{part}: no grant")))?;
        let reader = Reader::Institution(keys.institution().clone());
        let identity =
            self.history.grant(&reader, part, &bytes).map_or(keys.identity(), |line| keys.identity_for(line.key));
        let opened = self.history.open_grant((&reader, identity), part, &bytes, &session.directory);
        opened.map_err(|fault| Failure::refused(format!("{part}: {fault}")))
    }

    /// Fetches and opens a part.
    ///
    /// # Errors
    /// When it is not granted, or anything about it does not hold.
    pub fn open(&self, session: &Session, part: PartName) -> Result<Opened, Failure> {
        let key = self.key(session, part)?;
        let sealed = session.door.ask(&Ask::get(&format!("/api/v1/reports/{}/parts/{part}", self.history.report())))?;
        let opened = self.history.open_part(&key, part, &sealed.body);
        opened.map_err(|fault| Failure::refused(format!("{part}: {fault}")))
    }
}
