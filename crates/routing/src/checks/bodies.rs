//! Faults of `institutions.toml`.

use std::collections::BTreeSet;

use report::fault::Page;
use report::{Country, InstitutionCode};

use crate::book::Book;
use crate::institution::{Institution, MaxData};
use crate::pages::Row;
use crate::registry::Registry;

pub(super) fn check(registry: &Registry, country: &Country, book: &Book, page: &mut Page<'_>) {
    if book.as_of.is_none() {
        page.note(
            &(0..0),
            "as-of-missing",
            "as_of says the period the entries were last checked in, such as \"2026-11\"",
        );
    }
    let mut seen: BTreeSet<&InstitutionCode> = BTreeSet::new();
    for row in &book.institutions {
        if !seen.insert(&row.value().code) {
            page.note(row.at("code"), "duplicate", format!("{} stands twice", row.value().code));
        }
        ground(country, row, page);
        edges(registry, row, page);
        words(registry, country, row, page);
        dates(row, page);
        if is_its_own_superior(registry, row.value()) {
            page.note(row.at("parent"), "parent-cycle", format!("{} stands above itself", row.value().code));
        }
    }
}

fn ground(country: &Country, row: &Row<Institution>, page: &mut Page<'_>) {
    let body = row.value();
    if body.territory.is_empty() {
        page.note(row.at("territory"), "no-territory", format!("{} has no territory", body.code));
    }
    for area in body.territory.iter().filter(|area| country.territories().get(area.as_str()).is_none()) {
        page.note(row.at("territory"), "unknown-territory", format!("{area} is no territory"));
    }
    if body.recipients.is_empty() && body.max_data != MaxData::Nothing {
        page.note(
            row.at("recipients"),
            "no-recipient-kind",
            format!("{} may receive, but as which kind of recipient?", body.code),
        );
    }
}

/// An edge's field, the codes it names and the days it held in the wrong order.
fn edges(registry: &Registry, row: &Row<Institution>, page: &mut Page<'_>) {
    let body = row.value();
    let fields = [
        ("parent", &body.parent),
        ("influence", &body.influence),
        ("oversees", &body.oversees),
        ("relays_to", &body.relays_to),
    ];
    for (field, list) in fields {
        for edge in list.iter() {
            unknown(registry, (row, field), &edge.to, page);
            if edge.valid.is_reversed() {
                page.note(row.at(field), "dates-reversed", format!("{}: an edge ends before it begins", body.code));
            }
        }
    }
    body.successor.iter().for_each(|to| unknown(registry, (row, "successor"), to, page));
}

fn unknown(registry: &Registry, at: (&Row<Institution>, &str), to: &InstitutionCode, page: &mut Page<'_>) {
    let (row, field) = at;
    if registry.get(to).is_none() {
        let code = if field == "parent" { "unknown-parent" } else { "unknown-institution" };
        page.note(row.at(field), code, format!("{}: there is no institution {to}", row.value().code));
    }
}

fn words(registry: &Registry, country: &Country, row: &Row<Institution>, page: &mut Page<'_>) {
    let body = row.value();
    for mandate in body.mandates.iter().filter(|mandate| !registry.mandates().contains_key(*mandate)) {
        page.note(row.at("mandates"), "unknown-mandate", format!("{}: there is no mandate {mandate}", body.code));
    }
    for (kind, purposes) in body.recipients.iter() {
        for purpose in
            purposes.iter().filter(|purpose| country.consent().cell(purpose.as_str(), kind.as_str()).is_none())
        {
            let why = format!("{}: the consent table has no cell for {purpose} and {kind}", body.code);
            page.note(row.at("recipients"), "consent-impossible", why);
        }
    }
}

fn dates(row: &Row<Institution>, page: &mut Page<'_>) {
    let body = row.value();
    if body.valid().is_reversed() {
        page.note(row.at("valid_to"), "dates-reversed", format!("{} ends before it begins", body.code));
    }
    if body.time_limit_days.is_some() != body.time_limit_from.is_some() {
        page.note(
            row.at("time_limit_days"),
            "half-a-limit",
            format!("{}: a time limit has days and what they count from", body.code),
        );
    }
}

fn is_its_own_superior(registry: &Registry, body: &Institution) -> bool {
    let mut seen: BTreeSet<&InstitutionCode> = BTreeSet::new();
    let mut open: Vec<&InstitutionCode> = body.parent.ever().collect();
    while let Some(code) = open.pop() {
        if *code == body.code {
            return true;
        }
        if seen.insert(code) {
            open.extend(registry.get(code).into_iter().flat_map(|above| above.parent.ever()));
        }
    }
    false
}
