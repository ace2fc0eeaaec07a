//! A form becomes a document, or says where it does not read; it never loses what was typed.

use report::{Answer, ConsentRow, Country, Day, PartKind, PartName};
use serde_json::{Value, json};
use testimony::{Account, Attachment, Document, FileName, Identity, NotWords};
use zeroize::Zeroizing;

use crate::paths::{REFUSED, UNKNOWN, coded};
use crate::typed::Typed;

/// The channel of what the server sealed itself.
const CHANNEL: &str = "CH-PLAIN";
/// The choice that holds a report for its digits alone.
pub(crate) const HOLD: &str = "hold";

/// One field that does not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The field's name in the form.
    pub(crate) field: String,
    /// A stable code; its sentence is `plain-fault-{code}`.
    pub(crate) code: &'static str,
}

impl Fault {
    fn new(field: impl Into<String>, code: &'static str) -> Self {
        Self { field: field.into(), code }
    }
}

/// Reads a form.
///
/// # Errors
/// Every fault that is found at once.
pub(crate) fn read(typed: &Typed, country: &Country, today: Day) -> Result<Document, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut document = coding(typed, country).unwrap_or_else(|fault| {
        faults.push(fault);
        Document::default()
    });
    if let Err(wrong) = document.coding.check(country, today) {
        faults.extend(wrong.into_iter().map(|fault| Fault::new(form_name(&fault.field), fault.code)));
    }
    document.account = Some(Account {
        narrative: words(typed, "account.narrative", &mut faults),
        place: words(typed, "account.place", &mut faults),
        when: words(typed, "account.when", &mut faults),
        attachments: attachments(typed),
    });
    document.identity = Some(Identity {
        name: words(typed, "identity.name", &mut faults),
        contact: words(typed, "identity.contact", &mut faults),
    });
    if !typed.files_fit() {
        faults.push(Fault::new("file", "files-too-large"));
    }
    if faults.is_empty() { Ok(document) } else { Err(faults) }
}

/// The coded half, with what this door adds: how it came in, and the rows of the plain choices.
fn coding(typed: &Typed, country: &Country) -> Result<Document, Fault> {
    let mut all = coded(typed, country);
    if country.taxonomy().term("channel", CHANNEL).is_some() {
        all.insert("channel".to_owned(), json!(CHANNEL));
    }
    if let Some(rows) = consent(typed, country) {
        all.insert("consent".to_owned(), serde_json::to_value(rows).unwrap_or_default());
    }
    let bytes = serde_json::to_vec(&Value::Object(all)).unwrap_or_default();
    Document::read(&bytes).map_err(|fault| Fault::new(form_name(&fault.field), fault.code))
}

/// The rows of the plain choices; none when keeping and answering is all. Holding it for the digits alone stands before the rest.
fn consent(typed: &Typed, country: &Country) -> Option<Vec<ConsentRow>> {
    if typed.has("consent", HOLD) {
        return Some(Vec::new());
    }
    let choices = country.consent().choices().iter();
    let chosen = choices.filter(|choice| typed.has("consent", choice.code.as_str()));
    let rows: Vec<ConsentRow> = chosen.flat_map(|choice| choice.rows.clone()).collect();
    (!rows.is_empty()).then_some(rows)
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
    if list == "people" { path.replace('[', ".").replace(']', "") } else { list.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use report::Sources;

    const TODAY: Day = Day::new(20_800);

    fn country() -> Country {
        Country::read(&Sources::embedded()).unwrap()
    }

    fn faults(fields: &[(&str, &str)]) -> Vec<Fault> {
        read(&Typed::of(fields), &country(), TODAY).err().unwrap_or_default()
    }

    #[test]
    fn a_page_sent_empty_is_a_report_to_be_coded() {
        let document = read(&Typed::of(&[]), &country(), TODAY).unwrap();
        assert_eq!(document.coding.consent, None, "kept and answered");
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
        let read = |fields: &[(&str, &str)]| read(&Typed::of(fields), &country(), TODAY).unwrap().coding.consent;
        assert_eq!(read(&[("consent", "keep")]), None);
        assert!(read(&[("consent", "keep"), ("consent", "help")]).is_some_and(|rows| rows.len() == 3));
        assert_eq!(read(&[("consent", "help"), ("consent", HOLD)]), Some(Vec::new()));
    }

    #[test]
    fn the_words_are_sealed_and_never_among_the_codes() {
        let typed = Typed::of(&[("account.narrative", "a made-up word"), ("identity.contact", "another")]);
        let document = read(&typed, &country(), TODAY).unwrap();
        let coding = String::from_utf8(document.coding.to_bytes()).unwrap();
        assert!(!coding.contains("made-up") && !coding.contains("another"));
        assert_eq!(document.parts().len(), 3);
    }
}
