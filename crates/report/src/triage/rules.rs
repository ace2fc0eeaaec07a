//! The rules of `triage.toml`.

use serde::{Deserialize, Serialize};
use toml::Spanned;
use validator::Validate;

use super::{Assessment, Clock, Codes, Reason, Recency, Signals};
use crate::day::Day;
use crate::fault::{Draft, Fault, Page, note_invalid};
use crate::identifiers::{Code, InstitutionCode};
use crate::sources::Sources;
use crate::taxonomy::Taxonomy;

const FILE: &str = "triage.toml";

/// The rules of urgency, and the deadlines of procedure.
#[derive(Debug, Clone, Serialize)]
pub struct TriageRules {
    /// The urgency flag that says the danger continues.
    danger: Code,
    /// The clock act rules cannot go below when the event is long past, and the clock of imports.
    late: Clock,
    stated: Reason,
    standard: Reason,
    urgency: Vec<UrgencyRule>,
    rules: Vec<Rule>,
    #[serde(skip)]
    deadlines: Vec<Deadline>,
}

/// A deadline of procedure, as data; a benchmark unless a law says otherwise.
#[derive(Debug, Clone, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Its code, such as `acknowledge`.
    pub code: Code,
    /// Days after what `since` names.
    #[validate(range(min = 1, max = 4000))]
    pub days: i32,
    /// What it is counted from.
    pub since: Since,
    /// Days for which it may stand still in all, for reasons the reporter sees; then it runs on.
    #[serde(default)]
    #[validate(range(min = 0, max = 4000))]
    pub pause_days: i32,
    /// Whose it is: absent for the mechanism's own, otherwise an institution's code.
    #[serde(default)]
    pub institution: Option<InstitutionCode>,
    /// Whether a law binds (otherwise a benchmark).
    #[serde(default)]
    pub binding: bool,
    /// Where the number comes from.
    pub source: String,
}

/// What a deadline is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Since {
    /// The day the report was kept.
    Filed,
    /// The day an institution was asked to act.
    Referred,
    /// The day the reporter withdrew it.
    Withdrawn,
    /// The day of a decision outside the mechanism.
    Decision,
}

impl Deadline {
    /// The last day of the deadline.
    pub fn due(&self, begins: Day) -> Day {
        begins.plus(self.days)
    }
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct UrgencyRule {
    code: Code,
    /// Whether the flag stays in the protected projection.
    #[serde(default)]
    protected: bool,
    any: Vec<Clause>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    id: Code,
    reason: Code,
    clock: Clock,
    any: Vec<Clause>,
}

/// Everything a clause names must hold; of a list, one entry is enough.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
struct Clause {
    #[serde(skip_serializing_if = "Codes::is_empty")]
    acts: Codes,
    #[serde(skip_serializing_if = "Codes::is_empty")]
    categories: Codes,
    #[serde(skip_serializing_if = "Codes::is_empty")]
    flags: Codes,
    #[serde(skip_serializing_if = "Codes::is_empty")]
    vulnerability: Codes,
    #[serde(skip_serializing_if = "Codes::is_empty")]
    age_band: Codes,
    #[serde(skip_serializing_if = "Codes::is_empty")]
    harm: Codes,
    #[serde(skip_serializing_if = "Codes::is_empty")]
    needs: Codes,
    #[serde(skip_serializing_if = "Codes::is_empty")]
    accused: Codes,
    #[serde(skip_serializing_if = "Codes::is_empty")]
    urgency: Codes,
    #[serde(skip_serializing_if = "Option::is_none")]
    danger: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reprisal: Option<bool>,
    /// Longest recency at which the clause holds; an unknown date and a danger that continues always pass. Absent: whenever.
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<Recency>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema_version")]
    _schema_version: u32,
    danger: Code,
    late: Clock,
    stated: Reason,
    standard: Reason,
    urgency: Vec<Spanned<UrgencyRule>>,
    rule: Vec<Spanned<Rule>>,
    deadline: Vec<Spanned<Deadline>>,
}

impl TriageRules {
    /// What is wrong with `triage.toml` in itself.
    pub(crate) fn shape(sources: &Sources) -> Vec<Fault> {
        Page::shape::<File>(sources, FILE)
    }

    /// Reads `triage.toml`.
    pub(crate) fn draft(sources: &Sources, taxonomy: &Taxonomy) -> Draft<Self> {
        let mut page = Page::open(sources, FILE)?;
        let file: File = page.parse()?;
        let known: Codes = file.urgency.iter().map(|rule| rule.get_ref().code.clone()).collect();
        for rule in &file.urgency {
            rule.get_ref().any.iter().for_each(|clause| clause.check(&mut page, &rule.span(), (taxonomy, &known)));
        }
        let mut seen = Codes::new();
        for rule in &file.rule {
            if !seen.insert(rule.get_ref().id.clone()) {
                page.note(&rule.span(), "duplicate-code", "a rule of this id stands above");
            }
            rule.get_ref().any.iter().for_each(|clause| clause.check(&mut page, &rule.span(), (taxonomy, &known)));
        }
        for deadline in &file.deadline {
            if let Err(errors) = deadline.get_ref().validate() {
                note_invalid(&mut page, &deadline.span(), &errors);
            }
        }
        let rules = Self {
            danger: file.danger,
            late: file.late,
            stated: file.stated,
            standard: file.standard,
            urgency: file.urgency.into_iter().map(Spanned::into_inner).collect(),
            rules: file.rule.into_iter().map(Spanned::into_inner).collect(),
            deadlines: file.deadline.into_iter().map(Spanned::into_inner).collect(),
        };
        Ok((rules, page.close()))
    }

    /// The deadlines of procedure.
    pub fn deadlines(&self) -> &[Deadline] {
        &self.deadlines
    }

    /// The clock of the answer: until when the reporter must have heard from whoever answers for the report.
    pub fn feedback(&self) -> Option<&Deadline> {
        self.deadline("feedback")
    }

    /// Until when an institution that was asked answers: its own deadline, else the mechanism's; a shorter one for a vital interest.
    pub fn answer(&self, institution: &InstitutionCode, is_vital: bool) -> Option<&Deadline> {
        let code = if is_vital { "answer-vital" } else { "answer" };
        let own = |deadline: &&Deadline| deadline.code == *code && deadline.institution.as_ref() == Some(institution);
        self.deadlines.iter().find(own).or_else(|| self.deadline(code))
    }

    /// A deadline of the mechanism's own.
    pub fn deadline(&self, code: &str) -> Option<&Deadline> {
        self.deadlines.iter().find(|deadline| deadline.code == *code && deadline.institution.is_none())
    }

    /// The urgency flag that says the danger continues.
    pub fn danger(&self) -> &Code {
        &self.danger
    }

    /// The reason that stands when the device, which saw more, set a shorter clock.
    pub fn stated(&self) -> Reason {
        self.stated.clone()
    }

    /// The reason that stands when no rule applies but the acts' own clocks.
    pub fn standard(&self) -> Reason {
        self.standard.clone()
    }

    /// Every urgency flag there can be, and whether it stays in the protected projection.
    pub fn urgency_flags(&self) -> impl Iterator<Item = (&Code, bool)> {
        self.urgency.iter().map(|rule| (&rule.code, rule.protected))
    }

    /// The key of every reason there can be, for the catalogues.
    pub fn reason_keys(&self) -> impl Iterator<Item = &Code> {
        let own = [&self.stated.key, &self.standard.key];
        self.rules.iter().map(|rule| &rule.reason).chain(own)
    }

    /// The urgency flags that the signals raise.
    pub fn urgency(&self, signals: &Signals) -> Codes {
        let raised = self.urgency.iter().filter(|rule| rule.any.iter().any(|clause| clause.holds(signals)));
        raised.map(|rule| rule.code.clone()).collect()
    }

    /// Clock, severity and reasons. Rules only shorten the clock.
    pub fn assess(&self, signals: &Signals, taxonomy: &Taxonomy) -> Assessment {
        let acts = || signals.acts.iter().filter_map(|code| taxonomy.act(code.as_str()));
        let severity = acts().map(|act| act.severity).max().unwrap_or(3);
        let by_act = acts().map(|act| act.clock).min().unwrap_or(self.late);
        let standard = if acts_count(signals) { by_act } else { by_act.max(self.late) };
        let applying = self.rules.iter().filter(|rule| signals.protective && rule.holds(signals));
        let mut found: Vec<(Clock, Reason)> =
            applying.map(|rule| (rule.clock, Reason { rule: rule.id.clone(), key: rule.reason.clone() })).collect();
        found.sort_by_key(|(clock, _)| *clock);
        if found.first().is_none_or(|(clock, _)| standard < *clock) {
            found.insert(0, (standard, self.standard.clone()));
        }
        let clock = found.first().map_or(self.late, |(clock, _)| *clock);
        let reasons = found.into_iter().map(|(_, reason)| reason).collect();
        Assessment { clock, severity, reasons, runs: signals.protective }
    }
}

/// Whether the acts' own clocks apply: the event is recent, of unknown date, or the danger continues, and this is no import.
fn acts_count(signals: &Signals) -> bool {
    signals.protective && Clause { within: Some(Recency::Days7), ..Clause::default() }.holds(signals)
}

impl Rule {
    fn holds(&self, signals: &Signals) -> bool {
        self.any.iter().any(|clause| clause.holds(signals))
    }
}

impl Clause {
    /// The codes wanted, with their list, in the order of [`Signals::sets`].
    fn codes(&self) -> [(&'static str, &Codes); 9] {
        [
            ("act", &self.acts),
            ("category", &self.categories),
            ("flag", &self.flags),
            ("vulnerability", &self.vulnerability),
            ("age_band", &self.age_band),
            ("harm", &self.harm),
            ("need", &self.needs),
            ("perpetrator_kind", &self.accused),
            ("urgency", &self.urgency),
        ]
    }

    fn holds(&self, signals: &Signals) -> bool {
        let recent =
            |within: Recency| signals.recency == Recency::Unknown || signals.danger || signals.recency <= within;
        self.danger.is_none_or(|danger| danger == signals.danger)
            && self.reprisal.is_none_or(|reprisal| reprisal == signals.reprisal)
            && self.within.is_none_or(recent)
            && self
                .codes()
                .iter()
                .zip(signals.sets())
                .all(|((_, want), have)| want.is_empty() || !want.is_disjoint(have))
    }

    fn check(&self, page: &mut Page<'_>, span: &std::ops::Range<usize>, (taxonomy, urgency): (&Taxonomy, &Codes)) {
        for (list, codes) in self.codes() {
            for code in codes {
                match list {
                    "urgency" if urgency.contains(code) => {}
                    "urgency" => page.note(span, "unknown-code", format!("{code} is no urgency flag")),
                    _ => taxonomy.need(page, span, (list, code)),
                }
            }
        }
    }
}
