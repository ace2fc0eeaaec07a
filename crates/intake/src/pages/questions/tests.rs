//! What every question must have, in every language that is written.

use report::Sources;

use super::*;

fn questions(language: Language) -> Questions {
    let country = Country::read(&Sources::embedded()).expect("the country reads");
    let registry = Registry::read(&Sources::embedded(), &country).expect("the registry reads");
    Questions::new(Ground { country: &country, registry: &registry, language }, Manner { rooms: 2, files: true })
}

#[test]
fn every_question_is_asked_in_words() {
    for language in [Language::English, Language::Bosnian] {
        let html = questions(language).to_string();
        let keys: Vec<&str> = html.split(['>', '"', '<']).filter(|text| text.starts_with("page-")).collect();
        assert!(keys.is_empty(), "{language}: {keys:?}");
    }
}

#[test]
fn nothing_must_be_answered_and_everything_can_be_declined() {
    let questions = questions(Language::English);
    let html = questions.to_string();
    assert!(!html.contains("required"));
    let cannot_be_declined = ["evidence", "consent", "consent.only", "consent.row"];
    for question in questions.topics.iter().flat_map(Topic::all).filter(|one| !one.declinable) {
        assert!(cannot_be_declined.contains(&question.field.as_str()), "{}", question.field);
    }
    assert!(html.matches("unanswered:unknown").count() >= questions.fields().count() - 8);
}

#[test]
fn every_act_in_use_is_asked_once_and_the_grave_ones_apart() {
    let country = Country::read(&Sources::embedded()).expect("the country reads");
    let questions = questions(Language::English);
    let asked = |id: &str| {
        let topic = questions.topics.iter().find(|topic| topic.id == id).expect("the topic is there");
        let groups = topic.questions.iter().filter_map(|question| match &question.kind {
            Kind::Many(groups) => Some(groups),
            _ => None,
        });
        groups.flatten().flat_map(|group| &group.choices).map(|choice| choice.code.clone()).collect::<Vec<_>>()
    };
    let (open, sexual, death) = (asked("acts"), asked("sexual"), asked("death"));
    let all = [open.clone(), sexual.clone(), death.clone()].concat();
    for act in country.taxonomy().acts() {
        assert_eq!(all.iter().filter(|code| **code == *act.code.as_str()).count(), 1, "{}", act.code);
    }
    assert!(sexual.contains(&"SEXV-01".to_owned()) && !open.contains(&"SEXV-01".to_owned()));
    assert!(!death.is_empty() && !open.iter().any(|code| death.contains(code)));
}

#[test]
fn ids_stand_once() {
    let html = questions(Language::English).to_string();
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn the_questions_are_light_on_the_wire() {
    let html = super::super::shelf::tight(&questions(Language::English).to_string());
    let size = web::Packed::of(html).smallest();
    assert!(size <= 16 * 1024, "{size} bytes");
}
