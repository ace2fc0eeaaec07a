//! What the facets of a verified report give to count.

use report::found::Persons;
use report::territories::Territories;
use report::{Area, Code, Country, Facets, Found, ReportId};

use crate::plan::Plan;
use crate::rows::Counted;

/// A verified report, as far as it is counted.
#[derive(Clone, Copy)]
pub struct Verified<'a> {
    /// The incident; the report's own id when it is linked to none.
    pub incident: ReportId,
    /// The filing organisation, the import's source, or else who verified.
    pub source: &'a str,
    /// The facets that stand after verification.
    pub facets: &'a Facets,
    /// What else a member found.
    pub found: Option<&'a Found>,
}

impl Counted {
    /// The row of a verified report.
    ///
    /// The device writes consent to statistics as a row unless it was refused (docs/adr/0006-what-facets-say.md): open facets without
    /// it are not counted; protected facets without it count as `protected` and nothing else.
    ///
    /// What a member found stands before what facets tell, and alone tells direction and grounds; without consent to
    /// statistics it is left aside. Facets tell of people only for groups of four or more, in bands: the lower end of the band
    /// is counted. A border segment is counted where the place is at a border and one segment alone adjoins the area.
    pub fn of(verified: &Verified<'_>, plan: &Plan, country: &Country) -> Self {
        let Verified { incident, source, facets, found } = *verified;
        let consent = consent(facets, country);
        let found = found.filter(|_| consent == Some(true)).cloned().unwrap_or_default();
        let persons =
            if found.persons.is_empty() { persons(facets, plan, country).into_iter().collect() } else { found.persons };
        Self {
            incident,
            source: source.to_owned(),
            period: facets.period(),
            area: facets.area().cloned(),
            categories: facets.categories().to_vec(),
            perpetrators: facets.accused().kinds.clone(),
            segment: found.segment.or_else(|| segment(facets, plan, country.territories())),
            direction: found.direction,
            persons,
            grounds: found.grounds,
            consent,
            protected: facets.is_protected(),
        }
    }
}

fn consent(facets: &Facets, country: &Country) -> Option<bool> {
    match (facets.consents_to(country.consent().statistics().purpose.as_str()), facets.is_protected()) {
        (true, _) => Some(true),
        (false, true) => None,
        (false, false) => Some(false),
    }
}

fn segment(facets: &Facets, plan: &Plan, territories: &Territories) -> Option<Code> {
    let at_border = facets.place_kind().is_some_and(|kind| plan.told.at_a_border.iter().any(|code| *kind == **code));
    let around: &Area = facets.area().filter(|_| at_border).and_then(|area| territories.tier_2(area.as_str()))?;
    let mut adjoining = territories.segments().filter(|segment| segment.adjoining.contains(around));
    let first = adjoining.next()?;
    adjoining.next().is_none().then(|| first.code.clone())
}

fn persons(facets: &Facets, plan: &Plan, country: &Country) -> Option<Persons> {
    let group = facets.group()?;
    let sex = group.gender.as_ref().and_then(|code| plan.told.sex.get(code.as_str()));
    let age = group.age_band.as_ref().and_then(|code| plan.told.age.get(code.as_str()));
    let (sex, age) = (sex.copied().unwrap_or_default(), age.copied().unwrap_or_default());
    Some(Persons { sex, age, count: country.projection().at_least(&group.size)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use report::Sources;
    use report::found::{Age, Direction, Sex};

    use crate::world::plan;

    fn counted(change: &dyn Fn(&mut serde_json::Value)) -> Counted {
        counted_as(change, None)
    }

    fn counted_as(change: &dyn Fn(&mut serde_json::Value), found: Option<&Found>) -> Counted {
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
        let verified = Verified { incident: ReportId::new([1; 16]), source: "NGO-VP", facets: &facets, found };
        Counted::of(&verified, &plan(), &country)
    }

    #[test]
    fn facets_of_a_group_at_the_green_border_become_a_row() {
        let row = counted(&|_| {});
        assert_eq!(row.persons, [Persons { sex: Sex::Male, age: Age::Adult, count: 10 }]);
        assert_eq!(row.segment.as_ref().map(Code::as_str), Some("SEG-HR-UNASANA"));
        assert_eq!((row.consent, row.protected), (Some(true), false));
    }

    #[test]
    fn what_a_member_found_is_counted_before_what_facets_tell_and_only_with_consent() {
        let boys = Persons { sex: Sex::Male, age: Age::Child, count: 2 };
        let found = Found {
            segment: Some("SEG-HR-UNASAVA".parse().expect("a code")),
            direction: Direction::In,
            grounds: vec!["ID-ETH".parse().expect("a code")],
            persons: vec![boys],
        };
        let row = counted_as(&|_| {}, Some(&found));
        assert_eq!((row.segment, row.direction, row.persons), (found.segment.clone(), Direction::In, vec![boys]));
        assert_eq!(row.grounds, found.grounds);
        let without = |facets: &mut serde_json::Value| drop(facets["consent"].as_array_mut().expect("rows").pop());
        assert!(counted_as(&without, Some(&found)).grounds.is_empty(), "without consent it stays what facets tell");
    }

    #[test]
    fn open_facets_without_the_row_of_consent_are_refused_statistics() {
        let without = |facets: &mut serde_json::Value| drop(facets["consent"].as_array_mut().expect("rows").pop());
        assert_eq!(counted(&without).consent, Some(false));
    }
}
