#![doc = include_str!("../README.md")]

mod fault;
mod history;
mod identity;
mod keys;
mod opening;

pub use fault::Fault;
pub use history::{History, Stated};
pub use identity::Identity;
pub use keys::{InstitutionKeys, MemberKey};
pub use opening::{Belonging, Opened, PartKey, open_evidence, open_grant, open_part};
