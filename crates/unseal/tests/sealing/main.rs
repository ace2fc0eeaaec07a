//! Sealing, checking and opening, as a whole: what a server refuses, and what an opener refuses even if a server did not.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails loudly")]

mod forger;
mod house;
mod keys;
mod server;
mod shapes;
