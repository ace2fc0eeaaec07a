//! Documents from outside: what is said by each field, and what is refused without being repeated.

#![cfg(test)]

use report::{Answer, Coding, Country, Day, FacetFault, Facets, FieldFault, PartKind, PartName, Sources};

fn country() -> Country {
    Country::read(&Sources::embedded()).expect("config/ is sound")
}

fn today() -> Day {
    "2024-05-03".parse().expect("a day")
}

fn coding(json: &str) -> Coding {
    Coding::read(json.as_bytes()).unwrap_or_else(|fault| panic!("{fault}: {json}"))
}

fn faults(json: &str) -> Vec<(String, &'static str)> {
    let found: Vec<FieldFault> = coding(json).check(&country(), today()).err().unwrap_or_default();
    found.into_iter().map(|fault| (fault.field, fault.code)).collect()
}

#[test]
fn unknown_refused_no_and_not_asked_are_four_answers() {
    let read = |json: &str| coding(json).repeat;
    assert_eq!(read("{}"), Answer::NotAsked);
    assert_eq!(read(r#"{"repeat":{"unanswered":"unknown"}}"#), Answer::Unknown);
    assert_eq!(read(r#"{"repeat":{"unanswered":"refused"}}"#), Answer::Refused);
    assert_eq!(read(r#"{"repeat":false}"#), Answer::Given(false));
}

#[test]
fn every_field_can_say_why_it_was_not_answered() {
    let schema = schemars::schema_for!(Coding).to_value();
    let fields = schema["properties"].as_object().expect("fields");
    for (field, word) in fields.keys().flat_map(|field| [(field, "unknown"), (field, "refused")]) {
        let json = format!(r#"{{"{field}":{{"unanswered":"{word}"}}}}"#);
        let coding = Coding::read(json.as_bytes()).unwrap_or_else(|fault| panic!("{field}: {fault}"));
        assert_eq!(coding.to_bytes(), json.as_bytes(), "and it is kept apart from not asked");
    }
}

#[test]
fn an_unanswered_field_stands_alone_and_has_two_words() {
    for json in [
        r#"{"repeat":{"unanswered":"maybe"}}"#,
        r#"{"repeat":{"unanswered":"unknown","why":"x"}}"#,
        r#"{"repeat":null}"#,
        r#"{"consent":null}"#,
        r#"{"event":{"area":"BA","area":"HR"}}"#,
        r#"{"event":{"coordinates":"x"}}"#,
        r#"{"repeat":true"#,
    ] {
        assert!(Coding::read(json.as_bytes()).is_err(), "{json}");
    }
}

#[test]
fn nothing_a_person_wrote_is_in_an_error() {
    for json in [
        r#"{"repeat":"canary"}"#,
        r#"{"canary":1}"#,
        r#"{"event":{"from":"canary"}}"#,
        r#"{"people":[{"count":"canary"}]}"#,
        r#"{"acts":[{"code":"canary canary"}]}"#,
        r#"{"consent":[{"purpose":"C-KEEP","recipient_kind":"K-INTAKE","parts":["canary"]}]}"#,
    ] {
        let fault = Coding::read(json.as_bytes()).expect_err(json);
        assert!(!format!("{fault} {fault:?}").contains("canary") && fault.column > 0);
    }
    let facets = br#"{"version":1,"canary":2}"#;
    let fault = Facets::admit(facets, &country()).expect_err("no facets");
    assert!(!format!("{fault} {fault:?}").contains("canary"));
    assert!(faults(r#"{"acts":[{"code":"canary"}]}"#).iter().all(|(field, _)| !field.contains("canary")));
}

#[test]
fn every_fault_of_a_coding_is_named_at_once() {
    let json = r#"{"language":"Farsi!","channel":"CH-X","event":{"from":"2024-05-04","to":"2024-05-01","area":"BA-XX","facility":"F-X"},
        "acts":[{"code":"PUSH-01"},{"code":"PUSH-99","against":[1]}],"accused":[{"kind":"P-X"}],
        "people":[],"consent":[{"purpose":"C-KEEP","recipient_kind":"K-PUBLIC","parts":["account"]}]}"#;
    let json = json.replace("Farsi!", "FARSI");
    let expected = [
        ("language", "unknown-code"),
        ("channel", "unknown-code"),
        ("event.from", "in-the-future"),
        ("event.to", "ends-before-it-begins"),
        ("event.area", "unknown-code"),
        ("event.facility", "unknown-code"),
        ("acts[1].code", "unknown-code"),
        ("acts[1].against", "no-such-group"),
        ("accused[0].kind", "unknown-code"),
        ("consent[0]", "consent-impossible"),
    ];
    assert_eq!(faults(&json), expected.map(|(field, code)| (field.to_owned(), code)));
}

#[test]
fn ten_thousand_acts_are_one_fault() {
    let acts = vec![r#"{"code":"PUSH-01"}"#; 10_000].join(",");
    assert_eq!(faults(&format!(r#"{{"acts":[{acts}]}}"#)), [("acts".to_owned(), "too-many")]);
}

#[test]
fn an_origin_is_read_in_two_and_in_three_letters() {
    let read = |code: &str| coding(&format!(r#"{{"people":[{{"origin":"{code}"}}]}}"#));
    assert_eq!(read("SYR"), read("SY"));
    assert_eq!(read("XXA").people.items()[0].origin.given().map(ToString::to_string), Some("XXA".to_owned()));
    assert_eq!(faults(r#"{"people":[{"origin":"ZZ"}]}"#), [("people[0].origin".to_owned(), "unknown-code")]);
}

#[test]
fn the_schema_of_a_coding_can_be_made() {
    let schema = serde_json::to_value(schemars::schema_for!(Coding)).expect("a schema is JSON");
    assert!(schema.pointer("/properties/acts/anyOf/1/properties/unanswered").is_some());
    assert_eq!(schema.pointer("/additionalProperties"), Some(&false.into()));
}

/// Which projection, what stands in it, what is put there instead, field and code of the refusal.
const WRONG: &[(bool, &str, &str, &str, &str)] = &[
    (true, "SEXV-01", "SEXV-99", "acts", "unknown-code"),
    (true, r#""FORC-01","SEXV-01""#, r#""SEXV-01","FORC-01""#, "acts", "not-sorted"),
    (true, r#"["FORC","SEXV"]"#, r#"["FORC"]"#, "categories", "wrong-shape"),
    (true, r#","to_code":false"#, "", "to_code", "wrong-shape"),
    (true, r#",{"purpose":"C-STAT","recipient_kind":"K-STAT","parts":[]}"#, "", "projection", "not-protected"),
    (true, r#""open""#, r#""protected""#, "projection", "wrong-shape"),
    (true, r#""version":1"#, r#""version":2"#, "version", "wrong-shape"),
    (true, r#""version":1"#, r#""version":1,"version":1"#, "", "wrong-shape"),
    (true, "2024-W18", "2024-05-01", "", "wrong-shape"),
    (true, r#","to_code":false}"#, "", "", "not-json"),
    (false, r#""BA-BIH-01""#, r#""BA-BIH-01-BIHAC""#, "area", "too-fine"),
    (false, "2024-05", "2024-W18", "period", "too-fine"),
    (false, r#""urgency":[]"#, r#""urgency":["self-harm"]"#, "urgency", "too-fine"),
    (false, r#"["protected"]"#, r#"["SEXV"]"#, "categories", "wrong-shape"),
];

#[test]
fn facets_are_refused_for_every_kind_of_wrong() {
    let country = country();
    let told = coding(
        r#"{"event":{"from":"2024-05-01","area":"BA-BIH-01-BIHAC"},"acts":[{"code":"SEXV-01"},{"code":"FORC-01"}]}"#,
    );
    let text =
        |coding: &Coding| String::from_utf8(Facets::project(coding, &country, today()).to_bytes()).expect("UTF-8");
    let (hidden, open) = (text(&told), text(&Coding { statistics: Answer::Given(true), ..told }));
    for (is_open, from, to, field, code) in WRONG {
        let facets = if *is_open { &open } else { &hidden };
        assert!(facets.contains(from), "{from} in {facets}");
        let refused = Facets::admit(facets.replacen(from, to, 1).as_bytes(), &country).err();
        assert_eq!(refused, Some(FacetFault { field, code }), "{from} became {to}");
    }
}

#[test]
fn ten_megabytes_are_no_facets() {
    let refused = Facets::admit(&vec![b' '; 10 * 1024 * 1024], &country()).err();
    assert_eq!(refused, Some(FacetFault { field: "", code: "too-large" }));
}

#[test]
fn part_names_are_exactly_those_of_the_formats() {
    for name in [
        "identity",
        "account",
        "coding",
        "authority",
        "evidence/1",
        "message/9999",
        "translation/2",
        "note/1",
        "coding/3",
    ] {
        assert_eq!(name.parse::<PartName>().map(|part| part.to_string()).as_deref(), Ok(name));
    }
    for name in [
        "evidence",
        "evidence/0",
        "evidence/01",
        "evidence/10000",
        "account/1",
        "Note/1",
        "note/+1",
        "note/",
        "",
        "coding/1/1",
    ] {
        assert!(name.parse::<PartName>().is_err(), "{name}");
    }
    assert_eq!(
        "coding/1".parse::<PartName>().map(|part| (part.kind(), part.is_reporters())),
        Ok((PartKind::Coding, false))
    );
}
