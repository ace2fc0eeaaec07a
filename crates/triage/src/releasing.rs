//! Protected tables: looked at as a draft, published once by whoever may, and from then on shown as they were published.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{StatusCode, header};
use report::Day;
use schemars::JsonSchema;
use serde::Deserialize;
use statistics::{Columns, Period, Record, Refused, Rows, Run, Standing, release};
use store::{Event, Release};
use validator::Validate;
use web::{Action, Code, Count, Described, InPath, InQuery, Member, Parsed, Permit, Problem, Publish, Routes};

use crate::Dashboard;
use crate::asked::Asked;
use crate::counting::rows;

/// Which period, in which form.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
struct Wanted {
    #[serde(default)]
    period: Asked,
    /// `csv` (second line HXL) or `json`.
    #[serde(default)]
    format: String,
}

/// What is published for good.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
struct Published {
    period: Asked,
}

pub(crate) fn routes() -> Routes<Dashboard> {
    const TABLE: &str = "/api/v1/statistics/{plan}";
    let look = Described::get(TABLE, "A protected table of a period: as it was published, or a draft of it.");
    let look = look.query::<Wanted>().gives_media(200, "text/csv").gives_media(200, "application/json");
    let publish = Described::post(TABLE, "Publishes a table of a period, once and for good.");
    let publish = publish.takes::<Published>().gives_media(201, "application/json");
    Routes::new().needs::<Count, _, _>(look, table).needs::<Publish, _, _>(publish, publish_one)
}

async fn table(
    permit: Permit<Count>,
    State(dashboard): State<Dashboard>,
    InPath(plan): InPath<String>,
    InQuery(wanted): InQuery<Wanted>,
) -> Result<Response, Problem> {
    let period = wanted.period.period()?;
    if !matches!(wanted.format.as_str(), "" | "csv" | "json") {
        return Err(Code::StatisticsFormUnknown.into());
    }
    let seen = look(&dashboard, permit.member(), (&plan, period)).await?.map_err(refuse)?;
    Ok(form((StatusCode::OK, &seen), &wanted.format))
}

async fn publish_one(
    permit: Permit<Publish>,
    State(dashboard): State<Dashboard>,
    InPath(plan): InPath<String>,
    Parsed(wanted): Parsed<Published>,
) -> Result<Response, Problem> {
    let period = wanted.period.period()?;
    let record = publish(&dashboard, permit.member(), (&plan, period)).await?.map_err(refuse)?;
    let seen = Seen { record, standing: Standing::Released, wider: Vec::new() };
    Ok(form((StatusCode::CREATED, &seen), "json"))
}

fn form((status, seen): (StatusCode, &Seen), format: &str) -> Response {
    let table = seen.record.published();
    let (media, body) = match format {
        "json" => ("application/json", table.json(seen.standing).to_string()),
        _ => ("text/csv; charset=utf-8", table.csv(seen.standing)),
    };
    (status, [(header::CONTENT_TYPE, media)], Bytes::from(body)).into_response()
}

/// A table as a member looks at it.
pub(crate) struct Seen {
    pub(crate) record: Record,
    pub(crate) standing: Standing,
    /// Of a draft: the same for the longer periods around it that could be published instead, the shortest first.
    pub(crate) wider: Vec<Record>,
}

/// What one run counts from: every release so far, the rows of the same snapshot, and how long the ledger was.
pub(crate) struct Counting {
    previous: Vec<Record>,
    rows: Rows,
    ledger_size: u64,
}

/// Everything that was published, in the order it came out.
pub(crate) async fn released(dashboard: &Dashboard) -> Result<Vec<Record>, Problem> {
    let kept = dashboard.store().snapshot().await?.releases().await?;
    let corrupt = |_| Problem::new(Code::Internal).because("a release is not of this deployment");
    let key = &dashboard.founded().release_key;
    kept.iter().map(|kept| Record::read(&kept.published, key).map_err(corrupt)).collect()
}

/// The table as it was published; a draft, to whoever may publish it. The look is in the log. To anybody else what is not
/// published is not there.
pub(crate) async fn look(
    dashboard: &Dashboard,
    member: &Member,
    (table, period): (&str, Period),
) -> Result<Result<Seen, Refused>, Problem> {
    let previous = released(dashboard).await?;
    if let Some(record) = among(&previous, (table, period)) {
        note(dashboard, member, &format!("{table}/{period}")).await?;
        return Ok(Ok(Seen { record, standing: Standing::Released, wider: Vec::new() }));
    }
    if !Publish::allows(member.role) {
        return Err(Code::NotFound.into());
    }
    let counting = begin(dashboard, previous).await?;
    note(dashboard, member, &format!("{table}/{period}/draft")).await?;
    let longer = std::iter::successors(period.coarser(), |period| period.coarser());
    let periods = [period].into_iter().chain(longer).collect();
    let (_, made) = run(dashboard, (counting, table.to_owned()), periods).await?;
    let mut made = made.into_iter();
    let Some(first) = made.next() else { return Err(Code::NotFound.into()) };
    let wider = made.filter_map(Result::ok).collect();
    Ok(first.map(|record| Seen { record, standing: Standing::Draft, wider }))
}

/// Publishes a table: counted anew, judged with every release so far, kept as it is from then on. Asked again it is the same one.
pub(crate) async fn publish(
    dashboard: &Dashboard,
    member: &Member,
    (table, period): (&str, Period),
) -> Result<Result<Record, Refused>, Problem> {
    let previous = released(dashboard).await?;
    if let Some(record) = among(&previous, (table, period)) {
        return Ok(Ok(record));
    }
    let counting = begin(dashboard, previous).await?;
    let (counting, made) = run(dashboard, (counting, table.to_owned()), vec![period]).await?;
    let record = match made.into_iter().next() {
        Some(Ok(record)) => record,
        Some(Err(refused)) => return Ok(Err(refused)),
        None => return Err(Code::NotFound.into()),
    };
    let published = record.published();
    let release = Release {
        plan: published.table().to_owned(),
        period: period.to_string(),
        number: u32::try_from(counting.previous.len()).unwrap_or(u32::MAX),
        day: dashboard.today(),
        ledger_size: u32::try_from(counting.ledger_size).unwrap_or(u32::MAX),
        published: record.to_bytes(&dashboard.founded().release_key),
    };
    dashboard.store().publish(&release).await?;
    note(dashboard, member, &format!("{table}/{period}/published")).await?;
    Ok(Ok(record))
}

fn among(releases: &[Record], (table, period): (&str, Period)) -> Option<Record> {
    let is_it = |record: &&Record| record.published().table() == table && record.published().period() == period;
    releases.iter().find(is_it).cloned()
}

async fn begin(dashboard: &Dashboard, previous: Vec<Record>) -> Result<Counting, Problem> {
    let snapshot = dashboard.store().snapshot().await?;
    let rows = rows(dashboard, &snapshot.incidents().await?);
    Ok(Counting { previous, rows, ledger_size: snapshot.ledger_size().await? })
}

/// Counts one table for each of the periods, away from the threads that answer.
async fn run(
    dashboard: &Dashboard,
    (counting, table): (Counting, String),
    periods: Vec<Period>,
) -> Result<(Counting, Vec<Result<Record, Refused>>), Problem> {
    let (dashboard, today): (Dashboard, Day) = (dashboard.clone(), dashboard.today());
    let made = tokio::task::spawn_blocking(move || {
        let founded = dashboard.founded();
        let columns = Columns::of(&founded.plan, &counting.rows);
        let previous = &counting.previous;
        let run = Run { plan: &founded.plan, columns: &columns, key: &founded.release_key, previous };
        let made = periods.into_iter().map(|period| release(&run, &table, period, today)).collect();
        (counting, made)
    });
    made.await.map_err(|_| Problem::new(Code::Internal).because("counting ended early"))
}

async fn note(dashboard: &Dashboard, member: &Member, what: &str) -> Result<(), Problem> {
    let event = Event::export(what, (&member.institution, &member.member), dashboard.today());
    Ok(dashboard.store().record(event).await?)
}

/// Why a table is withheld; where a longer period would pass, it is named.
pub(crate) fn refuse(refused: Refused) -> Problem {
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
