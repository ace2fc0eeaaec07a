//! Published tables become reports: one row, one report.

mod cell;
mod map;
mod when;

pub use map::Map;
