//! What a flood at the anonymous door meets, and what keeps it from silencing organisations. No address is looked at or kept.
//!
//! Idle, everything is free. Busy, a filing without an organisation's link brings a solved puzzle, or shows that it waited: the way
//! for old devices, of which only so many are let in. Organisations have places and an hourly budget of their own. An upload costs as
//! many filings as its bytes could be. The plain door has a budget of its own; a page without script can only wait.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use report::{InstitutionCode, Sha256};

use crate::puzzle::{Challenge, Key, Proof, Used, WAIT};
use crate::receive::ENVELOPE;

#[cfg(test)]
mod tests;

/// Who may file how much, before more is asked of them.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Filings at work at once without a link; from half of it on a puzzle is asked for.
    pub at_once: usize,
    /// Filings in an hour without a link that ask for nothing.
    pub per_hour: u32,
    /// The same two for each organisation; what is beyond is treated as if it came without a link.
    pub organisation_at_once: usize,
    /// See above.
    pub organisation_per_hour: u32,
    /// Filings in an hour at the plain door that ask for nothing; beyond it a page waits a minute.
    pub plain_per_hour: u32,
}

/// Why a filing is not let in now.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Shut {
    /// Come again with a proof.
    Puzzle(Challenge),
    /// Nobody more fits in now.
    Full,
}

/// The budget one kind of filer lives on: how many are at work, and until when the hours to come are used up.
#[derive(Clone, Copy, Debug, Default)]
struct Meter {
    at_work: usize,
    spent_until: Duration,
}

const HOUR: Duration = Duration::from_hours(1);

/// Filings in an hour that may wait instead of solving; as many again at the plain door.
const PATIENT_PER_HOUR: u32 = 600;

/// The bytes of a filing.
const FILING_BYTES: u64 = ENVELOPE as u64;

impl Meter {
    /// Whether one more fits into the hour; then it is counted. (A leaky bucket, by its virtual time.)
    fn spend(&mut self, per_hour: u32, now: Duration) -> bool {
        self.spend_many(1, per_hour, now)
    }

    /// The same for what costs as much as several: where one still fits it is let in whole, and uses up the hour at most.
    fn spend_many(&mut self, filings: u32, per_hour: u32, now: Duration) -> bool {
        let (from, cost) = (self.spent_until.max(now), HOUR / per_hour.max(1));
        let fits = from.saturating_add(cost).saturating_sub(now) <= HOUR;
        if fits {
            self.spent_until = from.saturating_add(cost.saturating_mul(filings)).min(now.saturating_add(HOUR));
        }
        fits
    }
}

#[derive(Default)]
struct Inside {
    anonymous: Meter,
    patient: Meter,
    plain: Meter,
    plain_patient: Meter,
    organisations: BTreeMap<InstitutionCode, Meter>,
    used: Used,
}

/// The gate. Cloning it is cheap.
#[derive(Clone)]
pub(crate) struct Flood {
    limits: Limits,
    key: Key,
    inside: Arc<Mutex<Inside>>,
}

/// A moment of the gate: time since start, seconds since 1970, and fresh bytes for a challenge.
#[derive(Clone, Copy)]
pub(crate) struct Now {
    pub(crate) uptime: Duration,
    pub(crate) seconds: i64,
    pub(crate) fresh: [u8; 16],
}

/// A filing that is let in, until dropped.
pub(crate) struct Place {
    flood: Flood,
    organisation: Option<InstitutionCode>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut inside = self.flood.lock();
        let meter = match &self.organisation {
            Some(code) => inside.organisations.get_mut(code),
            None => Some(&mut inside.anonymous),
        };
        if let Some(meter) = meter {
            meter.at_work = meter.at_work.saturating_sub(1);
        }
    }
}

impl Flood {
    pub(crate) fn new(limits: Limits, key: [u8; 32]) -> Self {
        Self { limits, key: Key::new(key), inside: Arc::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a filing without a link would be asked for now: nothing, or a challenge.
    pub(crate) fn ask(&self, now: Now) -> Option<Challenge> {
        let inside = self.lock();
        let spent = inside.anonymous.spent_until.saturating_sub(now.uptime) + HOUR / self.limits.per_hour.max(1) > HOUR;
        self.bits(inside.anonymous.at_work, spent).map(|bits| self.key.challenge(now.fresh, now.seconds, bits))
    }

    /// Lets a filing in, or says what it lacks.
    ///
    /// # Errors
    /// [`Shut`].
    pub(crate) fn enter(
        &self,
        organisation: Option<&InstitutionCode>,
        proof: Option<&Proof>,
        statement: &Sha256,
        now: Now,
    ) -> Result<Place, Shut> {
        let mut inside = self.lock();
        let place = |organisation| Ok(Place { flood: self.clone(), organisation });
        if let Some(code) = organisation
            && self.admit_organisation(&mut inside, code, now)
        {
            return place(Some(code.clone()));
        }
        let at_work = inside.anonymous.at_work;
        if at_work >= self.limits.at_once {
            return Err(Shut::Full);
        }
        let crowded = self.bits(at_work, false).is_some();
        let free = !crowded && inside.anonymous.spend(self.limits.per_hour, now.uptime);
        if !free && !self.proven(&mut inside, proof, statement, now) {
            let bits = self.bits(at_work, true).unwrap_or(EASY);
            return Err(Shut::Puzzle(self.key.challenge(now.fresh, now.seconds, bits)));
        }
        inside.anonymous.at_work += 1;
        place(None)
    }

    /// Lets an upload of so many bytes begin, or says what it lacks: a proof bound to [`weight_hash`]. It holds no place.
    ///
    /// # Errors
    /// [`Shut::Puzzle`].
    pub(crate) fn begin(
        &self,
        organisation: Option<&InstitutionCode>,
        proof: Option<&Proof>,
        bytes: u64,
        now: Now,
    ) -> Result<(), Shut> {
        let filings = u32::try_from(bytes.div_ceil(FILING_BYTES)).unwrap_or(u32::MAX).max(1);
        let mut inside = self.lock();
        if let Some(code) = organisation {
            let meter = inside.organisations.entry(code.clone()).or_default();
            if meter.spend_many(filings, self.limits.organisation_per_hour, now.uptime) {
                return Ok(());
            }
        }
        let free = inside.anonymous.spend_many(filings, self.limits.per_hour, now.uptime);
        if free || self.proven(&mut inside, proof, &weight_hash(bytes), now) {
            return Ok(());
        }
        let bits = if filings > 1 { HARD } else { EASY };
        Err(Shut::Puzzle(self.key.challenge(now.fresh, now.seconds, bits)))
    }

    /// Lets a page of the plain door in, or gives it the challenge it comes again with when it has waited.
    ///
    /// # Errors
    /// The challenge to wait with.
    pub(crate) fn enter_plain(&self, waited: Option<&str>, now: Now) -> Result<(), Challenge> {
        let mut inside = self.lock();
        if inside.plain.spend(self.limits.plain_per_hour, now.uptime) {
            return Ok(());
        }
        let own = waited.and_then(|text| self.unused(&mut inside, text, now));
        if let Some(own) = own.filter(|own| has_waited(own, now))
            && inside.plain_patient.spend(PATIENT_PER_HOUR, now.uptime)
        {
            inside.used.add(&own);
            return Ok(());
        }
        Err(self.key.challenge(now.fresh, now.seconds, EASY))
    }

    fn admit_organisation(&self, inside: &mut Inside, code: &InstitutionCode, now: Now) -> bool {
        let meter = inside.organisations.entry(code.clone()).or_default();
        let fits = meter.at_work < self.limits.organisation_at_once
            && meter.spend(self.limits.organisation_per_hour, now.uptime);
        meter.at_work += usize::from(fits);
        fits
    }

    /// Zero bits to ask for; none when nothing is asked.
    fn bits(&self, at_work: usize, spent: bool) -> Option<u8> {
        let half = self.limits.at_once / 2;
        match at_work {
            crowd if crowd >= half + half / 2 => Some(HARD),
            crowd if crowd >= half || spent => Some(EASY),
            _ => None,
        }
    }

    /// Whether a proof holds; it holds once.
    fn proven(&self, inside: &mut Inside, proof: Option<&Proof>, statement: &Sha256, now: Now) -> bool {
        let Some(proof) = proof else { return false };
        let Some(challenge) = self.unused(inside, &proof.challenge, now) else { return false };
        let holds = match proof.counter {
            Some(counter) => vault::puzzle::solves(&proof.challenge, statement, counter, challenge.bits),
            None => has_waited(&challenge, now) && inside.patient.spend(PATIENT_PER_HOUR, now.uptime),
        };
        if holds {
            inside.used.add(&challenge);
        }
        holds
    }

    /// A challenge of ours that is not too old and was not used.
    fn unused(&self, inside: &mut Inside, text: &str, now: Now) -> Option<Challenge> {
        let challenge = self.key.open(text, now.seconds)?;
        (!inside.used.has(&challenge, now.seconds)).then_some(challenge)
    }
}

fn has_waited(challenge: &Challenge, now: Now) -> bool {
    now.seconds - challenge.issued >= WAIT
}

/// What the work for an upload is bound to: the hash of its length in decimal digits. What it will hold is not known yet.
fn weight_hash(bytes: u64) -> Sha256 {
    vault::hash::sha256(bytes.to_string().as_bytes())
}

/// About a second of an old phone's work.
const EASY: u8 = 17;
/// About ten.
const HARD: u8 = 20;
