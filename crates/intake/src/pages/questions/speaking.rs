//! Who speaks, in their own words, and how they can be reached.

use super::ask::{Asking, list};
use super::{Kind, Topic};

/// Who reports, for whom, in which language, with whose help.
pub(super) fn speaker(asking: &Asking<'_>) -> Topic {
    let here = Kind::One(asking.choices([("willing", "willing"), ("unsure", "unsure"), ("absent", "absent")]));
    let wish = asking.choices([("woman", "woman"), ("man", "man"), ("stranger", "stranger")]);
    asking.topic(
        "speaker",
        vec![
            asking.ask(("on_behalf", "on-behalf"), Kind::One(asking.choices([("no", "myself"), ("yes", "others")]))),
            asking.ask(("said.present", "present"), here),
            asking.ask_list(("source_kind", "source"), "source_kind", list),
            asking.ask_list(("language", "language"), "language", list),
            asking.ask(("interpreter_used", "interpreter"), asking.yes_or_no()),
            asking.ask(("said.interpreter", "interpreter-code"), Kind::Line(None)),
            asking.ask(("said.interpreter_wish", "interpreter-wish"), super::ask::many(wish)),
        ],
    )
}

/// In their own words, or in a file; neither is needed.
pub(super) fn words(asking: &Asking<'_>, files: bool) -> Topic {
    let mut questions = vec![asking.ask(("account.narrative", "narrative"), Kind::Text)];
    if files {
        let mut files = asking.ask(("evidence", "files"), Kind::Files);
        files.declinable = false;
        questions.push(files);
    }
    asking.topic("words", questions)
}

/// What another adult of a group adds in their own words.
pub(super) fn own_words(asking: &Asking<'_>) -> Topic {
    asking.topic("own-words", vec![asking.ask(("account.narrative", "own-words"), Kind::Text)])
}

/// First whether it is safe, then how.
pub(super) fn contact(asking: &Asking<'_>) -> Topic {
    let safe = asking.choices([("yes", "safe"), ("careful", "careful"), ("no", "unsafe")]);
    asking.topic(
        "contact",
        vec![
            asking.ask(("said.contact_safe", "contact-safe"), Kind::One(safe)),
            asking.ask(("identity.contact", "contact"), Kind::Text),
            asking.ask(("identity.name", "name"), Kind::Line(None)),
            super::consent::choices(asking, "leave", |code| code == super::consent::CONTACT),
        ],
    )
}
