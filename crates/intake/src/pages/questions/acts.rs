//! What happened. Sexual violence and death have topics of their own, announced and easy to pass by.

use report::help::Line;
use report::taxonomy::{Act, Category};

use super::ask::{Asking, many};
use super::{Call, Choice, Group, Kind, Now, Topic};

/// Flags of acts that nobody should meet unprepared, and the topic each has.
const APART: [(&str, &str); 2] = [("sexual_violence", "sexual"), ("death", "death")];

/// The topics of what happened, and by what means.
pub(super) fn topics(asking: &Asking<'_>) -> Vec<Topic> {
    let apart = |act: &Act| APART.iter().find(|(flag, _)| act.flags.iter().any(|own| *own == *flag)).map(|(_, id)| *id);
    let mut first = asking.ask(("acts", "acts"), Kind::Many(groups(asking, |act| apart(act).is_none())));
    first.searched = asking.searched;
    let mut topics = vec![asking.topic("acts", vec![first])];
    for (_, id) in APART {
        // Folded: the warning above is read before anything of the list.
        let own = Kind::Many(groups(asking, |act| apart(act) == Some(id)));
        topics.push(asking.topic(id, vec![asking.ask(("acts", id), own)]));
    }
    let means = asking.ask_list(("each.means", "means"), "means", many);
    let purpose = asking.ask_list(("each.purpose", "purpose"), "purpose", many);
    let mut details = asking.topic("means", Vec::new());
    details.rooms.push(asking.each("acts", vec![means, purpose]));
    topics.push(details);
    topics
}

/// Acts in their categories.
fn groups(asking: &Asking<'_>, wanted: impl Fn(&Act) -> bool) -> Vec<Group> {
    let labels = asking.ground.labels();
    let taxonomy = asking.ground.country.taxonomy();
    let choices = |category: &Category| {
        let acts = taxonomy.acts().filter(|act| act.category == category.code && act.validity.to.is_none());
        let shown = acts.filter(|act| wanted(act));
        let choice = |act: &Act| Choice::new(&act.code, labels.act(act.code.as_str()));
        shown.map(choice).collect::<Vec<_>>()
    };
    let group = |category: &Category| Group {
        code: category.code.to_string(),
        title: Some(labels.category(category.code.as_str())),
        choices: choices(category),
    };
    let all = taxonomy.categories().iter().filter(|category| category.validity.to.is_none()).map(group);
    all.filter(|group| !group.choices.is_empty()).collect()
}

/// What helps at once, each sentence once: shown when an act of its categories is ticked.
pub(super) fn now(asking: &Asking<'_>) -> Vec<Now> {
    let help = asking.ground.country.help();
    let labels = asking.ground.labels();
    let call = |(line, number): (&Line, &str)| Call {
        name: labels.term("help", line.code.as_str()),
        number: number.to_owned(),
    };
    let each = help.now().iter().map(|now| Now {
        sentence: asking.say(&format!("page-now-{}", now.code)),
        calls: help.calls(now).map(call).collect(),
        categories: now.categories.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    });
    each.collect()
}
