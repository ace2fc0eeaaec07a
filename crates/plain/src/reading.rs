//! A form becomes a document, or says where it does not read; it never loses what was typed.

use intake::Questions;
use report::consent::Choice;
use report::{Answer, ConsentRow, Country, Day, PartKind, PartName};
use serde_json::{Value, json};
use testimony::{Account, Attachment, Document, FileName, Identity, Narrative, NotWords};
use zeroize::Zeroizing;

use crate::paths::{REFUSED, UNKNOWN, coded, origin};
use crate::typed::Typed;

/// The channel of what the server sealed itself.
const CHANNEL: &str = "CH-PLAIN";

/// Choices that cannot be meant together.
pub(crate) const CONTRADICT: &str = "choices-contradict";

/// One field that does not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The field's name in the form.
    pub(crate) field: String,
    /// A stable code; its sentence is `plain-fault-{code}`.
    pub(crate) code: &'static str,
}

impl Fault {
    pub(crate) fn new(field: impl Into<String>, code: &'static str) -> Self {
        Self { field: field.into(), code }
    }
}

/// Reads a form.
///
/// # Errors
/// Every fault that is found at once.
pub(crate) fn read(
    typed: &Typed,
    (country, today): (&Country, Day),
    questions: &Questions,
) -> Result<Document, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut document = coding(typed, country).unwrap_or_else(|fault| {
        faults.push(fault);
        Document::default()
    });
    if let Err(wrong) = document.coding.check(country, today) {
        faults.extend(wrong.into_iter().map(|fault| Fault::new(form_name(&fault.field), fault.code)));
    }
    document.account = Some(Account {
        narrative: narrative(typed, &said(typed, country, questions.fields()), &mut faults),
        place: words(typed, "account.place", &mut faults),
        when: words(typed, "account.when", &mut faults),
        attachments: attachments(typed),
    });
    document.identity = Some(Identity {
        name: words(typed, "identity.name", &mut faults),
        // Who says that being reached is not safe has given no way to be reached.
        contact: if typed.has("said.contact_safe", "no") {
            Answer::NotAsked
        } else {
            words(typed, "identity.contact", &mut faults)
        },
    });
    if !typed.files_fit() {
        faults.push(Fault::new("evidence", "files-too-large"));
    }
    if faults.is_empty() { Ok(document) } else { Err(faults) }
}

/// The coded half, with what this door adds: how it came in, and the rows of the plain choices.
fn coding(typed: &Typed, country: &Country) -> Result<Document, Fault> {
    let mut all = coded(typed, country);
    if country.taxonomy().term("channel", CHANNEL).is_some() {
        all.insert("channel".to_owned(), json!(CHANNEL));
    }
    if contradicts(typed, country) {
        return Err(Fault::new("consent", CONTRADICT));
    }
    if let Some(rows) = consent(typed, country) {
        all.insert("consent".to_owned(), serde_json::to_value(rows).unwrap_or_default());
    }
    let bytes = serde_json::to_vec(&Value::Object(all)).unwrap_or_default();
    Document::read(&bytes).map_err(|fault| Fault::new(form_name(&fault.field), fault.code))
}

/// Whether choices were ticked that cannot be meant together: without script nothing keeps them apart before.
fn contradicts(typed: &Typed, country: &Country) -> bool {
    let rules = country.consent();
    let is_ticked = |choice: &&Choice| typed.has("consent", choice.code.as_str());
    let chosen = || rules.choices().iter().filter(is_ticked);
    let in_detail = typed.all("consent.row").next().is_some();
    let held = typed.has("consent.only", "yes");
    let asks = in_detail || chosen().any(|choice| !rules.stays_with_the_reader(choice));
    held && asks
        || chosen()
            .any(|choice| choice.is_nothing_more() && in_detail || rules.against(choice).any(|other| is_ticked(&other)))
}

/// The rows of the plain choices and of more detail; none when keeping and answering is all. Holding it for the digits alone
/// stands before the rest.
fn consent(typed: &Typed, country: &Country) -> Option<Vec<ConsentRow>> {
    if typed.has("consent.only", "yes") {
        return Some(Vec::new());
    }
    let rules = country.consent();
    let chosen = rules.choices().iter().filter(|choice| typed.has("consent", choice.code.as_str()));
    let detailed = rules
        .matrix()
        .iter()
        .filter(|cell| typed.has("consent.row", &format!("{}/{}", cell.purpose, cell.recipient_kind)));
    let detailed = detailed.map(|cell| ConsentRow {
        purpose: cell.purpose.clone(),
        recipient_kind: cell.recipient_kind.clone(),
        parts: cell.parts.iter().copied().filter(|kind| *kind != PartKind::Identity).collect(),
    });
    let rows: Vec<ConsentRow> = chosen.flat_map(|choice| choice.rows.clone()).chain(detailed).collect();
    (!rows.is_empty()).then_some(rows)
}

/// Answers that have no code stand below the account, each with its question.
fn said<'a>(typed: &Typed, country: &Country, asked: impl Iterator<Item = (&'a str, &'a str)>) -> Zeroizing<String> {
    let mut lines = Zeroizing::new(String::with_capacity(typed.weight()));
    for (name, label) in asked {
        let is_origin = name.starts_with("people.") && name.ends_with(".origin");
        for value in typed.all(name).filter(|value| *value != UNKNOWN && *value != REFUSED) {
            if name.starts_with("said.") || is_origin && origin(value, country).is_none() {
                for piece in ["\n", label, " ", value] {
                    lines.push_str(piece);
                }
            }
        }
    }
    lines
}

/// What happened, with the answers that have no code.
fn narrative(typed: &Typed, said: &str, faults: &mut Vec<Fault>) -> Answer<Narrative> {
    let told = words(typed, "account.narrative", faults);
    if said.is_empty() {
        return told;
    }
    let mut text = String::with_capacity(typed.weight() + said.len());
    text.push_str(told.given().map_or("", Narrative::words));
    text.push_str(said);
    // Together they may be too long where each alone was not: said, never cut.
    Narrative::try_from(text).map_or_else(
        |not| {
            faults.push(Fault::new("account.narrative", not.code()));
            told
        },
        Answer::Given,
    )
}

/// Words as they were typed. White space alone is no answer.
fn words<T: TryFrom<String, Error = NotWords>>(typed: &Typed, name: &str, faults: &mut Vec<Fault>) -> Answer<T> {
    match typed.one(name) {
        None => Answer::NotAsked,
        Some(UNKNOWN) => Answer::Unknown,
        Some(REFUSED) => Answer::Refused,
        Some(text) => T::try_from(text.to_owned()).map_or_else(
            |not| {
                faults.push(Fault::new(name, not.code()));
                Answer::NotAsked
            },
            Answer::Given,
        ),
    }
}

/// What the files were called; a name that is none is left out, the file is not.
fn attachments(typed: &Typed) -> Vec<Attachment> {
    let numbered = typed.files.iter().zip(1_u16..);
    let named = numbered.filter_map(|(file, number)| {
        let part = PartName::numbered(PartKind::Evidence, number).ok()?;
        let name = FileName::try_from(Zeroizing::clone(&file.name).to_string()).ok()?;
        Some(Attachment { part, name })
    });
    named.collect()
}

/// The name in the form of a path in the document: `people[1].count` is `people.1.count`, `acts[2].code` is `acts`.
fn form_name(path: &str) -> String {
    let list = path.split_once('[').map_or(path, |(list, _)| list);
    if list == "people" || list == "event.legs" { path.replace('[', ".").replace(']', "") } else { list.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use report::Sources;

    const TODAY: Day = Day::new(20_800);

    fn read_as(fields: &[(&str, &str)]) -> Result<Document, Vec<Fault>> {
        let sources = Sources::embedded();
        let country = Country::read(&sources).unwrap();
        let registry = routing::Registry::read(&sources, &country).unwrap();
        let ground = intake::Ground { country: &country, registry: &registry, language: words::Language::English };
        let questions = Questions::new(ground, intake::Manner { rooms: 1, files: true, searched: false });
        read(&Typed::of(fields), (&country, TODAY), &questions)
    }

    fn faults(fields: &[(&str, &str)]) -> Vec<Fault> {
        read_as(fields).err().unwrap_or_default()
    }

    #[test]
    fn a_page_sent_empty_is_a_report_to_be_coded() {
        let document = read_as(&[]).unwrap();
        assert_eq!(document.coding.consent, Answer::NotAsked, "kept and answered");
        assert_eq!(document.parts().len(), 1, "nothing but the coding");
    }

    #[test]
    fn what_does_not_read_names_its_field_and_not_what_was_typed() {
        let long = "x".repeat(5_000);
        let found = faults(&[
            ("event.from", "2999-01-01"),
            ("acts", "NO-SUCH"),
            ("account.place", &long),
            ("identity.name", "a\u{202E}b"),
        ]);
        let named: Vec<(&str, &str)> = found.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
        assert_eq!(
            named,
            [
                ("event.from", "in-the-future"),
                ("acts", "unknown-code"),
                ("account.place", "too-long"),
                ("identity.name", "control-character"),
            ]
        );
    }

    #[test]
    fn a_count_that_is_none_is_told_at_its_field() {
        assert_eq!(faults(&[("people.0.count", "many")]), [Fault::new("people.0.count", "wrong-type")]);
    }

    #[test]
    fn the_plain_choices_are_rows_and_holding_is_none() {
        let read = |fields: &[(&str, &str)]| read_as(fields).unwrap().coding.consent;
        assert_eq!(read(&[("consent", "keep")]), Answer::NotAsked);
        assert!(read(&[("consent", "help"), ("consent", "contact")]).items().len() == 4);
        assert_eq!(read(&[("consent", "contact"), ("consent.only", "yes")]), Answer::Given(Vec::new()));
    }

    #[test]
    fn choices_that_contradict_each_other_are_asked_again_and_never_guessed() {
        let contrary = [
            [("consent", "keep"), ("consent", "help")],
            [("consent", "keep"), ("consent.row", "C-OVER/K-OVER")],
            [("consent", "keep"), ("consent.only", "yes")],
            [("consent", "help"), ("consent.only", "yes")],
            [("consent.row", "C-OVER/K-OVER"), ("consent.only", "yes")],
            [("consent", "complain"), ("consent", "complain-with-name")],
        ];
        for fields in contrary {
            assert_eq!(faults(&fields), [Fault::new("consent", CONTRADICT)], "{fields:?}");
        }
        assert!(read_as(&[("consent", "help"), ("consent", "complain"), ("consent.row", "C-CRIM/K-PROS")]).is_ok());
    }

    #[test]
    fn the_fields_become_the_coding_that_the_sealing_form_makes_of_them() {
        let plans: Value = serde_json::from_str(include_str!("../../intake/vectors/plans.json")).unwrap();
        let told = plans["plans"].as_array().unwrap().iter().filter(|plan| !plan["entries"].is_null());
        let checked = told.map(|plan| {
            let entries: Vec<(String, String)> = serde_json::from_value(plan["entries"].clone()).unwrap();
            let entries: Vec<(&str, &str)> = entries.iter().map(|(name, value)| (&**name, &**value)).collect();
            let mut coding = read_as(&entries).unwrap().coding;
            coding.channel = Answer::NotAsked;
            assert_eq!(serde_json::to_value(coding).unwrap(), plan["coding"], "{}", plan["name"]);
        });
        assert!(checked.count() > 10);
    }

    #[test]
    fn the_words_are_sealed_and_never_among_the_codes() {
        let typed = [
            ("account.narrative", "a made-up word"),
            ("people.0.origin", "a made-up land"),
            ("identity.contact", "another"),
        ];
        let document = read_as(&typed).unwrap();
        let coding = String::from_utf8(document.coding.to_bytes()).unwrap();
        assert!(!coding.contains("made-up") && !coding.contains("another"));
        assert_eq!(document.parts().len(), 3);
        let account = document.account.unwrap();
        assert!(
            account.narrative.given().unwrap().words().contains("a made-up land"),
            "an origin without a code stays"
        );
    }

    #[test]
    fn who_cannot_be_reached_safely_has_given_no_contact() {
        let typed = [("identity.contact", "a made-up number"), ("said.contact_safe", "no")];
        assert!(read_as(&typed).unwrap().identity.unwrap().contact.is_not_asked());
    }
}
