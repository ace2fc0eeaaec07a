//! Who may receive: what is left when the closure has been taken away. Sealing takes nothing else.

use std::collections::BTreeMap;

use report::{Code, Day, Facets, InstitutionCode};

use crate::bodies::Bodies;
use crate::institution::{Institution, MaxData};
use crate::recipients::Recipients;
use crate::registry::Registry;
use crate::sets::ClosureSets;
use crate::situation::Situation;

/// An institution that may receive sealed parts of one report. There is no public constructor: whoever holds one took it from an
/// [`EligibleSet`], and so the closure was subtracted before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eligible {
    code: InstitutionCode,
    recipients: Recipients,
}

impl Eligible {
    /// The one place where an institution of the registry becomes eligible.
    pub(crate) fn of(body: &Institution, left_by: (&Registry, &Bodies), today: Day) -> Option<Self> {
        let (registry, shut) = left_by;
        let is_shut = registry.place(&body.code).is_none_or(|place| shut.contains(place));
        if is_shut || !body.works_on(today) || body.max_data != MaxData::Sealed {
            return None;
        }
        Some(Self { code: body.code.clone(), recipients: body.recipients.clone() })
    }

    /// Its code.
    pub fn code(&self) -> &InstitutionCode {
        &self.code
    }

    /// As which recipient kind it may get a report for a purpose; the most particular one where it is several (a lead is also the
    /// organisation that took the report). None when it may not, or when only a directory was at hand.
    pub fn recipient_kind(&self, purpose: &Code) -> Option<&Code> {
        self.recipients.kinds(purpose.as_str()).first()
    }

    /// Whether it may get a report for a purpose as this recipient kind: what a row of consent is compared with.
    pub fn receives_as(&self, purpose: &Code, kind: &Code) -> bool {
        self.recipients.kinds(purpose.as_str()).contains(kind)
    }
}

/// Every institution that may receive one report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EligibleSet(BTreeMap<InstitutionCode, Eligible>);

impl EligibleSet {
    /// An eligible institution by its code; none when it is shut out, unknown, closed or may not get sealed parts.
    pub fn get(&self, code: &InstitutionCode) -> Option<&Eligible> {
        self.0.get(code)
    }

    /// All of them, by code.
    pub fn iter(&self) -> impl Iterator<Item = &Eligible> {
        self.0.values()
    }
}

/// Who may receive a report with these facets today: in the registry, working, allowed sealed parts, and not in the closure.
pub fn eligible(facets: &Facets, registry: &Registry, today: Day) -> EligibleSet {
    of(&Situation::of(facets), registry, today)
}

pub(crate) fn of(situation: &Situation, registry: &Registry, today: Day) -> EligibleSet {
    let shut = registry.closure_of(&registry.bases(&situation.accused, &situation.area));
    let able = registry.institutions().filter_map(|body| Eligible::of(body, (registry, &shut), today));
    EligibleSet(able.map(|able| (able.code.clone(), able)).collect())
}

impl ClosureSets {
    /// Who may receive a report with these facets, of the institutions a directory lists: for clients without the registry.
    /// Recipient kinds are not known here; a directory lists only institutions that work.
    pub fn eligible(&self, facets: &Facets, institutions: impl IntoIterator<Item = InstitutionCode>) -> EligibleSet {
        let situation = Situation::of(facets);
        let shut = self.union(&situation.accused, &situation.area);
        let open = institutions.into_iter().filter(|code| !shut.contains(code));
        EligibleSet(open.map(|code| (code.clone(), Eligible { code, recipients: Recipients::default() })).collect())
    }
}
