//! What time does, and newly adopted rules.

use routing::{Bond, Sharing};

use super::*;

/// The rules by which the lead has a member in common with the police.
pub(crate) fn rules_that_shut_the_lead_out() -> Rules {
    let mut sharing = Sharing::default();
    LAND.1.institutions().for_each(|institution| sharing.enrol(institution.code.clone()));
    for institution in [LEAD, POLICE] {
        sharing.hold(code(institution), Bond::Member, "the same person".to_owned());
    }
    let registry = Registry::clone(&LAND.1).with_sharing(sharing);
    Rules::new(Arc::new(registry), LAND.0.clone(), Sha256::new([2; 32]))
}

/// Files a report against the police.
async fn filed(house: &House) -> Reporter {
    let reporter = Reporter::new();
    house.store.file(reporter.files_with(facets(ACCUSED_POLICE, KEEP), &[])).await.unwrap();
    reporter
}

async fn sees(house: &House, institution: &str, reporter: &Reporter) -> bool {
    house.store.snapshot().await.unwrap().case(reporter.report, &code(institution)).await.unwrap().is_some()
}

both_databases! {
    async fn a_silent_lead_that_is_shut_out_meanwhile_loses_the_report_to_the_alternate(house: &House) {
        let reporter = filed(house).await;
        assert!(sees(house, LEAD, &reporter).await);
        house.store.adopt(rules_that_shut_the_lead_out(), today()).await.unwrap();
        assert_eq!(house.store.advance(days_later(4)).await.unwrap().released, 1);
        assert!(!sees(house, LEAD, &reporter).await && sees(house, ALTERNATE, &reporter).await);
        assert_eq!(house.count(&format!("outbox WHERE institution = '{ALTERNATE}'")).await, 1);
        assert_eq!(house.store.advance(days_later(5)).await.unwrap().released, 0);
    }

    async fn a_lead_is_told_once_before_its_clock_ends_and_then_its_alternate_at_once(house: &House) {
        let reporter = Reporter::new();
        let mut filing = reporter.files_with(facets(ACCUSED_POLICE, KEEP), &[]);
        filing.assessment.clock = report::triage::Clock::U1;
        house.store.file(filing).await.unwrap();
        let told = async |institution: &str, notice: &str| {
            house.count(&format!("outbox WHERE institution = '{institution}' AND notice = '{notice}'")).await
        };
        assert_eq!(house.store.advance(days_later(2)).await.unwrap().reminded, 0, "there is time left");
        let near = days_later(3).plus_minutes(-60);
        assert_eq!(house.store.advance(near).await.unwrap().reminded, 1);
        assert_eq!(house.store.advance(near).await.unwrap().reminded, 0);
        assert_eq!((told(LEAD, "deadline").await, told(ALTERNATE, "duty").await), (1, 0));
        assert_eq!(house.store.advance(days_later(4)).await.unwrap().released, 1);
        for _ in 0..2 {
            house.store.advance(days_later(5)).await.unwrap();
        }
        assert_eq!((told(ALTERNATE, "duty").await, told(ALTERNATE, "deadline").await), (1, 0));
        assert_eq!(told(LEAD, "deadline").await, 1);
        assert_eq!(told(POLICE, "deadline").await + told(POLICE, "duty").await + told(POLICE, "digest").await, 0);
        assert!(sees(house, ALTERNATE, &reporter).await);
        house.store.shred(reporter.report, today()).await.unwrap();
        assert_eq!(house.count("reminders").await, 0);
    }

    async fn a_clock_that_ended_while_no_server_ran_is_told_to_both(house: &House) {
        filed(house).await;
        let advanced = house.store.advance(days_later(30)).await.unwrap();
        assert_eq!((advanced.reminded, advanced.released), (1, 1));
        let told = house.store.mails(days_later(30), 10).await.unwrap();
        let told: Vec<_> = told.iter().map(|mail| (mail.institution.to_string(), mail.notice.kind().as_str())).collect();
        assert!(told.contains(&(LEAD.to_owned(), "deadline")) && told.contains(&(ALTERNATE.to_owned(), "duty")), "{told:?}");
    }

    async fn a_lead_that_is_shut_out_by_now_is_told_of_no_clock(house: &House) {
        filed(house).await;
        house.store.adopt(rules_that_shut_the_lead_out(), today()).await.unwrap();
        assert_eq!(house.store.advance(days_later(4)).await.unwrap().reminded, 0);
        assert_eq!(house.count(&format!("outbox WHERE institution = '{LEAD}' AND notice = 'deadline'")).await, 0);
    }

    async fn an_answer_that_is_due_in_a_week_is_told_once(house: &House) {
        let reporter = Reporter::new();
        let filing = reporter.files();
        house.store.file(filing.clone()).await.unwrap();
        let detail = vec![("to", OMBUDSMAN.to_owned()), ("purpose", "C-OVER".to_owned())];
        let refers = Brings { grants: vec![("account", OMBUDSMAN, When::Now)], detail, ..Brings::default() };
        let taken_up = institution_states(LEAD, (&reporter, &filing, 0), Act::Refer, refers);
        house.store.state(taken_up, now()).await.unwrap();
        assert_eq!(house.store.advance(days_later(30)).await.unwrap().reminded, 1, "who was asked is told before");
        let days = rules().country().triage().feedback().unwrap().days;
        assert_eq!(house.store.advance(days_later(days - 7)).await.unwrap().reminded, 0);
        assert_eq!(house.store.advance(days_later(days - 6)).await.unwrap().reminded, 1);
        assert_eq!(house.store.advance(days_later(days - 5)).await.unwrap().reminded, 0);
    }

    async fn who_was_asked_is_told_once_when_a_quarter_of_the_time_is_left(house: &House) {
        let mut asked = Vec::new();
        for _ in 0..3 {
            let reporter = Reporter::new();
            let filing = reporter.files();
            house.store.file(filing.clone()).await.unwrap();
            let due = days_later(20).day().to_string();
            let detail = vec![("to", OMBUDSMAN.to_owned()), ("purpose", "C-OVER".to_owned()), ("due", due)];
            let refers = Brings { grants: vec![("account", OMBUDSMAN, When::Now)], detail, ..Brings::default() };
            house.store.state(institution_states(LEAD, (&reporter, &filing, 0), Act::Refer, refers), now()).await.unwrap();
            asked.push((reporter, filing));
        }
        let [(_, _), (answered, answered_filing), (lost, lost_filing)] = asked.as_slice() else { unreachable!() };
        let answers = Brings { detail: vec![("outcome", "O-INV".to_owned())], ..Brings::default() };
        house.store.state(institution_states(OMBUDSMAN, (answered, answered_filing, 0), Act::Answer, answers), now()).await.unwrap();
        let accuses = Brings { facets: Some(facets(r#"{"kinds":[],"institutions":["BA-OMB"]}"#, KEEP)), ..Brings::default() };
        house.store.state(lost.adds(lost_filing, Act::Consent, accuses), now()).await.unwrap();
        let told = async |institution: &str| {
            house.count(&format!("outbox WHERE institution = '{institution}' AND notice = 'deadline'")).await
        };
        let reminded = async |days: i32| house.store.advance(days_later(days)).await.unwrap().reminded;
        assert_eq!(reminded(14).await, 0, "there is time left");
        assert_eq!((reminded(15).await, reminded(16).await, reminded(40).await), (1, 0, 0));
        assert_eq!((told(OMBUDSMAN).await, told(LEAD).await), (1, 0), "who answered or is shut out by now hears nothing");
    }

    async fn who_was_asked_is_told_late_where_no_server_ran(house: &House) {
        let reporter = Reporter::new();
        let filing = reporter.files();
        house.store.file(filing.clone()).await.unwrap();
        let detail = vec![("to", OMBUDSMAN.to_owned()), ("purpose", "C-OVER".to_owned())];
        let refers = Brings { grants: vec![("account", OMBUDSMAN, When::Now)], detail, ..Brings::default() };
        house.store.state(institution_states(LEAD, (&reporter, &filing, 0), Act::Refer, refers), now()).await.unwrap();
        assert_eq!(house.store.advance(days_later(50)).await.unwrap().reminded, 1);
        assert_eq!(house.store.advance(days_later(51)).await.unwrap().reminded, 0);
    }

    async fn a_report_that_cannot_be_read_keeps_no_other_from_its_time(house: &House) {
        let broken = Reporter::new();
        let filing = Filing { plain: true, ..broken.files_with(facets(ACCUSED_POLICE, KEEP), &[]) };
        house.store.file(filing).await.unwrap();
        let (silent, withdrawn) = (filed(house).await, Reporter::new());
        let filing = withdrawn.files();
        house.store.file(filing.clone()).await.unwrap();
        house.store.state(withdrawn.adds(&filing, Act::Withdraw, Brings::default()), now()).await.unwrap();
        house.tamper("DELETE FROM report_keys WHERE report IN (SELECT report FROM reports WHERE plain)").await;
        let advanced = house.store.advance(days_later(7)).await.unwrap();
        assert_eq!((advanced.released, advanced.shredded), (1, 1));
        assert!(sees(house, ALTERNATE, &silent).await);
    }

    async fn a_report_that_cannot_be_read_keeps_nobody_else_from_being_shut_out(house: &House) {
        for plain in [true, false] {
            let filing = Reporter::new().files_with(facets(ACCUSED_POLICE, KEEP), &[]);
            house.store.file(Filing { plain, ..filing }).await.unwrap();
        }
        house.tamper("DELETE FROM report_keys WHERE report IN (SELECT report FROM reports WHERE plain)").await;
        house.store.adopt(rules_that_shut_the_lead_out(), today()).await.unwrap();
        assert_eq!(house.store.sweep(days_later(1)).await.unwrap(), 1);
    }

    async fn rules_that_were_replaced_can_be_put_in_force_again(house: &House) {
        house.store.adopt(rules_that_shut_the_lead_out(), today()).await.unwrap();
        house.store.adopt(rules(), today()).await.unwrap();
        let reporter = filed(house).await;
        assert!(sees(house, LEAD, &reporter).await, "the first rules hold again");
    }
}
