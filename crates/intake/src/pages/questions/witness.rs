//! The version for people who live here: when, where and what they saw, who is alleged to have done it, and how they stay safe.

use super::ask::{Asking, list};
use super::{Kind, Manner, Topic, acts, consent, event, people, speaking};

/// The topics. Who they are to the people concerned, what these need, why it was done and what they went through is nobody's to guess.
pub(super) fn topics(asking: &Asking<'_>, manner: Manner) -> Vec<Topic> {
    let mut place = event::place(asking, manner.rooms);
    place.rooms.clear();
    let mut topics = vec![event::danger(asking), event::when(asking), place];
    topics.extend(acts::topics(asking));
    for room in topics.iter_mut().flat_map(|topic| &mut topic.rooms) {
        room.questions.retain(|question| question.field != "each.purpose");
    }
    let words = speaking::words(asking, manner.files);
    let contact = asking.retold("witness-contact", speaking::contact(asking));
    let consent = asking.retold("witness-consent", consent::consent(asking));
    topics.extend([people::accused(asking, manner.rooms), seen(asking), reprisal(asking), words, contact, consent]);
    topics
}

/// To whom it was done, as far as somebody beside it can tell.
fn seen(asking: &Asking<'_>) -> Topic {
    asking.topic(
        "witness-people",
        vec![
            asking.ask(("people.0.count", "count"), Kind::Count),
            asking.ask_list(("people.0.count_basis", "count-basis"), "count_basis", list),
            asking.ask_list(("people.0.age_band", "age"), "age_band", list),
        ],
    )
}

/// What happens to who helps or speaks.
fn reprisal(asking: &Asking<'_>) -> Topic {
    let reprisal = asking.ask(("reprisal", "witness-reprisal"), asking.yes_or_no());
    asking.topic("witness-reprisal", vec![reprisal])
}
