//! What a line of the ledger says.

use report::{Day, InstitutionCode, PartName, ReportId};
use serde::Serialize;

use crate::stated::Stated;

/// One thing that was done, as the exact JSON that is blinded into a leaf. Codes and ids only; never a person's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    act: String,
    day: String,
    by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
    #[serde(skip)]
    case: Option<ReportId>,
    #[serde(skip)]
    audience: Option<InstitutionCode>,
}

impl Event {
    /// `act`, done by an institution (`by` its code, with the member after a slash), the reporter or the server, on a day.
    pub fn new(act: &str, by: &str, day: Day) -> Self {
        Self {
            act: act.to_owned(),
            day: day.to_string(),
            by: by.to_owned(),
            report: None,
            statement: None,
            about: None,
            case: None,
            audience: None,
        }
    }

    /// A member opened a part of a report.
    pub(crate) fn read(report: ReportId, part: PartName, reader: (&InstitutionCode, &str), day: Day) -> Self {
        let (institution, member) = reader;
        Self::new("read", &format!("{institution}/{member}"), day).of(report).about(&part.to_string())
    }

    /// A member took something out: a table, the ledger.
    pub fn export(what: &str, reader: (&InstitutionCode, &str), day: Day) -> Self {
        let (institution, member) = reader;
        Self::new("export", &format!("{institution}/{member}"), day).about(what).heard_by(institution.clone())
    }

    /// It belongs to a report: who can read that may know of it, until the report is destroyed.
    #[must_use]
    pub fn of(mut self, report: ReportId) -> Self {
        self.report = Some(report.to_string());
        self.case = Some(report);
        self
    }

    /// What a statement says was done.
    pub(crate) fn stated(stated: &Stated, day: Day) -> Self {
        let body = stated.body();
        let by =
            stated.member.as_ref().map_or_else(|| body.from.to_string(), |member| format!("{}/{member}", body.from));
        let mut event = Self::new(body.act.as_str(), &by, day).of(body.report);
        event.statement = Some(stated.hash().to_string());
        event
    }

    /// What it was about: a code, the name of a part.
    #[must_use]
    pub fn about(mut self, what: &str) -> Self {
        self.about = Some(what.to_owned());
        self
    }

    /// This institution alone may know of it (where it belongs to no report).
    #[must_use]
    pub fn heard_by(mut self, institution: InstitutionCode) -> Self {
        self.audience = Some(institution);
        self
    }

    /// The report it belongs to.
    pub(crate) fn case(&self) -> Option<ReportId> {
        self.case
    }

    /// Who may know of it besides.
    pub(crate) fn audience(&self) -> Option<&InstitutionCode> {
        self.audience.as_ref()
    }

    /// The exact JSON.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}
