//! Reading `territories.toml` and saying everything that is wrong with it.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use validator::Validate;

use super::{Crossing, Facility, FacilityStatus, Operation, Segment, Territories, Territory};
use crate::day::{Day, Period};
use crate::fault::{Draft, Fault, Page, note_invalid, whole};
use crate::identifiers::{Area, Code, InstitutionCode};
use crate::sources::Sources;
use crate::validity::Validity;

const FILE: &str = "territories.toml";

/// The fault of an area that contains itself.
const CYCLE: &str = "parent-cycle";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema_version")]
    _schema_version: u32,
    #[serde(rename = "as_of")]
    _as_of: Period,
    country: Spanned<Area>,
    #[serde(default)]
    local_languages: Vec<String>,
    territory: Vec<Spanned<RawTerritory>>,
    #[serde(default)]
    border_segment: Vec<Spanned<RawSegment>>,
    #[serde(default)]
    crossing: Vec<Spanned<RawCrossing>>,
    #[serde(default)]
    facility: Vec<Spanned<RawFacility>>,
}

#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
struct RawTerritory {
    code: Area,
    #[validate(range(max = 3))]
    tier: u8,
    level: String,
    parent: Option<Area>,
    #[validate(length(min = 1, max = 120))]
    name_en: String,
    #[validate(length(min = 1, max = 120))]
    name_local: String,
    iso: Option<String>,
    iso_from: Option<Day>,
    iso_to: Option<Day>,
    from: Option<Day>,
    to: Option<Day>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSegment {
    code: Code,
    neighbour: Area,
    name_en: String,
    adjoining: Vec<Area>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCrossing {
    code: Code,
    segment: Option<Code>,
    municipality: Area,
    name_local: String,
    #[serde(default)]
    opposite: String,
    class: String,
    #[serde(rename = "confidence")]
    _confidence: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFacility {
    code: Code,
    municipality: Area,
    name_en: String,
    kind: String,
    #[serde(default)]
    operators: Vec<RawOperation>,
    from: Option<Day>,
    to: Option<Day>,
    status: FacilityStatus,
    #[serde(rename = "note")]
    _note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOperation {
    institution: InstitutionCode,
    from: Option<Day>,
    to: Option<Day>,
}

impl Territories {
    /// Reads `territories.toml`.
    ///
    /// # Errors
    /// Every fault of the file at once.
    pub fn read(sources: &Sources) -> Result<Self, Vec<Fault>> {
        whole(Self::draft(sources))
    }

    /// Reads as much of it as can be read.
    pub(crate) fn draft(sources: &Sources) -> Draft<Self> {
        let mut page = Page::open(sources, FILE)?;
        let file: File = page.parse()?;
        let spans: BTreeMap<Area, std::ops::Range<usize>> =
            file.territory.iter().map(|unit| (unit.get_ref().code.clone(), unit.span())).collect();
        let country = file.country.span();
        let mut territories = Self {
            country: file.country.into_inner(),
            local_languages: file.local_languages,
            units: BTreeMap::new(),
            segments: BTreeMap::new(),
            crossings: BTreeMap::new(),
            facilities: BTreeMap::new(),
        };
        file.territory.into_iter().for_each(|unit| territories.add_unit(unit, &mut page));
        if !territories.units.contains_key(&territories.country) {
            page.note(&country, "unknown-area", "the country is no territory");
        }
        for (code, span) in &spans {
            territories.check_place_in_tree(code, span, &mut page);
        }
        file.border_segment.into_iter().for_each(|segment| territories.add_segment(segment, &mut page));
        file.crossing.into_iter().for_each(|crossing| territories.add_crossing(crossing, &mut page));
        file.facility.into_iter().for_each(|facility| territories.add_facility(facility, &mut page));
        let faults = page.close();
        // Up from an area that contains itself there is no end: nothing else may be held to such a map.
        if faults.iter().any(|fault| fault.code == CYCLE) { Err(faults) } else { Ok((territories, faults)) }
    }

    fn add_unit(&mut self, unit: Spanned<RawTerritory>, page: &mut Page<'_>) {
        let span = unit.span();
        let unit = unit.into_inner();
        if let Err(errors) = unit.validate() {
            note_invalid(page, &span, &errors);
        }
        let territory = Territory {
            code: unit.code.clone(),
            tier: unit.tier,
            level: unit.level,
            parent: unit.parent,
            name: unit.name_en,
            local_name: unit.name_local,
            iso: unit.iso,
            iso_validity: Validity { from: unit.iso_from, to: unit.iso_to },
            validity: Validity { from: unit.from, to: unit.to },
        };
        if self.units.insert(unit.code, territory).is_some() {
            page.note(&span, "duplicate-code", "a territory of this code stands above");
        }
    }

    fn check_place_in_tree(&self, code: &Area, span: &std::ops::Range<usize>, page: &mut Page<'_>) {
        let Some(unit) = self.units.get(code) else { return };
        if self.chain(code.as_str()).nth(self.units.len()).is_some() {
            page.note(span, CYCLE, format!("{code} contains itself"));
            return;
        }
        match unit.parent.as_ref().map(|parent| (parent, self.units.get(parent))) {
            Some((parent, None)) => page.note(span, "unknown-area", format!("parent {parent} is no territory")),
            Some((parent, Some(above))) if above.tier >= unit.tier => {
                page.note(span, "wrong-tier", format!("{code} does not lie below {parent}"));
            }
            None if unit.tier > 0 => page.note(span, "parent-missing", format!("{code} has no parent")),
            _ if unit.tier == 3 && self.tier_2(code.as_str()).is_none() => {
                page.note(span, "wrong-tier", format!("{code} lies in no tier-2 area"));
            }
            _ => {}
        }
    }

    fn need(&self, page: &mut Page<'_>, span: &std::ops::Range<usize>, area: &Area) {
        if !self.units.contains_key(area) {
            page.note(span, "unknown-area", format!("{area} is no territory"));
        }
    }

    fn add_segment(&mut self, segment: Spanned<RawSegment>, page: &mut Page<'_>) {
        let span = segment.span();
        let RawSegment { code, neighbour, name_en: name, adjoining } = segment.into_inner();
        self.need(page, &span, &neighbour);
        for area in &adjoining {
            self.need(page, &span, area);
        }
        if self.segments.insert(code.clone(), Segment { code, neighbour, name, adjoining }).is_some() {
            page.note(&span, "duplicate-code", "a segment of this code stands above");
        }
    }

    fn add_crossing(&mut self, crossing: Spanned<RawCrossing>, page: &mut Page<'_>) {
        let span = crossing.span();
        let RawCrossing { code, segment, municipality, name_local: name, opposite, class, .. } = crossing.into_inner();
        self.need(page, &span, &municipality);
        if let Some(segment) = segment.as_ref().filter(|segment| !self.segments.contains_key(*segment)) {
            page.note(&span, "unknown-code", format!("{segment} is no border segment"));
        }
        let crossing = Crossing { code: code.clone(), segment, municipality, name, opposite, class };
        if self.crossings.insert(code, crossing).is_some() {
            page.note(&span, "duplicate-code", "a crossing of this code stands above");
        }
    }

    fn add_facility(&mut self, facility: Spanned<RawFacility>, page: &mut Page<'_>) {
        let span = facility.span();
        let raw = facility.into_inner();
        self.need(page, &span, &raw.municipality);
        let operator = |operation: RawOperation| Operation {
            institution: operation.institution,
            validity: Validity { from: operation.from, to: operation.to },
        };
        let facility = Facility {
            code: raw.code.clone(),
            municipality: raw.municipality,
            name: raw.name_en,
            kind: raw.kind,
            operators: raw.operators.into_iter().map(operator).collect(),
            validity: Validity { from: raw.from, to: raw.to },
            status: raw.status,
        };
        let dates = facility.operators.iter().map(|operation| operation.validity).chain([facility.validity]);
        if dates.into_iter().any(|validity| validity.is_reversed()) {
            page.note(&span, "reversed-dates", format!("{} has an end before its beginning", facility.code));
        }
        if self.facilities.insert(raw.code, facility).is_some() {
            page.note(&span, "duplicate-code", "a facility of this code stands above");
        }
    }
}
