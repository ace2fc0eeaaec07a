//! The door that works without script: one page, one POST, sealed in the server's memory.

use std::time::{Duration, Instant};

use house_tests::{Canary, Door, House, Reply, both_databases, browse, pictures, putokaz};
use serde_json::Value;
use words::Language;

use crate::road::queue;
use crate::strangers::{destroy, filed};
use crate::weight::on_the_wire;

const FORM: &str = "application/x-www-form-urlencoded";

/// What a person types who tells of the Border Police.
pub const TYPED: [(&str, &str); 9] = [
    ("event.area", "BA-BIH-01-BIHAC"),
    ("event.from", "2024-05-01"),
    ("acts", "PUSH-01"),
    ("accused", "P-BP"),
    ("people.0.count", "۳"),
    ("account.narrative", "A made-up account, از پشت در"),
    ("account.place", "a made-up place"),
    ("identity.name", "a made-up name"),
    ("agree", "yes"),
];

fn encoded(fields: &[(&str, &str)]) -> String {
    let percent = |text: &str| text.bytes().fold(String::new(), |whole, byte| whole + &format!("%{byte:02X}"));
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value)));
    pairs.collect::<Vec<_>>().join("&")
}

pub fn post(door: &Door, path: &str, fields: &[(&str, &str)]) -> Reply {
    let headers = [("content-type", FORM), ("accept", "text/html")];
    door.send("POST", path, &headers, encoded(fields).as_bytes()).unwrap()
}

/// What stands between two texts of a page.
pub fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page.split_once(before).unwrap_or_else(|| panic!("no {before} in {page}"));
    rest.split_once(after).unwrap().0
}

pub fn heading(page: &str) -> &str {
    between(page, "<h1>", "</h1>")
}

fn digits(page: &str) -> String {
    let groups = between(page, "<p class=\"digits\"", "</p>").split("</span>");
    groups
        .filter_map(|group| group.rsplit_once('>'))
        .flat_map(|(_, shown)| shown.chars())
        .filter(char::is_ascii_digit)
        .collect()
}

/// The secret of a fresh page.
pub fn fresh(door: &Door) -> String {
    let page = door.get("/en/plain").unwrap();
    between(&page.text(), "name=\"page\" value=\"", "\"").to_owned()
}

/// Files what is typed, and gives the digits.
pub fn files(door: &Door, typed: &[(&str, &str)]) -> String {
    let page = fresh(door);
    let sent = [typed, &[("page", &page), ("step", "send")]].concat();
    let kept = post(door, "/en/plain", &sent);
    assert_eq!(kept.status, 201, "{}", kept.text());
    digits(&kept.text())
}

both_databases! {
    fn a_report_is_filed_without_script_opened_by_the_lead_and_read_with_the_digits(house) {
        let door = house.public_door();
        let page = door.get("/en/plain").unwrap();
        assert_eq!(page.status, 200);
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains("script-src 'none'"), "{policy}");
        assert_eq!((page.header("set-cookie"), page.header("cache-control")), (None, Some("no-store")));
        assert!(!page.text().contains("<script"), "no script at all");

        let checked = post(&door, "/en/plain", &[TYPED.as_slice(), &[("page", &fresh(&door)), ("step", "check")]].concat());
        assert_eq!(checked.status, 200);
        for shown in ["A made-up account, از پشت در", "Border Police", "&quot;P-BP&quot;", "get dry and warm first"] {
            assert!(checked.text().contains(shown) || checked.text().contains(&shown.replace("&quot;", "&#34;")), "{shown}: {}", checked.text());
        }
        assert!(queue(&house.desk("NGO-VP.triage", &["queue", "--json"])).is_empty(), "nothing is kept by looking");

        let digits = files(&door, &TYPED);
        let reports = queue(&house.desk("NGO-VP.triage", &["queue", "--json"]));
        let opened = house.desk("NGO-VP.triage", &["open", &reports[0]]).done().to_string();
        assert!(opened.contains("A made-up account") && !opened.contains("a made-up name"), "{opened}");
        let shown = house.desk("NGO-VP.triage", &["show", &reports[0]]).done().to_string();
        assert!(shown.contains("CH-PLAIN"), "{shown}");
        assert!(house.receipt(&digits, &[]).done().to_string().contains("kept"));
    }

    fn a_page_that_is_sent_twice_files_once_and_shows_the_same_digits(house) {
        let door = house.public_door();
        let page = fresh(&door);
        let sent = [TYPED.as_slice(), &[("page", &page), ("step", "send")]].concat();
        let (first, again) = (post(&door, "/en/plain", &sent), post(&door, "/en/plain", &sent));
        assert_eq!((first.status, again.status), (201, 200));
        assert_eq!(digits(&first.text()), digits(&again.text()));
        assert!(again.text().contains("sent before"), "{}", again.text());
        assert_eq!(queue(&house.desk("NGO-VP.triage", &["queue", "--json"])).len(), 1);
    }

    fn digits_in_persian_numerals_tell_how_it_stands_and_can_do_everything_but_open(house) {
        let door = house.public_door();
        let digits = files(&door, &TYPED);
        let report = queue(&house.desk("NGO-VP.triage", &["queue", "--json"])).remove(0);
        let at = |fields: &[(&str, &str)]| post(&door, "/en/plain/receipt", fields);
        let persian: String = digits.chars().map(|digit| char::from_u32(u32::from(digit) - 0x30 + 0x6F0).unwrap()).collect();
        assert!(heading(&at(&[("digits", &persian)]).text()).contains("No person has read it yet"));

        house.desk("NGO-VP.triage", &["open", &report]).done();
        assert_eq!(heading(&at(&[("digits", &persian)]).text()), "A person has read this.");
        let answer = house.write("answer.txt", "A made-up question.");
        house.desk("NGO-VP.triage", &["reply", &report, &answer]).done();
        let page = at(&[("digits", &persian)]).text();
        assert_eq!(heading(&page), "A person has read this and asks you one thing.");
        assert!(!page.contains("made-up"), "what is sealed is not opened here");

        let after = between(&page, "name=\"after\" value=\"", "\"").to_owned();
        let add = [("digits", digits.as_str()), ("after", &after), ("do", "add"), ("message", "A made-up answer.")];
        assert_eq!(at(&add).status, 200);
        let twice = at(&add).text();
        assert!(twice.contains("used before"), "a reload adds nothing: {twice}");
        let told = house.receipt(&digits, &[]).done();
        let texts: Vec<&Value> = told["messages"].as_array().unwrap().iter().map(|message| &message["text"]).collect();
        assert_eq!(texts, ["A made-up question.", "A made-up answer."], "{told}");
        assert!(house.desk("NGO-VP.triage", &["open", &report, "message/2"]).stdout.contains("A made-up answer."));

        let act = |wish: &str, more: &[(&str, &str)]| {
            let page = at(&[("digits", &digits)]).text();
            let after = between(&page, "name=\"after\" value=\"", "\"").to_owned();
            let done = at(&[&[("digits", digits.as_str()), ("after", &after), ("do", wish)], more].concat());
            assert_eq!(done.status, 200, "{}", done.text());
            done.text()
        };
        act("consent", &[("consent", "complain")]);
        let told = house.receipt(&digits, &[]).done();
        assert!(told["consent"].to_string().contains("C-OVER"), "{told}");
        let withdrawn = act("withdraw", &[]);
        assert!(heading(&withdrawn).contains("took this report back"));
        assert!(!withdrawn.contains("can read it:") && withdrawn.contains("Nobody. It is kept for your digits alone."), "{withdrawn}");
        assert_eq!(house.desk("NGO-VP.triage", &["open", &report]).exit, 1, "reading stops at once");
        act("undo", &[]);
        assert_eq!(house.desk("NGO-VP.triage", &["open", &report]).exit, 0);
    }

    fn what_does_not_read_keeps_everything_in_the_page_and_nothing_on_the_server(house) {
        let door = house.public_door();
        let before = house.kept();
        let wrong = [("event.to", "2999-01-01"), ("people.0.count", "many"), ("step", "send")];
        let refused = post(&door, "/en/plain", &[TYPED.as_slice(), &wrong].concat());
        assert_eq!(refused.status, 422);
        let page = refused.text();
        for kept in ["A made-up account, از پشت در", "a made-up place", "a made-up name", "many"] {
            assert!(page.contains(kept), "{kept} is lost: {page}");
        }
        assert_eq!(house.kept(), before);
    }

    fn nothing_typed_at_the_plain_door_is_found_where_a_thief_looks(house) {
        let chance = || std::array::from_fn(|_| rand::random());
        let fields = ["account.narrative", "account.place", "account.when", "identity.name", "identity.contact"];
        let mut canaries: Vec<Canary> = fields.into_iter().map(|field| Canary::of(field, chance())).collect();
        let door = house.public_door();
        let mut typed = TYPED.to_vec();
        typed.retain(|(name, _)| !fields.contains(name));
        let planted: Vec<(&str, String)> = canaries.iter().map(|canary| (canary.field, canary.word.clone())).collect();
        typed.extend(planted.iter().map(|(name, word)| (*name, word.as_str())));
        let wrong = [typed.as_slice(), &[("event.to", "2999-01-01"), ("step", "send")]].concat();
        assert_eq!(post(&door, "/en/plain", &wrong).status, 422);
        let digits = with_a_file(&door, &typed, &mut canaries);
        let message = Canary::of("message", chance());
        let add = [("digits", digits.as_str()), ("after", "1"), ("do", "add"), ("message", message.word.as_str())];
        assert_eq!(post(&door, "/en/plain/receipt", &add).status, 200);
        canaries.push(message);

        let report = queue(&house.desk("NGO-VP.triage", &["queue", "--json"])).remove(0);
        let opened = house.desk("NGO-VP.triage", &["open", &report]).done().to_string();
        assert!(opened.contains(&canaries[0].word), "positive control: who may read it finds it");
        let refused = problems(&door, &typed);
        canaries.push(Canary { field: "digits", word: digits });
        for canary in &canaries {
            let found = |place: &str, bytes: &[u8]| {
                let traces = canary.traces(bytes);
                assert!(traces.is_empty(), "the {} stands in {place} as {traces:?}", canary.field);
            };
            found("the log", house.log().as_bytes());
            for page in &refused {
                found("a problem", page);
            }
            for (name, bytes) in &house.stolen() {
                found(name, bytes);
            }
        }
        assert!(house.log().contains("/{language}/plain"), "positive control: the log is the one of these requests");
    }
}

/// Files with an attachment, the way a browser does; what was planted in it and its name joins the canaries.
fn with_a_file(door: &Door, typed: &[(&str, &str)], canaries: &mut Vec<Canary>) -> String {
    let chance = || std::array::from_fn(|_| rand::random());
    let (name, content) = (Canary::of("file name", chance()), Canary::of("file", chance()));
    let page = fresh(door);
    let all = [typed, &[("page", page.as_str()), ("step", "send")]].concat();
    let field = |whole: String, (name, value): &(&str, &str)| {
        whole + &format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let file = format!("filename=\"{}.txt\"\r\nContent-Type: text/plain", name.word);
    let mut body = all.iter().fold(String::new(), field)
        + &format!("--b\r\nContent-Disposition: form-data; name=\"evidence\"; {file}\r\n\r\n");
    body += &content.word.repeat(40_000);
    body += "\r\n--b--\r\n";
    let headers = [("content-type", "multipart/form-data; boundary=b"), ("accept", "text/html")];
    let kept = door.send("POST", "/en/plain", &headers, body.as_bytes()).unwrap();
    assert_eq!(kept.status, 201, "{}", kept.text());
    canaries.extend([name, content]);
    digits(&kept.text())
}

/// What the door answers that cannot read a body at all.
fn problems(door: &Door, typed: &[(&str, &str)]) -> Vec<Vec<u8>> {
    let body = encoded(typed);
    let cut = format!("{body}%");
    let sent = [("text/plain", &body), (FORM, &cut), ("multipart/form-data; boundary=b", &body)];
    let answer = |(media, body): (&str, &String)| {
        let reply =
            door.send("POST", "/en/plain", &[("content-type", media), ("accept", "text/html")], body.as_bytes());
        let reply = reply.unwrap();
        assert!((400..500).contains(&reply.status), "{}", reply.status);
        reply.body
    };
    sent.into_iter().map(answer).collect()
}

fn open() -> House {
    House::open(house_tests::Database::Sqlite)
}

/// A receipt that is well formed and nobody's, and one with a mistyped digit.
const NOBODYS: [&str; 2] = ["000000000000000000000008", "000000000000000000000009"];

#[test]
fn digits_that_open_nothing_answer_alike_whatever_the_reason() {
    let mut house = open();
    let (_, destroyed, _) = filed(&house);
    house.receipt(&destroyed, &["--withdraw"]).done();
    destroy(&mut house);
    let destroyed: String = destroyed.chars().filter(char::is_ascii_digit).collect();
    let door = house.public_door();
    let mut took: [Vec<Duration>; 3] = Default::default();
    let mut sizes = Vec::new();
    for _ in 0..15 {
        for (digits, took) in NOBODYS.into_iter().chain([destroyed.as_str()]).zip(&mut took) {
            let begun = Instant::now();
            let reply = post(&door, "/en/plain/receipt", &[("digits", digits)]);
            took.push(begun.elapsed());
            sizes.push((reply.status, reply.body.len(), reply.text().replace(digits, "")));
        }
    }
    sizes.dedup();
    assert_eq!(sizes.len(), 1, "every answer is the same but for the digits typed");
    assert_eq!(sizes[0].0, 404);
    let [unknown, mistyped, destroyed] = took.map(|mut times| {
        times.sort();
        times[times.len() / 2]
    });
    for other in [mistyped, destroyed] {
        let ratio = unknown.as_secs_f64() / other.as_secs_f64();
        assert!((0.7..1.4).contains(&ratio), "medians {unknown:?}, {mistyped:?} and {destroyed:?}");
    }
}

#[test]
fn the_plain_door_weighs_at_most_twenty_kibibytes_in_every_language() {
    let house = open();
    let door = house.public_door();
    let weight = |path: &str| on_the_wire(&door.send("GET", path, &[("accept-encoding", "br")], &[]).unwrap());
    for language in Language::ALL {
        let path = format!("/{language}/plain");
        let plain = door.get(&path).unwrap().text();
        let styles = plain.split("<link rel=\"stylesheet\" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let all = std::iter::once(path.as_str()).chain(styles).map(weight).sum::<usize>();
        println!("{path}: {all} bytes over the wire");
        assert!(all <= 20 * 1024, "{path}: {all} bytes");
    }
}

#[test]
fn more_than_can_be_sealed_at_once_are_told_to_come_again_and_lose_nothing() {
    let house = open();
    let answers: Vec<Reply> = std::thread::scope(|scope| {
        let ask = || post(&house.public_door(), "/en/plain/receipt", &[("digits", NOBODYS[0])]);
        let all: Vec<_> = (0..40).map(|_| scope.spawn(ask)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let busy: Vec<&Reply> = answers.iter().filter(|reply| reply.status == 503).collect();
    assert!(!busy.is_empty() && busy.len() < answers.len(), "{} of {}", busy.len(), answers.len());
    assert!(busy.iter().all(|reply| reply.header("retry-after").is_some()));
    assert!(answers.iter().all(|reply| matches!(reply.status, 404 | 503)));
    let said = putokaz(&["receipt", "--to", &house.public], NOBODYS[0]);
    assert_eq!(said.exit, 1, "the other doors answer all the while");
}

#[test]
fn the_plain_door_is_walked_through_with_script_switched_off_in_both_directions() {
    let house = open();
    for (language, direction) in [("en", "ltr"), ("fa", "rtl")] {
        let Some(seen) = browse("plain.mjs", &[&house.public, language, &pictures()]) else { return };
        assert_eq!(seen["direction"], direction, "{seen}");
        let told = house.receipt(seen["digits"].as_str().unwrap(), &[]).done();
        assert_eq!(told["status"], "withdrawn", "{told}");
    }
}

/// The pages whose work needs script: in `<noscript>` each says where it can be done without.
const POINTING: [(&str, &str); 4] =
    [("", "plain"), ("report", "plain"), ("residents", "plain"), ("receipt", "plain/receipt")];

/// Where a page points to who has no script, as links.
fn without_script(door: &Door, language: &str, page: &str) -> String {
    let page = door.get(&format!("/{language}/{page}")).unwrap().text();
    page.split("<noscript>").skip(1).filter_map(|rest| rest.split("</noscript>").next()).collect()
}

#[test]
fn a_deployment_can_close_the_plain_door_and_then_no_page_points_to_it() {
    let mut house = open();
    assert_eq!(house.public_door().get("/en/plain").unwrap().status, 200);
    for (language, (page, to)) in ["en", "bs", "fa"].into_iter().flat_map(|tag| POINTING.map(|one| (tag, one))) {
        let told = without_script(&house.public_door(), language, page);
        assert!(told.contains(&format!("href=\"/{language}/{to}\"")), "{language}/{page} does not point to it: {told}");
    }
    house.settle("[plain]\nopen = false\n");
    for path in ["/en/plain", "/en/plain/receipt"] {
        assert_eq!(house.public_door().get(path).unwrap().status, 404, "{path}");
    }
    for page in
        POINTING.map(|(page, _)| page).into_iter().chain(["child", "quick", "waiting", "import", "link", "leaving"])
    {
        let text = house.public_door().get(&format!("/en/{page}")).unwrap().text();
        assert!(!text.contains("/plain"), "{page} points to a door that is closed");
    }
    assert_eq!(house.public_door().get("/api/v1/directory").unwrap().status, 200, "the sealing door stays open");
}
