//! What every question must have, in every language that is written.

use report::Sources;

use super::*;

fn questions(language: Language) -> Questions {
    let country = Country::read(&Sources::embedded()).expect("the country reads");
    let registry = Registry::read(&Sources::embedded(), &country).expect("the registry reads");
    Questions::new(
        Ground { country: &country, registry: &registry, language },
        Manner { rooms: 2, files: true, searched: true },
    )
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
fn after_acts_of_every_category_three_sentences_help_at_once() {
    let country = Country::read(&Sources::embedded()).expect("the country reads");
    for act in country.taxonomy().acts() {
        let now = Now::first(&questions(Language::English).take_now(), &[act.code.as_str()]);
        assert_eq!(now.len(), AT_ONCE, "{}: {now:?}", act.code);
    }
    assert!(Now::first(&questions(Language::English).take_now(), &[]).is_empty());
}

#[test]
fn after_sexual_violence_health_comes_before_papers_and_belongings() {
    let now = Now::first(&questions(Language::English).take_now(), &["PROP-01", "ASY-01", "SEXV-01"]);
    assert!(now.first().is_some_and(|first| first.sentence.starts_with("Health first")), "{now:?}");
    assert!(now.first().is_some_and(|first| first.calls.iter().any(|call| call.number == "124")), "{now:?}");
    assert!(now.iter().any(|one| one.sentence.contains("120 hours")), "{now:?}");
}

#[test]
fn what_helps_at_once_stands_once_hidden_until_asked_for_and_never_before_a_child() {
    let html = questions(Language::English).to_string();
    assert_eq!(html.matches("data-helps role=\"status\" hidden").count(), 1);
    assert_eq!(html.matches("get dry and warm first").count(), 1);
    let mut taken = questions(Language::English);
    taken.take_now();
    assert!(!taken.to_string().contains("data-helps"));
    let country = Country::read(&Sources::embedded()).expect("the country reads");
    let registry = Registry::read(&Sources::embedded(), &country).expect("the registry reads");
    let ground = Ground { country: &country, registry: &registry, language: Language::English };
    let child = Questions::for_child(ground).to_string();
    assert!(!child.contains("data-now") && !child.contains("data-helps"));
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

fn fields(questions: &Questions) -> Vec<String> {
    questions.fields().map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn people_who_live_here_are_not_asked_what_only_the_person_concerned_knows() {
    let country = Country::read(&Sources::embedded()).expect("the country reads");
    let registry = Registry::read(&Sources::embedded(), &country).expect("the registry reads");
    let ground = |language| Ground { country: &country, registry: &registry, language };
    let manner = Manner { rooms: 1, files: true, searched: true };
    let asked = fields(&Questions::for_resident(ground(Language::English), manner));
    for (own, wanted) in [("still_in_danger", true), ("acts", true), ("accused", true), ("reprisal", true)] {
        assert_eq!(asked.iter().any(|field| field == own), wanted, "{own}");
    }
    let guessed = ["needs", "each.purpose", "identity_ground", "on_behalf", "harm", "source_kind", "people.0.origin"];
    for field in guessed.into_iter().chain(["people.0.vulnerability", "people.0.legal_status", "people.0.gender"]) {
        assert!(!asked.iter().any(|one| one == field), "{field} is asked of a witness");
    }
    assert!(country.taxonomy().term("source_kind", "S-COMM").is_some(), "what the page presets");
    for language in [Language::English, Language::Bosnian] {
        for questions in [Questions::for_resident(ground(language), manner), Questions::for_another(ground(language))] {
            let html = questions.to_string();
            assert!(!html.contains(">page-"), "{language}: a question without words");
            assert!(!html.contains("required"));
        }
    }
}

#[test]
fn another_adult_of_a_group_is_asked_for_nothing_but_their_own() {
    let country = Country::read(&Sources::embedded()).expect("the country reads");
    let registry = Registry::read(&Sources::embedded(), &country).expect("the registry reads");
    let ground = Ground { country: &country, registry: &registry, language: Language::English };
    let asked = fields(&Questions::for_another(ground));
    let own = |field: &String| {
        let begins = ["account.narrative", "identity.", "said.contact_safe", "consent", "statistics"];
        begins.iter().any(|own| field.starts_with(own))
    };
    assert!(asked.iter().all(own), "{asked:?}");
}

fn at<'a>(html: &'a str, topic: &str) -> &'a str {
    let (_, rest) = html.split_once(&format!("data-topic=\"{topic}\"")).expect("the topic is there");
    rest.split("<section").next().unwrap_or_default()
}

#[test]
fn who_says_that_there_is_danger_reads_there_whom_to_call() {
    let html = questions(Language::English).to_string();
    let danger = at(&html, "danger");
    assert!(danger.contains("This is not a rescue service.") && danger.contains("href=\"./\""), "{danger}");
}

#[test]
fn the_warning_of_sexual_violence_and_death_stands_before_a_list_that_is_folded() {
    let html = questions(Language::English).to_string();
    for (id, named) in [("sexual", "Rape"), ("death", "A person was killed")] {
        let (before, list) = at(&html, id).split_once("<details").expect("the list is folded");
        assert!(before.contains("Read it only if you want to") && !before.contains(named), "{before}");
        assert!(list.contains(named) && !list.starts_with(" open"), "{list}");
    }
    assert!(at(&html, "means").contains("a list of weapons and force"), "what is used is listed after a warning");
}

#[test]
fn a_child_is_asked_for_what_a_child_can_say_of_itself() {
    let country = Country::read(&Sources::embedded()).expect("the country reads");
    let registry = Registry::read(&Sources::embedded(), &country).expect("the registry reads");
    let ground = Ground { country: &country, registry: &registry, language: Language::English };
    let html = Questions::for_child(ground).to_string();
    assert!(html.contains("12 to 14") && html.contains("Nobody from my family"), "{html}");
    let with = r#"value="V-CHILD" data-apart="people.0.vulnerability=V-UASC">Somebody from my family"#;
    assert!(html.contains(with), "who is with a child can be said, and not both: {html}");
    for of_others in ["disputed", "Adults and children", "18 to 59", "Child without parents"] {
        assert!(!html.contains(of_others), "{of_others}");
    }
}

#[test]
fn pictures_stand_beside_what_can_be_drawn_and_never_beside_what_was_done() {
    let html = questions(Language::English).pictured(&web::Assets::default()).to_string();
    let has = |topic| at(&html, topic).contains("<img class=\"picture\"");
    assert!(["when", "place", "people", "needs", "words", "contact", "consent"].into_iter().all(has), "{html}");
    assert!(!["danger", "acts", "sexual", "death", "means", "accused", "harm"].into_iter().any(has), "{html}");
}

#[test]
fn every_topic_says_how_long_it_takes_and_who_sees_the_answers() {
    let country = Country::read(&Sources::embedded()).expect("the country reads");
    let registry = Registry::read(&Sources::embedded(), &country).expect("the registry reads");
    let told = [
        (
            Language::English,
            ["minute", "One question", "As long"],
            ["The one who answers sees it", "seen only if you say yes"],
        ),
        (
            Language::Bosnian,
            ["minut", "Jedno pitanje", "Koliko žel"],
            ["Vidi onaj ko odgovara", "vidi samo ako kažete da"],
        ),
    ];
    for (language, time, who) in told {
        let ground = Ground { country: &country, registry: &registry, language };
        let manner = Manner { rooms: 1, files: true, searched: true };
        let forms =
            [Questions::for_child(ground), Questions::for_resident(ground, manner), Questions::for_another(ground)];
        for topic in forms.iter().chain([&questions(language)]).flat_map(|form| &form.topics) {
            let says = |any: &[&str]| any.iter().any(|one| topic.why.contains(one));
            assert!(says(&time) && says(&who), "{language}/{}: {}", topic.id, topic.why);
        }
    }
}
