//! Reads a deployment's file over the defaults and finds every fault, with its line.

use std::path::Path;

use report::Fault;
use report::fault::{Draft, flatten, line_of, whole};
use serde::Deserialize;
use toml::Table;
use toml::de::{DeTable, Deserializer};
use validator::Validate;

use crate::Config;

/// Every setting with its default.
const DEFAULTS: &str = include_str!("../../../config/default.toml");

impl Config {
    /// Reads a deployment's file.
    ///
    /// # Errors
    /// Every fault at once: syntax, unknown and mistyped keys, values that cannot be.
    pub fn read(file: &Path) -> Result<Self, Vec<Fault>> {
        whole(Self::draft(file))
    }

    /// The same from a text; paths begin at the working folder.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn of_text(name: &str, text: &str) -> Result<Self, Vec<Fault>> {
        whole(Self::drawn(name, text))
    }

    /// Reads as much of a deployment's file as can be read; defaults stand in for the rest.
    pub(crate) fn draft(file: &Path) -> Draft<Self> {
        let name = file.display().to_string();
        let text = std::fs::read_to_string(file)
            .map_err(|error| vec![Fault::new(&name, 0, "file-unreadable", error.kind().to_string())])?;
        let (mut config, faults) = Self::drawn(&name, &text)?;
        file.parent().unwrap_or(Path::new("")).clone_into(&mut config.folder);
        Ok((config, faults))
    }

    fn drawn(name: &str, text: &str) -> Draft<Self> {
        let (written, mut faults) = Written::parse(name, text);
        let defaults: Table = toml::from_str(DEFAULTS).map_err(|error| written.whole(&error))?;
        written.compare(written.table.get_ref(), &defaults, "", &mut faults);
        let stated =
            Table::deserialize(Deserializer::from(written.table.clone())).map_err(|error| written.whole(&error))?;
        let stated = sound(stated, &defaults);
        let config: Self = merged(defaults, stated).try_into().map_err(|error| written.whole(&error))?;
        let refused = config.validate().err().map(|errors| flatten(&errors)).unwrap_or_default();
        faults.extend(refused.into_iter().map(|(path, code)| written.refused(&path, &code)));
        faults.sort();
        Ok((config, faults))
    }
}

/// A file with the places of everything in it.
struct Written<'a> {
    name: &'a str,
    text: &'a str,
    table: toml::Spanned<DeTable<'a>>,
}

impl<'a> Written<'a> {
    /// What is written, as far as it is TOML, and where it is none.
    fn parse(name: &'a str, text: &'a str) -> (Self, Vec<Fault>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let fault = |error: &toml::de::Error| {
            let line = error.span().map_or(0, |span| line_of(text, &span));
            Fault::new(name, line, "syntax", error.message())
        };
        let faults = errors.iter().map(fault).collect();
        (Self { name, text, table }, faults)
    }

    /// Compares what is written with the defaults, which name every key there is and show its type.
    fn compare(&self, written: &DeTable<'_>, defaults: &Table, above: &str, faults: &mut Vec<Fault>) {
        for (key, value) in written {
            let path = format!("{above}{}", key.get_ref());
            let line = line_of(self.text, &key.span());
            match (defaults.get(key.get_ref().as_ref()), value.get_ref().as_table()) {
                (None, _) => faults.push(Fault::new(self.name, line, "unknown-key", format!("{path} is no setting"))),
                (Some(toml::Value::Table(inner)), Some(table)) => {
                    self.compare(table, inner, &format!("{path}."), faults);
                }
                (Some(default), _) if default.type_str() != value.get_ref().type_str() => {
                    let message = format!("{path} must be of the type {}", default.type_str());
                    faults.push(Fault::new(self.name, line, "wrong-type", message));
                }
                (Some(_), _) => {}
            }
        }
    }

    fn refused(&self, path: &str, code: &str) -> Fault {
        Fault::new(self.name, self.line(path), "invalid-value", format!("{path}: {code}"))
    }

    /// The line on which a setting is written; 0 when the default stands.
    fn line(&self, path: &str) -> usize {
        let mut table = self.table.get_ref();
        let mut line = 0;
        for piece in path.split('.') {
            let Some((key, value)) = table.get_key_value(piece) else { return 0 };
            line = line_of(self.text, &key.span());
            match value.get_ref().as_table() {
                Some(inner) => table = inner,
                None => return line,
            }
        }
        line
    }

    fn whole(&self, error: &toml::de::Error) -> Vec<Fault> {
        vec![Fault::new(self.name, 0, "syntax", error.message())]
    }
}

/// Of what is stated only what is a setting of its type.
fn sound(stated: Table, defaults: &Table) -> Table {
    let setting = |(key, value): (String, toml::Value)| match (defaults.get(&key)?, value) {
        (toml::Value::Table(inner), toml::Value::Table(table)) => Some((key, toml::Value::Table(sound(table, inner)))),
        (default, value) => value.same_type(default).then_some((key, value)),
    };
    stated.into_iter().filter_map(setting).collect()
}

/// The defaults, with what is stated put over them.
fn merged(mut defaults: Table, stated: Table) -> Table {
    for (key, value) in stated {
        match (defaults.remove(&key), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(above)) => {
                defaults.insert(key, toml::Value::Table(merged(below, above)));
            }
            (_, value) => {
                defaults.insert(key, value);
            }
        }
    }
    defaults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(usize, &'static str)> {
        Config::of_text("test.toml", text).unwrap_err().iter().map(|fault| (fault.line, fault.code)).collect()
    }

    #[test]
    fn an_empty_file_is_the_defaults_and_the_example_reads() {
        assert_eq!(Config::of_text("empty.toml", "").unwrap().listen.public, "127.0.0.1:8080");
        let example = Config::of_text("example.toml", include_str!("../../../config/example.toml")).unwrap();
        assert_eq!(example.log.format, "json");
        assert_eq!(example.log.level, "info");
    }

    #[test]
    fn every_fault_is_told_at_once_with_its_line() {
        let text = "deployment = 3\n[listen]\npublik = 'x'\nconnections = 'many'\n[shop]\nopen = true\n";
        assert_eq!(faults(text), [(1, "wrong-type"), (3, "unknown-key"), (4, "wrong-type"), (5, "unknown-key")]);
        let text = "deployment = 3\n[listen]\npublic = 'here'\n[log\n";
        assert_eq!(faults(text), [(1, "wrong-type"), (3, "invalid-value"), (4, "syntax")], "one fault hides no other");
        let text = "[listen]\npublic = 'here'\nconnections = 0\n\n[store]\ndatabase = 'postgres://me:canary@host/x'\n";
        assert_eq!(faults(text), [(2, "invalid-value"), (3, "invalid-value"), (6, "invalid-value")]);
        assert_eq!(faults("deployment = 'a'\ndeployment = 'b'\n"), [(2, "syntax")]);
    }

    #[test]
    fn a_password_in_the_url_is_refused_and_not_repeated() {
        let faults = Config::of_text("test.toml", "[store]\ndatabase = 'postgres://me:canary@host/x'\n").unwrap_err();
        assert!(!format!("{faults:?}").contains("canary"));
    }
}
