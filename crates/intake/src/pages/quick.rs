//! Worker mode: what its one screen offers, the most met first; everything else stands on a page of its own that it borrows from.

use askama::Template;
use report::Country;
use words::Language;

use super::label::Labels;
use super::questions::Institutions;
use super::{Frame, Ground};

/// One thing to tap.
pub(super) struct Choice {
    code: String,
    label: String,
}

/// Choices under a heading.
pub(super) struct Group {
    label: String,
    choices: Vec<Choice>,
}

/// What is met most, and everything else.
struct Offer {
    first: Vec<Choice>,
    more: Vec<Group>,
}

/// The lists of which worker mode shows the first.
struct Offers {
    acts: Offer,
    accused: Offer,
    needs: Offer,
}

impl Offers {
    fn of(country: &Country, labels: Labels<'_>) -> Self {
        Self {
            acts: acts(country, labels),
            accused: list(country, labels, "perpetrator_kind"),
            needs: list(country, labels, "need"),
        }
    }
}

/// What is met more seldom, by the field it answers, and every institution.
#[derive(Template)]
#[template(path = "choices.html")]
pub(super) struct Choices {
    frame: Frame,
    lists: [(&'static str, Vec<Group>); 3],
    /// For the long form, whose first load leaves them out.
    institutions: Institutions,
}

impl Choices {
    pub(super) fn new(frame: Frame, ground: Ground<'_>) -> Self {
        let Offers { acts, accused, needs } = Offers::of(ground.country, Labels::new(ground.country, ground.language));
        let lists = [("acts", acts.more), ("accused", accused.more), ("needs", needs.more)];
        Self { frame, lists, institutions: Institutions::new(ground) }
    }
}

#[derive(Template)]
#[template(path = "quick.html")]
pub(super) struct Quick {
    pub(super) frame: Frame,
    places: Vec<Group>,
    offers: Offers,
    sources: Vec<Choice>,
    languages: Vec<Choice>,
    counts: Vec<Choice>,
}

/// Groups at the river are seldom larger; other numbers are typed.
const MOST_COUNT: u8 = 12;

impl Quick {
    pub(super) fn new(frame: Frame, country: &Country, language: Language) -> Self {
        let labels = Labels::new(country, language);
        Self {
            places: places(country, language),
            offers: Offers::of(country, labels),
            sources: terms(country, labels, "source_kind"),
            languages: terms(country, labels, "language"),
            counts: (1..=MOST_COUNT).map(|number| count(number, language)).collect(),
            frame,
        }
    }
}

fn count(number: u8, language: Language) -> Choice {
    let code = number.to_string();
    Choice { label: words::numerals(language.written(), &code), code }
}

fn acts(country: &Country, labels: Labels<'_>) -> Offer {
    let taxonomy = country.taxonomy();
    let choice = |code: &str| Choice { code: code.to_owned(), label: labels.act(code) };
    let quick = taxonomy.acts().filter(|act| act.is_quick && act.validity.to.is_none());
    let first = quick.map(|act| choice(act.code.as_str())).collect();
    let rest = |category: &report::Code| {
        let within =
            taxonomy.acts().filter(|act| act.category == *category && !act.is_quick && act.validity.to.is_none());
        within.map(|act| choice(act.code.as_str())).collect::<Vec<_>>()
    };
    let groups = taxonomy.categories().iter();
    let groups = groups.map(|one| Group { label: labels.category(one.code.as_str()), choices: rest(&one.code) });
    Offer { first, more: groups.filter(|group| !group.choices.is_empty()).collect() }
}

fn list(country: &Country, labels: Labels<'_>, name: &str) -> Offer {
    let in_use = country.taxonomy().list(name).iter().filter(|term| term.validity.to.is_none());
    let (first, rest): (Vec<_>, Vec<_>) = in_use.partition(|term| term.flag("quick"));
    let choice = |code: &str| Choice { code: code.to_owned(), label: labels.term(name, code) };
    let choices = |terms: Vec<&report::taxonomy::Term>| terms.iter().map(|term| choice(term.code.as_str())).collect();
    Offer { first: choices(first), more: vec![Group { label: String::new(), choices: choices(rest) }] }
}

fn terms(country: &Country, labels: Labels<'_>, name: &str) -> Vec<Choice> {
    let in_use = country.taxonomy().list(name).iter().filter(|term| term.validity.to.is_none());
    in_use.map(|term| Choice { code: term.code.to_string(), label: labels.term(name, term.code.as_str()) }).collect()
}

/// Municipalities by the tier-2 area they lie in, then the states around.
fn places(country: &Country, language: Language) -> Vec<Group> {
    let territories = country.territories();
    let labels = Labels::new(country, language);
    let name = |one: &report::territories::Territory| labels.term("area", one.code.as_str());
    let choice = |one: &report::territories::Territory| Choice { code: one.code.to_string(), label: name(one) };
    let within = |area: &report::Area| {
        let inner =
            territories.all().filter(|one| one.tier == 3 && territories.tier_2(one.code.as_str()) == Some(area));
        inner.map(choice).collect::<Vec<_>>()
    };
    let areas = territories.tier_2_areas().filter_map(|area| territories.get(area.as_str()));
    let mut groups: Vec<Group> = areas
        .map(|area| Group {
            label: name(area),
            choices: std::iter::once(choice(area)).chain(within(&area.code)).collect(),
        })
        .collect();
    let abroad = territories.all().filter(|one| one.level == "foreign_state").map(choice).collect();
    groups.push(Group { label: String::new(), choices: abroad });
    groups
}
