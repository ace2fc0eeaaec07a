//! What the rooms stand on, read once at start and checked against each other.

use std::fs;
use std::path::Path;

use report::{Country, Day, Sha256, Sources};
use routing::Registry;
use signed::{Board, SigningKey};
use statistics::Plan;
use vault::{Directory, Enrolment, Trust};
use web::Directories;

use crate::command::Failure;
use crate::{Config, check};

/// Everything read from files.
pub(crate) struct Foundation {
    pub(crate) country: Country,
    /// Not yet told who is on the system: the store knows that.
    pub(crate) registry: Registry,
    pub(crate) plan: Plan,
    pub(crate) version: Sha256,
    pub(crate) directories: Directories,
    pub(crate) key: SigningKey,
    pub(crate) enrolments: Vec<Enrolment>,
}

impl Foundation {
    /// Reads it all.
    pub(crate) fn lay(config: &Config, today: Day) -> Result<Self, Failure> {
        let sources = check::sources(config)?;
        let country = Country::read(&sources)?;
        let (enrolments, texts) = enrolments(&config.path(&config.keys.enrolments))?;
        let foundation = Self {
            registry: Registry::read(&sources, &country)?,
            plan: Plan::read(&sources, &country)?,
            country,
            version: version(&sources, &texts),
            directories: directories(config, today)?,
            key: signing_key(&config.path(&config.keys.server_file))?,
            enrolments,
        };
        foundation.agree(config)?;
        Ok(foundation)
    }

    /// The directory must be this deployment's, of these data, and name this server's key and the enrolled institutions' keys:
    /// the board vouches for who is on the system, not whoever can write into a folder.
    fn agree(&self, config: &Config) -> Result<(), Failure> {
        let directory = self.directories.newest();
        let body = directory.body();
        let strangers = self.enrolments.iter().any(|enrolment| {
            let listed = directory.institution(&enrolment.institution);
            listed.is_none_or(|listed| {
                (&listed.recipient, listed.signing) != (&enrolment.recipient, enrolment.signing)
                    || listed.former != enrolment.former()
            })
        });
        let faults = [
            (body.deployment.as_str() != config.deployment, "the directory is of another deployment"),
            (body.server != *self.key.verifier(), "the directory names another key for this server"),
            (body.registry.as_str() != self.registry.version(), "the directory was made from another registry"),
            (
                body.taxonomy.as_str() != self.country.taxonomy().version(),
                "the directory was made from another taxonomy",
            ),
            (strangers, "an enrolment has other keys than the directory"),
        ];
        match faults.iter().find(|(wrong, _)| *wrong) {
            Some((_, what)) => Err(Failure::of(what)),
            None => Ok(()),
        }
    }
}

/// The hash by which servers on one database know that they hold the same rules.
fn version(sources: &Sources, enrolments: &[String]) -> Sha256 {
    let files = sources.names().filter_map(|name| Some([name, sources.get(name)?].join("\n")));
    let all: Vec<String> =
        files.chain(enrolments.iter().cloned()).map(|text| format!("{}\n{text}", text.len())).collect();
    vault::hash::sha256(all.concat().as_bytes())
}

fn directories(config: &Config, today: Day) -> Result<Directories, Failure> {
    let board = Board::read(&read(&config.path(&config.keys.board))?);
    let board = board.map_err(|_| Failure::of("the board's file does not read"))?;
    let note = read(&config.path(&config.keys.directory))?;
    let newest = Directory::last(&note, Trust::Board(&board), today)
        .map_err(|fault| Failure::of(format!("the directory cannot be used: {fault}")))?;
    if newest.is_stale(today) {
        // Reports are still kept: whoever files seals to its lead and alternate alone. Members wait for the board.
        tracing::warn!("the directory's last day is over: the board must sign a new one");
    }
    Ok(Directories::new(newest, &note, move |note| Directory::read(note, Trust::Board(&board)).ok()))
}

fn signing_key(file: &Path) -> Result<SigningKey, Failure> {
    let text = read(file)?;
    SigningKey::read(text.trim()).map_err(|_| Failure::of("the file of the server's key does not read"))
}

/// The enrolments and their texts, in the order of their files' names.
fn enrolments(folder: &Path) -> Result<(Vec<Enrolment>, Vec<String>), Failure> {
    let mut enrolments = Vec::new();
    let mut texts = Vec::new();
    for (name, text) in files(folder, "json")? {
        let enrolment: Enrolment = report::json::read(text.as_bytes())
            .map_err(|fault| Failure::of(format!("the enrolment {name} does not read: {fault}")))?;
        enrolments.push(enrolment);
        texts.push(text);
    }
    Ok((enrolments, texts))
}

/// The files of a folder with this ending, by name; a folder that is not there has none.
fn files(folder: &Path, ending: &str) -> Result<Vec<(String, String)>, Failure> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.extension().is_some_and(|end| end == ending) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.push((name, read(&path)?));
        }
    }
    found.sort();
    Ok(found)
}

/// A file's text; which file could not be read is said, what it holds is not.
pub(crate) fn read(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file).map_err(|error| Failure::of(format!("{}: {}", file.display(), error.kind())))
}
