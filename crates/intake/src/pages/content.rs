//! What stands on each page.

use askama::Template;
use report::help::HelpKind;
use words::Language;

use super::start::{Help, Start};
use super::{Frame, Ground, Manner, Name, Questions};
use crate::Intake;

/// A page that needs nothing but its frame.
macro_rules! bare_pages {
    ($($name:ident, $path:literal;)+) => {$(
        #[derive(Template)]
        #[template(path = $path)]
        struct $name {
            frame: Frame,
        }
    )+};
}

bare_pages! {
    Waiting, "waiting.html";
    Import, "import.html";
    Link, "link.html";
    Leaving, "leaving.html";
}

/// Digits to status: with the numbers to call, as on the start page.
#[derive(Template)]
#[template(path = "receipt.html")]
struct Receipt {
    frame: Frame,
    emergency: Vec<Help>,
}

/// Pages of questions: a frame, and the questions in it.
macro_rules! question_pages {
    ($($name:ident, $path:literal;)+) => {$(
        #[derive(Template)]
        #[template(path = $path)]
        struct $name {
            frame: Frame,
            questions: Questions,
        }
    )+};
}

question_pages! {
    Report, "report.html";
    Child, "child.html";
    Residents, "residents.html";
    Another, "another.html";
}

/// How the sealing form asks.
const SEALING: Manner = Manner { rooms: 1, files: true, searched: true };

/// What the form's script says from its first topic on; everything else it fetches after that (`country::later`).
pub(crate) const FIRST: [&str; 14] = [
    "form-progress",
    "form-continue",
    "form-skip",
    "form-back",
    "form-seal",
    "form-another",
    "form-listen",
    "form-odd",
    "form-search",
    "form-place",
    "form-draft-forgotten",
    "form-sealing",
    "form-not",
    "form-directory-old",
];

/// What worker mode says before its code and everything else it says have come, with the first touch (`country::later`).
const QUICK: [&str; 9] = [
    "form-directory-old",
    "form-full",
    "form-not",
    "form-sealing",
    "form-sent",
    "form-waits",
    "offline-quick-full",
    "offline-quick-not",
    "offline-quick-sealing",
];

/// The page as text.
pub(super) fn render(intake: &Intake, (name, language): (Name, Language)) -> askama::Result<String> {
    let around = intake.around();
    let reviewed = intake.country().reviews().is_complete(language.tag());
    let frame =
        |title: &str, path: &'static str| Frame::new(language, title, path, around.clone()).with_review(reviewed);
    let form = |title: &str, path| frame(title, path).with_script("form.js", &FIRST);
    match name {
        Name::Start => Start::new(intake, frame("page-start-title", "").with_script("begin.js", &[])).render(),
        Name::Report => asking(intake, name, form("page-report-title", "report")),
        Name::Child => asking(intake, name, form("page-child-title", "child")),
        Name::Residents => asking(intake, name, form("page-residents-title", "residents")),
        Name::Another => asking(intake, name, frame("page-another-title", "another")),
        Name::Quick => {
            let frame = frame("page-quick-title", "quick").with_script("quick.js", &QUICK);
            super::quick::Quick::new(frame, intake.country(), language).render()
        }
        Name::Choices => {
            let ground = Ground { country: intake.country(), registry: intake.registry(), language };
            super::quick::Choices::new(frame("page-quick-title", "choices"), ground).render()
        }
        Name::Waiting => {
            let frame = frame("page-waiting-title", "waiting").with_script("waiting.js", &["date", "hours", "offline"]);
            Waiting { frame }.render()
        }
        Name::Receipt => {
            let frame = frame("page-receipt-title", "receipt")
                .with_script("receipt.js", &["thread", "card", "date", "hours", "voice"]);
            Receipt { emergency: Help::everywhere(intake, HelpKind::Emergency, frame.language()), frame }.render()
        }
        Name::Import => {
            Import { frame: frame("page-import-title", "import").with_script("import.js", &["import"]) }.render()
        }
        Name::Link => Link { frame: frame("page-link-title", "link").with_script("link.js", &["link"]) }.render(),
        Name::Leaving => Leaving { frame: frame("page-leaving-title", "leaving") }.render(),
    }
}

/// A page of questions as text.
fn asking(intake: &Intake, name: Name, frame: Frame) -> askama::Result<String> {
    let ground = Ground { country: intake.country(), registry: intake.registry(), language: frame.language() };
    match name {
        Name::Child => Child { frame, questions: Questions::for_child(ground).pictured(intake.assets()) }.render(),
        Name::Residents => {
            Residents { frame, questions: Questions::for_resident(ground, SEALING).pictured(intake.assets()) }.render()
        }
        Name::Another => Another { frame, questions: Questions::for_another(ground) }.render(),
        _ => Report { frame, questions: Questions::new(ground, SEALING).pictured(intake.assets()) }.render(),
    }
}
