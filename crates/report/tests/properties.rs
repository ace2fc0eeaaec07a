//! What holds for every coding there can be.

#![cfg(test)]

use std::sync::LazyLock;

use proptest::prelude::*;
use report::coding::{Accused, Act, Event, Group, Harm};
use report::triage::{Clock, Recency, Signals, assess};
use report::{Answer, Area, Code, Coding, ConsentRow, Country, Day, Facets, Origin, PartKind, Sources};

static COUNTRY: LazyLock<Country> =
    LazyLock::new(|| Country::read(&Sources::embedded()).unwrap_or_else(|_| unreachable!("config/ is sound")));

/// 2024-05-03.
const TODAY: i32 = 19_846;

fn answer<T: Clone + std::fmt::Debug + 'static>(
    given: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Answer<T>> {
    prop_oneof![
        3 => given.prop_map(Answer::Given),
        1 => Just(Answer::NotAsked),
        1 => Just(Answer::Unknown),
        1 => Just(Answer::Refused),
    ]
}

fn listed(list: &str) -> impl Strategy<Value = Code> + use<> {
    let codes: Vec<Code> = match list {
        "act" => COUNTRY.taxonomy().acts().map(|act| act.code.clone()).collect(),
        _ => COUNTRY.taxonomy().list(list).iter().map(|term| term.code.clone()).collect(),
    };
    prop::sample::select(codes)
}

fn some(list: &str) -> impl Strategy<Value = Vec<Code>> + use<> {
    prop::collection::vec(listed(list), 0..4)
}

fn area() -> impl Strategy<Value = Area> {
    let mut areas: Vec<Area> = COUNTRY.territories().all().map(|unit| unit.code.clone()).collect();
    areas.extend([Area::outside(), Area::unknown(), "IT".parse().expect("Italy")]);
    prop::sample::select(areas)
}

fn event() -> impl Strategy<Value = Event> {
    let facilities: Vec<Code> = COUNTRY.territories().facilities().map(|facility| facility.code.clone()).collect();
    let day = || answer((TODAY - 400..=TODAY).prop_map(Day::new));
    let place = (answer(area()), answer(prop::sample::select(facilities)), answer(listed("place_kind")));
    (day(), answer(listed("date_precision")), place).prop_map(|(from, precision, (area, facility, place_kind))| Event {
        from,
        precision,
        area,
        facility,
        place_kind,
        ..Event::default()
    })
}

fn group() -> impl Strategy<Value = Group> {
    let origin = prop::sample::select(vec!["SY", "AFG", "XXA", "ZZ-ND"])
        .prop_map(|code| code.parse::<Origin>().expect("an origin"));
    let who = (answer(listed("age_band")), answer(listed("gender")), answer(origin), answer(some("vulnerability")));
    (answer(0..90_u32), who).prop_map(|(count, (age_band, gender, origin, vulnerability))| Group {
        count,
        age_band,
        gender,
        origin,
        vulnerability,
        ..Group::default()
    })
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = (listed("act"), answer(some("means"))).prop_map(|(code, means)| Act {
        code,
        means,
        purpose: Answer::NotAsked,
        against: Answer::NotAsked,
    });
    prop::collection::vec(act, 0..4)
}

fn accused() -> impl Strategy<Value = Vec<Accused>> {
    let institution = prop::sample::select(vec!["BA-BP", "BA-SFA"]).prop_map(|code| code.parse().expect("a code"));
    let one = (answer(listed("perpetrator_kind")), answer(institution));
    prop::collection::vec(one.prop_map(|(kind, institution)| Accused { kind, institution, ..Accused::default() }), 0..3)
}

fn consent() -> impl Strategy<Value = Answer<Vec<ConsentRow>>> {
    let cells: Vec<(Code, Code, Vec<PartKind>)> = COUNTRY
        .consent()
        .matrix()
        .iter()
        .map(|cell| (cell.purpose.clone(), cell.recipient_kind.clone(), cell.parts.clone()))
        .collect();
    let row = prop::sample::select(cells).prop_map(|(purpose, recipient_kind, parts)| ConsentRow {
        purpose,
        recipient_kind,
        parts,
    });
    answer(prop::collection::vec(row, 0..4))
}

fn coding() -> impl Strategy<Value = Coding> {
    let harm = listed("harm").prop_map(|kind| Harm { kind, count: Answer::NotAsked, count_basis: Answer::Unknown });
    let first = (
        answer(listed("language")),
        answer(listed("source_kind")),
        answer(listed("channel")),
        answer(listed("danger")),
    );
    let what = (answer(event()), answer(acts()), answer(accused()), answer(prop::collection::vec(group(), 0..4)));
    let rest = (
        answer(some("need")),
        answer(prop::collection::vec(harm, 0..2)),
        consent(),
        answer(any::<bool>()),
        answer(any::<bool>()),
    );
    (first, what, rest).prop_map(|(first, what, rest)| Coding {
        language: first.0,
        source_kind: first.1,
        channel: first.2,
        still_in_danger: first.3,
        event: what.0,
        acts: what.1,
        accused: what.2,
        people: what.3,
        needs: rest.0,
        harm: rest.1,
        consent: rest.2,
        statistics: rest.3,
        reprisal: rest.4,
        ..Coding::default()
    })
}

fn project(coding: &Coding) -> Facets {
    Facets::project(coding, &COUNTRY, Day::new(TODAY))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_written_is_read_back(coding in coding()) {
        prop_assert_eq!(Coding::read(&coding.to_bytes()), Ok(coding));
    }

    #[test]
    fn every_such_coding_passes_the_check(coding in coding()) {
        prop_assert_eq!(coding.check(&COUNTRY, Day::new(TODAY)), Ok(()));
    }

    #[test]
    fn every_projection_is_admitted_and_keeps_its_bytes(coding in coding()) {
        let facets = project(&coding);
        let bytes = facets.to_bytes();
        let admitted = Facets::admit(&bytes, &COUNTRY);
        prop_assert_eq!(admitted.as_ref().map(Facets::to_bytes), Ok(bytes));
        prop_assert_eq!(admitted, Ok(facets));
    }

    #[test]
    fn the_protected_projection_says_nothing_of_what_happened_to_whom(coding in coding()) {
        let facets = project(&coding);
        let object: serde_json::Value = serde_json::from_slice(&facets.to_bytes()).expect("facets are JSON");
        if facets.is_protected() {
            let allowed = ["version", "taxonomy", "projection", "accused", "consent", "recency", "clock", "urgency", "area", "period", "categories"];
            let is_import = |key: &str| key == "channel" && object["channel"] == "CH-IMPORT";
            prop_assert!(object.as_object().is_some_and(|fields| fields.keys().all(|key| allowed.contains(&key.as_str()) || is_import(key))));
            prop_assert_eq!(facets.categories().iter().map(Code::as_str).collect::<Vec<_>>(), vec!["protected"]);
            prop_assert!(facets.urgency().iter().all(|flag| ["still-in-danger", "child-alone"].contains(&flag.as_str())));
        } else if !facets.consents_to("C-STAT") {
            let sensitive = ["SEXV", "CHLD"];
            prop_assert!(facets.categories().iter().all(|category| !sensitive.contains(&category.as_str())));
            prop_assert!(!["self-harm", "held", "trafficking", "child-alone"].iter().any(|flag| facets.urgency().iter().any(|code| code == flag)));
        }
    }

    #[test]
    fn no_facet_betrays_a_vulnerability_a_day_or_a_small_group(coding in coding()) {
        let facets = String::from_utf8(project(&coding).to_bytes()).expect("facets are UTF-8");
        prop_assert!(!facets.contains("\"V-") && !facets.contains("\"F-"));
        let day = coding.event.given().and_then(|event| event.from.given());
        prop_assert!(day.is_none_or(|day| !facets.contains(&day.to_string())));
        let small = coding.head_count().is_none_or(|count| count < 4);
        prop_assert!(!small || project(&coding).group().is_none());
    }

    #[test]
    fn nothing_is_counted_against_a_wish(coding in coding()) {
        let refused = matches!(coding.statistics, Answer::Refused | Answer::Given(false));
        let held = coding.consent.given().is_some_and(Vec::is_empty);
        prop_assert!(!(refused || held) || !project(&coding).consents_to("C-STAT"));
        prop_assert!(!held || project(&coding).consent().is_empty());
    }

    #[test]
    fn consent_that_was_asked_for_and_not_given_is_none(coding in coding()) {
        let with = |consent| project(&Coding { consent, ..coding.clone() }).to_bytes();
        prop_assert_eq!(with(Answer::Unknown), with(Answer::NotAsked));
        prop_assert_eq!(with(Answer::Refused), with(Answer::NotAsked));
    }

    #[test]
    fn the_longer_ago_the_less_urgent(coding in coding()) {
        let mut signals = Signals::of_coding(&coding, &COUNTRY, Day::new(TODAY));
        let clocks: Vec<_> = [Recency::Now, Recency::Hours48, Recency::Hours120, Recency::Days7, Recency::Older]
            .into_iter()
            .map(|recency| {
                signals.recency = recency;
                COUNTRY.triage().assess(&signals, COUNTRY.taxonomy()).clock
            })
            .collect();
        prop_assert!(clocks.is_sorted());
        signals.recency = Recency::Unknown;
        prop_assert_eq!(Some(&COUNTRY.triage().assess(&signals, COUNTRY.taxonomy()).clock), clocks.first());
    }

    #[test]
    fn the_server_never_gives_more_time_than_the_device(coding in coding()) {
        let facets = project(&coding);
        let assessment = assess(&facets, &COUNTRY);
        prop_assert!(assessment.clock <= facets.clock());
        prop_assert!((1..=5).contains(&assessment.severity) && !assessment.reasons.is_empty());
    }

    #[test]
    fn an_existing_record_runs_no_clock_whatever_is_in_it_and_whatever_its_device_says(coding in coding()) {
        let coding = Coding { channel: Answer::Given("CH-IMPORT".parse().unwrap()), ..coding };
        let facets = project(&coding);
        let hurried = String::from_utf8(facets.to_bytes()).unwrap().replacen(&format!("\"clock\":\"{}\"", facets.clock()), "\"clock\":\"U0\"", 1);
        let hurried = Facets::admit(hurried.as_bytes(), &COUNTRY).unwrap();
        let (assessment, late) = (assess(&facets, &COUNTRY), assess(&hurried, &COUNTRY));
        prop_assert!(!assessment.runs && assessment.clock >= Clock::U3);
        prop_assert_eq!(late, assessment);
    }

    #[test]
    fn bytes_of_any_kind_are_refused_or_admitted_but_never_break_anything(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Facets::admit(&bytes, &COUNTRY).is_err());
        let _ = Coding::read(&bytes);
    }

    #[test]
    fn days_and_periods_are_read_as_written(number in -25_000..100_000_i32) {
        let day = Day::new(number);
        prop_assert_eq!(day.to_string().parse(), Ok(day));
        for period in [day.iso_week(), day.month(), day.year()] {
            prop_assert_eq!(period.to_string().parse(), Ok(period));
            prop_assert!(period.first() <= day && day <= period.last());
        }
    }
}
