//! One body of the registry, as `config/institutions.toml` describes it.

use report::{Area, Code, Day, InstitutionCode, Validity};
use serde::Deserialize;

use crate::recipients::Recipients;

/// A word of a closed list in the registry.
macro_rules! word {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, serde::Serialize)]
        pub enum $name {
            $($(#[$case_doc])* #[serde(rename = $text)] $case),+
        }

        impl $name {
            /// The word as the registry writes it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$case => $text),+ }
            }
        }
    };
}

word! {
    /// What sort of body it is; decides how the closure treats it.
    Kind {
        /// The top of a line of command: standing under the same one makes no common line.
        Government = "government",
        /// A ministry or administration.
        Executive = "executive",
        /// A police force.
        Police = "police",
        /// A service that acts like police towards people on the move.
        PoliceLike = "police_like",
        /// A control unit inside the force.
        InternalControl = "internal_control",
        /// Outside the line of those it oversees.
        Oversight = "oversight",
        /// Overseeing, but inside the ministry it oversees.
        OversightHosted = "oversight_hosted",
        /// Chooses heads of police; takes no complaints.
        Selection = "selection",
        /// A parliament or its committee.
        Political = "political",
        /// A court or prosecutor: the higher office is the remedy.
        Judicial = "judicial",
        /// A social-welfare centre: guardianship authority.
        Social = "social",
        /// A public body independent by its law.
        IndependentBody = "independent_body",
        /// An organisation outside the state.
        NonState = "non_state",
        /// An organisation of states.
        International = "international",
        /// Runs or hosts the server; receives nothing.
        Technical = "technical",
    }
}

word! {
    /// Where in the layers of the state (or outside them) it stands.
    Level {
        /// Of the state.
        State = "state",
        /// Of an entity.
        Entity = "entity",
        /// Of a canton.
        Canton = "canton",
        /// Of a district.
        District = "district",
        /// Of a municipality.
        Municipal = "municipal",
        /// No part of a state.
        NonState = "non_state",
        /// A university.
        Academia = "academia",
        /// International.
        International = "international",
        /// Of the European Union.
        Eu = "eu",
        /// Of another state.
        Foreign = "foreign",
    }
}

word! {
    /// Whether it tells the accused the substance of a complaint.
    Disclosure {
        /// Always, by its rules.
        Always = "always",
        /// As a rule.
        Usual = "usual",
        /// When the person agrees.
        OnConsent = "on_consent",
        /// Never.
        Never = "never",
        /// Not known: counts as always.
        Unknown = "unknown",
    }
}

word! {
    /// The most it may get, even with consent.
    MaxData {
        /// Sealed parts.
        Sealed = "S",
        /// Facets only.
        Facets = "F",
        /// Aggregates only.
        Aggregates = "A",
        /// Nothing: it can only be a respondent.
        Nothing = "N",
    }
}

word! {
    /// Whether it takes reports without a name.
    Anonymous {
        /// Yes.
        Yes = "yes",
        /// It may refuse them.
        Discretion = "discretion",
        /// No.
        No = "no",
        /// Not known.
        Unknown = "unknown",
    }
}

word! {
    /// Whether a complaint must be signed.
    Signature {
        /// By the person.
        Yes = "yes",
        /// By the person or somebody entitled.
        Proxy = "proxy",
        /// No.
        No = "no",
        /// Not known.
        Unknown = "unknown",
    }
}

word! {
    /// Whether its officials must report offences they learn of on duty (source S2 of the registry).
    Duty {
        /// They must.
        Yes = "yes",
        /// They need not.
        No = "no",
        /// Not known: counts as yes.
        Unknown = "unknown",
    }
}

impl Duty {
    /// Whether the person must be warned of it: unknown counts as yes.
    pub const fn binds(self) -> bool {
        !matches!(self, Self::No)
    }
}

word! {
    /// Whether the body works.
    Status {
        /// It does.
        Operating = "operating",
        /// Its existence or seat has to be confirmed.
        Unconfirmed = "unconfirmed",
        /// Its competence is disputed.
        Contested = "contested",
        /// It is no more.
        Closed = "closed",
    }
}

word! {
    /// From when a time limit counts.
    LimitFrom {
        /// From the event.
        Event = "event",
        /// From the last decision.
        Decision = "decision",
    }
}

word! {
    /// How sure the registry is of an entry.
    Confidence {
        /// Checked or common knowledge.
        High = "high",
        /// Likely.
        Medium = "medium",
        /// To be confirmed.
        Low = "low",
    }
}

/// An edge to another body, with the days it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The other body.
    pub to: InstitutionCode,
    /// When it held.
    pub valid: Validity,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dated {
    code: InstitutionCode,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneEdge {
    Plain(InstitutionCode),
    Dated(Dated),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    One(OneEdge),
    Many(Vec<OneEdge>),
}

/// Edges as the registry writes them: a code, a dated code, or a list of both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Written")]
pub struct Edges(Vec<Edge>);

impl From<Written> for Edges {
    fn from(written: Written) -> Self {
        let list = match written {
            Written::One(one) => vec![one],
            Written::Many(many) => many,
        };
        Self(list.into_iter().map(Edge::from).collect())
    }
}

impl From<OneEdge> for Edge {
    fn from(written: OneEdge) -> Self {
        match written {
            OneEdge::Plain(to) => Self { to, valid: Validity::default() },
            OneEdge::Dated(dated) => {
                Self { to: dated.code, valid: Validity { from: dated.valid_from, to: dated.valid_to } }
            }
        }
    }
}

impl Edges {
    /// Every edge, whenever it held.
    pub fn ever(&self) -> impl Iterator<Item = &InstitutionCode> {
        self.0.iter().map(|edge| &edge.to)
    }

    /// The edges that hold on a day.
    pub fn on(&self, day: Day) -> impl Iterator<Item = &InstitutionCode> {
        self.0.iter().filter(move |edge| edge.valid.holds(day)).map(|edge| &edge.to)
    }

    /// Every edge with its days.
    pub fn iter(&self) -> impl Iterator<Item = &Edge> {
        self.0.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Which version of the mechanism's protocol a body adopted, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Adoption {
    /// The protocol's version.
    pub protocol: String,
    /// The day it took effect.
    pub since: Day,
}

/// One body of the registry. The fields' meaning stands at the head of `config/institutions.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Institution {
    /// Stable key.
    pub code: InstitutionCode,
    /// Name in English.
    pub name_en: String,
    /// Name at home.
    pub name_local: Option<String>,
    /// Layer.
    pub level: Level,
    /// Sort of body.
    pub kind: Kind,
    /// Competence, as codes of territories.
    #[serde(default)]
    pub territory: Vec<Area>,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    /// Its superiors.
    #[serde(default)]
    pub parent: Edges,
    /// Who appoints, hosts, pays or shares staff with it.
    #[serde(default)]
    pub influence: Edges,
    /// Whom it oversees; empty follows territory and mandate.
    #[serde(default)]
    pub oversees: Edges,
    /// Where it passes complaints on.
    #[serde(default)]
    pub relays_to: Edges,
    /// The body it goes on as.
    pub successor: Option<InstitutionCode>,
    /// Recipient kind → purposes.
    #[serde(default)]
    pub recipients: Recipients,
    /// Whether it tells the accused.
    pub respondent_disclosure: Disclosure,
    /// What it is for.
    #[serde(default)]
    pub mandates: Vec<Code>,
    /// The most it may get.
    pub max_data: MaxData,
    /// Whether it takes reports without a name.
    pub anonymous: Anonymous,
    /// Whether a complaint must be signed.
    pub signature: Signature,
    /// Days in which one must complain.
    pub time_limit_days: Option<u16>,
    /// From when they count.
    pub time_limit_from: Option<LimitFrom>,
    /// Languages it works in.
    #[serde(default)]
    pub languages: Vec<Code>,
    /// Whether its officials must report offences.
    pub duty_to_report: Duty,
    /// Whether it works.
    pub status: Status,
    /// Which protocol it adopted.
    pub adoption: Option<Adoption>,
    /// Where the entry comes from.
    pub basis: String,
    /// How sure the entry is.
    pub confidence: Confidence,
    /// The founding documents that name it.
    #[serde(default)]
    pub seed: Vec<String>,
    /// What a member should know.
    pub note: Option<String>,
}

impl Institution {
    /// When the entry held.
    pub fn valid(&self) -> Validity {
        Validity { from: self.valid_from, to: self.valid_to }
    }

    /// Whether it works on a day: not closed, and within its days.
    pub fn works_on(&self, day: Day) -> bool {
        self.status != Status::Closed && self.valid().holds(day)
    }

    /// Whether it stands outside every state's line: an organisation or an international body.
    pub fn is_non_state(&self) -> bool {
        matches!(self.kind, Kind::NonState | Kind::International)
    }

    /// Whether it has one of these mandates.
    pub fn has_mandate<'a>(&self, any: impl IntoIterator<Item = &'a Code>) -> bool {
        any.into_iter().any(|mandate| self.mandates.contains(mandate))
    }
}
