#![doc = include_str!("../README.md")]

mod bodies;
mod book;
mod checks;
mod closure;
mod command;
mod eligible;
mod hearing;
pub mod institution;
pub mod ladder;
mod land;
mod leads;
mod pages;
mod pointed;
mod proposals;
mod propose;
mod readers;
mod reason;
mod recipients;
mod registry;
mod rules;
mod sets;
mod sharing;
mod situation;
#[cfg(test)]
mod trials;
mod voice;

pub use closure::Closure;
pub use eligible::{Eligible, EligibleSet, eligible};
pub use hearing::{Hearing, will_hear};
pub use institution::Institution;
pub use leads::{Desk, Leads, Posts};
pub use proposals::{Agreement, Limit, Proposal, Proposals, Service, ShutOut};
pub use propose::propose;
pub use readers::{Readers, readers};
pub use reason::Reason;
pub use recipients::Recipients;
pub use registry::Registry;
pub use sets::ClosureSets;
pub use sharing::{Bond, Sharing};
pub use voice::Voice;
