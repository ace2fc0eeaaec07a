//! What reporters and institutions state later, and what follows from it.

use super::*;
use crate::{Error, Filed, Filter, Sort, WhoReads};

async fn filed(house: &House) -> (Reporter, Filing) {
    let reporter = Reporter::new();
    let filing = reporter.files();
    house.store.file(filing.clone()).await.unwrap();
    (reporter, filing)
}

async fn sees(house: &House, institution: &str, reporter: &Reporter) -> bool {
    house.store.snapshot().await.unwrap().case(reporter.report, &code(institution)).await.unwrap().is_some()
}

async fn queue(house: &House, institution: &str) -> usize {
    let snapshot = house.store.snapshot().await.unwrap();
    snapshot.queue(&code(institution), (&Filter::default(), Sort::Urgency), None, 50).await.unwrap().rows.len()
}

fn refer_to(institution: &'static str) -> Brings {
    let detail = vec![("to", institution.to_owned()), ("purpose", "C-OVER".to_owned())];
    Brings { grants: vec![("account", institution, When::Now)], detail, ..Brings::default() }
}

fn a_message() -> Brings {
    let grants = vec![("message/1", "receipt", When::Now), ("message/1", LEAD, When::Now)];
    Brings { parts: vec![("message/1", vec![3; 900])], grants, ..Brings::default() }
}

both_databases! {
    async fn a_referral_shows_what_was_granted_and_nothing_else(house: &House) {
        let (reporter, filing) = filed(house).await;
        let refers = institution_states(LEAD, (&reporter, &filing, 0), Act::Refer, refer_to(OMBUDSMAN));
        assert!(matches!(house.store.state(refers.clone(), now()).await.unwrap(), Filed::Kept(_)));
        assert!(matches!(house.store.state(refers, now()).await.unwrap(), Filed::Already(_)));
        let case = house.store.snapshot().await.unwrap().case(reporter.report, &code(OMBUDSMAN)).await.unwrap().unwrap();
        let opens: Vec<String> = case.thread.parts.iter().filter(|part| !part.grants.is_empty()).map(|part| part.name.to_string()).collect();
        assert_eq!(opens, ["account"]);
        assert_eq!(case.thread.referrals.len(), 1);
        let snapshot = house.store.snapshot().await.unwrap();
        let asker = WhoReads::Institution(code(OMBUDSMAN));
        assert!(snapshot.content(reporter.report, PartName::ACCOUNT, &asker).await.unwrap().is_some());
        assert!(snapshot.content(reporter.report, PartName::CODING, &asker).await.unwrap().is_none());
        assert_eq!(house.count("outbox WHERE institution = 'BA-OMB'").await, 1);
    }

    async fn an_answer_ends_the_referral_and_the_thread_shows_it(house: &House) {
        let (reporter, filing) = filed(house).await;
        let answer = |sequence| {
            let detail = vec![("outcome", "O-INV".to_owned())];
            institution_states(OMBUDSMAN, (&reporter, &filing, sequence), Act::Answer, Brings { detail, ..Brings::default() })
        };
        assert_eq!(house.store.state(answer(0), now()).await, Err(Error::Missing));
        let refers = institution_states(LEAD, (&reporter, &filing, 0), Act::Refer, refer_to(OMBUDSMAN));
        house.store.state(refers, now()).await.unwrap();
        house.store.state(answer(0), days_later(2)).await.unwrap();
        let thread = house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await.unwrap().unwrap();
        assert_eq!(thread.referrals[0].answered, Some(days_later(2).day()));
        assert_eq!(thread.stage, report::Stage::Answered);
        assert_eq!(house.store.state(answer(1), now()).await, Err(Error::NotNow));
    }

    async fn of_several_referrals_the_newest_is_answered_or_the_one_that_is_named(house: &House) {
        let (reporter, filing) = filed(house).await;
        let mut asked = Vec::new();
        for sequence in 0..6 {
            let refers = institution_states(LEAD, (&reporter, &filing, sequence), Act::Refer, refer_to(OMBUDSMAN));
            asked.push(refers.hash());
            house.store.state(refers, now()).await.unwrap();
        }
        let answered = async || {
            let case = house.store.snapshot().await.unwrap().case(reporter.report, &code(LEAD)).await.unwrap().unwrap();
            let order: Vec<_> = case.thread.referrals.iter().map(|referral| referral.statement).collect();
            assert_eq!(order, asked, "they stand in the order in which they were made");
            case.thread.referrals.iter().map(|referral| referral.answered.is_some()).collect::<Vec<_>>()
        };
        for (sequence, named) in [(0, None), (1, Some(asked[2]))] {
            let mut detail = vec![("outcome", "O-INV".to_owned())];
            detail.extend(named.map(|hash| ("referral", hash.to_string())));
            let brings = Brings { detail, ..Brings::default() };
            house.store.state(institution_states(OMBUDSMAN, (&reporter, &filing, sequence), Act::Answer, brings), now()).await.unwrap();
        }
        assert_eq!(answered().await, [false, false, true, false, false, true]);
    }

    async fn an_institution_that_reads_nothing_can_state_nothing(house: &House) {
        let (reporter, filing) = filed(house).await;
        let close = |institution| {
            let detail = vec![("outcome", "O-INV".to_owned())];
            institution_states(institution, (&reporter, &filing, 0), Act::Close, Brings { detail, ..Brings::default() })
        };
        assert_eq!(house.store.state(close(ALTERNATE), now()).await, Err(Error::Missing));
        assert_eq!(house.store.state(close(POLICE), now()).await, Err(Error::Missing));
        let stranger = Reporter { report: reporter.report, ..Reporter::new() };
        let withdraws = stranger.adds(&filing, Act::Withdraw, Brings::default());
        assert_eq!(house.store.state(withdraws, now()).await, Err(Error::Missing));
        assert_eq!(house.count("statements").await, 1);
    }

    async fn withdrawing_stops_reading_at_once_and_can_be_undone_for_seven_days(house: &House) {
        let (reporter, filing) = filed(house).await;
        house.store.state(reporter.adds(&filing, Act::Withdraw, Brings::default()), now()).await.unwrap();
        assert!(!sees(house, LEAD, &reporter).await);
        assert_eq!(queue(house, LEAD).await, 0);
        let snapshot = house.store.snapshot().await.unwrap();
        let lead = WhoReads::Institution(code(LEAD));
        assert!(snapshot.content(reporter.report, PartName::ACCOUNT, &lead).await.unwrap().is_none());
        assert!(snapshot.content(reporter.report, PartName::ACCOUNT, &WhoReads::Receipt).await.unwrap().is_some());
        assert_eq!(house.store.advance(days_later(6)).await.unwrap().shredded, 0);
        house.store.state(reporter.adds(&filing, Act::Undo, Brings::default()), days_later(6)).await.unwrap();
        assert!(sees(house, LEAD, &reporter).await);
        house.store.state(reporter.adds(&filing, Act::Withdraw, Brings::default()), days_later(6)).await.unwrap();
        assert_eq!(house.store.advance(days_later(13)).await.unwrap().shredded, 1);
        let undoes = reporter.adds(&filing, Act::Undo, Brings::default());
        assert_eq!(house.store.state(undoes, days_later(13)).await.unwrap(), Filed::Gone);
    }

    async fn a_withdrawal_taken_back_leaves_the_report_as_unread_as_it_was(house: &House) {
        let (reporter, filing) = filed(house).await;
        let stage = async || house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await.unwrap().unwrap().stage;
        let there_and_back = async || {
            for act in [Act::Withdraw, Act::Undo] {
                house.store.state(reporter.adds(&filing, act, Brings::default()), days_later(1)).await.unwrap();
            }
        };
        there_and_back().await;
        assert_eq!(stage().await, report::Stage::Filed, "nobody has looked at it");
        assert_eq!(house.store.advance(days_later(4)).await.unwrap().released, 1, "and its clock still ends in the alternate");
        let refers = institution_states(ALTERNATE, (&reporter, &filing, 0), Act::Refer, refer_to(OMBUDSMAN));
        house.store.state(refers, days_later(4)).await.unwrap();
        there_and_back().await;
        assert_eq!(stage().await, report::Stage::Referred);
    }

    async fn the_alternate_reads_only_when_the_lead_was_silent(house: &House) {
        let (reporter, _) = filed(house).await;
        assert_eq!(house.store.advance(days_later(2)).await.unwrap().released, 0);
        assert!(!sees(house, ALTERNATE, &reporter).await);
        assert_eq!(house.store.advance(days_later(4)).await.unwrap().released, 1);
        assert!(sees(house, ALTERNATE, &reporter).await);
        assert_eq!(house.store.advance(days_later(5)).await.unwrap().released, 0);
        let thread = house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await.unwrap().unwrap();
        assert_eq!(thread.lead, Some(code(ALTERNATE)));
    }

    async fn a_lead_that_helped_keeps_it_and_only_the_day_of_the_clock_stays(house: &House) {
        let (reporter, filing) = filed(house).await;
        house.store.state(institution_states(LEAD, (&reporter, &filing, 0), Act::Reply, a_message()), now()).await.unwrap();
        let after = house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await.unwrap().unwrap();
        assert_eq!(after.due, None, "it runs no more");
        assert_eq!(house.count("clocks WHERE state = 'met' AND due_hour % 24 = 0").await, 1);
        assert_eq!(house.store.advance(days_later(9)).await.unwrap().released, 0);
    }

    async fn a_lead_that_only_read_noted_and_coded_is_silent_all_the_same(house: &House) {
        let (reporter, filing) = filed(house).await;
        let thread = async || house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await.unwrap().unwrap();
        let before = thread().await;
        house.store.read((reporter.report, PartName::ACCOUNT), (&code(LEAD), "officer-1"), now()).await.unwrap();
        assert_eq!((thread().await.stage, thread().await.due), (report::Stage::Acknowledged, before.due));
        let note = Brings { parts: vec![("note/1", vec![3; 900])], grants: vec![("note/1", LEAD, When::Now)], ..Brings::default() };
        house.store.state(institution_states(LEAD, (&reporter, &filing, 0), Act::Note, note), now()).await.unwrap();
        let codes = Brings { parts: vec![("coding/1", vec![1; 900])], facets: Some(facets(NOBODY, KEEP)), ..Brings::default() };
        house.store.state(institution_states(LEAD, (&reporter, &filing, 1), Act::Code, codes), now()).await.unwrap();
        assert_eq!((thread().await.stage, thread().await.due), (report::Stage::InTriage, before.due));
        assert_eq!(house.store.advance(days_later(4)).await.unwrap().released, 1);
        assert!(sees(house, ALTERNATE, &reporter).await);
    }

    async fn who_is_shut_out_reads_nothing(house: &House) {
        let (reporter, _) = filed(house).await;
        let refused = house.store.read((reporter.report, PartName::ACCOUNT), (&code(POLICE), "officer-1"), now()).await;
        assert_eq!(refused, Err(Error::Missing));
    }

    async fn only_the_lead_that_opens_what_happened_acknowledges_and_only_once(house: &House) {
        let reporter = Reporter::new();
        let mut filing = reporter.files_with(facets(NOBODY, KEEP), &[OMBUDSMAN]);
        let evidence = reporter.filing(Brings { parts: vec![("evidence/1", vec![4; 900])], grants: vec![("evidence/1", LEAD, When::Now)], facets: Some(facets(NOBODY, KEEP)), ..Brings::default() });
        filing.stated.parts.extend(evidence.stated.parts);
        filing.stated.grants.extend(evidence.stated.grants);
        house.store.file(filing).await.unwrap();
        let stage = async || house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await.unwrap().unwrap().stage;
        let evidence = "evidence/1".parse().unwrap();
        for (institution, part) in [(OMBUDSMAN, PartName::ACCOUNT), (LEAD, evidence)] {
            house.store.read((reporter.report, part), (&code(institution), "officer-1"), now()).await.unwrap();
            assert_eq!(stage().await, report::Stage::Filed, "{institution} {part}");
        }
        let lines = house.count("ledger").await;
        for read in 1..=2 {
            house.store.read((reporter.report, PartName::CODING), (&code(LEAD), "officer-1"), now()).await.unwrap();
            assert_eq!((stage().await, house.count("ledger").await), (report::Stage::Acknowledged, lines + read));
        }
        assert_eq!(house.count("clocks WHERE state = 'met'").await, 0, "to have read is not to have helped");
    }

    async fn a_clock_that_is_stopped_ends_in_the_alternate_and_never_in_closing(house: &House) {
        let (paused, paused_filing) = filed(house).await;
        let (heard, heard_filing) = filed(house).await;
        let (silent, silent_filing) = filed(house).await;
        for (reporter, filing) in [(&paused, &paused_filing), (&heard, &heard_filing), (&silent, &silent_filing)] {
            let refers = institution_states(LEAD, (reporter, filing, 0), Act::Refer, refer_to(OMBUDSMAN));
            house.store.state(refers, now()).await.unwrap();
        }
        let stops = Brings { detail: vec![("reason", "PZ-ASKED".to_owned())], ..Brings::default() };
        house.store.state(institution_states(LEAD, (&paused, &paused_filing, 1), Act::Pause, stops), days_later(10)).await.unwrap();
        house.store.state(institution_states(LEAD, (&heard, &heard_filing, 1), Act::Reply, a_message()), days_later(10)).await.unwrap();
        assert_eq!(house.store.advance(days_later(90)).await.unwrap().released, 0, "the last day of the answer is still its own");
        assert_eq!(house.store.advance(days_later(91)).await.unwrap().released, 1);
        assert!(sees(house, ALTERNATE, &silent).await);
        let thread = house.store.snapshot().await.unwrap().receipt(&paused.lookup()).await.unwrap().unwrap();
        let stands = |days| thread.paused(days_later(days).day(), LAND.0.triage()).now.is_some();
        assert!(stands(39) && !stands(40), "thirty days, and it runs on by itself");
        assert_eq!(house.store.advance(days_later(120)).await.unwrap().released, 0);
        assert_eq!(house.store.advance(days_later(121)).await.unwrap().released, 1);
        assert!(sees(house, ALTERNATE, &paused).await && !sees(house, ALTERNATE, &heard).await);
        let thread = house.store.snapshot().await.unwrap().receipt(&paused.lookup()).await.unwrap().unwrap();
        assert!(thread.stage.is_open() && thread.lead == Some(code(ALTERNATE)));
    }

    async fn a_report_counts_for_the_organisation_it_was_filed_through_unless_that_is_accused(house: &House) {
        for (accused, source) in [(NOBODY, OMBUDSMAN), (r#"{"kinds":[],"institutions":["BA-OMB"]}"#, LEAD)] {
            let reporter = Reporter::new();
            let filing = Filing { through: Some(code(OMBUDSMAN)), ..reporter.files_with(facets(accused, KEEP), &[]) };
            house.store.file(filing.clone()).await.unwrap();
            let detail = vec![("act", "FORC-01".to_owned()), ("status", "VS-CONF".to_owned())];
            let verifies = institution_states(LEAD, (&reporter, &filing, 0), Act::Verify, Brings { detail, ..Brings::default() });
            house.store.state(verifies, now()).await.unwrap();
            let incidents = house.store.snapshot().await.unwrap().incidents().await.unwrap();
            let counted = incidents.iter().find(|incident| incident.report == reporter.report).unwrap();
            assert_eq!(counted.source, source);
        }
    }

    async fn where_the_lead_is_shut_out_by_now_the_alternate_answers_at_once(house: &House) {
        let reporter = Reporter::new();
        let filing = reporter.files_with(facets(r#"{"kinds":[],"institutions":["NGO-VP"]}"#, KEEP), &[]);
        assert!(house.store.file(filing).await.unwrap().kept().is_some());
        assert!(!sees(house, LEAD, &reporter).await && sees(house, ALTERNATE, &reporter).await);
        assert_eq!((queue(house, LEAD).await, queue(house, ALTERNATE).await), (0, 1));
        let thread = house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await.unwrap().unwrap();
        assert_eq!(thread.lead, Some(code(ALTERNATE)));
        let lines = house.store.snapshot().await.unwrap().opening(reporter.report, &code(ALTERNATE)).await.unwrap().unwrap().lines;
        assert!(lines[1].1.event.contains("release"), "the log says so");
    }

    async fn an_institution_accused_later_loses_its_grants_and_the_alternate_takes_over(house: &House) {
        let reporter = Reporter::new();
        let filing = reporter.files_with(facets(NOBODY, KEEP), &[OMBUDSMAN]);
        house.store.file(filing.clone()).await.unwrap();
        let accuses = facets(r#"{"kinds":[],"institutions":["NGO-VP"]}"#, KEEP);
        let corrects = Brings { parts: vec![("coding/1", vec![1; 900])], facets: Some(accuses), ..Brings::default() };
        let corrects = institution_states(LEAD, (&reporter, &filing, 0), Act::Code, corrects);
        house.store.state(corrects, days_later(1)).await.unwrap();
        assert!(!sees(house, LEAD, &reporter).await);
        assert!(sees(house, ALTERNATE, &reporter).await);
        assert_eq!(house.count("grants WHERE recipient = 'NGO-VP' AND wrapped IS NOT NULL").await, 0);
        let thread = house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await.unwrap().unwrap();
        let lost: Vec<_> = thread.readers.iter().filter(|reading| reading.institution == code(LEAD)).collect();
        assert!(lost.iter().all(|reading| (reading.since, reading.until) == (Some(today()), Some(days_later(1).day()))));
    }

    async fn whoever_was_accused_once_is_never_let_in_whatever_is_signed_later(house: &House) {
        let reporter = Reporter::new();
        let filing = reporter.files_with(facets(ACCUSED_POLICE, KEEP), &[]);
        house.store.file(filing.clone()).await.unwrap();
        let leaves_out = Brings { facets: Some(facets(NOBODY, KEEP)), ..Brings::default() };
        house.store.state(reporter.adds(&filing, Act::Consent, leaves_out), now()).await.unwrap();
        let refers = institution_states(LEAD, (&reporter, &filing, 0), Act::Refer, refer_to(POLICE));
        assert_eq!(house.store.state(refers, now()).await, Err(Error::NotNow));
        assert!(!sees(house, POLICE, &reporter).await);
        let known = house.store.snapshot().await.unwrap().known(reporter.report, &filing.stated.body().signer).await.unwrap();
        let accused: Vec<usize> = known.unwrap().facets.iter().map(|facets| facets.accused().institutions.len()).collect();
        assert_eq!(accused, [1, 0], "a door holds what comes to all of them");
    }

    async fn what_is_known_later_makes_a_report_graver_and_its_clock_only_shorter_while_it_runs(house: &House) {
        let filing_with = |reporter: &Reporter| reporter.files_with(facets(NOBODY, KEEP), &[]);
        let told = |from: &str, to: &str| {
            let text = String::from_utf8(facets(NOBODY, KEEP).to_bytes()).unwrap();
            assert!(text.contains(from));
            Brings { facets: Some(Facets::admit(text.replacen(from, to, 1).as_bytes(), &LAND.0).unwrap()), ..Brings::default() }
        };
        let thread = async |reporter: &Reporter| house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await.unwrap().unwrap();
        let urgent = || told(r#""clock":"U3""#, r#""clock":"U1""#);
        let (unread, helped) = (Reporter::new(), Reporter::new());
        let (first, second) = (filing_with(&unread), filing_with(&helped));
        house.store.file(first.clone()).await.unwrap();
        house.store.file(second.clone()).await.unwrap();
        let filed = thread(&unread).await;
        house.store.state(unread.adds(&first, Act::Consent, urgent()), days_later(1)).await.unwrap();
        let shorter = thread(&unread).await;
        assert_eq!((filed.clock, shorter.clock), (report::triage::Clock::U3, report::triage::Clock::U1));
        assert_eq!(shorter.due.unwrap().hour(), days_later(2).hour(), "a day from when it was known");
        house.store.state(unread.adds(&first, Act::Consent, told("[]", "[]")), days_later(1)).await.unwrap();
        assert_eq!(thread(&unread).await.due, shorter.due, "it is never made longer");

        house.store.state(institution_states(LEAD, (&helped, &second, 0), Act::Reply, a_message()), now()).await.unwrap();
        let answered = thread(&helped).await;
        let graver = told(r#""acts":["FORC-01"]"#, r#""acts":["FORC-01","FORC-02"]"#);
        house.store.state(institution_states(LEAD, (&helped, &second, 1), Act::Code, graver), days_later(1)).await.unwrap();
        let coded = thread(&helped).await;
        assert!(coded.severity > answered.severity, "{} {}", coded.severity, answered.severity);
        assert_eq!((coded.clock, coded.due), (answered.clock, None), "a person has helped");
    }

    async fn consent_taken_back_ends_what_it_had_opened(house: &House) {
        let (reporter, filing) = filed(house).await;
        let held = Brings { facets: Some(facets(NOBODY, "[]")), ..Brings::default() };
        house.store.state(reporter.adds(&filing, Act::Consent, held), now()).await.unwrap();
        assert!(!sees(house, LEAD, &reporter).await);
        assert_eq!(house.count("grants WHERE recipient <> 'receipt' AND wrapped IS NOT NULL").await, 0);
        let thread = house.store.snapshot().await.unwrap().receipt(&reporter.lookup()).await.unwrap().unwrap();
        assert!(thread.parts.iter().all(|part| part.grants.len() == 1));
    }

    async fn reports_of_one_event_are_counted_as_one_incident(house: &House) {
        let (first, first_filing) = filed(house).await;
        let (second, second_filing) = filed(house).await;
        let verify = |about: (&Reporter, &Filing, u32), other: Option<&Reporter>| {
            let mut detail = vec![("act", "FORC-01".to_owned()), ("status", "V-CONF".to_owned())];
            detail.extend(other.map(|other| ("incident", other.report.to_string())));
            institution_states(LEAD, about, Act::Verify, Brings { detail, ..Brings::default() })
        };
        house.store.state(verify((&first, &first_filing, 0), None), now()).await.unwrap();
        house.store.state(verify((&second, &second_filing, 0), Some(&first)), now()).await.unwrap();
        let incidents = house.store.snapshot().await.unwrap().incidents().await.unwrap();
        assert_eq!(incidents.len(), 2);
        assert_eq!(incidents[0].incident, incidents[1].incident);
        assert!(incidents.iter().all(|incident| incident.verifications.len() == 1 && incident.source == LEAD));
        let stranger = Reporter::new();
        let unknown = verify((&first, &first_filing, 1), Some(&stranger));
        assert_eq!(house.store.state(unknown, now()).await, Err(Error::Missing));
    }

    async fn what_a_member_found_is_kept_with_consent_to_statistics_and_ends_with_it(house: &House) {
        let (without, without_filing) = filed(house).await;
        let reporter = Reporter::new();
        let counted = KEEP.replacen('[', r#"[{"purpose":"C-STAT","recipient_kind":"K-STAT","parts":[]},"#, 1);
        let mut rows: Vec<serde_json::Value> = serde_json::from_str(&counted).unwrap();
        rows.reverse();
        let filing = reporter.files_with(facets(NOBODY, &serde_json::to_string(&rows).unwrap()), &[]);
        house.store.file(filing.clone()).await.unwrap();
        let found = |about: (&Reporter, &Filing, u32), words: &[(&'static str, &str)]| {
            let act = [("act", "FORC-01"), ("status", "VS-CONF")];
            let detail = act.iter().chain(words).map(|(key, word)| (*key, (*word).to_owned())).collect();
            institution_states(LEAD, about, Act::Verify, Brings { detail, ..Brings::default() })
        };
        let words = [("direction", "in"), ("ground/ID-NAT", "yes")];
        assert_eq!(house.store.state(found((&without, &without_filing, 0), &words), now()).await, Err(Error::NotNow));
        assert_eq!(house.store.state(found((&reporter, &filing, 0), &[("ground/ID-NONSENSE", "yes")]), now()).await, Err(Error::NotNow));
        house.store.state(found((&reporter, &filing, 0), &words), now()).await.unwrap();
        house.store.state(found((&reporter, &filing, 1), &[]), now()).await.unwrap();
        let incidents = house.store.snapshot().await.unwrap().incidents_of(&code(LEAD)).await.unwrap();
        let kept = incidents[0].found.as_ref().unwrap();
        assert_eq!((incidents.len(), kept.grounds.len()), (1, 1), "saying nothing more changes nothing");
        assert!(house.store.snapshot().await.unwrap().incidents_of(&code(POLICE)).await.unwrap().is_empty());
        let taken_back = Brings { facets: Some(facets(NOBODY, KEEP)), ..Brings::default() };
        house.store.state(reporter.adds(&filing, Act::Consent, taken_back), now()).await.unwrap();
        assert_eq!(house.count("findings").await, 0);
    }

    async fn a_note_is_seen_by_nobody_else(house: &House) {
        let (reporter, filing) = filed(house).await;
        house.store.state(institution_states(LEAD, (&reporter, &filing, 0), Act::Refer, refer_to(OMBUDSMAN)), now()).await.unwrap();
        let note = Brings { parts: vec![("note/1", vec![7; 500])], grants: vec![("note/1", LEAD, When::Now)], ..Brings::default() };
        house.store.state(institution_states(LEAD, (&reporter, &filing, 1), Act::Note, note), now()).await.unwrap();
        let snapshot = house.store.snapshot().await.unwrap();
        let names = |case: crate::Case| case.thread.parts.into_iter().map(|part| part.name.to_string()).collect::<Vec<_>>();
        assert!(names(snapshot.case(reporter.report, &code(LEAD)).await.unwrap().unwrap()).contains(&"note/1".to_owned()));
        let other = snapshot.case(reporter.report, &code(OMBUDSMAN)).await.unwrap().unwrap();
        assert!(other.thread.statements.iter().all(|statement| statement.act != "note"));
        assert!(!names(other).contains(&"note/1".to_owned()));
        let thread = snapshot.receipt(&reporter.lookup()).await.unwrap().unwrap();
        assert!(thread.parts.iter().all(|part| part.name.to_string() != "note/1"));
    }

    async fn another_statement_with_the_same_number_is_a_conflict(house: &House) {
        let (reporter, filing) = filed(house).await;
        let note = |byte| Brings { parts: vec![("note/1", vec![byte; 500])], grants: vec![("note/1", LEAD, When::Now)], ..Brings::default() };
        house.store.state(institution_states(LEAD, (&reporter, &filing, 0), Act::Note, note(1)), now()).await.unwrap();
        let other = institution_states(LEAD, (&reporter, &filing, 0), Act::Note, note(2));
        assert_eq!(house.store.state(other, now()).await.unwrap(), Filed::Conflict);
    }
}
