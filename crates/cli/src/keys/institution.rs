//! An institution's keys, sealed to its members, and its public enrolment.

use std::path::{Path, PathBuf};

use report::InstitutionCode;
use serde_json::{Value, json};
use unseal::{InstitutionKeys, MemberKey};
use vault::{EnrolledMember, Enrolment, Role, Token};

use super::{write_new, write_secret};
use crate::around::Around;
use crate::{Answer, Failure, Outcome};

/// A member as typed: `name:role` or `name:role:mailbox`.
struct Stated {
    member: Token,
    role: Role,
    mailbox: Option<String>,
}

impl Stated {
    fn read(text: &str) -> Result<Self, Failure> {
        let wrong = || Failure::usage("a member is NAME:ROLE or NAME:ROLE:MAILBOX");
        let mut words = text.splitn(3, ':');
        let member = words.next().and_then(|name| Token::try_from(name).ok()).ok_or_else(wrong)?;
        let role = Value::String(words.next().unwrap_or_default().to_owned());
        let role = serde_json::from_value(role).map_err(|_| Failure::usage("no such role"))?;
        Ok(Self { member, role, mailbox: words.next().map(str::to_owned) })
    }
}

/// Makes the keys: the members' files (mode 0600) into `keys/`, the enrolment into `enrolments/`.
///
/// # Errors
/// When a member is not stated as it should be, or a file exists already.
pub fn make(institution: &str, members: &[String], out: &Path, around: &mut Around) -> Outcome {
    let code: InstitutionCode = institution.parse().map_err(|_| Failure::usage("not the code of an institution"))?;
    let keys = InstitutionKeys::generate(code.clone(), 1, &mut around.rng);
    let (members, files) = enrolled(&code, members, out, around)?;
    let enrolment = keys.enrol(members, Vec::new(), &mut around.rng);
    let enrolment = enrolment.map_err(|fault| Failure::refused(fault.to_string()))?;
    let file = out.join("enrolments").join(format!("{code}.json"));
    write_enrolment(&file, &enrolment)?;
    Ok(Answer::Document(json!({ "enrolment": file, "keys": files })))
}

/// Makes key files for new members; what an enrolment says of them, and where the files are.
///
/// # Errors
/// When a member is not stated as it should be, or a file exists already.
pub fn enrolled(
    code: &InstitutionCode,
    members: &[String],
    out: &Path,
    around: &mut Around,
) -> Result<(Vec<EnrolledMember>, Vec<PathBuf>), Failure> {
    let stated = members.iter().map(|text| Stated::read(text)).collect::<Result<Vec<_>, _>>()?;
    let (mut enrolled, mut files) = (Vec::new(), Vec::new());
    for one in stated {
        let key = MemberKey::generate(code.clone(), one.member, one.role, &mut around.rng);
        let file = out.join("keys").join(format!("{code}.{}.key", key.member()));
        let text = key.write().map_err(|fault| Failure::refused(fault.to_string()))?;
        write_secret(&file, text.as_bytes())?;
        files.push(file);
        enrolled.push(key.enrolled(one.mailbox));
    }
    Ok((enrolled, files))
}

/// Writes an enrolment where none is.
///
/// # Errors
/// When a file exists already, or cannot be written.
pub fn write_enrolment(file: &Path, enrolment: &Enrolment) -> Result<(), Failure> {
    let text = serde_json::to_vec_pretty(enrolment).map_err(|_| Failure::refused("the enrolment cannot be written"))?;
    write_new(file, &text, 0o644)
}
