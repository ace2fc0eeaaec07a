//! What is counted: the rows of one snapshot, as `statistics` takes them.

use report::{Day, ReportId};
use statistics::{Counted, Referral, Rows, Verified};
use store::Incident;

use crate::Dashboard;

/// What a member found that is no violation is not counted.
const NOT_FOUND: &str = "VS-NOT";
/// The kind of recipient of who is in the registry no more, or not for that purpose.
const UNKNOWN_KIND: &str = "unknown";

/// What is counted: verified reports, and the referrals of those that are told openly.
pub(crate) fn rows(dashboard: &Dashboard, incidents: &[Incident]) -> Rows {
    let mut rows = Rows::default();
    for incident in incidents {
        let Some(report) = counted(dashboard, incident) else { continue };
        if report.consent == Some(true) && !report.protected {
            rows.referrals.extend(incident.referrals.iter().filter_map(|one| referred(dashboard, one)));
        }
        rows.reports.push(report);
    }
    rows
}

/// One referral as it is counted: by the kind of recipient that the institution is for its purpose.
fn referred(dashboard: &Dashboard, one: &store::Referral) -> Option<Referral> {
    let (id, _) = one.statement.as_bytes().split_first_chunk()?;
    let asked = dashboard.registry().get(&one.recipient);
    let kind = asked.and_then(|asked| asked.recipients.kinds(one.purpose.as_str()).first().cloned());
    let days = |answered: Day| answered.number().saturating_sub(one.day.number());
    Some(Referral {
        referral: ReportId::new(*id),
        source: one.author.to_string(),
        recipient_kind: kind.or_else(|| UNKNOWN_KIND.parse().ok())?,
        referred: one.day,
        answered: one.answered.map(|answered| u32::try_from(days(answered)).unwrap_or_default()),
    })
}

/// One verified report as it is counted. What a member found to be no violation is not counted.
fn counted(dashboard: &Dashboard, incident: &Incident) -> Option<Counted> {
    let is_one = incident.verifications.iter().any(|one| one.status != *NOT_FOUND);
    let id = ReportId::new(incident.incident);
    let (facets, found) = (&incident.facets, incident.found.as_ref());
    let verified = Verified { incident: id, source: &incident.source, facets, found };
    is_one.then(|| Counted::of(&verified, &dashboard.founded().plan, dashboard.country()))
}
