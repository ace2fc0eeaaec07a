//! The frame of a page: what every page of ours has around its content.

use words::{Language, page_text};

/// What `templates/frame.html` needs. A page's struct has a field `frame` of this type and extends that template.
#[derive(Debug, Clone)]
pub struct Frame {
    language: Language,
    title: String,
}

impl Frame {
    /// A frame in the reader's language (or the one they are answered in), with the page's title.
    pub fn new(language: Language, title: impl Into<String>) -> Self {
        Self { language: language.written(), title: title.into() }
    }

    /// The value of `lang`: the language the page is written in.
    pub fn tag(&self) -> &'static str {
        self.language.tag()
    }

    /// The value of `dir`.
    pub fn direction(&self) -> &'static str {
        self.language.direction().as_str()
    }

    /// The page's title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The language the page is written in.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Where the quick exit leads: a page everybody looks things up on, in the reader's language.
    pub fn exit(&self) -> String {
        let primary = self.tag().split('-').next().unwrap_or_default();
        format!("https://{primary}.wikipedia.org/")
    }

    /// A sentence without arguments; askama escapes it where it is shown.
    pub fn say(&self, key: &str) -> String {
        page_text(self.language, key, &[])
    }
}

/// A page as an answer: rendered, or a constant problem when it cannot be.
#[derive(Debug, Clone)]
pub struct Page<T>(pub T);
