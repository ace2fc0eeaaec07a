//! One case: for programs as it is kept, for people as a page. Sealed parts are opened by whoever asks, never here.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header;
use report::{Day, InstitutionCode, PartName, ReportId};
use routing::Proposals;
use schemars::JsonSchema;
use serde::Serialize;
use store::{Case, WhoReads};
use web::{Code, Described, InPath, Member, Permit, Problem, ReadCase, Reader, Routes};

use crate::Dashboard;
use crate::answer::found;
use crate::clocks::{ClockLine, clocks};
use crate::exposure::points;

/// The case as programs see it (docs/dashboard.md).
#[derive(Serialize, JsonSchema)]
struct CaseAnswer {
    report: String,
    /// Whether this institution was asked with a note alone: facets, other parts and other institutions are kept back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    least: bool,
    stage: String,
    filed: String,
    mine: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternate: Option<String>,
    facets: String,
    clocks: Vec<ClockLine>,
    parts: Vec<PartAnswer>,
    statements: Vec<StatementAnswer>,
    referrals: Vec<ReferralAnswer>,
    verification: Vec<VerificationAnswer>,
    same_incident: Vec<String>,
    /// The organisation whose filing link it came through.
    #[serde(skip_serializing_if = "Option::is_none")]
    filed_through: Option<String>,
    /// Whom the person asks for by name, told to whoever answers for the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    wish: Option<WishAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<String>,
    next: NextNumbers,
}

#[derive(Serialize, JsonSchema)]
struct WishAnswer {
    institution: String,
    day: String,
}

#[derive(Serialize, JsonSchema)]
struct PartAnswer {
    part: String,
    from: String,
    size: u64,
    sha256: String,
    readers: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grant: Option<GrantAnswer>,
}

#[derive(Serialize, JsonSchema)]
struct GrantAnswer {
    file: String,
    purpose: String,
    sha256: String,
}

#[derive(Serialize, JsonSchema)]
struct StatementAnswer {
    sha256: String,
    act: String,
    from: String,
    day: String,
    statement: String,
    signature: String,
    facets: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct ReferralAnswer {
    from: String,
    to: String,
    purpose: String,
    day: String,
    /// The statement that asked.
    statement: String,
    /// `vital-interest`, where it is not consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
    /// `waiting`, `late` or `confirmed`, where a second member has to confirm it.
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answered: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct VerificationAnswer {
    act: String,
    status: String,
    by: String,
    day: String,
}

/// Numbers that new parts take.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub(crate) struct NextNumbers {
    pub(crate) message: u16,
    pub(crate) note: u16,
    pub(crate) coding: u16,
}

pub(crate) fn routes() -> Routes<Dashboard> {
    let case = Described::get("/api/v1/reports/{report}", "The case as it is kept.");
    let part = Described::get("/api/v1/reports/{report}/parts/{*part}", "A sealed part one may open.");
    let routes = Described::get("/api/v1/reports/{report}/routes", "Who could be asked, would hear of it, never.");
    Routes::new()
        .needs::<ReadCase, _, _>(case.gives::<CaseAnswer>(200), tell)
        .needs::<ReadCase, _, _>(part.gives_media(200, SEALED), content)
        .needs::<ReadCase, _, _>(routes.gives::<crate::proposing::Routes>(200), propose)
}

const SEALED: &str = "application/octet-stream";

/// The case this member's institution may read now. Shut out, never granted and not there are one answer.
pub(crate) async fn open_case(dashboard: &Dashboard, member: &Member, report: &str) -> Result<Case, Problem> {
    let report: ReportId = report.parse().map_err(|_| Code::NotFound)?;
    let snapshot = dashboard.store().snapshot().await?;
    let case = snapshot.case(report, &member.institution).await?;
    Ok(case.ok_or(Code::NotFound)?)
}

async fn tell(
    permit: Permit<ReadCase>,
    State(dashboard): State<Dashboard>,
    InPath(report): InPath<String>,
    Reader(language): Reader,
) -> Result<Response, Problem> {
    let case = open_case(&dashboard, permit.member(), &report).await?;
    let next = next_numbers(&dashboard, permit.member(), &case).await?;
    let clocks = clocks(&dashboard, &case, language);
    found(&answer(&dashboard, permit.member(), &case, (clocks, next)))
}

async fn propose(
    permit: Permit<ReadCase>,
    State(dashboard): State<Dashboard>,
    InPath(report): InPath<String>,
    Reader(language): Reader,
) -> Result<Response, Problem> {
    let case = open_case(&dashboard, permit.member(), &report).await?;
    let proposing = dashboard.proposing(language);
    let proposals = if case.is_least { Proposals::default() } else { proposing.propose(&case.thread.facets) };
    found(&proposing.routes(&proposals))
}

async fn content(
    permit: Permit<ReadCase>,
    State(dashboard): State<Dashboard>,
    InPath((report, part)): InPath<(String, String)>,
) -> Result<Response, Problem> {
    let member = permit.member();
    let (report, part): (ReportId, PartName) =
        (report.parse().map_err(|_| Code::NotFound)?, part.parse().map_err(|_| Code::NotFound)?);
    let asker = WhoReads::Institution(member.institution.clone());
    let snapshot = dashboard.store().snapshot().await?;
    let content = snapshot.content(report, part, &asker).await?.ok_or(Code::NotFound)?;
    drop(snapshot);
    let reader = (&member.institution, member.member.as_str());
    dashboard.store().read((report, part), reader, dashboard.now()).await?;
    let points = points(part.kind(), content.severity);
    if points > 0 {
        dashboard.store().expose(reader, points, dashboard.today()).await?;
    }
    let told = [(header::CONTENT_TYPE, SEALED.to_owned()), (header::CONTENT_LENGTH, content.size.to_string())];
    Ok((told, Body::from_stream(content.bytes)).into_response())
}

/// The numbers after those that any part has, seen or not: names are the report's, not the reader's.
pub(crate) async fn next_numbers(dashboard: &Dashboard, member: &Member, case: &Case) -> Result<NextNumbers, Problem> {
    use report::PartKind::{Coding, Message, Note};
    let signer = dashboard.founded().directories.newest().institution(&member.institution).map(|listed| listed.signing);
    let snapshot = dashboard.store().snapshot().await?;
    let known = snapshot.known(case.thread.report, &signer.ok_or(Code::NotFound)?).await?.ok_or(Code::NotFound)?;
    let next = |kind| {
        let numbers = known.parts.iter().filter(|part| part.kind() == kind).filter_map(|part| part.number());
        numbers.max().unwrap_or(0).saturating_add(1)
    };
    Ok(NextNumbers { message: next(Message), note: next(Note), coding: next(Coding) })
}

/// The institutions that hold a live grant of a part; of any part, without one.
pub(crate) fn readers(case: &Case, part: Option<PartName>) -> Vec<InstitutionCode> {
    let live = case.thread.readers.iter().filter(|reading| reading.state == "live");
    let mut codes: Vec<InstitutionCode> = live
        .filter(|reading| part.is_none_or(|part| reading.part == part))
        .map(|reading| reading.institution.clone())
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

/// Whom the person named when consenting last, and when: for whoever answers for the report, who carries consent out.
pub(crate) fn wish(member: &Member, case: &Case) -> Option<(InstitutionCode, Day)> {
    let thread = &case.thread;
    if thread.lead.as_ref() != Some(&member.institution) {
        return None;
    }
    let row = thread.statements.iter().rfind(|row| row.act == "consent")?;
    let statement = vault::Statement::read(&row.statement).ok()?;
    let named = statement.body().detail.iter().find(|(key, _)| key.as_str() == "to")?;
    Some((named.1.as_str().parse().ok()?, row.day))
}

fn answer(
    dashboard: &Dashboard,
    member: &Member,
    case: &Case,
    (clocks, next): (Vec<ClockLine>, NextNumbers),
) -> CaseAnswer {
    let thread = &case.thread;
    let standing = crate::standing::Standing::of_thread(dashboard, thread, words::Language::English);
    CaseAnswer {
        report: thread.report.to_string(),
        least: case.is_least,
        stage: thread.stage.to_string(),
        filed: thread.filed.to_string(),
        mine: standing.mine(member).0,
        lead: thread.lead.as_ref().map(ToString::to_string),
        alternate: thread.alternate.as_ref().map(ToString::to_string),
        facets: thread.facets_text.clone(),
        clocks,
        parts: thread.parts.iter().map(|part| part_answer(case, part)).collect(),
        statements: thread.statements.iter().map(statement_answer).collect(),
        referrals: thread.referrals.iter().map(|one| referral_answer(dashboard, one)).collect(),
        verification: case.verifications.iter().map(verification_answer).collect(),
        same_incident: case.same_incident.iter().map(ToString::to_string).collect(),
        filed_through: thread.through.as_ref().map(ToString::to_string),
        wish: wish(member, case)
            .map(|(institution, day)| WishAnswer { institution: institution.to_string(), day: day.to_string() }),
        outcome: thread.outcome.as_ref().map(ToString::to_string),
        next,
    }
}

fn part_answer(case: &Case, part: &store::Part) -> PartAnswer {
    PartAnswer {
        part: part.name.to_string(),
        from: part.author.clone(),
        size: part.size,
        sha256: part.sha256.to_string(),
        readers: readers(case, Some(part.name)).iter().map(ToString::to_string).collect(),
        grant: part.grants.first().map(|grant| GrantAnswer {
            file: BASE64_STANDARD.encode(&grant.sealed),
            purpose: grant.purpose.to_string(),
            sha256: grant.sha256.to_string(),
        }),
    }
}

fn statement_answer(row: &store::StatementRow) -> StatementAnswer {
    StatementAnswer {
        sha256: row.sha256.to_string(),
        act: row.act.clone(),
        from: row.author.clone(),
        day: row.day.to_string(),
        statement: row.statement.clone(),
        signature: hex::encode(&row.signature),
        facets: row.facets.clone(),
    }
}

fn referral_answer(dashboard: &Dashboard, referral: &store::Referral) -> ReferralAnswer {
    let second = match (&referral.confirm, &referral.confirmed) {
        (_, Some(_)) => Some("confirmed"),
        (Some(until), None) if until.hour() <= dashboard.now().hour() => Some("late"),
        (Some(_), None) => Some("waiting"),
        (None, None) => None,
    };
    ReferralAnswer {
        from: referral.author.to_string(),
        to: referral.recipient.to_string(),
        purpose: referral.purpose.to_string(),
        day: referral.day.to_string(),
        statement: referral.statement.to_string(),
        basis: referral.basis.clone(),
        second,
        due: referral.due.map(|day| day.to_string()),
        answered: referral.answered.map(|day| day.to_string()),
        outcome: referral.outcome.as_ref().map(ToString::to_string),
    }
}

fn verification_answer(row: &store::Verification) -> VerificationAnswer {
    VerificationAnswer {
        act: row.act.to_string(),
        status: row.status.to_string(),
        by: row.institution.to_string(),
        day: row.day.to_string(),
    }
}
