//! The coded half of REPORT.json: what happened, in codes, counts and vague dates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::answer::Answer;
use crate::consent::ConsentRow;
use crate::day::Day;
use crate::identifiers::{Area, Code, InstitutionCode, ReportId};
use crate::json::{self, JsonFault};
use crate::origin::Origin;

mod check;

pub use check::FieldFault;

/// What a person or an organisation reports, coded. Everything may be left out, asked in vain or refused.
///
/// Having one does not mean that its codes exist: [`Coding::check`] says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Coding {
    /// Language the reporter wants to be answered in (ISO 639).
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub language: Answer<Code>,
    /// Whether an interpreter helped.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub interpreter_used: Answer<bool>,
    /// Who reports (list `source_kind`).
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub source_kind: Answer<Code>,
    /// Whether the reporter speaks for somebody else.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub on_behalf: Answer<bool>,
    /// How the report came in (list `channel`).
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub channel: Answer<Code>,
    /// Whether the danger continues (list `danger`).
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub still_in_danger: Answer<Code>,
    /// When and where.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    #[validate(nested)]
    pub event: Answer<Event>,
    /// What was done. An empty list marks the report *to be coded*.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    #[validate(length(max = 50), nested)]
    pub acts: Answer<Vec<Act>>,
    /// Who is alleged to have done it.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    #[validate(length(max = 50), nested)]
    pub accused: Answer<Vec<Accused>>,
    /// To whom it was done, as groups.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    #[validate(length(max = 50), nested)]
    pub people: Answer<Vec<Group>>,
    /// What help is wanted now (list `need`).
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    #[validate(length(max = 50))]
    pub needs: Answer<Vec<Code>>,
    /// What it did to people.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    #[validate(length(max = 50), nested)]
    pub harm: Answer<Vec<Harm>>,
    /// Which part of who they are it was about, as perceived (list `identity_ground`).
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    #[validate(length(max = 50))]
    pub identity_ground: Answer<Vec<Code>>,
    /// What made the reporter think so (list `bias_indicator`).
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    #[validate(length(max = 50))]
    pub bias_indicator: Answer<Vec<Code>>,
    /// Whether the same kind of thing happened to them before.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub repeat: Answer<bool>,
    /// Whether somebody is made to suffer for reporting.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub reprisal: Answer<bool>,
    /// Which kinds of evidence exist (list `evidence_kind`).
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    #[validate(length(max = 50))]
    pub evidence: Answer<Vec<Code>>,
    /// Consent beyond keeping and answering. Empty: held for the receipt alone. Not asked or unanswered: keep and answer, since what
    /// nobody said yes to is no consent, and filing asks for an answer.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    #[validate(length(max = 50), nested)]
    pub consent: Answer<Vec<ConsentRow>>,
    /// Whether a person must look at these codes: an import could not read everything.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub to_code: Answer<bool>,
    /// The report that tells of the same event for the group this person is of: members link both, so that nobody is counted twice.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub same_event_as: Answer<ReportId>,
    /// Whether it may be counted. Not asked: counted, unless it touches sexual violence, children, health or vulnerability.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub statistics: Answer<bool>,
}

/// When and where it happened. Dates may be vague: `precision` says how vague.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// First day.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub from: Answer<Day>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub to: Answer<Day>,
    /// How well the dates are known (list `date_precision`).
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub precision: Answer<Code>,
    /// Territory, ISO country, `outside` or `UNKNOWN`.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub area: Answer<Area>,
    /// Border segment.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub segment: Answer<Code>,
    /// Border crossing or airport.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub crossing: Answer<Code>,
    /// Reception or detention facility.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub facility: Answer<Code>,
    /// Kind of place (list `place_kind`).
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub place_kind: Answer<Code>,
    /// The way people were moved, step by step.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    #[validate(length(max = 50), nested)]
    pub legs: Answer<Vec<Leg>>,
}

/// One step of being moved, such as one return of a chain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Leg {
    /// Where from.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub from: Answer<Area>,
    /// Where to.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub to: Answer<Area>,
    /// Over which border segment.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub segment: Answer<Code>,
    /// On which day.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub day: Answer<Day>,
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// The act.
    pub code: Code,
    /// With what (list `means`).
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    #[validate(length(max = 50))]
    pub means: Answer<Vec<Code>>,
    /// Apparently what for (list `purpose`).
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    #[validate(length(max = 50))]
    pub purpose: Answer<Vec<Code>>,
    /// Against which of the groups in `people`, counted from 1.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    #[validate(length(max = 50))]
    pub against: Answer<Vec<u8>>,
}

/// Somebody alleged to have taken part: a kind, an institution or both. Never a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Accused {
    /// List `perpetrator_kind`.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub kind: Answer<Code>,
    /// An institution of the registry.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub institution: Answer<InstitutionCode>,
    /// List `involvement`.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub involvement: Answer<Code>,
    /// How many.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub count: Answer<u32>,
    /// What the count rests on (list `count_basis`).
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub count_basis: Answer<Code>,
}

/// People to whom it was done and who have these things in common.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// How many.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub count: Answer<u32>,
    /// What the count rests on (list `count_basis`).
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub count_basis: Answer<Code>,
    /// List `age_band`.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub age_band: Answer<Code>,
    /// List `gender`.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub gender: Answer<Code>,
    /// Country of origin, or a special value (list `origin_special`).
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub origin: Answer<Origin>,
    /// List `vulnerability`.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    #[validate(length(max = 50))]
    pub vulnerability: Answer<Vec<Code>>,
    /// List `legal_status`; as told, never checked against a register.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub legal_status: Answer<Code>,
}

/// What it did to people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Harm {
    /// List `harm`.
    pub kind: Code,
    /// To how many.
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub count: Answer<u32>,
    /// What the count rests on (list `count_basis`).
    #[serde(default, skip_serializing_if = "Answer::is_not_asked")]
    pub count_basis: Answer<Code>,
}

impl Coding {
    /// Reads the content of a `coding` part.
    ///
    /// # Errors
    /// Where the bytes are no coding; never what stands there.
    pub fn read(bytes: &[u8]) -> Result<Self, JsonFault> {
        json::read(bytes)
    }

    /// The content of a `coding` part.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// How many people it was done to, as far as groups carry counts; `None` when none does.
    pub fn head_count(&self) -> Option<u32> {
        let counts = self.people.items().iter().filter_map(|group| group.count.given().copied());
        counts.fold(None, |sum: Option<u32>, count| Some(sum.unwrap_or(0).saturating_add(count)))
    }
}
