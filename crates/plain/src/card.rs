//! The answer to a report that was kept: the digits, and what happens next.

use askama::Template;
use axum::response::Response;
use http::StatusCode;
use report::help::HelpKind;
use web::Problem;
use words::Language;
use zeroize::Zeroizing;

use crate::form::{Number, numbers};
use crate::frame::answer;
use crate::lists::Lists;
use crate::state::Plain;

#[derive(Template)]
#[template(path = "kept.html")]
struct KeptPage {
    frame: intake::Frame,
    again: bool,
    groups: Vec<String>,
    hours: String,
    emergency: Vec<Number>,
    lists: Option<Lists>,
    proof: String,
}

/// A report that was kept.
pub(crate) struct Kept {
    /// Its digits in groups.
    pub(crate) digits: Zeroizing<String>,
    /// What the server signed.
    pub(crate) proof: String,
    /// Who reads it; not known any more when the same page came before.
    pub(crate) lists: Option<Lists>,
    /// Whether the same page came before.
    pub(crate) again: bool,
}

impl Plain {
    /// The page with the digits.
    pub(crate) fn card(&self, language: Language, kept: Kept) -> Result<Response, Problem> {
        let says = self.says(language);
        let status = if kept.again { StatusCode::OK } else { StatusCode::CREATED };
        let page = KeptPage {
            frame: self.frame(language, "plain-title", "plain"),
            again: kept.again,
            groups: kept.digits.split(' ').map(str::to_owned).collect(),
            hours: self.hours(says),
            emergency: numbers(says, HelpKind::Emergency),
            lists: kept.lists,
            proof: kept.proof,
        };
        answer(&page, (status, language))
    }
}
