//! Who reads by default: the lead of the area, and the alternate if the lead does not answer.

use report::{Area, Day, Facets, InstitutionCode};

use crate::eligible::{Eligible, EligibleSet};
use crate::leads::Leads;
use crate::registry::Registry;
use crate::situation::Situation;

/// Who reads without being asked for by name. Neither: the report is held without sending, and the person is told so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Readers {
    /// The first eligible lead of the area, whatever its kind; it reads now.
    pub lead: Option<Eligible>,
    /// The first eligible non-state alternate; it reads if the lead is silent or is accused later. Where there is no eligible lead it reads now.
    pub alternate: Option<Eligible>,
}

impl Readers {
    /// Whether nobody may read it by default: it is held without sending.
    pub fn is_held(&self) -> bool {
        self.lead.is_none() && self.alternate.is_none()
    }
}

/// Who reads a report with these facets. Only bodies on the system are taken, where the registry knows who is.
pub fn readers(facets: &Facets, registry: &Registry, today: Day) -> Readers {
    of(&Situation::of(facets), registry, today)
}

pub(crate) fn of(situation: &Situation, registry: &Registry, today: Day) -> Readers {
    if situation.is_held {
        return Readers::default();
    }
    let shut = registry.closure_of(&registry.bases(&situation.accused, &situation.area));
    let able =
        |code: &InstitutionCode| registry.get(code).and_then(|body| Eligible::of(body, (registry, &shut), today));
    registry.leads().choose(&situation.area, |code| able(code).filter(|body| registry.is_present(body.code())))
}

impl Leads {
    /// The readers for a place among the eligible; `is_present` says who has keys. For clients that have only a directory.
    pub fn readers(
        &self,
        area: &Area,
        eligible: &EligibleSet,
        is_present: impl Fn(&InstitutionCode) -> bool,
    ) -> Readers {
        self.choose(area, |code| eligible.get(code).filter(|body| is_present(body.code())).cloned())
    }

    fn choose(&self, area: &Area, able: impl Fn(&InstitutionCode) -> Option<Eligible>) -> Readers {
        let Some(posts) = self.around(area) else { return Readers::default() };
        let lead = posts.lead.iter().find_map(&able);
        let alternate = posts.alternate.iter().filter_map(&able).find(|body| lead.as_ref() != Some(body));
        Readers { lead, alternate }
    }
}
