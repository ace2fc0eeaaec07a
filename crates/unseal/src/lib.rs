#![doc = include_str!("../README.md")]
//!
//! No secret can be printed or written out by accident; this does not compile:
//!
//! ```compile_fail,E0277
//! fn print(identity: &unseal::Identity) -> String {
//!     format!("{identity:?}")
//! }
//! ```
//!
//! ```compile_fail,E0277
//! fn write(words: &testimony::Narrative) -> String {
//!     format!("{words}")
//! }
//! ```

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
