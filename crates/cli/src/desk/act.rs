//! What an institution does to a report, as signed statements.

use std::collections::BTreeMap;
use std::path::Path;

use report::json::{JsonFault, read as read_json};
use report::{Code, Coding, Facets, Found, PartKind, PartName};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use vault::{
    Act, Author, Body, Context, Envelope, Grant, Granted, Grantee, MEDIA_TYPE, PartIdentity, SealedPart, Statement,
    Terms, Token, Version1, When, hash::sha256, seal_grant, seal_part,
};

use super::case::Case;
use super::session::Session;
use crate::door::Ask;
use crate::{Answer, Around, Failure, Home, Outcome};

/// What an act is made of.
pub struct Work<'a> {
    /// The member's session.
    pub session: &'a Session,
    /// The case.
    pub case: &'a Case,
    /// The country.
    pub home: &'a Home,
}

/// What one statement brings.
#[derive(Default)]
pub(super) struct Brings {
    pub(super) parts: Vec<SealedPart>,
    pub(super) grants: Vec<Grant>,
    facets: Option<String>,
    detail: BTreeMap<Token, Token>,
}

/// A corrected coding and what was verified, as a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corrected {
    #[serde(default)]
    coding: Option<Coding>,
    #[serde(default)]
    verification: Verification,
}

impl Corrected {
    /// Such a document, or a coding alone, as `desk open` writes it.
    fn read(bytes: &[u8]) -> Result<Self, JsonFault> {
        let keys: Map<String, Value> = read_json(bytes)?;
        if keys.is_empty() || ["coding", "verification"].iter().any(|own| keys.contains_key(*own)) {
            return read_json(bytes);
        }
        read_json(bytes).map(|coding| Self { coding: Some(coding), verification: Verification::default() })
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Verification {
    acts: Vec<Verified>,
    incident: Option<Incident>,
    source: Option<String>,
    counted: Found,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verified {
    code: Code,
    status: Code,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Incident {
    link: String,
    report: String,
}

impl Work<'_> {
    /// Writes to the reporter.
    ///
    /// # Errors
    /// When the text cannot be read or sealed, or the server refuses.
    pub fn reply(&self, file: &Path, around: &mut Around) -> Outcome {
        let text = read(file)?;
        let brings = self.written(PartKind::Message, self.case.next().message, &text, around)?;
        self.state(Act::Reply, 0, brings).map(Answer::Document)
    }

    /// Answers the oldest referral that waits for this institution, and tells the reporter.
    ///
    /// # Errors
    /// When the text cannot be read or sealed, the outcome is no code, or the server refuses.
    pub fn answer(&self, (file, outcome): (&Path, &str), around: &mut Around) -> Outcome {
        self.check_outcome(outcome)?;
        let text = read(file)?;
        let mut brings = self.written(PartKind::Message, self.case.next().message, &text, around)?;
        brings.tell("outcome", outcome)?;
        self.state(Act::Answer, 0, brings).map(Answer::Document)
    }

    /// Writes for this institution alone.
    ///
    /// # Errors
    /// When the text cannot be read or sealed, or the server refuses.
    pub fn note(&self, file: &Path, around: &mut Around) -> Outcome {
        let text = read(file)?;
        let brings = self.written(PartKind::Note, self.case.next().note, &text, around)?;
        self.state(Act::Note, 0, brings).map(Answer::Document)
    }

    /// Corrects the coding, where the file brings one, and says what was verified, one statement an act.
    ///
    /// # Errors
    /// When the file is not such a document, a code does not exist, or the server refuses.
    pub fn code(&self, file: &Path, around: &mut Around) -> Outcome {
        let corrected =
            Corrected::read(&read(file)?).map_err(|fault| Failure::refused(format!("{}: {fault}", file.display())))?;
        let mut answers = Vec::new();
        if let Some(coding) = corrected.coding {
            answers.push(self.correct(coding, around)?);
        }
        let counted = corrected.verification.counted.words();
        for verified in &corrected.verification.acts {
            let mut brings = Brings::default();
            brings.tell("act", verified.code.as_str())?;
            brings.tell("status", verified.status.as_str())?;
            if let Some(incident) = &corrected.verification.incident {
                brings.tell("link", &incident.link)?;
                brings.tell("incident", &incident.report)?;
            }
            if let Some(source) = &corrected.verification.source {
                brings.tell("source", source)?;
            }
            for (key, word) in &counted {
                brings.tell(key, word)?;
            }
            answers.push(self.state(Act::Verify, answers.len(), brings)?);
        }
        Ok(Answer::Document(json!({ "report": self.case.history.report(), "statements": answers })))
    }

    fn correct(&self, mut coding: Coding, around: &mut Around) -> Result<Value, Failure> {
        let (agreed, counting) = (self.facets()?, &self.home.country.consent().statistics().purpose);
        // Consent is the person's, whatever the file says of it.
        coding.consent = report::Answer::Given(agreed.consent().to_vec());
        coding.statistics = report::Answer::Given(agreed.consents_to(counting.as_str()));
        coding.check(&self.home.country, around.today).map_err(|faults| crate::field_faults(&faults))?;
        // How long ago it was is as of filing, whenever it is coded.
        let facets = Facets::project(&coding, &self.home.country, self.case.filed).to_bytes();
        let mut brings = self.written(PartKind::Coding, self.case.next().coding, &coding.to_bytes(), around)?;
        brings.facets = Some(String::from_utf8(facets).map_err(|_| Failure::refused("the facets are not text"))?);
        self.state(Act::Code, 0, brings)
    }

    /// Ends the work.
    ///
    /// # Errors
    /// When the outcome is no code, or the server refuses.
    pub fn close(&self, outcome: &str) -> Outcome {
        self.check_outcome(outcome)?;
        let mut brings = Brings::default();
        brings.tell("outcome", outcome)?;
        self.state(Act::Close, 0, brings).map(Answer::Document)
    }

    fn check_outcome(&self, outcome: &str) -> Result<(), Failure> {
        let known = self.home.country.taxonomy().term("outcome", outcome).is_some();
        if known { Ok(()) } else { Err(Failure::usage("not an outcome of the taxonomy")) }
    }

    /// Stops the clock of the answer.
    ///
    /// # Errors
    /// When the reason is no code, it stands still already, or the server refuses.
    pub fn pause(&self, reason: &str) -> Outcome {
        if self.home.country.taxonomy().term("pause_reason", reason).is_none() {
            return Err(Failure::usage("not a reason for a pause of the taxonomy"));
        }
        let mut brings = Brings::default();
        brings.tell("reason", reason)?;
        self.state(Act::Pause, 0, brings).map(Answer::Document)
    }

    /// Lets the clock of the answer run again.
    ///
    /// # Errors
    /// When it runs, or the server refuses.
    pub fn resume(&self) -> Outcome {
        self.state(Act::Resume, 0, Brings::default()).map(Answer::Document)
    }

    /// Opens a closed case again.
    ///
    /// # Errors
    /// When it is not closed, or the server refuses.
    pub fn reopen(&self) -> Outcome {
        self.state(Act::Reopen, 0, Brings::default()).map(Answer::Document)
    }

    pub(super) fn facets(&self) -> Result<&Facets, Failure> {
        self.case.facets().ok_or_else(|| Failure::refused("the report has no facets"))
    }

    /// A part of this institution's own, granted to itself, and to the reporter unless it is a note.
    pub(super) fn written(
        &self,
        kind: PartKind,
        number: u16,
        text: &[u8],
        around: &mut Around,
    ) -> Result<Brings, Failure> {
        let part =
            PartName::numbered(kind, number.max(1)).map_err(|_| Failure::refused("too many parts of this kind"))?;
        let history = &self.case.history;
        let signer = self.session.keys()?.signing().public();
        let context = Context { report: history.report(), signer, receipt: history.receipt().clone() };
        let sealed =
            seal_part(&context, part, text, &mut around.rng).map_err(|fault| Failure::refused(fault.to_string()))?;
        let mut brings = Brings::default();
        if kind != PartKind::Note {
            brings.grants.push(self.grant(&sealed.identity, part, Grantee::Receipt(history.receipt()), around)?);
        }
        let me = self.session.keys()?.institution();
        let able = self.session.directory.eligible(self.facets()?);
        let own = able.get(me).zip(self.session.directory.institution(me));
        let (eligible, listed) = own.ok_or_else(|| Failure::refused(format!("{me}: may not receive this report")))?;
        brings.grants.push(self.grant(&sealed.identity, part, Grantee::Institution(eligible, listed), around)?);
        brings.parts.push(sealed);
        Ok(brings)
    }

    pub(super) fn grant(
        &self,
        identity: &PartIdentity,
        part: PartName,
        to: Grantee<'_>,
        around: &mut Around,
    ) -> Result<Grant, Failure> {
        self.grant_for(self.home.country.consent().keep().purpose.clone(), (part, identity), to, around)
    }

    /// The key of a part, sealed to a reader for a purpose.
    pub(super) fn grant_for(
        &self,
        purpose: Code,
        (part, identity): (PartName, &PartIdentity),
        to: Grantee<'_>,
        around: &mut Around,
    ) -> Result<Grant, Failure> {
        let what = Granted { report: self.case.history.report(), part, identity };
        let grant = seal_grant(&what, to, Terms { purpose, when: When::Now }, &mut around.rng);
        grant.map_err(|fault| Failure::refused(fault.to_string()))
    }

    /// Signs and sends a statement; `later` counts those sent since the case was fetched.
    pub(super) fn state(&self, act: Act, later: usize, brings: Brings) -> Result<Value, Failure> {
        let (history, directory) = (&self.case.history, self.session.directory.body());
        let key = self.session.keys()?.signing();
        let before = history.statements().iter().filter(|one| one.body().signer == key.public()).count() + later;
        let body = Body {
            version: Version1,
            act,
            report: history.report(),
            sequence: u32::try_from(before).map_err(|_| Failure::refused("too many statements"))?,
            first: history.statements().first().map(Statement::sha256),
            from: Author::Institution(self.session.keys()?.institution().clone()),
            signer: key.public(),
            directory: directory.version,
            registry: directory.registry.clone(),
            taxonomy: directory.taxonomy.clone(),
            facets: brings.facets.as_ref().map(|facets| sha256(facets.as_bytes())),
            receipt: None,
            lookup: None,
            parts: brings.parts.iter().map(|part| part.line.clone()).collect(),
            grants: brings.grants.iter().map(|grant| grant.line.clone()).collect(),
            detail: brings.detail,
        };
        let statement = Statement::make(body).map_err(|refusal| Failure::refused(refusal.code()))?;
        let envelope = Envelope {
            signature: statement.sign(&key),
            statement,
            facets: brings.facets,
            uploads: BTreeMap::new(),
            parts: brings.parts.into_iter().map(|part| (part.line.part, part.sealed)).collect(),
            grants: brings.grants.into_iter().map(|grant| grant.sealed).collect(),
        };
        let bytes = envelope.write().map_err(|refusal| Failure::refused(refusal.code()))?;
        let path = format!("/api/v1/reports/{}/statements", history.report());
        self.session.door.json(&Ask::post(&path, MEDIA_TYPE, &bytes))
    }
}

impl Brings {
    pub(super) fn tell(&mut self, name: &str, word: &str) -> Result<(), Failure> {
        let token = |text: &str| {
            Token::try_from(text).map_err(|_| Failure::usage("a code is letters, digits and - _ . : / only"))
        };
        self.detail.insert(token(name)?, token(word)?);
        Ok(())
    }
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::file(path, &error))
}
