#![doc = include_str!("../README.md")]

mod attacker;
#[cfg(test)]
mod attacks;
mod columns;
mod count;
mod counted;
mod draw;
mod gate;
mod internal;
mod lists;
mod period;
mod plan;
mod plan_file;
mod published;
mod record;
mod release;
mod rows;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod world;

pub use columns::Columns;
pub use counted::Verified;
pub use draw::ReleaseKey;
pub use gate::Verdict;
pub use internal::Internal;
pub use period::{Grain, NoPeriod, Period};
pub use plan::{BASE, Dimension, Limits, Margins, Plan, SHOWN_FROM, Table, Unit};
pub use published::{DAYS, HIDDEN, METHOD, Published, RECORDED, Shown, Standing, WHY_HIDDEN};
pub use record::{NoRecord, Record};
pub use release::{Refused, Run, release};
pub use report::found::{Age, Direction, Persons, Sex};
pub use rows::{Counted, Referral, Rows};
