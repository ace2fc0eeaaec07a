//! An institution's next keys: sealed to the members who stay, with what opens everything granted before.

use std::path::Path;

use report::InstitutionCode;
use serde_json::json;
use unseal::{InstitutionKeys, MemberKey};
use vault::{EnrolledMember, Enrolment};

use super::institution::{enrolled, write_enrolment};
use crate::around::Around;
use crate::command::Rotate;
use crate::{Answer, Failure, Outcome};

/// Puts the next enrolment in the place of the present one. Nothing changes for anybody until a directory names its keys.
///
/// # Errors
/// When the enrolment or the key does not read, the key opens nothing there, or nobody would be left who opens reports.
pub fn rotate(options: &Rotate, around: &mut Around) -> Outcome {
    let code: InstitutionCode =
        options.institution.parse().map_err(|_| Failure::usage("not the code of an institution"))?;
    let file = options.out.join("enrolments").join(format!("{code}.json"));
    let before = read(&file)?;
    let keys = open(&before, &options.key)?;
    let until = options.until.unwrap_or(around.today);
    let (next, former) = keys.succeed(until, &mut around.rng).map_err(|fault| Failure::refused(fault.to_string()))?;
    let mut members = staying(before.members, &options.without)?;
    // A wrong word leaves no key file behind.
    if options.members.iter().any(|comes| is_among(&members, comes)) {
        return Err(Failure::usage("--member names somebody who is a member already"));
    }
    let (new, files) = enrolled(&code, &options.members, &options.out, around)?;
    members.extend(new);
    let former = [former].into_iter().chain(before.former).collect();
    let enrolment = next.enrol(members, former, &mut around.rng);
    let enrolment = enrolment.map_err(|fault| Failure::refused(fault.to_string()))?;
    let beside = file.with_extension("next");
    write_enrolment(&beside, &enrolment)?;
    std::fs::rename(&beside, &file).map_err(|error| Failure::file(&file, &error))?;
    Ok(Answer::Document(json!({
        "enrolment": file, "epoch": enrolment.epoch, "until": until.to_string(), "keys": files,
    })))
}

fn read(file: &Path) -> Result<Enrolment, Failure> {
    let bytes = std::fs::read(file).map_err(|error| Failure::file(file, &error))?;
    report::json::read(&bytes).map_err(|fault| Failure::refused(format!("{}: {fault}", file.display())))
}

/// The present keys, opened by a member.
fn open(enrolment: &Enrolment, file: &Path) -> Result<InstitutionKeys, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
    let key = MemberKey::read(&text).map_err(|fault| Failure::refused(fault.to_string()))?;
    let own = enrolment.members.iter().find(|member| member.member == *key.member());
    let wrap = own.and_then(|own| own.wrap.as_ref());
    let wrap = wrap.ok_or_else(|| Failure::refused("this enrolment gives the institution's keys to no such member"))?;
    key.open_wrap(wrap.as_bytes()).map_err(|fault| Failure::refused(fault.to_string()))
}

/// Whether `name:role` or `name:role:mailbox` names one of them.
fn is_among(members: &[EnrolledMember], stated: &str) -> bool {
    stated.split(':').next().is_some_and(|name| members.iter().any(|one| one.member.as_str() == name))
}

fn staying(members: Vec<EnrolledMember>, without: &[String]) -> Result<Vec<EnrolledMember>, Failure> {
    let is_there = |name: &&String| members.iter().any(|one| one.member.as_str() == name.as_str());
    if without.iter().any(|name| !is_there(&name)) {
        return Err(Failure::usage("--without names somebody who is no member"));
    }
    let stays = |one: &EnrolledMember| !without.iter().any(|name| name == one.member.as_str());
    let staying: Vec<_> = members.into_iter().filter(stays).collect();
    if staying.iter().any(|one| one.role.reads()) {
        Ok(staying)
    } else {
        Err(Failure::usage("nobody would be left who opens this institution's reports"))
    }
}
