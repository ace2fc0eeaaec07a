//! What time does, and newly adopted rules.

use routing::{Bond, Sharing};

use super::*;

/// The rules by which the lead has a member in common with the police.
pub(crate) fn rules_that_shut_the_lead_out() -> Rules {
    let mut sharing = Sharing::default();
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
