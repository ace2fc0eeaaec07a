//! Filing: decide who may read, seal, send.

mod command;
mod parcel;
mod plan;
#[cfg(test)]
mod tests;
mod upload;

pub use command::{file, send};
pub use parcel::{Contents, Doing, Parcel, Reporter, seal};
pub use plan::{Ground, Plan, Reader};
pub use upload::upload;
