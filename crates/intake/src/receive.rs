//! The one way in: envelope → facets admitted → checked without opening → kept → acknowledged.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use report::triage::Assessment;
use report::{Facets, InstitutionCode, PartName};
use schemars::JsonSchema;
use serde::Serialize;
use store::{Filed, Filing, Moment, Snapshot, Stated, Thread};
use vault::{Acknowledgement, Act, Envelope, Grounds, Known, Measured, Refusal};
use web::{Code, Described, Media, Problem, Routes, Sent};

use crate::room::{self, Coming};
use crate::{Intake, door};

/// The most bytes of an envelope.
pub(crate) const ENVELOPE: usize = 4 * 1024 * 1024;

/// An envelope on its way in.
pub(crate) enum Enveloped {}

impl Media for Enveloped {
    const TYPE: &'static str = vault::MEDIA_TYPE;
    /// The head, a few dozen grants and the parts with words; larger parts are uploaded before.
    const LIMIT: usize = ENVELOPE;
}

/// What the reporter's device keeps as proof.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Acknowledged {
    /// The report's id.
    report: String,
    /// The signed note.
    acknowledgement: String,
    /// Institutions it was sealed to that may no longer receive it: kept, and not given to them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    withheld: Vec<String>,
}

pub(crate) fn routes() -> Routes<Intake> {
    let described = Described::post(
        "/api/v1/reports",
        "Files a sealed report, or adds to one with the reporter's signature alone.",
    )
    .takes_media(vault::MEDIA_TYPE)
    .gives::<Acknowledged>(201)
    .gives::<Acknowledged>(200);
    Routes::new().open(described, file)
}

async fn file(
    State(intake): State<Intake>,
    _: door::Expected,
    headers: HeaderMap,
    sent: Sent<Enveloped>,
) -> Result<Response, Problem> {
    let envelope = Envelope::read(&sent.bytes)?;
    match envelope.statement.body().act {
        Act::File => {}
        Act::Add => return add(&intake, envelope).await,
        _ => return Err(Refusal::StatementAct.into()),
    }
    let statement = envelope.statement.clone();
    if let Some(again) = kept_before(&intake, &statement).await? {
        return again;
    }
    let facets = admit(&intake, &envelope)?.ok_or(Refusal::FacetsPresence)?;
    let through = door::through(&intake, &headers, &facets).await?;
    let _place = match door::enter(&intake, &headers, through.as_ref(), &statement) {
        Ok(place) => place,
        Err(shut) => return Ok(shut.into_response()),
    };
    match receive(&intake, envelope, facets, Door::Sealing(through)).await {
        Ok((filed, withheld)) => answer(&intake, filed, withheld),
        // The same filing may have been kept a moment ago: its uploads are the report's by now.
        Err(problem) => kept_before(&intake, &statement).await?.unwrap_or(Err(problem)),
    }
}

/// Takes what a device adds that kept the reporter's key of one report and no receipt: it can add, and see nothing.
async fn add(intake: &Intake, envelope: Envelope) -> Result<Response, Problem> {
    // First the signature: whether a report exists is learnt only by whoever holds its key.
    envelope.statement.verify(&envelope.signature).map_err(|_| Code::NotFound)?;
    let body = envelope.statement.body();
    let snapshot = intake.store().snapshot().await?;
    let thread = snapshot.of_reporter(body.report, &body.signer).await?.ok_or(Code::NotFound)?;
    Box::pin(follow(intake, (snapshot, thread), envelope)).await
}

/// Takes in a reporter's statement after the first.
pub(crate) async fn follow(
    intake: &Intake,
    (snapshot, thread): (Snapshot, Thread),
    envelope: Envelope,
) -> Result<Response, Problem> {
    if let Some(again) = stated_before(intake, &thread, &envelope.statement) {
        return again;
    }
    // To take back or to change consent needs no room that counts.
    if !envelope.parts.is_empty() {
        room::check(intake, Coming::Report, ENVELOPE as u64)?;
    }
    let known = snapshot.known(thread.report, &envelope.statement.body().signer).await?.ok_or(Code::NotFound)?;
    let facets = admit(intake, &envelope)?.unwrap_or(thread.facets);
    drop(snapshot);
    let stated = hold(intake, envelope, facets, Some(known)).await?;
    let withheld = stated.withheld().collect();
    answer(intake, intake.store().state(stated, intake.now()).await?, withheld)
}

/// The answer to a filing whose id is known: the same again, or another one's.
async fn kept_before(
    intake: &Intake,
    statement: &vault::Statement,
) -> Result<Option<Result<Response, Problem>>, Problem> {
    let body = statement.body();
    let snapshot = intake.store().snapshot().await?;
    if snapshot.known(body.report, &body.signer).await?.is_none() {
        return Ok(None);
    }
    let thread = match &body.lookup {
        Some(lookup) => snapshot.receipt(lookup).await?,
        None => None,
    };
    let thread = thread.filter(|thread| thread.report == body.report);
    Ok(Some(
        thread.and_then(|thread| stated_before(intake, &thread, statement)).unwrap_or_else(|| Err(Code::Taken.into())),
    ))
}

/// The acknowledgement of a statement that is kept already.
pub(crate) fn stated_before(
    intake: &Intake,
    thread: &Thread,
    statement: &vault::Statement,
) -> Option<Result<Response, Problem>> {
    let hash = statement.sha256();
    let row = thread.statements.iter().find(|row| row.sha256 == hash)?;
    let promise = Acknowledgement { report: thread.report, statement: hash, day: row.day, ledger: row.ledger };
    let theirs = thread.readers.iter().filter(|reading| reading.state == "withheld");
    let withheld: BTreeSet<_> = theirs.map(|reading| reading.institution.to_string()).collect();
    Some(acknowledge(intake, (StatusCode::OK, withheld), &promise))
}

/// Who sealed what comes in.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Door {
    /// The device of who reports; it may have come through an organisation's filing link.
    Sealing(Option<InstitutionCode>),
    /// This server, in its memory.
    Plain,
}

impl Door {
    fn through(&self) -> Option<InstitutionCode> {
        match self {
            Self::Sealing(through) => through.clone(),
            Self::Plain => None,
        }
    }
}

/// Takes a first statement in.
pub(crate) async fn receive(
    intake: &Intake,
    envelope: Envelope,
    facets: Facets,
    door: Door,
) -> Result<(Filed, BTreeSet<String>), Problem> {
    let coming = if door.through().is_some() { Coming::ExpectedReport } else { Coming::Report };
    room::check(intake, coming, ENVELOPE as u64)?;
    let now = intake.now();
    let assessment = report::triage::assess(&facets, intake.country());
    let readers = routing::readers(&facets, intake.registry(), now.day());
    let stated = hold(intake, envelope, facets, None).await?;
    let withheld = stated.withheld().collect();
    // Who it was sealed to answers for it, also where the posts changed since the directory it was sealed by.
    let (lead, alternate) = stated.posts();
    let filing = Filing {
        due: due(intake, &assessment, now),
        assessment,
        lead: lead.or_else(|| readers.lead.map(|eligible| eligible.code().clone())),
        alternate: alternate.or_else(|| readers.alternate.map(|eligible| eligible.code().clone())),
        plain: door == Door::Plain,
        through: door.through(),
        stated,
        now,
    };
    Ok((intake.store().file(filing).await?, withheld))
}

/// Until when somebody must have helped; none where no protective clock runs.
fn due(intake: &Intake, assessment: &Assessment, now: Moment) -> Option<Moment> {
    let hours = intake.country().taxonomy().clock_hours(assessment.clock);
    let minutes = i32::try_from(hours).ok()?.checked_mul(60)?;
    (assessment.runs && minutes > 0).then(|| now.plus_minutes(minutes))
}

/// The facets an envelope brings, admitted: every code exists, and every institution accused is one of the registry. A period
/// may lie in the future: a phone's clock may be wrong by any amount, and what it sealed comes a second time from nobody. Nothing
/// is counted before somebody has looked at it.
pub(crate) fn admit(intake: &Intake, envelope: &Envelope) -> Result<Option<Facets>, Problem> {
    let Some(text) = &envelope.facets else { return Ok(None) };
    let facets = Facets::admit(text.as_bytes(), intake.country())?;
    if !intake.registry().unknown(facets.accused()).is_empty() {
        return Err(Problem::new(Code::FacetsRefused).field("facets/accused/institutions", "unknown-code"));
    }
    Ok(Some(facets))
}

/// Holds an envelope to the directory it names and the one in force, off the threads that serve.
pub(crate) async fn hold(
    intake: &Intake,
    envelope: Envelope,
    facets: Facets,
    known: Option<Known>,
) -> Result<Stated, Problem> {
    let uploaded = measure(intake, &envelope).await?;
    let eligible = routing::eligible(&facets, intake.registry(), intake.today());
    let directories = intake.directories();
    let version = envelope.statement.body().directory;
    let stated = directories.of_version(intake.store(), version).await?.ok_or(Refusal::StatementVersions)?;
    let newest = directories.newest().clone();
    let intake = intake.clone();
    let held = tokio::task::spawn_blocking(move || -> Result<Stated, Problem> {
        let (stated, newest, known) = (&*stated, &*newest, known.as_ref());
        let grounds = Grounds { stated, newest, eligible: &eligible, facets: &facets, uploaded: &uploaded, known };
        let checked = vault::check(envelope, &grounds)?;
        Ok(Stated::of(&checked, intake.country())?)
    });
    held.await.map_err(|_| Problem::new(Code::Internal).because("a check ended early"))?
}

/// The parts an envelope names as uploaded, as they were measured when they were whole.
async fn measure(intake: &Intake, envelope: &Envelope) -> Result<BTreeMap<PartName, Measured>, Problem> {
    let mut measured = BTreeMap::new();
    for (part, upload) in &envelope.uploads {
        let upload = upload.as_str().parse().map_err(|_| Refusal::PartMissing)?;
        let whole = intake.store().measured(upload).await?.ok_or(Refusal::PartMissing)?;
        measured.insert(*part, whole);
    }
    Ok(measured)
}

/// What became of a statement, as an answer: 201 kept now, 200 kept before, 409 other bytes, 410 destroyed.
fn answer(intake: &Intake, filed: Filed, withheld: BTreeSet<String>) -> Result<Response, Problem> {
    let (status, kept) = match filed {
        Filed::Kept(kept) => (StatusCode::CREATED, kept),
        Filed::Already(kept) => (StatusCode::OK, kept),
        Filed::Conflict => return Err(Code::Taken.into()),
        Filed::Gone => return Err(Code::Gone.into()),
    };
    let (report, statement, day) = (kept.report(), kept.statement(), kept.day());
    let promise = Acknowledgement { report, statement, day, ledger: kept.ledger() };
    acknowledge(intake, (status, withheld), &promise)
}

fn acknowledge(
    intake: &Intake,
    (status, withheld): (StatusCode, BTreeSet<String>),
    promise: &Acknowledgement,
) -> Result<Response, Problem> {
    let note = intake.notary().acknowledge(promise);
    let acknowledgement = note.ok_or_else(|| Problem::new(Code::Internal).because("a promise makes no note"))?;
    json(
        status,
        &Acknowledged { report: promise.report.to_string(), acknowledgement, withheld: withheld.into_iter().collect() },
    )
}

/// A JSON answer.
pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Result<Response, Problem> {
    let bytes = serde_json::to_vec(body).map_err(|_| Problem::new(Code::Internal).because("an answer has no JSON"))?;
    Ok((status, [(header::CONTENT_TYPE, "application/json")], Bytes::from(bytes)).into_response())
}
