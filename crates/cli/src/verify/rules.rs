//! Whose word on who is shut out a case is held to: a registry's, or a directory's that the board signed.

use std::collections::BTreeSet;
use std::path::Path;

use report::{Area, Country, Day, Facets, InstitutionCode, Sources};
use signed::Board;
use vault::{Author, Body, Directory, Trust};

use crate::command::VerifyCase;
use crate::{Failure, Home};

/// Who must never receive a report, by data that came from elsewhere than the server that kept it.
pub(super) struct Rules {
    home: Home,
    directory: Option<Directory>,
}

impl Rules {
    /// Reads what was named on the command line.
    ///
    /// # Errors
    /// When a file cannot be read, has faults, or was not signed by whom it should be.
    pub(super) fn read(asked: &VerifyCase) -> Result<Self, Failure> {
        let home = match &asked.rules.registry {
            Some(folder) => Home::of(&Sources::read(folder).map_err(|faults| Failure::faults(&faults))?)?,
            None => Home::embedded()?,
        };
        let board = asked.board.as_deref().map(crate::directory::read_board).transpose()?;
        let directory = asked.rules.directory.as_deref().map(|file| directory(file, board.as_ref())).transpose()?;
        Ok(Self { home, directory })
    }

    /// What codes mean.
    pub(super) fn country(&self) -> &Country {
        &self.home.country
    }

    /// Everyone whom these facets shut out.
    pub(super) fn closure(&self, facets: &Facets) -> BTreeSet<InstitutionCode> {
        if let Some(directory) = &self.directory {
            return directory.closure(facets);
        }
        let area = facets.area().cloned().unwrap_or_else(Area::unknown);
        self.home.registry.closure(facets.accused(), &area).iter().map(|(code, _)| code.clone()).collect()
    }

    /// Whether a statement was made under these very rules. Under newer ones somebody may be shut out who was not then.
    pub(super) fn are_those_of(&self, body: &Body) -> bool {
        match &self.directory {
            Some(directory) => directory.body().version == body.directory,
            None => self.home.registry.version() == body.registry.as_str(),
        }
    }

    /// Whether an institution's key is one that the directory lists for that day. A registry knows no keys.
    pub(super) fn knows_signer(&self, body: &Body, day: Day) -> bool {
        match (&self.directory, &body.from) {
            (Some(directory), Author::Institution(code)) => directory.spoke_for(code, &body.signer, day),
            _ => true,
        }
    }
}

fn directory(file: &Path, board: Option<&Board>) -> Result<Directory, Failure> {
    let note = std::fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
    let trust = board.map_or(Trust::TrainingOnly, Trust::Board);
    Directory::read(&note, trust).map_err(|fault| Failure::refused(format!("{}: {fault}", file.display())))
}
