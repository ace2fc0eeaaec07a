//! The country as data: everything of `config/` that is about codes, places, consent, clocks and help.

use crate::consent::ConsentRules;
use crate::fault::Fault;
use crate::help::Help;
use crate::identifiers::Area;
use crate::labels::{Labelled, Labels};
use crate::projection::Projection;
use crate::reviews::Reviews;
use crate::sources::Sources;
use crate::taxonomy::Taxonomy;
use crate::territories::Territories;
use crate::triage::TriageRules;

/// The country, read and checked. Institutions are `routing`'s.
#[derive(Debug, Clone)]
pub struct Country {
    taxonomy: Taxonomy,
    territories: Territories,
    consent: ConsentRules,
    help: Help,
    triage: TriageRules,
    projection: Projection,
    labels: Labels,
    reviews: Reviews,
}

impl Country {
    /// Reads `taxonomy.toml`, `territories.toml`, `consent.toml`, `help.toml`, `triage.toml`, `projection.toml`, `reviews.toml` and `labels/`.
    ///
    /// # Errors
    /// All faults of all files at once. When codes or places cannot be read at all, what stands on them is not checked.
    pub fn read(sources: &Sources) -> Result<Self, Vec<Fault>> {
        let (taxonomy, territories) = match (Taxonomy::read(sources), Territories::read(sources)) {
            (Ok(taxonomy), Ok(territories)) => (taxonomy, territories),
            (taxonomy, territories) => {
                let faults = [taxonomy.err(), territories.err()];
                return Err(sorted(faults.into_iter().flatten().flatten().collect()));
            }
        };
        let mut faults = Vec::new();
        let consent = keep(ConsentRules::read(sources, &taxonomy), &mut faults);
        let help = keep(Help::read(sources, &taxonomy, &territories), &mut faults);
        let triage = keep(TriageRules::read(sources, &taxonomy), &mut faults);
        let projection = keep(Projection::read(sources, &taxonomy), &mut faults);
        let reviews = keep(Reviews::read(sources), &mut faults);
        let labels = match (&consent, &help) {
            (Some(consent), Some(help)) => {
                let labelled = Labelled { taxonomy: &taxonomy, territories: &territories, consent, help };
                keep(Labels::read(sources, labelled), &mut faults)
            }
            _ => None,
        };
        match (consent, help, triage, projection, labels, reviews) {
            (Some(consent), Some(help), Some(triage), Some(projection), Some(labels), Some(reviews)) => {
                Ok(Self { taxonomy, territories, consent, help, triage, projection, labels, reviews })
            }
            _ => Err(sorted(faults)),
        }
    }

    /// The deploying state, such as `BA`.
    pub fn code(&self) -> &Area {
        self.territories.country()
    }

    /// Codes.
    pub fn taxonomy(&self) -> &Taxonomy {
        &self.taxonomy
    }

    /// Places.
    pub fn territories(&self) -> &Territories {
        &self.territories
    }

    /// What may be consented to, and the plain choices.
    pub fn consent(&self) -> &ConsentRules {
        &self.consent
    }

    /// Emergency and support numbers.
    pub fn help(&self) -> &Help {
        &self.help
    }

    /// Rules of urgency, and deadlines.
    pub fn triage(&self) -> &TriageRules {
        &self.triage
    }

    /// What codes are called in the readers' languages.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// What the entry `code` of a list is called in a language, by its BCP 47 tag; else in the country's base language, else the code.
    pub fn label<'a>(&'a self, list: &str, code: &'a str, language: &str) -> &'a str {
        self.labels.get(list, code, language)
    }

    /// Which languages' delicate sentences were reviewed.
    pub fn reviews(&self) -> &Reviews {
        &self.reviews
    }

    /// How coding becomes facets.
    pub fn projection(&self) -> &Projection {
        &self.projection
    }
}

fn keep<T>(read: Result<T, Vec<Fault>>, faults: &mut Vec<Fault>) -> Option<T> {
    read.map_err(|found| faults.extend(found)).ok()
}

fn sorted(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort();
    faults.dedup();
    faults
}
