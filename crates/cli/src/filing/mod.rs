//! Filing: decide who may read, seal, send.

mod command;
mod parcel;
mod plan;
#[cfg(test)]
mod tests;
mod upload;
mod work;

pub use command::{file, send};
pub use parcel::{Contents, Parcel, Scratch, seal};
pub(crate) use plan::unknown_accused;
pub use plan::{Wanted, lists, plan};
pub use upload::upload;
pub use vault::filing::{Doing, Ground, Kept, Plan, Reader, Reporter, consent};
