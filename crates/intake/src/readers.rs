//! The public part of the registry, for showing: who tells whom, and why somebody is shut out with an accused body.
//! Nobody becomes a reader by it: that is the signed directory's.

use std::collections::{BTreeMap, BTreeSet};

use report::consent::{ConsentRules, Leave};
use report::{Accused, Area, Code, Country, Day, InstitutionCode};
use routing::{Desk, Institution, Reason, Registry};
use serde_json::{Map, Value, json};

#[cfg(test)]
mod vectors;

/// The reasons for being shut out, the nearest to the accused first.
const REASONS: [&str; 9] = [
    "reason-accused",
    "reason-same-body",
    "reason-above-accused",
    "reason-below-accused",
    "reason-same-line",
    "reason-shares-key",
    "reason-shares-member",
    "reason-shares-mailbox",
    "reason-shares-recovery",
];

/// The document, as JSON.
pub(crate) fn document(registry: &Registry, country: &Country, today: Day) -> Value {
    let kinds = country.taxonomy().list("perpetrator_kind").iter().map(|kind| &kind.code);
    let posts = posts(registry);
    let sets = serde_json::to_value(registry.closure_sets()).unwrap_or_default();
    json!({
        "version": 1,
        "as": posts.iter().map(|body| (body.code.as_str(), recipient_kinds(body))).collect::<BTreeMap<_, _>>(),
        "voices": posts.iter().map(|body| (body.code.as_str(), registry.voice(&body.code, today))).collect::<BTreeMap<_, _>>(),
        "desks": posts.iter().filter_map(|body| registry.desk(&body.code)).map(desk).collect::<Map<_, _>>(),
        "reasons": REASONS,
        "why": registry.institutions().filter_map(|body| why(registry, body)).collect::<Map<_, _>>(),
        "heard": heard(registry, country.consent(), today),
        "kinds": kinds.map(|kind| (kind.as_str(), cells(registry, kind, &sets))).collect::<BTreeMap<_, _>>(),
    })
}

/// Everyone who leads or stands in anywhere.
fn posts(registry: &Registry) -> Vec<&Institution> {
    let all = registry.leads().iter().flat_map(|(_, posts)| posts.lead.iter().chain(&posts.alternate));
    let codes: BTreeSet<&InstitutionCode> = all.collect();
    codes.into_iter().filter_map(|code| registry.get(code)).collect()
}

/// Purpose → as which recipient kinds a body may get a report for it.
fn recipient_kinds(body: &Institution) -> BTreeMap<&str, &[Code]> {
    body.recipients.by_purpose().map(|(purpose, kinds)| (purpose.as_str(), kinds)).collect()
}

/// Purpose → kind of recipient → why others may hear of it once one of that kind has it.
fn heard<'a>(
    registry: &Registry,
    rules: &'a ConsentRules,
    today: Day,
) -> BTreeMap<&'a str, BTreeMap<&'a str, Vec<&'static str>>> {
    let mut all: BTreeMap<&str, BTreeMap<&str, Vec<&'static str>>> = BTreeMap::new();
    for cell in rules.matrix().iter().filter(|cell| cell.leave == Leave::Explicit) {
        let (purpose, kind) = (cell.purpose.as_str(), cell.recipient_kind.as_str());
        all.entry(purpose).or_default().insert(kind, registry.heard_through(purpose, kind, today));
    }
    all
}

/// When a desk is open, in its own place's time.
fn desk(desk: &Desk) -> (String, Value) {
    let hours = json!({
        "time_zone": desk.time_zone,
        "days": desk.days,
        "opens": desk.opens,
        "closes": desk.closes,
        "holidays": desk.holidays,
    });
    (desk.institution.to_string(), hours)
}

/// Who is shut out when a body is accused: number of the reason, and whom it names where that is not the accused.
fn why(registry: &Registry, body: &Institution) -> Option<(String, Value)> {
    let accused = Accused { kinds: Vec::new(), institutions: vec![body.code.clone()] };
    let closure = registry.closure(&accused, &Area::unknown());
    let others = closure.iter().filter(|(code, _)| **code != body.code);
    let rows: Map<String, Value> =
        others.filter_map(|(code, reason)| Some((code.to_string(), row(reason, &body.code)?))).collect();
    (!rows.is_empty()).then(|| (body.code.to_string(), Value::Object(rows)))
}

fn row(reason: &Reason, accused: &InstitutionCode) -> Option<Value> {
    let number = REASONS.iter().position(|key| *key == reason.key)?;
    let about = reason.arguments.first().map(|(_, code)| code.as_str()).filter(|code| *code != accused.as_str());
    Some(about.map_or_else(|| json!([number]), |about| json!([number, about])))
}

/// The bodies a kind of accused points to, by place: `*` where it is the same everywhere.
fn cells(registry: &Registry, kind: &Code, sets: &Value) -> BTreeMap<String, Vec<String>> {
    let known = sets.get("kinds").and_then(|kinds| kinds.get(kind.as_str())).and_then(Value::as_object);
    let is_fixed = known.is_some_and(|cells| cells.len() == 1);
    let cells = known.into_iter().flat_map(|cells| cells.keys()).filter(|cell| is_fixed || *cell != "*");
    let pointed = |cell: &String| {
        let area = if cell == "*" { Area::unknown() } else { cell.parse().ok()? };
        let accused = Accused { kinds: vec![kind.clone()], institutions: Vec::new() };
        let closure = registry.closure(&accused, &area);
        let bases = closure.iter().filter(|(_, reason)| reason.key == REASONS[0]).map(|(code, _)| code.to_string());
        Some((cell.clone(), bases.collect()))
    };
    cells.filter_map(pointed).collect()
}
