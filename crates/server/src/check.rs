//! Every fault of the settings and of the country's data, found in one go.

use std::path::Path;

use report::{Country, Fault, Sources};
use routing::Registry;
use statistics::Plan;

use crate::Config;

/// All faults: of the deployment's file, and of the country's files it names (the built-in ones when the file cannot be read).
pub fn faults(file: &Path) -> Vec<Fault> {
    let (sources, mut faults) = match Config::read(file) {
        Ok(config) => (sources(&config), Vec::new()),
        Err(faults) => (Ok(Sources::embedded()), faults),
    };
    match sources {
        Ok(sources) => faults.extend(faults_of_country(&sources)),
        Err(found) => faults.extend(found),
    }
    faults
}

/// The country's files of a deployment.
///
/// # Errors
/// Files that cannot be read.
pub(crate) fn sources(config: &Config) -> Result<Sources, Vec<Fault>> {
    if config.country.is_empty() { Ok(Sources::embedded()) } else { Sources::read(&config.path(&config.country)) }
}

fn faults_of_country(sources: &Sources) -> Vec<Fault> {
    let country = match Country::read(sources) {
        Ok(country) => country,
        Err(faults) => return faults,
    };
    let registry = Registry::read(sources, &country).err();
    let plan = Plan::read(sources, &country).err();
    registry.into_iter().chain(plan).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_has_no_fault() {
        assert_eq!(faults_of_country(&Sources::embedded()), []);
    }

    #[test]
    fn faults_of_several_files_are_told_together() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.toml");
        std::fs::write(&file, "country = 'nowhere'\n[listen]\npublic = 'x'\n").unwrap();
        let found = faults(&file);
        assert!(found.iter().any(|fault| fault.line == 3 && fault.code == "invalid-value"), "{found:?}");
    }
}
