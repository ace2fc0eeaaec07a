//! The period a table is asked for.

use schemars::JsonSchema;
use serde::Deserialize;
use statistics::Period;
use validator::Validate;
use web::{Code, Problem};

/// `2024-Q2`, `2024-H1`, `2024`.
#[derive(Default, Deserialize, JsonSchema)]
#[schemars(inline)]
pub(crate) struct Asked(String);

impl Asked {
    /// The period that is meant; what is written like none is refused under one name, wherever it was asked.
    pub(crate) fn period(&self) -> Result<Period, Problem> {
        Ok(self.0.parse().map_err(|_| Code::StatisticsPeriodUnreadable)?)
    }
}

/// A query for a period and nothing else.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct InPeriod {
    #[serde(default)]
    pub(crate) period: Asked,
}
