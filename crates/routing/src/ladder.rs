//! Which complaints bodies are left outside the line of the accused, place by place: why the ombuds institution must not stand alone.

use report::{Accused, Area, Code, Day, InstitutionCode};
use serde::Serialize;

use crate::hearing::Ears;
use crate::institution::{Institution, Level};
use crate::registry::Registry;
use crate::rules::plain;
use crate::situation::Situation;

/// A complaints body competent for one pair of place and accused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Complaints {
    /// Its code.
    pub institution: InstitutionCode,
    /// Whether it is shut out because it stands in the line of the accused.
    pub is_shut_out: bool,
    /// Whether it passes complaints on to somebody who is shut out.
    pub is_relay: bool,
    /// Whether it is for children only.
    pub for_children: bool,
}

impl Complaints {
    /// Whether one can complain to it without the accused's line getting the complaint.
    pub const fn is_free(&self) -> bool {
        !self.is_shut_out && !self.is_relay
    }
}

/// One rung: a place, a kind of accused, and the complaints bodies competent there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rung {
    /// A tier-2 area.
    pub area: Area,
    /// A kind of accused.
    pub accused: Code,
    /// All complaints bodies competent for it.
    pub bodies: Vec<Complaints>,
}

impl Rung {
    /// The bodies for everybody that are outside the line and pass nothing into it.
    pub fn free(&self) -> impl Iterator<Item = &InstitutionCode> {
        self.bodies.iter().filter(|body| body.is_free() && !body.for_children).map(|body| &body.institution)
    }

    /// The same for children only.
    pub fn free_for_children(&self) -> impl Iterator<Item = &InstitutionCode> {
        self.bodies.iter().filter(|body| body.is_free() && body.for_children).map(|body| &body.institution)
    }
}

/// The ladder over every tier-2 area and every kind of accused that `routing.toml` counts as a force or service of the state.
pub fn external_complaints(registry: &Registry, today: Day) -> Vec<Rung> {
    let areas = registry.land.tier_2.iter();
    let kinds = &registry.rules.complaints.accused;
    areas.flat_map(|area| plain(kinds).map(move |kind| rung(registry, area, kind, today))).collect()
}

fn is_home(body: &Institution) -> bool {
    matches!(body.level, Level::State | Level::Entity | Level::Canton | Level::District | Level::Municipal)
}

fn rung(registry: &Registry, area: &Area, kind: &Code, today: Day) -> Rung {
    let situation = Situation::accusing(Accused { kinds: vec![kind.clone()], institutions: Vec::new() }, area.clone());
    let ears = Ears::of(&situation, registry, today);
    let rules = &registry.rules.complaints;
    let mut bodies: Vec<Complaints> = Vec::new();
    for (place, body) in registry.institutions().enumerate() {
        let general = body.has_mandate(plain(&rules.general));
        let children = body.has_mandate(plain(&rules.children));
        let oversees = body.oversees.is_empty() || ears.accuses(body.oversees.on(today));
        if (general || children) && is_home(body) && oversees && registry.covers(body, &[area]) && body.works_on(today)
        {
            let (is_shut_out, is_relay) = (ears.shut.contains(place), ears.is_relay(body));
            bodies.push(Complaints { institution: body.code.clone(), is_shut_out, is_relay, for_children: !general });
        }
    }
    Rung { area: area.clone(), accused: kind.clone(), bodies }
}
