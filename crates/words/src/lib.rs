#![doc = include_str!("../README.md")]

mod audit;
mod catalogue;
mod language;

pub use audit::{Audit, keys, placeholders};
pub use catalogue::{known, page_text, text, topic};
pub use language::{Direction, Language};
