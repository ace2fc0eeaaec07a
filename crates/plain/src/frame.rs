//! What every page of this door has around it, and how it is answered.

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use report::{Country, Day, InstitutionCode};
use routing::{Reason, Registry};
use web::{Code, Encoding, InPath, Packed, Policy, Problem};
use words::{Language, page_text};

use crate::state::Plain;

/// Somebody asks for a page: in the language its address names, to be packed as they understand.
pub(crate) struct Visit {
    pub(crate) language: Language,
    pub(crate) headers: HeaderMap,
}

impl FromRequestParts<Plain> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, plain: &Plain) -> Result<Self, Problem> {
        let InPath(tag) = InPath::<String>::from_request_parts(parts, plain).await?;
        Ok(Self { language: language(&tag)?, headers: parts.headers.clone() })
    }
}

/// The language of exactly this tag: a page has one address.
fn language(tag: &str) -> Result<Language, Problem> {
    let found = Language::ALL.into_iter().find(|language| language.tag() == tag);
    found.ok_or_else(|| Problem::new(Code::NotFound))
}

impl Plain {
    /// The frame of a page of this door; it loads no script.
    pub(crate) fn frame(&self, language: Language, title: &str, path: &'static str) -> intake::Frame {
        let reviewed = self.intake().country().reviews().is_complete(language.tag());
        intake::Frame::new(language, title, path, self.intake().around()).with_review(reviewed)
    }

    /// An answer with its page, packed as the asker understands: as small as can be where a thread is free for it, else lightly at once.
    /// Each page is somebody's own, so none can be kept packed; and whoever asks for many must not hold up the others.
    pub(crate) async fn packed(
        &self,
        outcome: Result<Response, Problem>,
        asked: &HeaderMap,
    ) -> Result<Response, Problem> {
        let mut response = outcome?;
        let Some(Own(html)) = response.extensions_mut().remove() else { return Ok(response) };
        let chosen = Encoding::chosen(asked);
        let packed = match self.place_to_pack() {
            Some(place) => tokio::task::spawn_blocking(move || {
                let packed = Packed::once(html, chosen);
                drop(place);
                packed
            })
            .await
            .map_err(|_| Problem::new(Code::Internal).because("packing ended early"))?,
            None => Packed::once(html, Encoding::quick(asked)),
        };
        let (told, body) = packed.into_parts();
        response.headers_mut().extend(told.headers);
        *response.body_mut() = body;
        Ok(response)
    }

    /// What says codes and institutions in a page's language.
    pub(crate) fn says(&self, language: Language) -> Says<'_> {
        Says { country: self.intake().country(), registry: self.intake().registry(), language: language.written() }
    }
}

/// Says codes, institutions and reasons in a language.
#[derive(Clone, Copy)]
pub(crate) struct Says<'a> {
    pub(crate) country: &'a Country,
    pub(crate) registry: &'a Registry,
    pub(crate) language: Language,
}

impl Says<'_> {
    /// A sentence of the catalogue.
    pub(crate) fn say(&self, key: &str) -> String {
        page_text(self.language, key, &[])
    }

    /// A sentence with one thing in it.
    pub(crate) fn say_of(&self, key: &str, name: &str, value: &str) -> String {
        page_text(self.language, key, &[(name, value)])
    }

    /// An institution by name; its code where nobody named it.
    pub(crate) fn institution(&self, code: &InstitutionCode) -> String {
        intake::Labels::new(self.country, self.language).institution(self.registry, code)
    }

    /// Why, with institutions by name.
    pub(crate) fn reason(&self, reason: &Reason) -> String {
        let named: Vec<(&str, String)> =
            reason.arguments.iter().map(|(name, code)| (*name, self.argument(code))).collect();
        let arguments: Vec<(&str, &str)> = named.iter().map(|(name, value)| (*name, value.as_str())).collect();
        page_text(self.language, reason.key, &arguments)
    }

    fn argument(&self, code: &str) -> String {
        code.parse().map_or_else(|_| code.to_owned(), |code: InstitutionCode| self.institution(&code))
    }

    /// A day in words.
    pub(crate) fn day(&self, day: Day) -> String {
        words::day(self.language, &day.to_string())
    }

    /// An entry of a list; the code itself where the list has none.
    pub(crate) fn term(&self, list: &str, code: &str) -> String {
        web::label(self.country, self.language.written(), (list, code))
    }

    /// A code of whatever list it stands in: acts, categories, lists, places, institutions.
    pub(crate) fn anything(&self, code: &str) -> String {
        let taxonomy = self.country.taxonomy();
        if taxonomy.act(code).is_some() {
            return self.term("act", code);
        }
        if taxonomy.category(code).is_some() {
            return self.term("category", code);
        }
        if self.country.territories().get(code).is_some() {
            return self.term("area", code);
        }
        if let Some(list) = taxonomy.list_names().find(|list| taxonomy.term(list, code).is_some()) {
            return self.term(list, code);
        }
        // The projection's own words stand in no list: how long ago, how soon, how urgent.
        let key = format!("form-code-{}", code.to_ascii_lowercase());
        if words::known(&key) { self.say(&key) } else { self.argument(code) }
    }
}

/// The page an answer still lacks.
#[derive(Clone)]
struct Own(String);

/// A page as an answer: without script, never stored, still to be packed.
pub(crate) fn answer(
    page: &impl askama::Template,
    (status, language): (StatusCode, Language),
) -> Result<Response, Problem> {
    let html = page.render().map_err(|error| Problem::new(Code::Internal).because(error))?;
    let mut response = status.into_response();
    response.extensions_mut().insert(Own(html));
    let tag = HeaderValue::from_static(language.written().tag());
    response.headers_mut().insert(header::CONTENT_LANGUAGE, tag);
    response.extensions_mut().insert(Policy::Plain);
    Ok(response)
}
