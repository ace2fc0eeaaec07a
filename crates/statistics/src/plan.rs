//! The plan of publication: which tables, of what, for how long a period. Read from `config/statistics.toml`.

use std::collections::BTreeMap;

use report::found::{Age, Sex};
use report::{Country, Fault, Sources};
use serde::{Deserialize, Serialize};

use crate::lists::Lists;
use crate::period::Grain;
use crate::plan_file;

/// What a table counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Distinct verified incidents.
    Events,
    /// People, at most ten of an incident.
    Persons,
    /// Referrals of verified reports.
    Referrals,
}

impl Unit {
    /// The name in files and tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Persons => "persons",
            Self::Referrals => "referrals",
        }
    }
}

/// What a table's rows or columns tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dimension {
    /// Category of acts.
    Category,
    /// Tier-2 area.
    Area,
    /// Class of alleged perpetrator.
    Perpetrator,
    /// Sex.
    Sex,
    /// Child or adult.
    Age,
    /// Ground of identity.
    Ground,
    /// Border segment.
    Segment,
    /// Direction across the border.
    Direction,
    /// Kind of institution asked.
    RecipientKind,
    /// Answered or not.
    Answered,
}

impl Dimension {
    pub(crate) const ALL: [Self; 10] = [
        Self::Category,
        Self::Area,
        Self::Perpetrator,
        Self::Sex,
        Self::Age,
        Self::Ground,
        Self::Segment,
        Self::Direction,
        Self::RecipientKind,
        Self::Answered,
    ];

    /// The name in files and tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Area => "area",
            Self::Perpetrator => "perpetrator",
            Self::Sex => "sex",
            Self::Age => "age",
            Self::Ground => "ground",
            Self::Segment => "segment",
            Self::Direction => "direction",
            Self::RecipientKind => "recipient-kind",
            Self::Answered => "answered",
        }
    }

    /// The units that have this dimension.
    pub(crate) const fn belongs_to(self, unit: Unit) -> bool {
        match self {
            Self::Sex | Self::Age => matches!(unit, Unit::Persons),
            Self::RecipientKind | Self::Answered => matches!(unit, Unit::Referrals),
            _ => matches!(unit, Unit::Events),
        }
    }

    /// Children, sexual violence and health are told only for the whole country and a whole year.
    pub(crate) const fn needs_a_year(self) -> bool {
        matches!(self, Self::Sex | Self::Age | Self::Ground)
    }

    /// HXL hashtag of a column of these values; attributes the dictionary lacks are our own.
    pub(crate) const fn hashtag(self) -> &'static str {
        match self {
            Self::Category => "#event+type+code",
            Self::Area => "#adm2+code",
            Self::Perpetrator => "#group+type+code",
            Self::Sex => "#affected+sex",
            Self::Age => "#affected+age",
            Self::Ground => "#cause+type+code+ground",
            Self::Segment => "#loc+type+code+border",
            Self::Direction => "#loc+type+direction",
            Self::RecipientKind => "#org+type",
            Self::Answered => "#status+answered",
        }
    }
}

/// One table of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its stable code, such as `T-A`.
    pub code: String,
    /// What it counts.
    pub unit: Unit,
    /// What its rows tell apart.
    pub rows: Dimension,
    /// What its columns tell apart.
    #[serde(default)]
    pub columns: Option<Dimension>,
    /// The shortest period it is published for.
    pub period: Grain,
    /// Which margins it has beside its total.
    #[serde(default)]
    pub margins: Margins,
    /// How many categories or grounds of one incident it counts, at most; above 1 its rows add up to more than its total.
    #[serde(default = "one")]
    pub responses: usize,
    /// Its title by language.
    pub title: BTreeMap<String, String>,
}

impl Table {
    /// Whether this table for a period of this grain is *country × year* alone, where sensitive categories may be told apart.
    pub(crate) fn tells_sensitive(&self, grain: Grain) -> bool {
        grain == Grain::Year && self.columns.is_none() && self.rows != Dimension::Area
    }
}

/// The margins of a table of two dimensions. Each margin is one more draw about every event in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Margins {
    /// The total alone.
    #[default]
    None,
    /// A sum for every row.
    Rows,
    /// A sum for every column.
    Columns,
    /// Both.
    Both,
}

impl Margins {
    pub(crate) const fn rows(self) -> bool {
        matches!(self, Self::Rows | Self::Both)
    }

    pub(crate) const fn columns(self) -> bool {
        matches!(self, Self::Columns | Self::Both)
    }
}

/// Unless it says otherwise, a table counts an incident once.
const fn one() -> usize {
    1
}

/// Every number is rounded to a multiple of this. Not a setting: attacks were measured against it (docs/adr/statistics.md).
pub const BASE: u32 = 10;
/// Smaller rounded numbers are hidden.
pub const SHOWN_FROM: u32 = 2 * BASE;

/// The numbers that decide what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Least number of sources of a shown cell.
    pub sources: u32,
    /// Largest part of a shown cell from one source, in percent.
    pub dominance: u32,
    /// Most people counted of one incident.
    pub persons_cap: u32,
    /// Most anybody may learn about one incident, in percent.
    pub advantage: u32,
}

/// How the codes of facets are counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// Kinds of place at a border.
    pub(crate) at_a_border: Vec<String>,
    /// By code of gender.
    pub(crate) sex: BTreeMap<String, Sex>,
    /// By code of age band.
    pub(crate) age: BTreeMap<String, Age>,
}

/// The plan: at most seven tables of at most two dimensions inside a period. Made only by reading it.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) version: u32,
    pub(crate) limits: Limits,
    pub(crate) tables: Vec<Table>,
    pub(crate) sensitive: Vec<String>,
    pub(crate) told: Told,
    pub(crate) values: BTreeMap<Dimension, Vec<String>>,
    pub(crate) places: BTreeMap<Dimension, BTreeMap<String, u16>>,
}

/// The value of what nobody told.
pub(crate) const UNKNOWN: &str = "unknown";
/// The category of what is told apart only for a country and a year.
pub(crate) const PROTECTED: &str = "protected";

impl Plan {
    /// Reads `statistics.toml` against the country's lists.
    ///
    /// # Errors
    /// All faults at once, with file and line.
    pub fn read(sources: &Sources, country: &Country) -> Result<Self, Vec<Fault>> {
        plan_file::read(sources, &Lists::of(country.taxonomy(), country.territories()))
    }

    /// What is wrong with `statistics.toml` in itself, where there is no country to hold it to.
    pub fn shape(sources: &Sources) -> Vec<Fault> {
        plan_file::shape(sources)
    }

    /// Version of the plan; it stands on every table.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Its tables, in order.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// One table by its code.
    pub fn table(&self, code: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.code == code)
    }

    /// Every number is rounded to a multiple of this. Not a setting: attacks were measured against it (docs/adr/statistics.md).
    pub const BASE: u32 = 10;
    /// Smaller rounded numbers are hidden.
    pub const SHOWN_FROM: u32 = 2 * BASE;

    /// The numbers that decide what is shown.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// The values of a dimension as a table for a period of this grain shows them: sensitive categories are told apart
    /// only where the table is country × year.
    pub(crate) fn shown_values(&self, table: &Table, dimension: Dimension, grain: Grain) -> Vec<&str> {
        let folds = dimension == Dimension::Category && !table.tells_sensitive(grain);
        let values = self.values.get(&dimension).map_or(&[][..], Vec::as_slice);
        values.iter().map(String::as_str).filter(|value| !(folds && self.is_sensitive(value))).collect()
    }

    /// Whether a category is told apart only for a country and a year.
    pub(crate) fn is_sensitive(&self, category: &str) -> bool {
        self.sensitive.iter().any(|sensitive| sensitive == category)
    }

    /// Where a code of the rows stands among the values of a dimension; a code the plan does not know is unknown.
    pub(crate) fn place(&self, dimension: Dimension, code: &str) -> u16 {
        let places = self.places.get(&dimension);
        places.and_then(|places| places.get(code).or_else(|| places.get(UNKNOWN))).copied().unwrap_or_default()
    }

    /// Whether the plan knows this code of a dimension.
    pub(crate) fn knows(&self, dimension: Dimension, code: &str) -> bool {
        self.places.get(&dimension).is_some_and(|places| places.contains_key(code))
    }
}
