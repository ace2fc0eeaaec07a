//! Many at once: nobody is lost.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use house_tests::{House, both_databases};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::Value;
use vault::MEDIA_TYPE;

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

    fn the_same_filing_fifty_times_at_once_is_kept_once_and_other_bytes_are_refused(house) {
        let mut rng = StdRng::from_entropy();
        let mut parcel = house.device().seal(&a_report(), &mut rng);
        let bytes = parcel.bytes();
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let (house, bytes) = (&*house, &bytes);
            let running: Vec<_> = (0..50).map(|_| scope.spawn(|| post(house, bytes))).collect();
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [200, 201].contains(status)), "{statuses:?}");
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue"])).len(), 1);
        assert_eq!(post(house, &bytes), 200, "the same bytes get the same answer, later too");

        let other = parcel.envelope.facets.clone().unwrap().replace(r#""language":"en""#, r#""language":"bs""#);
        parcel.bring_facets(other);
        assert_eq!(post(house, &parcel.bytes()), 409, "other bytes under the same number are refused");
    }

    fn what_is_added_twice_is_kept_once_and_other_bytes_in_its_place_are_refused(house) {
        let mut rng = StdRng::from_entropy();
        let device = house.device();
        let filed = device.seal(&a_report(), &mut rng);
        assert_eq!(post(house, &filed.bytes()), 201);
        let added = device.adds(&filed, (1, "message/1"), &mut rng);
        assert_eq!([post(house, &added), post(house, &added)], [201, 200], "the same bytes get the same answer");
        for (place, code) in [((1, "message/2"), "statement-sequence"), ((1, "message/1"), "statement-sequence"), ((2, "message/1"), "part-taken")] {
            let other = device.adds(&filed, place, &mut rng);
            let reply = house.public_door().send("POST", "/api/v1/reports", &[("content-type", MEDIA_TYPE)], &other).unwrap();
            assert_eq!((reply.status, reply.code().as_str()), (409, code), "{place:?}");
        }
        assert_eq!(post(house, &added), 200, "and what was kept first stays");
    }

    fn an_upload_takes_each_byte_once(house) {
        let door = house.public_door();
        let version = ("tus-resumable", "1.0.0");
        let begun = door.send("POST", "/api/v1/uploads", &[version, ("upload-length", "70000")], &[]).unwrap();
        let upload = begun.header("location").unwrap().to_owned();
        let append = |offset: &str, bytes: &[u8]| {
            let headers = [version, ("upload-offset", offset), ("content-type", "application/offset+octet-stream")];
            let reply = door.send("PATCH", &upload, &headers, bytes).unwrap();
            (reply.status, reply.code())
        };
        assert_eq!(append("0", &vec![1; 40_000]).0, 204);
        assert_eq!(append("0", &vec![2; 40_000]), (409, "upload-offset".to_owned()), "what came is not written over");
        assert_eq!(append("40000", &vec![1; 30_000]).0, 204);
        assert_eq!(append("40000", &vec![2; 30_000]), (409, "upload-offset".to_owned()), "nor when it is whole");
    }

    fn who_adds_at_the_wrong_place_is_heard_out_and_told_and_the_way_stays_open(house) {
        let version = ("tus-resumable", "1.0.0");
        let begun = house.public_door().send("POST", "/api/v1/uploads", &[version, ("upload-length", "70000")], &[]);
        let upload = begun.unwrap().header("location").unwrap().to_owned();
        let mut way = TcpStream::connect(house.public.trim_start_matches("http://")).unwrap();
        way.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut add = |offset: &str| {
            let head = format!(
                "PATCH {upload} HTTP/1.1\r\nhost: x\r\ntus-resumable: 1.0.0\r\nupload-offset: {offset}\r\n\
                 content-type: application/offset+octet-stream\r\ncontent-length: 60000\r\n\r\n"
            );
            way.write_all(head.as_bytes()).unwrap();
            // The answer is known before the bytes come; they are still on their way.
            std::thread::sleep(Duration::from_millis(200));
            way.write_all(&vec![7; 60_000]).unwrap();
            let mut told = [0; 4096];
            let read = way.read(&mut told).unwrap();
            String::from_utf8_lossy(&told[..read]).into_owned()
        };
        assert!(add("500").starts_with("HTTP/1.1 409"), "it is not told");
        assert!(add("0").starts_with("HTTP/1.1 204"), "the way was closed");
    }
}

fn post(house: &House, bytes: &[u8]) -> u16 {
    let reply = house.public_door().send("POST", "/api/v1/reports", &[("content-type", MEDIA_TYPE)], bytes);
    reply.map_or(0, |reply| reply.status)
}
