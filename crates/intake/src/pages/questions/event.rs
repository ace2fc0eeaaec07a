//! Safety first, then when and where.

use report::Area;
use report::territories::Territory;
use words::{Language, cyrillic};

use super::ask::{Asking, list};
use super::{Choice, Group, Kind, Question, Topic};

/// Whether somebody is in danger now.
pub(super) fn danger(asking: &Asking<'_>) -> Topic {
    let now = asking.ask_list(("still_in_danger", "danger"), "danger", Kind::One);
    asking.topic("danger", vec![now])
}

/// When it happened, as vaguely as people know it.
pub(super) fn when(asking: &Asking<'_>) -> Topic {
    asking.topic(
        "when",
        vec![
            asking.ask_list(("event.precision", "precision"), "date_precision", Kind::One),
            asking.ask(("event.from", "from"), Kind::Day),
            asking.ask(("event.to", "to"), Kind::Day),
            asking.ask(("account.when", "when"), Kind::Line(None)),
        ],
    )
}

/// Where it happened, as heard, and the way people were moved.
pub(super) fn place(asking: &Asking<'_>, rooms: usize) -> Topic {
    let territories = asking.ground.country.territories();
    let letters =
        |name: String| if asking.ground.language == Language::SerbianCyrillic { cyrillic(&name) } else { name };
    let crossings =
        territories.crossings().map(|one| Choice::new(&one.code, letters(format!("{} / {}", one.name, one.opposite))));
    let facilities =
        territories.facilities().map(|one| Choice::new(&one.code, asking.name("facility", one.code.as_str())));
    let mut topic = asking.topic(
        "place",
        vec![
            asking.ask(("account.place", "place"), Kind::Line(Some("places"))),
            area(asking, "area"),
            asking.ask_list(("event.place_kind", "place-kind"), "place_kind", list),
            asking.ask(("event.crossing", "crossing"), list(crossings.collect())),
            asking.ask(("event.facility", "facility"), list(facilities.collect())),
        ],
    );
    topic.rooms = asking.rooms("event.legs", rooms, |leg| stage(asking, leg));
    topic
}

/// In which area, by the key of its sentence.
pub(super) fn area(asking: &Asking<'_>, key: &str) -> Question {
    asking.ask(("event.area", key), Kind::List(areas(asking)))
}

/// One stage of being moved.
fn stage(asking: &Asking<'_>, leg: &str) -> Vec<Question> {
    let territories = asking.ground.country.territories();
    let states =
        || territories.all().filter(|unit| unit.tier == 0).map(|unit| Choice::new(&unit.code, name(asking, unit)));
    let segments = territories.segments().map(|one| Choice::new(&one.code, asking.name("segment", one.code.as_str())));
    vec![
        asking.ask((format!("{leg}.from"), "leg-from"), list(states().collect())),
        asking.ask((format!("{leg}.to"), "leg-to"), list(states().collect())),
        asking.ask((format!("{leg}.segment"), "leg-segment"), list(segments.collect())),
        asking.ask((format!("{leg}.day"), "leg-day"), Kind::Day),
    ]
}

/// Municipalities under the area they lie in; abroad at the end.
fn areas(asking: &Asking<'_>) -> Vec<Group> {
    let territories = asking.ground.country.territories();
    let within = |outer: &Area| {
        let inner = territories.all().filter(|unit| unit.tier == 3 && unit.parent.as_ref() == Some(outer));
        inner.map(|unit| Choice::new(&unit.code, name(asking, unit))).collect::<Vec<_>>()
    };
    let group = |unit: &Territory| {
        let whole = Choice::new(&unit.code, name(asking, unit));
        let choices = std::iter::once(whole).chain(within(&unit.code)).collect();
        Group { code: unit.code.to_string(), title: Some(name(asking, unit)), choices }
    };
    let mut groups: Vec<Group> = territories.all().filter(|unit| unit.tier == 2).map(group).collect();
    let states =
        territories.all().filter(|unit| unit.tier == 0).map(|unit| Choice::new(&unit.code, name(asking, unit)));
    let elsewhere = Choice::new("outside", asking.say("page-choice-elsewhere"));
    groups.push(Group {
        code: "state".to_owned(),
        title: Some(asking.say("page-choice-country")),

        choices: states.chain([elsewhere]).collect(),
    });
    groups
}

/// What an area is called by who reads this.
fn name(asking: &Asking<'_>, unit: &Territory) -> String {
    asking.name("area", unit.code.as_str())
}
