//! What institutions on the system hold in common, told by the caller who knows keys, members and mailboxes.

use std::collections::{BTreeMap, BTreeSet};

use report::InstitutionCode;

pub use crate::command::Bond;

/// Who is on the system, and who shares what with whom. Two institutions that hold the same mark share it; a mark is any stable text the
/// caller has (a key's fingerprint, a member's key, a mailbox, the holder of a recovery share): it is compared, never shown.
#[derive(Debug, Clone, Default)]
pub struct Sharing {
    present: BTreeSet<InstitutionCode>,
    marks: BTreeMap<(Bond, String), BTreeSet<InstitutionCode>>,
}

impl Sharing {
    /// Notes that an institution is on the system: it has keys.
    pub fn enrol(&mut self, institution: InstitutionCode) {
        self.present.insert(institution);
    }

    /// Notes that an institution holds a mark.
    pub fn hold(&mut self, institution: InstitutionCode, bond: Bond, mark: impl Into<String>) {
        self.marks.entry((bond, mark.into())).or_default().insert(institution);
    }

    /// Whether an institution is on the system.
    pub fn is_present(&self, institution: &InstitutionCode) -> bool {
        self.present.contains(institution)
    }

    /// What is shared by more than one.
    pub(crate) fn bonds(&self) -> impl Iterator<Item = (Bond, &BTreeSet<InstitutionCode>)> {
        self.marks.iter().filter(|(_, holders)| holders.len() > 1).map(|((bond, _), holders)| (*bond, holders))
    }
}
