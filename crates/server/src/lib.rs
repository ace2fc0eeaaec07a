#![doc = include_str!("../README.md")]

mod accept;
mod archive;
mod backup;
mod check;
pub mod command;
pub mod config;
mod exposure;
mod foundation;
pub mod instruments;
mod jobs;
pub mod logging;
mod mail;
mod migrate;
mod notary;
mod pages;
mod reading;
mod release;
mod seats;
mod start;
mod way;

pub use config::Config;
pub use start::{Running, start};
