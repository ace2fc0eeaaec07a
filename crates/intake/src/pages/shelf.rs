//! Pages are made when somebody first asks for them, packed, and kept until what they say changes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use web::{Code, Packed, Policy, Problem};
use words::Language;

use super::hours::Next;
use super::{Name, content, start};
use crate::Intake;

/// A page, and what it says about now.
#[derive(Debug, Clone)]
struct Kept {
    stamp: Option<Next>,
    page: Arc<Packed>,
}

/// The pages made so far.
#[derive(Debug, Default)]
pub(crate) struct Shelf(Mutex<BTreeMap<(Name, Language), Kept>>);

impl Shelf {
    /// The page, made now if nobody asked for it before.
    pub(crate) fn page(&self, intake: &Intake, wanted: (Name, Language)) -> Result<Arc<Packed>, Problem> {
        let stamp = start::stamp(intake);
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&wanted).cloned();
        if let Some(kept) = kept.filter(|kept| kept.stamp == stamp) {
            return Ok(kept.page);
        }
        let html = content::render(intake, wanted).map_err(|error| Problem::new(Code::Internal).because(error))?;
        let page = Arc::new(Packed::of(tight(&html)));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(wanted, Kept { stamp, page: page.clone() });
        Ok(page)
    }
}

/// Lines without the indentation and the empty lines that templates leave.
pub(super) fn tight(html: &str) -> String {
    let lines = html.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::with_capacity(html.len()), |mut all, line| {
        all.push_str(line);
        all.push('\n');
        all
    })
}

impl Name {
    /// What the page may do: only the form may ask where the device is, and only where files are chosen may a voice be recorded.
    pub(crate) fn policy(self) -> Policy {
        match self {
            Self::Report | Self::Child | Self::Residents => Policy::PlaceAndVoice,
            Self::Quick => Policy::Place,
            Self::Receipt => Policy::Voice,
            _ => Policy::Page,
        }
    }
}
