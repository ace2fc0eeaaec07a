//! What every page of the dashboard has around it.

use web::Assets;
use words::{Language, page_text};

/// Addresses of the dashboard's style, script and icon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// Address of the style sheet.
    pub style: String,
    /// Address of the module.
    pub script: String,
    /// Address of the icon.
    pub icon: String,
}

impl Bundle {
    /// What the built code has for the dashboard.
    pub fn of(assets: &Assets) -> Self {
        Self {
            style: assets.address("dashboard.css"),
            script: assets.address("dashboard.js"),
            icon: assets.address("icon.svg"),
        }
    }
}

/// Sentences that the browser's code shows. They travel in a `<template>`, so that no text lives in a script.
const SCRIPT_KEYS: [&str; 21] = [
    "dashboard-signing-in",
    "dashboard-opening",
    "dashboard-opened",
    "dashboard-part-empty",
    "dashboard-show-media",
    "dashboard-save-file",
    "dashboard-sealing",
    "dashboard-done",
    "dashboard-no-consent",
    "dashboard-refusal-altered",
    "dashboard-refusal-closure",
    "dashboard-refusal-directory",
    "dashboard-refusal-key",
    "dashboard-refusal-server",
    "dashboard-refusal-signed-out",
    "dashboard-refusal-chosen-nothing",
    "dashboard-refusal-verified-nothing",
    "dashboard-yes",
    "dashboard-no",
    "dashboard-unanswered-unknown",
    "dashboard-unanswered-refused",
];

/// Names of what an opened part can hold, for the page that opens parts.
const FIELD_KEYS: [&str; 53] = [
    "dashboard-field-accused",
    "dashboard-field-acts",
    "dashboard-field-age-band",
    "dashboard-field-agent-type",
    "dashboard-field-area",
    "dashboard-field-bias-indicator",
    "dashboard-field-care",
    "dashboard-field-channel",
    "dashboard-field-code",
    "dashboard-field-consent",
    "dashboard-field-contact",
    "dashboard-field-count",
    "dashboard-field-count-basis",
    "dashboard-field-crossing",
    "dashboard-field-done",
    "dashboard-field-event",
    "dashboard-field-evidence",
    "dashboard-field-facility",
    "dashboard-field-from",
    "dashboard-field-gender",
    "dashboard-field-harm",
    "dashboard-field-identity-ground",
    "dashboard-field-institution",
    "dashboard-field-interpreter-used",
    "dashboard-field-involvement",
    "dashboard-field-kind",
    "dashboard-field-language",
    "dashboard-field-legal-status",
    "dashboard-field-legs",
    "dashboard-field-means",
    "dashboard-field-name",
    "dashboard-field-narrative",
    "dashboard-field-needs",
    "dashboard-field-next",
    "dashboard-field-on-behalf",
    "dashboard-field-origin",
    "dashboard-field-parts",
    "dashboard-field-people",
    "dashboard-field-place",
    "dashboard-field-place-kind",
    "dashboard-field-precision",
    "dashboard-field-purpose",
    "dashboard-field-recipient-kind",
    "dashboard-field-repeat",
    "dashboard-field-reprisal",
    "dashboard-field-source-kind",
    "dashboard-field-statistics",
    "dashboard-field-still-in-danger",
    "dashboard-field-to",
    "dashboard-field-same-event-as",
    "dashboard-field-to-code",
    "dashboard-field-vulnerability",
    "dashboard-field-when",
];

/// Who is signed in, as the page's head shows it.
#[derive(Clone, Debug)]
pub struct Who {
    /// The institution's name.
    pub institution: String,
    /// The member's name within it.
    pub member: String,
    /// Addresses of the pages this role opens, each with the key of its name, the first page first.
    pub places: Vec<(&'static str, &'static str)>,
}

/// The page's frame of every door, with what the dashboard adds: bundle and person.
#[derive(Clone, Debug)]
pub struct Frame {
    inner: web::Frame,
    /// Where the style and the script are.
    pub bundle: Bundle,
    /// Nobody on the sign-in page.
    pub who: Option<Who>,
    /// Whether this is a training instance, which every page says.
    pub training: bool,
}

impl Frame {
    /// A frame for nobody yet, titled by a sentence of the catalogue.
    pub fn new(language: Language, title: &str, bundle: Bundle) -> Self {
        let language = language.among_members();
        let inner = web::Frame::new(language, page_text(language, title, &[]));
        Self { inner, bundle, who: None, training: false }
    }

    /// A sentence of the catalogue.
    pub fn word(&self, key: &str) -> String {
        self.inner.say(key)
    }

    /// The page's title.
    pub fn title(&self) -> &str {
        self.inner.title()
    }

    /// BCP 47 tag of the language the page is written in.
    pub fn tag(&self) -> &'static str {
        self.inner.tag()
    }

    /// Which way it is read.
    pub fn direction(&self) -> &'static str {
        self.inner.direction()
    }

    /// The keys of the sentences that the script shows.
    #[expect(clippy::unused_self, reason = "templates call methods of what they are given")]
    pub fn script_keys(&self) -> &'static [&'static str] {
        &SCRIPT_KEYS
    }

    /// The keys of the names of fields that the script shows.
    #[expect(clippy::unused_self, reason = "templates call methods of what they are given")]
    pub fn field_keys(&self) -> &'static [&'static str] {
        &FIELD_KEYS
    }
}
