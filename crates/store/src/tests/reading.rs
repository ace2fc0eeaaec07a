//! Pages, threads, and what a grant opens.

use super::*;
use crate::{Cursor, Filter, Sort};

async fn all_pages(house: &House, filter: &Filter, sort: Sort) -> Vec<ReportId> {
    let mut found = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let snapshot = house.store.snapshot().await.unwrap();
        let page = snapshot.queue(&code(LEAD), (filter, sort), after.as_ref(), 7).await.unwrap();
        found.extend(page.rows.iter().map(|row| row.report));
        match page.next {
            Some(next) => after = Some(next.to_string().parse().unwrap()),
            None => return found,
        }
    }
}

both_databases! {
    async fn pages_show_every_report_once_and_in_order(house: &House) {
        let mut due = Vec::new();
        for number in 0..30 {
            let reporter = Reporter::new();
            let mut filing = reporter.files();
            filing.due = Some(now().plus_minutes(60 * (100 - number % 10)));
            filing.now = days_later(number % 3);
            due.push((filing.due.unwrap().hour(), reporter.report));
            house.store.file(filing).await.unwrap();
        }
        due.sort();
        let expected: Vec<ReportId> = due.into_iter().map(|(_, report)| report).collect();
        assert_eq!(all_pages(house, &Filter::default(), Sort::Urgency).await, expected);
        let mut newest = all_pages(house, &Filter::default(), Sort::Newest).await;
        assert_eq!(newest.len(), 30);
        newest.sort();
        newest.dedup();
        assert_eq!(newest.len(), 30);
    }

    async fn a_filter_shows_only_what_it_names(house: &House) {
        house.store.file(Reporter::new().files()).await.unwrap();
        let count = |filter: Filter| async move { all_pages(house, &filter, Sort::Urgency).await.len() };
        let category = |text: &str| Filter { category: Some(text.parse().unwrap()), ..Filter::default() };
        assert_eq!((count(category("FORC")).await, count(category("PUSH")).await), (1, 0));
        let in_area = |text: &str| Filter { area: Some(area(text)), ..Filter::default() };
        assert_eq!((count(in_area("BA-BIH")).await, count(in_area("BA-BIH-01")).await, count(in_area("BA-SRP")).await), (1, 1, 0));
        let in_stage = |stage| Filter { stage: Some(stage), ..Filter::default() };
        assert_eq!((count(in_stage(report::Stage::Filed)).await, count(in_stage(report::Stage::Closed)).await), (1, 0));
    }

    async fn a_grant_comes_back_as_it_was_given(house: &House) {
        let reporter = Reporter::new();
        let filing = reporter.files();
        house.store.file(filing.clone()).await.unwrap();
        let thread = house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await.unwrap().unwrap();
        for part in &thread.parts {
            let sent = filing.stated.grants.iter().find(|grant| grant.line.part == part.name && grant.line.to == Reader::Receipt);
            assert_eq!(part.grants[0].sealed, sent.unwrap().sealed.as_ref().unwrap().to_vec());
        }
        assert_eq!(thread.statements[0].sha256, filing.stated.hash());
        house.tamper("UPDATE grants SET recipient = 'BA-OMB' WHERE recipient = 'NGO-VP'").await;
        let moved = house.store.snapshot().await.unwrap().case(reporter.report, &code(OMBUDSMAN)).await;
        assert!(matches!(moved, Err(crate::Error::Corrupt { table: "grants" })), "a grant opened where it was not given");
    }

    async fn a_row_that_does_not_read_says_only_where(house: &House) {
        let reporter = Reporter::new();
        house.store.file(reporter.files()).await.unwrap();
        house.tamper("UPDATE reports SET stage = 'elsewhere'").await;
        let read = house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await;
        assert!(matches!(read, Err(crate::Error::Corrupt { table: "reports" })));
    }

    async fn what_a_new_statement_is_held_against_is_what_is_kept(house: &House) {
        let reporter = Reporter::new();
        let filing = reporter.files();
        house.store.file(filing.clone()).await.unwrap();
        let snapshot = house.store.snapshot().await.unwrap();
        let signer = filing.stated.body().signer;
        let known = snapshot.known(reporter.report, &signer).await.unwrap().unwrap();
        assert_eq!((known.first, known.sequence, known.parts.len()), (filing.stated.hash(), 1, 2));
        assert!(snapshot.known(ReportId::new([9; 16]), &signer).await.unwrap().is_none());
    }
}
