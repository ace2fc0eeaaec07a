//! From a checked statement to the rows that keep it.

use report::triage::Clock;
use report::{Area, Facets, InstitutionCode, Stage};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use vault::{Reader, When};

use crate::error::Error;
use crate::filing::Filing;
use crate::keys::{Place, wrap};
use crate::rules::Gate;
use crate::stated::{Carried, Exact, Granted, Stated};
use crate::tables::{self, put};

/// The grant can be read by its recipient.
pub(crate) const LIVE: &str = "live";
/// It waits for the lead to stay silent.
pub(crate) const HELD: &str = "held";
/// It was destroyed before it was kept: its recipient was shut out under newer rules.
pub(crate) const WITHHELD: &str = "withheld";
/// It could be read and can no longer.
pub(crate) const ENDED: &str = "ended";

/// The purpose of keeping and answering, for which the lead reads whatever its kind.
pub(crate) const KEEP: &str = "C-KEEP";

/// When no clock runs: after everything that does.
pub(crate) const NO_HOUR: i32 = i32::MAX;

/// Rows to be inserted together, table by table.
#[derive(Default)]
pub(crate) struct Rows {
    pub(crate) reports: Vec<tables::reports::Model>,
    pub(crate) keys: Vec<tables::report_keys::Model>,
    pub(crate) categories: Vec<tables::report_categories::Model>,
    pub(crate) through: Vec<tables::filed_through::Model>,
    pub(crate) statements: Vec<tables::statements::Model>,
    pub(crate) consents: Vec<tables::consents::Model>,
    pub(crate) parts: Vec<tables::parts::Model>,
    pub(crate) small_parts: Vec<tables::small_parts::Model>,
    pub(crate) grants: Vec<tables::grants::Model>,
    pub(crate) clocks: Vec<tables::clocks::Model>,
    pub(crate) desk: Vec<tables::desk::Model>,
}

/// What the rows of one statement are made with.
pub(crate) struct Making<'a> {
    pub(crate) key: &'a [u8; 32],
    pub(crate) gate: &'a Gate,
    pub(crate) day: i32,
    pub(crate) ledger_index: i64,
}

impl Rows {
    /// The rows of a filing. Grants to whom the gate does not admit are destroyed here, before they were ever kept. Gives back who
    /// takes over at once, because whoever was to read it now may not any more.
    pub(crate) fn file(&mut self, filing: &Filing, making: &Making<'_>) -> Result<Option<InstitutionCode>, Error> {
        let stated = &filing.stated;
        let exact = stated.facets.as_ref().ok_or(Error::NotNow)?;
        let report = stated.report().as_bytes().to_vec();
        self.reports.push(row(filing, exact)?);
        self.keys.push(tables::report_keys::Model { report: report.clone(), key: making.key.to_vec() });
        self.categories(exact, &report);
        if let Some(institution) = &filing.through {
            let (report, institution) = (report.clone(), institution.to_string());
            self.through.push(tables::filed_through::Model { report, institution });
        }
        if let Some(due) = filing.due {
            self.clocks.push(tables::clocks::Model {
                report,
                clock: filing.assessment.clock.as_str().to_owned(),
                state: "running".to_owned(),
                due_hour: due.hour(),
            });
        }
        let mut readers = self.statement(stated, making)?;
        let released = if readers.is_empty() { self.release(making.day) } else { None };
        readers.extend(released.clone());
        for institution in readers {
            self.desk.push(place_on_desk(filing, exact, &institution));
        }
        Ok(released)
    }

    /// Nobody's silence is waited for when nobody was let in: the alternate answers, and where none stands ready, nobody.
    fn release(&mut self, day: i32) -> Option<InstitutionCode> {
        let withheld = self.grants.iter().any(|grant| grant.state == WITHHELD);
        let held = self.grants.iter().find(|grant| grant.state == HELD).filter(|_| withheld);
        let alternate = held.map(|grant| grant.recipient.clone());
        for grant in self.grants.iter_mut().filter(|grant| grant.state == HELD) {
            if alternate.as_ref() == Some(&grant.recipient) {
                LIVE.clone_into(&mut grant.state);
                grant.since_day = Some(day);
            }
        }
        if let Some(row) = self.reports.last_mut() {
            row.lead.clone_from(&alternate);
        }
        alternate?.parse().ok()
    }

    /// One row a category, for the queue's filter.
    pub(crate) fn categories(&mut self, exact: &Exact, report: &[u8]) {
        let rows = exact.facets.categories().iter().map(|category| tables::report_categories::Model {
            report: report.to_vec(),
            category: category.to_string(),
        });
        self.categories.extend(rows);
    }

    /// The rows of any statement: itself, consent, parts, grants. Gives back which institutions may read something now.
    pub(crate) fn statement(&mut self, stated: &Stated, making: &Making<'_>) -> Result<Vec<InstitutionCode>, Error> {
        let body = stated.body();
        self.statements.push(tables::statements::Model {
            hash: stated.hash.as_bytes().to_vec(),
            report: body.report.as_bytes().to_vec(),
            act: body.act.as_str().to_owned(),
            author: body.from.to_string(),
            signer: body.signer.as_bytes().to_vec(),
            sequence: i32::try_from(body.sequence).map_err(|_| Error::Taken)?,
            statement: stated.statement.as_str().as_bytes().to_vec(),
            signature: stated.signature.to_vec(),
            facets: stated.facets.as_ref().map(|exact| exact.bytes.clone()),
            day: making.day,
            ledger_index: making.ledger_index,
        });
        self.consent(stated, making.day);
        self.parts(stated, making.day)?;
        let mut readers = Vec::new();
        for granted in &stated.grants {
            let row = grant(stated, granted, making)?;
            if let (LIVE, Some(code)) = (row.state.as_str(), granted.line.to.institution())
                && !readers.contains(code)
            {
                readers.push(code.clone());
            }
            self.grants.push(row);
        }
        Ok(readers)
    }

    fn consent(&mut self, stated: &Stated, day: i32) {
        for row in stated.facets().into_iter().flat_map(Facets::consent) {
            let kinds: Vec<&str> =
                if row.parts.is_empty() { vec![""] } else { row.parts.iter().map(|kind| kind.as_str()).collect() };
            self.consents.extend(kinds.into_iter().map(|part| tables::consents::Model {
                report: stated.report().as_bytes().to_vec(),
                statement: stated.hash.as_bytes().to_vec(),
                purpose: row.purpose.to_string(),
                recipient_kind: row.recipient_kind.to_string(),
                part: part.to_owned(),
                day,
            }));
        }
    }

    fn parts(&mut self, stated: &Stated, day: i32) -> Result<(), Error> {
        for part in &stated.parts {
            let blob = match &part.carried {
                Carried::Here(sealed) => {
                    self.small_parts.push(tables::small_parts::Model {
                        report: stated.report().as_bytes().to_vec(),
                        part: part.line.part.to_string(),
                        sealed: sealed.to_vec(),
                    });
                    None
                }
                Carried::Blob(name) => Some(name.clone()),
                Carried::Upload(_) => return Err(Error::Upload),
            };
            self.parts.push(tables::parts::Model {
                report: stated.report().as_bytes().to_vec(),
                part: part.line.part.to_string(),
                author: stated.body().from.to_string(),
                statement: stated.hash.as_bytes().to_vec(),
                sha256: part.line.sha256.as_bytes().to_vec(),
                size: i64::try_from(part.line.size).map_err(|_| Error::Upload)?,
                blob,
                day,
            });
        }
        Ok(())
    }

    /// Takes the rows of another statement in.
    pub(crate) fn append(&mut self, other: Self) {
        self.reports.extend(other.reports);
        self.keys.extend(other.keys);
        self.categories.extend(other.categories);
        self.through.extend(other.through);
        self.statements.extend(other.statements);
        self.consents.extend(other.consents);
        self.parts.extend(other.parts);
        self.small_parts.extend(other.small_parts);
        self.grants.extend(other.grants);
        self.clocks.extend(other.clocks);
        self.desk.extend(other.desk);
    }

    /// Inserts everything, reports first.
    pub(crate) async fn insert(self, to: &impl ConnectionTrait) -> Result<(), Error> {
        put::<tables::reports::Entity>(to, self.reports).await?;
        put::<tables::report_keys::Entity>(to, self.keys).await?;
        put::<tables::report_categories::Entity>(to, self.categories).await?;
        put::<tables::filed_through::Entity>(to, self.through).await?;
        put::<tables::statements::Entity>(to, self.statements).await?;
        put::<tables::consents::Entity>(to, self.consents).await?;
        put::<tables::parts::Entity>(to, self.parts).await?;
        put::<tables::small_parts::Entity>(to, self.small_parts).await?;
        put::<tables::grants::Entity>(to, self.grants).await?;
        put::<tables::clocks::Entity>(to, self.clocks).await?;
        put::<tables::desk::Entity>(to, self.desk).await
    }
}

fn row(filing: &Filing, exact: &Exact) -> Result<tables::reports::Model, Error> {
    let body = filing.stated.body();
    let facets = &exact.facets;
    Ok(tables::reports::Model {
        report: body.report.as_bytes().to_vec(),
        stage: Stage::Filed.as_str().to_owned(),
        outcome: None,
        filed_day: filing.now.day().number(),
        facets_hash: Sha256::digest(&exact.bytes).to_vec(),
        facets: exact.bytes.clone(),
        registry: body.registry.to_string(),
        taxonomy: body.taxonomy.to_string(),
        directory: i32::try_from(body.directory).map_err(|_| Error::Taken)?,
        first: filing.stated.hash.as_bytes().to_vec(),
        signer: body.signer.as_bytes().to_vec(),
        receipt: body.receipt.as_ref().ok_or(Error::NotNow)?.to_string(),
        lookup: body.lookup.as_ref().ok_or(Error::NotNow)?.as_bytes().to_vec(),
        lead: filing.lead.as_ref().map(ToString::to_string),
        alternate: filing.alternate.as_ref().map(ToString::to_string),
        clock: clock_number(filing.assessment.clock),
        due_hour: filing.due.map(crate::Moment::hour),
        severity: i32::from(filing.assessment.severity),
        area: area(facets),
        held: facets.consent().is_empty(),
        plain: filing.plain,
        withdrawn_day: None,
        withdrawn_from: None,
    })
}

/// The area as the desk sorts by it.
pub(crate) fn area(facets: &Facets) -> String {
    facets.area().map_or_else(|| Area::unknown().to_string(), ToString::to_string)
}

/// The place in the queue: what must be looked at today, then what fades, then the rest; in each a child alone first, then the clock.
pub(crate) const fn rank(clock: i32, is_child_alone: bool) -> i32 {
    let band = match clock {
        ..=1 => 0,
        2 => 1,
        _ => 2,
    };
    let after = if is_child_alone { 0 } else { 8 };
    band * 16 + after + clock
}

/// The number of a protective clock: the shorter, the smaller.
pub(crate) fn clock_number(clock: Clock) -> i32 {
    Clock::ALL.iter().zip(0..).find(|(one, _)| **one == clock).map_or(4, |(_, number)| number)
}

fn place_on_desk(filing: &Filing, exact: &Exact, institution: &InstitutionCode) -> tables::desk::Model {
    tables::desk::Model {
        institution: institution.to_string(),
        report: filing.stated.report().as_bytes().to_vec(),
        open: true,
        stage: Stage::Filed.as_str().to_owned(),
        rank: rank(clock_number(filing.assessment.clock), exact.facets.is_child_alone()),
        least: false,
        due_hour: filing.due.map_or(NO_HOUR, crate::Moment::hour),
        filed_day: filing.now.day().number(),
        area: area(&exact.facets),
    }
}

fn grant(stated: &Stated, granted: &Granted, making: &Making<'_>) -> Result<tables::grants::Model, Error> {
    let line = &granted.line;
    let (report, part, recipient) = (stated.report(), line.part.to_string(), line.to.to_string());
    let place =
        Place { report: report.as_bytes(), part: &part, recipient: &recipient, statement: stated.hash.as_bytes() };
    let admitted = match &line.to {
        Reader::Receipt => true,
        Reader::Institution(code) => making.gate.admits(code),
    };
    let sealed = granted.sealed.as_ref().filter(|_| admitted);
    let wrapped = sealed.map(|sealed| wrap(making.key, &place, sealed)).transpose()?;
    let state = match (&wrapped, line.when) {
        (None, _) => WITHHELD,
        (Some(_), When::Now) => LIVE,
        (Some(_), When::IfSilent) => HELD,
    };
    Ok(tables::grants::Model {
        report: report.as_bytes().to_vec(),
        part,
        recipient,
        purpose: line.purpose.to_string(),
        statement: stated.hash.as_bytes().to_vec(),
        state: state.to_owned(),
        key: line.key.as_bytes().to_vec(),
        sha256: line.sha256.as_bytes().to_vec(),
        wrapped,
        since_day: (state == LIVE).then_some(making.day),
        until_day: None,
    })
}
