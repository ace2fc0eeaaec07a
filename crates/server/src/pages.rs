//! The pages' built code: out of a folder, or out of the program itself.

use bytes::Bytes;
use web::Assets;

use crate::Config;
use crate::command::Failure;

/// The files of `web/dist` as they were when the program was built; none when they were not.
const BUILT_IN: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// The code of a deployment's pages.
pub(crate) fn assets(config: &Config) -> Result<Assets, Failure> {
    if !config.pages.assets.is_empty() {
        let read = Assets::read(&config.path(&config.pages.assets));
        return read.map_err(|_| Failure::of("the folder of the pages' code was not built, or lacks a file"));
    }
    let find =
        |name: &str| BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, bytes)| Bytes::from_static(bytes));
    Ok(Assets::of(find).unwrap_or_else(|_| {
        tracing::warn!("the program was built without the pages' code: people can work from a terminal only");
        Assets::none()
    }))
}
