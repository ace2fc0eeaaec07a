//! What was stated about a report, verified: who said what, and who may therefore open what.

use std::collections::{BTreeMap, BTreeSet};

use report::{Country, Day, Facets, InstitutionCode, PartKind, PartName, ReportId, Sha256};
use signed::{PublicKey, Signature};
use vault::hash::sha256;
use vault::{Act, Author, Directory, GrantLine, PartLine, Reader, Recipient, Statement};

use crate::fault::Fault;
use crate::identity::Identity;
use crate::opening::{Belonging, Opened, PartKey, open_grant, open_part};

/// A statement as a server hands it out.
#[derive(Debug, Clone, Copy)]
pub struct Stated<'a> {
    /// The exact statement.
    pub statement: &'a str,
    /// The signature over it.
    pub signature: &'a Signature,
    /// The exact facets, where it sets some.
    pub facets: Option<&'a str>,
    /// The day it was kept: a former key speaks no later than its last one.
    pub day: Day,
}

/// Verified statements about one report, the first one first.
#[derive(Debug)]
pub struct History {
    report: ReportId,
    reporter: PublicKey,
    receipt: Recipient,
    statements: Vec<Statement>,
    facets: Vec<Facets>,
    is_least: bool,
}

impl History {
    /// Verifies statements about a report: each signed by whom it names, an institution's by the key the directory lists for that
    /// day, the reporter's by the key of the first; none of another report; facets exactly those signed.
    ///
    /// # Errors
    /// [`Fault::Statement`] and [`Fault::Facets`].
    pub fn verify(
        report: ReportId,
        stated: &[Stated<'_>],
        directory: &Directory,
        country: &Country,
    ) -> Result<Self, Fault> {
        let (first, rest) = stated.split_first().ok_or(Fault::Statement)?;
        let opening = read(first)?;
        let body = opening.body();
        let files = body.act == Act::File && body.first.is_none() && body.report == report;
        let receipt =
            body.receipt.clone().filter(|_| files && body.from == Author::Reporter).ok_or(Fault::Statement)?;
        let reporter = body.signer;
        let mut history =
            Self { report, reporter, receipt, statements: Vec::new(), facets: Vec::new(), is_least: false };
        let hash = opening.sha256();
        history.take(opening, first, country)?;
        for one in rest {
            let statement = read(one)?;
            history.check_follows((&statement, one.day), hash, directory)?;
            history.take(statement, one, country)?;
        }
        history.check_order()?;
        Ok(history)
    }

    fn check_follows(
        &self,
        (statement, day): (&Statement, Day),
        first: Sha256,
        directory: &Directory,
    ) -> Result<(), Fault> {
        let body = statement.body();
        let signs = match &body.from {
            Author::Reporter => self.reporter == body.signer,
            Author::Institution(code) => directory.spoke_for(code, &body.signer, day),
        };
        let speaks = body.act.is_reporters() == (body.from == Author::Reporter) && body.act != Act::File;
        let good = body.report == self.report && body.first == Some(first) && signs && speaks;
        if good { Ok(()) } else { Err(Fault::Statement) }
    }

    fn take(&mut self, statement: Statement, stated: &Stated<'_>, country: &Country) -> Result<(), Fault> {
        match (statement.body().facets, stated.facets) {
            (None, None) => {}
            // Kept from whoever protects a person and needs to know nothing else: then only what was written for them opens.
            (Some(_), None) => self.is_least = true,
            (Some(signed), Some(text)) if sha256(text.as_bytes()) == signed => {
                self.facets.push(Facets::admit(text.as_bytes(), country).map_err(|_| Fault::Facets)?);
            }
            _ => return Err(Fault::Facets),
        }
        self.statements.push(statement);
        Ok(())
    }

    /// A signer's statements come in their order, and none twice (some may be kept from this reader).
    fn check_order(&self) -> Result<(), Fault> {
        let mut last: BTreeMap<PublicKey, u32> = BTreeMap::new();
        for body in self.statements.iter().map(Statement::body) {
            let before = last.insert(body.signer, body.sequence);
            if before.is_some_and(|before| before >= body.sequence) {
                return Err(Fault::Statement);
            }
        }
        Ok(())
    }

    /// The report.
    pub fn report(&self) -> ReportId {
        self.report
    }

    /// The reporter's recipient, to which answers are sealed.
    pub fn receipt(&self) -> &Recipient {
        &self.receipt
    }

    /// The statements, verified.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// Whether facets are kept from this reader, so that the closure cannot be computed and nothing opens but notes and messages.
    pub fn is_least(&self) -> bool {
        self.is_least
    }

    /// The facets as last set.
    pub fn facets(&self) -> Option<&Facets> {
        self.facets.last()
    }

    /// The hash of the exact facets as last set.
    pub fn facets_hash(&self) -> Option<Sha256> {
        self.statements.iter().rev().find_map(|one| one.body().facets)
    }

    /// The statement that brings a part, and what it says of it.
    pub fn part(&self, part: PartName) -> Option<(&Statement, &PartLine)> {
        let lines = self.statements.iter().flat_map(|one| one.body().parts.iter().map(move |line| (one, line)));
        lines.into_iter().find(|(_, line)| line.part == part)
    }

    /// What was stated of the grant with these bytes, for this reader and part.
    pub fn grant(&self, reader: &Reader, part: PartName, sealed: &[u8]) -> Option<&GrantLine> {
        let hash = sha256(sealed);
        let mut lines = self.statements.iter().flat_map(|one| &one.body().grants);
        lines.find(|line| line.part == part && line.to == *reader && line.sha256 == hash)
    }

    /// Everyone shut out by any facets ever signed: an accusation, once made, is not unmade by coding it away.
    pub fn closure(&self, directory: &Directory) -> BTreeSet<InstitutionCode> {
        self.facets.iter().flat_map(|facets| directory.closure(facets)).collect()
    }

    /// Opens the key of a part for a reader, after recomputing the closure.
    ///
    /// # Errors
    /// [`Fault::Closure`] when the reader is shut out, [`Fault::Facets`] when they were kept back and this is no note or message, [`Fault::Unstated`] when nobody stated this grant, and those of [`open_grant`].
    pub fn open_grant(
        &self,
        reader: (&Reader, &Identity),
        part: PartName,
        grant: &[u8],
        directory: &Directory,
    ) -> Result<PartKey, Fault> {
        let (name, identity) = reader;
        if name.institution().is_some_and(|code| self.closure(directory).contains(code)) {
            return Err(Fault::Closure);
        }
        if self.is_least && !matches!(part.kind(), PartKind::Note | PartKind::Message) {
            return Err(Fault::Facets);
        }
        let line = self.grant(name, part, grant).ok_or(Fault::Unstated)?;
        open_grant(identity, grant, line, self.report)
    }

    /// Opens a part with its key.
    ///
    /// # Errors
    /// [`Fault::Unstated`] when no statement brings this part, and those of [`open_part`].
    pub fn open_part(&self, key: &PartKey, part: PartName, sealed: &[u8]) -> Result<Opened, Fault> {
        let (line, place) = self.belonging(part)?;
        open_part(key, sealed, line, &place)
    }

    /// Where a part belongs, for opening it as a stream.
    ///
    /// # Errors
    /// [`Fault::Unstated`] when no statement brings this part.
    pub fn belonging(&self, part: PartName) -> Result<(&PartLine, Belonging), Fault> {
        let (statement, line) = self.part(part).ok_or(Fault::Unstated)?;
        let signer = statement.body().signer;
        Ok((line, Belonging { report: self.report, signer, receipt: self.receipt.clone() }))
    }
}

fn read(stated: &Stated<'_>) -> Result<Statement, Fault> {
    let statement = Statement::read(stated.statement).map_err(|_| Fault::Statement)?;
    statement.verify(stated.signature).map_err(|_| Fault::Statement)?;
    Ok(statement)
}
