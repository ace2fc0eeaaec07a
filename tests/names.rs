//! One institution has one name on every page of a language, whichever door shows it.

use std::collections::BTreeSet;

use house_tests::{Database, Door, House, browse};
use serde_json::Value;

use crate::plain::{fresh, post};
use crate::road::a_report;

/// A language, and in it the alternate that the shipped country names.
const NAMES: [(&str, &str); 3] = [
    ("en", "Helsinki Committee for Human Rights in BiH"),
    ("bs", "Helsinški komitet za ljudska prava u BiH"),
    ("fa", "کمیته هلسینکی حقوق بشر (Helsinški komitet)"),
];

/// Who stands in the lists of the plain door when a police officer is ticked.
fn plain_names(door: &Door, language: &str) -> BTreeSet<String> {
    let asked = [("page", fresh(door)), ("step", "check".into()), ("accused", "P-BP".into()), ("agree", "yes".into())];
    let asked: Vec<(&str, &str)> = asked.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = post(door, &format!("/{language}/plain"), &asked).text();
    let named = page.split("<b><bdi>").skip(1).filter_map(|rest| rest.split("</bdi>").next());
    named.map(|name| name.replace("&#38;", "&").replace("&#39;", "'").replace("&#34;", "\"")).collect()
}

fn texts(list: &Value) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().trim().to_owned()).collect()
}

#[test]
fn an_institution_has_one_name_on_every_page_of_a_language() {
    let house = House::open(Database::Sqlite);
    let door = house.public_door();
    let filed = house.files(&a_report(), &[]).done();
    let languages = NAMES.map(|(language, _)| language);
    let words = [&[house.public.as_str(), filed["receipt"].as_str().unwrap()], languages.as_slice()].concat();
    let seen = browse("names.mjs", &words);
    for (language, alternate) in NAMES {
        let plain = plain_names(&door, language);
        assert!(plain.contains(alternate) && plain.len() > 10, "{language}, plain door: {plain:?}");
        let list = door.get(&format!("/{language}/choices")).unwrap().text();
        assert!(list.contains(alternate), "{language}: the list of who can be named has another name");
        let Some(seen) = &seen else { continue };
        assert_eq!(texts(&seen["form"][language]), plain, "{language}: the form and the plain door");
        let thread = seen["thread"][language].as_str().unwrap();
        assert!(thread.contains(alternate), "{language}: the thread says {thread}");
        let named = texts(&seen["named"][language]);
        assert!(named.len() > 1 && named.iter().skip(1).any(|name| list.contains(name)), "{language}: {named:?}");
    }
}
