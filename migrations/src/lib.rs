#![doc = include_str!("../README.md")]

mod m01_reports;
mod m02_parts;
mod m03_desk;
mod m04_counting;
mod m05_institutions;
mod m06_ledger;
mod m07_links;
mod m08_findings;
mod m09_undo;
mod m10_rules_again;
mod m13_taken_mails;
mod m14_reminders;
mod sheet;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// All steps, oldest first.
#[derive(Debug)]
pub struct Migrations;

#[async_trait::async_trait]
impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m01_reports::Step),
            Box::new(m02_parts::Step),
            Box::new(m03_desk::Step),
            Box::new(m04_counting::Step),
            Box::new(m05_institutions::Step),
            Box::new(m06_ledger::Step),
            Box::new(m07_links::Step),
            Box::new(m08_findings::Step),
            Box::new(m09_undo::Step),
            Box::new(m10_rules_again::Step),
            Box::new(m13_taken_mails::Step),
            Box::new(m14_reminders::Step),
        ]
    }
}
