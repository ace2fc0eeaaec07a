//! What REPORT.json may be, and what its faults may say.

use report::PartName;
use testimony::{Account, Document, Identity, schema};

const WHOLE: &str = r#"{ "language": "en", "source_kind": "S-NGO", "still_in_danger": "no",
  "event": { "from": "2024-05-01", "to": "2024-05-01", "precision": "D-DAY", "area": "BA-BIH-01" },
  "acts": [ { "code": "PUSH-01", "means": ["M-BATON"] } ],
  "accused": [ { "kind": "P-HRPOL" }, { "institution": "BA-BP" } ],
  "people": [ { "count": 3, "count_basis": "CB-OBS", "age_band": "AG-18-59", "gender": "G-M", "origin": "SY", "vulnerability": [] } ],
  "consent": [ { "purpose": "C-OVER", "recipient_kind": "K-OVER", "parts": ["account"] } ],
  "account": { "narrative": "CANARY-NARRATIVE", "place": "CANARY-PLACE", "when": { "unanswered": "unknown" } },
  "identity": { "name": "CANARY-NAME", "contact": "CANARY-CONTACT" } }"#;

fn fault(json: &str) -> String {
    Document::read(json.as_bytes()).map_or_else(|fault| fault.to_string(), |_| "none".to_owned())
}

#[test]
fn the_whole_document_becomes_three_parts_that_read_back() {
    let document = Document::read(WHOLE.as_bytes()).unwrap();
    let parts = document.parts();
    let names: Vec<_> = parts.iter().map(|content| content.part).collect();
    assert_eq!(names, [PartName::CODING, PartName::ACCOUNT, PartName::IDENTITY]);
    let account = Account::read(&parts[1].bytes).unwrap();
    assert_eq!(account.narrative.given().unwrap().words(), "CANARY-NARRATIVE");
    assert!(matches!(account.when, report::Answer::Unknown));
    let identity = Identity::read(&parts[2].bytes).unwrap();
    assert_eq!(identity.contact.given().unwrap().words(), "CANARY-CONTACT");
    assert!(!String::from_utf8_lossy(&parts[0].bytes).contains("CANARY"), "the coding holds no words");
}

#[test]
fn everything_may_be_left_out() {
    let document = Document::read(b"{}").unwrap();
    assert_eq!(document.parts().len(), 1);
    assert_eq!(Document::read(br#"{"account":{},"identity":{}}"#).unwrap().parts().len(), 1);
}

#[test]
fn a_half_that_was_asked_for_in_vain_says_so_sealed() {
    let told = br#"{"account":{"unanswered":"unknown"},"identity":{"unanswered":"refused"}}"#;
    let parts = Document::read(told).unwrap().parts();
    let account = Account::read(&parts[1].bytes).unwrap();
    assert!(matches!((account.narrative, account.when), (report::Answer::Unknown, report::Answer::Unknown)));
    assert!(matches!(Identity::read(&parts[2].bytes).unwrap().name, report::Answer::Refused));
    assert_eq!(fault(r#"{"account":{"unanswered":"CANARY"}}"#), "account.unanswered: unknown-word");
    assert_ne!(fault(r#"{"account":{"unanswered":"refused","place":"a"}}"#), "none");
}

#[test]
fn debugging_a_document_prints_no_word_of_it() {
    let printed = format!("{:?}", Document::read(WHOLE.as_bytes()).unwrap());
    assert!(printed.contains("Narrative([sealed])") && !printed.contains("CANARY"));
}

#[test]
fn a_fault_names_the_field_and_never_the_value() {
    assert_eq!(fault(r#"{"narrative":"x"}"#), "narrative: unknown-key");
    assert_eq!(fault(r#"{"account":{"narative":"x"}}"#), "account.narative: unknown-key");
    assert_eq!(fault(r#"{"event":{"form":"2024-05-01"}}"#), "event: unknown-key");
    assert_eq!(fault(r#"{"event":{"from":"CANARY"}}"#), "event.from: wrong-value");
    assert_eq!(fault(r#"{"acts":[{"code":"PUSH-01"},{"code":"not a code"}]}"#), "acts[1].code: wrong-value");
    assert_eq!(fault(r#"{"acts":[{}]}"#), "acts[0]: missing-key");
    assert_eq!(fault(r#"{"account":{"narrative":7}}"#), "account.narrative: wrong-type");
    assert_eq!(fault(r#"{"account":{"narrative":"  "}}"#), "account.narrative: empty");
    assert_eq!(fault("{\"identity\":{\"name\":\"a\\u202eb\"}}"), "identity.name: control-character");
    assert_eq!(fault("{\"account\":{\"place\":\"a\\u0000b\"}}"), "account.place: control-character");
}

#[test]
fn doubled_keys_are_refused_wherever_they_stand() {
    assert!(fault(r#"{"language":"en","language":"bs"}"#).contains("doubled-key"));
    assert!(fault(r#"{"account":{"place":"a","place":"b"}}"#).starts_with("account"));
}

#[test]
fn an_unknown_key_that_could_be_words_is_not_repeated() {
    let said = fault(r#"{"He hit CANARY with a baton":1}"#);
    assert!(said.contains("unknown-key") && !said.contains("CANARY"));
}

#[test]
fn bytes_that_are_no_json_say_where() {
    assert_eq!(fault("{\n  \"language\": CANARY }"), "language: not-json (line 2, column 15)");
    assert!(fault("[]").contains("wrong-type"));
    assert!(fault("{} {}").contains("not-json"));
    assert!(fault(&"[".repeat(100_000)).contains("not-json"));
    assert!(fault(&format!("{{\"account\":{{\"narrative\":\"{}\"}}}}", "a".repeat(200_001))).ends_with("too-long"));
    assert!(fault(&" ".repeat(5 * 1024 * 1024)).contains("too-large"));
}

#[test]
fn direction_marks_and_joiners_of_a_narrative_are_kept() {
    let persian = "\u{645}\u{6CC}\u{200C}\u{62E}\u{648}\u{627}\u{647}\u{645} \u{2067}abc\u{2069}";
    let document = Document::read(format!(r#"{{"account":{{"narrative":"{persian}"}}}}"#).as_bytes()).unwrap();
    assert_eq!(document.account.unwrap().narrative.given().unwrap().words(), persian);
}

#[test]
fn the_schema_knows_both_halves_and_nothing_else() {
    let schema = schema();
    let properties = schema["properties"].as_object().unwrap();
    assert!(["language", "event", "acts", "account", "identity"].iter().all(|field| properties.contains_key(*field)));
    assert_eq!(schema["additionalProperties"], false);
}
