//! The country as data: everything of `config/` that is about codes, places, consent, clocks and help.

use crate::consent::ConsentRules;
use crate::fault::{Draft, Fault, whole};
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
    /// All faults of all files at once.
    pub fn read(sources: &Sources) -> Result<Self, Vec<Fault>> {
        whole(Self::draft(sources))
    }

    /// Reads as much of it as can be read, for who looks for faults of what stands on it too.
    ///
    /// # Errors
    /// Where a file cannot be read at all, its faults and those of the others: what stands on it is held to its own shape alone.
    pub fn draft(sources: &Sources) -> Draft<Self> {
        let mut faults = Vec::new();
        let taxonomy = keep(Taxonomy::draft(sources), &mut faults);
        let territories = keep(Territories::draft(sources), &mut faults);
        let reviews = keep(Reviews::draft(sources), &mut faults);
        let drawn = if let (Some(taxonomy), Some(territories), Some(reviews)) = (taxonomy, territories, reviews) {
            Self::upon((taxonomy, territories, reviews), sources, &mut faults)
        } else {
            faults.extend([ConsentRules::shape, Help::shape, TriageRules::shape].iter().flat_map(|of| of(sources)));
            faults.extend([Projection::shape, Labels::shape].iter().flat_map(|of| of(sources)));
            None
        };
        faults.sort();
        faults.dedup();
        match drawn {
            Some(country) => Ok((country, faults)),
            None => Err(faults),
        }
    }

    /// What stands on codes and places.
    fn upon(
        (taxonomy, territories, reviews): (Taxonomy, Territories, Reviews),
        sources: &Sources,
        faults: &mut Vec<Fault>,
    ) -> Option<Self> {
        let consent = keep(ConsentRules::draft(sources, &taxonomy), faults);
        let help = keep(Help::draft(sources, &taxonomy, &territories), faults);
        let triage = keep(TriageRules::draft(sources, &taxonomy), faults);
        let projection = keep(Projection::draft(sources, &taxonomy), faults);
        let (Some(consent), Some(help)) = (consent, help) else {
            faults.extend(Labels::shape(sources));
            return None;
        };
        let labelled = Labelled { taxonomy: &taxonomy, territories: &territories, consent: &consent, help: &help };
        let (labels, found) = Labels::draft(sources, labelled);
        faults.extend(found);
        let (triage, projection) = (triage?, projection?);
        Some(Self { taxonomy, territories, consent, help, triage, projection, labels, reviews })
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

fn keep<T>(draft: Draft<T>, faults: &mut Vec<Fault>) -> Option<T> {
    let (value, found) = match draft {
        Ok((value, found)) => (Some(value), found),
        Err(found) => (None, found),
    };
    faults.extend(found);
    value
}
