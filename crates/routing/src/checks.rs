//! Everything that can be wrong with the registry, found at once and told with file and line.

mod bodies;
mod posts;
mod words;

use report::fault::Page;
use report::{Country, Fault, Sources};

use crate::book::{self, Book, Roster};
use crate::registry::Registry;
use crate::{leads, rules};

/// All faults of the registry that its files, read one by one, could not show.
pub(crate) fn all(registry: &Registry, sources: &Sources, country: &Country, read: (&Book, &Roster)) -> Vec<Fault> {
    let (book, roster) = read;
    let pages = [book::FILE, leads::FILE, rules::FILE].map(|file| Page::open(sources, file));
    let [Ok(mut institutions), Ok(mut posts), Ok(mut routing)] = pages else { return Vec::new() };
    bodies::check(registry, country, book, &mut institutions);
    posts::check(registry, country, roster, &mut posts);
    words::check(registry, country, &mut routing);
    let is_known = |code: &str| code.parse().is_ok_and(|code| registry.get(&code).is_some());
    let labels = country.labels().unknown(sources, "institution", is_known);
    let is_mandate = |code: &str| code.parse().is_ok_and(|code| registry.mandate(&code).is_some());
    let mandates = country.labels().unknown(sources, "mandate", is_mandate);
    [institutions.close(), posts.close(), routing.close(), labels, mandates].concat()
}
