//! Admission: bytes from outside become facets only when every code exists and the shape is that of their projection.

use super::{FacetFault, Facets, Shape, Wire};
use crate::consent::ConsentRow;
use crate::country::Country;
use crate::day::Period;
use crate::identifiers::Code;
use crate::json;
use crate::triage::{Signals, is_protective};

/// Facets are small; what is larger is none.
const LARGEST: usize = 16 * 1024;
/// The most entries of any list.
const MOST: usize = 50;

impl Facets {
    /// Reads facets from outside. Institutions are checked by their shape alone: whether they exist is `routing`'s to say.
    ///
    /// # Errors
    /// The first fault, as field and code; never what stood there.
    pub fn admit(bytes: &[u8], country: &Country) -> Result<Self, FacetFault> {
        if bytes.len() > LARGEST {
            return fault("", "too-large");
        }
        let wire: Wire = json::read(bytes).map_err(|fault| FacetFault { field: "", code: fault.code })?;
        need(wire.version == 1, "version", "wrong-shape")?;
        need(wire.taxonomy.parse::<Code>().is_ok(), "taxonomy", "wrong-shape")?;
        wire.check_lists()?;
        wire.check_consent(country)?;
        wire.check_codes(country)?;
        let facets = Self(wire);
        match facets.shape() {
            Shape::Open => facets.check_open(country)?,
            Shape::Protected => facets.check_protected(country)?,
        }
        Ok(facets)
    }

    fn check_open(&self, country: &Country) -> Result<(), FacetFault> {
        let wire = &self.0;
        need(wire.to_code.is_some(), "to_code", "wrong-shape")?;
        need(wire.acts.is_some() == wire.categories.is_some(), "categories", "wrong-shape")?;
        let category = |act: &Code| country.taxonomy().act(act.as_str()).map(|act| &act.category);
        let covered = |act: &Code| category(act).is_some_and(|category| self.categories().contains(category));
        need(self.acts().iter().all(covered), "categories", "wrong-shape")?;
        let counted = self.consents_to(country.consent().statistics().purpose.as_str());
        need(counted || !country.is_sensitive(&Signals::of_facets(self, country)), "projection", "not-protected")
    }

    fn check_protected(&self, country: &Country) -> Result<(), FacetFault> {
        let wire = &self.0;
        let bare = wire.acts.is_none() && wire.place_kind.is_none() && wire.needs.is_none();
        let is_import = |channel| !is_protective(country.taxonomy(), Some(channel));
        let bare = bare && wire.source_kind.is_none() && wire.language.is_none();
        let bare = bare && wire.channel.as_ref().is_none_or(is_import);
        need(bare && wire.group.is_none() && wire.to_code.is_none(), "projection", "wrong-shape")?;
        let [category] = self.categories() else { return fault("categories", "wrong-shape") };
        need(category == Self::PROTECTED, "categories", "wrong-shape")?;
        let kept = |flag: &Code| country.triage().urgency_flags().any(|(code, kept)| kept && code == flag);
        need(self.urgency().iter().all(kept), "urgency", "too-fine")?;
        let tier = self.area().and_then(|area| country.territories().get(area.as_str())).map_or(0, |unit| unit.tier);
        need(tier <= 2, "area", "too-fine")?;
        need(!matches!(self.period(), Some(Period::Week { .. })), "period", "too-fine")
    }
}

impl Wire {
    fn check_lists(&self) -> Result<(), FacetFault> {
        sorted(&self.accused.kinds, "accused.kinds")?;
        sorted(&self.accused.institutions, "accused.institutions")?;
        sorted(&self.urgency, "urgency")?;
        sorted(self.categories.as_deref().unwrap_or(&[]), "categories")?;
        sorted(self.acts.as_deref().unwrap_or(&[]), "acts")?;
        sorted(self.needs.as_deref().unwrap_or(&[]), "needs")?;
        sorted(&self.consent, "consent")
    }

    fn check_consent(&self, country: &Country) -> Result<(), FacetFault> {
        let tidy =
            |row: &ConsentRow| row.parts.windows(2).all(|pair| matches!(pair, [a, b] if a.as_str() < b.as_str()));
        need(self.consent.iter().all(tidy), "consent", "not-sorted")?;
        let same = |pair: &[ConsentRow]| matches!(pair, [a, b] if a.purpose == b.purpose && a.recipient_kind == b.recipient_kind);
        need(!self.consent.windows(2).any(same), "consent", "not-sorted")?;
        need(self.consent.iter().all(|row| country.consent().allows(row)), "consent", "unknown-code")
    }

    fn check_codes(&self, country: &Country) -> Result<(), FacetFault> {
        let listed = |list: &str, code: &Code| country.taxonomy().term(list, code.as_str()).is_some();
        let is_listed = |list: &str, code: &Option<Code>| code.as_ref().is_none_or(|code| listed(list, code));
        let kinds = self.accused.kinds.iter().all(|code| listed("perpetrator_kind", code));
        need(kinds, "accused.kinds", "unknown-code")?;
        let flags = |code: &Code| country.triage().urgency_flags().any(|(flag, _)| flag == code);
        need(self.urgency.iter().all(flags), "urgency", "unknown-code")?;
        need(self.area.as_ref().is_none_or(|area| country.territories().knows(area)), "area", "unknown-code")?;
        let acts = self.acts.iter().flatten().all(|code| country.taxonomy().act(code.as_str()).is_some());
        need(acts, "acts", "unknown-code")?;
        let is_category =
            |code: &Code| code == Facets::PROTECTED || country.taxonomy().category(code.as_str()).is_some();
        need(self.categories.iter().flatten().all(is_category), "categories", "unknown-code")?;
        need(self.needs.iter().flatten().all(|code| listed("need", code)), "needs", "unknown-code")?;
        need(is_listed("place_kind", &self.place_kind), "place_kind", "unknown-code")?;
        need(is_listed("source_kind", &self.source_kind), "source_kind", "unknown-code")?;
        need(is_listed("language", &self.language), "language", "unknown-code")?;
        need(is_listed("channel", &self.channel), "channel", "unknown-code")?;
        let Some(group) = &self.group else { return Ok(()) };
        need(country.projection().has_size(&group.size), "group.size", "unknown-code")?;
        need(is_listed("age_band", &group.age_band), "group.age_band", "unknown-code")?;
        need(is_listed("gender", &group.gender), "group.gender", "unknown-code")?;
        need(group.origin.as_ref().is_none_or(|code| country.knows_origin(code)), "group.origin", "unknown-code")
    }
}

fn fault<T>(field: &'static str, code: &'static str) -> Result<T, FacetFault> {
    Err(FacetFault { field, code })
}

fn need(holds: bool, field: &'static str, code: &'static str) -> Result<(), FacetFault> {
    if holds { Ok(()) } else { fault(field, code) }
}

/// Lists are short, sorted and without doubles, so that equal facets have equal bytes.
fn sorted<T: Ord>(list: &[T], field: &'static str) -> Result<(), FacetFault> {
    need(list.len() <= MOST, field, "too-many")?;
    need(list.windows(2).all(|pair| matches!(pair, [a, b] if a < b)), field, "not-sorted")
}
