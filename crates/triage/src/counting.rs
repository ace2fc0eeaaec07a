//! Protected tables: counted from one snapshot, made publishable by `statistics`, each once.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header;
use report::{Day, ReportId};
use schemars::JsonSchema;
use serde::Deserialize;
use statistics::{Columns, Counted, Period, Published, Record, Referral, Refused, Rows, Run, Table, Verified, release};
use store::{Event, Incident, Release};
use validator::Validate;
use web::{Code, Count, Described, InPath, InQuery, Page, Permit, Problem, Reader, Routes};

use crate::Dashboard;
use crate::pages::{self, Choice};

/// What a member found that is no violation is not counted.
const NOT_FOUND: &str = "VS-NOT";
/// The kind of recipient of who is in the registry no more, or not for that purpose.
const UNKNOWN_KIND: &str = "unknown";

/// Which period, in which form.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// `2024-Q2`, `2024-H1`, `2024`.
    #[serde(default)]
    period: String,
    /// `csv` (second line HXL) or `json`.
    #[serde(default)]
    format: String,
}

pub(crate) fn routes() -> Routes<Dashboard> {
    let described = Described::get("/api/v1/statistics/{plan}", "A protected table of a period, published once.");
    let described = described.query::<Wanted>().gives_media(200, "text/csv").gives_media(200, "application/json");
    let page = Described::get("/statistics", "The tables one can build, as a page.").gives_media(200, "text/html");
    Routes::new().needs::<Count, _, _>(described, table).needs::<Count, _, _>(page, show)
}

async fn show(
    permit: Permit<Count>,
    State(dashboard): State<Dashboard>,
    Reader(language): Reader,
) -> Page<pages::Statistics> {
    let frame = dashboard.frame(language, "dashboard-statistics-title", Some(permit.member()));
    let title = |table: &Table| table.title.get(frame.tag()).or_else(|| table.title.get("en")).cloned();
    let choice = |table: &Table| Choice {
        value: table.code.clone(),
        text: title(table).unwrap_or_else(|| table.code.clone()),
        chosen: false,
    };
    let tables = dashboard.founded().plan.tables().iter().map(choice).collect();
    Page(pages::Statistics { frame, tables })
}

async fn table(
    permit: Permit<Count>,
    State(dashboard): State<Dashboard>,
    InPath(plan): InPath<String>,
    InQuery(wanted): InQuery<Wanted>,
) -> Result<Response, Problem> {
    let period: Period = wanted.period.parse().map_err(|_| Code::StatisticsPeriodUnreadable)?;
    if !matches!(wanted.format.as_str(), "" | "csv" | "json") {
        return Err(Code::StatisticsFormUnknown.into());
    }
    let record = published(&dashboard, &plan, period).await?;
    let member = permit.member();
    let what = format!("{plan}/{period}");
    let event = Event::export(&what, (&member.institution, &member.member), dashboard.today());
    dashboard.store().record(event).await?;
    Ok(form(record.published(), &wanted.format))
}

fn form(table: &Published, format: &str) -> Response {
    let (media, body) = match format {
        "json" => ("application/json", table.json().to_string()),
        _ => ("text/csv; charset=utf-8", table.csv()),
    };
    ([(header::CONTENT_TYPE, media)], Bytes::from(body)).into_response()
}

/// The table as it was published, or published now.
async fn published(dashboard: &Dashboard, table: &str, period: Period) -> Result<Record, Problem> {
    let founded = dashboard.founded();
    let snapshot = dashboard.store().snapshot().await?;
    let corrupt = |_| Problem::new(Code::Internal).because("a release is not of this deployment");
    let mut previous = Vec::new();
    for kept in snapshot.releases().await? {
        let record = Record::read(&kept.published, &founded.release_key).map_err(corrupt)?;
        if record.published().table() == table && record.published().period() == period {
            return Ok(record);
        }
        previous.push(record);
    }
    let rows = rows(dashboard, &snapshot.incidents().await?);
    let size = snapshot.ledger_size().await?;
    drop(snapshot);
    let (name, number) = (table.to_owned(), previous.len());
    let (run_by, today) = (dashboard.clone(), dashboard.today());
    let made = tokio::task::spawn_blocking(move || {
        let founded = run_by.founded();
        let columns = Columns::of(&founded.plan, &rows);
        let run = Run { plan: &founded.plan, columns: &columns, key: &founded.release_key, previous: &previous };
        release(&run, &name, period, today)
    });
    let record =
        made.await.map_err(|_| Problem::new(Code::Internal).because("counting ended early"))?.map_err(refuse)?;
    keep(dashboard, &record, (number, size)).await?;
    Ok(record)
}

async fn keep(dashboard: &Dashboard, record: &Record, (number, size): (usize, u64)) -> Result<(), Problem> {
    let table = record.published();
    let release = Release {
        plan: table.table().to_owned(),
        period: table.period().to_string(),
        number: u32::try_from(number).unwrap_or(u32::MAX),
        day: dashboard.today(),
        ledger_size: u32::try_from(size).unwrap_or(u32::MAX),
        published: record.to_bytes(&dashboard.founded().release_key),
        coarsened: None,
    };
    Ok(dashboard.store().publish(&release, &[]).await?)
}

/// Why a table is withheld; where a longer period would pass, it is named.
fn refuse(refused: Refused) -> Problem {
    match refused {
        Refused::UnknownTable => Code::StatisticsUnknownTable.into(),
        Refused::TooFine => Code::StatisticsPeriodTooShort.into(),
        Refused::NotOver => Code::StatisticsPeriodNotOver.into(),
        Refused::AlreadyPublished => Code::StatisticsAlreadyPublished.into(),
        Refused::Unsafe { show_as, .. } => {
            let problem = Problem::new(Code::StatisticsUnsafe);
            show_as.into_iter().fold(problem, |problem, period| problem.field("period", period.to_string()))
        }
    }
}

/// What is counted: verified reports, and the referrals of those that are told openly.
pub(crate) fn rows(dashboard: &Dashboard, incidents: &[Incident]) -> Rows {
    let mut rows = Rows::default();
    for incident in incidents {
        let Some(report) = counted(dashboard, incident) else { continue };
        if report.consent == Some(true) && !report.protected {
            rows.referrals.extend(incident.referrals.iter().filter_map(|one| referred(dashboard, one)));
        }
        rows.reports.push(report);
    }
    rows
}

/// One referral as it is counted: by the kind of recipient that the institution is for its purpose.
fn referred(dashboard: &Dashboard, one: &store::Referral) -> Option<Referral> {
    let (id, _) = one.statement.as_bytes().split_first_chunk()?;
    let asked = dashboard.registry().get(&one.recipient);
    let kind = asked.and_then(|asked| asked.recipients.kinds(one.purpose.as_str()).first().cloned());
    let days = |answered: Day| answered.number().saturating_sub(one.day.number());
    Some(Referral {
        referral: ReportId::new(*id),
        source: one.author.to_string(),
        recipient_kind: kind.or_else(|| UNKNOWN_KIND.parse().ok())?,
        referred: one.day,
        answered: one.answered.map(|answered| u32::try_from(days(answered)).unwrap_or_default()),
    })
}

/// One verified report as it is counted. What a member found to be no violation is not counted.
fn counted(dashboard: &Dashboard, incident: &Incident) -> Option<Counted> {
    let is_one = incident.verifications.iter().any(|one| one.status != *NOT_FOUND);
    let id = ReportId::new(incident.incident);
    let (facets, found) = (&incident.facets, incident.found.as_ref());
    let verified = Verified { incident: id, source: &incident.source, facets, found };
    is_one.then(|| Counted::of(&verified, &dashboard.founded().plan, dashboard.country()))
}
