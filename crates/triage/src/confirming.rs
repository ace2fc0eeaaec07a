//! Vital interests that wait for a second member: on the queue until somebody confirms, an alarm when nobody did in time.

use report::InstitutionCode;
use schemars::JsonSchema;
use serde::Serialize;
use store::{Moment, Referral};
use web::{Member, Problem};
use words::{Language, text};

use crate::Dashboard;
use crate::allowing::is_second;
use crate::standing::reference;

/// One referral that waits for a second member.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Waiting {
    /// The report.
    pub report: String,
    /// Who was asked.
    pub to: String,
    /// Hours left; nought or less when it was not confirmed in time.
    pub left: i32,
    /// Whether the time is over.
    pub is_late: bool,
    /// The same in words.
    pub text: String,
    /// Its first letters, enough to speak about it.
    #[serde(skip)]
    pub reference: String,
    /// The statement to confirm, where whoever looks may do that.
    #[serde(skip)]
    pub confirm: Option<String>,
}

/// What this institution referred for a vital interest and nobody has confirmed, the oldest first.
pub(crate) async fn unconfirmed(
    dashboard: &Dashboard,
    member: &Member,
    language: Language,
) -> Result<Vec<Waiting>, Problem> {
    let snapshot = dashboard.store().snapshot().await?;
    let waiting = snapshot.unconfirmed(&member.institution).await?;
    Ok(waiting.into_iter().map(|one| line(dashboard, (one.report, &one.recipient), one.until, language)).collect())
}

/// The same of one case, each with what this member may confirm.
pub(crate) fn of_case(dashboard: &Dashboard, member: &Member, case: &store::Case, language: Language) -> Vec<Waiting> {
    let one = |referral: &Referral| {
        let until = referral.confirm?;
        let mut waiting = line(dashboard, (case.thread.report, &referral.recipient), until, language);
        waiting.confirm = is_second(referral, member).then(|| referral.statement.to_string());
        Some(waiting)
    };
    case.thread.referrals.iter().filter_map(one).collect()
}

fn line(
    dashboard: &Dashboard,
    (report, to): (report::ReportId, &InstitutionCode),
    until: Moment,
    language: Language,
) -> Waiting {
    let left = until.hour().saturating_sub(dashboard.now().hour());
    let is_late = left <= 0;
    let key = if is_late { "dashboard-vital-late" } else { "dashboard-vital-waits" };
    let name = dashboard.proposing(language).name(to);
    let told = dashboard.telling(language).left(left);
    Waiting {
        report: report.to_string(),
        to: to.to_string(),
        left,
        is_late,
        text: text(language, key, &[("institution", &name), ("left", &told)]),
        reference: reference(report),
        confirm: None,
    }
}
