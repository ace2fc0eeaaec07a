#![doc = include_str!("../README.md")]

mod address;
mod config;
mod drain;
mod post;

pub use address::{Address, NotAnAddress};
pub use config::{Config, Security};
pub use drain::{Drained, Intervals, drain};
pub use post::{Post, PostFault, Text};
