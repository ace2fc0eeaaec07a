//! Bad input at the doors: refused with a stable code in the reader's language, nothing of it kept, nothing of it repeated.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use house_tests::{Canary, House, Parcel, both_databases};
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};
use serde_json::{Value, json};
use vault::{MEDIA_TYPE, Reader};

use crate::road::a_report;

const REPORTS: &str = "/api/v1/reports";

/// Something bad, and the code it is refused with.
struct Bad {
    what: &'static str,
    code: &'static str,
    media: &'static str,
    body: Vec<u8>,
}

impl Bad {
    fn envelope(what: &'static str, code: &'static str, body: Vec<u8>) -> Self {
        Self { what, code, media: MEDIA_TYPE, body }
    }
}

/// Good parcels to be spoiled, and the word that is planted in what spoils them.
struct Spoiler<'a> {
    house: &'a House,
    rng: StdRng,
    canary: Canary,
}

impl<'a> Spoiler<'a> {
    fn of(house: &'a House) -> Self {
        let mut rng = StdRng::from_entropy();
        let mut chance = [0; 24];
        rng.fill_bytes(&mut chance);
        Self { house, rng, canary: Canary::of("bad input", chance) }
    }

    fn parcel(&mut self) -> Parcel {
        self.house.device().seal(&a_report(), &mut self.rng)
    }

    /// The planted word, as a code may look.
    fn code(&self) -> String {
        self.canary.word.to_uppercase()
    }

    /// An envelope whose facets were changed, stated and signed as if they were good.
    fn facets(&mut self, what: &'static str, change: impl FnOnce(&mut Value)) -> Bad {
        let mut parcel = self.parcel();
        let mut facets: Value = serde_json::from_str(parcel.envelope.facets.as_ref().unwrap()).unwrap();
        change(&mut facets);
        parcel.bring_facets(facets.to_string());
        Bad::envelope(what, "facets-refused", parcel.bytes())
    }

    /// An envelope that was changed after the fact.
    fn spoiled(&mut self, what: &'static str, code: &'static str, change: impl FnOnce(&mut Parcel)) -> Bad {
        let mut parcel = self.parcel();
        change(&mut parcel);
        Bad::envelope(what, code, parcel.bytes())
    }

    /// An envelope whose statement is a text that no program of ours would write.
    fn stating(&mut self, what: &'static str, change: impl FnOnce(String) -> String) -> Bad {
        let parcel = self.parcel();
        let text = change(parcel.envelope.statement.as_str().to_owned());
        Bad::envelope(what, "statement-shape", parcel.bytes_stating(&text))
    }

    /// Each is refused in two languages, and afterwards everything is as it was.
    fn refused(&self, all: &[Bad]) {
        let before = self.house.kept();
        for bad in all {
            let title = |language: &str| self.title(bad, language);
            assert_ne!(title("en"), title("bs"), "{}: the sentence is in the reader's language", bad.what);
        }
        self.nothing_came_of_it(&before);
    }

    fn title(&self, bad: &Bad, language: &str) -> String {
        let headers = [("content-type", bad.media), ("accept-language", language)];
        let reply = self.house.public_door().send("POST", REPORTS, &headers, &bad.body);
        let reply = reply.unwrap_or_else(|| panic!("{}: no answer", bad.what));
        assert_eq!(reply.code(), bad.code, "{}: {reply:?}", bad.what);
        assert!((400..500).contains(&reply.status), "{}: {}", bad.what, reply.status);
        assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{}", bad.what);
        assert_eq!(reply.header("content-language"), Some(language), "{}", bad.what);
        assert!(self.canary.traces(format!("{reply:?}").as_bytes()).is_empty(), "{}: {}", bad.what, reply.text());
        assert!(self.canary.traces(&reply.body).is_empty(), "{}: {}", bad.what, reply.text());
        reply.json()["title"].as_str().unwrap().to_owned()
    }

    fn nothing_came_of_it(&self, before: &[(String, usize)]) {
        assert_eq!(self.house.kept(), before, "nothing is half kept");
        let log = self.house.log();
        assert!(self.canary.traces(log.as_bytes()).is_empty(), "the log repeats what was sent");
        assert!(log.contains("request"), "the log was on");
        for (name, bytes) in self.house.stolen() {
            assert!(self.canary.traces(&bytes).is_empty(), "{name} holds what was sent");
        }
    }
}

both_databases! {
    fn facets_that_say_what_they_may_not_are_refused(house) {
        let mut spoiler = Spoiler::of(house);
        let code = spoiler.code();
        let all = [
            spoiler.facets("an unknown act", |facets| facets["acts"] = json!([code])),
            spoiler.facets("an unknown kind of perpetrator", |facets| facets["accused"]["kinds"] = json!([code])),
            spoiler.facets("an unknown institution", |facets| facets["accused"]["institutions"] = json!([code])),
            spoiler.facets("an unknown area", |facets| facets["area"] = json!(code)),
            spoiler.facets("an unknown key", |facets| facets[code.as_str()] = json!(1)),
            spoiler.facets("a word for a number", |facets| facets["version"] = json!(code)),
            spoiler.facets("ten thousand acts", |facets| {
                let acts = (0..10_000).map(|number| format!("{}-{number:05}", code.get(..8).unwrap()));
                facets["acts"] = acts.collect();
            }),
            spoiler.facets("a NUL in a code", |facets| facets["language"] = json!(format!("{code}\0"))),
            spoiler.facets("an override of direction in a code", |facets| {
                facets["language"] = json!(format!("\u{202e}{code}"));
            }),
        ];
        spoiler.refused(&all);
    }

    fn statements_that_do_not_match_are_refused(house) {
        let mut spoiler = Spoiler::of(house);
        let device = house.device();
        let witness = device.directory().institution(&"BA-BP".parse().unwrap()).unwrap();
        let all = [
            spoiler.spoiled("a grant to the accused", "grant-closure", |parcel| parcel.state(|body| {
                let grant = body.grants.iter_mut().find(|grant| grant.to != Reader::Receipt).unwrap();
                grant.to = Reader::Institution(witness.code.clone());
                grant.key = witness.recipient.fingerprint();
            })),
            spoiler.spoiled("a part that stands twice", "part-twice", |parcel| {
                let part = parcel.envelope.parts.first().unwrap().clone();
                parcel.envelope.parts.insert(0, part);
                parcel.state(|body| body.parts.insert(0, body.parts.first().unwrap().clone()));
            }),
            spoiler.spoiled("facets that were not signed", "facets-hash", |parcel| {
                parcel.envelope.facets = parcel.envelope.facets.take().map(|text| text.replace("older", "now"));
            }),
            spoiler.spoiled("a part under the other's name", "part-hash", |parcel| parcel.state(|body| {
                let [first, second, ..] = body.parts.as_mut_slice() else { panic!("two parts") };
                std::mem::swap(&mut first.sha256, &mut second.sha256);
            })),
            spoiler.spoiled("a part that nobody can come back for", "grant-receipt-missing", |parcel| {
                let first = parcel.envelope.statement.body().grants.iter().position(|grant| grant.to == Reader::Receipt);
                parcel.envelope.grants.remove(first.unwrap());
                parcel.state(|body| drop(body.grants.remove(first.unwrap())));
            }),
            spoiler.spoiled("a directory that never was", "statement-versions", |parcel| {
                parcel.state(|body| body.directory = 999_999_999);
            }),
        ];
        let other = spoiler.parcel().envelope.signature;
        let unsigned = spoiler.spoiled("another's signature", "statement-signature", |parcel| {
            parcel.envelope.signature = other;
        });
        spoiler.refused(&all);
        spoiler.refused(&[unsigned]);
    }

    fn what_is_no_envelope_is_refused(house) {
        let mut spoiler = Spoiler::of(house);
        let word = spoiler.canary.word.clone();
        let good = spoiler.parcel().bytes();
        let half = good.get(..good.len() / 2).unwrap().to_vec();
        let of_type = |what, media| Bad { what, code: "type-unsupported", media, body: good.clone() };
        let mut head = b"putokaz1".to_vec();
        head.extend(u32::try_from(word.len()).unwrap().to_be_bytes());
        head.extend(word.as_bytes());
        let all = [
            Bad::envelope("nothing", "envelope-magic", Vec::new()),
            Bad::envelope("words", "envelope-magic", word.clone().into_bytes()),
            Bad::envelope("a head that is no JSON", "envelope-head", head),
            Bad::envelope("half an envelope", "envelope-length", half),
            Bad::envelope("more than an envelope", "envelope-length", [good.as_slice(), word.as_bytes()].concat()),
            of_type("an envelope that says to be JSON", "application/json"),
            of_type("an envelope that says to be a form", "application/x-www-form-urlencoded"),
            spoiler.stating("an unknown act", |text| text.replace("\"file\"", &format!("\"{word}\""))),
            spoiler.stating("a NUL in the name of a part", |text| text.replace("\"account\"", &format!("\"account\\u0000{word}\""))),
            spoiler.stating("an override of direction in the name of a part", |text| {
                text.replace("\"account\"", &format!("\"\u{202e}account{word}\""))
            }),
            spoiler.stating("a key twice", |text| text.replacen('{', &format!("{{\"detail\":{{}},\"act\":\"{word}\","), 1)),
        ];
        spoiler.refused(&all);
    }

    fn too_much_is_refused_before_it_is_held(house) {
        let mut spoiler = Spoiler::of(house);
        let word = spoiler.canary.word.clone();
        let long = |bytes: usize| format!("{{\"version\":1,\"acts\":[\"{}\"]}}", word.repeat(bytes / word.len()));
        let stating = |spoiler: &mut Spoiler<'_>, bytes| {
            let mut parcel = spoiler.parcel();
            parcel.bring_facets(long(bytes));
            parcel.bytes_stating(parcel.envelope.statement.as_str())
        };
        let large = Bad::envelope("a megabyte of facets", "envelope-head-too-large", stating(&mut spoiler, 1 << 20));
        let huge = Bad::envelope("ten megabytes of facets", "body-too-large", stating(&mut spoiler, 10 << 20));
        spoiler.refused(&[large, huge]);
    }

    fn a_body_that_breaks_off_leaves_nothing(house) {
        let mut spoiler = Spoiler::of(house);
        let before = house.kept();
        let good = spoiler.parcel().bytes();
        let word = spoiler.canary.word.clone();
        for sent in [0, 11, good.len() / 2, good.len() - 1] {
            let address = house.public.strip_prefix("http://").unwrap();
            let mut connection = TcpStream::connect(address).unwrap();
            connection.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            let head = format!(
                "POST {REPORTS} HTTP/1.1\r\nhost: {word}\r\nuser-agent: {word}\r\ncontent-type: {MEDIA_TYPE}\r\ncontent-length: {}\r\n\r\n",
                good.len()
            );
            connection.write_all(&[head.as_bytes(), good.get(..sent).unwrap()].concat()).unwrap();
            connection.shutdown(Shutdown::Write).unwrap();
            let mut answer = String::new();
            // Whoever hangs up may get no answer; one that comes is a refusal.
            if connection.read_to_string(&mut answer).is_ok() && !answer.is_empty() {
                assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("body-cut"), "{answer}");
            }
        }
        spoiler.nothing_came_of_it(&before);
    }

    fn a_document_with_faults_is_not_sent(house) {
        let spoiler = Spoiler::of(house);
        let before = house.kept();
        let (word, code) = (spoiler.canary.word.clone(), spoiler.code());
        let acts: Vec<Value> = (0..10_000).map(|_| json!({ "code": "PUSH-01" })).collect();
        let faulty = [
            ("acts[0].code: unknown-code", json!({ "acts": [{ "code": code }] })),
            ("in-the-future", json!({ "event": { "from": "2999-05-01", "to": "2999-05-01", "precision": "D-DAY" } })),
            ("too-many", json!({ "acts": acts })),
            ("control-character", json!({ "identity": { "name": format!("{word}\0") } })),
            ("control-character", json!({ "identity": { "name": format!("\u{202e}{word}") } })),
            ("unknown-key", json!({ code.as_str(): 1 })),
        ];
        for (why, document) in faulty {
            let mut report = a_report();
            report.as_object_mut().unwrap().extend(document.as_object().unwrap().clone());
            let said = house.files(&report, &[]);
            assert_eq!(said.exit, 1, "{why}: {said:?}");
            assert!(said.stderr.contains(why), "{why}: {said:?}");
            assert!(spoiler.canary.traces(format!("{said:?}").as_bytes()).is_empty(), "{why}: {said:?}");
        }
        spoiler.nothing_came_of_it(&before);
    }
}
