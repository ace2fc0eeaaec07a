//! `cargo xtask demo`: a training instance.

use crate::Outcome;

/// Where the instance listens and lives.
#[derive(clap::Args)]
pub struct Options {}

/// Starts the instance.
pub fn run(_options: &Options) -> Outcome {
    Err("the training instance is not built yet".to_owned())
}
