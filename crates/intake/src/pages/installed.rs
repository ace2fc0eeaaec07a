//! The page as an app: its manifest, and the door other apps share files through.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};
use web::{Described, InPath, Problem, Routes};
use words::{Language, text};

use super::known;
use crate::Intake;

const TYPE: &str = "application/manifest+json";
/// What other apps may share here; the field's name is what the service worker looks for.
const SHARED: [&str; 4] = ["audio/*", "image/*", "video/*", "application/pdf"];

pub(super) fn routes() -> Routes<Intake> {
    let app = Described::get("/{language}/manifest.webmanifest", "What the installed page is.");
    let share = Described::post("/share", "Share target of the installed page, answered on the device.");
    Routes::new().open(app.gives_media(200, TYPE), manifest).open(share.gives_nothing(303), unshared)
}

async fn manifest(State(intake): State<Intake>, tag: InPath<String>) -> Result<Response, Problem> {
    let document = describe(known(&tag.0)?, &intake.assets().address("icon.svg"));
    let mut response = (StatusCode::OK, document.to_string()).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(TYPE));
    Ok(response)
}

/// A name and a picture that tell nothing to who looks over a shoulder. A phone may cut the picture round: it stands well within.
fn describe(language: Language, icon: &str) -> Value {
    let written = language.written();
    let begin = format!("/{}/", language.tag());
    let name = text(written, "page-app-name", &[]);
    let quick = text(written, "page-quick-heading", &[]);
    json!({
        "id": "/",
        "name": name,
        "short_name": name,
        "lang": written.tag(),
        "dir": written.direction().as_str(),
        "start_url": begin,
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [{ "src": icon, "sizes": "any", "type": "image/svg+xml", "purpose": "any maskable" }],
        "shortcuts": [{ "name": quick, "url": format!("{begin}quick") }],
        "share_target": {
            "action": "/share",
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": { "files": [{ "name": "file", "accept": SHARED }] },
        },
    })
}

/// Without the service worker nothing can be sealed: the body is not read, and the start page says what can be done.
async fn unshared() -> Redirect {
    Redirect::to("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installed_page_opens_in_its_language_and_shares_with_the_worker_only() {
        let document = describe(Language::Persian, "/assets/icon-1.svg");
        assert_eq!(document["start_url"], "/fa/");
        assert_eq!(document["scope"], "/");
        assert_eq!(document["share_target"]["action"], "/share");
        assert_eq!(document["share_target"]["params"]["files"][0]["name"], "file");
    }
}
