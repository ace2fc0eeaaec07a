//! Filing: who may read, decided before anything is sealed; then every key to its readers, under one signed statement.
//! Whoever files (the command, the plain door) does it here; where a part's bytes lie meanwhile is the caller's.

mod plan;
mod state;

pub use plan::{Ground, Plan, Reader};
pub use state::{Doing, FilingFault, Kept, Keyed, Reporter, consent, state};
