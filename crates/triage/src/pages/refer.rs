//! The page before referring.

use askama::Template;

use super::{Choice, Fact, Frame};

/// One part that can be granted on.
#[derive(Clone, Debug)]
pub struct PartChoice {
    /// `account` …
    pub name: String,
    /// Its name in words.
    pub title: String,
    /// Purposes that consent covers for this recipient, separated by spaces.
    pub purposes: String,
    /// Purposes for which a vital interest may stand in for consent, separated by spaces.
    pub vital: String,
    /// Whether it is ticked at first.
    pub chosen: bool,
}

/// Before referring: what they see beside what they do not see.
#[derive(Template)]
#[template(path = "refer.html")]
pub struct Refer {
    /// The page's frame.
    pub frame: Frame,
    /// The report's id.
    pub report: String,
    /// Its first letters.
    pub reference: String,
    /// The institution's code.
    pub to: String,
    /// Its name.
    pub name: String,
    /// Purposes it has a mandate for here.
    pub purposes: Vec<Choice>,
    /// Parts we may open and consent allows to pass on.
    pub parts: Vec<PartChoice>,
    /// Parts that consent keeps from them.
    pub withheld: Vec<String>,
    /// The facets they will see.
    pub facts: Vec<Fact>,
    /// `never`, `consent`, `usual`, `always`.
    pub tells: String,
    /// The same in one sentence: the preview's last line.
    pub tells_text: String,
    /// Codes that must be accepted, empty when there are none.
    pub hazard: String,
    /// Purposes for which a vital interest may stand in for consent, separated by spaces.
    pub vital: String,
    /// Whether it must be asked, and the person has not agreed: then a vital interest is what it rests on.
    pub is_required: bool,
    /// The day their answer is due unless another is named, the first that can be, and the last.
    pub due: (String, String, String),
    /// Number that a note written for them takes.
    pub note: u16,
    /// What they see when they get a note alone.
    pub least: Vec<Fact>,
}
