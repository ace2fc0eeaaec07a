//! The names of the form's fields are paths of REPORT.json; from them the coded half is put together.

use report::Country;
use serde_json::{Map, Value, json};

use crate::typed::Typed;

/// "Don't know" in every question.
pub(crate) const UNKNOWN: &str = "unanswered:unknown";
/// "Rather not say" in every question.
pub(crate) const REFUSED: &str = "unanswered:refused";

/// How a field's values are read.
#[derive(Clone, Copy)]
enum Kind {
    /// One code.
    Code,
    /// Several codes.
    Codes,
    /// Yes or no.
    YesNo,
    /// A count, in any numerals.
    Number,
    /// A day, in any numerals.
    Day,
    /// Several codes, each an object with this key.
    Each(&'static str),
    /// Kinds of alleged perpetrators, or institutions.
    Accused,
    /// A country's code; other words go with the account.
    Origin,
}

/// The coded fields the page has once.
const FIELDS: [(&str, Kind); 23] = [
    ("language", Kind::Code),
    ("interpreter_used", Kind::YesNo),
    ("source_kind", Kind::Code),
    ("on_behalf", Kind::YesNo),
    ("still_in_danger", Kind::Code),
    ("event.from", Kind::Day),
    ("event.to", Kind::Day),
    ("event.precision", Kind::Code),
    ("event.area", Kind::Code),
    ("event.segment", Kind::Code),
    ("event.crossing", Kind::Code),
    ("event.facility", Kind::Code),
    ("event.place_kind", Kind::Code),
    ("acts", Kind::Each("code")),
    ("accused", Kind::Accused),
    ("needs", Kind::Codes),
    ("harm", Kind::Each("kind")),
    ("identity_ground", Kind::Codes),
    ("bias_indicator", Kind::Codes),
    ("repeat", Kind::YesNo),
    ("reprisal", Kind::YesNo),
    ("evidence", Kind::Codes),
    ("statistics", Kind::YesNo),
];

/// Those it has in each of several rooms: `people.0.count`.
const ROOMS: [(&str, &[(&str, Kind)]); 2] = [
    (
        "people",
        &[
            ("count", Kind::Number),
            ("count_basis", Kind::Code),
            ("age_band", Kind::Code),
            ("gender", Kind::Code),
            ("origin", Kind::Origin),
            ("vulnerability", Kind::Codes),
            ("legal_status", Kind::Code),
        ],
    ),
    ("event.legs", &[("from", Kind::Code), ("to", Kind::Code), ("segment", Kind::Code), ("day", Kind::Day)]),
];

/// Rooms of each kind that are read; the page may have fewer.
pub(crate) const MOST_ROOMS: usize = 9;

/// What of a form is coded, as the object REPORT.json has. A question that was left alone is no key.
pub(crate) fn coded(typed: &Typed, country: &Country) -> Map<String, Value> {
    let mut all = Map::new();
    for (name, kind) in FIELDS {
        place(&mut all, name, answer(typed, name, (kind, country)));
    }
    for (list, fields) in ROOMS {
        let rooms = (0..MOST_ROOMS).map(|number| room(typed, &format!("{list}.{number}"), (fields, country)));
        let rooms: Vec<Value> = rooms.filter(|room| !room.is_empty()).map(Value::Object).collect();
        place(&mut all, list, if rooms.is_empty() { unanswered(typed, list) } else { Some(rooms.into()) });
    }
    for act in all.get_mut("acts").and_then(Value::as_array_mut).into_iter().flatten() {
        for field in ["means", "purpose"] {
            let told = answer(typed, &format!("each.{field}"), (Kind::Codes, country));
            act.as_object_mut().into_iter().for_each(|act| place(act, field, told.clone()));
        }
    }
    all
}

fn room(typed: &Typed, at: &str, (fields, country): (&[(&str, Kind)], &Country)) -> Map<String, Value> {
    let mut room = Map::new();
    for (field, kind) in fields {
        place(&mut room, field, answer(typed, &format!("{at}.{field}"), (*kind, country)));
    }
    room
}

fn place(into: &mut Map<String, Value>, path: &str, told: Option<Value>) {
    let Some(value) = told else { return };
    let Some((outer, inner)) = path.split_once('.') else {
        into.insert(path.to_owned(), value);
        return;
    };
    if let Some(object) = into.entry(outer).or_insert_with(|| json!({})).as_object_mut() {
        object.insert(inner.to_owned(), value);
    }
}

/// The answer to one question: what was chosen, else that it is unknown or refused, else nothing.
fn answer(typed: &Typed, name: &str, (kind, country): (Kind, &Country)) -> Option<Value> {
    let given: Vec<&str> = typed.all(name).filter(|value| !is_unanswered(value)).collect();
    let Some(first) = given.first().copied() else { return unanswered(typed, name) };
    let given = given.into_iter();
    Some(match kind {
        Kind::Code => json!(first),
        Kind::Codes => given.map(|value| json!(value)).collect(),
        Kind::YesNo => yes_no(first).map_or_else(|| json!(first), Value::Bool),
        Kind::Number => plain_numerals(first).parse::<u32>().map_or_else(|_| json!("?"), |number| json!(number)),
        Kind::Day => json!(day(first)),
        Kind::Each(key) => given.map(|value| json!({ key: value })).collect(),
        Kind::Accused => given.map(accused).collect(),
        Kind::Origin => json!(origin(first, country)?),
    })
}

fn accused(value: &str) -> Value {
    match value.strip_prefix("institution:") {
        Some(institution) => json!({ "institution": institution }),
        None => json!({ "kind": value }),
    }
}

/// The code of a country, or of one of the special origins, as it was typed.
pub(crate) fn origin(typed: &str, country: &Country) -> Option<String> {
    let code = typed.to_ascii_uppercase();
    code.parse().is_ok_and(|code| country.knows_origin(&code)).then_some(code)
}

fn is_unanswered(value: &str) -> bool {
    value == UNKNOWN || value == REFUSED
}

fn unanswered(typed: &Typed, name: &str) -> Option<Value> {
    let word = typed.all(name).find(|value| is_unanswered(value))?.strip_prefix("unanswered:")?;
    Some(json!({ "unanswered": word }))
}

fn yes_no(value: &str) -> Option<bool> {
    match value {
        "yes" | "true" => Some(true),
        "no" | "false" => Some(false),
        _ => None,
    }
}

/// A day as it is written on the wire. A field that knows days sends it so already; one that does not takes what was typed:
/// year first or, as in the region, day first with full stops.
fn day(typed: &str) -> String {
    let text = plain_numerals(typed);
    let pieces: Vec<&str> = text.split(['-', '.', '/', ' ']).filter(|piece| !piece.is_empty()).collect();
    match pieces.as_slice() {
        [year, month, day] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}"),
        [day, month, year] if year.len() == 4 && !text.contains('/') => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => text,
    }
}

/// The same with Arabic-Indic and Persian numerals as plain ones.
fn plain_numerals(text: &str) -> String {
    let plain = |letter: char| {
        let value =
            [0x0660, 0x06F0].iter().find_map(|zero| u32::from(letter).checked_sub(*zero).filter(|value| *value < 10));
        value.and_then(|value| char::from_digit(value, 10)).unwrap_or(letter)
    };
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use report::Sources;

    fn read(fields: &[(&str, &str)]) -> Value {
        Value::Object(coded(&Typed::of(fields), &Country::read(&Sources::embedded()).unwrap()))
    }

    #[test]
    fn paths_become_the_document() {
        let fields = [
            ("event.area", "BA-BIH-01"),
            ("acts", "PUSH-01"),
            ("acts", "VIOL-01"),
            ("people.0.count", "۹"),
            ("people.2.count", "٣"),
            ("people.2.vulnerability", "V-UASC"),
            ("accused", "P-HRPOL"),
            ("accused", "institution:BA-BP"),
            ("each.means", "M-BATON"),
            ("event.legs.1.from", "HR"),
            ("repeat", "no"),
        ];
        let expected = json!({
            "event": { "area": "BA-BIH-01", "legs": [{ "from": "HR" }] },
            "acts": [
                { "code": "PUSH-01", "means": ["M-BATON"] },
                { "code": "VIOL-01", "means": ["M-BATON"] }
            ],
            "people": [{ "count": 9 }, { "count": 3, "vulnerability": ["V-UASC"] }],
            "accused": [{ "kind": "P-HRPOL" }, { "institution": "BA-BP" }],
            "repeat": false
        });
        assert_eq!(read(&fields), expected);
    }

    #[test]
    fn not_knowing_not_saying_and_not_being_asked_are_kept_apart() {
        assert_eq!(read(&[]), json!({}));
        assert_eq!(read(&[("acts", UNKNOWN)]), json!({ "acts": { "unanswered": "unknown" } }));
        assert_eq!(
            read(&[("people.0.origin", REFUSED)]),
            json!({ "people": [{ "origin": { "unanswered": "refused" } }] })
        );
        assert_eq!(
            read(&[("needs", UNKNOWN), ("needs", "ND-LEGAL")]),
            json!({ "needs": ["ND-LEGAL"] }),
            "an answer counts"
        );
    }

    #[test]
    fn days_are_read_in_any_numerals_and_never_month_first() {
        for typed in ["2024-05-01", "۲۰۲۴-۰۵-۰۱", "1.5.2024.", "2024/5/1", "٢٠٢٤ ٥ ١"] {
            assert_eq!(day(typed), "2024-05-01", "{typed}");
        }
        assert_ne!(day("5/1/2024"), "2024-05-01");
        assert_ne!(day("5/1/2024"), "2024-01-05");
    }

    #[test]
    fn a_field_the_page_does_not_have_changes_nothing() {
        assert_eq!(read(&[("to_code", "no"), ("people.99.count", "4"), ("consent", "keep"), ("x.y", "z")]), json!({}));
    }
}
