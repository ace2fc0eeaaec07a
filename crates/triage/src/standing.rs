//! How a report stands for one institution: why it is urgent, how long is left, what it is to them.

use report::triage::{Assessment, assess};
use report::{Facets, InstitutionCode, ReportId};
use store::{Moment, QueueRow, Thread};
use web::Member;
use words::Language;

use crate::Dashboard;
use crate::telling::Telling;

/// How a report stands today.
pub(crate) struct Standing<'a> {
    telling: Telling<'a>,
    assessment: Assessment,
    due: Option<Moment>,
    now: Moment,
    lead: Option<&'a InstitutionCode>,
    alternate: Option<&'a InstitutionCode>,
}

impl<'a> Standing<'a> {
    /// As the queue has it.
    pub fn of_row(dashboard: &'a Dashboard, row: &'a QueueRow, language: Language) -> Self {
        Self {
            lead: row.lead.as_ref(),
            alternate: row.alternate.as_ref(),
            ..Self::of(dashboard, (&row.facets, row.due), language)
        }
    }

    /// As the case has it.
    pub fn of_thread(dashboard: &'a Dashboard, thread: &'a Thread, language: Language) -> Self {
        Self {
            lead: thread.lead.as_ref(),
            alternate: thread.alternate.as_ref(),
            ..Self::of(dashboard, (&thread.facets, thread.due), language)
        }
    }

    fn of(dashboard: &'a Dashboard, (facets, due): (&Facets, Option<Moment>), language: Language) -> Self {
        let telling = dashboard.telling(language);
        let assessment = assess(facets, dashboard.country());
        Self { telling, assessment, due, now: dashboard.now(), lead: None, alternate: None }
    }

    /// Why it is urgent: a child alone first, then the rules by weight. Codes with sentences.
    pub fn reasons(&self) -> Vec<(String, String)> {
        let mut reasons: Vec<_> = self.assessment.reasons.iter().collect();
        reasons.sort_by_key(|reason| reason.key != *Facets::CHILD_ALONE);
        let mut told: Vec<(String, String)> = Vec::new();
        for reason in reasons {
            let text = self.telling.why(reason.key.as_str());
            if told.iter().all(|(_, known)| *known != text) {
                told.push((reason.rule.to_string(), text));
            }
        }
        told
    }

    /// Hours left until somebody must have helped; none once somebody has.
    pub fn hours_left(&self) -> Option<i32> {
        Some(self.due?.hour().saturating_sub(self.now.hour()))
    }

    /// What the report is to this institution: the word for programs, and the key of the one for people.
    pub fn mine(&self, member: &Member) -> (&'static str, &'static str) {
        let is = |code: Option<&InstitutionCode>| code == Some(&member.institution);
        if is(self.lead) {
            ("lead", "dashboard-mine-lead")
        } else if is(self.alternate) {
            ("alternate", "dashboard-mine-alternate")
        } else {
            ("referred", "dashboard-mine-referred")
        }
    }
}

/// The first eight digits: enough to speak about a report.
pub(crate) fn reference(report: ReportId) -> String {
    report.to_string().chars().take(8).collect()
}
