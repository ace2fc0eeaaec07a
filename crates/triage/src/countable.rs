//! What a member can set to be counted when verifying, as fields of the page: their names are the words of the statement.

use report::Facets;
use report::found::{Age, Direction, Sex};

use crate::pages::Choice;
use crate::telling::Telling;

/// The fields, in words.
#[derive(Clone, Debug)]
pub struct Countable {
    /// Stretches of border.
    pub segments: Vec<Choice>,
    /// Ways across it.
    pub directions: Vec<Choice>,
    /// Grounds of identity: the word of each, and its label.
    pub grounds: Vec<Choice>,
    /// Groups of people: the word of each, and its label.
    pub people: Vec<Choice>,
}

impl Countable {
    /// The fields of a report whose person agreed to be counted.
    pub fn of(telling: &Telling<'_>, facets: &Facets) -> Option<Self> {
        let country = telling.country;
        let asked = facets.consents_to(country.consent().statistics().purpose.as_str());
        let segments = country.territories().segments();
        let grounds = country.taxonomy().list("identity_ground").iter();
        asked.then(|| Self {
            segments: segments.map(|segment| choice(segment.code.as_str(), &segment.name)).collect(),
            directions: [Direction::In, Direction::Out].map(|one| way(telling, one)).into(),
            grounds: grounds.map(|term| ground(telling, term.code.as_str())).collect(),
            people: people(telling),
        })
    }
}

fn choice(value: &str, text: &str) -> Choice {
    Choice { value: value.to_owned(), text: text.to_owned(), chosen: false }
}

fn ground(telling: &Telling<'_>, code: &str) -> Choice {
    choice(&format!("ground/{code}"), &telling.term("identity_ground", code))
}

fn way(telling: &Telling<'_>, direction: Direction) -> Choice {
    choice(direction.word(), &telling.say(&format!("dashboard-direction-{}", direction.word())))
}

fn people(telling: &Telling<'_>) -> Vec<Choice> {
    let pairs = Sex::ALL.iter().flat_map(|sex| Age::ALL.iter().map(move |age| (sex.word(), age.word())));
    let label = |sex: &str, age: &str| {
        let (sex, age) = (telling.say(&format!("dashboard-sex-{sex}")), telling.say(&format!("dashboard-age-{age}")));
        format!("{sex}: {age}")
    };
    pairs.map(|(sex, age)| choice(&format!("people/{sex}/{age}"), &label(sex, age))).collect()
}
