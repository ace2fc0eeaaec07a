//! An institution's own cases, counted exactly: for its own eyes, never a release, and the look is in the log.

use axum::extract::State;
use axum::response::Response;
use schemars::JsonSchema;
use serde::Serialize;
use statistics::{Columns, Internal};
use store::Event;
use web::{Code, Described, InPath, InQuery, Permit, Problem, ReadCase, Routes};

use crate::Dashboard;
use crate::answer::found;
use crate::asked::InPeriod;
use crate::counting::rows;

/// Exact counts.
#[derive(Serialize, JsonSchema)]
struct Own {
    /// The table of the plan.
    table: String,
    /// The period of the events.
    period: String,
    /// Never: these numbers protect nobody.
    published: bool,
    /// Its cells; margins and the total have no row, no column, or neither.
    cells: Vec<Cell>,
}

#[derive(Serialize, JsonSchema)]
struct Cell {
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<String>,
    value: u32,
}

pub(crate) fn routes() -> Routes<Dashboard> {
    let described = Described::get("/api/v1/statistics/{plan}/own", "Exact counts of what one can read, unpublished.");
    Routes::new().needs::<ReadCase, _, _>(described.query::<InPeriod>().gives::<Own>(200), own)
}

async fn own(
    permit: Permit<ReadCase>,
    State(dashboard): State<Dashboard>,
    InPath(plan): InPath<String>,
    InQuery(wanted): InQuery<InPeriod>,
) -> Result<Response, Problem> {
    let period = wanted.period.period()?;
    let member = permit.member();
    let snapshot = dashboard.store().snapshot().await?;
    let rows = rows(&dashboard, &snapshot.incidents_of(&member.institution).await?);
    drop(snapshot);
    let asked = &dashboard.founded().plan;
    let counts = Internal::count(asked, &Columns::of(asked, &rows), &plan, period);
    let counts = counts.ok_or(Code::StatisticsUnknownTable)?;
    let what = format!("{plan}/{period}/own");
    let event = Event::export(&what, (&member.institution, &member.member), dashboard.today());
    dashboard.store().record(event).await?;
    let cell = |(row, column, value): (Option<&str>, Option<&str>, u32)| Cell {
        row: row.map(ToOwned::to_owned),
        column: column.map(ToOwned::to_owned),
        value,
    };
    let cells = counts.cells().map(cell).collect();
    found(&Own { table: plan, period: period.to_string(), published: false, cells })
}
