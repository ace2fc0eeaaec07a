//! A receipt shown is a report kept: once, whole, or not at all.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::future::join_all;

use super::*;
use crate::{Error, Filed};

both_databases! {
    async fn fifty_identical_filings_at_once_are_one_report(house: &House) {
        let filing = Reporter::new().files();
        let outcomes = join_all((0..50).map(|_| house.store.file(filing.clone()))).await;
        let kept: Vec<_> = outcomes.iter().map(|outcome| *outcome.as_ref().unwrap().kept().unwrap()).collect();
        assert!(kept.iter().all(|one| *one == kept[0]));
        let news = outcomes.iter().filter(|outcome| matches!(outcome, Ok(Filed::Kept(_)))).count();
        assert_eq!((news, house.count("reports").await, house.count("ledger").await), (1, 1, 1));
    }

    async fn the_same_again_gets_the_same_answer_and_other_bytes_a_conflict(house: &House) {
        let reporter = Reporter::new();
        let filing = reporter.files();
        let Filed::Kept(kept) = house.store.file(filing.clone()).await.unwrap() else { panic!("not kept") };
        let mut later = filing.clone();
        later.now = days_later(3);
        assert_eq!(house.store.file(later).await.unwrap(), Filed::Already(kept));
        assert_eq!(kept.day(), today());
        let other = Reporter { report: reporter.report, ..Reporter::new() }.files();
        assert_eq!(house.store.file(other).await.unwrap(), Filed::Conflict);
    }

    async fn a_destroyed_report_does_not_come_back(house: &House) {
        let reporter = Reporter::new();
        let filing = reporter.files();
        house.store.file(filing.clone()).await.unwrap();
        house.store.shred(reporter.report, today()).await.unwrap();
        assert_eq!(house.store.file(filing).await.unwrap(), Filed::Gone);
        for table in ["reports", "report_keys", "grants", "parts", "small_parts", "statements", "desk", "clocks", "consents"] {
            assert_eq!(house.count(table).await, 0, "{table}");
        }
        assert_eq!(house.count("ledger WHERE event IS NOT NULL AND report IS NOT NULL").await, 0);
        assert_eq!(house.count("ledger").await, 2);
    }

    async fn one_faulty_filing_never_fails_the_others_of_its_batch(house: &House) {
        let first = Reporter::new();
        // The same digits under another id: a true fault, found only by the database.
        let thief = Reporter { lookup: first.lookup, ..Reporter::new() };
        let mut filings = vec![first.files(), thief.files()];
        filings.extend((0..20).map(|_| Reporter::new().files()));
        let outcomes = join_all(filings.into_iter().map(|filing| house.store.file(filing))).await;
        let kept = outcomes.iter().filter(|outcome| matches!(outcome, Ok(Filed::Kept(_)))).count();
        assert_eq!(kept, 21);
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == Err(Error::Taken)).count(), 1);
        assert_eq!(house.count("reports").await, 21);
    }

    async fn sixty_four_clients_get_dense_lines_and_a_log_that_verifies(house: &House) {
        let clients = (0..64).map(|_| async {
            let mut lines = Vec::new();
            for _ in 0..3 {
                lines.push(house.store.file(Reporter::new().files()).await.unwrap().kept().unwrap().ledger());
            }
            lines
        });
        let lines: BTreeSet<u64> = join_all(clients).await.into_iter().flatten().collect();
        assert_eq!(lines, (0..192).collect());
        let lines = house.store.snapshot().await.unwrap().ledger(Some(&code(LEAD))).await.unwrap();
        assert!(lines.iter().all(|line| line.opening.is_some()));
        let others = house.store.snapshot().await.unwrap().ledger(Some(&code(OMBUDSMAN))).await.unwrap();
        assert!(others.iter().all(|line| line.opening.is_none()));
        assert_eq!((lines.len(), others.len()), (192, 192));
    }

    async fn whoever_stops_waiting_neither_loses_a_report_nor_stops_the_writer(house: &House) {
        let filings: Vec<Filing> = (0..30).map(|_| Reporter::new().files()).collect();
        for (filing, wait) in filings.iter().zip(0..) {
            let _ = tokio::time::timeout(Duration::from_micros(wait * 200), house.store.file(filing.clone())).await;
        }
        for filing in filings {
            assert!(house.store.file(filing).await.unwrap().kept().is_some());
        }
        assert_eq!(house.count("reports").await, 30);
        assert_eq!(house.count("small_parts").await, 60);
    }

    async fn what_is_shut_out_gets_nothing_even_when_no_one_checked_before(house: &House) {
        let reporter = Reporter::new();
        let filing = reporter.files_with(facets(ACCUSED_POLICE, KEEP), &[POLICE, "BA-SFA", OMBUDSMAN]);
        house.store.file(filing).await.unwrap();
        for shut_out in [POLICE, "BA-SFA"] {
            assert_eq!(house.count(&format!("grants WHERE recipient = '{shut_out}' AND state = 'withheld' AND wrapped IS NULL")).await, 2);
            assert_eq!(house.count(&format!("desk WHERE institution = '{shut_out}'")).await, 0);
            assert_eq!(house.count(&format!("outbox WHERE institution = '{shut_out}'")).await, 0);
        }
        assert_eq!(house.count("desk WHERE institution = 'BA-OMB'").await, 1);
    }

    async fn nothing_is_filed_under_a_registry_that_is_not_in_force(house: &House) {
        let other = Store::open(house.settings.clone()).await.unwrap();
        assert_eq!(other.file(Reporter::new().files()).await, Err(Error::Outdated));
        let newer = Rules::new(LAND.1.clone(), LAND.0.clone(), Sha256::new([2; 32]));
        other.adopt(newer, today()).await.unwrap();
        assert_eq!(house.store.file(Reporter::new().files()).await, Err(Error::Outdated));
        assert!(other.file(Reporter::new().files()).await.unwrap().kept().is_some());
    }

    async fn too_much_at_once_is_refused_before_memory_grows(house: &House) {
        let settings = Settings { waiting: 4, waiting_bytes: 20_000, ..house.settings.clone() };
        let narrow = Store::open(settings).await.unwrap();
        narrow.adopt(rules(), today()).await.unwrap();
        let outcomes = join_all((0..60).map(|_| narrow.file(Reporter::new().files()))).await;
        let kept = i64::try_from(outcomes.iter().filter(|outcome| outcome.is_ok()).count()).unwrap();
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(Filed::Kept(_)) | Err(Error::Busy))));
        assert!(kept > 0 && kept < 60);
        assert_eq!(house.count("reports").await, kept);
    }
}

#[tokio::test]
async fn the_database_is_made_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::on_sqlite().await;
    house.store.file(Reporter::new().files()).await.unwrap();
    let folder = std::fs::read_dir(house.settings.blobs.parent().unwrap()).unwrap();
    let files: Vec<_> = folder.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    assert!(files.len() > 1, "the database and its log");
    for file in files {
        let mode = std::fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", file.display());
    }
}

#[tokio::test]
async fn after_destruction_neither_database_nor_log_hold_the_bytes() {
    let house = House::on_sqlite().await;
    let reporter = Reporter::new();
    let filing = reporter.files();
    house.store.file(filing.clone()).await.unwrap();
    let folder = house.settings.blobs.parent().unwrap().to_owned();
    let lies_there = |needle: &[u8]| {
        let files =
            std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
        files
            .map(|path| std::fs::read(path).unwrap())
            .any(|bytes| bytes.windows(needle.len()).any(|some| some == needle))
    };
    let sealed = match &filing.stated.parts[0].carried {
        Carried::Here(sealed) => sealed.to_vec(),
        _ => Vec::new(),
    };
    assert!(lies_there(reporter.report.as_bytes()) && lies_there(&sealed), "the search finds nothing at all");
    house.store.state(reporter.adds(&filing, Act::Withdraw, Brings::default()), now()).await.unwrap();
    assert_eq!(house.store.advance(days_later(7)).await.unwrap().shredded, 1);
    assert!(!lies_there(reporter.report.as_bytes()));
    assert!(!lies_there(&sealed));
}
