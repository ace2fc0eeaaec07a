//! The signature that somebody wants before they act: whether the person was asked for it, and the words to ask in.

use report::InstitutionCode;
use routing::Registry;
use store::{Case, StatementRow};
use web::Member;
use words::{Language, text};

use crate::Dashboard;
use crate::clocks::ClockLine;
use crate::pages::{AskLine, ClockEntry};

/// What a reply says in its `detail` that asks for a signature.
const ASKS: (&str, &str) = ("asks", "signature");

/// A clock for the page. Where a signature is missing, whoever answers for the report can ask for it with one click, or sees when
/// it was asked for.
pub(crate) fn entry(
    dashboard: &Dashboard,
    (member, case): (&Member, &Case),
    (line, language): (&ClockLine, Language),
) -> ClockEntry {
    let is_lead = case.thread.lead.as_ref() == Some(&member.institution);
    let is_missing = line.missing.contains(&"signature") && case.thread.stage.is_open();
    let asked = case.thread.statements.iter().rfind(|row| asks(row)).map(|row| row.day);
    ClockEntry {
        text: line.text.clone(),
        is_over: line.left < 0,
        asked: asked.filter(|_| is_missing).map(|day| dashboard.telling(language).date(day)),
        ask: (is_lead && is_missing && asked.is_none()).then(|| question(dashboard, case, &line.clock)),
    }
}

fn asks(row: &StatementRow) -> bool {
    let said = vault::Statement::read(&row.statement).ok().filter(|_| row.act == "reply");
    said.is_some_and(|said| said.body().detail.iter().any(|(key, word)| (key.as_str(), word.as_str()) == ASKS))
}

/// The question in the language the person reported in, naming who wants the signature.
fn question(dashboard: &Dashboard, case: &Case, institution: &str) -> AskLine {
    let told = case.thread.facets.language().map(report::Code::as_str);
    let language = Language::ALL.into_iter().find(|language| told == Some(language.tag())).unwrap_or_default();
    let registry: &Registry = dashboard.registry();
    let code = institution.parse::<InstitutionCode>().ok();
    let name = code.as_ref().map_or(institution, |code| registry.name(code, dashboard.country(), language.tag()));
    AskLine {
        text: text(language, "notice-ask-signature", &[("institution", name)]),
        tag: language.tag(),
        direction: language.direction().as_str(),
    }
}
