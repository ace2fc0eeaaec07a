//! The case and the referral as pages.

use axum::extract::State;
use report::{InstitutionCode, PartKind, PartName};
use routing::{Agreement, Proposal, Proposals};
use store::Case;
use web::{Code, Described, InPath, Member, Page, Permit, Problem, ReadCase, Reader, Routes};
use words::Language;

use crate::Dashboard;
use crate::case::{next_numbers, open_case, readers};
use crate::clocks::clocks;
use crate::countable::Countable;
use crate::pages::{self, ActLine, Choice, Next, PartChoice, PartLine, StatementLine};
use crate::proposing::Proposing;
use crate::standing::{Standing, reference};
use crate::telling::Telling;

pub(crate) fn routes() -> Routes<Dashboard> {
    let case = Described::get("/reports/{report}", "The case as a page.").gives_media(200, "text/html");
    let refer = Described::get("/reports/{report}/refer/{institution}", "Before referring: what they see.");
    Routes::new()
        .needs::<ReadCase, _, _>(case, show)
        .needs::<ReadCase, _, _>(refer.gives_media(200, "text/html"), preview)
}

async fn show(
    permit: Permit<ReadCase>,
    State(dashboard): State<Dashboard>,
    InPath(report): InPath<String>,
    Reader(language): Reader,
) -> Result<Page<pages::Case>, Problem> {
    let case = open_case(&dashboard, permit.member(), &report).await?;
    let next = next_numbers(&dashboard, permit.member(), &case).await?;
    let next = Next { message: next.message, note: next.note };
    Ok(Page(page(&dashboard, permit.member(), (&case, next), language)))
}

fn page(dashboard: &Dashboard, member: &Member, (case, next): (&Case, Next), language: Language) -> pages::Case {
    let proposing = dashboard.proposing(language);
    let telling = proposing.telling;
    let thread = &case.thread;
    let standing = Standing::of_thread(dashboard, thread, language);
    let waits = thread.referrals.iter().any(|one| one.recipient == member.institution && one.answered.is_none());
    pages::Case {
        frame: dashboard.frame(language, "dashboard-case-title", Some(member)),
        report: thread.report.to_string(),
        reference: reference(thread.report),
        stage: telling.stage(thread.stage),
        mine: telling.say(standing.mine(member).1),
        reasons: standing.reasons().into_iter().map(|(_, text)| text).collect(),
        clocks: clocks(dashboard, case, language).into_iter().map(|line| line.text).collect(),
        needs: telling.needs(&thread.facets),
        facts: telling.facts(&thread.facets),
        parts: openable(case).map(|part| part_line(&proposing, case, part)).collect(),
        lists: proposing.lists(&proposing.propose(&thread.facets), &readers(case, None)),
        acts: acts(&telling, case),
        verdicts: verdicts(&telling),
        countable: Countable::of(&telling, &thread.facets),
        outcomes: telling.choices("outcome", "O-"),
        referred: waits,
        statements: thread.statements.iter().map(|row| statement_line(&proposing, row)).collect(),
        next,
    }
}

/// The parts this institution holds a grant of.
fn openable(case: &Case) -> impl Iterator<Item = &store::Part> {
    case.thread.parts.iter().filter(|part| !part.grants.is_empty())
}

fn part_line(proposing: &Proposing<'_>, case: &Case, part: &store::Part) -> PartLine {
    let names: Vec<String> = readers(case, Some(part.name)).iter().map(|code| proposing.name(code)).collect();
    PartLine {
        name: part.name.to_string(),
        kind: part.name.kind().to_string(),
        title: proposing.telling.part(part.name),
        from: author(proposing, &part.author),
        readers: names.join(", "),
    }
}

/// Who stated something, by name.
fn author(proposing: &Proposing<'_>, author: &str) -> String {
    match author.parse::<InstitutionCode>() {
        Ok(code) if proposing.registry.get(&code).is_some() => proposing.name(&code),
        _ => proposing.telling.say("dashboard-from-reporter"),
    }
}

fn statement_line(proposing: &Proposing<'_>, row: &store::StatementRow) -> StatementLine {
    let act = &row.act;
    let text = proposing.telling.say(&format!("dashboard-act-{act}"));
    StatementLine { day: row.day.to_string(), text, from: author(proposing, &row.author) }
}

fn acts(telling: &Telling<'_>, case: &Case) -> Vec<ActLine> {
    let status = |act: &report::Code| case.verifications.iter().find(|found| found.act == *act);
    let line = |act: &report::Code| ActLine {
        code: act.to_string(),
        text: telling.act(act.as_str()),
        status: status(act).map(|found| found.status.to_string()).unwrap_or_default(),
    };
    let facets = &case.thread.facets;
    // Of a protected report no act is named; it is verified as what its facets call it.
    let named = if facets.is_protected() { facets.categories() } else { facets.acts() };
    named.iter().map(line).collect()
}

fn verdicts(telling: &Telling<'_>) -> Vec<Choice> {
    let open = Choice { value: String::new(), text: telling.say("dashboard-verdict-open"), chosen: false };
    std::iter::once(open).chain(telling.choices("reliability", "VS-")).collect()
}

async fn preview(
    permit: Permit<ReadCase>,
    State(dashboard): State<Dashboard>,
    InPath((report, institution)): InPath<(String, String)>,
    Reader(language): Reader,
) -> Result<Page<pages::Refer>, Problem> {
    let case = open_case(&dashboard, permit.member(), &report).await?;
    let to: InstitutionCode = institution.parse().map_err(|_| Code::NotFound)?;
    let proposing = dashboard.proposing(language);
    let proposals = proposing.propose(&case.thread.facets);
    let offers = offers(&proposals, &to);
    let first = offers.first().ok_or(Code::NotFound)?;
    let frame = dashboard.frame(language, "dashboard-refer-title", Some(permit.member()));
    Ok(Page(referral(frame, &proposing, &case, (first, &offers))))
}

/// What the router offers about one institution that is on the system: one proposal a purpose.
fn offers<'a>(proposals: &'a Proposals, to: &InstitutionCode) -> Vec<&'a Proposal> {
    let all = proposals.required.iter().chain(&proposals.recommended).chain(&proposals.possible);
    all.filter(|proposal| proposal.institution == *to && proposal.is_present).collect()
}

fn referral(
    frame: pages::Frame,
    proposing: &Proposing<'_>,
    case: &Case,
    (first, offers): (&Proposal, &[&Proposal]),
) -> pages::Refer {
    let telling = proposing.telling;
    let (tells, tells_text) = proposing.tells(&first.institution);
    let choices: Vec<PartChoice> = openable(case)
        .map(|part| choice(&telling, part.name, offers))
        .filter(|part| !part.purposes.is_empty())
        .collect();
    let kept = |kind: &PartKind| choices.iter().all(|choice| choice.name != kind.as_str());
    let sensitive = [PartKind::Identity, PartKind::Account, PartKind::Coding, PartKind::Evidence];
    let purpose = |offer: &&Proposal| Choice {
        value: offer.purpose.to_string(),
        text: telling.term("purpose_consent", offer.purpose.as_str()),
        chosen: offer.agreement == Agreement::Given,
    };
    pages::Refer {
        report: case.thread.report.to_string(),
        reference: reference(case.thread.report),
        to: first.institution.to_string(),
        name: proposing.name(&first.institution),
        purposes: offers.iter().map(purpose).collect(),
        withheld: sensitive.iter().filter(|kind| kept(kind)).map(|kind| telling.part_kind(*kind)).collect(),
        parts: choices,
        facts: telling.facts(&case.thread.facets),
        tells: tells.to_owned(),
        tells_text,
        hazard: hazard(offers).map(ToString::to_string).unwrap_or_default(),
        frame,
    }
}

/// A part with the purposes for which the person agreed that this institution reads it.
fn choice(telling: &Telling<'_>, part: PartName, offers: &[&Proposal]) -> PartChoice {
    let agreed =
        offers.iter().filter(|offer| offer.agreement == Agreement::Given && offer.parts.contains(&part.kind()));
    let purposes: Vec<&str> = agreed.map(|offer| offer.purpose.as_str()).collect();
    let name = part.to_string();
    PartChoice { name, title: telling.part(part), chosen: !purposes.is_empty(), purposes: purposes.join(" ") }
}

/// Who would hear of it: the first code that must be accepted before sending.
pub(crate) fn hazard<'a>(offers: &'a [&Proposal]) -> Option<&'a InstitutionCode> {
    offers.iter().flat_map(|offer| &offer.hears).flat_map(|hearing| &hearing.hears).next()
}
