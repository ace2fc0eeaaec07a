//! Brings the database's schema up to this program's.

use crate::command::Failure;
use crate::start::open_store;
use crate::{Config, instruments};

/// Migrates; what is up to date stays as it is.
pub async fn run(config: &Config) -> Result<(), Failure> {
    let store = open_store(config, &instruments::machine()).await?;
    store.migrate().await.map_err(Failure::of)
}
