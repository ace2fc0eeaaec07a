//! A crowd or a flood at the anonymous door: nobody is lost, and an organisation's workers are not held up by it.

use house_tests::both_databases;
use rand::SeedableRng;
use rand::rngs::StdRng;
use vault::MEDIA_TYPE;

use crate::road::{a_report, queue};

both_databases! {
    fn a_busy_door_asks_for_a_puzzle_and_the_command_solves_it(house) {
        house.settle("[intake]\nper_hour = 1\n");
        let door = house.public_door();
        assert_eq!(door.get("/api/v1/door").unwrap().json()["bits"], 0, "an idle door asks for nothing");
        house.files(&a_report(), &[]).done();
        assert!(door.get("/api/v1/door").unwrap().json()["bits"].as_u64().unwrap() > 0);

        let bytes = house.device().seal(&a_report(), &mut StdRng::from_entropy()).bytes();
        let refused = door.send("POST", "/api/v1/reports", &[("content-type", MEDIA_TYPE)], &bytes).unwrap();
        assert_eq!((refused.status, &refused.json()["code"]), (429, &"puzzle-needed".into()));
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])).len(), 1);

        house.files(&a_report(), &[]).done();
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])).len(), 2, "work let it in");
    }

    fn workers_file_through_their_organisations_link_until_it_is_ended(house) {
        house.settle("[intake]\nper_hour = 1\n");
        house.files(&a_report(), &[]).done();
        let file = house.file("link");
        let make = ["link", "--out", &file, "--address", &house.public];
        let made = house.desk("NGO-HCBH.alternate", &make).done();
        let link = made["link"].as_str().unwrap();
        let address = std::fs::read_to_string(&file).unwrap();
        assert!(address.contains("/en/link#NGO-HCBH."), "the secret stands in the fragment alone");
        assert!(!made.to_string().contains(address.trim().rsplit('.').next().unwrap()), "the secret was printed");

        let bytes = house.device().seal(&a_report(), &mut StdRng::from_entropy()).bytes();
        let secret = format!("Link {}", address.trim().rsplit('.').next().unwrap());
        let headers = [("content-type", MEDIA_TYPE), ("authorization", secret.as_str())];
        let filed = house.public_door().send("POST", "/api/v1/reports", &headers, &bytes).unwrap();
        assert_eq!(filed.status, 201, "the crowd at the anonymous door does not hold a worker up");
        let filed = house.files(&a_report(), &["--link", &file]).done();
        let case = house.desk("NGO-VP.triage", &["show", filed["report"].as_str().unwrap()]).done();
        assert_eq!(case["filed_through"], "NGO-HCBH", "whoever reads it sees the organisation, and no worker");

        let listed = house.desk("NGO-HCBH.alternate", &["links"]).done();
        assert_eq!(listed["links"][0]["link"], link);
        assert!(house.desk("NGO-VP.triage", &["links"]).done()["links"].as_array().unwrap().is_empty());
        assert_eq!(house.desk("NGO-VP.triage", &["unlink", link]).exit, 1, "another's link is nobody's to end");
        assert_eq!(house.desk("NGO-HCBH.alternate", &["unlink", link]).exit, 0);
        let ended = house.files(&a_report(), &["--link", &file]);
        assert_eq!(ended.exit, 1);
        assert!(ended.stderr.contains("link-ended"), "{}", ended.stderr);
        assert!(!house.log().contains(secret.trim_start_matches("Link ")), "the secret was logged");
    }

    fn a_link_ends_by_itself_after_thirty_days(house) {
        let file = house.file("link");
        house.desk("NGO-HCBH.alternate", &["link", "--out", &file]).done();
        house.alter("UPDATE links SET made_day = made_day - 29, end_day = end_day - 29");
        house.files(&a_report(), &["--link", &file]).done();
        house.alter("UPDATE links SET made_day = made_day - 1, end_day = end_day - 1");
        let ended = house.files(&a_report(), &["--link", &file]);
        assert!(ended.exit == 1 && ended.stderr.contains("link-ended"), "{ended:?}");
    }

    fn a_report_against_the_workers_own_organisation_is_not_its_own(house) {
        house.settle("[intake]\nper_hour = 1\n");
        house.files(&a_report(), &[]).done();
        let file = house.file("link");
        house.desk("NGO-HCBH.alternate", &["link", "--out", &file]).done();
        let secret = std::fs::read_to_string(&file).unwrap();
        let secret = format!("Link {}", secret.trim().rsplit('.').next().unwrap());
        let mut report = a_report();
        report["accused"] = serde_json::json!([{ "institution": "NGO-HCBH" }]);
        let bytes = house.device().seal(&report, &mut StdRng::from_entropy()).bytes();
        let headers = [("content-type", MEDIA_TYPE), ("authorization", secret.as_str())];
        let asked = house.public_door().send("POST", "/api/v1/reports", &headers, &bytes).unwrap();
        assert_eq!(asked.status, 429, "it lives on nobody's budget: like any other at the anonymous door");
        house.files(&report, &["--link", &file]).done();
        let through = house.kept().into_iter().any(|(table, _)| table == "filed_through");
        assert!(!through, "the server keeps that it came through the organisation it accuses");
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])).len(), 2);
    }
}
