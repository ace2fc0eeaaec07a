//! The child's version: five short topics, a picture each, nothing about what was done to them.

use report::taxonomy::Term;

use super::ask::{Asking, many};
use super::{Choice, Kind, Topic};

/// The topics; readers and the send button are the sixth screen.
pub(super) fn topics(asking: &Asking<'_>) -> Vec<Topic> {
    let safe = asking.ask_list(("still_in_danger", "child-safe"), "danger", Kind::One);
    let with = [
        family(asking, ["family", "alone"], "page-choice-child-family"),
        family(asking, ["alone", "family"], "page-choice-child-alone"),
    ]
    .concat();
    let age = of_children(asking, "age_band", "own");
    let needs = of_children(asking, "need", "child");
    let words = asking.ask(("account.narrative", "child-words"), Kind::Text);
    let mut files = asking.ask(("evidence", "child-files"), Kind::Files);
    files.declinable = false;
    let place = asking.ask(("account.place", "child-place"), Kind::Line(Some("places")));
    let area = super::event::area(asking, "child-area");
    vec![
        asking.topic("child-safe", vec![safe]),
        asking.topic(
            "child-age",
            vec![
                asking.ask(("people.0.age_band", "child-age"), Kind::One(age)),
                asking.ask(("people.0.vulnerability", "child-alone"), many(with)),
            ],
        ),
        asking.topic("child-place", vec![place, area]),
        asking.topic("child-needs", vec![asking.ask(("needs", "child-needs"), many(needs))]),
        asking.topic("child-words", vec![words, files]),
    ]
}

/// Who of the family is there, or is not: the one cannot be meant together with the other.
fn family(asking: &Asking<'_>, [mark, other]: [&str; 2], key: &str) -> Vec<Choice> {
    let others = of_children(asking, "vulnerability", other);
    let apart: Vec<String> = others.iter().map(|choice| format!("people.0.vulnerability={}", choice.code)).collect();
    let text = asking.say(key);
    let marked = of_children(asking, "vulnerability", mark).into_iter();
    marked.map(|choice| Choice { text: text.clone(), apart: Some(apart.join(" ")), ..choice }).collect()
}

/// The entries of a list that the country marks for this.
fn of_children(asking: &Asking<'_>, list: &str, mark: &str) -> Vec<Choice> {
    let labels = asking.ground.labels();
    let terms = asking.ground.country.taxonomy().list(list).iter();
    let marked = terms.filter(|term: &&Term| term.flag(mark) && term.validity.to.is_none());
    marked.map(|term| Choice::new(&term.code, labels.term(list, term.code.as_str()))).collect()
}
