//! Who may read what, for which purpose: the rows a person agrees to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::answer::Answer;
use crate::coding::Coding;
use crate::identifiers::Code;
use crate::part::PartKind;

mod read;

/// One agreement: this purpose, this kind of recipient, these parts. No parts: facets only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ConsentRow {
    /// List `purpose_consent`.
    pub purpose: Code,
    /// List `recipient_kind`.
    pub recipient_kind: Code,
    /// Kinds of parts, as written on the wire.
    #[validate(length(max = 8))]
    pub parts: Vec<PartKind>,
}

/// The whole of what a person agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Consent {
    rows: Vec<ConsentRow>,
}

impl Consent {
    /// Consent as given: absent rows are consent to keeping and answering (the country's default row); an explicit empty list holds
    /// the report for the receipt alone; other rows come on top of keeping and answering. Rows are sorted and joined.
    pub fn given(rows: Option<&[ConsentRow]>, keep: &ConsentRow) -> Self {
        match rows {
            Some([]) => Self::default(),
            None => Self::of([keep.clone()]),
            Some(rows) => Self::of(rows.iter().cloned().chain([keep.clone()])),
        }
    }

    /// Consent of exactly these rows: the parts of equal purpose and recipient kind are joined, everything is sorted.
    pub fn of(rows: impl IntoIterator<Item = ConsentRow>) -> Self {
        let mut joined: Vec<ConsentRow> = Vec::new();
        for row in rows {
            match joined.iter_mut().find(|old| old.purpose == row.purpose && old.recipient_kind == row.recipient_kind) {
                Some(old) => old.parts.extend(row.parts),
                None => joined.push(row),
            }
        }
        for row in &mut joined {
            row.parts.sort_unstable_by_key(|part| part.as_str());
            row.parts.dedup();
        }
        joined.sort_unstable();
        Self { rows: joined }
    }

    /// The rows, sorted by purpose and recipient kind.
    pub fn rows(&self) -> &[ConsentRow] {
        &self.rows
    }

    /// Whether the report is held for the receipt alone.
    pub fn is_held(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether this purpose was agreed to, for anybody.
    pub fn covers_purpose(&self, purpose: &str) -> bool {
        self.rows.iter().any(|row| row.purpose == purpose)
    }

    /// Whether a kind of recipient may read this kind of part for this purpose.
    pub fn covers(&self, purpose: &str, recipient_kind: &str, part: PartKind) -> bool {
        self.rows
            .iter()
            .any(|row| row.purpose == purpose && row.recipient_kind == recipient_kind && row.parts.contains(&part))
    }
}

/// What one kind of recipient may get for one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Leave {
    /// Under the consent given at filing.
    General,
    /// Explicit consent for this recipient.
    Explicit,
    /// Facets only, with explicit consent.
    Facets,
    /// Aggregates only.
    Aggregate,
}

/// One cell of the matrix purpose × recipient kind.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// List `purpose_consent`.
    pub purpose: Code,
    /// List `recipient_kind`.
    pub recipient_kind: Code,
    /// What it may get.
    pub leave: Leave,
    /// Which kinds of parts at most.
    #[serde(default)]
    pub parts: Vec<PartKind>,
    /// Whether a vital interest can stand in for consent.
    #[serde(default)]
    pub vital_interest: bool,
    /// Whether the person must be warned twice: relay, duty to report, retaliation.
    #[serde(default)]
    pub double_warning: bool,
}

impl Cell {
    /// Whether no part ever goes out by it: facets or aggregates only.
    fn hands_out_no_part(&self) -> bool {
        matches!(self.leave, Leave::Facets | Leave::Aggregate)
    }
}

/// A plain choice on the form: a named set of rows.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its code, which is also the key of its sentence: `keep`, `help`, `complain`, `complain-with-name`.
    pub code: Code,
    /// What it consents to, beyond keeping and answering.
    pub rows: Vec<ConsentRow>,
    /// Choices that say the contrary: of two such, only one can be meant.
    #[serde(default, skip_serializing)]
    pub excludes: Vec<Code>,
}

impl Choice {
    /// Whether it lets nobody beyond those who keep and answer have anything: then no row of more detail goes with it.
    pub fn is_nothing_more(&self) -> bool {
        self.rows.is_empty()
    }
}

/// What can be consented to, read from `consent.toml`.
#[derive(Debug, Clone, Serialize)]
pub struct ConsentRules {
    keep: ConsentRow,
    statistics: ConsentRow,
    matrix: Vec<Cell>,
    choices: Vec<Choice>,
}

impl ConsentRules {
    /// Keeping and answering: what filing consents to.
    pub fn keep(&self) -> &ConsentRow {
        &self.keep
    }

    /// The row that stands for being counted.
    pub fn statistics(&self) -> &ConsentRow {
        &self.statistics
    }

    /// The plain choices of the form, in their order.
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// Whether a choice lets nobody new have anything: it only shows more to those who keep and answer, and goes with every other.
    pub fn stays_with_the_reader(&self, choice: &Choice) -> bool {
        !choice.is_nothing_more() && choice.rows.iter().all(|row| row.recipient_kind == self.keep.recipient_kind)
    }

    /// The choices that cannot be meant together with this one.
    pub fn against<'a>(&'a self, choice: &'a Choice) -> impl Iterator<Item = &'a Choice> {
        self.choices
            .iter()
            .filter(|other| other.excludes.contains(&choice.code) || choice.excludes.contains(&other.code))
    }

    /// Every cell of the matrix that can be consented to.
    pub fn matrix(&self) -> &[Cell] {
        &self.matrix
    }

    /// The cell of a purpose and a recipient kind; none when this cannot be consented to.
    pub fn cell(&self, purpose: &str, recipient_kind: &str) -> Option<&Cell> {
        self.matrix.iter().find(|cell| cell.purpose == *purpose && cell.recipient_kind == *recipient_kind)
    }

    /// The cells of a purpose in which a vital interest may stand in for consent.
    pub fn vital<'a>(&'a self, purpose: &'a str) -> impl Iterator<Item = &'a Cell> {
        self.matrix.iter().filter(move |cell| cell.vital_interest && cell.purpose == *purpose)
    }

    /// Whether a row asks for no more than its cell allows. A cell of facets or aggregates hands out no part whatever a row
    /// says; naming one there is no fault.
    pub fn allows(&self, row: &ConsentRow) -> bool {
        let cell = self.cell(row.purpose.as_str(), row.recipient_kind.as_str());
        cell.is_some_and(|cell| cell.hands_out_no_part() || row.parts.iter().all(|part| cell.parts.contains(part)))
    }

    /// The row without parts that its cell hands out to nobody.
    fn narrowed(&self, mut row: ConsentRow) -> ConsentRow {
        let cell = self.cell(row.purpose.as_str(), row.recipient_kind.as_str());
        if cell.is_some_and(Cell::hands_out_no_part) {
            row.parts.clear();
        }
        row
    }

    /// The consent of a coding, with the wish to be counted as its row. Counting is opt-in for what is sensitive, opt-out for the
    /// rest, and never happens to what is held for the receipt alone.
    pub fn of_coding(&self, coding: &Coding, is_sensitive: bool) -> Vec<ConsentRow> {
        let consent = Consent::given(coding.consent.given().map(Vec::as_slice), &self.keep);
        let agreed = consent.covers_purpose(self.statistics.purpose.as_str());
        let counted = match &coding.statistics {
            Answer::Given(wish) => *wish,
            Answer::Refused => false,
            Answer::NotAsked | Answer::Unknown => agreed || !is_sensitive,
        };
        let rows = consent.rows.into_iter().filter(|row| row.purpose != self.statistics.purpose);
        let held = coding.consent.given().is_some_and(Vec::is_empty);
        let row = (counted && !held).then(|| self.statistics.clone());
        Consent::of(rows.map(|row| self.narrowed(row)).chain(row)).rows
    }
}
