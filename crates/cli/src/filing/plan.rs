//! What is asked for by name on the command line, and the three lists as they are printed.

use report::{Answer, Code, Coding, ConsentRow, InstitutionCode, PartKind, PartName};
use routing::{Eligible, Reason, Registry};
use serde_json::{Value, json};
use vault::When;
use vault::filing::{Ground, Plan, Reader};

use crate::{Around, Failure, directory};

/// The purposes an institution named on the command line may be given a report for, in the order they are tried.
const PURPOSES: [&str; 6] = ["C-OVER", "C-SERV", "C-GUARD", "C-CRIM", "C-INTL", "C-XBOR"];

/// A plan, and why a reader that was asked for by name is none.
pub struct Wanted {
    /// Who reads.
    pub plan: Plan,
    /// Why somebody asked for does not.
    pub refused: Option<String>,
}

/// Decides who reads a coding; an institution asked for by name adds its row to the consent, since naming it is the consent.
///
/// # Errors
/// When a code of an institution is none.
pub fn plan(ground: &Ground<'_>, coding: &mut Coding, also: &[String]) -> Result<Wanted, Failure> {
    let also = also.iter().map(|code| code.parse()).collect::<Result<Vec<InstitutionCode>, _>>();
    let also = also.map_err(|_| Failure::usage("not the code of an institution"))?;
    let mut wanted = Wanted { plan: ground.draw(ground.facets(coding)), refused: None };
    let mut asked = Vec::new();
    for code in also {
        match ask(ground, &code, coding, &wanted.plan) {
            Ok(reader) => asked.push(reader),
            Err(why) => wanted.refused = Some(format!("{code}: {why}")),
        }
    }
    if wanted.refused.is_none() && !asked.is_empty() {
        let mut plan = ground.draw(ground.facets(coding));
        let known: Vec<InstitutionCode> = plan.readers.iter().map(|reader| reader.eligible().code().clone()).collect();
        plan.readers.extend(asked.into_iter().filter(|reader| !known.contains(reader.eligible().code())));
        wanted.plan = plan;
    }
    Ok(wanted)
}

/// The first institution accused that the registry does not know, by its field: a server would refuse it.
pub(crate) fn unknown_accused(coding: &Coding, registry: &Registry) -> Option<String> {
    let unknown = |code: &InstitutionCode| registry.get(code).is_none();
    let place = coding.accused.items().iter().position(|one| one.institution.given().is_some_and(unknown))?;
    Some(format!("accused[{place}].institution"))
}

/// A reader asked for by name, or why it cannot be one.
fn ask(ground: &Ground<'_>, code: &InstitutionCode, coding: &mut Coding, plan: &Plan) -> Result<Reader, &'static str> {
    if plan.shut_out.contains_key(code) {
        return Err("shut out from this report");
    }
    if ground.directory.is_stale(ground.today) {
        return Err("the directory's last day is over: only its lead and its alternate are sealed to");
    }
    let able = routing::eligible(&plan.facets, ground.registry, ground.today);
    let eligible = able.get(code).ok_or("may not receive reports")?;
    ground.directory.institution(code).ok_or("not on the system")?;
    if coding.consent.given().is_some_and(Vec::is_empty) {
        return Err("the report is to be held for the receipt alone");
    }
    let mut rows = coding.consent.items().to_vec();
    let given = rows.iter().find(|row| eligible.receives_as(&row.purpose, &row.recipient_kind));
    let row = match given {
        Some(row) => row.clone(),
        None => PURPOSES.iter().find_map(|purpose| row_for(purpose, eligible)).ok_or("no purpose it may act for")?,
    };
    if !rows.contains(&row) {
        rows.push(row.clone());
        coding.consent = Answer::Given(rows);
    }
    Ok(Reader::new(eligible.clone(), row, When::Now))
}

fn row_for(purpose: &str, eligible: &Eligible) -> Option<ConsentRow> {
    let purpose: Code = purpose.parse().ok()?;
    let recipient_kind = eligible.recipient_kind(&purpose)?.clone();
    Some(ConsentRow { purpose, recipient_kind, parts: vec![PartKind::Account, PartKind::Coding, PartKind::Evidence] })
}

/// The three lists, as the contract prints them, and how old the directory is that they stand on; `parts` are those of the report.
pub fn lists(plan: &Plan, parts: &[PartName], ground: &Ground<'_>, around: &Around) -> Value {
    let reads = |reader: &Reader| {
        let parts: Vec<String> = parts.iter().filter(|part| reader.reads(**part)).map(ToString::to_string).collect();
        json!({ "institution": reader.eligible().code(), "parts": parts, "purpose": reader.purpose(), "when": reader.when() })
    };
    let codes: Vec<&InstitutionCode> = plan.readers.iter().map(|reader| reader.eligible().code()).collect();
    let hear = routing::will_hear(&plan.facets, ground.registry, ground.today, codes);
    let line = |code: &InstitutionCode, reason: &Reason| json!({ "institution": code, "reason": reason.key, "text": around.reason(reason) });
    let shut = |(code, reason): (&InstitutionCode, &Option<Reason>)| match reason {
        Some(reason) => line(code, reason),
        None => {
            json!({ "institution": code, "reason": "reason-accused", "text": around.say("reason-accused", &[]) })
        }
    };
    json!({
        "directory": directory::age(ground.directory, ground.today),
        "readers": plan.readers.iter().map(reads).collect::<Vec<_>>(),
        "will_hear": hear.iter().map(|one| line(&one.institution, &one.reason)).collect::<Vec<_>>(),
        "shut_out": plan.shut_out.iter().map(shut).collect::<Vec<_>>(),
    })
}
