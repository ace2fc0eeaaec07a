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
}
