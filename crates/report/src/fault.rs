//! What is wrong with a configuration file, and where.

use std::fmt;
use std::ops::Range;

/// One fault of the configuration. Readers collect all of them before they give up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, relative to the configuration's folder.
    pub file: String,
    /// The line, counted from 1; 0 when the fault is the whole file's.
    pub line: usize,
    /// A stable name of the kind of fault, such as `unknown-code`.
    pub code: &'static str,
    /// What is wrong, for the operator. Configuration is not testimony: it may name the code at fault.
    pub message: String,
}

impl Fault {
    /// A fault at a line of a file.
    pub fn new(file: impl Into<String>, line: usize, code: &'static str, message: impl Into<String>) -> Self {
        Self { file: file.into(), line, code, message: message.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}: {}", self.file, self.line, self.code, self.message)
    }
}

impl std::error::Error for Fault {}

/// The line (from 1) on which a span of `text` begins: what turns `toml::Spanned::span` into a place a person can go to.
pub fn line_of(text: &str, span: &Range<usize>) -> usize {
    text.bytes().take(span.start).filter(|byte| *byte == b'\n').count() + 1
}

/// What could be read, with everything that is wrong with it; only the faults where nothing could be read at all. So one fault hides no
/// other: what stands on a faulty file is checked against as much of it as there is.
pub type Draft<T> = Result<(T, Vec<Fault>), Vec<Fault>>;

/// A draft without any fault.
///
/// # Errors
/// All faults of the draft.
pub fn whole<T>(draft: Draft<T>) -> Result<T, Vec<Fault>> {
    match draft {
        Ok((value, faults)) if faults.is_empty() => Ok(value),
        Ok((_, faults)) | Err(faults) => Err(faults),
    }
}

/// A configuration file being read: its name, its text and the faults found so far.
#[derive(Debug)]
pub struct Page<'a> {
    file: &'a str,
    text: &'a str,
    faults: Vec<Fault>,
}

impl<'a> Page<'a> {
    /// Opens a file of the sources; a missing one is a fault.
    ///
    /// # Errors
    /// `file-missing` when the sources have no such file.
    pub fn open(sources: &'a crate::Sources, file: &'a str) -> Result<Self, Vec<Fault>> {
        match sources.get(file) {
            Some(text) => Ok(Self { file, text, faults: Vec::new() }),
            None => Err(vec![Fault::new(file, 0, "file-missing", "this file is needed")]),
        }
    }

    /// Parses the whole file into `T`. A file that is no TOML, or has a key twice, gives every fault the parser could recover.
    ///
    /// # Errors
    /// `syntax` for what TOML or the shape of `T` refuses.
    pub fn parse<T: serde::de::DeserializeOwned>(&self) -> Result<T, Vec<Fault>> {
        let (_, errors) = toml::de::DeTable::parse_recoverable(self.text);
        if !errors.is_empty() {
            return Err(errors.iter().map(|error| self.syntax(error)).collect());
        }
        toml::from_str(self.text).map_err(|error| vec![self.syntax(&error)])
    }

    /// What is wrong with a file in itself, when nothing is there to compare it with.
    pub fn shape<T: serde::de::DeserializeOwned>(sources: &crate::Sources, file: &str) -> Vec<Fault> {
        Page::open(sources, file).and_then(|page| page.parse::<T>()).err().unwrap_or_default()
    }

    /// Notes a fault at a span.
    pub fn note(&mut self, span: &Range<usize>, code: &'static str, message: impl Into<String>) {
        self.faults.push(Fault::new(self.file, line_of(self.text, span), code, message));
    }

    /// Ends the reading: all the faults noted on this page.
    pub fn close(self) -> Vec<Fault> {
        self.faults
    }

    fn syntax(&self, error: &toml::de::Error) -> Fault {
        let line = error.span().map_or(0, |span| line_of(self.text, &span));
        let code = if error.message().contains("duplicate key") { "duplicate-key" } else { "syntax" };
        Fault::new(self.file, line, code, error.message())
    }
}

/// Turns the errors of `validator` into faults of a page at once: field and code, never the value.
pub fn note_invalid(page: &mut Page<'_>, span: &Range<usize>, errors: &validator::ValidationErrors) {
    for (field, code) in flatten(errors) {
        page.note(span, "invalid-value", format!("{field}: {code}"));
    }
}

/// The errors of `validator` as (field path, code), without the values it carries.
pub fn flatten(errors: &validator::ValidationErrors) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(errors, "", &mut found);
    found.sort();
    found
}

fn collect(errors: &validator::ValidationErrors, prefix: &str, found: &mut Vec<(String, String)>) {
    for (field, kind) in errors.errors() {
        let path = if prefix.is_empty() { field.to_string() } else { format!("{prefix}.{field}") };
        match kind {
            validator::ValidationErrorsKind::Field(list) => {
                found.extend(list.iter().map(|error| (path.clone(), error.code.to_string())));
            }
            validator::ValidationErrorsKind::Struct(inner) => collect(inner, &path, found),
            validator::ValidationErrorsKind::List(list) => {
                for (index, inner) in list {
                    collect(inner, &format!("{path}[{index}]"), found);
                }
            }
        }
    }
}
