//! What a flood at the anonymous door meets, and what keeps it from silencing organisations. No address is looked at or kept.
//!
//! Idle, everything is free. Busy, a filing without an organisation's link brings a solved puzzle, or shows that it waited: the way
//! for old devices, of which only so many are let in. Organisations have places and an hourly budget of their own.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use report::{InstitutionCode, Sha256};

use crate::puzzle::{Challenge, Key, LIFE, Proof, WAIT};

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

/// Filings in an hour that may wait instead of solving.
const PATIENT_PER_HOUR: u32 = 600;

impl Meter {
    /// Whether one more fits into the hour; then it is counted. (A leaky bucket, by its virtual time.)
    fn spend(&mut self, per_hour: u32, now: Duration) -> bool {
        let cost = HOUR / per_hour.max(1);
        let until = self.spent_until.max(now).saturating_add(cost);
        let fits = until.saturating_sub(now) <= HOUR;
        if fits {
            self.spent_until = until;
        }
        fits
    }
}

#[derive(Default)]
struct Inside {
    anonymous: Meter,
    patient: Meter,
    organisations: BTreeMap<InstitutionCode, Meter>,
    /// Challenges that were used, until they would be too old anyway.
    used: HashMap<[u8; 16], i64>,
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
        let Some(challenge) = self.key.open(&proof.challenge, now.seconds) else { return false };
        inside.used.retain(|_, issued| now.seconds - *issued <= LIFE);
        if inside.used.contains_key(&challenge.fresh) {
            return false;
        }
        let holds = match proof.counter {
            Some(counter) => vault::puzzle::solves(&proof.challenge, statement, counter, challenge.bits),
            None => now.seconds - challenge.issued >= WAIT && inside.patient.spend(PATIENT_PER_HOUR, now.uptime),
        };
        if holds {
            inside.used.insert(challenge.fresh, challenge.issued);
        }
        holds
    }
}

/// About a second of an old phone's work.
const EASY: u8 = 17;
/// About ten.
const HARD: u8 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { at_once: 8, per_hour: 10, organisation_at_once: 4, organisation_per_hour: 20 };

    fn flood() -> Flood {
        Flood::new(LIMITS, [7; 32])
    }

    fn at(seconds: u64, fresh: u8) -> Now {
        Now {
            uptime: Duration::from_secs(seconds),
            seconds: 1_000_000 + i64::try_from(seconds).unwrap(),
            fresh: [fresh; 16],
        }
    }

    fn statement() -> Sha256 {
        vault::hash::sha256(b"statement")
    }

    fn organisation() -> InstitutionCode {
        "NGO-VP".parse().unwrap()
    }

    fn asked(flood: &Flood, now: Now) -> Challenge {
        match flood.enter(None, None, &statement(), now).err() {
            Some(Shut::Puzzle(challenge)) => challenge,
            other => panic!("not asked for a puzzle: {other:?}"),
        }
    }

    /// An hour's worth of filings, one after another.
    fn use_up(flood: &Flood) {
        for number in 0..10 {
            assert!(flood.enter(None, None, &statement(), at(0, number)).is_ok(), "{number} was not free");
        }
    }

    #[test]
    fn filing_is_free_while_the_door_is_idle_and_again_after_a_while() {
        let flood = flood();
        assert_eq!(flood.ask(at(0, 1)), None);
        use_up(&flood);
        assert!(flood.ask(at(0, 1)).is_some());
        assert_eq!(asked(&flood, at(1, 1)).bits, EASY);
        assert!(flood.enter(None, None, &statement(), at(361, 2)).is_ok());
    }

    #[test]
    fn a_solved_puzzle_lets_one_filing_in_once() {
        let flood = flood();
        use_up(&flood);
        let challenge = asked(&flood, at(1, 1));
        let counter = vault::puzzle::solve(&challenge.text, &statement(), challenge.bits);
        let proof = Proof { challenge: challenge.text.clone(), counter };
        let other = vault::hash::sha256(b"another statement");
        assert!(flood.enter(None, Some(&proof), &other, at(2, 2)).is_err(), "work for one statement served another");
        assert!(flood.enter(None, Some(&proof), &statement(), at(2, 3)).is_ok());
        assert!(flood.enter(None, Some(&proof), &statement(), at(3, 4)).is_err(), "the same work served twice");
    }

    #[test]
    fn who_cannot_solve_may_wait() {
        let flood = flood();
        use_up(&flood);
        let proof = Proof { challenge: asked(&flood, at(1, 1)).text, counter: None };
        assert!(flood.enter(None, Some(&proof), &statement(), at(30, 2)).is_err(), "half a minute was enough");
        assert!(flood.enter(None, Some(&proof), &statement(), at(62, 3)).is_ok());
    }

    #[test]
    fn a_flood_at_the_anonymous_door_leaves_an_organisation_its_places() {
        let flood = flood();
        let held: Vec<_> = (0..4).map(|number| flood.enter(None, None, &statement(), at(0, number)).ok()).collect();
        assert!(flood.enter(None, None, &statement(), at(0, 9)).is_err(), "half full asks for a puzzle");
        let code = organisation();
        let own: Vec<_> =
            (0..4).map(|number| flood.enter(Some(&code), None, &statement(), at(0, number)).ok()).collect();
        assert!(own.iter().all(Option::is_some));
        assert!(
            flood.enter(Some(&code), None, &statement(), at(0, 9)).is_err(),
            "an organisation's crowd has an end too"
        );
        drop(own);
        assert!(flood.enter(Some(&code), None, &statement(), at(0, 9)).is_ok());
        drop(held);
        assert!(flood.enter(None, None, &statement(), at(0, 9)).is_ok());
    }

    #[test]
    fn what_is_beyond_all_places_is_told_to_come_again() {
        let flood = Flood::new(Limits { at_once: 1, ..LIMITS }, [7; 32]);
        let mut held = Vec::new();
        let challenge = asked(&flood, at(0, 1));
        let counter = vault::puzzle::solve(&challenge.text, &statement(), challenge.bits);
        let proof = Proof { challenge: challenge.text, counter };
        held.push(flood.enter(None, Some(&proof), &statement(), at(0, 2)).ok());
        assert!(matches!(flood.enter(None, Some(&proof), &statement(), at(0, 3)), Err(Shut::Full)));
    }
}
