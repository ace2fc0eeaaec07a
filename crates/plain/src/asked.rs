//! The questions in one language. They are the same for everybody, and slow to put together: made when first asked for, and kept.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use askama::Template;
use intake::{Ground, Manner, Now, Questions};
use web::{Code, Problem};
use words::Language;

use crate::fill::fill;
use crate::state::Plain;
use crate::typed::Typed;

/// Rooms for groups of people, named institutions and stages of a journey.
const ROOMS: usize = 1;

/// The questions, with what belongs to them.
pub(crate) struct Asked {
    pub(crate) questions: Questions,
    /// What helps at once, whatever happened.
    pub(crate) now: Vec<Now>,
    /// Their markup, into which answers are filled.
    pub(crate) markup: String,
    /// The same with no answer.
    pub(crate) blank: String,
}

/// Those that were made.
#[derive(Default)]
pub(crate) struct Kept(Mutex<BTreeMap<Language, Arc<Asked>>>);

impl Kept {
    fn all(&self) -> MutexGuard<'_, BTreeMap<Language, Arc<Asked>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Plain {
    /// The questions both doors ask.
    ///
    /// # Errors
    /// When their template cannot be rendered.
    pub(crate) fn asked(&self, language: Language) -> Result<Arc<Asked>, Problem> {
        let known = self.kept().all().get(&language).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let ground = Ground { country: self.intake().country(), registry: self.intake().registry(), language };
        let mut questions = Questions::new(ground, Manner { rooms: ROOMS, files: true, searched: false });
        let now = questions.take_now();
        let markup = questions.render().map_err(|error| Problem::new(Code::Internal).because(error))?;
        let blank = fill(&markup, &Typed::default(), &[]);
        let made = Arc::new(Asked { questions, now, markup, blank });
        self.kept().all().insert(language, made.clone());
        Ok(made)
    }
}
