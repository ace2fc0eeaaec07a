//! Tables as pages: what was published, and one table as a draft or as it came out.

use axum::extract::State;
use axum::response::Redirect;
use schemars::JsonSchema;
use serde::Deserialize;
use statistics::{Dimension, Grain, HIDDEN, Period, Published, Record, Refused, Shown, Standing, Table};
use validator::Validate;
use web::{Action, Count, Described, InForm, InPath, InQuery, Page, Permit, Problem, Publish, Reader, Routes};
use words::text;

use crate::Dashboard;
use crate::asked::{Asked, InPeriod};
use crate::pages::{self, Choice, ReleaseLine, TableCell, TableRefusal, TableRow};
use crate::releasing::{Seen, look, publish, refuse, released};
use crate::telling::Telling;

/// What is published for good, and that whoever does it was told so.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
struct Confirmed {
    period: Asked,
    #[validate(length(min = 1))]
    understood: String,
}

pub(crate) fn routes() -> Routes<Dashboard> {
    const TABLE: &str = "/statistics/{plan}";
    let all = Described::get("/statistics", "What was published and what can be, as a page.");
    let one = Described::get(TABLE, "One table, published or as a draft, as a page.").query::<InPeriod>();
    let out = Described::post(TABLE, "Publishes a table of a period, once and for good.");
    Routes::new()
        .needs::<Count, _, _>(all.gives_media(200, "text/html"), show_all)
        .needs::<Count, _, _>(one.gives_media(200, "text/html"), show_one)
        .needs::<Publish, _, _>(out.takes_media("application/x-www-form-urlencoded").gives_nothing(303), confirm)
}

async fn show_all(
    permit: Permit<Count>,
    State(dashboard): State<Dashboard>,
    Reader(language): Reader,
) -> Result<Page<pages::Statistics>, Problem> {
    let member = permit.member();
    let telling = dashboard.telling(language);
    let title = |table: &Table| Choice { value: table.code.clone(), text: title(&telling, table), chosen: false };
    let releases = released(&dashboard).await?;
    let offered = dashboard.founded().plan.tables().iter().filter(|_| Publish::allows(member.role));
    Ok(Page(pages::Statistics {
        frame: dashboard.frame(language, "dashboard-statistics-title", Some(member)),
        releases: releases.iter().rev().map(|record| release_line(&telling, record.published())).collect(),
        tables: offered.map(title).collect(),
    }))
}

async fn show_one(
    permit: Permit<Count>,
    State(dashboard): State<Dashboard>,
    InPath(plan): InPath<String>,
    InQuery(wanted): InQuery<InPeriod>,
    Reader(language): Reader,
) -> Result<Page<pages::ProtectedTable>, Problem> {
    let period = wanted.period.period()?;
    let seen = look(&dashboard, permit.member(), (&plan, period)).await?;
    let frame = dashboard.frame(language, "dashboard-statistics-title", Some(permit.member()));
    Ok(Page(page(&dashboard.telling(language), frame, (&plan, period), seen)))
}

async fn confirm(
    permit: Permit<Publish>,
    State(dashboard): State<Dashboard>,
    InPath(plan): InPath<String>,
    InForm(confirmed): InForm<Confirmed>,
) -> Result<Redirect, Problem> {
    let period = confirmed.period.period()?;
    let record = publish(&dashboard, permit.member(), (&plan, period)).await?.map_err(refuse)?;
    let published = record.published();
    Ok(Redirect::to(&address(published.table(), published.period())))
}

fn address(table: &str, period: Period) -> String {
    format!("/statistics/{table}?period={period}")
}

fn title(telling: &Telling<'_>, table: &Table) -> String {
    let told = table.title.get(telling.tag()).or_else(|| table.title.get("en"));
    told.cloned().unwrap_or_else(|| table.code.clone())
}

fn release_line(telling: &Telling<'_>, table: &Published) -> ReleaseLine {
    ReleaseLine {
        address: address(table.table(), table.period()),
        title: table.title(telling.tag()).to_owned(),
        period: told_period(telling, table.period()),
        day: telling.date(table.reported()),
    }
}

fn told_period(telling: &Telling<'_>, period: Period) -> String {
    match period.grain() {
        Grain::Quarter => format!("{} {period}", telling.say("dashboard-grain-quarter")),
        Grain::HalfYear => format!("{} {period}", telling.say("dashboard-grain-half-year")),
        Grain::Year => format!("{} {period}", telling.say("dashboard-grain-year")),
    }
}

fn page(
    telling: &Telling<'_>,
    frame: pages::Frame,
    (table, period): (&str, Period),
    seen: Result<Seen, Refused>,
) -> pages::ProtectedTable {
    let mut page = pages::ProtectedTable {
        frame,
        table: table.to_owned(),
        title: table.to_owned(),
        period: period.to_string(),
        told_period: told_period(telling, period),
        is_draft: true,
        refused: None,
        head: Vec::new(),
        rows: Vec::new(),
    };
    match seen {
        Ok(seen) => fill(&mut page, telling, &seen),
        Err(refused) => page.refused = Some(refusal(telling, table, refused)),
    }
    page
}

fn refusal(telling: &Telling<'_>, table: &str, refused: Refused) -> TableRefusal {
    let code = refuse(refused).code();
    let show_as = if let Refused::Unsafe { show_as, .. } = refused { show_as } else { None };
    TableRefusal {
        title: code.title(telling.language),
        next: code.next(telling.language),
        wider: show_as.map(|period| offer(telling, table, period)),
    }
}

/// *Show as half-year*, and where.
fn offer(telling: &Telling<'_>, table: &str, period: Period) -> Choice {
    let told = told_period(telling, period);
    let text = text(telling.language, "statistics-show-as", &[("period", &told)]);
    Choice { value: address(table, period), text, chosen: false }
}

fn fill(page: &mut pages::ProtectedTable, telling: &Telling<'_>, seen: &Seen) {
    let published = seen.record.published();
    published.title(telling.tag()).clone_into(&mut page.title);
    page.is_draft = seen.standing == Standing::Draft;
    let (columns, rows) = axes(published);
    let (of_rows, of_columns) = published.dimensions();
    page.head = columns.iter().map(|column| value(telling, of_columns, *column)).collect();
    for row in rows {
        let cell = |column: Option<&str>| {
            let cell = published.cells().find(|cell| cell.row == row && cell.column == column);
            cell.map_or_else(TableCell::default, |cell| told(telling, (seen, cell)))
        };
        let cells = columns.iter().copied().map(cell).collect();
        page.rows.push(TableRow { name: value(telling, Some(of_rows), row), cells });
    }
}

/// The columns and the rows in their order, what sums them last.
fn axes(published: &Published) -> (Vec<Option<&str>>, Vec<Option<&str>>) {
    let (mut columns, mut rows) = (Vec::new(), Vec::new());
    for cell in published.cells() {
        if !rows.contains(&cell.row) {
            rows.push(cell.row);
        }
        if !columns.contains(&cell.column) {
            columns.push(cell.column);
        }
    }
    columns.sort_by_key(Option::is_none);
    rows.sort_by_key(Option::is_none);
    (columns, rows)
}

fn told(telling: &Telling<'_>, (seen, cell): (&Seen, Shown<'_>)) -> TableCell {
    let days = cell.days.map(|days| {
        let days = days.to_string();
        text(telling.language, "dashboard-statistics-days", &[("days", &days)])
    });
    match cell.number {
        Some(number) => TableCell { number: number.to_string(), days, wider: None },
        None => TableCell { number: HIDDEN.to_owned(), days, wider: filled(telling, (seen, cell)) },
    }
}

/// The shortest longer period in which a hidden number would be shown.
fn filled(telling: &Telling<'_>, (seen, hidden): (&Seen, Shown<'_>)) -> Option<Choice> {
    let shows = |record: &&Record| {
        let mut cells = record.published().cells();
        cells.any(|cell| (cell.row, cell.column) == (hidden.row, hidden.column) && cell.number.is_some())
    };
    let wider = seen.wider.iter().find(shows)?.published();
    Some(offer(telling, wider.table(), wider.period()))
}

/// A value of a list in words; without one it is all of them.
fn value(telling: &Telling<'_>, dimension: Option<Dimension>, code: Option<&str>) -> String {
    let Some((dimension, code)) = dimension.zip(code) else { return telling.say("dashboard-statistics-all") };
    let say = |topic: &str| telling.say(&format!("dashboard-{topic}-{code}"));
    match (dimension, code) {
        (Dimension::Sex, _) => say("sex"),
        (Dimension::Age, _) => say("age"),
        (_, "unknown") => telling.say("dashboard-unanswered-unknown"),
        (Dimension::Category, _) => telling.category(code),
        (Dimension::Area, _) => telling.term("area", code),
        (Dimension::Ground, _) => telling.term("identity_ground", code),
        (Dimension::RecipientKind, _) => telling.term("recipient_kind", code),
        (Dimension::Segment, _) => segment(telling, code),
        (Dimension::Direction, _) => say("direction"),
        (Dimension::Answered, "yes") => telling.say("dashboard-statistics-answered"),
        (Dimension::Answered, _) => telling.say("dashboard-statistics-unanswered"),
        (Dimension::Perpetrator, _) => telling.perpetrator_class(code),
    }
}

fn segment(telling: &Telling<'_>, code: &str) -> String {
    let mut segments = telling.country.territories().segments();
    segments.find(|segment| segment.code.as_str() == code).map_or_else(|| code.to_owned(), |found| found.name.clone())
}
