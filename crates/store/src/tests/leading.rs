//! Who answers for a report, and what only they may do with it.

use super::*;
use crate::{Error, Filed};

async fn filed(house: &House) -> (Reporter, Filing) {
    let reporter = Reporter::new();
    let filing = reporter.files();
    house.store.file(filing.clone()).await.unwrap();
    (reporter, filing)
}

both_databases! {
    async fn what_is_the_leads_alone_is_refused_when_another_leads_since_the_door_looked(house: &House) {
        let (reporter, filing) = filed(house).await;
        let word = |key, value: &str| Brings { detail: vec![(key, value.to_owned())], ..Brings::default() };
        let codes = || Brings { parts: vec![("coding/1", vec![1; 900])], facets: Some(facets(NOBODY, KEEP)), ..Brings::default() };
        let acts = || [
            (Act::Code, codes()),
            (Act::Close, word("outcome", "O-INV")),
            (Act::Reopen, Brings::default()),
            (Act::HandOver, word("to", LEAD)),
            (Act::Pause, word("reason", "PZ-ASKED")),
            (Act::Resume, Brings::default()),
        ];
        let let_through: Vec<_> = acts().into_iter().map(|(act, brings)| institution_states(LEAD, (&reporter, &filing, 1), act, brings)).collect();
        let grants = vec![("account", ALTERNATE, When::Now), ("coding", ALTERNATE, When::Now)];
        let hands_over = Brings { grants, ..word("to", ALTERNATE) };
        house.store.state(institution_states(LEAD, (&reporter, &filing, 0), Act::HandOver, hands_over), now()).await.unwrap();
        let before = house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await.unwrap().unwrap();
        for stated in let_through {
            let act = stated.act();
            assert_eq!(house.store.state(stated, now()).await, Err(Error::NotLead), "{act:?}");
        }
        let after = house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await.unwrap().unwrap();
        assert_eq!((after.lead, after.stage, after.statements.len()), (Some(code(ALTERNATE)), before.stage, 2));
        let closes = institution_states(ALTERNATE, (&reporter, &filing, 0), Act::Close, word("outcome", "O-INV"));
        assert!(matches!(house.store.state(closes, now()).await.unwrap(), Filed::Kept(_)), "who leads now does it");
    }

    async fn where_nobody_is_left_to_answer_nobody_leads_until_the_reporter_lets_another_in(house: &House) {
        let (reporter, filing) = filed(house).await;
        let thread = async || house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await.unwrap().unwrap();
        let both = r#"{"kinds":[],"institutions":["NGO-HCBH","NGO-VP"]}"#;
        let accuses = Brings { facets: Some(facets(both, KEEP)), ..Brings::default() };
        house.store.state(reporter.adds(&filing, Act::Consent, accuses), days_later(30)).await.unwrap();
        let alone = thread().await;
        assert_eq!((alone.lead.clone(), alone.is_alone(), alone.stage), (None, true, report::Stage::Filed), "it is lost to nobody");
        assert_eq!(house.store.advance(days_later(40)).await.unwrap().shredded, 0);
        let (leads, stands_by) = ("INT-UNHCR", "INT-OHCHR");
        let grants = vec![("account", leads, When::Now), ("coding", leads, When::Now), ("account", stands_by, When::IfSilent)];
        let opens = Brings { grants, facets: Some(facets(both, KEEP)), ..Brings::default() };
        house.store.state(reporter.adds(&filing, Act::Consent, opens), days_later(40)).await.unwrap();
        let opened = thread().await;
        assert_eq!((opened.lead.clone(), opened.alternate.clone(), opened.is_alone()), (Some(code(leads)), Some(code(stands_by)), false));
        let hours = i32::try_from(LAND.0.taxonomy().clock_hours(opened.clock)).unwrap();
        let over = days_later(40).plus_minutes(hours * 60);
        assert_eq!(opened.due.unwrap().hour(), over.hour(), "whoever answers by now has the whole of its clock");
        assert_eq!(house.store.advance(over).await.unwrap().released, 0);
        assert_eq!(house.store.advance(over.plus_minutes(60)).await.unwrap().released, 1);
        assert_eq!(thread().await.lead, Some(code(stands_by)), "and it ends in who stands ready");
    }

    async fn whoever_read_it_for_keeping_answers_again_when_who_took_it_over_is_shut_out(house: &House) {
        let (reporter, filing) = filed(house).await;
        let next = "INT-UNHCR";
        let grants = vec![("account", next, When::Now), ("coding", next, When::Now)];
        let hands_over = Brings { grants, detail: vec![("to", next.to_owned())], ..Brings::default() };
        house.store.state(institution_states(LEAD, (&reporter, &filing, 0), Act::HandOver, hands_over), now()).await.unwrap();
        let lead = async || house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await.unwrap().unwrap().lead;
        assert_eq!(lead().await, Some(code(next)));
        for (accused, leads) in [(r#"["INT-UNHCR"]"#, ALTERNATE), (r#"["INT-UNHCR","NGO-HCBH"]"#, LEAD)] {
            let theirs = facets(&format!(r#"{{"kinds":[],"institutions":{accused}}}"#), KEEP);
            let accuses = Brings { facets: Some(theirs), ..Brings::default() };
            house.store.state(reporter.adds(&filing, Act::Consent, accuses), now()).await.unwrap();
            assert_eq!(lead().await, Some(code(leads)));
        }
    }

    async fn who_has_left_the_system_reads_nothing_and_may_come_back(house: &House) {
        let (reporter, _) = filed(house).await;
        let thread = async || house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await.unwrap().unwrap();
        let enrolled = super::keeping::enrolment(1, &["day"]);
        let present = async || house.store.snapshot().await.unwrap().sharing().await.unwrap();
        house.store.enrol(&enrolled, today()).await.unwrap();
        house.store.keep_only(&[code(LEAD)], today()).await.unwrap();
        assert!(present().await.is_present(&code(LEAD)));
        house.store.keep_only(&[code(ALTERNATE)], today()).await.unwrap();
        assert!(!present().await.is_present(&code(LEAD)) && house.count("wraps").await == 0);
        assert!(house.store.snapshot().await.unwrap().member(&code(LEAD), "day").await.unwrap().is_none());

        let mut sharing = present().await;
        sharing.enrol(code(ALTERNATE));
        let without = Registry::clone(&LAND.1).with_sharing(sharing);
        house.store.adopt(Rules::new(Arc::new(without), LAND.0.clone(), Sha256::new([3; 32])), today()).await.unwrap();
        assert_eq!(house.store.sweep(days_later(1)).await.unwrap(), 1);
        let left = thread().await;
        assert_eq!(left.lead, Some(code(ALTERNATE)));
        let ended = left.readers.iter().filter(|reading| reading.institution == code(LEAD));
        assert!(ended.map(|reading| reading.until).all(|until| until == Some(days_later(1).day())));

        house.store.enrol(&enrolled, days_later(2).day()).await.unwrap();
        assert!(present().await.is_present(&code(LEAD)));
        assert!(house.store.snapshot().await.unwrap().member(&code(LEAD), "day").await.unwrap().is_some());
    }

    async fn who_answers_in_anothers_place_is_told_by_mail(house: &House) {
        let (reporter, filing) = filed(house).await;
        let mails = async || house.count(&format!("outbox WHERE institution = '{ALTERNATE}'")).await;
        assert_eq!(mails().await, 0, "who only stands ready hears nothing");
        let accuses = facets(r#"{"kinds":[],"institutions":["NGO-VP"]}"#, KEEP);
        let corrects = Brings { parts: vec![("coding/1", vec![1; 900])], facets: Some(accuses), ..Brings::default() };
        house.store.state(institution_states(LEAD, (&reporter, &filing, 0), Act::Code, corrects), now()).await.unwrap();
        assert_eq!(mails().await, 1);
    }
}
