//! The queue: what waits, the most urgent first, each with why. No narrative is here to be shown.

use axum::extract::State;
use axum::response::Response;
use report::triage::Clock;
use report::{Area, Code, Country, Facets, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Cursor, Filter, QueuePage, QueueRow, Sort};
use validator::Validate;
use web::{Described, InQuery, Member, Page, Permit, Problem, ReadQueue, Reader, Routes};
use words::Language;

use crate::Dashboard;
use crate::answer::found;
use crate::answering::{self, Overdue, overdue};
use crate::confirming::{Waiting, unconfirmed};
use crate::exposure::care;
use crate::pages::{self, Choice, QueueLine};
use crate::standing::{Standing, reference};

/// Reports on one page, unless asked otherwise.
const PAGE: u16 = 25;

/// Which reports, in which order.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields, default)]
struct Wanted {
    /// A stage; empty: all that are open.
    #[validate(length(max = 40))]
    stage: String,
    /// `U0` … `U4`.
    #[validate(length(max = 40))]
    clock: String,
    /// An area, with everything in it.
    #[validate(length(max = 40))]
    area: String,
    /// A category of acts.
    #[validate(length(max = 40))]
    category: String,
    /// `urgency` or `newest`.
    #[validate(length(max = 40))]
    sort: String,
    /// Where the page before ended.
    #[validate(length(max = 80))]
    after: String,
    /// Reports on a page, at most 100.
    #[validate(range(max = 100))]
    limit: u16,
}

#[derive(Serialize, JsonSchema)]
struct Queue {
    reports: Vec<Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// Referrals of ours for a vital interest that wait for a second member, on every page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unconfirmed: Vec<Waiting>,
    /// Referrals that nobody answered in time, by us or to us as the lead, on every page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    overdue: Vec<Overdue>,
}

/// One report as programs see it in the queue.
#[derive(Serialize, JsonSchema)]
struct Line {
    report: String,
    stage: Stage,
    clock: Clock,
    severity: u8,
    filed: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<Area>,
    categories: Vec<Code>,
    flags: Vec<Code>,
    needs: Vec<Code>,
    why: Vec<Why>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Due>,
    /// The earliest day on which an answer is due that is still waited for.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_due: Option<String>,
    to_code: bool,
    mine: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Why {
    code: String,
    text: String,
}

/// The protective clock while it runs.
#[derive(Serialize, JsonSchema)]
struct Due {
    clock: &'static str,
    at: String,
    left: i32,
    unit: &'static str,
    text: String,
}

pub(crate) fn routes() -> Routes<Dashboard> {
    let api = Described::get("/api/v1/queue", "The reports this institution can read, page by page.");
    let shown = Described::get("/queue", "The queue as a page.").gives_media(200, "text/html");
    Routes::new()
        .needs::<ReadQueue, _, _>(api.query::<Wanted>().gives::<Queue>(200), list)
        .needs::<ReadQueue, _, _>(shown.query::<Wanted>(), show)
}

async fn list(
    permit: Permit<ReadQueue>,
    State(dashboard): State<Dashboard>,
    InQuery(wanted): InQuery<Wanted>,
    Reader(language): Reader,
) -> Result<Response, Problem> {
    let page = read(&dashboard, permit.member(), &wanted).await?;
    let lines = page.rows.iter().map(|row| line(&dashboard, permit.member(), row, language)).collect();
    let unconfirmed = unconfirmed(&dashboard, permit.member(), language).await?;
    let overdue = overdue(&dashboard, permit.member(), language).await?;
    found(&Queue { reports: lines, next: page.next.map(|next| next.to_string()), unconfirmed, overdue })
}

async fn show(
    permit: Permit<ReadQueue>,
    State(dashboard): State<Dashboard>,
    InQuery(wanted): InQuery<Wanted>,
    Reader(language): Reader,
) -> Result<Page<pages::Queue>, Problem> {
    let page = read(&dashboard, permit.member(), &wanted).await?;
    let lines = page.rows.iter().map(|row| shown(&dashboard, permit.member(), row, language)).collect();
    Ok(Page(pages::Queue {
        frame: dashboard.frame(language, "dashboard-queue-title", Some(permit.member())),
        is_filtered: wanted.is_filtered(),
        choices: choices(&dashboard, &wanted, language),
        lines,
        waiting: unconfirmed(&dashboard, permit.member(), language).await?,
        overdue: overdue(&dashboard, permit.member(), language).await?,
        care: care(&dashboard, permit.member(), language).await?,
        next: page.next.map(|next| wanted.address(&next)),
    }))
}

async fn read(dashboard: &Dashboard, member: &Member, wanted: &Wanted) -> Result<QueuePage, Problem> {
    let after = wanted.after()?;
    let most = if wanted.limit == 0 { PAGE } else { wanted.limit };
    let (filter, sort) = (wanted.filter(dashboard.country())?, wanted.sort()?);
    let snapshot = dashboard.store().snapshot().await?;
    Ok(snapshot.queue(&member.institution, (&filter, sort), after.as_ref(), most).await?)
}

impl Wanted {
    /// A word nobody knows is refused: taken as it is it would find nothing, and an empty queue reads as nothing to do.
    fn filter(&self, country: &Country) -> Result<Filter, Problem> {
        let is_area = |area: &Area| country.territories().knows(area);
        let is_category =
            |code: &Code| *code == *Facets::PROTECTED || country.taxonomy().category(code.as_str()).is_some();
        Ok(Filter {
            stage: read_one("stage", &self.stage, |_| true)?,
            clock: read_one("clock", &self.clock, |_| true)?,
            area: read_one("area", &self.area, is_area)?,
            category: read_one("category", &self.category, is_category)?,
        })
    }

    fn is_filtered(&self) -> bool {
        [&self.stage, &self.clock, &self.area, &self.category, &self.sort].into_iter().any(|one| !one.is_empty())
    }

    fn sort(&self) -> Result<Sort, Problem> {
        match self.sort.as_str() {
            "" | "urgency" => Ok(Sort::Urgency),
            "newest" => Ok(Sort::Newest),
            _ => Err(unknown("sort")),
        }
    }

    fn after(&self) -> Result<Option<Cursor>, Problem> {
        read_one("after", &self.after, |_| true)
    }

    /// The address of the page that begins after a place. All values are codes by now.
    fn address(&self, next: &Cursor) -> String {
        let Self { stage, clock, area, category, sort, limit, .. } = self;
        let fields = [("stage", stage), ("clock", clock), ("area", area), ("category", category), ("sort", sort)];
        let asked = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let asked = asked.map(|(name, value)| format!("{name}={value}"));
        let begins = [format!("after={next}"), format!("limit={limit}")];
        format!("/queue?{}", begins.into_iter().chain(asked).collect::<Vec<_>>().join("&"))
    }
}

/// A code of the query that exists; empty is none.
fn read_one<T: std::str::FromStr>(
    field: &'static str,
    text: &str,
    exists: impl Fn(&T) -> bool,
) -> Result<Option<T>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().ok().filter(exists).map(Some).ok_or_else(|| unknown(field))
}

fn unknown(field: &'static str) -> Problem {
    Problem::new(web::Code::QueryUnreadable).field(field, "unknown-code")
}

fn line(dashboard: &Dashboard, member: &Member, row: &QueueRow, language: Language) -> Line {
    let standing = Standing::of_row(dashboard, row, language);
    let facets = &row.facets;
    let reasons = standing.reasons();
    Line {
        report: row.report.to_string(),
        stage: row.stage,
        clock: row.clock,
        severity: row.severity,
        filed: row.filed.to_string(),
        area: facets.area().cloned(),
        categories: facets.categories().to_vec(),
        flags: facets.urgency().to_vec(),
        needs: facets.needs().to_vec(),
        why: reasons.into_iter().map(|(code, text)| Why { code, text }).collect(),
        due: standing.hours_left().map(|left| Due {
            clock: "first-act",
            at: row.due.map(|due| due.day().to_string()).unwrap_or_default(),
            left,
            unit: "hours",
            text: dashboard.telling(language).left(left),
        }),
        answer_due: row.answer.map(|day| day.to_string()),
        to_code: facets.to_code(),
        mine: standing.mine(member).0,
    }
}

fn shown(dashboard: &Dashboard, member: &Member, row: &QueueRow, language: Language) -> QueueLine {
    let telling = dashboard.telling(language);
    let standing = Standing::of_row(dashboard, row, language);
    QueueLine {
        report: row.report.to_string(),
        reference: reference(row.report),
        why: standing.reasons().into_iter().next().map(|(_, text)| text).unwrap_or_default(),
        clock: row.clock.as_str().to_owned(),
        clock_text: telling.clock(row.clock),
        left: standing.hours_left().map(|hours| telling.left(hours)),
        answer: row.answer.map(|day| answering::due(&telling, day, dashboard.today())),
        is_overdue: row.answer.is_some_and(|day| day < dashboard.today()),
        needs: telling.needs(&row.facets).join(" · "),
        area: telling.area(row.facets.area()),
        categories: telling.categories(row.facets.categories()),
        stage: telling.stage(row.stage),
        filed: telling.date(row.filed),
        mine: telling.say(standing.mine(member).1),
    }
}

fn choices(dashboard: &Dashboard, wanted: &Wanted, language: Language) -> Vec<pages::Filter> {
    let telling = dashboard.telling(language);
    let any = || Choice { value: String::new(), text: telling.say("dashboard-filter-any"), chosen: false };
    let list = |name, label, chosen: &str, all: Vec<(String, String)>| {
        let one = |(value, text): (String, String)| Choice { chosen: value == chosen, value, text };
        pages::Filter { name, label, options: std::iter::once(any()).chain(all.into_iter().map(one)).collect() }
    };
    let stages = Stage::ALL.into_iter().filter(|stage| !matches!(stage, Stage::Withdrawn | Stage::Shredded));
    let stages = stages.map(|stage| (stage.to_string(), telling.stage(stage))).collect();
    let clocks = Clock::ALL.into_iter().map(|clock| (clock.to_string(), telling.clock(clock))).collect();
    let territories = dashboard.country().territories();
    let areas = territories.tier_2_areas().map(|area| (area.to_string(), telling.area(Some(area)))).collect();
    let categories = dashboard.country().taxonomy().categories().iter();
    let categories = categories.map(|one| (one.code.to_string(), telling.category(one.code.as_str()))).collect();
    let orders = [("urgency", "dashboard-sort-urgent"), ("newest", "dashboard-sort-newest")];
    let order = |(value, key): (&str, &str)| Choice {
        value: value.into(),
        text: telling.say(key),
        chosen: wanted.sort == value,
    };
    vec![
        list("stage", "dashboard-stage", &wanted.stage, stages),
        list("clock", "dashboard-clock", &wanted.clock, clocks),
        list("area", "dashboard-area", &wanted.area, areas),
        list("category", "dashboard-category", &wanted.category, categories),
        pages::Filter { name: "sort", label: "dashboard-sort", options: orders.map(order).into() },
    ]
}
