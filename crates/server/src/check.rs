//! Every fault of the settings and of the country's data, found in one go.

use std::path::Path;

use report::{Country, Fault, Sources};
use routing::Registry;
use statistics::Plan;

use crate::Config;

/// All faults: of the deployment's file, and of the country's files it names (the built-in ones when the file cannot be read).
pub fn faults(file: &Path) -> Vec<Fault> {
    let (sources, mut faults) = match Config::draft(file) {
        Ok((config, faults)) => (sources(&config), faults),
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
    let mut faults = match Country::draft(sources) {
        Ok((country, mut faults)) => {
            faults.extend(Registry::read(sources, &country).err().unwrap_or_default());
            faults.extend(Plan::read(sources, &country).err().unwrap_or_default());
            faults
        }
        Err(faults) => [faults, Registry::shape(sources), Plan::shape(sources)].concat(),
    };
    faults.sort();
    faults.dedup();
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_has_no_fault() {
        assert_eq!(faults_of_country(&Sources::embedded()), []);
    }

    /// A deployment whose country is the shipped one with these words changed, each in its file.
    fn broken(folder: &Path, settings: &str, changes: &[(&str, &str, &str)]) -> (std::path::PathBuf, Sources) {
        let mut sources = Sources::embedded();
        for (file, old, new) in changes {
            let text = sources.get(file).unwrap();
            assert!(text.contains(old), "{file} says {old}");
            let text = text.replacen(old, new, 1);
            sources = sources.with(file, &text);
        }
        for name in sources.names() {
            let path = folder.join("country").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, sources.get(name).unwrap()).unwrap();
        }
        let file = folder.join("server.toml");
        std::fs::write(&file, settings).unwrap();
        (file, sources)
    }

    /// Breaks each file and compares everything that is found with where the words that were put in stand: at their own line, or where
    /// their entry begins.
    fn finds_all(changes: &[(&str, &str, &str, &'static str, bool)]) {
        let folder = tempfile::tempdir().unwrap();
        let words: Vec<_> = changes.iter().map(|(file, old, new, ..)| (*file, *old, *new)).collect();
        let (file, sources) = broken(folder.path(), SETTINGS, &words);
        let found: Vec<_> = faults(&file).into_iter().map(|fault| (fault.file, fault.line, fault.code)).collect();
        let line = |file: &str, text: &str, entry: bool| {
            let lines: Vec<&str> = sources.get(file).unwrap().lines().collect();
            let own = lines.iter().position(|line| line.contains(text)).unwrap();
            let begin = lines.iter().take(own + 1).rposition(|line| line.starts_with("[["));
            1 + if entry { begin.unwrap() } else { own }
        };
        let settings = file.display().to_string();
        let mut all = vec![(settings.clone(), 3, "invalid-value"), (settings, 4, "unknown-key")];
        all.extend(
            changes.iter().map(|(file, _, new, code, entry)| ((*file).to_owned(), line(file, new, *entry), *code)),
        );
        assert_eq!(found, all);
    }

    const SETTINGS: &str = "country = 'country'\n[listen]\npublic = 'x'\n[shop]\n";

    #[test]
    fn one_fault_hides_no_other_of_its_file_or_of_any_file() {
        finds_all(&[
            ("help.toml", "\"ND-LEGAL\"", "\"ND-NOTHING\"", "unknown-code", true),
            ("institutions.toml", "\"legal_aid\"", "\"legal_nothing\"", "unknown-mandate", false),
            ("leads.toml", "\"NGO-HCBH\"", "\"NGO-NOBODY\"", "unknown-institution", false),
            ("statistics.toml", "sources = 3", "sources = 2", "unsafe-limit", false),
            ("taxonomy.toml", "clock = \"U2\"", "clock = \"U9\"", "unknown-code", true),
            ("triage.toml", "\"V-UASC\"", "\"V-NOBODY\"", "unknown-code", true),
        ]);
    }

    #[test]
    fn what_stands_on_a_file_that_cannot_be_read_is_held_to_its_own_shape() {
        finds_all(&[
            ("help.toml", "schema_version", "schema_vision", "syntax", false),
            ("institutions.toml", "kind = \"police\"", "kind = \"army\"", "syntax", false),
            ("leads.toml", "[[lead]]", "[[lead]", "syntax", false),
            ("taxonomy.toml", "[lists]", "[lists", "syntax", false),
        ]);
    }
}
