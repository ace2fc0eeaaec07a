#![doc = include_str!("../README.md")]

mod audit;
mod catalogue;
mod cyrillic;
mod day;
mod language;

pub use audit::{Audit, keys, placeholders};
pub use catalogue::{known, page_text, text, topic};
pub use cyrillic::cyrillic;
pub use day::{day, numerals};
pub use language::{Direction, Language};
