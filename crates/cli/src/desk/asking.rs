//! Asking another institution: with consent, for a vital interest, with a note written for it; and handing a report over.

use std::path::Path;

use report::{Area, Code, InstitutionCode, PartKind, PartName};
use serde_json::{Value, json};
use vault::{Act, Grantee};

use super::act::{Brings, Work, read};
use super::hazard;
use crate::command::Refer;
use crate::door::Ask;
use crate::{Answer, Around, Failure, Outcome};

/// What a referral rests on that consent does not gate.
const VITAL: &str = "vital-interest";

impl Work<'_> {
    /// Grants parts, or a note written afresh, to another institution that may act for a purpose.
    ///
    /// # Errors
    /// When it is shut out or not on the system, a hazard was not accepted, a part does not open, or the server refuses.
    pub fn refer(&self, asked: &Refer, around: &mut Around) -> Outcome {
        let code: InstitutionCode =
            asked.institution.parse().map_err(|_| Failure::usage("not the code of an institution"))?;
        let purpose: Code = asked.purpose.parse().map_err(|_| Failure::usage("not the code of a purpose"))?;
        let hears = self.check_hazard(&code, asked, around)?;
        let (notes, others): (Vec<&String>, Vec<&String>) =
            asked.parts.iter().partition(|part| part.split('/').next() == Some(PartKind::Note.as_str()));
        let mut brings = match self.note_text(asked.note.as_deref(), &notes)? {
            Some(text) => self.note_for((&code, &purpose), &text, around)?,
            None => Brings::default(),
        };
        for part in &others {
            let part: PartName = part.parse().map_err(|_| Failure::usage("not the name of a part"))?;
            let identity = self.case.key(self.session, part)?.identity().for_granting();
            let identity = identity.map_err(|_| Failure::refused(format!("{part}: its key is none")))?;
            let grant = self.grant_for(purpose.clone(), (part, &identity), self.reader(&code)?.grantee(), around)?;
            brings.grants.push(grant);
        }
        let basis = asked.basis.clone().or_else(|| self.is_required((&code, &purpose), others.is_empty()));
        brings.tell("to", code.as_str())?;
        brings.tell("purpose", purpose.as_str())?;
        let due = asked.due.map(|day| day.to_string());
        for (key, word) in [("basis", &basis), ("hazard", &asked.accept_hazard.first().cloned()), ("due", &due)] {
            word.as_ref().map_or(Ok(()), |word| brings.tell(key, word))?;
        }
        let mut kept = self.state(Act::Refer, 0, brings)?;
        if let Some(told) = kept.as_object_mut() {
            told.insert("will_hear".to_owned(), Value::Array(hears));
            told.insert("basis".to_owned(), json!(basis.unwrap_or_else(|| "consent".to_owned())));
        }
        Ok(Answer::Document(kept))
    }

    /// A required referral with a note alone rests on the child's vital interest where the person has not agreed: it need not be said.
    /// Who is required depends on who is on the system, which the server knows; it holds the referral to the rule either way.
    fn is_required(&self, (code, purpose): (&InstitutionCode, &Code), is_note: bool) -> Option<String> {
        if !is_note {
            return None;
        }
        let path = format!("/api/v1/reports/{}/routes", self.case.history.report());
        let routes: Value = self.session.door.json(&Ask::get(&path)).ok()?;
        let says = |line: &Value, key: &str, word: &str| line.get(key).and_then(Value::as_str) == Some(word);
        let fits = routes.get("required")?.as_array()?.iter().any(|line| {
            says(line, "institution", code.as_str())
                && says(line, "purpose", purpose.as_str())
                && says(line, "agreement", VITAL)
        });
        fits.then(|| VITAL.to_owned())
    }

    /// What a note for somebody else says: the file, or a note of ours, opened to be written afresh.
    fn note_text(&self, file: Option<&Path>, notes: &[&String]) -> Result<Option<Vec<u8>>, Failure> {
        let known = || self.case.open_parts().filter(|part| part.kind() == PartKind::Note);
        match (file, notes) {
            (Some(file), []) => read(file).map(Some),
            (None, []) => Ok(None),
            (None, [one]) => {
                let named = known().filter(|part| part.to_string() == **one || *one == PartKind::Note.as_str()).last();
                let named = named.ok_or_else(|| Failure::refused(format!("{one}: no such note of ours")))?;
                Ok(Some(self.case.open(self.session, named)?.content.to_vec()))
            }
            _ => Err(Failure::usage("one note at a time")),
        }
    }

    /// A note for another institution, which we keep the key of too.
    fn note_for(
        &self,
        (code, purpose): (&InstitutionCode, &Code),
        text: &[u8],
        around: &mut Around,
    ) -> Result<Brings, Failure> {
        let mut brings = self.written(PartKind::Note, self.case.next().note, text, around)?;
        let reader = self.reader(code)?;
        let mut grants = Vec::new();
        for part in &brings.parts {
            let grant = self.grant_for(purpose.clone(), (part.line.part, &part.identity), reader.grantee(), around)?;
            grants.push(grant);
        }
        brings.grants.extend(grants);
        Ok(brings)
    }

    /// Somebody who may receive this report and is on the system.
    fn reader(&self, code: &InstitutionCode) -> Result<Able, Failure> {
        let able = self.session.directory.eligible(self.facets()?);
        let eligible =
            able.get(code).cloned().ok_or_else(|| Failure::refused(format!("{code}: may not receive this report")))?;
        let listed = self.session.directory.institution(code).cloned();
        Ok(Able { eligible, listed: listed.ok_or_else(|| Failure::refused(format!("{code}: not on the system")))? })
    }

    /// The closure first, then whoever would hear of it through this institution.
    fn check_hazard(&self, code: &InstitutionCode, asked: &Refer, around: &Around) -> Result<Vec<Value>, Failure> {
        if self.case.history.closure(&self.session.directory).contains(code) {
            return Err(Failure::refused(format!("{code}: {}", self.why_shut_out(code, around)?)));
        }
        let hearings = routing::will_hear(self.facets()?, &self.home.registry, around.today, [code]);
        hazard::check(&hearings, &asked.accept_hazard)
            .map_err(|open| Failure::refused(format!("{code}: {}", hazard::tell(&open, around))))?;
        Ok(hazard::lines(&hearings, around))
    }

    /// The registry's reason, where the facets now in force still give one.
    fn why_shut_out(&self, code: &InstitutionCode, around: &Around) -> Result<String, Failure> {
        let facets = self.facets()?;
        let area = facets.area().cloned().unwrap_or_else(Area::unknown);
        let closure = self.home.registry.closure(facets.accused(), &area);
        let reason = closure.iter().find(|(shut, _)| *shut == code).map(|(_, reason)| around.reason(reason));
        Ok(reason.unwrap_or_else(|| around.say("reason-accused", &[])))
    }

    /// Confirms every referral of this report that waits for a second member.
    ///
    /// # Errors
    /// When none waits, this member made it, or the server refuses.
    pub fn confirm(&self) -> Outcome {
        let mut answers = Vec::new();
        for referral in self.case.unconfirmed() {
            let mut brings = Brings::default();
            brings.tell("referral", referral)?;
            answers.push(self.state(Act::Confirm, answers.len(), brings)?);
        }
        if answers.is_empty() {
            return Err(Failure::refused("nothing here waits for a second member"));
        }
        Ok(Answer::Document(json!({ "report": self.case.history.report(), "statements": answers })))
    }

    /// Hands the report to another lead: what we can open of what the reporter agreed to have kept, and a note.
    ///
    /// # Errors
    /// When it is shut out, not on the system, or no lead, a part does not open, or the server refuses.
    pub fn hand_over(&self, institution: &str, note: Option<&Path>, around: &mut Around) -> Outcome {
        let code: InstitutionCode =
            institution.parse().map_err(|_| Failure::usage("not the code of an institution"))?;
        let keep = self.home.country.consent().keep().clone();
        let mut brings = match note {
            Some(file) => self.note_for((&code, &keep.purpose), &read(file)?, around)?,
            None => Brings::default(),
        };
        let agreed = self.facets()?.consent().iter().find(|row| row.purpose == keep.purpose);
        let kinds = agreed.map_or(&[][..], |row| row.parts.as_slice());
        for part in self.case.open_parts().filter(|part| kinds.contains(&part.kind())) {
            let identity = self.case.key(self.session, part)?.identity().for_granting();
            let identity = identity.map_err(|_| Failure::refused(format!("{part}: its key is none")))?;
            let reader = self.reader(&code)?;
            brings.grants.push(self.grant_for(keep.purpose.clone(), (part, &identity), reader.grantee(), around)?);
        }
        brings.tell("to", code.as_str())?;
        self.state(Act::HandOver, 0, brings).map(Answer::Document)
    }
}

/// An institution that parts can be sealed to.
struct Able {
    eligible: routing::Eligible,
    listed: vault::Listed,
}

impl Able {
    fn grantee(&self) -> Grantee<'_> {
        Grantee::Institution(&self.eligible, &self.listed)
    }
}
