#![doc = include_str!("../README.md")]

pub mod command;
pub mod door;
pub mod import;
mod outcome;

pub use outcome::{Answer, Failure, Outcome};
