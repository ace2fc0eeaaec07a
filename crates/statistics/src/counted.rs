//! What the facets of a verified report give to count.

use report::territories::Territories;
use report::{Area, Code, Country, Facets, ReportId};

use crate::rows::{Age, Counted, Direction, Persons, Sex};

/// The purpose of consent that widens what is counted of a sensitive report.
const STATISTICS: &str = "C-STAT";
/// Kinds of place that lie at a border.
const AT_A_BORDER: [&str; 3] = ["PL-GREEN", "PL-RIVER", "PL-XING"];

impl Counted {
    /// The row of a verified report, from the facets that stand after verification. `incident` is the report's own id
    /// when it is linked to none; `source` is the filing organisation, the import's source, or else who verified.
    ///
    /// The device writes consent to statistics as a row unless it was refused (docs/adr/0006-what-facets-say.md): open facets without
    /// it are not counted; protected facets without it count as `protected` and nothing else.
    ///
    /// Facets tell of people only for groups of four or more, in bands: the lower end of the band is counted. A border
    /// segment is counted where the place is at a border and one segment alone adjoins the area.
    pub fn of(incident: ReportId, source: &str, facets: &Facets, country: &Country) -> Self {
        Self {
            incident,
            source: source.to_owned(),
            period: facets.period(),
            area: facets.area().cloned(),
            categories: facets.categories().to_vec(),
            perpetrators: facets.accused().kinds.clone(),
            segment: segment(facets, country.territories()),
            direction: Direction::Unknown,
            persons: persons(facets, country).into_iter().collect(),
            grounds: Vec::new(),
            consent: consent(facets),
            protected: facets.is_protected(),
        }
    }
}

fn consent(facets: &Facets) -> Option<bool> {
    match (facets.consents_to(STATISTICS), facets.is_protected()) {
        (true, _) => Some(true),
        (false, true) => None,
        (false, false) => Some(false),
    }
}

fn segment(facets: &Facets, territories: &Territories) -> Option<Code> {
    let at_border = facets.place_kind().is_some_and(|kind| AT_A_BORDER.contains(&kind.as_str()));
    let around: &Area = facets.area().filter(|_| at_border).and_then(|area| territories.tier_2(area.as_str()))?;
    let mut adjoining = territories.segments().filter(|segment| segment.adjoining.contains(around));
    let first = adjoining.next()?;
    adjoining.next().is_none().then(|| first.code.clone())
}

fn persons(facets: &Facets, country: &Country) -> Option<Persons> {
    let group = facets.group()?;
    let digits = group.size.as_str().split('-').next().unwrap_or_default();
    let sex = match group.gender.as_ref().map(Code::as_str) {
        Some("G-F") => Sex::Female,
        Some("G-M") => Sex::Male,
        Some("G-X") => Sex::Other,
        _ => Sex::Unknown,
    };
    let band = group.age_band.as_ref().and_then(|band| country.taxonomy().term("age_band", band.as_str()));
    let age = match band {
        Some(band) if band.flag("child") => Age::Child,
        Some(band) if !["AG-UNK", "AG-MIX"].contains(&band.code.as_str()) => Age::Adult,
        _ => Age::Unknown,
    };
    Some(Persons { sex, age, count: digits.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use report::Sources;

    fn counted(change: &dyn Fn(&mut serde_json::Value)) -> Counted {
        let mut facets = serde_json::json!({
            "version": 1, "taxonomy": "2026-11", "projection": "open", "accused": {"kinds": ["P-HRPOL"], "institutions": []},
            "consent": [{"purpose": "C-KEEP", "recipient_kind": "K-INTAKE", "parts": ["account", "coding", "evidence", "message"]},
                        {"purpose": "C-STAT", "recipient_kind": "K-STAT", "parts": []}],
            "recency": "older", "clock": "U3", "urgency": [], "area": "BA-BIH-01-BIHAC", "period": "2024-W18",
            "categories": ["PUSH"], "acts": ["PUSH-01"], "place_kind": "PL-GREEN",
            "group": {"size": "10-49", "age_band": "AG-18-59", "gender": "G-M"}, "to_code": false
        });
        change(&mut facets);
        let country = Country::read(&Sources::embedded()).expect("the shipped country reads");
        let facets = Facets::admit(facets.to_string().as_bytes(), &country).expect("the facets are admitted");
        Counted::of(ReportId::new([1; 16]), "NGO-VP", &facets, &country)
    }

    #[test]
    fn facets_of_a_group_at_the_green_border_become_a_row() {
        let row = counted(&|_| {});
        assert_eq!(row.persons, [Persons { sex: Sex::Male, age: Age::Adult, count: 10 }]);
        assert_eq!(row.segment.as_ref().map(Code::as_str), Some("SEG-HR-UNASANA"));
        assert_eq!((row.consent, row.protected), (Some(true), false));
    }

    #[test]
    fn open_facets_without_the_row_of_consent_are_refused_statistics() {
        let without = |facets: &mut serde_json::Value| drop(facets["consent"].as_array_mut().expect("rows").pop());
        assert_eq!(counted(&without).consent, Some(false));
    }
}
