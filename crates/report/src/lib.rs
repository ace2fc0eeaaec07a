#![doc = include_str!("../README.md")]

pub mod answer;
pub mod coding;
pub mod consent;
pub mod country;
pub mod day;
pub mod facets;
pub mod fault;
pub mod fields;
pub mod help;
pub mod identifiers;
pub mod json;
pub mod notice;
pub mod origin;
pub mod part;
pub mod projection;
pub mod sources;
pub mod stage;
pub mod taxonomy;
pub mod territories;
pub mod text;
pub mod triage;
pub mod validity;

pub use answer::Answer;
pub use coding::{Coding, FieldFault};
pub use consent::{Consent, ConsentRow};
pub use country::Country;
pub use day::{Day, Period};
pub use facets::{Accused, FacetFault, Facets};
pub use fault::Fault;
pub use identifiers::{Area, Code, InstitutionCode, ReportId, Sha256, ShapeFault};
pub use notice::Notice;
pub use origin::Origin;
pub use part::{PartKind, PartName};
pub use sources::Sources;
pub use stage::{Stage, Step};
pub use validity::Validity;
