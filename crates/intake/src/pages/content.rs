//! What stands on each page.

use askama::Template;
use words::Language;

use super::start::Start;
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
    Residents, "residents.html";
    Waiting, "waiting.html";
    Receipt, "receipt.html";
    Import, "import.html";
    Link, "link.html";
    Leaving, "leaving.html";
}

/// The sealing form.
#[derive(Template)]
#[template(path = "report.html")]
struct Report {
    frame: Frame,
    questions: Questions,
}

impl Report {
    fn new(intake: &Intake, frame: Frame) -> Self {
        let ground = Ground { country: intake.country(), registry: intake.registry(), language: frame.language() };
        Self { frame, questions: Questions::new(ground, Manner { rooms: 1, files: true, searched: true }) }
    }
}

/// The child's version.
#[derive(Template)]
#[template(path = "child.html")]
struct Child {
    frame: Frame,
    questions: Questions,
}

impl Child {
    fn new(intake: &Intake, frame: Frame) -> Self {
        let ground = Ground { country: intake.country(), registry: intake.registry(), language: frame.language() };
        Self { frame, questions: Questions::for_child(ground, intake.assets()) }
    }
}

/// The page as text.
pub(super) fn render(intake: &Intake, (name, language): (Name, Language)) -> askama::Result<String> {
    let around = intake.around();
    let reviewed = intake.country().reviews().is_complete(language.tag());
    let frame =
        |title: &str, path: &'static str| Frame::new(language, title, path, around.clone()).with_review(reviewed);
    match name {
        Name::Start => Start::new(intake, frame("page-start-title", "").with_script("begin.js", &[])).render(),
        Name::Report => {
            let frame =
                frame("page-report-title", "report").with_script("form.js", &["form", "offline", "reasons", "card"]);
            Report::new(intake, frame).render()
        }
        Name::Child => {
            Child::new(intake, frame("page-child-title", "child").with_script("form.js", &["form", "reasons", "card"]))
                .render()
        }
        Name::Residents => Residents { frame: frame("page-residents-title", "residents") }.render(),
        Name::Quick => {
            let frame = frame("page-quick-title", "quick").with_script("quick.js", &["form", "offline"]);
            super::quick::Quick::new(frame, intake.country(), language).render()
        }
        Name::Waiting => {
            Waiting { frame: frame("page-waiting-title", "waiting").with_script("waiting.js", &["offline"]) }.render()
        }
        Name::Receipt => {
            Receipt { frame: frame("page-receipt-title", "receipt").with_script("receipt.js", &["thread", "card"]) }
                .render()
        }
        Name::Import => {
            Import { frame: frame("page-import-title", "import").with_script("import.js", &["import"]) }.render()
        }
        Name::Link => Link { frame: frame("page-link-title", "link").with_script("link.js", &["link"]) }.render(),
        Name::Leaving => Leaving { frame: frame("page-leaving-title", "leaving") }.render(),
    }
}
