//! What the server may know of a report: a projection of the coding into the clear, fixed by the reporter's signature.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::consent::{Consent, ConsentRow};
use crate::country::Country;
use crate::day::Period;
use crate::identifiers::{Area, Code, InstitutionCode};
use crate::json::present;
use crate::triage::{Clock, Recency};

mod admit;
mod project;

/// Who is accused, as far as routing needs: sorted, without doubles. Never a person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accused {
    /// Kinds of alleged perpetrators (list `perpetrator_kind`).
    pub kinds: Vec<Code>,
    /// Institutions named, and operators of the facility it happened in.
    pub institutions: Vec<InstitutionCode>,
}

/// Which projection facets are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// What queue, clock, routing and tables need.
    Open,
    /// What queue, clock and routing cannot do without; nothing of what happened to whom.
    Protected,
}

/// What a group of four or more has in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupFacet {
    /// A band of sizes.
    pub size: Code,
    /// List `age_band`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub age_band: Option<Code>,
    /// List `gender`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub gender: Option<Code>,
    /// ISO alpha-2 or list `origin_special`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub origin: Option<Code>,
}

/// The facets of a report. Made only by projection or admission, so whoever holds one may rely on its codes and its shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facets(Wire);

/// The facets as they travel (docs/formats.md, "Facets"); the order of the fields is the order on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    version: u8,
    taxonomy: String,
    projection: Shape,
    accused: Accused,
    consent: Vec<ConsentRow>,
    recency: Recency,
    clock: Clock,
    urgency: Vec<Code>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    area: Option<Area>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    period: Option<Period>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    categories: Option<Vec<Code>>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    acts: Option<Vec<Code>>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    place_kind: Option<Code>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    needs: Option<Vec<Code>>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    source_kind: Option<Code>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    language: Option<Code>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    channel: Option<Code>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    group: Option<GroupFacet>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    to_code: Option<bool>,
}

/// Why bytes are no facets. Says field and code, never what stood there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FacetFault {
    /// The field at fault; empty for the whole.
    pub field: &'static str,
    /// `too-large`, `not-json`, `wrong-shape`, `unknown-code`, `not-sorted`, `too-many`, `too-fine` or `not-protected`.
    pub code: &'static str,
}

impl fmt::Display for FacetFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.field, self.code)
    }
}

impl std::error::Error for FacetFault {}

impl Facets {
    /// The category that stands for all of them in the protected projection.
    pub const PROTECTED: &'static str = "protected";

    /// The urgency flag of a child without an adult: what stands before everything else that is due today.
    pub const CHILD_ALONE: &'static str = "child-alone";

    /// The exact bytes to sign, hash and send.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// The version of the taxonomy the codes are of.
    pub fn taxonomy(&self) -> &str {
        &self.0.taxonomy
    }

    /// Open or protected.
    pub fn shape(&self) -> Shape {
        self.0.projection
    }

    /// Whether this is the protected projection.
    pub fn is_protected(&self) -> bool {
        self.0.projection == Shape::Protected
    }

    /// Who is accused.
    pub fn accused(&self) -> &Accused {
        &self.0.accused
    }

    /// What was consented to, keeping and statistics included; empty: held for the receipt alone.
    pub fn consent(&self) -> &[ConsentRow] {
        &self.0.consent
    }

    /// The same facets with other consent, for who cannot see the coding. Rows are sorted and joined.
    ///
    /// # Errors
    /// When these facets may not be shown under that consent: then only the coding can tell what may.
    pub fn with_consent(
        &self,
        rows: impl IntoIterator<Item = ConsentRow>,
        country: &Country,
    ) -> Result<Self, FacetFault> {
        let consent = Consent::of(rows).rows().to_vec();
        Self::admit(&Self(Wire { consent, ..self.0.clone() }).to_bytes(), country)
    }

    /// Whether a purpose was consented to, for anybody.
    pub fn consents_to(&self, purpose: &str) -> bool {
        self.0.consent.iter().any(|row| row.purpose == purpose)
    }

    /// How long ago, as the device saw it when filing.
    pub fn recency(&self) -> Recency {
        self.0.recency
    }

    /// The clock the device computed from the whole coding.
    pub fn clock(&self) -> Clock {
        self.0.clock
    }

    /// Whether a child is alone.
    pub fn is_child_alone(&self) -> bool {
        self.0.urgency.iter().any(|flag| *flag == *Self::CHILD_ALONE)
    }

    /// Urgency flags.
    pub fn urgency(&self) -> &[Code] {
        &self.0.urgency
    }

    /// Where; none when not asked.
    pub fn area(&self) -> Option<&Area> {
        self.0.area.as_ref()
    }

    /// When; none when not known.
    pub fn period(&self) -> Option<Period> {
        self.0.period
    }

    /// Categories; `protected` alone in the protected projection.
    pub fn categories(&self) -> &[Code] {
        self.0.categories.as_deref().unwrap_or(&[])
    }

    /// Acts.
    pub fn acts(&self) -> &[Code] {
        self.0.acts.as_deref().unwrap_or(&[])
    }

    /// Kind of place.
    pub fn place_kind(&self) -> Option<&Code> {
        self.0.place_kind.as_ref()
    }

    /// What help is wanted.
    pub fn needs(&self) -> &[Code] {
        self.0.needs.as_deref().unwrap_or(&[])
    }

    /// Who reports.
    pub fn source_kind(&self) -> Option<&Code> {
        self.0.source_kind.as_ref()
    }

    /// Language of the reporter.
    pub fn language(&self) -> Option<&Code> {
        self.0.language.as_ref()
    }

    /// How it came in.
    pub fn channel(&self) -> Option<&Code> {
        self.0.channel.as_ref()
    }

    /// The group, for four or more.
    pub fn group(&self) -> Option<&GroupFacet> {
        self.0.group.as_ref()
    }

    /// Whether a member must still code the report. The protected projection does not say.
    pub fn to_code(&self) -> bool {
        self.0.to_code.unwrap_or(false)
    }
}
