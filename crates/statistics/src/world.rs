//! A made-up world for the tests: skewed like the real one, the same for the same seed.

use report::taxonomy::Taxonomy;
use report::territories::Territories;
use report::{Day, ReportId, Sources};

use crate::lists::Lists;
use crate::plan_file;

use crate::{
    Age, Columns, Counted, Direction, Period, Persons, Plan, Record, Referral, Refused, ReleaseKey, Rows, Run, Sex,
    release,
};

/// A small generator of its own (splitmix64), so that no test depends on another crate's stream.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.next() % u64::from(end)).expect("below the end")
    }

    /// One of the choices; each is about half as frequent as the one before.
    fn skewed<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        let index = (self.next().trailing_zeros() as usize).min(choices.len() - 1);
        choices[index]
    }
}

/// Today, in all tests.
pub(crate) fn today() -> Day {
    "2026-11-02".parse().expect("a day")
}

/// The key of all tests.
pub(crate) fn key() -> ReleaseKey {
    ReleaseKey::new([11; 32])
}

/// The plan of the shipped configuration.
pub(crate) fn plan() -> Plan {
    let sources = Sources::embedded();
    plan_file::read(&sources, &lists(&sources)).expect("the shipped plan reads")
}

/// The lists of the shipped configuration.
pub(crate) fn lists(sources: &Sources) -> Lists {
    let taxonomy = Taxonomy::read(sources).expect("the shipped taxonomy reads");
    Lists::of(&taxonomy, &Territories::read(sources).expect("the shipped territories read"))
}

pub(crate) fn period(text: &str) -> Period {
    text.parse().expect("a period")
}

/// An id from a number.
pub(crate) fn id(number: u64) -> ReportId {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&Chance::new(number).next().to_be_bytes());
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    ReportId::new(bytes)
}

/// One report of an event in a week of 2024.
pub(crate) fn report(number: u64, week: u32, category: &str) -> Counted {
    Counted {
        incident: id(number),
        source: format!("NGO-{}", number % 4),
        period: Some(format!("2024-W{week:02}").parse().expect("a week")),
        area: Some("BA-BIH-01".parse().expect("an area")),
        categories: vec![category.parse().expect("a code")],
        perpetrators: vec!["P-HRPOL".parse().expect("a code")],
        segment: Some("SEG-HR-UNASANA".parse().expect("a code")),
        direction: Direction::In,
        persons: vec![Persons { sex: Sex::Male, age: Age::Adult, count: 3 }],
        grounds: vec!["ID-NAT".parse().expect("a code")],
        consent: Some(true),
        protected: false,
    }
}

/// So many incidents of 2024, and a referral of every second.
pub(crate) fn world(incidents: usize, seed: u64) -> Rows {
    let mut chance = Chance::new(seed);
    let reports = (0..incidents).map(|number| told(number as u64, &mut chance)).collect();
    let referrals = (0..incidents as u64 / 2).map(|number| referral(number, &mut chance)).collect();
    Rows { reports, referrals }
}

fn told(number: u64, chance: &mut Chance) -> Counted {
    let mut report = report(number, 1 + chance.below(52), "PUSH");
    let categories = ["PUSH", "FORC", "PROP", "ASY", "TORT", "LIB", "HATE", "LIFE", "SEXV", "CARE", "CHLD"];
    report.categories.push(chance.skewed(&categories).parse().expect("a code"));
    if chance.below(3) == 0 {
        report.categories.remove(0);
    }
    let areas = [
        "BA-BIH-01-BIHAC",
        "BA-BIH-01",
        "BA-SRP-PD",
        "BA-BIH-03",
        "BA-BIH-09",
        "BA-SRP-BN",
        "BA-BIH-10",
        "HR",
        "UNKNOWN",
    ];
    report.area = Some(chance.skewed(&areas).parse().expect("an area"));
    report.source = format!("NGO-{}", chance.below(7));
    report.perpetrators =
        vec![chance.skewed(&["P-HRPOL", "P-BP", "P-UNK", "P-SMUG", "P-EUBCG"]).parse().expect("a code")];
    let segments = ["SEG-HR-UNASANA", "SEG-HR-UNASAVA", "SEG-RS-DRINAN", "SEG-HR-NERETVA", "SEG-ME-SOUTH"];
    report.segment = Some(chance.skewed(&segments).parse().expect("a code"));
    report.direction =
        [Direction::In, Direction::In, Direction::In, Direction::Out, Direction::Unknown][chance.below(5) as usize];
    report.grounds =
        vec![chance.skewed(&["ID-NAT", "ID-UNK", "ID-RACE", "ID-REL", "ID-GENDER"]).parse().expect("a code")];
    let sex = [Sex::Male, Sex::Male, Sex::Male, Sex::Female, Sex::Unknown][chance.below(5) as usize];
    let age = [Age::Adult, Age::Adult, Age::Child, Age::Unknown][chance.below(4) as usize];
    report.persons = vec![Persons { sex, age, count: 1 + chance.below(14) }];
    report.consent = [Some(true), None][chance.below(2) as usize];
    report
}

fn referral(number: u64, chance: &mut Chance) -> Referral {
    Referral {
        referral: id(1_000_000 + number),
        source: format!("NGO-{}", chance.below(5)),
        recipient_kind: chance.skewed(&["K-OVER", "K-SERV", "K-PROS", "K-LEGAL"]).parse().expect("a code"),
        referred: "2024-01-01"
            .parse::<Day>()
            .expect("a day")
            .plus(i32::try_from(chance.below(366)).expect("a day of the year")),
        answered: (chance.below(3) > 0).then(|| chance.below(90)),
    }
}

/// All periods of 2024 of every table of the plan.
pub(crate) fn year(plan: &Plan) -> Vec<(String, Period)> {
    let periods = ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2024-H1", "2024-H2", "2024"].map(period);
    let of = |table: &crate::Table| {
        let (code, grain) = (table.code.clone(), table.period);
        periods.into_iter().filter(move |period| period.grain() == grain).map(move |period| (code.clone(), period))
    };
    plan.tables().iter().flat_map(of).collect()
}

/// Publishes the whole plan for 2024, one table after the other, as a person would: what the gate stops goes out for the
/// longer period it offers, or not at all.
pub(crate) fn publish_year(plan: &Plan, rows: &Rows, key: &ReleaseKey) -> Vec<Record> {
    let columns = Columns::of(plan, rows);
    let mut records: Vec<Record> = Vec::new();
    for (table, period) in year(plan) {
        let publish = |period, records: &[Record]| {
            release(&Run { plan, columns: &columns, key, previous: records }, &table, period, today())
        };
        let record = match publish(period, &records) {
            Err(Refused::Unsafe { show_as: Some(longer), .. }) => publish(longer, &records),
            outcome => outcome,
        };
        match record {
            Ok(record) => records.push(record),
            Err(Refused::AlreadyPublished | Refused::Unsafe { .. }) => {}
            Err(refused) => panic!("{table} {period}: {refused}"),
        }
    }
    records
}
