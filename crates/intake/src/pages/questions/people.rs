//! Who is alleged to have done it, to whom, and what it did.

use report::taxonomy::Term;
use routing::Institution;
use routing::institution::{Kind as Body, Level, MaxData};

use super::ask::{Asking, list, many};
use super::{Choice, Group, Kind, Question, Topic};

/// The HURIDOCS list of perpetrators (micro-thesaurus 24) tells police from other officials and from everybody else.
const SORTS: [(&str, &str); 3] = [("010104", "police"), ("01", "officials"), ("", "others")];

/// The levels by which institutions are listed.
const LEVELS: [Level; 9] = [
    Level::State,
    Level::Entity,
    Level::Canton,
    Level::District,
    Level::Municipal,
    Level::NonState,
    Level::International,
    Level::Eu,
    Level::Foreign,
];

/// Who is alleged to have done it: kinds, and institutions by name.
pub(super) fn accused(asking: &Asking<'_>, rooms: usize) -> Topic {
    let kinds = asking.ask(("accused", "accused"), Kind::Many(kinds(asking)));
    let mut topic = asking.topic("accused", vec![kinds]);
    topic.rooms = asking.rooms("accused", rooms, |one| {
        // A script fills the list once the form is used: it is the longest, and the least often needed.
        let names = if asking.searched { Vec::new() } else { institutions(asking) };
        let mut question = asking.ask(("accused", "institution"), Kind::List(names));
        question.id = format!("{}-institution", one.replace('.', "-"));
        vec![question]
    });
    // Without script there is no telling which of them it would be about.
    if asking.searched {
        let part = asking.ask_list(("each.involvement", "involvement"), "involvement", list);
        topic.rooms.push(asking.each("accused", vec![part]));
    }
    topic
}

fn kinds(asking: &Asking<'_>) -> Vec<Group> {
    let labels = asking.ground.labels();
    let sort = |term: &Term| {
        let mt24 = term.text("mt24").unwrap_or_default();
        SORTS.iter().position(|(begins, _)| mt24.starts_with(begins))
    };
    let terms = asking.ground.country.taxonomy().list("perpetrator_kind");
    let group = |(place, (_, key)): (usize, &(&str, &str))| {
        let own = terms.iter().filter(|term| sort(term) == Some(place) && term.validity.to.is_none());
        let choice = |term: &Term| Choice::new(&term.code, labels.term("perpetrator_kind", term.code.as_str()));
        Group {
            code: (*key).to_owned(),
            title: Some(asking.say(&format!("page-sort-{key}"))),

            choices: own.filter(|term| !term.code.as_str().ends_with("-UNK")).map(choice).collect(),
        }
    };
    SORTS.iter().enumerate().map(group).filter(|group| !group.choices.is_empty()).collect()
}

pub(super) fn institutions(asking: &Asking<'_>) -> Vec<Group> {
    let labels = asking.ground.labels();
    let registry = asking.ground.registry;
    let group = |level: &Level| {
        let here = registry.institutions().filter(|body| body.level == *level);
        let here = here.filter(|body| body.valid().to.is_none() && can_be_named(body));
        Group {
            code: level.as_str().to_owned(),
            title: Some(asking.say(&format!("page-level-{}", level.as_str().replace('_', "-")))),

            choices: here
                .map(|body| {
                    Choice::new(&format!("institution:{}", body.code), labels.institution(registry, &body.code))
                })
                .collect(),
        }
    };
    LEVELS.iter().map(group).filter(|group| !group.choices.is_empty()).collect()
}

/// Everybody on the list can be accused; bodies that only exist on paper or run the machines are not offered by name.
fn can_be_named(body: &Institution) -> bool {
    body.kind != Body::Technical && body.max_data != MaxData::Aggregates
}

/// To whom it was done, group by group.
pub(super) fn people(asking: &Asking<'_>, rooms: usize) -> Topic {
    let mut topic = asking.topic("people", Vec::new());
    topic.rooms = asking.rooms("people", rooms, |group| one_group(asking, group));
    topic
}

fn one_group(asking: &Asking<'_>, group: &str) -> Vec<Question> {
    let of = |field: &str| format!("{group}.{field}");
    vec![
        asking.ask((of("count"), "count"), Kind::Count),
        asking.ask_list((of("count_basis"), "count-basis"), "count_basis", list),
        asking.ask_list((of("age_band"), "age"), "age_band", list),
        asking.ask_list((of("gender"), "gender"), "gender", list),
        asking.ask((of("origin"), "origin"), Kind::Line(Some("origins"))),
        asking.ask_list((of("legal_status"), "legal-status"), "legal_status", list),
        asking.ask_list((of("vulnerability"), "vulnerability"), "vulnerability", many),
    ]
}

/// What it did to people.
pub(super) fn harm(asking: &Asking<'_>) -> Topic {
    let kinds = asking.ask_list(("harm", "harm"), "harm", many);
    let again = asking.ask(("repeat", "repeat"), asking.yes_or_no());
    let reprisal = asking.ask(("reprisal", "reprisal"), asking.yes_or_no());
    asking.topic("harm", vec![kinds, again, reprisal])
}

/// What help is wanted now.
pub(super) fn needs(asking: &Asking<'_>) -> Topic {
    asking.topic("needs", vec![asking.ask_list(("needs", "needs"), "need", many)])
}

/// Whether it was about who they are.
pub(super) fn ground(asking: &Asking<'_>) -> Topic {
    let ground = asking.ask_list(("identity_ground", "ground"), "identity_ground", many);
    let signs = asking.ask_list(("bias_indicator", "bias"), "bias_indicator", many);
    asking.topic("ground", vec![ground, signs])
}
