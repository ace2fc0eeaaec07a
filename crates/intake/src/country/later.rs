//! What the scripts of the pages say after the first question, and what institutions are called, one document a language: so much
//! less travels before it.

use std::sync::OnceLock;

use report::Country;
use routing::Registry;
use serde_json::{Map, Value, json};
use web::Packed;
use words::Language;

use crate::pages::FIRST;

/// Topics, and pieces of topics, of the form; what the page itself hands over is left out.
const TOPICS: [&str; 13] = [
    "card",
    "date",
    "form",
    "hours",
    "offline-quick",
    "offline-refused",
    "offline-shared",
    "offline-size",
    "offline-take-out",
    "offline-too-large",
    "offline-withheld",
    "reason",
    "voice",
];

/// The documents by language, each made when somebody first asks for it.
#[derive(Debug, Default)]
pub(super) struct Later([OnceLock<Packed>; Language::ALL.len()]);

impl Later {
    /// The document in a language.
    pub(super) fn told(&self, country: &Country, registry: &Registry, language: Language) -> &Packed {
        let [first, ..] = &self.0;
        let at = Language::ALL.iter().position(|one| *one == language);
        let slot = at.and_then(|at| self.0.get(at)).unwrap_or(first);
        slot.get_or_init(|| Packed::of(document(country, registry, language).to_string()))
    }
}

fn told(language: Language, topic: &str) -> impl Iterator<Item = (String, Value)> {
    words::topic(language, topic).into_iter().map(|(key, sentence)| (key.to_owned(), json!(sentence)))
}

/// Sentences by key, institutions' names among them, and the everyday words each act is found by.
fn document(country: &Country, registry: &Registry, language: Language) -> Value {
    let acts = country.taxonomy().acts().filter(|act| act.validity.to.is_none());
    let found =
        acts.map(|act| (act.code.to_string(), country.labels().words(act.code.as_str(), language.tag()).join(" ")));
    let found: Map<String, Value> =
        found.filter(|(_, words)| !words.is_empty()).map(|(code, words)| (code, json!(words))).collect();
    let mut sentences = sentences(language);
    sentences.extend(
        registry.institutions().map(|body| {
            (format!("institution-{}", body.code), json!(registry.name(&body.code, country, language.tag())))
        }),
    );
    json!({ "sentences": sentences, "acts": found })
}

fn sentences(language: Language) -> Map<String, Value> {
    let mut all: Map<String, Value> = TOPICS.iter().flat_map(|topic| told(language, topic)).collect();
    for (key, _) in FIRST.iter().flat_map(|topic| words::topic(language, topic)) {
        all.remove(key);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_form_says_travels_with_the_page_or_after_it_and_never_twice() {
        let of =
            |topics: &[&str]| topics.iter().flat_map(|topic| told(Language::English, topic)).collect::<Map<_, _>>();
        let (all, first) = (of(&["form"]), of(&FIRST));
        let later = sentences(Language::English);
        assert!(first.keys().all(|key| all.contains_key(key) && !later.contains_key(key)), "{first:?}");
        assert!(all.keys().all(|key| first.contains_key(key) || later.contains_key(key)));
        assert!(later.contains_key("reason-accused") && later.contains_key("form-list-nobody"));
    }
}
