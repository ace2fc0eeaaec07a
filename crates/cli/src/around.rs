//! What a command takes from the world: the day, chance, and the country built into the program.

use std::io::{Read, Write};

use rand::rngs::StdRng;
use report::{Country, Day, Sources};
use routing::Registry;
use vault::Directory;
use vault::filing::Ground;
use words::Language;

use crate::Failure;

/// The world around a command. Only the binary makes one from the clock and the machine's entropy.
pub struct Around {
    /// Today, in UTC.
    pub today: Day,
    /// Chance.
    pub rng: StdRng,
    /// The reader's language.
    pub language: Language,
    /// What is typed or piped in.
    pub input: Box<dyn Read + Send>,
    /// Where messages go, beside the one document.
    pub messages: Box<dyn Write + Send>,
}

/// The country's data.
pub struct Home {
    /// Codes, places, consent, triage.
    pub country: Country,
    /// Institutions.
    pub registry: Registry,
}

impl Home {
    /// The data built into the program.
    ///
    /// # Errors
    /// When it has faults, which a test of the repository keeps from happening.
    pub fn embedded() -> Result<Self, Failure> {
        Self::of(&Sources::embedded())
    }

    /// The data of these texts.
    ///
    /// # Errors
    /// All faults at once, each with its file and line.
    pub fn of(sources: &Sources) -> Result<Self, Failure> {
        let country = Country::read(sources).map_err(|faults| Failure::faults(&faults))?;
        let registry = Registry::read(sources, &country).map_err(|faults| Failure::faults(&faults))?;
        Ok(Self { country, registry })
    }

    /// What plans are made on, with the directory in force.
    pub fn ground<'a>(&'a self, directory: &'a Directory, today: Day) -> Ground<'a> {
        Ground { country: &self.country, registry: &self.registry, directory, today }
    }
}

impl Around {
    /// Tells the person at the terminal something; that nobody listens changes nothing.
    pub fn tell(&mut self, message: &str) {
        writeln!(self.messages, "putokaz: {message}").ok();
    }

    /// A sentence of the catalogue in the reader's language.
    pub fn say(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        words::text(self.language, key, arguments)
    }

    /// Why, in the reader's language.
    pub fn reason(&self, reason: &routing::Reason) -> String {
        let arguments: Vec<(&str, &str)> = reason.arguments.iter().map(|(name, code)| (*name, code.as_str())).collect();
        self.say(reason.key, &arguments)
    }
}
