//! What the rooms below cannot know about an act: which member is here, what the country's consent table allows, who was asked for
//! one thing alone.

use report::{Facets, InstitutionCode};
use store::{Case, Thread};
use vault::{Act, Body, Envelope, GrantLine, Refusal};
use web::{Code, Member, Problem};

use crate::{Dashboard, answering};

/// With this as `basis` a referral rests on a vital interest, which consent does not gate.
pub(crate) const VITAL: &str = "vital-interest";

/// Whether this member may do this, about this case.
///
/// # Errors
/// The first rule that is broken, as a problem under its own name.
pub(crate) fn check(
    dashboard: &Dashboard,
    envelope: &Envelope,
    (member, case): (&Member, &Case),
) -> Result<(), Problem> {
    let body = envelope.statement.body();
    let speaks = matches!(body.act, Act::Answer | Act::Reply | Act::Note);
    if case.is_least && !speaks {
        return Err(Refusal::StatementAct.into());
    }
    if body.act.is_leads() && case.thread.lead.as_ref() != Some(&member.institution) {
        return Err(Code::LeadOnly.into());
    }
    match body.act {
        Act::Refer => {
            answering::check(dashboard, body)?;
            check_vital(dashboard, body, &case.thread.facets)?;
            check_hazard(dashboard, body, &case.thread.facets)
        }
        Act::Confirm => check_second(body, member, case),
        Act::Pause | Act::Resume => check_pause(dashboard, body, case),
        // What is closed leaves the list of what waits for a second member, and nobody would look any more.
        Act::Close if waits_for_second(&case.thread) => Err(Code::SecondMember.into()),
        _ => Ok(()),
    }
}

/// Whether somebody was asked for a vital interest that no second member has confirmed.
pub(crate) fn waits_for_second(thread: &Thread) -> bool {
    thread.referrals.iter().any(|one| one.confirm.is_some())
}

/// A coded particular of the act.
fn detail<'a>(body: &'a Body, key: &str) -> Option<&'a str> {
    body.detail.iter().find(|(known, _)| known.as_str() == key).map(|(_, value)| value.as_str())
}

/// A vital interest stands in for consent only where the country's table says so, and for no more than that allows.
fn check_vital(dashboard: &Dashboard, body: &Body, facets: &Facets) -> Result<(), Problem> {
    match detail(body, "basis") {
        None => return Ok(()),
        Some(VITAL) => {}
        Some(_) => return Err(Refusal::StatementAct.into()),
    }
    let eligible = routing::eligible(facets, dashboard.registry(), dashboard.today());
    let allowed = |line: &GrantLine| {
        let Some(able) = line.to.institution().and_then(|code| eligible.get(code)) else { return true };
        let mut cells = dashboard.country().consent().vital(line.purpose.as_str());
        cells.any(|cell| {
            let kind = line.part.kind();
            able.receives_as(&line.purpose, &cell.recipient_kind)
                && (kind == report::PartKind::Note || cell.parts.contains(&kind))
        })
    };
    // What it wrote itself it keeps the key of, whatever the basis.
    let others = body.grants.iter().filter(|line| line.to.institution() != body.from.institution());
    if others.into_iter().all(allowed) { Ok(()) } else { Err(Refusal::GrantConsent.into()) }
}

/// A referral through which somebody who is shut out would hear of it says that the person accepted that.
fn check_hazard(dashboard: &Dashboard, body: &Body, facets: &Facets) -> Result<(), Problem> {
    let to: Option<InstitutionCode> = detail(body, "to").and_then(|code| code.parse().ok());
    let relays = routing::will_hear(facets, dashboard.registry(), dashboard.today(), to.iter());
    let relays = relays.into_iter().filter(|hearing| hearing.is_relay).count();
    if relays == 0 || detail(body, "hazard").is_some() {
        return Ok(());
    }
    Err(Problem::new(Code::SealRefused).field("detail/hazard", "not-accepted"))
}

/// A clock is stopped once, for a reason of the country's list and no longer than it may stand still; and only what stands still runs
/// again.
fn check_pause(dashboard: &Dashboard, body: &Body, case: &Case) -> Result<(), Problem> {
    let triage = dashboard.country().triage();
    let paused = case.thread.paused(dashboard.today(), triage);
    let stands = paused.now.is_some();
    let used_up = paused.days >= triage.feedback().map_or(0, |feedback| feedback.pause_days);
    let reason = detail(body, "reason").map(|code| dashboard.country().taxonomy().term("pause_reason", code).is_some());
    let fits = if body.act == Act::Pause { reason == Some(true) } else { reason.is_none() };
    if !fits {
        return Err(Refusal::StatementAct.into());
    }
    if stands == (body.act == Act::Resume) && (stands || !used_up) { Ok(()) } else { Err(Code::Conflict.into()) }
}

/// A vital interest is confirmed by somebody else: neither whoever invoked it nor whoever was asked.
fn check_second(body: &Body, member: &Member, case: &Case) -> Result<(), Problem> {
    let referral = detail(body, "referral");
    let mut asked = case.thread.referrals.iter().filter(|one| one.confirm.is_some());
    let waiting = asked.find(|one| Some(one.statement.to_string().as_str()) == referral);
    let waiting = waiting.ok_or_else(|| Problem::new(Code::Conflict).field("detail/referral", "not-waiting"))?;
    if is_second(waiting, member) { Ok(()) } else { Err(Code::SecondMember.into()) }
}

/// Whether this member is somebody else than who made the referral and who was asked.
pub(crate) fn is_second(referral: &store::Referral, member: &Member) -> bool {
    let is_first = referral.author == member.institution && referral.member.as_deref() == Some(member.member.as_str());
    !is_first && referral.recipient != member.institution
}
