//! The case and the referral as pages.

use axum::extract::State;
use report::consent::Cell;
use report::{Area, Code as Coded, Day, Facets, InstitutionCode, PartKind, PartName};
use routing::{Agreement, Proposal, Proposals};
use store::{Case, Paused};
use web::{Code, Described, InPath, Member, Page, Permit, Problem, ReadCase, Reader, Routes};
use words::Language;

use crate::case::{next_numbers, open_case, readers, wish};
use crate::clocks::clocks;
use crate::confirming;
use crate::countable::Countable;
use crate::exposure::care;
use crate::pages::{self, ActLine, Choice, Ending, Next, PartChoice, PartLine, StatementLine};
use crate::proposing::Proposing;
use crate::signing::entry;
use crate::standing::{Standing, reference};
use crate::telling::Telling;
use crate::{Dashboard, allowing, answering};

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
    let next = Next { message: next.message, note: next.note, coding: next.coding };
    let read = care(&dashboard, permit.member(), language).await?;
    Ok(Page(page(&dashboard, permit.member(), (&case, next, read), language)))
}

fn page(
    dashboard: &Dashboard,
    member: &Member,
    (case, next, read): (&Case, Next, Option<pages::Care>),
    language: Language,
) -> pages::Case {
    let proposing = dashboard.proposing(language);
    let telling = proposing.telling;
    let thread = &case.thread;
    let standing = Standing::of_thread(dashboard, thread, language);
    let waits = thread.referrals.iter().any(|one| one.recipient == member.institution && one.answered.is_none());
    let is_lead = thread.lead.as_ref() == Some(&member.institution);
    let paused = thread.paused(dashboard.today(), dashboard.country().triage());
    pages::Case {
        frame: dashboard.frame(language, "dashboard-case-title", Some(member)),
        report: thread.report.to_string(),
        reference: reference(thread.report),
        stage: telling.stage(thread.stage),
        mine: telling.say(standing.mine(member).1),
        reasons: standing.reasons().into_iter().map(|(_, text)| text).collect(),
        clocks: clocks(dashboard, case, language)
            .iter()
            .map(|one| entry(dashboard, (member, case), (one, language)))
            .collect(),
        needs: telling.needs(&thread.facets),
        facts: proposing.facts(&thread.facets),
        through: thread.through.as_ref().map(|code| proposing.name(code)),
        wish: wish(member, case).map(|wish| wished(&proposing, wish)),
        parts: openable(case).map(|part| part_line(&proposing, case, part)).collect(),
        lists: lists(&proposing, case),
        is_least: case.is_least,
        waiting: confirming::of_case(dashboard, member, case, language),
        care: read,
        coding: is_lead.then(|| coding(&telling)),
        stands: is_lead && paused.now.is_some(),
        pauses: if is_lead && thread.stage.is_open() { pauses(&telling, &paused) } else { Vec::new() },
        leads: leads(dashboard, &proposing, (member, case)),
        ending: if is_lead { ending(thread) } else { Ending::No },
        acts: acts(&telling, case),
        verdicts: verdicts(&telling),
        countable: Countable::of(&telling, &thread.facets),
        outcomes: telling.choices("outcome", "O-"),
        referred: waits,
        statements: thread.statements.iter().map(|row| statement_line(&proposing, row)).collect(),
        next,
    }
}

/// How whoever leads can end it: not while somebody was asked for a vital interest that no second member has confirmed.
fn ending(thread: &store::Thread) -> Ending {
    let ending = Ending::of(thread.stage);
    if ending.closes() && allowing::waits_for_second(thread) { Ending::No } else { ending }
}

/// What the person asked for by name.
fn wished(proposing: &Proposing<'_>, (code, day): (InstitutionCode, Day)) -> String {
    let (name, day) = (proposing.name(&code), proposing.telling.date(day).text);
    words::text(proposing.telling.language, "dashboard-wish", &[("institution", &name), ("day", &day)])
}

/// Whom to ask; nobody, where this institution was itself asked with a note alone.
fn lists(proposing: &Proposing<'_>, case: &Case) -> Vec<pages::InstitutionList> {
    if case.is_least {
        return Vec::new();
    }
    proposing.lists(&proposing.propose(&case.thread.facets), &readers(case, None))
}

/// Everything a coding can say of acts and area. What it says now, only the opened coding knows.
fn coding(telling: &Telling<'_>) -> pages::Coding {
    let taxonomy = telling.country.taxonomy();
    let choice = |code: &str, text: String| Choice { value: code.to_owned(), text, chosen: false };
    let of = |category: &Coded| {
        let acts = taxonomy.acts().filter(move |act| act.category == *category);
        acts.map(|act| choice(act.code.as_str(), telling.act(act.code.as_str()))).collect::<Vec<_>>()
    };
    let categories = taxonomy.categories().iter();
    let acts = categories.map(|one| (telling.category(one.code.as_str()), of(&one.code)));
    let areas = telling.country.territories().all();
    let areas = areas.map(|unit| choice(unit.code.as_str(), telling.area(Some(&unit.code))));
    pages::Coding { acts: acts.filter(|(_, acts)| !acts.is_empty()).collect(), areas: areas.collect() }
}

/// Why the clock of the answer can be stopped, while it runs and has not stood still for as long as it may.
fn pauses(telling: &Telling<'_>, paused: &Paused) -> Vec<Choice> {
    let most = telling.country.triage().feedback().map_or(0, |feedback| feedback.pause_days);
    if paused.now.is_some() || paused.days >= most { Vec::new() } else { telling.choices("pause_reason", "") }
}

/// To whom whoever leads can hand the case over: leads and alternates of the area that may receive it and are here.
fn leads(dashboard: &Dashboard, proposing: &Proposing<'_>, (member, case): (&Member, &Case)) -> Vec<Choice> {
    if case.is_least || case.thread.lead.as_ref() != Some(&member.institution) {
        return Vec::new();
    }
    let facets = &case.thread.facets;
    let eligible = routing::eligible(facets, dashboard.registry(), dashboard.today());
    let area = facets.area().cloned().unwrap_or_else(Area::unknown);
    let posts = dashboard.registry().leads().around(&area);
    let able = |code: &&InstitutionCode| {
        **code != member.institution && eligible.get(code).is_some() && dashboard.registry().is_present(code)
    };
    let codes = posts.into_iter().flat_map(|posts| posts.lead.iter().chain(&posts.alternate)).filter(able);
    codes.map(|code| Choice { value: code.to_string(), text: proposing.name(code), chosen: false }).collect()
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
    StatementLine { day: proposing.telling.date(row.day), text, from: author(proposing, &row.author) }
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
    if case.is_least {
        return Err(Code::NotFound.into());
    }
    let next = next_numbers(&dashboard, permit.member(), &case).await?;
    let frame = dashboard.frame(language, "dashboard-refer-title", Some(permit.member()));
    let vital = vital(&dashboard, &case.thread.facets, &to);
    let is_required = offers.iter().any(|offer| offer.agreement == Agreement::VitalInterest);
    let due = answering::days(&dashboard, &to, is_required);
    Ok(Page(referral((frame, next.note, due), &proposing, &case, (first, &offers, &vital))))
}

/// What the router offers about one institution that is on the system: one proposal a purpose.
fn offers<'a>(proposals: &'a Proposals, to: &InstitutionCode) -> Vec<&'a Proposal> {
    let all = proposals.required.iter().chain(&proposals.recommended).chain(&proposals.possible);
    all.filter(|proposal| proposal.institution == *to && proposal.is_present).collect()
}

/// For which purposes a vital interest may stand in for consent when this institution is asked, and with which parts.
fn vital(dashboard: &Dashboard, facets: &Facets, to: &InstitutionCode) -> Vec<Cell> {
    let eligible = routing::eligible(facets, dashboard.registry(), dashboard.today());
    let able = eligible.get(to);
    let cells = dashboard.country().consent().matrix().iter().filter(|cell| cell.vital_interest);
    let fits = |cell: &&Cell| able.is_some_and(|able| able.receives_as(&cell.purpose, &cell.recipient_kind));
    cells.filter(fits).cloned().collect()
}

/// The purposes to choose from: those proposed, then those a vital interest allows besides.
fn purposes(telling: &Telling<'_>, offers: &[&Proposal], vital: &[Cell]) -> Vec<Choice> {
    let required = offers.iter().any(|offer| offer.agreement == Agreement::VitalInterest);
    let offered = offers.iter().map(|offer| {
        let wanted = if required { Agreement::VitalInterest } else { Agreement::Given };
        (&offer.purpose, offer.agreement == wanted)
    });
    let mut choices: Vec<Choice> = Vec::new();
    for (purpose, chosen) in offered.chain(vital.iter().map(|cell| (&cell.purpose, false))) {
        if choices.iter().all(|known| known.value != purpose.as_str()) {
            let text = telling.term("purpose_consent", purpose.as_str());
            choices.push(Choice { value: purpose.to_string(), text, chosen });
        }
    }
    choices
}

fn referral(
    (frame, note, due): (pages::Frame, u16, (String, String, String)),
    proposing: &Proposing<'_>,
    case: &Case,
    (first, offers, vital): (&Proposal, &[&Proposal], &[Cell]),
) -> pages::Refer {
    let telling = proposing.telling;
    let (tells, tells_text) = proposing.tells(&first.institution);
    let choices: Vec<PartChoice> = openable(case)
        .map(|part| choice(&telling, part.name, (offers, vital)))
        .filter(|part| !part.purposes.is_empty() || !part.vital.is_empty())
        .collect();
    let kept = |kind: &PartKind| choices.iter().all(|choice| choice.name != kind.as_str());
    let sensitive = [PartKind::Identity, PartKind::Account, PartKind::Coding, PartKind::Evidence];
    let facets = &case.thread.facets;
    pages::Refer {
        report: case.thread.report.to_string(),
        reference: reference(case.thread.report),
        to: first.institution.to_string(),
        name: proposing.name(&first.institution),
        purposes: purposes(&telling, offers, vital),
        vital: words(vital.iter().map(|cell| cell.purpose.as_str())),
        is_required: offers.iter().any(|offer| offer.agreement == Agreement::VitalInterest),
        due,
        note,
        least: proposing.facts(&facets.least(telling.country)),
        withheld: sensitive.iter().filter(|kind| kept(kind)).map(|kind| telling.part_kind(*kind)).collect(),
        parts: choices,
        facts: proposing.facts(facets),
        tells: tells.to_owned(),
        tells_text,
        hazard: hazard(offers).map(ToString::to_string).unwrap_or_default(),
        frame,
    }
}

/// A part with the purposes for which this institution may read it: agreed to, or where a vital interest stands in.
fn choice(telling: &Telling<'_>, part: PartName, (offers, vital): (&[&Proposal], &[Cell])) -> PartChoice {
    let agreed =
        offers.iter().filter(|offer| offer.agreement == Agreement::Given && offer.parts.contains(&part.kind()));
    let purposes = words(agreed.map(|offer| offer.purpose.as_str()));
    let vital = words(vital.iter().filter(|cell| cell.parts.contains(&part.kind())).map(|cell| cell.purpose.as_str()));
    let required = offers.iter().any(|offer| offer.agreement == Agreement::VitalInterest);
    let chosen = !purposes.is_empty() && !required;
    PartChoice { name: part.to_string(), title: telling.part(part), chosen, purposes, vital }
}

fn words<'a>(all: impl Iterator<Item = &'a str>) -> String {
    all.collect::<Vec<_>>().join(" ")
}

/// Who would hear of it: the first code that must be accepted before sending.
pub(crate) fn hazard<'a>(offers: &'a [&Proposal]) -> Option<&'a InstitutionCode> {
    offers.iter().flat_map(|offer| &offer.hears).flat_map(|hearing| &hearing.hears).next()
}
