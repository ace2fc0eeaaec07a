//! Who answers for a report by area, and when somebody reads, from `config/leads.toml`.

use std::collections::BTreeMap;

use report::{Area, Code, InstitutionCode};
use serde::{Deserialize, Serialize};

/// Where leads stand.
pub(crate) const FILE: &str = "leads.toml";

/// The leads and alternates of an area, in the order they are asked. The directory ships this table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Posts {
    /// Whoever may lead, whatever its kind.
    pub lead: Vec<InstitutionCode>,
    /// Non-state bodies that take over when the lead is silent or accused.
    pub alternate: Vec<InstitutionCode>,
}

/// Leads and alternates by area.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Leads(BTreeMap<Area, Posts>);

/// One entry of the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenLead {
    pub(crate) areas: Vec<Area>,
    pub(crate) lead: Vec<InstitutionCode>,
    pub(crate) alternate: Vec<InstitutionCode>,
}

/// When a lead reads, and how its one on duty is reached.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    /// Whose desk.
    pub institution: InstitutionCode,
    /// A name of the IANA time zone list, such as `Europe/Sarajevo`; what it means on a day is looked up, never reckoned.
    pub time_zone: String,
    /// Days of the week it is open: `mon` to `sun`.
    pub days: Vec<String>,
    /// Local time, `HH:MM`.
    pub opens: String,
    /// Local time, `HH:MM`, later than it opens.
    pub closes: String,
    /// Closed each year (`MM-DD`) or once (`YYYY-MM-DD`).
    #[serde(default)]
    pub holidays: Vec<String>,
    /// How the one on duty is reached, by kind of contact: `phone`, `mail`. The contact itself is no part of the registry.
    pub duty: String,
    /// The clocks it promises to keep inside these hours.
    #[serde(default)]
    pub promises: Vec<Code>,
}

impl Leads {
    /// A table of these posts.
    pub(crate) fn of(written: impl IntoIterator<Item = WrittenLead>) -> Self {
        let each = |entry: WrittenLead| {
            let posts = Posts { lead: entry.lead, alternate: entry.alternate };
            entry.areas.into_iter().map(move |area| (area, posts.clone()))
        };
        Self(written.into_iter().flat_map(each).collect())
    }

    /// The posts of exactly this area.
    pub fn get(&self, area: &Area) -> Option<&Posts> {
        self.0.get(area)
    }

    /// All areas with their posts.
    pub fn iter(&self) -> impl Iterator<Item = (&Area, &Posts)> {
        self.0.iter()
    }

    /// The posts that answer for a place: those of the smallest area around it, abroad those of `outside`, else those of an unknown place.
    /// An area lies around another when its code begins it (`BA-BIH-01` and `BA-BIH-01-BIHAC`), which reading the registry makes sure of.
    pub fn around(&self, area: &Area) -> Option<&Posts> {
        let outside = || (*area != Area::unknown()).then(Area::outside).and_then(|outside| self.get(&outside));
        around(area).find_map(|code| self.0.get(code)).or_else(outside).or_else(|| self.get(&Area::unknown()))
    }
}

/// The code and the shorter codes that begin it, from the inside out.
pub(crate) fn around(area: &Area) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(area.as_str()), |code| code.rsplit_once('-').map(|(outer, _)| outer))
}
