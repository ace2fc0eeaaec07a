//! What routing reads of a report's facets.

use report::{Accused, Area, Code, ConsentRow, Facets, PartKind};

/// The facets that routing decides by.
#[derive(Debug, Clone)]
pub(crate) struct Situation {
    pub(crate) accused: Accused,
    /// An area that was not asked for is an unknown place, and that is every place.
    pub(crate) area: Area,
    pub(crate) consent: Vec<ConsentRow>,
    pub(crate) is_held: bool,
    pub(crate) categories: Vec<Code>,
    pub(crate) urgency: Vec<Code>,
    pub(crate) needs: Vec<Code>,
}

impl Situation {
    /// Takes them out of the facets.
    pub(crate) fn of(facets: &Facets) -> Self {
        Self {
            accused: facets.accused().clone(),
            area: facets.area().cloned().unwrap_or_else(Area::unknown),
            consent: facets.consent().to_vec(),
            is_held: facets.consent().is_empty(),
            categories: facets.categories().to_vec(),
            urgency: facets.urgency().to_vec(),
            needs: facets.needs().to_vec(),
        }
    }

    /// A situation of which only the accused and the place are known.
    pub(crate) fn accusing(accused: Accused, area: Area) -> Self {
        let nothing = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (consent, categories, urgency, needs) = nothing;
        Self { accused, area, consent, is_held: false, categories, urgency, needs }
    }

    /// The parts a kind of recipient may read for a purpose; none when it was not agreed to.
    pub(crate) fn agreed(&self, purpose: &Code, kind: &Code) -> Option<&[PartKind]> {
        let rows = self.consent.iter();
        rows.filter(|row| row.purpose == *purpose && row.recipient_kind == *kind).map(|row| row.parts.as_slice()).next()
    }
}
