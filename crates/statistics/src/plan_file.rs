//! Reading the plan: everything wrong with it at once.

use std::collections::{BTreeMap, BTreeSet};

use report::found::{Age, Sex};
use report::{Fault, Sources};
use serde::Deserialize;
use toml::Spanned;

use crate::lists::Lists;
use crate::period::Grain;
use crate::plan::{Dimension, Limits, PROTECTED, Plan, Table, Told, UNKNOWN};

/// The file, below the configuration folder.
const FILE: &str = "statistics.toml";
/// More tables would let an attacker solve for their cells (measured for at most seven).
const MOST_TABLES: usize = 7;
/// Each response touches one more cell, and tells more about the incident.
const MOST_RESPONSES: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    sources: Spanned<u32>,
    dominance: Spanned<u32>,
    persons_cap: Spanned<u32>,
    advantage: Spanned<u32>,
    categories: Vec<Spanned<String>>,
    sensitive: Vec<Spanned<String>>,
    grounds: Vec<Spanned<String>>,
    at_a_border: Vec<Spanned<String>>,
    sex: BTreeMap<Sex, Vec<Spanned<String>>>,
    age: BTreeMap<Age, Vec<Spanned<String>>>,
    table: Vec<Spanned<Table>>,
    perpetrator: Vec<Class>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    class: Spanned<String>,
    kinds: Vec<Spanned<String>>,
}

pub(crate) fn read(sources: &Sources, lists: &Lists) -> Result<Plan, Vec<Fault>> {
    let mut page = report::fault::Page::open(sources, FILE)?;
    let file: File = page.parse()?;
    let mut reader = Reader { page: &mut page, lists };
    reader.check_limits(&file);
    reader.check_codes(&file);
    reader.check_tables(&file);
    let faults = page.close();
    if faults.is_empty() { Ok(plan(file, lists)) } else { Err(faults) }
}

/// What is wrong with the file in itself.
pub(crate) fn shape(sources: &Sources) -> Vec<Fault> {
    report::fault::Page::shape::<File>(sources, FILE)
}

struct Reader<'a, 'b> {
    page: &'a mut report::fault::Page<'b>,
    lists: &'a Lists,
}

impl Reader<'_, '_> {
    /// The limits may be stricter than what was measured as safe, never laxer.
    fn check_limits(&mut self, file: &File) {
        let mut demand = |holds: bool, value: &Spanned<u32>, message: &str| {
            if !holds {
                self.page.note(&value.span(), "unsafe-limit", message);
            }
        };
        demand(*file.sources.get_ref() >= 3, &file.sources, "three sources at least");
        demand((1..=60).contains(file.dominance.get_ref()), &file.dominance, "one source gives 60 percent at most");
        demand((1..=10).contains(file.persons_cap.get_ref()), &file.persons_cap, "ten people of an incident at most");
        demand((1..=45).contains(file.advantage.get_ref()), &file.advantage, "45 percent at most");
    }

    fn check_codes(&mut self, file: &File) {
        self.check_list(&file.categories, &self.lists.categories, "category");
        self.check_list(&file.grounds, &self.lists.grounds, "ground");
        let kinds: Vec<Spanned<String>> = file.perpetrator.iter().flat_map(|class| class.kinds.clone()).collect();
        self.check_list(&kinds, &self.lists.perpetrators, "perpetrator kind");
        self.check_some(&file.sensitive, &self.lists.categories, "category");
        self.check_some(&file.at_a_border, &self.lists.place_kinds, "kind of place");
        self.check_some(file.sex.values().flatten(), &self.lists.genders, "gender");
        self.check_some(file.age.values().flatten(), &self.lists.age_bands, "age band");
        let mut seen = BTreeSet::new();
        for class in file.perpetrator.iter().filter(|class| !seen.insert(class.class.get_ref().clone())) {
            self.page.note(&class.class.span(), "duplicate-key", "this class stands twice");
        }
        if !file.perpetrator.iter().any(|class| class.class.get_ref() == UNKNOWN) {
            self.page.note(&(0..0), "class-missing", "one class of perpetrators is called unknown");
        }
    }

    /// Every code stands in the country's list, and stands here once.
    fn check_some<'c>(
        &mut self,
        codes: impl IntoIterator<Item = &'c Spanned<String>>,
        known: &BTreeSet<String>,
        what: &str,
    ) {
        let mut seen = BTreeSet::new();
        for code in codes {
            if !known.contains(code.get_ref()) {
                self.page.note(&code.span(), "unknown-code", format!("this {what} is not in the taxonomy"));
            } else if !seen.insert(code.get_ref()) {
                self.page.note(&code.span(), "duplicate-key", format!("this {what} stands twice"));
            }
        }
    }

    /// Every code of the country stands in the list exactly once, and no other.
    fn check_list(&mut self, codes: &[Spanned<String>], known: &BTreeSet<String>, what: &str) {
        self.check_some(codes, known, what);
        let seen: BTreeSet<&String> = codes.iter().map(Spanned::get_ref).collect();
        for code in known.iter().filter(|code| !seen.contains(code)) {
            let end = codes.last().map_or(0..0, Spanned::span);
            self.page.note(&end, "code-missing", format!("{what} {code} stands nowhere"));
        }
    }

    fn check_tables(&mut self, file: &File) {
        let mut seen = BTreeSet::new();
        for (index, table) in file.table.iter().enumerate() {
            let (span, table) = (table.span(), table.get_ref());
            let two_fit = table.columns.is_none_or(|columns| columns.belongs_to(table.unit) && columns != table.rows);
            let any = |property: fn(Dimension) -> bool| property(table.rows) || table.columns.is_some_and(property);
            let faults = [
                (index >= MOST_TABLES, "too-many-tables", "seven tables at most"),
                (!seen.insert(&table.code), "duplicate-key", "this table stands twice"),
                (
                    !table.rows.belongs_to(table.unit) || !two_fit,
                    "wrong-dimension",
                    "this unit has no such rows or columns",
                ),
                (
                    any(Dimension::needs_a_year) && table.period != Grain::Year,
                    "too-fine",
                    "sex, age and grounds only by year",
                ),
                (any(Dimension::needs_a_year) && any(is_area), "too-fine", "sex, age and grounds only for the country"),
                (!(1..=MOST_RESPONSES).contains(&table.responses), "unsafe-limit", "one to three responses"),
                (!table.title.contains_key("en"), "title-missing", "a title in English is needed"),
            ];
            for (_, code, message) in faults.into_iter().filter(|(found, ..)| *found) {
                self.page.note(&span, code, message);
            }
        }
    }
}

fn is_area(dimension: Dimension) -> bool {
    matches!(dimension, Dimension::Area | Dimension::Segment)
}

fn plan(file: File, lists: &Lists) -> Plan {
    let limits = Limits {
        sources: file.sources.into_inner(),
        dominance: file.dominance.into_inner(),
        persons_cap: file.persons_cap.into_inner(),
        advantage: file.advantage.into_inner(),
    };
    let classes: Vec<(String, Vec<String>)> =
        file.perpetrator.into_iter().map(|class| (class.class.into_inner(), plain(class.kinds))).collect();
    let (categories, grounds) = (plain(file.categories), plain(file.grounds));
    let values: BTreeMap<Dimension, Vec<String>> = Dimension::ALL
        .into_iter()
        .map(|dimension| {
            let values = match dimension {
                Dimension::Category => [&categories[..], &[PROTECTED.to_owned()]].concat(),
                Dimension::Ground => grounds.clone(),
                Dimension::Perpetrator => classes.iter().map(|(class, _)| class.clone()).collect(),
                _ => values_of(dimension, lists),
            };
            (dimension, with_unknown(values))
        })
        .collect();
    let places =
        values.iter().map(|(dimension, values)| (*dimension, places(*dimension, values, lists, &classes))).collect();
    let tables = file.table.into_iter().map(Spanned::into_inner).collect();
    let told = Told { at_a_border: plain(file.at_a_border), sex: turned(file.sex), age: turned(file.age) };
    Plan { version: file.version, limits, tables, sensitive: plain(file.sensitive), told, values, places }
}

/// By code what it is counted as.
fn turned<T: Copy>(lists: BTreeMap<T, Vec<Spanned<String>>>) -> BTreeMap<String, T> {
    lists.into_iter().flat_map(|(what, codes)| plain(codes).into_iter().map(move |code| (code, what))).collect()
}

fn plain(codes: Vec<Spanned<String>>) -> Vec<String> {
    codes.into_iter().map(Spanned::into_inner).collect()
}

fn with_unknown(mut values: Vec<String>) -> Vec<String> {
    if !values.iter().any(|value| value == UNKNOWN) {
        values.push(UNKNOWN.to_owned());
    }
    values
}

fn values_of(dimension: Dimension, lists: &Lists) -> Vec<String> {
    let fixed: &[&str] = match dimension {
        Dimension::Area => {
            let areas: BTreeSet<&String> = lists.areas.values().collect();
            return areas.into_iter().cloned().chain(["outside".to_owned()]).collect();
        }
        Dimension::Segment => return lists.segments.clone(),
        Dimension::RecipientKind => return lists.recipient_kinds.clone(),
        Dimension::Sex => &["female", "male", "other"],
        Dimension::Age => &["child", "adult"],
        Dimension::Direction => &["in", "out"],
        Dimension::Answered => &["yes", "no"],
        Dimension::Category | Dimension::Ground | Dimension::Perpetrator => &[],
    };
    fixed.iter().map(|value| (*value).to_owned()).collect()
}

/// Where each code of the rows stands among the values: a value by itself, an area by its tier-2 area, a kind by its class.
fn places(
    dimension: Dimension,
    values: &[String],
    lists: &Lists,
    classes: &[(String, Vec<String>)],
) -> BTreeMap<String, u16> {
    let mut places: BTreeMap<String, u16> = values.iter().cloned().zip(0..).collect();
    let of =
        |value: &String| values.iter().position(|known| known == value).and_then(|index| u16::try_from(index).ok());
    if dimension == Dimension::Area {
        places.extend(lists.areas.iter().filter_map(|(area, around)| Some((area.clone(), of(around)?))));
    }
    if dimension == Dimension::Perpetrator {
        let kinds = classes.iter().flat_map(|(class, kinds)| kinds.iter().map(move |kind| (kind, class)));
        places.extend(kinds.filter_map(|(kind, class)| Some((kind.clone(), of(class)?))));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::lists;

    /// The shipped plan with one text in place of another.
    fn changed(from: &str, to: &str) -> Result<Plan, Vec<Fault>> {
        let sources = Sources::embedded();
        let text = sources.get(FILE).expect("the plan is shipped");
        assert!(text.contains(from), "the test changes what is not there");
        let lists = lists(&sources);
        let text = text.replacen(from, to, 1);
        read(&sources.with(FILE, &text), &lists)
    }

    fn codes(plan: Result<Plan, Vec<Fault>>) -> Vec<(usize, &'static str)> {
        plan.err().unwrap_or_default().into_iter().map(|fault| (fault.line, fault.code)).collect()
    }

    #[test]
    fn the_shipped_plan_has_seven_tables_and_no_fault() {
        let plan = changed("version = 1", "version = 2").expect("it reads");
        assert_eq!((plan.version(), plan.tables().len()), (2, 7));
    }

    #[test]
    fn the_second_country_counts_with_codes_of_its_own() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/country-two");
        let sources = Sources::read(&folder).expect("the second country is there");
        let plan = read(&sources, &lists(&sources)).expect("its plan has no fault");
        assert_eq!(plan.told.age.get("young"), Some(&Age::Child));
        let halves = plan.table("halves").expect("the table is there");
        assert_eq!(plan.shown_values(halves, Dimension::Area, Grain::HalfYear), ["XA-N", "XA-S", "outside", "unknown"]);
    }

    #[test]
    fn a_limit_laxer_than_what_was_measured_is_refused() {
        for (from, to) in [
            ("sources = 3", "sources = 2"),
            ("dominance = 60", "dominance = 61"),
            ("persons_cap = 10", "persons_cap = 11"),
            ("advantage = 45", "advantage = 46"),
            ("responses = 2", "responses = 4"),
        ] {
            assert!(codes(changed(from, to)).iter().all(|(line, code)| *line > 0 && *code == "unsafe-limit"), "{to}");
            assert!(changed(from, to).is_err(), "{to}");
        }
    }

    #[test]
    fn what_would_tell_of_few_people_is_refused() {
        assert_eq!(
            codes(changed("margins = \"both\"\nperiod = \"year\"", "margins = \"both\"\nperiod = \"quarter\"")).len(),
            1
        );
        let eighth = "[[table]]\ncode = \"T-A\"\nunit = \"events\"\nrows = \"sex\"\nperiod = \"year\"\ntitle = { bs = \"x\" }\n\n[[perpetrator]]";
        let found: Vec<&str> = codes(changed("[[perpetrator]]", eighth)).into_iter().map(|(_, code)| code).collect();
        assert_eq!(found, ["too-many-tables", "duplicate-key", "wrong-dimension", "title-missing"]);
    }

    #[test]
    fn every_code_of_the_country_stands_in_the_plan_once() {
        let found = |from, to| codes(changed(from, to)).into_iter().map(|(_, code)| code).collect::<Vec<_>>();
        assert_eq!(found("\"P-SFA\", ", ""), ["code-missing"]);
        assert_eq!(found("\"P-SFA\", ", "\"P-SFA\", \"P-SFA\", \"P-NOBODY\", "), ["duplicate-key", "unknown-code"]);
        assert_eq!(found("sensitive = [\"SEXV\"", "sensitive = [\"NONE\""), ["unknown-code"]);
    }

    #[test]
    fn all_faults_come_at_once() {
        let sources = Sources::embedded();
        let text = sources.get(FILE).expect("the plan is shipped");
        let text = text
            .replace("sources = 3", "sources = 1")
            .replace("dominance = 60", "dominance = 99")
            .replace("\"P-SFA\", ", "");
        let lists = lists(&sources);
        assert_eq!(codes(read(&sources.with(FILE, &text), &lists)).len(), 3);
    }
}
