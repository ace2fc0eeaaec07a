//! The closure tried against a second, slower telling of its rule: over the shipped registry, and over random ones.

mod country;
mod desk;
mod elsewhere;
mod faults;
mod histories;
mod oracle;
mod shipped;

use report::{Country, Day, Sources};

use crate::book::{Book, Roster};
use crate::land::Land;
use crate::registry::Registry;
use crate::rules::Rules;

fn today() -> Day {
    "2026-11-22".parse().expect("a day")
}

fn country() -> Country {
    Country::read(&Sources::embedded()).expect("the shipped country has no fault")
}

/// A registry drawn from texts without any check, so that cycles and dangling edges can be tried.
fn drawn(institutions: &str, leads: &str, rules: &str, land: Land) -> Registry {
    let sources = Sources::default()
        .with("institutions.toml", institutions)
        .with("leads.toml", leads)
        .with("routing.toml", rules);
    let (book, faults) = Book::read(&sources);
    assert_eq!(faults, []);
    let (roster, faults) = Roster::read(&sources);
    assert_eq!(faults, []);
    Registry::draw(&book, &roster, Rules::read(&sources).expect("rules"), land)
}
