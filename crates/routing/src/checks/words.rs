//! Faults of `routing.toml`, and of an operator that could be shut out of its own server.

use report::fault::Page;
use report::{Area, Code, Country};
use toml::Spanned;

use crate::registry::Registry;

pub(super) fn check(registry: &Registry, country: &Country, page: &mut Page<'_>) {
    for mandate in registry.rules.mandates().filter(|mandate| !registry.mandates().contains_key(mandate.get_ref())) {
        page.note(&mandate.span(), "unknown-mandate", format!("there is no mandate {}", mandate.get_ref()));
    }
    for purpose in registry.rules.purposes() {
        if country.taxonomy().term("purpose_consent", purpose.get_ref().as_str()).is_none() {
            page.note(&purpose.span(), "unknown-code", format!("there is no purpose {}", purpose.get_ref()));
        }
    }
    for category in registry.rules.first.keys().filter(|code| **code != *"protected") {
        if country.taxonomy().category(category.as_str()).is_none() {
            page.note(&(0..0), "unknown-code", format!("there is no category {category}"));
        }
    }
    for category in
        country.taxonomy().categories().iter().filter(|known| !registry.rules.first.contains_key(&known.code))
    {
        page.note(&(0..0), "category-without-mandates", format!("no mandate is asked first for {}", category.code));
    }
    mandates(registry, country, page);
    services(registry, country, page);
    kinds(registry, page);
    keepers(registry, page);
}

/// A language in which mandates are told tells all that are asked first: those stand in reasons.
fn mandates(registry: &Registry, country: &Country, page: &mut Page<'_>) {
    let labels = country.labels();
    for language in labels.languages().filter(|language| labels.list("mandate", language).next().is_some()) {
        let untold = |code: &&Spanned<Code>| labels.own("mandate", code.get_ref().as_str(), language).is_none();
        for mandate in registry.rules.first.values().flatten().filter(untold) {
            let problem = format!("{} of list mandate has no label in {language}", mandate.get_ref());
            page.note(&mandate.span(), "label-missing", problem);
        }
    }
}

/// The facets that services and the child rule look for must exist.
fn services(registry: &Registry, country: &Country, page: &mut Page<'_>) {
    let taxonomy = country.taxonomy();
    let categories = registry.rules.services.iter().flat_map(|rule| &rule.categories);
    let unknown = categories.filter(|code| taxonomy.category(code.as_str()).is_none());
    let needs = registry.rules.services.iter().flat_map(|rule| &rule.needs);
    let unknown = unknown.chain(needs.filter(|code| taxonomy.term("need", code.as_str()).is_none()));
    let flags = &registry.rules.child.urgency;
    let unknown =
        unknown.chain(flags.iter().filter(|code| !country.triage().urgency_flags().any(|(flag, _)| flag == *code)));
    for code in unknown {
        page.note(&(0..0), "unknown-code", format!("there is no code {code}"));
    }
}

/// Every code and wildcard a kind of accused points to must lead somewhere.
fn kinds(registry: &Registry, page: &mut Page<'_>) {
    let wildcards = &registry.rules.wildcards;
    for rule in wildcards.iter().filter(|rule| !registry.institutions().any(|body| rule.fits(body))) {
        let problem = format!("no institution anywhere answers to {}", rule.name.get_ref());
        page.note(&rule.name.span(), "unknown-institution", problem);
    }
    for (kind, targets) in &registry.land.kinds {
        for target in targets {
            let is_wildcard = wildcards.iter().any(|rule| rule.name.get_ref() == target);
            let is_body = target.parse().is_ok_and(|code| registry.get(&code).is_some());
            if !is_wildcard && !is_body {
                page.note(
                    &(0..0),
                    "unknown-institution",
                    format!("the kind {kind} points to {target}, which nothing answers to"),
                );
            }
        }
    }
}

/// Whoever runs or hosts the server must not be reached by an accusation of anybody else, nor by a kind of accused.
fn keepers(registry: &Registry, page: &mut Page<'_>) {
    let everywhere = registry.land.cells(&Area::unknown());
    for keeper in registry.rules.keepers() {
        let Some(place) = registry.place(keeper.get_ref()) else {
            page.note(&keeper.span(), "unknown-institution", format!("there is no institution {}", keeper.get_ref()));
            continue;
        };
        let others = (0..registry.count()).filter(|other| *other != place);
        let falls = others.filter_map(|other| registry.shut(other)).any(|shut| shut.contains_key(&place));
        let kind =
            registry.pointed().values().any(|pointed| registry.closure_of(&pointed.at(&everywhere)).contains(place));
        if falls || kind {
            page.note(&keeper.span(), "operator-in-closure", format!("{} can fall into a closure", keeper.get_ref()));
        }
    }
}
