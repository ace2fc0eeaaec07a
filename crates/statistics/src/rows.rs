//! What is counted: the coded data set of each verified report, and each referral.

use report::found::{Direction, Persons};
use report::{Area, Code, Day, ReportId};
use serde::{Deserialize, Serialize};

/// The coded values that a member set when verifying one report. Reports of one incident carry one `incident`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// The incident; an unlinked report is its own, under its own id.
    pub incident: ReportId,
    /// Who the report is from: the filing organisation, an import's source column, or else the verifying institution.
    pub source: String,
    /// When it happened, as fine as it is known. Without it the report is counted in no table.
    #[serde(default)]
    pub period: Option<report::Period>,
    /// Where, at any tier; tables use the tier-2 area around it.
    #[serde(default)]
    pub area: Option<Area>,
    /// Kinds of acts reported.
    #[serde(default)]
    pub categories: Vec<Code>,
    /// Kinds of alleged perpetrators.
    #[serde(default)]
    pub perpetrators: Vec<Code>,
    /// Border segment, where the event was at one.
    #[serde(default)]
    pub segment: Option<Code>,
    /// Which way across it.
    #[serde(default)]
    pub direction: Direction,
    /// The people it happened to.
    #[serde(default)]
    pub persons: Vec<Persons>,
    /// Grounds of identity, as the reporter saw them.
    #[serde(default)]
    pub grounds: Vec<Code>,
    /// Consent to statistics: asked and given, asked and refused, or not answered.
    #[serde(default)]
    pub consent: Option<bool>,
    /// Whether the reporter's facets are the protected projection.
    #[serde(default)]
    pub protected: bool,
}

/// One referral of a verified report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    /// Its own id.
    pub referral: ReportId,
    /// The institution that referred.
    pub source: String,
    /// The kind of the institution asked.
    pub recipient_kind: Code,
    /// When it was asked.
    pub referred: Day,
    /// After how many days it answered; nothing when it did not.
    pub answered: Option<u32>,
}

/// All rows of one run, from one snapshot of the store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Verified reports.
    pub reports: Vec<Counted>,
    /// Referrals.
    pub referrals: Vec<Referral>,
}
