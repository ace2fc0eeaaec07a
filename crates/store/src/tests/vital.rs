//! Protecting a person without their yes: one note, a second member, and nothing told beyond it. And who comes first in the queue.

use super::*;
use crate::{Error, Filed, Filter, Sort};

const GUARDIAN: &str = "CSW-BIHAC";

fn a_note_for_the_guardian() -> Brings {
    let detail =
        vec![("to", GUARDIAN.to_owned()), ("purpose", "C-GUARD".to_owned()), ("basis", "vital-interest".to_owned())];
    let grants = vec![("note/1", GUARDIAN, When::Now), ("note/1", LEAD, When::Now)];
    Brings { parts: vec![("note/1", drawn::<200>().to_vec())], grants, detail, ..Brings::default() }
}

async fn referred(house: &House) -> (Reporter, Filing, Sha256) {
    let reporter = Reporter::new();
    let filing = reporter.files();
    house.store.file(filing.clone()).await.unwrap();
    let refers = institution_states(LEAD, (&reporter, &filing, 0), Act::Refer, a_note_for_the_guardian()).by("day");
    let hash = refers.hash();
    assert!(matches!(house.store.state(refers, now()).await.unwrap(), Filed::Kept(_)));
    (reporter, filing, hash)
}

async fn case(house: &House, reporter: &Reporter, institution: &str) -> crate::Case {
    house.store.snapshot().await.unwrap().case(reporter.report, &code(institution)).await.unwrap().unwrap()
}

async fn waiting(house: &House, institution: &str) -> usize {
    house.store.snapshot().await.unwrap().unconfirmed(&code(institution)).await.unwrap().len()
}

both_databases! {
    async fn who_is_asked_with_a_note_is_told_nothing_else(house: &House) {
        let (reporter, filing, _) = referred(house).await;
        let theirs = case(house, &reporter, GUARDIAN).await;
        assert!(theirs.is_least && !case(house, &reporter, LEAD).await.is_least);
        let parts: Vec<String> = theirs.thread.parts.iter().map(|part| part.name.to_string()).collect();
        assert_eq!(parts, ["note/1"]);
        assert_eq!(theirs.thread.facets.accused(), &report::Accused::default());
        assert!(theirs.thread.facets.acts().is_empty() && theirs.thread.facets.consent().is_empty());
        assert!(theirs.thread.statements.iter().all(|row| row.facets.is_none()));
        assert!(!theirs.thread.facets_text.contains(POLICE), "the accused is named nowhere");
        let snapshot = house.store.snapshot().await.unwrap();
        let page = snapshot.queue(&code(GUARDIAN), (&Filter::default(), Sort::Urgency), None, 9).await.unwrap();
        assert!(page.rows[0].is_least && page.rows[0].facets.acts().is_empty());
        let category = Filter { category: Some(filing.stated.facets().unwrap().categories()[0].clone()), ..Filter::default() };
        let page = snapshot.queue(&code(GUARDIAN), (&category, Sort::Urgency), None, 9).await.unwrap();
        assert!(page.rows.is_empty(), "asking by category would tell it");
    }

    async fn a_vital_interest_waits_for_a_second_member_who_is_somebody_else(house: &House) {
        let (reporter, filing, hash) = referred(house).await;
        assert_eq!((waiting(house, LEAD).await, waiting(house, GUARDIAN).await), (1, 0));
        let confirms = |institution, sequence, member| {
            let detail = vec![("referral", hash.to_string())];
            let stated = institution_states(institution, (&reporter, &filing, sequence), Act::Confirm, Brings { detail, ..Brings::default() });
            stated.by(member)
        };
        assert_eq!(house.store.state(confirms(LEAD, 1, "day"), now()).await, Err(Error::NotNow));
        assert_eq!(house.store.state(confirms(GUARDIAN, 0, "guardian"), now()).await, Err(Error::NotNow));
        assert!(matches!(house.store.state(confirms(LEAD, 1, "night"), now()).await.unwrap(), Filed::Kept(_)));
        assert_eq!(waiting(house, LEAD).await, 0);
        let referral = case(house, &reporter, LEAD).await.thread.referrals.remove(0);
        assert_eq!(referral.confirmed, Some((now().day(), format!("{LEAD}/night"))), "who confirmed stays visible");
        assert_eq!(house.store.state(confirms(LEAD, 2, "third"), now()).await, Err(Error::NotNow), "it is confirmed once");
    }

    async fn a_note_for_a_vital_interest_stays_when_consent_is_taken_back_and_nothing_else_does(house: &House) {
        let (reporter, filing, _) = referred(house).await;
        let detail = a_note_for_the_guardian().detail;
        let more = Brings { grants: vec![("account", GUARDIAN, When::Now)], detail, ..Brings::default() };
        house.store.state(institution_states(LEAD, (&reporter, &filing, 1), Act::Refer, more), now()).await.unwrap();
        assert!(!case(house, &reporter, GUARDIAN).await.is_least, "it was let read what happened");
        let held = Brings { facets: Some(facets(NOBODY, "[]")), ..Brings::default() };
        house.store.state(reporter.adds(&filing, Act::Consent, held), now()).await.unwrap();
        let theirs = case(house, &reporter, GUARDIAN).await;
        let parts: Vec<String> = theirs.thread.parts.iter().map(|part| part.name.to_string()).collect();
        assert!(theirs.is_least && parts == ["note/1"], "a rescue is not gated by consent, and needs no account: {parts:?}");
        assert_eq!(house.count("grants WHERE part NOT LIKE 'note/%' AND recipient <> 'receipt' AND wrapped IS NOT NULL").await, 0);
    }

    async fn what_waits_is_shown_only_of_reports_that_lie_open_on_the_desk(house: &House) {
        let (withdrawn, withdrawn_filing, _) = referred(house).await;
        let (closed, closed_filing, _) = referred(house).await;
        let (lost, lost_filing, _) = referred(house).await;
        assert_eq!(waiting(house, LEAD).await, 3);
        house.store.state(withdrawn.adds(&withdrawn_filing, Act::Withdraw, Brings::default()), now()).await.unwrap();
        assert_eq!(waiting(house, LEAD).await, 2);
        let ends = Brings { detail: vec![("outcome", "O-INV".to_owned())], ..Brings::default() };
        house.store.state(institution_states(LEAD, (&closed, &closed_filing, 1), Act::Close, ends), now()).await.unwrap();
        assert_eq!(waiting(house, LEAD).await, 1);
        let accuses = Brings { facets: Some(facets(r#"{"kinds":[],"institutions":["NGO-VP"]}"#, KEEP)), ..Brings::default() };
        house.store.state(lost.adds(&lost_filing, Act::Consent, accuses), now()).await.unwrap();
        assert_eq!(waiting(house, LEAD).await, 0, "who is shut out does not learn that there is anything");
    }

    async fn a_child_alone_stands_first_of_the_whole_queue_whatever_came_before(house: &House) {
        let mut filed = Vec::new();
        for place in 0..7 {
            let reporter = Reporter::new();
            let mut filing = reporter.files();
            filing.assessment.clock = if place == 5 { report::triage::Clock::U1 } else { report::triage::Clock::U0 };
            if place == 5 {
                filing.stated.facets.as_mut().unwrap().facets = a_child_alone();
            }
            house.store.file(filing).await.unwrap();
            filed.push(reporter.report);
        }
        let snapshot = house.store.snapshot().await.unwrap();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = snapshot.queue(&code(LEAD), (&Filter::default(), Sort::Urgency), after.as_ref(), 2).await.unwrap();
            seen.extend(page.rows.iter().map(|row| row.report));
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        assert_eq!((seen.len(), seen[0]), (7, filed[5]));
        let shortest = Filter { clock: Some(report::triage::Clock::U1), ..Filter::default() };
        let page = snapshot.queue(&code(LEAD), (&shortest, Sort::Urgency), None, 9).await.unwrap();
        assert_eq!(page.rows.len(), 1);
    }

    async fn what_a_member_reads_is_counted_for_the_day_and_forgotten(house: &House) {
        let lead = code(LEAD);
        for (member, points) in [("day", 4), ("day", 6), ("night", 2)] {
            house.store.expose((&lead, member), points, now().day()).await.unwrap();
        }
        let loads = house.store.snapshot().await.unwrap().loads(&lead, now().day()).await.unwrap();
        let told: Vec<(&str, i32, i32)> = loads.iter().map(|load| (load.member.as_str(), load.points, load.parts)).collect();
        assert_eq!(told, [("day", 10, 2), ("night", 2, 1)]);
        house.store.expose((&lead, "day"), 1, now().day().plus(30)).await.unwrap();
        assert_eq!(house.count("exposures").await, 1);
    }
}

/// Facets of a child without an adult.
fn a_child_alone() -> Facets {
    let source = r#"{"event":{"area":"BA-BIH-01"},"people":[{"count":1,"count_basis":"CB-OBS","age_band":"AG-15-17","vulnerability":["V-UASC"]}]}"#;
    let coding: report::Coding = serde_json::from_str(source).unwrap();
    let facets = Facets::project(&coding, &LAND.0, now().day());
    assert!(facets.is_child_alone());
    facets
}
