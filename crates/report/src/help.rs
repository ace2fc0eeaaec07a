//! Help that works without filing: emergency and support numbers, read from `help.toml`.

use serde::{Deserialize, Serialize};
use toml::Spanned;
use validator::Validate;

use crate::fault::{Draft, Fault, Page, note_invalid};
use crate::identifiers::{Area, Code, InstitutionCode};
use crate::sources::Sources;
use crate::taxonomy::Taxonomy;
use crate::territories::Territories;

const FILE: &str = "help.toml";

/// What a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HelpKind {
    /// Life in danger now.
    Emergency,
    /// Everything else.
    Support,
}

impl HelpKind {
    /// The kind's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::Support => "support",
        }
    }
}

/// One line of help.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Its code, which is also the key of its name in the catalogues.
    pub code: Code,
    /// Emergency or support.
    pub kind: HelpKind,
    /// Where it answers; what lies within is covered too.
    pub areas: Vec<Area>,
    /// The number as it is dialled; none until the organisation has confirmed one.
    #[serde(default)]
    #[validate(length(min = 2, max = 24))]
    pub number: Option<String>,
    /// The organisation, where it is one of the registry.
    #[serde(default)]
    pub institution: Option<InstitutionCode>,
    /// Languages answered in (list `language`); empty: not confirmed.
    pub languages: Vec<Code>,
    /// Hours: `always`, or as text such as `Mo-Fr 08:00-16:00`; absent: not confirmed.
    #[serde(default)]
    pub hours: Option<String>,
    /// Which needs it serves (list `need`).
    #[serde(default)]
    pub needs: Vec<Code>,
    /// Whether the number, languages and hours were confirmed by who answers.
    #[serde(default)]
    pub confirmed: bool,
}

/// What helps at once after acts of some categories.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Now {
    /// Its code, which is also the end of its sentence's key.
    pub code: Code,
    /// After acts of which categories it is shown.
    pub categories: Vec<Code>,
    /// Whom to call: codes of lines, shown where their number is known.
    #[serde(default)]
    pub call: Vec<Code>,
}

/// All lines of help.
#[derive(Debug, Clone, Default)]
pub struct Help {
    lines: Vec<Line>,
    now: Vec<Now>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema_version")]
    _schema_version: u32,
    #[serde(default)]
    now: Vec<Spanned<Now>>,
    line: Vec<Spanned<Line>>,
}

impl Help {
    /// What is wrong with `help.toml` in itself.
    pub(crate) fn shape(sources: &Sources) -> Vec<Fault> {
        Page::shape::<File>(sources, FILE)
    }

    /// Reads `help.toml`. Faults are codes and areas that do not exist, a confirmed line without number, tier-2 areas without emergency
    /// help.
    pub(crate) fn draft(sources: &Sources, taxonomy: &Taxonomy, territories: &Territories) -> Draft<Self> {
        let mut page = Page::open(sources, FILE)?;
        let file: File = page.parse()?;
        for line in &file.line {
            check(line, (taxonomy, territories), &mut page);
        }
        for now in &file.now {
            let categories = now.get_ref().categories.iter();
            categories.for_each(|code| taxonomy.need(&mut page, &now.span(), ("category", code)));
            let known = |code: &Code| file.line.iter().any(|line| line.get_ref().code == *code);
            for code in now.get_ref().call.iter().filter(|code| !known(code)) {
                page.note(&now.span(), "unknown-code", format!("{code} is no line of help"));
            }
        }
        let help = Self {
            lines: file.line.into_iter().map(Spanned::into_inner).collect(),
            now: file.now.into_iter().map(Spanned::into_inner).collect(),
        };
        for area in territories.tier_2_areas() {
            for kind in [HelpKind::Emergency, HelpKind::Support] {
                if !help.at(area.as_str(), territories).any(|line| line.kind == kind) {
                    page.note(&(0..0), "area-without-help", format!("{area} has no {} line", kind.as_str()));
                }
            }
        }
        Ok((help, page.close()))
    }

    /// All lines, in the order they are shown.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// What helps at once, the most pressing first.
    pub fn now(&self) -> &[Now] {
        &self.now
    }

    /// The lines that one calls after what helps at once, with their numbers.
    pub fn calls<'a>(&'a self, now: &'a Now) -> impl Iterator<Item = (&'a Line, &'a str)> {
        let called = now.call.iter().filter_map(|code| self.lines.iter().find(|line| line.code == *code));
        called.filter_map(|line| line.number.as_deref().map(|number| (line, number)))
    }

    /// The lines that answer in an area, in the order they are shown.
    pub fn at<'a>(&'a self, area: &'a str, territories: &'a Territories) -> impl Iterator<Item = &'a Line> {
        self.lines.iter().filter(move |line| line.areas.iter().any(|wide| territories.contains(wide.as_str(), area)))
    }
}

fn check(line: &Spanned<Line>, (taxonomy, territories): (&Taxonomy, &Territories), page: &mut Page<'_>) {
    let (span, line) = (line.span(), line.get_ref());
    if let Err(errors) = line.validate() {
        note_invalid(page, &span, &errors);
    }
    for area in line.areas.iter().filter(|area| territories.get(area.as_str()).is_none()) {
        page.note(&span, "unknown-area", format!("{area} is no territory"));
    }
    line.languages.iter().for_each(|code| taxonomy.need(page, &span, ("language", code)));
    line.needs.iter().for_each(|code| taxonomy.need(page, &span, ("need", code)));
    if line.confirmed && (line.number.is_none() || line.hours.is_none() || line.languages.is_empty()) {
        page.note(&span, "invalid-value", format!("{} is confirmed without number, hours or languages", line.code));
    }
}
