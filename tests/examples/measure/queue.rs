//! A page of an institution's queue among 10,000 and among 100,000 reports.

use std::sync::Arc;
use std::time::{Duration, Instant};

use house_tests::{Connection, Database, Field, Table, today};
use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};
use report::{Country, InstitutionCode, Sha256, Sources};
use routing::Registry;
use store::{Cursor, Filter, Rules, Sort, Store};

use crate::deployment::{Deployment, databases, url};
use crate::measured::{Measured, median};
use crate::{clients, made_up, plain};

/// Reports on the desk, fewer and more.
const SIZES: [usize; 2] = [10_000, 100_000];
/// Rows of a page.
const PAGE: u16 = 50;
/// Each page is read so often; the middle time counts.
const TIMES: usize = 41;
/// Real filings that the others are copies of.
const FILED: usize = 24;
/// What a page of the queue is made from.
const READ: [&str; 3] = ["reports", "report_categories", "desk"];

const YARDSTICK: &str = "the same page among 10,000 reports";

/// Measures every page on every database there is.
pub fn measure() -> Vec<Measured> {
    let deployment = Deployment::make();
    let requests = made_up::envelopes(&deployment.device(), FILED).iter().map(|one| clients::request(one)).collect();
    let requests = Arc::new(requests);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let both = databases().into_iter().filter_map(|database| Some([database()?, database()?]));
    let measured = both.flat_map(|both| {
        let urls = [("few.sqlite", 0), ("many.sqlite", 1)].map(|(file, which)| {
            clients::send(&deployment.serve(&both[which], file).public, &requests, 1);
            url(&both[which], &deployment.file(file))
        });
        let measured = runtime.block_on(pages(&both[0], &urls));
        both.iter().for_each(Database::forget);
        measured
    });
    measured.collect()
}

async fn pages(database: &Database, urls: &[String; 2]) -> Vec<Measured> {
    let mut stores = Vec::new();
    for (url, size) in urls.iter().zip(SIZES) {
        let mut connection = Connection::open(url).await;
        let mut tables = connection.tables().await;
        tables.retain(|table| READ.contains(&table.name.as_str()));
        let store = plain::fresh(url).await;
        store.adopt(rules(), today()).await.unwrap();
        fill(&mut connection, &tables, size - FILED).await;
        stores.push(store);
    }
    let name = if matches!(database, Database::Sqlite) { "SQLite" } else { "PostgreSQL" };
    let mut measured = Vec::new();
    for (case, (filter, sort)) in cases() {
        let after = (case == "from the middle on").then(middle);
        let [few, many] = times(&stores, (&filter, sort), after.as_ref()).await;
        measured.push(Measured {
            bench: "queue",
            case: format!("{name}, {PAGE} of 100,000, {case}"),
            ours: many,
            unit: "ms",
            yardstick: YARDSTICK,
            yardstick_value: few,
        });
    }
    measured
}

/// The pages: which reports in which order.
fn cases() -> [(&'static str, (Filter, Sort)); 5] {
    let area = Filter { area: Some("BA-BIH-03".parse().unwrap()), ..Filter::default() };
    let category = Filter { category: Some("FORC".parse().unwrap()), ..Filter::default() };
    [
        ("most urgent first", (Filter::default(), Sort::Urgency)),
        ("from the middle on", (Filter::default(), Sort::Urgency)),
        ("newest first", (Filter::default(), Sort::Newest)),
        ("of one area", (area, Sort::Urgency)),
        ("of one category", (category, Sort::Urgency)),
    ]
}

/// A place in the middle of what `Copy` makes up.
fn middle() -> Cursor {
    format!("2.{}.{}", HOURS.start + 2500, "8".repeat(32)).parse().unwrap()
}

/// The middle time of a page among fewer and among more, in milliseconds. They are read in turn, so that whatever else the
/// machine does slows both alike.
async fn times(stores: &[Store], (filter, sort): (&Filter, Sort), after: Option<&Cursor>) -> [f64; 2] {
    let institution: InstitutionCode = "NGO-VP".parse().unwrap();
    let mut times: [Vec<Duration>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..TIMES {
        for (store, times) in stores.iter().zip(&mut times) {
            let begun = Instant::now();
            let page = store.snapshot().await.unwrap().queue(&institution, (filter, sort), after, PAGE).await.unwrap();
            times.push(begun.elapsed());
            assert_eq!(page.rows.len(), usize::from(PAGE), "the page is full");
        }
    }
    times.map(median)
}

/// Adds copies of what was filed, each under an id of its own, with its own clock, hour and day.
async fn fill(connection: &mut Connection, tables: &[Table], count: usize) {
    let mut rng = StdRng::seed_from_u64(count as u64);
    let mut left = count;
    while left > 0 {
        let some = left.min(500);
        let copies: Vec<Copy> = (0..some).map(|_| Copy::draw(&mut rng)).collect();
        connection.begin().await;
        for table in tables {
            let rows: Vec<Vec<Field>> = copies.iter().flat_map(|copy| copy.of(table)).collect();
            connection.run(&table.insert(rows.len()), rows.iter().flatten()).await;
        }
        connection.commit().await;
        left -= some;
    }
    // What a database that grew over years has done by itself: without it the planner knows an empty table.
    connection.run("ANALYZE", std::iter::empty()).await;
}

/// Hours in which clocks of copies end.
const HOURS: std::ops::Range<i32> = 490_000..495_000;

/// What is its own in a copy.
struct Copy {
    of: usize,
    report: [u8; 16],
    lookup: [u8; 32],
    clock: i32,
    due: i32,
    day: i32,
}

impl Copy {
    fn draw(rng: &mut StdRng) -> Self {
        let (mut report, mut lookup) = ([0; 16], [0; 32]);
        rng.fill_bytes(&mut report);
        rng.fill_bytes(&mut lookup);
        let (of, clock) = (rng.gen_range(0..FILED), rng.gen_range(0..5));
        Self { of, report, lookup, clock, due: rng.gen_range(HOURS), day: rng.gen_range(20_000..20_700) }
    }

    /// The rows of the original in this table, made this copy's.
    fn of(&self, table: &Table) -> Vec<Vec<Field>> {
        let reports = table.place("report").unwrap();
        let mut ids: Vec<&[u8]> = table.rows.iter().filter_map(|row| plain::bytes(row.get(reports)?)).collect();
        ids.sort_unstable();
        ids.dedup();
        let original = ids.get(self.of).copied();
        let same = |row: &&Vec<Field>| row.get(reports).and_then(plain::bytes) == original;
        table.rows.iter().filter(same).map(|row| self.rewrite(table, row)).collect()
    }

    fn rewrite(&self, table: &Table, row: &[Field]) -> Vec<Field> {
        let number = |old: &Field, new: i32| match old {
            Field::Number(_) => Field::Number(Some(new)),
            _ => Field::Big(Some(new.into())),
        };
        let rewritten = table.columns.iter().zip(row).map(|(column, old)| match column.as_str() {
            "report" => Field::Bytes(Some(self.report.to_vec())),
            "lookup" => Field::Bytes(Some(self.lookup.to_vec())),
            "clock" => number(old, self.clock),
            "due_hour" => number(old, self.due),
            "filed_day" => number(old, self.day),
            _ => old.clone(),
        });
        rewritten.collect()
    }
}

/// The rules in force, of the country built in.
fn rules() -> Rules {
    let sources = Sources::embedded();
    let country = Country::read(&sources).unwrap();
    let registry = Registry::read(&sources, &country).unwrap();
    Rules::new(Arc::new(registry), Arc::new(country), Sha256::new([0; 32]))
}
