//! The queue of an institution, page by page. Every page costs the same, however many reports there are.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use report::triage::{Clock, assess};
use report::{Area, Code, Day, Facets, InstitutionCode, ReportId, Stage};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::{Snapshot, clock, due, id, read, read_some};
use crate::error::Error;
use crate::moment::Moment;
use crate::rows::{clock_number, rank};
use crate::tables::{desk, referrals, report_categories, reports};

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// What is due today first, a child alone before all of it; then the shortest clock, then what is due first.
    #[default]
    Urgency,
    /// The youngest filing first.
    Newest,
}

/// Which reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In this stage; without it, all that are open.
    pub stage: Option<Stage>,
    /// Under this clock.
    pub clock: Option<Clock>,
    /// In this area or below it.
    pub area: Option<Area>,
    /// Of this category.
    pub category: Option<Code>,
}

/// Where a page ended: the place of its last row in the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    places: [i32; 2],
    report: ReportId,
}

impl fmt::Display for Cursor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = self.places;
        write!(out, "{first}.{second}.{}", self.report)
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut fields = text.splitn(3, '.');
        let mut number = || fields.next().and_then(|field| field.parse().ok()).ok_or(Error::Missing);
        let places = [number()?, number()?];
        let report = fields.next().and_then(|field| field.parse().ok()).ok_or(Error::Missing)?;
        Ok(Self { places, report })
    }
}

/// A report as the queue shows it.
#[derive(Clone)]
pub struct QueueRow {
    /// Its id.
    pub report: ReportId,
    /// Whether the institution was asked with a note alone, and is told nothing else.
    pub is_least: bool,
    /// Where it stands.
    pub stage: Stage,
    /// The UTC day of filing.
    pub filed: Day,
    /// Its protective clock.
    pub clock: Clock,
    /// When that ends, while it runs.
    pub due: Option<Moment>,
    /// From 1 to 5.
    pub severity: u8,
    /// Its facets.
    pub facets: Facets,
    /// The institution that answers for it.
    pub lead: Option<InstitutionCode>,
    /// The one that takes over.
    pub alternate: Option<InstitutionCode>,
    /// The earliest day on which an answer is due that is still waited for: ours, and for the lead everybody's.
    pub answer: Option<Day>,
}

/// A referral that nobody answered in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// About which report.
    pub report: ReportId,
    /// Who was asked.
    pub recipient: InstitutionCode,
    /// Until when an answer was due.
    pub due: Day,
}

/// A referral that rests on a vital interest and that no second member has confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unconfirmed {
    /// About which report.
    pub report: ReportId,
    /// Who was asked.
    pub recipient: InstitutionCode,
    /// Until when somebody must confirm it.
    pub until: Moment,
}

/// A page of the queue.
#[derive(Clone)]
pub struct QueuePage {
    /// Its rows.
    pub rows: Vec<QueueRow>,
    /// Where the next page begins; none on the last.
    pub next: Option<Cursor>,
}

impl Snapshot {
    /// What lies on an institution's desk: only reports of which it can read something now.
    pub async fn queue(
        &self,
        institution: &InstitutionCode,
        (filter, sort): (&Filter, Sort),
        after: Option<&Cursor>,
        most: u16,
    ) -> Result<QueuePage, Error> {
        let query =
            desk::Entity::find().filter(desk::Column::Institution.eq(institution.to_string())).filter(chosen(filter));
        let most = Ord::max(u64::from(most), 1);
        let mut found = ordered(query, sort, after).limit(most.saturating_add(1)).all(&self.tx).await?;
        let more = found.len() as u64 > most;
        found.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        let next = found.last().filter(|_| more).map(|row| cursor(row, sort)).transpose()?;
        Ok(QueuePage { rows: self.describe(institution, found).await?, next })
    }

    /// The referrals that this institution should have answered by today, or whose answer it waits for as the lead; the one
    /// that is over for longest first. Whoever was asked and reads the report no more cannot answer, and is not waited for.
    pub async fn overdue(&self, institution: &InstitutionCode, today: Day) -> Result<Vec<Overdue>, Error> {
        use referrals::{Column, Entity};
        let waiting = Entity::find()
            .filter(concerning(institution))
            .filter(Column::DueDay.lt(today.number()))
            .filter(Column::Report.in_subquery(open_on_desk(institution)))
            .order_by_asc(Column::DueDay)
            .order_by_asc(Column::Statement)
            .all(&self.tx)
            .await?;
        let one = |row: &referrals::Model| {
            let due = row.due_day.map(Day::new).ok_or(Error::Corrupt { table: "referrals" })?;
            let (report, recipient) = (id(&row.report, "referrals")?, read(&row.recipient, "referrals")?);
            Ok(Overdue { report, recipient, due })
        };
        waiting.iter().map(one).collect()
    }

    /// The referrals this institution made for a vital interest that still wait for a second member, the oldest first: those of
    /// reports that lie open on its desk. Of a report it lost it learns nothing, and what is closed nobody can confirm.
    pub async fn unconfirmed(&self, institution: &InstitutionCode) -> Result<Vec<Unconfirmed>, Error> {
        use referrals::{Column, Entity};
        let waiting = Entity::find()
            .filter(Column::Author.eq(institution.to_string()))
            .filter(Column::ConfirmHour.is_not_null())
            .filter(Column::Report.in_subquery(open_on_desk(institution)))
            .order_by_asc(Column::ConfirmHour)
            .all(&self.tx)
            .await?;
        let one = |row: &referrals::Model| {
            let until = due(row.confirm_hour).ok_or(Error::Corrupt { table: "referrals" })?;
            Ok(Unconfirmed {
                report: id(&row.report, "referrals")?,
                recipient: read(&row.recipient, "referrals")?,
                until,
            })
        };
        waiting.iter().map(one).collect()
    }

    async fn describe(&self, institution: &InstitutionCode, found: Vec<desk::Model>) -> Result<Vec<QueueRow>, Error> {
        let ids: Vec<Vec<u8>> = found.iter().map(|row| row.report.clone()).collect();
        let due = self.answers_due(institution, &ids).await?;
        let rows = reports::Entity::find().filter(reports::Column::Report.is_in(ids)).all(&self.tx).await?;
        let mut rows: HashMap<Vec<u8>, reports::Model> =
            rows.into_iter().map(|row| (row.report.clone(), row)).collect();
        let described = found.iter().filter_map(|desk| Some((desk.least, rows.remove(&desk.report)?)));
        let described = described.map(|(is_least, row)| {
            let answer = due.get(&row.report).copied();
            Ok(QueueRow { answer, ..self.queue_row(&row, is_least)? })
        });
        described.collect()
    }

    /// For each of these reports the earliest day on which an answer is due that concerns this institution.
    async fn answers_due(
        &self,
        institution: &InstitutionCode,
        reports: &[Vec<u8>],
    ) -> Result<HashMap<Vec<u8>, Day>, Error> {
        use referrals::{Column, Entity};
        let waiting: Vec<(Vec<u8>, i32)> = Entity::find()
            .select_only()
            .columns([Column::Report, Column::DueDay])
            .filter(concerning(institution))
            .filter(Column::DueDay.is_not_null())
            .filter(Column::Report.is_in(reports.iter().cloned()))
            .order_by_desc(Column::DueDay)
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(waiting.into_iter().map(|(report, day)| (report, Day::new(day))).collect())
    }

    fn queue_row(&self, row: &reports::Model, is_least: bool) -> Result<QueueRow, Error> {
        let rules = self.rules.as_ref().ok_or(Error::Outdated)?;
        let whole = self.facets(&row.facets)?;
        let facets = if is_least { whole.least(rules.country()) } else { whole };
        let severity = if is_least { assess(&facets, rules.country()).severity } else { severity(row)? };
        Ok(QueueRow {
            is_least,
            report: id(&row.report, "reports")?,
            stage: read(&row.stage, "reports")?,
            filed: Day::new(row.filed_day),
            clock: clock(row.clock)?,
            due: due(row.due_hour),
            severity,
            facets,
            lead: read_some(row.lead.as_ref(), "reports")?,
            alternate: read_some(row.alternate.as_ref(), "reports")?,
            answer: None,
        })
    }
}

/// Unanswered referrals to an institution, and of reports it leads, to whoever can still read them.
fn concerning(institution: &InstitutionCode) -> Condition {
    use referrals::{Column, Entity};
    // Asked of each referral by its report: a list of all reports one leads would be drawn up anew for every page.
    let led = Query::select()
        .expr(Expr::val(1))
        .from(reports::Entity)
        .and_where(Expr::col((reports::Entity, reports::Column::Report)).equals((Entity, Column::Report)))
        .and_where(Expr::col((reports::Entity, reports::Column::Lead)).eq(institution.to_string()))
        .to_owned();
    Condition::all()
        .add(Column::AnsweredDay.is_null())
        .add(Column::Recipient.eq(institution.to_string()).or(Expr::exists(led)))
        .add(Expr::exists(asked_reads()))
}

/// Of a referral the place of its report on the desk of whoever was asked.
pub(crate) fn asked_reads() -> SelectStatement {
    use referrals::{Column, Entity};
    Query::select()
        .expr(Expr::val(1))
        .from(desk::Entity)
        .and_where(Expr::col((desk::Entity, desk::Column::Report)).equals((Entity, Column::Report)))
        .and_where(Expr::col((desk::Entity, desk::Column::Institution)).equals((Entity, Column::Recipient)))
        .to_owned()
}

fn open_on_desk(institution: &InstitutionCode) -> SelectStatement {
    use desk::{Column, Entity};
    Query::select()
        .column(Column::Report)
        .from(Entity)
        .and_where(Column::Institution.eq(institution.to_string()))
        .and_where(Column::Open.eq(true))
        .to_owned()
}

fn severity(row: &reports::Model) -> Result<u8, Error> {
    u8::try_from(row.severity).map_err(|_| Error::Corrupt { table: "reports" })
}

fn chosen(filter: &Filter) -> Condition {
    use desk::Column;
    let mut chosen = match filter.stage {
        Some(stage) => Condition::all().add(Column::Open.eq(stage.is_open())).add(Column::Stage.eq(stage.as_str())),
        None => Condition::all().add(Column::Open.eq(true)),
    };
    if let Some(wanted) = filter.clock {
        let number = clock_number(wanted);
        chosen = chosen.add(Column::Rank.is_in([rank(number, true), rank(number, false)]));
    }
    if let Some(area) = &filter.area {
        chosen = chosen.add(Column::Area.eq(area.as_str()).or(Column::Area.starts_with(format!("{area}-"))));
    }
    if let Some(category) = &filter.category {
        // Who is not told the category must not learn it by asking for it.
        chosen = chosen.add(Expr::exists(of_category(category))).add(Column::Least.eq(false));
    }
    chosen
}

fn of_category(category: &Code) -> SelectStatement {
    use report_categories::{Column, Entity};
    Query::select()
        .expr(Expr::val(1))
        .from(Entity)
        .and_where(Expr::col((Entity, Column::Report)).equals((desk::Entity, desk::Column::Report)))
        .and_where(Expr::col((Entity, Column::Category)).eq(category.as_str()))
        .to_owned()
}

/// The order, and what comes after a place in it.
fn ordered(query: Select<desk::Entity>, sort: Sort, after: Option<&Cursor>) -> Select<desk::Entity> {
    use desk::Column;
    let place = |column: Column| Expr::col((desk::Entity, column));
    match sort {
        Sort::Urgency => {
            let columns = [Column::Rank, Column::DueHour, Column::Report];
            let query = columns.into_iter().fold(query, QueryOrder::order_by_asc);
            let Some(Cursor { places: [rank, due], report }) = after else { return query };
            let last = [Expr::val(*rank), Expr::val(*due), Expr::val(report.as_bytes().to_vec())];
            query.filter(Expr::tuple(columns.map(place)).gt(Expr::tuple(last)))
        }
        Sort::Newest => {
            let columns = [Column::FiledDay, Column::Report];
            let query = columns.into_iter().fold(query, QueryOrder::order_by_desc);
            let Some(Cursor { places: [filed, _], report }) = after else { return query };
            let last = [Expr::val(*filed), Expr::val(report.as_bytes().to_vec())];
            query.filter(Expr::tuple(columns.map(place)).lt(Expr::tuple(last)))
        }
    }
}

fn cursor(row: &desk::Model, sort: Sort) -> Result<Cursor, Error> {
    let places = match sort {
        Sort::Urgency => [row.rank, row.due_hour],
        Sort::Newest => [row.filed_day, 0],
    };
    Ok(Cursor { places, report: id(&row.report, "desk")? })
}
