//! What every public page has around it.

use web::Assets;
use words::{Language, page_text};

/// What a page's frame needs of its surroundings.
#[derive(Clone, Debug)]
pub struct Around {
    /// The built code.
    pub assets: Assets,
    /// Whether this is a training instance, which every page says.
    pub training: bool,
    /// Whether the plain door is open.
    pub plain: bool,
}

/// One language that a page can be read in.
#[derive(Clone, Debug)]
pub struct Tongue {
    /// Its tag.
    pub tag: &'static str,
    /// What its readers call it.
    pub name: &'static str,
    /// Whether it is the page's own.
    pub chosen: bool,
}

/// The frame of a public page: exit, language switch, training banner, sentences for the script.
#[derive(Clone, Debug)]
pub struct Frame {
    inner: web::Frame,
    asked: Language,
    around: Around,
    path: &'static str,
    entry: Option<&'static str>,
    sentences: Vec<(&'static str, String)>,
    reviewed: bool,
}

impl Frame {
    /// The frame of the page at `/{language}/{path}`, with a title that gives nothing away to who looks over a shoulder.
    pub fn new(asked: Language, title: &str, path: &'static str, around: Around) -> Self {
        let inner = web::Frame::new(asked, page_text(asked.written(), title, &[]));
        Self { inner, asked, around, path, entry: None, sentences: Vec::new(), reviewed: false }
    }

    /// The same, in a language whose delicate sentences two people have read; every other page says that they have not.
    #[must_use]
    pub fn with_review(mut self, reviewed: bool) -> Self {
        self.reviewed = reviewed;
        self
    }

    /// English and Bosnian, for a reader of a language that is not reviewed; none when it is.
    pub fn instead(&self) -> Vec<Tongue> {
        let own = self.inner.language();
        let offered = [Language::English, Language::Bosnian].into_iter().filter(|one| !self.reviewed && *one != own);
        offered.map(|one| Tongue { tag: one.tag(), name: one.own_name(), chosen: false }).collect()
    }

    /// The same with a script of its own, such as `form.js`, and the topics its sentences come from.
    #[must_use]
    pub fn with_script(mut self, entry: &'static str, topics: &[&str]) -> Self {
        let language = self.inner.language();
        self.entry = Some(entry);
        self.sentences = topics.iter().flat_map(|topic| words::topic(language, topic)).collect();
        self
    }

    /// Whether the page may point to the plain door.
    pub fn has_plain_door(&self) -> bool {
        self.around.plain
    }

    /// BCP 47 tag of the language the page is written in.
    pub fn tag(&self) -> &'static str {
        self.inner.tag()
    }

    /// Which way it is read.
    pub fn direction(&self) -> &'static str {
        self.inner.direction()
    }

    /// The page's title.
    pub fn title(&self) -> &str {
        self.inner.title()
    }

    /// A sentence without arguments.
    pub fn say(&self, key: &str) -> String {
        self.inner.say(key)
    }

    /// A sentence with one argument.
    pub fn say_with(&self, key: &str, name: &str, value: &str) -> String {
        page_text(self.inner.language(), key, &[(name, value)])
    }

    /// A sentence with several arguments.
    pub fn say_all(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        page_text(self.inner.language(), key, arguments)
    }

    /// The language the page is written in.
    pub fn language(&self) -> Language {
        self.inner.language()
    }

    /// Whether this is a training instance.
    pub fn training(&self) -> bool {
        self.around.training
    }

    /// The address of a page in the reader's language.
    pub fn to(&self, path: &str) -> String {
        format!("/{}/{path}", self.asked.tag())
    }

    /// The address of this page in another language.
    pub fn here_in(&self, tag: &str) -> String {
        format!("/{tag}/{}", self.path)
    }

    /// The languages that a whole catalogue is written in.
    pub fn tongues(&self) -> Vec<Tongue> {
        let written = Language::ALL.into_iter().filter(|language| language.written() == *language);
        let own = self.inner.language();
        written.map(|one| Tongue { tag: one.tag(), name: one.own_name(), chosen: one == own }).collect()
    }

    /// What the page's language is called by its readers.
    pub fn own_name(&self) -> &'static str {
        self.inner.language().own_name()
    }

    /// Where the exit leads.
    pub fn exit(&self) -> String {
        self.inner.exit()
    }

    /// The address of a built file.
    pub fn asset(&self, name: &str) -> String {
        self.around.assets.address(name)
    }

    /// The page's own script.
    pub fn script(&self) -> Option<String> {
        self.entry.map(|entry| self.asset(entry))
    }

    /// The sentences the script shows, by key.
    pub fn sentences(&self) -> &[(&'static str, String)] {
        &self.sentences
    }
}
