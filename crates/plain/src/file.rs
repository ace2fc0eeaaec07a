//! `/{language}/plain`: the questions, who could read the answers, and the one POST that files.

use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use store::Filed;
use testimony::Document;
use vault::Acknowledgement;
use web::{Code, InPath, Problem};
use words::Language;

use crate::card::Kept;
use crate::form::Shown;
use crate::frame::language;
use crate::fresh::Fresh;
use crate::lists::Lists;
use crate::reading::{self, Fault};
use crate::state::Plain;
use crate::typed::Typed;

pub(crate) async fn show(
    State(plain): State<Plain>,
    InPath(tag): InPath<String>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let language = language(&tag)?;
    plain.form(language, (&Typed::default(), &plain.fresh()), Shown::default(), &asked)
}

pub(crate) async fn send(
    State(plain): State<Plain>,
    InPath(tag): InPath<String>,
    asked: HeaderMap,
    typed: Typed,
) -> Result<Response, Problem> {
    let language = language(&tag)?;
    let fresh = typed.one("page").and_then(Fresh::read).unwrap_or_else(|| plain.fresh());
    let (country, today) = (plain.intake().country(), plain.intake().today());
    let sends = typed.has("step", "send");
    let document = match reading::read(&typed, (country, today), &plain.questions(language)) {
        Ok(_) if sends && !typed.has("agree", "yes") => Err(vec![Fault::new("agree", "agree")]),
        other => other,
    };
    let document = match document {
        Ok(document) => document,
        Err(faults) => return plain.form(language, (&typed, &fresh), Shown { faults, lists: None }, &asked),
    };
    if sends {
        let kept = plain.keep(language, (document, typed), fresh).await?;
        return plain.card(language, kept, &asked);
    }
    let lists = Some(plain.lists(&document, language));
    plain.form(language, (&typed, &fresh), Shown { lists, ..Shown::default() }, &asked)
}

impl Plain {
    fn fresh(&self) -> Fresh {
        Fresh::draw(&mut { self.intake().instruments().chance })
    }

    fn lists(&self, document: &Document, language: Language) -> Lists {
        let directory = self.intake().directories().newest().clone();
        let ground = self.ground(&directory);
        Lists::of(&ground.draw(ground.facets(&document.coding)), &ground, self.says(language))
    }

    /// Files once, however often the same page comes.
    async fn keep(
        &self,
        language: Language,
        (document, typed): (Document, Typed),
        fresh: Fresh,
    ) -> Result<Kept, Problem> {
        let digits = fresh.digits().groups();
        let receipt = self.stretch(fresh.digits()).await?;
        let lookup = receipt.lookup_hash();
        let lists = self.lists(&document, language);
        if let Some(proof) = self.kept_before(&lookup).await? {
            return Ok(Kept { digits, proof, lists: None, again: true });
        }
        match self.file((fresh.report(), receipt), document, typed.files).await? {
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
