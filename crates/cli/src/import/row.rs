//! One row of a published table becomes one report: what a cell says for certain is coded, everything it says is sealed.

use report::Day;
use serde_json::{Map as Object, Value, json};

use super::cell::{self, Number};
use super::map::{Cell, Column, Crosswalks, Map, Reading, folded, values};
use super::people::{self, Tally};
use super::when::{self, When};

/// The Julian day of 1970-01-01.
const EPOCH: i32 = 2_440_588;

/// A row as a report.
pub struct Draft {
    /// `REPORT.json`.
    pub report: Value,
    /// Whether a person must code or check something.
    pub to_code: bool,
}

/// What rows are read with.
pub struct Reader<'a> {
    /// The map.
    pub map: &'a Map,
    /// Its crosswalks and the taxonomy's.
    pub crosswalks: &'a Crosswalks,
    /// Days after this one have not happened.
    pub today: Day,
}

/// What the cells of a row said so far.
#[derive(Default)]
struct Found<'a> {
    event: Object<String, Value>,
    place: Option<&'a str>,
    acts: Vec<(String, Vec<String>)>,
    /// Kinds of people said to be responsible.
    kinds: Vec<String>,
    from: Vec<String>,
    to: Vec<String>,
    officers: Option<Value>,
    tally: Tally,
    /// Columns a person must look at.
    unread: Vec<&'a str>,
}

impl Reader<'_> {
    /// Reads a row, given as pairs of heading and cell.
    pub fn draft(&self, cells: &[(&str, &str)]) -> Draft {
        let mut found = Found::default();
        for column in &self.map.column {
            let text = cells.iter().find(|(heading, _)| *heading == column.name).map_or("", |(_, text)| *text);
            let understood = match self.map.cell(text) {
                Cell::Absent => true,
                Cell::Unknown => found.not_known(column.reads),
                Cell::Says(text) => self.says(column, text, cells, &mut found),
            };
            if !understood {
                found.unread.push(&column.name);
            }
        }
        self.travelled(&mut found);
        self.compose(found, cells)
    }

    /// Reads a cell that says something; whether all of it was understood.
    fn says<'a>(&self, column: &'a Column, text: &'a str, cells: &[(&str, &str)], found: &mut Found<'a>) -> bool {
        match column.reads {
            Reading::Sealed | Reading::Source => true,
            Reading::Place => {
                found.place = Some(text);
                true
            }
            Reading::Date => self.day(column, text, cells, found),
            Reading::Terms => self.terms(column, text, found),
            Reading::From | Reading::To | Reading::Country | Reading::Origin => self.countries(column, text, found),
            Reading::Flag => self.flag(column, text, found),
            _ => number(column, text, found),
        }
    }

    fn day(&self, column: &Column, text: &str, cells: &[(&str, &str)], found: &mut Found<'_>) -> bool {
        let published = cell::written(text);
        let address = column.witness.as_ref().and_then(|witness| cells.iter().find(|(heading, _)| heading == witness));
        let when = published.and_then(|published| {
            if column.iso {
                when::plain(published)
            } else {
                when::weigh(published, address.and_then(|(_, text)| cell::witness(text)))
            }
        });
        match when {
            Some(when) if Day::new(when.to.to_julian_day() - EPOCH) <= self.today => {
                put_day(&mut found.event, when);
                !when.unsure
            }
            _ => false,
        }
    }

    fn terms(&self, column: &Column, text: &str, found: &mut Found<'_>) -> bool {
        let Some(crosswalk) = column.crosswalk.as_ref().and_then(|name| self.crosswalks.get(name)) else {
            return false;
        };
        let mut understood = true;
        for (value, known) in values(text, self.map.separator(column), |value| crosswalk.contains_key(&folded(value))) {
            let term = crosswalk.get(&folded(value)).filter(|_| known);
            understood &= term.is_some_and(|term| !term.review);
            for act in term.iter().flat_map(|term| &term.acts) {
                found.add(act, term.map_or(&[], |term| term.means.as_slice()));
            }
            for kind in term.iter().flat_map(|term| &term.accused) {
                found.accuse(kind);
            }
        }
        understood
    }

    fn countries(&self, column: &Column, text: &str, found: &mut Found<'_>) -> bool {
        let mut understood = true;
        for (name, known) in values(text, self.map.separator(column), |name| self.map.country(name).is_some()) {
            let code = self.map.country(name).filter(|_| known).map(str::to_owned);
            match (column.reads, code) {
                (Reading::From, Some(code)) => found.from.push(code),
                (Reading::To, Some(code)) => found.to.push(code),
                (Reading::Country, Some(code)) => drop(found.event.insert("area".to_owned(), Value::String(code))),
                (Reading::Origin, Some(code)) => found.tally.origins.push(code),
                (_, Some(_)) => {}
                (Reading::Origin, None) if self.map.cell(name) == Cell::Unknown => found.tally.origin_unknown = true,
                (_, None) => understood = false,
            }
        }
        understood
    }

    fn flag(&self, column: &Column, text: &str, found: &mut Found<'_>) -> bool {
        let flag = self.map.flag(text);
        if flag == Some(true) {
            found.tally.mentioned.extend(column.people.clone());
        }
        flag.is_some()
    }

    /// What the states on both sides stand for: the acts, the officers, the leg.
    fn travelled(&self, found: &mut Found<'_>) {
        let Some(journey) = &self.map.journey else { return };
        found.add(&journey.act.clone(), &[]);
        if found.from.len() > 1 || found.to.len() > 1 {
            found.add(&journey.chain.clone(), &[]);
        }
        match (found.from.as_slice(), found.to.as_slice()) {
            ([from], [to]) => drop(found.event.insert("legs".to_owned(), json!([{ "from": from, "to": to }]))),
            _ => found.unread.push("legs"),
        }
        let area = match found.from.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            _ => Some("outside".to_owned()),
        };
        if let Some(area) = area {
            found.event.insert("area".to_owned(), Value::String(area));
        }
        for country in found.from.clone() {
            found.accuse(journey.officers.get(&country).unwrap_or(&journey.officers_otherwise));
        }
    }

    fn compose(&self, mut found: Found<'_>, cells: &[(&str, &str)]) -> Draft {
        let accused = found.accused();
        let people = people::groups(&found.tally, &mut found.unread);
        let harm = people::harm(&found.tally);
        let to_code = !found.unread.is_empty() || found.acts.is_empty();
        let mut report = self.map.report.clone();
        let acts: Vec<Value> = found.acts.iter().map(act).collect();
        for (field, list) in [("acts", acts), ("accused", accused), ("people", people), ("harm", harm)] {
            if field == "acts" || !list.is_empty() {
                report.insert(field.to_owned(), Value::Array(list));
            }
        }
        if !found.event.contains_key("area") {
            found.event.insert("area".to_owned(), unknown());
        }
        report.insert("event".to_owned(), Value::Object(std::mem::take(&mut found.event)));
        if to_code {
            report.insert("to_code".to_owned(), Value::Bool(true));
        }
        report.insert("account".to_owned(), account(&self.map.name, &found, cells));
        Draft { report: Value::Object(report), to_code }
    }
}

impl Found<'_> {
    /// Takes a cell that says "not known"; whether that is an answer to its question.
    fn not_known(&mut self, reads: Reading) -> bool {
        match reads {
            Reading::Officers => self.officers = Some(unknown()),
            Reading::Origin => self.tally.origin_unknown = true,
            _ => {}
        }
        reads != Reading::Terms
    }

    /// Adds a kind of people said to be responsible.
    fn accuse(&mut self, kind: &str) {
        if !self.kinds.iter().any(|known| known == kind) {
            self.kinds.push(kind.to_owned());
        }
    }

    /// Who is said to be responsible, by kind; the number of officers belongs to them when there is one kind.
    fn accused(&self) -> Vec<Value> {
        let alone = self.kinds.len() == 1;
        let accused = |kind: &String| match self.officers.as_ref().filter(|_| alone) {
            Some(count) if count.is_number() => json!({ "kind": kind, "count": count, "count_basis": "CB-REC" }),
            Some(count) => json!({ "kind": kind, "count": count }),
            None => json!({ "kind": kind }),
        };
        self.kinds.iter().map(accused).collect()
    }

    /// Adds an act, or more means to an act that is there.
    fn add(&mut self, code: &str, means: &[String]) {
        let place = self.acts.iter().position(|(known, _)| known == code).unwrap_or_else(|| {
            self.acts.push((code.to_owned(), Vec::new()));
            self.acts.len() - 1
        });
        if let Some((_, known)) = self.acts.get_mut(place) {
            for one in means {
                if !known.contains(one) {
                    known.push(one.clone());
                }
            }
        }
    }
}

/// Reads a number of people, an age range or a grade.
fn number(column: &Column, text: &str, found: &mut Found<'_>) -> bool {
    if column.reads == Reading::Ages {
        found.tally.ages = cell::ages(text);
        return found.tally.ages.is_some();
    }
    let Some(read) = cell::number(text) else { return false };
    let exact = matches!(read, Number::Exact(_));
    let certain = read.certain();
    match column.reads {
        Reading::Size => found.tally.size = Some(read),
        Reading::Officers => found.officers = Some(json!(certain)),
        Reading::Grade => return column.highest.is_none_or(|highest| certain <= highest),
        reading => drop(found.tally.numbers.insert(people::kind(reading), certain)),
    }
    if let Some(act) = column.act.as_ref().filter(|_| certain > 0) {
        found.add(act, &[]);
    }
    exact
}

fn put_day(event: &mut Object<String, Value>, when: When) {
    event.insert("from".to_owned(), Value::String(when.from.to_string()));
    event.insert("to".to_owned(), Value::String(when.to.to_string()));
    event.insert("precision".to_owned(), Value::String(when.precision.to_owned()));
}

fn act((code, means): &(String, Vec<String>)) -> Value {
    if means.is_empty() { json!({ "code": code }) } else { json!({ "code": code, "means": means }) }
}

/// The whole row, sealed: first what a person must look at, then everything as published.
fn account(table: &str, found: &Found<'_>, cells: &[(&str, &str)]) -> Value {
    let left = found.unread.iter().map(|column| format!("to be coded: {column}\n"));
    let published = cells.iter().map(|(heading, text)| format!("{heading}: {text}\n"));
    let narrative: String = std::iter::once(format!("{table}\n")).chain(left).chain(published).collect();
    match found.place {
        Some(place) => json!({ "narrative": narrative, "place": place }),
        None => json!({ "narrative": narrative }),
    }
}

fn unknown() -> Value {
    json!({ "unanswered": "unknown" })
}

#[cfg(test)]
mod tests {
    use super::super::table::Table;
    use super::*;
    use std::path::{Path, PathBuf};

    fn folder(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
    }

    /// Reads every row of a table with a shipped map; terms of the taxonomy stand for one act each.
    fn drafts(table: &Path, map: &str) -> Vec<Draft> {
        let map = Map::read(&folder("../../config/import").join(map)).map_err(|failure| failure.message).unwrap();
        let taxonomy = report::taxonomy::Taxonomy::read(&report::Sources::embedded()).unwrap();
        let crosswalks = map.crosswalks(&taxonomy);
        let reader = Reader { map: &map, crosswalks: &crosswalks, today: Day::new(22_000) };
        let table = Table::read(table, &map).map_err(|failure| failure.message).unwrap();
        let drafts: Vec<Draft> =
            table.rows.iter().map(|row| reader.draft(&table.pairs(row.as_ref().unwrap()))).collect();
        for draft in &drafts {
            let mut coded = draft.report.clone();
            coded.as_object_mut().unwrap().remove("account");
            report::Coding::read(coded.to_string().as_bytes()).unwrap();
        }
        drafts
    }

    fn field<'a>(draft: &'a Draft, pointer: &str) -> &'a Value {
        draft.report.pointer(pointer).unwrap_or(&Value::Null)
    }

    #[test]
    fn every_made_up_row_becomes_a_report_that_holds_every_cell() {
        for (table, map, rows) in [
            ("bvmn-made-up.csv", "bvmn.toml", 8),
            ("iom-made-up.csv", "iom.toml", 10),
            ("iom-western-balkans-to-2019.csv", "iom.toml", 118),
        ] {
            let drafts = drafts(&folder("samples").join(table), map);
            assert_eq!(drafts.len(), rows);
            assert!(
                drafts
                    .iter()
                    .all(|draft| field(draft, "/account/narrative").as_str().is_some_and(|text| text.contains(": ")))
            );
        }
    }

    #[test]
    fn every_client_drafts_the_same_report_from_a_row() {
        let vectors: Object<String, Value> = serde_json::from_str(include_str!("../../vectors/drafts.json")).unwrap();
        for (table, expected) in vectors {
            let map = if table.starts_with("bvmn") { "bvmn.toml" } else { "iom.toml" };
            let drafts = drafts(&folder("samples").join(format!("{table}.csv")), map);
            let told: Vec<Value> =
                drafts.iter().map(|draft| json!({ "report": draft.report, "to_code": draft.to_code })).collect();
            assert_eq!(Value::Array(told), expected, "{table}");
        }
    }

    #[test]
    fn what_a_messy_row_says_for_certain_is_coded() {
        let drafts = drafts(&folder("samples/bvmn-made-up.csv"), "bvmn.toml");
        let [first, _, third, ..] = drafts.as_slice() else { panic!("eight rows") };
        assert_eq!(field(first, "/event/from"), "1999-03-04");
        assert_eq!(field(first, "/event/area"), "HR");
        assert_eq!(field(first, "/accused/0/kind"), "P-HRPOL");
        assert_eq!(field(first, "/accused/0/count"), 4);
        assert_eq!(field(first, "/people/0/count"), 6);
        assert_eq!(field(first, "/people/0/age_band"), "AG-18-59");
        assert_eq!(field(third, "/people/0/count"), 19);
        assert_eq!(field(third, "/people/0/count_basis"), "CB-EST");
        assert!(field(third, "/acts").as_array().unwrap().iter().any(|act| act["code"] == "PUSH-02"));
        assert!(third.to_code && field(third, "/account/narrative").as_str().unwrap().contains("made-up term"));
    }

    #[test]
    fn no_means_nothing_where_no_means_not_filled() {
        let drafts = drafts(&folder("samples/bvmn-made-up.csv"), "bvmn.toml");
        let people = drafts.last().map(|draft| field(draft, "/people").clone());
        assert_eq!(people, Some(Value::Null));
    }

    #[test]
    fn a_number_below_nought_is_left_to_a_person() {
        let drafts = drafts(&folder("samples/iom-made-up.csv"), "iom.toml");
        let second = drafts.get(1).unwrap();
        assert!(second.to_code);
        assert_eq!(field(second, "/people/0/count"), 3);
        assert!(drafts.iter().any(|draft| !draft.to_code));
    }
}
