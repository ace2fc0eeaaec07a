//! The country's rules of routing, from `config/routing.toml`.

use std::collections::BTreeMap;

use report::fault::Page;
use report::{Code, Fault, InstitutionCode, PartKind, Sources};
use serde::Deserialize;
use toml::Spanned;

use crate::institution::{Institution, Kind, Level};

/// Where the rules stand.
pub(crate) const FILE: &str = "routing.toml";

/// A list of codes, each with its place in the file.
pub(crate) type Codes = Vec<Spanned<Code>>;

/// Bodies a kind of accused points to by place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wildcard {
    pub(crate) name: Spanned<String>,
    #[serde(default)]
    pub(crate) kinds: Vec<Kind>,
    #[serde(default)]
    pub(crate) levels: Vec<Level>,
    #[serde(default)]
    pub(crate) mandates: Codes,
    /// Of the bodies meant, only those with the smallest territory.
    #[serde(default)]
    pub(crate) narrowest: bool,
    /// Also whoever ran a facility there.
    #[serde(default)]
    pub(crate) operators: bool,
}

impl Wildcard {
    /// Whether a body is of the sort meant; where it is competent is another question.
    pub(crate) fn fits(&self, body: &Institution) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&body.kind))
            && (self.levels.is_empty() || self.levels.contains(&body.level))
            && (self.mandates.is_empty() || body.has_mandate(plain(&self.mandates)))
    }

    /// Whether a body is of a kind meant, whatever its level and mandates; nobody where the wildcard names no kind.
    pub(crate) fn is_of_kind(&self, body: &Institution) -> bool {
        self.kinds.contains(&body.kind)
    }
}

/// Which mandates serve a purpose of consent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PurposeRule {
    pub(crate) code: Spanned<Code>,
    pub(crate) mandates: Codes,
}

/// Mandates of bodies one complains to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Complaints {
    pub(crate) general: Codes,
    pub(crate) children: Codes,
    /// The kinds of accused the ladder is drawn for.
    pub(crate) accused: Codes,
}

/// What must happen for a child alone.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChildRule {
    pub(crate) urgency: Vec<Code>,
    pub(crate) mandate: Spanned<Code>,
    pub(crate) purpose: Spanned<Code>,
    pub(crate) parts: Vec<PartKind>,
}

/// What is recommended only when the person already asked for it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wish {
    pub(crate) purposes: Codes,
}

/// A service one asks for through a lawyer, without report content.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServiceRule {
    pub(crate) categories: Vec<Code>,
    pub(crate) needs: Vec<Code>,
    pub(crate) mandate: Spanned<Code>,
    pub(crate) through: Spanned<Code>,
}

/// All of `routing.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rules {
    #[serde(rename = "schema_version")]
    _version: u8,
    pub(crate) operator: Spanned<InstitutionCode>,
    pub(crate) host: Spanned<InstitutionCode>,
    #[serde(rename = "wildcard", default)]
    pub(crate) wildcards: Vec<Wildcard>,
    #[serde(rename = "purpose", default)]
    pub(crate) purposes: Vec<PurposeRule>,
    pub(crate) first: BTreeMap<Code, Codes>,
    pub(crate) complaints: Complaints,
    pub(crate) child: ChildRule,
    pub(crate) wish: Wish,
    #[serde(rename = "service", default)]
    pub(crate) services: Vec<ServiceRule>,
}

impl Rules {
    /// Reads the file; its words are checked against the rest of the configuration elsewhere.
    pub(crate) fn read(sources: &Sources) -> Result<Self, Vec<Fault>> {
        Page::open(sources, FILE)?.parse()
    }

    /// The operator and the host of the server.
    pub(crate) fn keepers(&self) -> [&Spanned<InstitutionCode>; 2] {
        [&self.operator, &self.host]
    }

    /// Every mandate the rules name.
    pub(crate) fn mandates(&self) -> impl Iterator<Item = &Spanned<Code>> {
        let wildcards = self.wildcards.iter().flat_map(|rule| &rule.mandates);
        let purposes = self.purposes.iter().flat_map(|rule| &rule.mandates);
        let services = self.services.iter().flat_map(|rule| [&rule.mandate, &rule.through]);
        let complaints = self.complaints.general.iter().chain(&self.complaints.children);
        wildcards
            .chain(purposes)
            .chain(services)
            .chain(complaints)
            .chain(self.first.values().flatten())
            .chain([&self.child.mandate])
    }

    /// Every purpose the rules name.
    pub(crate) fn purposes(&self) -> impl Iterator<Item = &Spanned<Code>> {
        self.purposes.iter().map(|rule| &rule.code).chain(&self.wish.purposes).chain([&self.child.purpose])
    }
}

/// The codes without their places.
pub(crate) fn plain(codes: &Codes) -> impl Iterator<Item = &Code> {
    codes.iter().map(Spanned::get_ref)
}
