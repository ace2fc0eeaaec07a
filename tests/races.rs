//! Many at once: nobody is lost.

use house_tests::both_databases;
use serde_json::Value;

use crate::road::{a_report, queue};

both_databases! {
    fn many_reporters_at_once_are_all_kept(house) {
        let filed: Vec<Value> = std::thread::scope(|scope| {
            let house = &*house;
            let one = |number: usize| scope.spawn(move || {
                let mut report = a_report();
                report["account"]["narrative"] = "x".repeat(number + 1).into();
                house.files(&report, &[]).done()
            });
            let running: Vec<_> = (0..8).map(one).collect();
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let mut ids: Vec<_> = filed.iter().map(|filed| filed["report"].as_str().unwrap().to_owned()).collect();
        let mut seen = queue(&house.desk("NGO-VP.triage", &["queue"]));
        ids.sort();
        seen.sort();
        assert_eq!(seen, ids);
    }
}
