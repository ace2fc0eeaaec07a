//! One report: as an institution may see it, and as whoever has the digits may.

use std::collections::BTreeMap;

use report::triage::Clock;
use report::{Code, Day, Facets, InstitutionCode, PartName, ReportId, Sha256, Stage};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use vault::PublicKey;

use super::content::live;
use super::{Snapshot, WhoReads, clock, due, hash, id, read, read_some};
use crate::acts::is_least;
use crate::error::Error;
use crate::keys::{Place, unwrap};
use crate::moment::Moment;
use crate::rows::LIVE;
use crate::tables::{grants, incident_reports, parts, referrals, report_keys, reports, statements, verifications};

/// A sealed grant that the asker may open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// For what.
    pub purpose: Code,
    /// The hash of its bytes, as stated.
    pub sha256: Sha256,
    /// Its bytes.
    pub sealed: Vec<u8>,
    /// The statement that made it.
    pub statement: Sha256,
}

/// A sealed part, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: PartName,
    /// Who stated it: `reporter` or an institution.
    pub author: String,
    /// The statement that brought it.
    pub statement: Sha256,
    /// The hash of the sealed file.
    pub sha256: Sha256,
    /// Its bytes.
    pub size: u64,
    /// When it came.
    pub day: Day,
    /// What the asker may open it with, the newest first.
    pub grants: Vec<Grant>,
}

/// A statement as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementRow {
    /// The hash of its bytes.
    pub sha256: Sha256,
    /// What was done.
    pub act: String,
    /// By whom: `reporter` or an institution.
    pub author: String,
    /// Its exact text.
    pub statement: String,
    /// Its signature.
    pub signature: Vec<u8>,
    /// The exact facets it set.
    pub facets: Option<String>,
    /// When it was kept.
    pub day: Day,
    /// Its line in the ledger.
    pub ledger: u64,
}

/// Who can or could read a part, from when to when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Which institution.
    pub institution: InstitutionCode,
    /// Which part.
    pub part: PartName,
    /// For what.
    pub purpose: Code,
    /// `live`, `held`, `withheld` or `ended`.
    pub state: String,
    /// From when.
    pub since: Option<Day>,
    /// Until when.
    pub until: Option<Day>,
}

/// An institution was asked to act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referral {
    /// The statement that asked.
    pub statement: Sha256,
    /// Who asked.
    pub author: InstitutionCode,
    /// Who was asked.
    pub recipient: InstitutionCode,
    /// For what.
    pub purpose: Code,
    /// A hazard that was accepted.
    pub hazard: Option<String>,
    /// What it rests on where it is not consent: `vital-interest`.
    pub basis: Option<String>,
    /// Which member asked.
    pub member: Option<String>,
    /// Until when a second member must confirm it; none when nobody has to, or somebody did.
    pub confirm: Option<Moment>,
    /// When it was confirmed, and by which member of which institution.
    pub confirmed: Option<(Day, String)>,
    /// When.
    pub day: Day,
    /// Until when an answer is due.
    pub due: Option<Day>,
    /// When it was answered.
    pub answered: Option<Day>,
    /// What the answer was.
    pub outcome: Option<Code>,
}

/// What a member found about one act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Which act.
    pub act: Code,
    /// What was found.
    pub status: Code,
    /// By which institution.
    pub institution: InstitutionCode,
    /// When.
    pub day: Day,
}

/// What is the same whoever asks.
#[derive(Clone)]
pub struct Thread {
    /// Its id.
    pub report: ReportId,
    /// Where it stands.
    pub stage: Stage,
    /// How it was closed.
    pub outcome: Option<Code>,
    /// The UTC day of filing.
    pub filed: Day,
    /// The hash of its first statement.
    pub first: Sha256,
    /// Its facets.
    pub facets: Facets,
    /// Their exact text.
    pub facets_text: String,
    /// The institution that answers for it.
    pub lead: Option<InstitutionCode>,
    /// The one that takes over.
    pub alternate: Option<InstitutionCode>,
    /// Its protective clock.
    pub clock: Clock,
    /// When that ends, while it runs.
    pub due: Option<Moment>,
    /// From 1 to 5.
    pub severity: u8,
    /// Whether the server itself sealed it.
    pub plain: bool,
    /// When it was withdrawn; destroyed seven days later.
    pub withdrawn: Option<Day>,
    /// The organisation whose filing link it came through.
    pub through: Option<InstitutionCode>,
    /// Its parts, in the order of their names.
    pub parts: Vec<Part>,
    /// Its statements, in the order they were kept.
    pub statements: Vec<StatementRow>,
    /// Who can or could read what.
    pub readers: Vec<Reading>,
    /// Who was asked to act.
    pub referrals: Vec<Referral>,
}

/// A report as an institution may see it.
#[derive(Clone)]
pub struct Case {
    /// What is the same whoever asks.
    pub thread: Thread,
    /// What members found.
    pub verifications: Vec<Verification>,
    /// Other reports of the same incident.
    pub same_incident: Vec<ReportId>,
    /// Whether the institution was asked with a note alone: it protects a person and is told nothing else.
    pub is_least: bool,
}

impl Snapshot {
    /// A case, if this institution can read something of it now. Absent and forbidden look alike.
    pub async fn case(&self, report: ReportId, institution: &InstitutionCode) -> Result<Option<Case>, Error> {
        let asker = WhoReads::Institution(institution.clone());
        // Both are looked for whatever the first one gave: how long the answer takes must not tell absent from forbidden.
        let row = reports::Entity::find_by_id(report.as_bytes().to_vec()).one(&self.tx).await?;
        let open = live(report.as_bytes(), &asker).all(&self.tx).await?;
        let Some(row) = row.filter(|row| row.withdrawn_day.is_none() && !open.is_empty()) else { return Ok(None) };
        let mut thread = self.thread(row, &asker).await?;
        thread.keep_notes_apart(institution);
        let author = |grant: &grants::Model| thread.parts.iter().find(|part| part.name.to_string() == grant.part);
        if open.iter().all(|grant| is_least(grant, author(grant).map_or("", |part| part.author.as_str()))) {
            let rules = self.rules.as_ref().ok_or(Error::Outdated)?;
            thread.keep_least(institution, rules.country());
            return Ok(Some(Case { thread, verifications: Vec::new(), same_incident: Vec::new(), is_least: true }));
        }
        let verifications = self.verifications(report.as_bytes()).await?;
        let same_incident = self.same_incident(report.as_bytes()).await?;
        Ok(Some(Case { thread, verifications, same_incident, is_least: false }))
    }

    /// The report of a receipt, by the hash of its lookup id.
    pub async fn receipt(&self, lookup: &Sha256) -> Result<Option<Thread>, Error> {
        let by_lookup = reports::Column::Lookup.eq(lookup.as_bytes().to_vec());
        let Some(row) = reports::Entity::find().filter(by_lookup).one(&self.tx).await? else { return Ok(None) };
        Ok(Some(self.reporters(row).await?))
    }

    /// The report that this key speaks for as its reporter.
    pub async fn of_reporter(&self, report: ReportId, signer: &PublicKey) -> Result<Option<Thread>, Error> {
        let own = reports::Entity::find_by_id(report.as_bytes().to_vec())
            .filter(reports::Column::Signer.eq(signer.as_bytes().to_vec()));
        let Some(row) = own.one(&self.tx).await? else { return Ok(None) };
        Ok(Some(self.reporters(row).await?))
    }

    /// What a reporter may see of their report: nothing that institutions wrote for themselves.
    async fn reporters(&self, row: reports::Model) -> Result<Thread, Error> {
        let mut thread = self.thread(row, &WhoReads::Receipt).await?;
        thread.parts.retain(|part| !part.grants.is_empty());
        thread.statements.retain(|statement| statement.act != "note");
        thread.readers.retain(|reading| reading.part.kind() != report::PartKind::Note);
        thread.end_readings();
        Ok(thread)
    }

    async fn thread(&self, row: reports::Model, asker: &WhoReads) -> Result<Thread, Error> {
        let table = "reports";
        let all = self.grants(&row.report).await?;
        let statements = self.statements(&row.report).await?;
        Ok(Thread {
            report: id(&row.report, table)?,
            stage: read(&row.stage, table)?,
            outcome: read_some(row.outcome.as_ref(), table)?,
            filed: Day::new(row.filed_day),
            first: hash(&row.first, table)?,
            facets: self.facets(&row.facets)?,
            lead: read_some(row.lead.as_ref(), table)?,
            alternate: read_some(row.alternate.as_ref(), table)?,
            clock: clock(row.clock)?,
            due: due(row.due_hour),
            severity: u8::try_from(row.severity).map_err(|_| Error::Corrupt { table })?,
            plain: row.plain,
            withdrawn: row.withdrawn_day.map(Day::new),
            through: self.through(&row.report).await?,
            parts: self.parts(&row.report, &all, asker).await?,
            readers: all.iter().filter(|grant| grant.recipient != "receipt").map(reading).collect::<Result<_, _>>()?,
            referrals: self.referrals(&row.report, &statements).await?,
            statements,
            facets_text: String::from_utf8(row.facets).map_err(|_| Error::Corrupt { table })?,
        })
    }

    async fn grants(&self, report: &[u8]) -> Result<Vec<grants::Model>, Error> {
        let of_this = grants::Entity::find().filter(grants::Column::Report.eq(report.to_vec()));
        Ok(of_this.order_by_asc(grants::Column::Part).order_by_asc(grants::Column::Recipient).all(&self.tx).await?)
    }

    async fn parts(&self, report: &[u8], all: &[grants::Model], asker: &WhoReads) -> Result<Vec<Part>, Error> {
        let rows = parts::Entity::find().filter(parts::Column::Report.eq(report.to_vec())).all(&self.tx).await?;
        let key = report_keys::Entity::find_by_id(report.to_vec()).one(&self.tx).await?.map(|row| row.key);
        let mut opened: BTreeMap<&str, Vec<Grant>> = BTreeMap::new();
        for grant in all.iter().filter(|grant| opens(grant, asker)) {
            if let Some(key) = &key {
                opened.entry(&grant.part).or_default().push(unwrapped(key, grant)?);
            }
        }
        let mut parts: Vec<Part> = rows
            .into_iter()
            .map(|row| {
                let grants = opened.remove(row.part.as_str()).unwrap_or_default();
                part(&row, grants)
            })
            .collect::<Result<_, _>>()?;
        parts.sort_by_key(|part| part.name);
        Ok(parts)
    }

    pub(super) async fn statements(&self, report: &[u8]) -> Result<Vec<StatementRow>, Error> {
        let of_this = statements::Entity::find().filter(statements::Column::Report.eq(report.to_vec()));
        let rows = of_this.order_by_asc(statements::Column::LedgerIndex).all(&self.tx).await?;
        rows.into_iter().map(statement).collect()
    }

    /// The referrals in the order of the statements that made them.
    async fn referrals(&self, report: &[u8], statements: &[StatementRow]) -> Result<Vec<Referral>, Error> {
        let of_this = referrals::Entity::find().filter(referrals::Column::Report.eq(report.to_vec()));
        let mut found = of_this.all(&self.tx).await?.iter().map(referral).collect::<Result<Vec<_>, _>>()?;
        found.sort_by_key(|one| statements.iter().position(|row| row.sha256 == one.statement));
        Ok(found)
    }

    pub(super) async fn verifications(&self, report: &[u8]) -> Result<Vec<Verification>, Error> {
        let of_this = verifications::Entity::find().filter(verifications::Column::Report.eq(report.to_vec()));
        let rows = of_this.order_by_asc(verifications::Column::Act).all(&self.tx).await?;
        rows.iter().map(verification).collect()
    }

    async fn same_incident(&self, report: &[u8]) -> Result<Vec<ReportId>, Error> {
        use incident_reports::{Column, Entity};
        let Some(own) = Entity::find_by_id(report.to_vec()).one(&self.tx).await? else { return Ok(Vec::new()) };
        let rows = Entity::find().filter(Column::Incident.eq(own.incident)).all(&self.tx).await?;
        rows.iter().filter(|row| row.report != report).map(|row| id(&row.report, "incident_reports")).collect()
    }
}

/// Whether this grant opens something to who asks, now.
pub(super) fn opens(grant: &grants::Model, asker: &WhoReads) -> bool {
    grant.state == LIVE && grant.recipient == asker.to_string()
}

fn unwrapped(key: &[u8], grant: &grants::Model) -> Result<Grant, Error> {
    let corrupt = Error::Corrupt { table: "grants" };
    let place =
        Place { report: &grant.report, part: &grant.part, recipient: &grant.recipient, statement: &grant.statement };
    Ok(Grant {
        purpose: read(&grant.purpose, "grants")?,
        sha256: hash(&grant.sha256, "grants")?,
        sealed: unwrap(key, &place, grant.wrapped.as_ref().ok_or(corrupt)?)?,
        statement: hash(&grant.statement, "grants")?,
    })
}

fn part(row: &parts::Model, grants: Vec<Grant>) -> Result<Part, Error> {
    Ok(Part {
        name: read(&row.part, "parts")?,
        author: row.author.clone(),
        statement: hash(&row.statement, "parts")?,
        sha256: hash(&row.sha256, "parts")?,
        size: u64::try_from(row.size).map_err(|_| Error::Corrupt { table: "parts" })?,
        day: Day::new(row.day),
        grants,
    })
}

fn statement(row: statements::Model) -> Result<StatementRow, Error> {
    let corrupt = Error::Corrupt { table: "statements" };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|_| corrupt);
    Ok(StatementRow {
        sha256: hash(&row.hash, "statements")?,
        act: row.act,
        author: row.author,
        statement: text(row.statement)?,
        signature: row.signature,
        facets: row.facets.map(text).transpose()?,
        day: Day::new(row.day),
        ledger: u64::try_from(row.ledger_index).map_err(|_| corrupt)?,
    })
}

fn reading(row: &grants::Model) -> Result<Reading, Error> {
    Ok(Reading {
        institution: read(&row.recipient, "grants")?,
        part: read(&row.part, "grants")?,
        purpose: read(&row.purpose, "grants")?,
        state: row.state.clone(),
        since: row.since_day.map(Day::new),
        until: row.until_day.map(Day::new),
    })
}

pub(super) fn referral(row: &referrals::Model) -> Result<Referral, Error> {
    Ok(Referral {
        statement: hash(&row.statement, "referrals")?,
        author: read(&row.author, "referrals")?,
        recipient: read(&row.recipient, "referrals")?,
        purpose: read(&row.purpose, "referrals")?,
        hazard: row.hazard.clone(),
        basis: row.basis.clone(),
        member: row.member.clone(),
        confirm: due(row.confirm_hour),
        confirmed: row.confirmed_day.map(Day::new).zip(row.confirmed_by.clone()),
        day: Day::new(row.day),
        due: row.due_day.map(Day::new),
        answered: row.answered_day.map(Day::new),
        outcome: read_some(row.answer.as_ref(), "referrals")?,
    })
}

pub(super) fn verification(row: &verifications::Model) -> Result<Verification, Error> {
    Ok(Verification {
        act: read(&row.act, "verifications")?,
        status: read(&row.status, "verifications")?,
        institution: read(&row.institution, "verifications")?,
        day: Day::new(row.day),
    })
}
