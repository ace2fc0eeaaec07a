//! Each page can show itself: every page in every written language, checked for what no page may lack or have.

use askama::Template;
use words::Language;

use super::*;

const REPORT: &str = "0123456789abcdef0123456789abcdef";

fn frame(language: Language, title: &str) -> Frame {
    let bundle =
        Bundle { style: "/assets/dashboard-A.css".into(), script: "/assets/dashboard-B.js".into(), icon: "/i".into() };
    let who = Who { institution: "NGO-VP".into(), member: "first".into(), places: vec![("/queue", "dashboard-queue")] };
    let mut frame = Frame::new(language, title, bundle);
    frame.who = Some(who);
    frame.training = true;
    frame
}

fn choice(value: &str) -> Choice {
    Choice { value: value.into(), text: value.into(), chosen: false }
}

fn fact() -> Fact {
    Fact { name: "PL".into(), value: "PL-GREEN".into() }
}

fn queue(language: Language) -> Queue {
    let line = QueueLine {
        report: REPORT.into(),
        reference: "0123".into(),
        why: "T06".into(),
        clock: "U1".into(),
        clock_text: "U1".into(),
        left: Some("3".into()),
        answer: Some("3".into()),
        is_overdue: true,
        needs: "ND-LEGAL".into(),
        area: "BA-BIH-01".into(),
        categories: "PUSH".into(),
        stage: "S".into(),
        filed: date(),
        mine: "L".into(),
    };
    let filter = Filter { name: "clock", label: "dashboard-clock", options: vec![choice("U0")] };
    Queue {
        frame: frame(language, "dashboard-queue-title"),
        is_filtered: false,
        choices: vec![filter],
        lines: vec![line],
        waiting: vec![waiting()],
        overdue: vec![overdue()],
        care: Some(care()),
        next: Some("/queue?after=x".into()),
    }
}

fn waiting() -> Waiting {
    let (report, reference, to) = (REPORT.to_owned(), "0123".to_owned(), "CSW-BIHAC".to_owned());
    Waiting { report, reference, to, left: 3, is_late: false, text: "W".into(), confirm: Some("ab".into()) }
}

fn date() -> Date {
    Date { iso: "2026-11-20".into(), text: "2026-11-20".into() }
}

fn clock() -> ClockEntry {
    let ask = AskLine { text: "A".into(), tag: "fa", direction: "rtl" };
    ClockEntry { text: "41".into(), is_over: true, asked: Some(date()), ask: Some(ask) }
}

fn overdue() -> Overdue {
    let (report, reference, to) = (REPORT.to_owned(), "0123".to_owned(), "BA-OMB".to_owned());
    Overdue { report, reference, to, due: "2026-11-20".into(), days: 3, text: "O".into() }
}

fn care() -> Care {
    Care { text: "C".into(), is_stop: true, contacts: vec![fact()], team: vec![fact()] }
}

fn part_line() -> PartLine {
    PartLine {
        name: "account".into(),
        kind: "account".into(),
        title: "P".into(),
        from: "F".into(),
        readers: "NGO-VP".into(),
    }
}

fn list() -> InstitutionList {
    let line = InstitutionLine {
        name: "BA-OMB".into(),
        refer: Some("BA-OMB".into()),
        is_outside: true,
        reasons: vec!["R".into()],
    };
    InstitutionList { title: "T".into(), lines: vec![line], folded: true }
}

fn case(language: Language) -> Case {
    Case {
        frame: frame(language, "dashboard-case-title"),
        report: REPORT.into(),
        reference: "0123".into(),
        stage: "S".into(),
        mine: "L".into(),
        reasons: vec!["T06".into()],
        clocks: vec![clock()],
        needs: vec!["ND-LEGAL".into()],
        facts: vec![fact()],
        through: Some("NGO-VP".into()),
        wish: Some("W".into()),
        parts: vec![part_line()],
        lists: vec![list()],
        acts: vec![ActLine { code: "PUSH-01".into(), text: "A".into(), status: String::new() }],
        verdicts: vec![choice("verified")],
        countable: Some(Countable {
            segments: vec![choice("SEG-HR")],
            directions: vec![choice("IN")],
            grounds: vec![choice("ID-NAT")],
            people: vec![choice("PEOPLE")],
        }),
        outcomes: vec![choice("O-DONE")],
        referred: true,
        is_least: false,
        waiting: vec![waiting()],
        care: Some(care()),
        coding: Some(Coding { acts: vec![("PUSH".into(), vec![choice("PUSH-01")])], areas: vec![choice("BA")] }),
        pauses: vec![choice("PZ-ASKED")],
        stands: true,
        leads: vec![choice("NGO-HCBH")],
        ending: Ending::Reopen,
        statements: vec![StatementLine { day: date(), text: "T".into(), from: "F".into() }],
        next: Next { message: 1, note: 1, coding: 1 },
    }
}

fn refer(language: Language) -> Refer {
    let part = |name: &str, chosen| PartChoice {
        name: name.into(),
        title: "P".into(),
        purposes: "C-OVER".into(),
        vital: "C-URG".into(),
        chosen,
    };
    Refer {
        frame: frame(language, "dashboard-refer-title"),
        report: REPORT.into(),
        reference: "0123".into(),
        to: "BA-OMB".into(),
        name: "N".into(),
        purposes: vec![choice("C-OVER")],
        parts: vec![part("account", true), part("identity", false)],
        withheld: vec!["P".into()],
        facts: vec![fact()],
        tells: "usual".into(),
        tells_text: "T".into(),
        hazard: "BA-OMB".into(),
        vital: "C-URG".into(),
        is_required: true,
        due: ("2026-12-20".into(), "2026-11-20".into(), "2027-05-20".into()),
        note: 1,
        least: vec![fact()],
    }
}

/// Every page of the dashboard, by name, in one language.
fn samples(language: Language) -> Vec<(&'static str, String)> {
    let sign_in = SignIn { frame: frame(language, "dashboard-sign-in-title"), deployment: "made-up".into() };
    let release = ReleaseLine { address: "/".into(), title: "T".into(), period: "2024-H1".into(), day: date() };
    let frame_of = frame(language, "dashboard-statistics-title");
    let statistics = Statistics { frame: frame_of.clone(), releases: vec![release], tables: vec![choice("T-A")] };
    let cell = TableCell { number: "<20".into(), days: Some("D".into()), wider: Some(choice("T-A")) };
    let table = ProtectedTable {
        frame: frame_of,
        table: "T-A".into(),
        title: "T".into(),
        period: "2024-Q2".into(),
        told_period: "2024-Q2".into(),
        is_draft: true,
        refused: None,
        head: vec!["H".into()],
        rows: vec![TableRow { name: "PUSH".into(), cells: vec![cell] }],
    };
    vec![
        ("sign-in", sign_in.render().expect("renders")),
        ("queue", queue(language).render().expect("renders")),
        (
            "empty queue",
            Queue { lines: Vec::new(), next: None, waiting: Vec::new(), care: None, ..queue(language) }
                .render()
                .expect("renders"),
        ),
        ("case", case(language).render().expect("renders")),
        (
            "least case",
            Case { is_least: true, ending: Ending::No, coding: None, ..case(language) }.render().expect("renders"),
        ),
        ("refer", refer(language).render().expect("renders")),
        ("table", table.render().expect("renders")),
        ("statistics", statistics.render().expect("renders")),
        ("log", Log { frame: frame(language, "dashboard-log-title") }.render().expect("renders")),
    ]
}

/// The text between tags, without what is in `<template>` or code.
fn visible(page: &str) -> impl Iterator<Item = &str> {
    page.split('<')
        .filter_map(|piece| piece.split_once('>'))
        .map(|(_, text)| text.trim())
        .filter(|text| !text.is_empty())
}

fn attributes<'a>(page: &'a str, opening: &str, name: &str) -> Vec<&'a str> {
    let start = format!("<{opening}");
    let tags =
        page.split('<').filter(|piece| piece.starts_with(&start[1..])).filter_map(|piece| piece.split('>').next());
    let found = tags.filter_map(|tag| tag.split_once(&format!(" {name}=\"")));
    found.filter_map(|(_, rest)| rest.split('"').next()).collect()
}

fn every_page(check: impl Fn(&str, &str)) {
    for language in Language::ALL {
        for (name, page) in samples(language) {
            check(&format!("{name} in {}", language.tag()), &page);
        }
    }
}

#[test]
fn every_page_has_one_first_heading_and_says_its_language() {
    every_page(|name, page| {
        assert_eq!(page.matches("<h1").count(), 1, "{name}");
        assert!(page.contains("<html lang=\""), "{name}");
        assert!(!attributes(page, "html ", "dir").is_empty(), "{name}");
    });
}

#[test]
fn every_field_has_a_label() {
    every_page(|name, page| {
        let labels = attributes(page, "label ", "for");
        for kind in ["input ", "select ", "textarea "] {
            for id in attributes(page, kind, "id") {
                assert!(labels.contains(&id), "{id} of {name}");
            }
            assert_eq!(attributes(page, kind, "id").len(), page.matches(&format!("<{kind}")).count(), "{name}");
        }
    });
}

#[test]
fn no_page_has_an_inline_script_style_or_handler() {
    every_page(|name, page| {
        assert_eq!(page.matches("<script").count(), attributes(page, "script ", "src").len(), "{name}");
        for forbidden in ["<style", " style=\"", " onclick", " onload", "javascript:"] {
            assert!(!page.contains(forbidden), "{forbidden} in {name}");
        }
    });
}

#[test]
fn no_page_has_a_text_outside_the_catalogue() {
    let catalogue = |language: Language| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../words/locales/");
        let topic = |topic: &str| format!("{folder}{}/{topic}.ftl", language.tag());
        let read = |name| std::fs::read_to_string(topic(name)).expect("the catalogue is there");
        read("dashboard") + &read("statistics")
    };
    for language in [Language::English, Language::Bosnian] {
        let known = catalogue(language);
        for (name, page) in samples(language) {
            for text in visible(&page).filter(|text| text.chars().filter(|letter| letter.is_alphabetic()).count() > 9) {
                let is_code = text.chars().all(|letter| !letter.is_lowercase()) || text == "dashboard";
                assert!(
                    is_code || known.contains(&text.replace("&#39;", "'")) || is_date_or_id(text),
                    "{text:?} of {name}"
                );
            }
        }
    }
}

fn is_date_or_id(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii_hexdigit() || letter == '-')
}

#[test]
fn every_key_a_page_asks_for_is_written() {
    every_page(|name, page| assert!(!visible(page).any(|text| text.starts_with("dashboard-")), "{name}"));
}
