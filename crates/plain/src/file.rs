//! `/{language}/plain`: the questions, who could read the answers, and the one POST that files.

use axum::extract::State;
use axum::response::Response;
use store::Filed;
use testimony::Document;
use vault::Acknowledgement;
use web::{Code, Problem};
use words::Language;

use crate::card::Kept;
use crate::form::{Busy, Shown};
use crate::frame::Visit;
use crate::fresh::Fresh;
use crate::lists::Lists;
use crate::reading::{self, Fault};
use crate::state::Plain;
use crate::typed::{File, Sent, Typed};

pub(crate) async fn show(State(plain): State<Plain>, visit: Visit) -> Result<Response, Problem> {
    let page = plain.form(visit.language, (&Typed::default(), &plain.fresh()), Shown::default());
    plain.packed(page, &visit.headers).await
}

pub(crate) async fn send(State(plain): State<Plain>, visit: Visit, typed: Sent) -> Result<Response, Problem> {
    let outcome = match typed {
        Ok(typed) => Box::pin(plain.take(visit.language, typed)).await,
        Err(problem) => Err(problem),
    };
    plain.packed(plain.unless_busy(outcome, &visit, "plain"), &visit.headers).await
}

/// Why a page was not filed now.
enum Unsent {
    /// Too much comes in: the same page may come again.
    Busy(Busy),
    /// It cannot be.
    Problem(Problem),
}

impl From<Problem> for Unsent {
    fn from(problem: Problem) -> Self {
        if problem.code() == Code::Busy { Self::Busy(Busy::Full) } else { Self::Problem(problem) }
    }
}

impl Plain {
    /// Shows what does not read, who could read it, or the digits of what was filed.
    async fn take(&self, language: Language, mut typed: Typed) -> Result<Response, Problem> {
        let fresh = typed.one("page").and_then(Fresh::read).unwrap_or_else(|| self.fresh());
        let (country, today) = (self.intake().country(), self.intake().today());
        let sends = typed.has("step", "send");
        let document = match reading::read(&typed, (country, today), &self.asked(language)?.questions) {
            Ok(_) if sends && !typed.has("agree", "yes") => Err(vec![Fault::new("agree", "agree")]),
            other => other,
        };
        let had_files = !typed.files.is_empty();
        let shown = match document {
            Err(faults) => Shown { faults, ..Shown::default() },
            Ok(document) if sends => match self.send(language, (document, &mut typed), &fresh).await {
                Ok(kept) => return self.card(language, kept),
                Err(Unsent::Busy(busy)) => Shown { busy: Some(busy), had_files, ..Shown::default() },
                Err(Unsent::Problem(problem)) => return Err(problem),
            },
            Ok(document) => Shown { lists: Some(self.lists(&document, language)), had_files, ..Shown::default() },
        };
        self.form(language, (&typed, &fresh), shown)
    }

    fn fresh(&self) -> Fresh {
        Fresh::draw(&mut { self.intake().instruments().chance })
    }

    fn lists(&self, document: &Document, language: Language) -> Lists {
        let directory = self.intake().directories().newest().clone();
        let ground = self.ground(&directory);
        Lists::of(&ground.draw(ground.facets(&document.coding)), &ground, self.says(language))
    }

    /// Lets the page in where there is room, and files it. What was typed stays for the next time; files are on the device.
    async fn send(
        &self,
        language: Language,
        (document, typed): (Document, &mut Typed),
        fresh: &Fresh,
    ) -> Result<Kept, Unsent> {
        self.intake().let_in_plain(typed.one("ticket")).map_err(|wait| Unsent::Busy(Busy::Wait(wait)))?;
        let files = std::mem::take(&mut typed.files);
        Ok(Box::pin(self.keep(language, (document, files), fresh)).await?)
    }

    /// Files once, however often the same page comes.
    async fn keep(
        &self,
        language: Language,
        (document, files): (Document, Vec<File>),
        fresh: &Fresh,
    ) -> Result<Kept, Problem> {
        let digits = fresh.digits().groups();
        let receipt = self.stretch(fresh.digits()).await?;
        let lookup = receipt.lookup_hash();
        let lists = self.lists(&document, language);
        if let Some(proof) = self.kept_before(&lookup).await? {
            return Ok(Kept { digits, proof, lists: None, again: true });
        }
        match self.file((fresh.report(), receipt), document, files).await? {
            Filed::Kept(kept) | Filed::Already(kept) => {
                let promise = Acknowledgement {
                    report: kept.report(),
                    statement: kept.statement(),
                    day: kept.day(),
                    ledger: kept.ledger(),
                };
                Ok(Kept { digits, proof: self.proof(&promise)?, lists: Some(lists), again: false })
            }
            // The same page came twice at once, and the other was first.
            Filed::Conflict => {
                let proof = self.kept_before(&lookup).await?.ok_or(Code::Taken)?;
                Ok(Kept { digits, proof, lists: None, again: true })
            }
            Filed::Gone => Err(Code::Gone.into()),
        }
    }

    /// The proof of a report that these digits already have.
    async fn kept_before(&self, lookup: &report::Sha256) -> Result<Option<String>, Problem> {
        let Some(thread) = self.intake().thread(lookup).await? else { return Ok(None) };
        let first = thread.statements.iter().find(|row| row.sha256 == thread.first);
        let promise = first.map(|row| Acknowledgement {
            report: thread.report,
            statement: row.sha256,
            day: row.day,
            ledger: row.ledger,
        });
        promise.map(|promise| self.proof(&promise)).transpose()
    }

    fn proof(&self, promise: &Acknowledgement) -> Result<String, Problem> {
        let note = self.intake().promise(promise);
        note.ok_or_else(|| Problem::new(Code::Internal).because("a promise makes no note"))
    }
}
