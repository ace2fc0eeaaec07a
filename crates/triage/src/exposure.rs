//! How much that is hard to read a member opens in a day. Weighed by kind of part and gravity, never by content; nobody is
//! stopped, and whether somebody looks for support is noted nowhere.

use report::PartKind;
use web::{Member, Problem};
use words::{Language, text};

use crate::Dashboard;
use crate::pages::{Care, Fact};

/// Points after which a member is asked to stop for the day: about seven grave cases read through.
const DAILY: i32 = 40;

/// Points after which support is offered: one grave case read through.
const PROMPT: i32 = 6;

/// From which gravity a case weighs twice.
const GRAVE: u8 = 4;

/// The need whose lines of help are for staff too.
const PSYCHOSOCIAL: &str = "ND-PSYCHO";

/// What opening one part weighs.
pub(crate) const fn points(part: PartKind, severity: u8) -> i32 {
    let weight = match part {
        PartKind::Evidence => 3,
        PartKind::Account | PartKind::Translation => 2,
        PartKind::Coding | PartKind::Message => 1,
        PartKind::Identity | PartKind::Authority | PartKind::Note => 0,
    };
    if severity >= GRAVE { weight * 2 } else { weight }
}

/// What to say to a member about today; nothing before something hard was opened. A manager sees how much the others read, never what.
pub(crate) async fn care(dashboard: &Dashboard, member: &Member, language: Language) -> Result<Option<Care>, Problem> {
    let snapshot = dashboard.store().snapshot().await?;
    let loads = snapshot.loads(&member.institution, dashboard.today()).await?;
    drop(snapshot);
    let own = loads.iter().find(|load| load.member == member.member).map_or(0, |load| load.points);
    let team = if member.role == vault::Role::Manager { team(language, &loads) } else { Vec::new() };
    if own < PROMPT && team.is_empty() {
        return Ok(None);
    }
    let key = match own {
        DAILY.. => "dashboard-care-stop",
        PROMPT..DAILY => "dashboard-care-prompt",
        _ => "dashboard-care-team",
    };
    let contacts = if own < PROMPT { Vec::new() } else { contacts(dashboard, language) };
    Ok(Some(Care { text: text(language, key, &[]), is_stop: own >= DAILY, contacts, team }))
}

fn team(language: Language, loads: &[store::Load]) -> Vec<Fact> {
    let told = |load: &store::Load| {
        let (points, parts) = (load.points.to_string(), load.parts.to_string());
        let value = text(language, "dashboard-care-load", &[("points", &points), ("parts", &parts)]);
        Fact { name: load.member.clone(), value }
    };
    loads.iter().map(told).collect()
}

/// Who can be talked to: the country's lines of psychosocial help, with a number where one is confirmed.
fn contacts(dashboard: &Dashboard, language: Language) -> Vec<Fact> {
    let lines = dashboard.country().help().lines().iter();
    let lines = lines.filter(|line| line.needs.iter().any(|need| *need == *PSYCHOSOCIAL));
    let proposing = dashboard.proposing(language);
    let told = |line: &report::help::Line| {
        let name = line.institution.as_ref().map_or_else(|| line.code.to_string(), |code| proposing.name(code));
        let value = line.number.clone().unwrap_or_else(|| text(language, "dashboard-care-no-number", &[]));
        Fact { name, value }
    };
    lines.map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_grave_case_read_through_offers_support_and_seven_are_a_day() {
        let case = points(PartKind::Account, 5) + points(PartKind::Coding, 5);
        assert!(case >= PROMPT && case * 6 < DAILY && case * 7 >= DAILY);
    }

    #[test]
    fn names_and_notes_weigh_nothing() {
        assert_eq!(points(PartKind::Note, 5) + points(PartKind::Identity, 5), 0);
    }
}
