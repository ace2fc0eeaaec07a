//! `putokaz file`: one report, from a document to an acknowledgement.

use rand::RngCore;
use report::{ReportId, Sha256};
use serde::Deserialize;
use serde_json::{Value, json};
use testimony::Document;
use vault::{Acknowledgement, MEDIA_TYPE, ReceiptDigits};

use super::work::{shown, working};
use super::{Contents, Doing, Ground, Parcel, Reporter, Wanted, lists, plan, seal, unknown_accused, upload};
use crate::command::File;
use crate::door::{Ask, Door};
use crate::link::FilingLink;
use crate::{Answer, Around, Failure, Home, Outcome, directory};

/// Files a report, or says who could read it.
///
/// # Errors
/// When the document has faults, a reader asked for is shut out, or the server refuses. The three lists are printed whenever they are known.
pub fn file(asked: &File, around: &mut Around) -> Outcome {
    let bytes = std::fs::read(&asked.report).map_err(|error| Failure::file(&asked.report, &error))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut document =
        Document::read(bytes).map_err(|fault| Failure::refused(format!("{}: {fault}", asked.report.display())))?;
    let home = Home::embedded()?;
    document.coding.check(&home.country, around.today).map_err(|faults| crate::field_faults(&faults))?;
    if let Some(field) = unknown_accused(&document.coding, &home.registry) {
        return Err(Failure::refused(format!("{field}: unknown-code")));
    }
    let link = asked.link.as_deref().map(FilingLink::read).transpose()?;
    let door = Door::new(&asked.public.to, around.language.tag());
    let directory = directory::for_reporter(&door, asked.public.board.as_deref(), around)?;
    let ground = home.ground(&directory, around.today);
    let Wanted { plan, refused } = plan(&ground, &mut document.coding, &asked.also)?;
    let contents = Contents::of(&document, &asked.attach);
    let lists = lists(&plan, &contents.names()?, &ground, around);
    if let Some(why) = refused {
        return Err(Failure::refused(why).with(told(lists, None)));
    }
    if asked.dry_run {
        return Ok(Answer::Document(told(lists, None)));
    }
    let digits = ReceiptDigits::generate(&mut around.rng);
    let receipt = digits.stretch(&directory.body().salt).map_err(|fault| Failure::refused(fault.to_string()))?;
    let mut id = [0; 16];
    around.rng.fill_bytes(&mut id);
    let reporter = Reporter { report: ReportId::from(id), receipt };
    let parcel = seal(&contents, &plan, &Doing::file(&reporter), &ground, &mut around.rng)?;
    let door = link.map_or_else(|| door.clone(), |link| link.stand_at(&door, &plan));
    ended(send(&door, parcel, &ground), lists, (&reporter.report, digits.groups().as_str()))
}

/// What a person is left with. Once there are digits, they have them or know that nothing was filed.
fn ended(sent: Result<String, Failure>, lists: Value, (report, digits): (&ReportId, &str)) -> Outcome {
    match sent {
        Ok(acknowledgement) => Ok(Answer::Document(told(lists, Some((report, digits, Some(&acknowledgement)))))),
        Err(failure) if failure.sent => {
            let message = format!("{}\n{UNSURE}", failure.message);
            Err(Failure { message, ..failure.with(told(lists, Some((report, digits, None)))) })
        }
        Err(failure) => {
            let message = format!("{}\nnothing was filed", failure.message);
            Err(Failure { message, ..failure.with(told(lists, None)) })
        }
    }
}

/// Said when nobody can know whether the report arrived.
const UNSURE: &str =
    "the report may have been kept all the same: keep these digits, and ask `putokaz receipt` before you file again";

#[derive(Deserialize)]
struct Kept {
    acknowledgement: String,
}

/// Uploads what is large, sends the envelope, and believes only a good acknowledgement of exactly this statement.
///
/// # Errors
/// When the server cannot be reached or refuses, or its acknowledgement does not hold; `sent` says whether it may be kept all the same.
pub fn send(door: &Door, mut parcel: Parcel, ground: &Ground<'_>) -> Result<String, Failure> {
    for (part, scratch, size) in &parcel.large {
        let upload = upload(door, &scratch.0, *size)?;
        parcel.envelope.uploads.insert(*part, upload);
    }
    let bytes = parcel.envelope.write().map_err(|refusal| Failure::refused(refusal.code()))?;
    let statement = &parcel.envelope.statement;
    // A server that refuses kept nothing; one that fell silent, or answers with anything else, may have.
    let refused = |failure: &Failure| failure.status.is_some_and(|status| (400..500).contains(&status));
    let kept = post(door, &bytes, &statement.sha256());
    let kept = kept.map_err(|failure| Failure { sent: !refused(&failure) && failure.puzzle.is_none(), ..failure })?;
    let promised = Acknowledgement::verify(&kept.acknowledgement, &ground.directory.body().server);
    match promised {
        Ok(promised) if promised.statement == statement.sha256() && promised.report == statement.body().report => {
            Ok(kept.acknowledgement)
        }
        _ => {
            let failure =
                Failure::refused("the server's acknowledgement does not hold: it is no proof that the report is kept");
            Err(Failure { sent: true, ..failure })
        }
    }
}

/// Files, and works for it when the door is busy.
fn post(door: &Door, bytes: &[u8], statement: &Sha256) -> Result<Kept, Failure> {
    working(statement, |proof| door.json(&shown(Ask::post("/api/v1/reports", MEDIA_TYPE, bytes), proof)))
}

fn told(lists: Value, filed: Option<(&ReportId, &str, Option<&String>)>) -> Value {
    let (report, receipt, acknowledgement) = match filed {
        Some((report, receipt, acknowledgement)) => (json!(report), json!(receipt), json!(acknowledgement)),
        None => (Value::Null, Value::Null, Value::Null),
    };
    let mut document = json!({ "report": report, "receipt": receipt, "acknowledgement": acknowledgement });
    if let (Value::Object(document), Value::Object(lists)) = (&mut document, lists) {
        document.extend(lists);
    }
    document
}
