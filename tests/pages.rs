//! Every route of both listeners, whoever asks and however: the harness looks at the headers of each answer
//! (`tests/house/door.rs`). And the public pages in a real Chromium.

use std::collections::BTreeSet;
use std::time::Duration;

use house_tests::{Database, Door, House, browse, pictures};

use crate::road::a_report;

const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"];
/// Paths that no listener describes.
const ELSEWHERE: [&str; 5] = ["/nothing-here", "/xx/report", "/en/nothing", "/assets/../Cargo.toml", "/assets/none.js"];
/// More than any route takes that does not carry parts.
const LARGE: usize = 80 << 10;

/// Every path a listener describes; what stands in place of a variable is its value here.
fn paths(door: &Door, values: &[(&str, &str)]) -> Vec<String> {
    let described = door.get("/api/openapi.json").unwrap().json();
    let written = described["paths"].as_object().unwrap().keys();
    let filled = written.map(|path| {
        let pieces = path.split('/').map(|piece| match piece.strip_prefix('{') {
            Some(variable) => {
                values.iter().find(|(name, _)| variable.starts_with(name)).map_or("none", |(_, value)| value)
            }
            None => piece,
        });
        pieces.collect::<Vec<_>>().join("/")
    });
    filled.chain(ELSEWHERE.map(str::to_owned)).collect()
}

/// What is sent: nothing, what is no such thing, and too much of it.
fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    let media = ["application/json", "application/x-www-form-urlencoded", vault::MEDIA_TYPE];
    let mut bodies = vec![("text/plain", Vec::new()), ("application/json", b"{}".to_vec())];
    bodies.extend(media.map(|media| (media, b"nothing{".to_vec())));
    bodies.extend(media.map(|media| (media, vec![b'a'; LARGE])));
    bodies
}

/// Asks for a path in every way, and gives the statuses of the answers. `by` makes the asker's headers anew for each path.
fn crawl(door: &Door, path: &str, by: &[(&str, &str)]) -> BTreeSet<u16> {
    let mut statuses = BTreeSet::new();
    let mut ask = |method: &str, accept: &str, (media, body): &(&str, Vec<u8>)| {
        let headers = [by, &[("accept", accept), ("content-type", *media)]].concat();
        statuses.extend(door.send(method, path, &headers, body).map(|reply| reply.status));
    };
    let bodies = bodies();
    for method in METHODS {
        ask(method, "text/html", &bodies[0]);
    }
    for body in &bodies {
        ask("POST", "application/json", body);
    }
    statuses
}

fn has(found: &BTreeSet<u16>, statuses: &[u16]) {
    assert!(statuses.iter().all(|status| found.contains(status)), "{statuses:?} are not all reached: {found:?}");
}

#[test]
fn every_public_route_answers_with_every_header_whatever_the_status() {
    let house = House::open(Database::Sqlite);
    let door = house.public_door();
    let paths = paths(&door, &[("language", "fa")]);
    assert!(paths.len() > 30, "the listener describes itself: {paths:?}");
    let found = paths.iter().flat_map(|path| crawl(&door, path, &[])).collect();
    has(&found, &[200, 204, 303, 400, 404, 405, 412, 415, 422]);
}

#[test]
fn every_route_of_the_members_answers_with_every_header_whatever_the_status() {
    let house = House::open(Database::Sqlite);
    let filed = house.files(&a_report(), &[]).done();
    let door = house.members_door();
    let values = [
        ("report", filed["report"].as_str().unwrap()),
        ("institution", "BA-OMB"),
        ("part", "account"),
        ("language", "fa"),
    ];
    let (mut without, mut signed_in) = (BTreeSet::new(), BTreeSet::new());
    for path in paths(&door, &values) {
        without.extend(crawl(&door, &path, &[]));
        // One of the routes ends the session.
        let session = house.session("NGO-VP.triage");
        signed_in.extend(crawl(&door, &path, &[("authorization", &session)]));
    }
    has(&without, &[200, 401, 404, 405, 413, 415]);
    has(&signed_in, &[200, 303, 400, 404, 405, 413, 415, 422]);
}

#[test]
fn what_is_no_request_is_answered_with_every_header() {
    let house = House::open(Database::Sqlite);
    let long = "a".repeat(20_000);
    let sent = [
        ("nothing like it\r\n\r\n".to_owned(), 400),
        ("GET / HTTP/3.9\r\nhost: x\r\n\r\n".to_owned(), 400),
        ("GET / HTTP/1.1\r\nhost: x\r\nno header\r\n\r\n".to_owned(), 400),
        ("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: many\r\n\r\n".to_owned(), 400),
        (format!("GET /{long} HTTP/1.1\r\nhost: x\r\n\r\n"), 431),
        (format!("GET / HTTP/1.1\r\nhost: x\r\nlong: {long}\r\n\r\n"), 431),
    ];
    for door in [house.public_door(), house.members_door()] {
        for (bytes, status) in &sent {
            let reply = door.raw(bytes.as_bytes()).unwrap_or_else(|| panic!("{status}: no answer"));
            assert_eq!((reply.status, reply.body.len()), (*status, 0), "{bytes:.40}");
        }
    }
    assert!(!house.log().contains("aaaaaaaa"), "what was sent stands in the log");
}

#[test]
fn a_house_that_cannot_write_says_so_with_every_header() {
    let house = House::open(Database::Sqlite);
    let held = house.hold();
    for door in [house.public_door(), house.members_door()] {
        // What was found a moment ago is said again for a second, however often one looks.
        let mut looks = (0..40).map(|_| {
            std::thread::sleep(Duration::from_millis(250));
            door.get("/readyz").unwrap().status
        });
        assert!(looks.any(|status| status == 503), "a house that cannot write says that it is ready");
    }
    drop(held);
}

#[test]
fn few_pages_may_ask_for_place_or_microphone_and_none_names_another_site() {
    let door = House::open(Database::Sqlite);
    let door = door.public_door();
    for path in paths(&door, &[("language", "fa")]).iter().filter(|path| path.starts_with("/fa/")) {
        let reply = door.send("GET", path, &[("accept", "text/html")], b"").unwrap();
        let may_ask = reply.header("permissions-policy").unwrap().contains("geolocation=(self)");
        let is_form = ["/fa/report", "/fa/child", "/fa/residents", "/fa/quick"].contains(&path.as_str());
        assert_eq!(may_ask, is_form, "{path}");
        let may_record = reply.header("permissions-policy").unwrap().contains("microphone=(self)");
        assert_eq!(
            may_record,
            ["/fa/report", "/fa/child", "/fa/residents", "/fa/receipt"].contains(&path.as_str()),
            "{path}"
        );
        let text = reply.text();
        let loaded = [" src=\"", "<link"].iter().flat_map(|mark| text.split(mark).skip(1));
        for rest in loaded {
            let tag = rest.split('>').next().unwrap_or_default();
            assert!(!tag.contains("//"), "{path} loads {tag}");
        }
        for inline in ["<style", "style=\"", "onclick=", "<script>"] {
            assert!(!text.contains(inline), "{path} holds {inline}");
        }
    }
}

#[test]
fn every_public_page_is_usable_by_everybody_in_a_real_browser() {
    let house = House::open(Database::Sqlite);
    browse("pages.mjs", &[&house.public, &pictures()]);
}

#[test]
fn every_public_page_is_left_at_once_and_leaves_nothing_behind() {
    let house = House::open(Database::Sqlite);
    browse("exit.mjs", &[&house.public]);
}

#[test]
fn no_page_of_either_listener_makes_a_browser_complain() {
    let house = House::open(Database::Sqlite);
    let filed = house.files(&a_report(), &[]).done();
    let (triage, figures) = (house.key("NGO-VP.triage"), house.key("BA-OMB.figures"));
    browse("quiet.mjs", &[&house.public, &house.members, filed["report"].as_str().unwrap(), &triage, &figures]);
}

#[test]
fn names_of_areas_are_in_the_letters_of_who_reads_and_stay_whole_among_others() {
    let house = House::open(Database::Sqlite);
    let door = house.public_door();
    for page in ["report", "quick", "plain"] {
        let read = |language: &str| door.get(&format!("/{language}/{page}")).unwrap().text();
        assert!(read("sr-Cyrl").contains(r#""BA-BIH-01-BIHAC">Бихаћ"#), "{page}");
        assert!(read("fa").contains("\u{2066}Trnovo (FBiH)\u{2069}"), "{page}: the bracket is read first");
    }
    assert!(
        door.get("/sr-Cyrl/").unwrap().text().contains("вријеме у мјесту \u{2068}Сарајево\u{2069}"),
        "the town whose time it is"
    );
}
