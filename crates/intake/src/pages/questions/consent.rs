//! What may be done with the report: plain choices, and every row of the matrix for who wants more detail.

use report::consent::{Cell, Leave};

use super::ask::{Asking, many};
use super::{Choice, Group, Kind, Question, Topic};

/// The choice that lets those who answer see how to reach the person; it stands beside the contact.
pub(super) const CONTACT: &str = "contact";

/// Keeping, helping, complaining; being counted; more detail.
pub(super) fn consent(asking: &Asking<'_>) -> Topic {
    let plain = choices(asking, "consent", |code| code != CONTACT);
    let mut hold = asking.choices([("yes", "consent-only")]);
    for choice in &mut hold {
        choice.apart = beside(asking, asking.ground.country.consent().choices(), ["consent.row"]);
    }
    let mut only = asking.ask(("consent.only", "only"), many(hold));
    let mut detail = asking.ask(("consent.row", "detail"), Kind::Many(rows(asking)));
    for question in [&mut only, &mut detail] {
        question.declinable = false;
    }
    let counted = asking.ask(("statistics", "statistics"), asking.yes_or_no());
    asking.topic("consent", vec![plain, only, counted, detail])
}

/// The country's plain choices, each in one sentence, and which of them say the contrary.
pub(super) fn choices(asking: &Asking<'_>, key: &str, wanted: impl Fn(&str) -> bool) -> Question {
    let rules = asking.ground.country.consent();
    let labels = asking.ground.labels();
    let say = |choice: &report::consent::Choice| {
        let code = choice.code.as_str();
        let details = choice.is_nothing_more().then_some("consent.row");
        let apart = beside(asking, rules.against(choice), details);
        Choice { apart, ..Choice::new(code, labels.term("choice", code)) }
    };
    let all = rules.choices().iter().filter(|choice| wanted(choice.code.as_str()));
    let mut question = asking.ask(("consent", key), many(all.map(say).collect()));
    question.declinable = false;
    question
}

/// Choices and whole fields, as a page names them to its script; without script the server looks. How the person is reached goes
/// with every choice.
fn beside<'a>(
    asking: &Asking<'_>,
    choices: impl IntoIterator<Item = &'a report::consent::Choice>,
    fields: impl IntoIterator<Item = &'static str>,
) -> Option<String> {
    if !asking.searched {
        return None;
    }
    let rules = asking.ground.country.consent();
    let choices = choices.into_iter().filter(|choice| !rules.stays_with_the_reader(choice));
    let choices = choices.map(|choice| format!("consent={}", choice.code));
    let named = choices.chain(fields.into_iter().map(str::to_owned)).collect::<Vec<_>>().join(" ");
    (!named.is_empty()).then_some(named)
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
