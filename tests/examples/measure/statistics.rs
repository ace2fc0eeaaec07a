//! All tables of the plan for a year, among 10,000 and 100,000 incidents.

use std::collections::HashMap;
use std::time::Duration;

use house_tests::today;
use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};
use report::{Country, ReportId, Sources};
use statistics::{
    Age, Columns, Counted, Direction, Period, Persons, Plan, Record, Referral, Refused, ReleaseKey, Rows, Run, Sex,
    release,
};

use crate::measured::{Measured, median, timed};

/// Incidents, fewer and more.
const SIZES: [usize; 2] = [10_000, 100_000];
/// Each is done so often; the middle time counts.
const TIMES: usize = 5;
const PERIODS: [&str; 7] = ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2024-H1", "2024-H2", "2024"];

/// Measures making columns of rows, and counting, rounding and judging every table of the plan for a whole year.
pub fn measure() -> Vec<Measured> {
    let sources = Sources::embedded();
    let plan = Plan::read(&sources, &Country::read(&sources).unwrap()).unwrap();
    let mut measured = Vec::new();
    let mut fewer = 0.0;
    for size in SIZES {
        let rows = made_up(size);
        let ours: Vec<Duration> = (0..TIMES).map(|_| timed(|| publish(&plan, &rows)).1).collect();
        let yard: Vec<Duration> = (0..TIMES).map(|_| timed(|| count(&rows)).1).collect();
        let (ours, yard) = (median(ours), median(yard));
        let line = |case: String, yardstick, yardstick_value| Measured {
            bench: "statistics",
            case,
            ours,
            unit: "ms",
            yardstick,
            yardstick_value,
        };
        let tables = plan.tables().len();
        let case = format!("{tables} tables of a year, {size} incidents");
        measured.push(line(case.clone(), "one pass over the same rows that counts the same cells", yard));
        if size == SIZES[0] {
            fewer = ours;
        } else {
            measured.push(line(case, "ten times what 10,000 incidents take", fewer * 10.0));
        }
    }
    measured
}

/// Everything the plan publishes for 2024, one table after the other; what the gate stops for one period goes out for a longer one.
fn publish(plan: &Plan, rows: &Rows) -> Vec<Record> {
    let (columns, key) = (Columns::of(plan, rows), ReleaseKey::new([7; 32]));
    let mut records: Vec<Record> = Vec::new();
    for table in plan.tables() {
        for period in PERIODS.map(|text| text.parse::<Period>().unwrap()) {
            if period.grain() != table.period {
                continue;
            }
            let try_it = |period| {
                release(&Run { plan, columns: &columns, key: &key, previous: &records }, &table.code, period, today())
            };
            let made = match try_it(period) {
                Err(Refused::Unsafe { show_as: Some(longer), .. }) => try_it(longer),
                made => made,
            };
            records.extend(made);
        }
    }
    assert!(!records.is_empty(), "something can be published");
    records
}

/// The yardstick: the cells of the same tables, counted in one pass, with nothing rounded, hidden or judged.
fn count(rows: &Rows) -> usize {
    let mut cells: HashMap<(u8, &str, &str), u32> = HashMap::new();
    let mut add = |table, row, column, count| *cells.entry((table, row, column)).or_insert(0) += count;
    for row in &rows.reports {
        let first = |codes: &'static [&str]| codes.first().copied().unwrap_or("unknown");
        let perpetrator = row.perpetrators.first().map_or(first(&[]), |code| code.as_str());
        for category in &row.categories {
            add(0, category.as_str(), "", 1);
            add(2, category.as_str(), perpetrator, 1);
        }
        add(1, row.area.as_ref().map_or("unknown", |area| area.as_str()), "", 1);
        for people in &row.persons {
            add(3, SEXES[people.sex as usize], AGES[people.age as usize], people.count.min(10));
        }
        for ground in &row.grounds {
            add(4, ground.as_str(), "", 1);
        }
        add(6, row.segment.as_ref().map_or("unknown", |code| code.as_str()), DIRECTIONS[row.direction as usize], 1);
    }
    for row in &rows.referrals {
        add(5, row.recipient_kind.as_str(), if row.answered.is_some() { "yes" } else { "no" }, 1);
    }
    cells.len()
}

const SEXES: [&str; 4] = ["female", "male", "other", "unknown"];
const AGES: [&str; 3] = ["child", "adult", "unknown"];
const DIRECTIONS: [&str; 3] = ["in", "out", "unknown"];

/// So many made-up incidents of 2024, skewed like real ones, and a referral of every second.
fn made_up(incidents: usize) -> Rows {
    let mut rng = StdRng::seed_from_u64(incidents as u64);
    let reports = (0..incidents).map(|_| told(&mut rng)).collect();
    let referrals = (0..incidents / 2).map(|_| referral(&mut rng)).collect();
    Rows { reports, referrals }
}

fn told(rng: &mut StdRng) -> Counted {
    let categories = ["PUSH", "FORC", "PROP", "ASY", "TORT", "LIB", "HATE", "LIFE", "SEXV", "CARE", "CHLD"];
    let areas = ["BA-BIH-01-BIHAC", "BA-BIH-01", "BA-SRP-PD", "BA-BIH-03", "BA-BIH-09", "BA-SRP-BN", "HR", "UNKNOWN"];
    let segments = ["SEG-HR-UNASANA", "SEG-HR-UNASAVA", "SEG-RS-DRINAN", "SEG-HR-NERETVA", "SEG-ME-SOUTH"];
    let (category, other) = (skewed(rng, &categories), skewed(rng, &categories));
    Counted {
        incident: id(rng),
        source: format!("NGO-{}", rng.gen_range(0..7)),
        period: format!("2024-W{:02}", rng.gen_range(1..=52)).parse().ok(),
        area: skewed(rng, &areas).parse().ok(),
        categories: [category, other].iter().map(|code| code.parse().unwrap()).collect(),
        perpetrators: vec![skewed(rng, &["P-HRPOL", "P-BP", "P-UNK", "P-SMUG", "P-EUBCG"]).parse().unwrap()],
        segment: skewed(rng, &segments).parse().ok(),
        direction: *pick(rng, &[Direction::In, Direction::In, Direction::Out, Direction::Unknown]),
        persons: vec![Persons {
            sex: *pick(rng, &[Sex::Male, Sex::Male, Sex::Female, Sex::Unknown]),
            age: *pick(rng, &[Age::Adult, Age::Adult, Age::Child, Age::Unknown]),
            count: rng.gen_range(1..15),
        }],
        grounds: vec![skewed(rng, &["ID-NAT", "ID-UNK", "ID-RACE", "ID-REL", "ID-GENDER"]).parse().unwrap()],
        consent: *pick(rng, &[Some(true), Some(true), None]),
        protected: false,
    }
}

fn referral(rng: &mut StdRng) -> Referral {
    Referral {
        referral: id(rng),
        source: format!("NGO-{}", rng.gen_range(0..5)),
        recipient_kind: skewed(rng, &["K-OVER", "K-SERV", "K-PROS", "K-LEGAL"]).parse().unwrap(),
        referred: "2024-01-01".parse::<report::Day>().unwrap().plus(rng.gen_range(0..366)),
        answered: (rng.gen_range(0..3) > 0).then(|| rng.gen_range(0..90)),
    }
}

fn id(rng: &mut StdRng) -> ReportId {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    ReportId::new(bytes)
}

fn pick<'a, T>(rng: &mut StdRng, choices: &'a [T]) -> &'a T {
    &choices[rng.gen_range(0..choices.len())]
}

/// One of the choices; each is about half as frequent as the one before.
fn skewed<'a>(rng: &mut StdRng, choices: &[&'a str]) -> &'a str {
    choices[(rng.next_u64().trailing_zeros() as usize).min(choices.len() - 1)]
}
