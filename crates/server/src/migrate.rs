//! Brings the database's schema up to this program's.

use crate::command::Failure;
use crate::start::{be_alone, open_store};
use crate::{Config, instruments};

/// Migrates; what is up to date stays as it is.
pub async fn run(config: &Config) -> Result<(), Failure> {
    let instruments = instruments::machine();
    let store = open_store(config, &instruments).await?;
    let _alone = be_alone(config, &instruments).await?;
    store.migrate().await.map_err(Failure::of)
}
