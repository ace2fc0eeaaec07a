//! Protected tables: counted from one snapshot, made publishable by `statistics`, each once.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header;
use report::ReportId;
use schemars::JsonSchema;
use serde::Deserialize;
use statistics::{Columns, Counted, Period, Published, Record, Refused, Rows, Run, release};
use store::{Event, Incident, Release};
use validator::Validate;
use web::{Code, Count, Described, InPath, InQuery, Permit, Problem, Routes};

use crate::Dashboard;

/// What a member found that is no violation is not counted.
const NOT_FOUND: &str = "VS-NOT";

/// Which period, in which form.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// `2024-Q2`, `2024-H1`, `2024`.
    #[validate(length(min = 4, max = 10))]
    period: String,
    /// `csv` (second line HXL) or `json`.
    #[serde(default)]
    #[validate(length(max = 4))]
    format: String,
}

pub(crate) fn routes() -> Routes<Dashboard> {
    let described = Described::get("/api/v1/statistics/{plan}", "A protected table of a period, published once.");
    let described = described.query::<Wanted>().gives_media(200, "text/csv").gives_media(200, "application/json");
    Routes::new().needs::<Count, _, _>(described, table)
}

async fn table(
    permit: Permit<Count>,
    State(dashboard): State<Dashboard>,
    InPath(plan): InPath<String>,
    InQuery(wanted): InQuery<Wanted>,
) -> Result<Response, Problem> {
    let period: Period = wanted.period.parse().map_err(|_| Code::QueryUnreadable)?;
    if !matches!(wanted.format.as_str(), "" | "csv" | "json") {
        return Err(Code::QueryUnreadable.into());
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
    let reports = snapshot.incidents().await?.iter().filter_map(|one| counted(dashboard, one)).collect();
    let size = snapshot.ledger_size().await?;
    drop(snapshot);
    let (name, number) = (table.to_owned(), previous.len());
    let (run_by, today) = (dashboard.clone(), dashboard.today());
    let made = tokio::task::spawn_blocking(move || {
        let founded = run_by.founded();
        let columns = Columns::of(&founded.plan, &Rows { reports, referrals: Vec::new() });
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
    let code = match refused {
        Refused::UnknownTable => Code::NotFound,
        Refused::TooFine | Refused::NotOver => Code::QueryUnreadable,
        Refused::AlreadyPublished | Refused::Unsafe { .. } => Code::Conflict,
    };
    let problem = Problem::new(code).named(refused.code());
    match refused {
        Refused::Unsafe { show_as: Some(period), .. } => problem.field("period", period.to_string()),
        _ => problem,
    }
}

/// One verified report as it is counted. What a member found to be no violation is not counted.
fn counted(dashboard: &Dashboard, incident: &Incident) -> Option<Counted> {
    let is_one = incident.verifications.iter().any(|one| one.status != *NOT_FOUND);
    let id = ReportId::new(incident.incident);
    is_one.then(|| Counted::of(id, &incident.source, &incident.facets, dashboard.country()))
}
