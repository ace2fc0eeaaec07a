//! What may be done with the report: plain choices, and every row of the matrix for who wants more detail.

use report::consent::{Cell, Leave};

use super::ask::{Asking, many};
use super::{Choice, Group, Kind, Question, Topic};

/// The choice that lets those who answer see how to reach the person; it stands beside the contact.
pub(super) const CONTACT: &str = "contact";

/// Keeping, helping, complaining; being counted; more detail.
pub(super) fn consent(asking: &Asking<'_>) -> Topic {
    let plain = choices(asking, "consent", |code| code != CONTACT);
    let mut only = asking.ask(("consent.only", "only"), many(asking.choices([("yes", "consent-only")])));
    let mut detail = asking.ask(("consent.row", "detail"), Kind::Many(rows(asking)));
    for question in [&mut only, &mut detail] {
        question.declinable = false;
    }
    let counted = asking.ask(("statistics", "statistics"), asking.yes_or_no());
    asking.topic("consent", vec![plain, only, counted, detail])
}

/// The country's plain choices, each in one sentence.
pub(super) fn choices(asking: &Asking<'_>, key: &str, wanted: impl Fn(&str) -> bool) -> Question {
    let all = asking.ground.country.consent().choices().iter().map(|choice| choice.code.to_string());
    let labels = asking.ground.labels();
    let say = |code: String| Choice::new(&code, labels.term("choice", &code));
    let mut question = asking.ask(("consent", key), many(all.filter(|code| wanted(code)).map(say).collect()));
    question.declinable = false;
    question
}

/// One box for each purpose and kind of recipient that needs a yes of its own.
fn rows(asking: &Asking<'_>) -> Vec<Group> {
    let labels = asking.ground.labels();
    let explicit = |cell: &&Cell| cell.leave == Leave::Explicit;
    let cells: Vec<&Cell> = asking.ground.country.consent().matrix().iter().filter(explicit).collect();
    let mut groups: Vec<Group> = Vec::new();
    for cell in cells {
        let text = labels.term("recipient_kind", cell.recipient_kind.as_str());
        let choice = Choice::new(&format!("{}/{}", cell.purpose, cell.recipient_kind), text);
        match groups.iter_mut().find(|group| *group.code == *cell.purpose.as_str()) {
            Some(group) => group.choices.push(choice),
            None => groups.push(Group {
                code: cell.purpose.to_string(),
                title: Some(labels.term("purpose_consent", cell.purpose.as_str())),

                choices: vec![choice],
            }),
        }
    }
    groups
}
