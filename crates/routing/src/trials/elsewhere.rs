//! A second country, made up and tiny: nothing of the first is hard-wired.

use std::path::Path;

use report::{Country, Facets, Sources};

use super::today;
use crate::{Registry, ladder, propose, readers};

fn read() -> (Country, Registry) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/country-two");
    let sources = Sources::read(&folder).expect("the second country is there");
    let country = Country::read(&sources).expect("the second country has no fault");
    let registry = Registry::read(&sources, &country).expect("its registry has no fault");
    (country, registry)
}

fn facets(country: &Country, kind: &str) -> Facets {
    let text = format!(
        r#"{{"version":1,"taxonomy":"2030-01","projection":"open","accused":{{"kinds":["{kind}"],"institutions":[]}},"consent":[{{"purpose":"hold","recipient_kind":"porter","parts":["account","coding"]}},{{"purpose":"sum","recipient_kind":"clerk","parts":[]}}],"recency":"older","clock":"U2","urgency":["now"],"area":"XA-N-TOWN","categories":["GATE"],"acts":["GATE-1"],"to_code":false}}"#
    );
    Facets::admit(text.as_bytes(), country).expect("facets")
}

#[test]
fn the_second_country_routes_past_its_own_guard() {
    let (country, registry) = read();
    let filed = facets(&country, "anybody");
    let closure = registry.closure(filed.accused(), filed.area().expect("an area"));
    let shut: Vec<&str> = closure.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(shut, ["XA-CROWN", "XA-GUARD", "XA-INN", "XA-WATCH"], "the inn goes on as the watch");
    let chosen = readers(&filed, &registry, today());
    assert_eq!(chosen.lead.map(|body| body.code().to_string()), Some("XA-CIRCLE".to_owned()));
    assert_eq!(chosen.alternate.map(|body| body.code().to_string()), Some("XA-CHAPEL".to_owned()));
    let proposals = propose(&filed, &registry, &country, today());
    assert_eq!(proposals.required.iter().map(|one| one.institution.as_str()).collect::<Vec<_>>(), ["XA-COUNCIL"]);
    assert_eq!(proposals.recommended.iter().map(|one| one.institution.as_str()).collect::<Vec<_>>(), ["XA-CIRCLE"]);
}

#[test]
fn the_ladder_of_the_second_country_has_its_own_rungs() {
    let (_, registry) = read();
    let rungs = ladder::external_complaints(&registry, today());
    assert_eq!(rungs.len(), 2 * 2);
    assert!(rungs.iter().all(|rung| rung.free().map(ToString::to_string).collect::<Vec<_>>() == ["XA-COUNCIL"]));
}
