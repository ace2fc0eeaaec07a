//! The document of `GET /api/v1/country`, told in each language the country has labels in.

use std::sync::OnceLock;

use report::Country;
use serde_json::{Map, Value, json};
use web::Packed;
use words::Language;

/// The documents by language, each made when somebody first asks for it.
#[derive(Debug, Default)]
pub(super) struct Documents {
    base: OnceLock<Packed>,
    own: [OnceLock<Packed>; Language::ALL.len()],
}

impl Documents {
    /// The document in a language; in the country's base language when there are no labels in it.
    pub(super) fn told(&self, country: &Country, language: Option<Language>) -> &Packed {
        let labels = country.labels();
        let labelled = language.filter(|language| labels.languages().any(|tag| tag == language.tag()));
        let at = labelled.and_then(|language| Language::ALL.iter().position(|one| *one == language));
        let slot = at.and_then(|at| self.own.get(at)).unwrap_or(&self.base);
        let told: Option<&str> = labelled.map(Language::tag);
        slot.get_or_init(|| Packed::of(document(country, told.unwrap_or(labels.base()))))
    }
}

fn document(country: &Country, language: &str) -> String {
    let (taxonomy, labels) = (country.taxonomy(), country.labels());
    let label = |list: &str, code: &str| labels.get(list, code, language).to_owned();
    let entry = |list: &str, code: &str| json!({ "code": code, "label": label(list, code) });
    let lists: Map<String, Value> = taxonomy
        .list_names()
        .map(|name| (name.to_owned(), taxonomy.list(name).iter().map(|term| entry(name, term.code.as_str())).collect()))
        .collect();
    let categories = taxonomy.categories().iter().map(|category| {
        json!({ "code": category.code, "label": label("category", category.code.as_str()), "protected": category.is_protected })
    });
    let acts = taxonomy.acts().map(|act| {
        let (code, words) = (act.code.as_str(), labels.words(act.code.as_str(), language));
        json!({ "code": code, "category": act.category, "label": label("act", code), "words": words })
    });
    let document = json!({
        "country": country.code(),
        "taxonomy": taxonomy.version(),
        "language": language,
        "categories": categories.collect::<Vec<Value>>(),
        "acts": acts.collect::<Vec<Value>>(),
        "lists": lists,
        "areas": areas(country, language),
        "crossings": crossings(country, language),
        "facilities": facilities(country, language),
        "consent": country.consent(),
        "choices": country.consent().choices().iter().map(|choice| entry("choice", choice.code.as_str())).collect::<Vec<_>>(),
        "help": help(country, language),
    });
    document.to_string()
}

/// Each line of help as it is configured, with its name.
fn help(country: &Country, language: &str) -> Vec<Value> {
    let told = country.help().lines().iter().map(|line| {
        let mut told = json!(line);
        told["name"] = json!(country.label("help", line.code.as_str(), language));
        told
    });
    told.collect()
}

fn areas(country: &Country, language: &str) -> Vec<Value> {
    let all = country.territories().all();
    all.map(|area| {
        let name = country.label("area", area.code.as_str(), language);
        json!({ "code": area.code, "tier": area.tier, "parent": area.parent, "name": name, "local_name": area.local_name })
    })
    .collect()
}

/// For finding a place by what people call it.
fn crossings(country: &Country, language: &str) -> Vec<Value> {
    let all = country.territories().crossings();
    all.map(|crossing| {
        let name = country.label("crossing", crossing.code.as_str(), language);
        json!({ "code": crossing.code, "name": name, "opposite": crossing.opposite })
    })
    .collect()
}

fn facilities(country: &Country, language: &str) -> Vec<Value> {
    let all = country.territories().facilities();
    all.map(|facility| json!({ "code": facility.code, "name": country.label("facility", facility.code.as_str(), language) })).collect()
}
