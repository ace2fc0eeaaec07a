//! Signing a directory: who is on the system, who leads where, and who is shut out when somebody is accused.

use std::path::Path;

use rand::RngCore;
use report::Sources;
use serde_json::json;
use vault::{DirectoryBody, Enrolment, Listed, Token};

use super::{signing_key, verifier_key};
use crate::around::{Around, Home};
use crate::command::Directory;
use crate::{Answer, Failure, Outcome};

/// Days a directory is good for; the longest the format allows.
const DAYS: i32 = 30;

/// Writes and signs a directory.
///
/// # Errors
/// When an enrolment names an institution the registry does not have, or a file cannot be read or written.
pub fn sign(options: &Directory, around: &mut Around) -> Outcome {
    let home = match &options.config {
        Some(folder) => Home::of(&Sources::read(folder).map_err(|faults| Failure::faults(&faults))?)?,
        None => Home::embedded()?,
    };
    let enrolments = options.enrolments.iter().map(|path| enrolment(path)).collect::<Result<Vec<_>, _>>()?;
    let institutions = options.enrolments.iter().zip(&enrolments);
    let institutions = institutions.map(|(path, one)| listed(path, one, &home)).collect::<Result<Vec<_>, _>>()?;
    // A device must not seal to who shares a key, a member or a mailbox with the accused either.
    let registry = home.registry.clone().with_sharing(vault::sharing(&enrolments));
    let salt = salt(options.salt.as_deref(), around)?;
    let issued = options.issued.unwrap_or(around.today);
    let body = DirectoryBody {
        deployment: token(&options.deployment)?,
        training: options.training,
        version: options.version,
        issued,
        expires: issued.plus(DAYS),
        salt,
        registry: token(registry.version())?,
        taxonomy: token(home.country.taxonomy().version())?,
        server: verifier_key(&options.server)?,
        institutions,
        leads: registry.leads().clone(),
        closures: registry.closure_sets(),
    };
    let mut note = body.write().map_err(|fault| Failure::refused(fault.to_string()))?;
    for signer in &options.signers {
        note = note.sign(&signing_key(signer)?);
    }
    std::fs::write(&options.out, note.write()).map_err(|error| Failure::file(&options.out, &error))?;
    Ok(Answer::Document(json!({
        "directory": options.out, "version": options.version, "institutions": body.institutions.len(), "salt": hex::encode(salt),
        "expires": body.expires.to_string(),
    })))
}

fn enrolment(path: &Path) -> Result<Enrolment, Failure> {
    let text = std::fs::read(path).map_err(|error| Failure::file(path, &error))?;
    serde_json::from_slice(&text).map_err(|_| Failure::refused(format!("{}: not an enrolment", path.display())))
}

/// An institution's line, from its enrolment and the registry's name for it.
fn listed(path: &Path, enrolment: &Enrolment, home: &Home) -> Result<Listed, Failure> {
    let entry = home.registry.get(&enrolment.institution);
    let entry = entry.ok_or_else(|| Failure::refused(format!("{}: not in the registry", path.display())))?;
    Ok(Listed {
        former: enrolment.former(),
        code: enrolment.institution.clone(),
        name: entry.name_local.clone().unwrap_or_else(|| entry.name_en.clone()),
        recipient: enrolment.recipient.clone(),
        signing: enrolment.signing,
    })
}

fn salt(stated: Option<&str>, around: &mut Around) -> Result<[u8; 32], Failure> {
    let mut salt = [0; 32];
    match stated {
        Some(text) => {
            hex::decode_to_slice(text, &mut salt).map_err(|_| Failure::usage("the salt is 64 hexadecimal digits"))?;
        }
        None => around.rng.fill_bytes(&mut salt),
    }
    Ok(salt)
}

fn token(text: &str) -> Result<Token, Failure> {
    Token::try_from(text).map_err(|_| Failure::usage("a name is letters, digits and - _ . : / only, at most 64"))
}
