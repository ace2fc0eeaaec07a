//! What a reader of a case is not told.

use report::{Country, InstitutionCode, PartKind};

use super::Thread;
use crate::rows::{ENDED, HELD, KEEP, LIVE};

impl Thread {
    /// Whether nobody can read it although the reporter wants it read: whoever could is shut out by now or has left, and nobody stands
    /// ready. Only the reporter can open it to somebody else.
    pub fn is_alone(&self) -> bool {
        let is_open = self.stage.is_open() && self.withdrawn.is_none();
        let is_wanted = self.facets.consents_to(KEEP);
        is_open && is_wanted && !self.readers.iter().any(|reading| matches!(reading.state.as_str(), LIVE | HELD))
    }

    /// While a report is taken back nobody reads it: whoever could is told as who could until then, and nobody stands ready.
    pub(super) fn end_readings(&mut self) {
        let Some(day) = self.withdrawn else { return };
        self.readers.retain(|reading| reading.state != HELD);
        for reading in self.readers.iter_mut().filter(|reading| reading.state == LIVE) {
            (reading.state, reading.until) = (ENDED.to_owned(), Some(day));
        }
    }

    /// What an institution wrote for itself is nobody else's, but for a note it wrote for this reader.
    pub(super) fn keep_notes_apart(&mut self, institution: &InstitutionCode) {
        let own = institution.to_string();
        self.statements.retain(|statement| statement.act != "note" || statement.author == own);
        let is_note = |kind: PartKind| kind == PartKind::Note;
        self.parts.retain(|part| !is_note(part.name.kind()) || part.author == own || !part.grants.is_empty());
        let known: Vec<_> = self.parts.iter().map(|part| part.name).collect();
        self.readers.retain(|reading| !is_note(reading.part.kind()) || known.contains(&reading.part));
    }

    /// For who was asked with a note alone: nothing of what happened, of who is accused, of who else was asked. The statements that
    /// stay are those needed to check the note; the facets they set are kept back.
    pub(super) fn keep_least(&mut self, institution: &InstitutionCode, country: &Country) {
        let own = institution.to_string();
        self.facets = self.facets.least(country);
        self.facets_text = String::from_utf8(self.facets.to_bytes()).unwrap_or_default();
        self.severity = report::triage::assess(&self.facets, country).severity;
        self.outcome = None;
        self.parts.retain(|part| !part.grants.is_empty());
        let brought: Vec<_> = self.parts.iter().map(|part| part.statement).collect();
        self.statements.retain(|row| row.act == "file" || row.author == own || brought.contains(&row.sha256));
        self.statements.iter_mut().for_each(|row| row.facets = None);
        self.readers.retain(|reading| reading.institution == *institution);
        self.referrals.retain(|referral| referral.recipient == *institution);
        self.alternate = None;
        self.through = None;
    }
}
