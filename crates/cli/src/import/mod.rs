//! Published tables become reports: one row, one report.

mod cell;
mod journal;
mod map;
mod people;
mod row;
mod run;
mod table;
#[cfg(test)]
mod tests;
mod when;

pub use map::{Crosswalks, Map};
pub use row::{Draft, Reader};
pub use run::import;
pub use table::{RowFault, Table};
