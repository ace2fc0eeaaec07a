//! Faults of `leads.toml`: who leads must be able to, and must not fall with its alternate.

use std::collections::BTreeSet;
use std::ops::Range;

use report::fault::Page;
use report::{Area, Country, InstitutionCode};

use crate::book::Roster;
use crate::institution::{Institution, MaxData, Status};
use crate::leads::{Desk, WrittenLead, around};
use crate::pages::Row;
use crate::registry::Registry;

pub(super) fn check(registry: &Registry, country: &Country, roster: &Roster, page: &mut Page<'_>) {
    let mut seen: BTreeSet<&Area> = BTreeSet::new();
    for row in &roster.leads {
        for area in &row.value().areas {
            if !seen.insert(area) {
                page.note(row.at("areas"), "duplicate", format!("{area} has two entries"));
            }
            if !country.territories().knows(area) {
                page.note(row.at("areas"), "unknown-territory", format!("{area} is no territory"));
            }
        }
        entry((registry, country), row, page);
    }
    uncovered(country, &seen, page);
    nested(country, page);
    for row in &roster.desks {
        desk(registry, country, row, page);
    }
}

fn uncovered(country: &Country, seen: &BTreeSet<&Area>, page: &mut Page<'_>) {
    let (outside, unknown) = (Area::outside(), Area::unknown());
    let places = country.territories().tier_2_areas().chain([country.code(), &outside, &unknown]);
    for area in places.filter(|area| !seen.contains(area)) {
        page.note(&(0..0), "area-without-lead", format!("{area} has no lead"));
    }
}

/// A phone without the list of territories finds the lead of a municipality by the beginning of its code.
fn nested(country: &Country, page: &mut Page<'_>) {
    for unit in country.territories().all() {
        let Some(parent) = &unit.parent else { continue };
        if !around(&unit.code).skip(1).any(|code| code == parent.as_str()) {
            page.note(
                &(0..0),
                "code-not-nested",
                format!("the code {} does not begin with its container's, {parent}", unit.code),
            );
        }
    }
}

fn entry(known: (&Registry, &Country), row: &Row<WrittenLead>, page: &mut Page<'_>) {
    let (registry, country) = known;
    let posts = row.value();
    for (field, list) in [("lead", &posts.lead), ("alternate", &posts.alternate)] {
        if list.is_empty() {
            page.note(row.at(field), "area-without-lead", "an area needs a lead and an alternate");
        }
        for code in list {
            match registry.get(code) {
                Some(body) => holder((registry, country), body, (row.at(field), field), page),
                None => page.note(row.at(field), "unknown-institution", format!("there is no institution {code}")),
            }
        }
    }
    for lead in &posts.lead {
        for alternate in &posts.alternate {
            apart(registry, lead, alternate, (row.at("alternate"), page));
        }
    }
}

fn holder(known: (&Registry, &Country), body: &Institution, at: (&Range<usize>, &str), page: &mut Page<'_>) {
    let ((registry, country), (span, field)) = (known, at);
    let keep = country.consent().keep();
    let keeps = body.recipients.kinds(keep.purpose.as_str()).contains(&keep.recipient_kind);
    let code = &body.code;
    let faults = [
        (body.status == Status::Closed || body.valid().to.is_some(), "retired-in-use", "is closed or ends"),
        (body.duty_to_report.binds(), "lead-with-duty", "has, or may have, a duty to report"),
        (body.max_data != MaxData::Sealed, "lead-cannot-read", "may not get sealed parts"),
        (!keeps, "lead-cannot-keep", "has no recipient kind for keeping and answering"),
        (field == "alternate" && !body.is_non_state(), "alternate-of-the-state", "is no non-state body"),
        (registry.keepers().contains(&code), "operator-reads", "runs or hosts the server"),
        (registry.desk(code).is_none(), "lead-without-desk", "has no desk: when does somebody read?"),
    ];
    for (_, fault, why) in faults.iter().filter(|(found, ..)| *found) {
        page.note(span, fault, format!("{code} {why}"));
    }
}

/// A lead and an alternate must not fall together.
fn apart(registry: &Registry, lead: &InstitutionCode, alternate: &InstitutionCode, at: (&Range<usize>, &mut Page<'_>)) {
    let (span, page) = at;
    let falls = |one: &InstitutionCode, other: &InstitutionCode| {
        registry
            .place(one)
            .and_then(|place| registry.shut(place))
            .zip(registry.place(other))
            .is_some_and(|(shut, at)| shut.contains_key(&at))
    };
    if lead == alternate {
        page.note(span, "lead-is-alternate", format!("{lead} cannot take over from itself"));
    } else if falls(lead, alternate) || falls(alternate, lead) {
        page.note(
            span,
            "lead-falls-with-alternate",
            format!("accusing one of {lead} and {alternate} shuts out the other"),
        );
    }
}

fn desk(registry: &Registry, country: &Country, row: &Row<Desk>, page: &mut Page<'_>) {
    let desk = row.value();
    if registry.get(&desk.institution).is_none() {
        page.note(
            row.at("institution"),
            "unknown-institution",
            format!("there is no institution {}", desk.institution),
        );
    }
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let hours = is_time(&desk.opens) && is_time(&desk.closes) && desk.opens < desk.closes;
    let zone = desk.time_zone.split_once('/').is_some_and(|(region, place)| !region.is_empty() && !place.is_empty());
    let faults = [
        (!desk.days.iter().all(|day| days.contains(&day.as_str())), "days", "days are mon to sun"),
        (!hours, "closes", "a desk opens (HH:MM) before it closes"),
        (!zone, "time_zone", "a time zone is a name, such as Europe/Sarajevo"),
        (!desk.holidays.iter().all(|day| is_holiday(day)), "holidays", "a holiday is MM-DD or YYYY-MM-DD"),
        (!["phone", "mail", "message"].contains(&desk.duty.as_str()), "duty", "duty is phone, mail or message"),
    ];
    for (_, field, why) in faults.iter().filter(|(found, ..)| *found) {
        page.note(row.at(field), "invalid-value", *why);
    }
    for clock in desk.promises.iter().filter(|clock| country.taxonomy().term("clock", clock.as_str()).is_none()) {
        page.note(row.at("promises"), "unknown-code", format!("there is no clock {clock}"));
    }
}

fn is_time(text: &str) -> bool {
    let Some((hour, minute)) = text.split_once(':') else { return false };
    let below = |digits: &str, limit: u8| digits.len() == 2 && digits.parse::<u8>().is_ok_and(|number| number < limit);
    below(hour, 24) && below(minute, 60)
}

fn is_holiday(text: &str) -> bool {
    let full = if text.len() == 5 { format!("2000-{text}") } else { text.to_owned() };
    full.parse::<report::Day>().is_ok()
}
