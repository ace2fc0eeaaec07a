//! Filing links: an organisation's workers file through one, so that a crowd at the anonymous door does not hold them up.
//! The server keeps a link's hash and learns the organisation, never the worker.

use std::path::Path;

use rand::RngCore;
use report::InstitutionCode;
use serde_json::Value;
use vault::hash::sha256;
use zeroize::Zeroizing;

use crate::desk::Session;
use crate::door::{Ask, Door};
use crate::filing::Plan;
use crate::keys::write_secret;
use crate::{Answer, Around, Failure, Outcome};

/// What stands after `#` in a link's address: `INSTITUTION.<64 hexadecimal digits>`.
pub struct FilingLink {
    institution: InstitutionCode,
    secret: Zeroizing<String>,
}

impl FilingLink {
    /// Reads a link from a file: its address, or what stands after the `#`.
    ///
    /// # Errors
    /// When the file cannot be read or holds no link.
    pub fn read(file: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
        let text = Zeroizing::new(text);
        let fragment = text.trim().rsplit('#').next().unwrap_or_default();
        Self::parse(fragment).ok_or_else(|| Failure::refused("the file holds no filing link"))
    }

    fn parse(fragment: &str) -> Option<Self> {
        let (institution, secret) = fragment.split_once('.')?;
        let good = secret.len() == 64 && secret.bytes().all(|byte| byte.is_ascii_hexdigit());
        good.then_some(())?;
        Some(Self { institution: institution.parse().ok()?, secret: Zeroizing::new(secret.to_owned()) })
    }

    /// The door as it is stood at with this link; without it when the report accuses the organisation or whoever it is shut
    /// out with, so that the server does not learn through whom it came.
    pub fn stand_at(&self, door: &Door, plan: &Plan) -> Door {
        if plan.shut_out.contains_key(&self.institution) {
            door.clone()
        } else {
            door.with(format!("Link {}", *self.secret))
        }
    }
}

/// Draws a link's secret here, tells the server its hash, and writes the link's address to a file that only its owner may read.
///
/// # Errors
/// When the server refuses or the file cannot be written.
pub fn make(session: &Session, out: &Path, address: Option<&str>, around: &mut Around) -> Outcome {
    let mut secret = Zeroizing::new([0; 32]);
    around.rng.fill_bytes(secret.as_mut());
    let wanted = serde_json::json!({ "link": sha256(secret.as_ref()) }).to_string();
    let mut held: Value = session.door.json(&Ask::post("/api/v1/links", "application/json", wanted.as_bytes()))?;
    let fragment = Zeroizing::new(format!("{}.{}", session.keys()?.institution(), hex::encode(*secret)));
    let text = match address {
        Some(url) => {
            Zeroizing::new(format!("{}/{}/link#{}\n", url.trim_end_matches('/'), around.language.tag(), *fragment))
        }
        None => Zeroizing::new(format!("{}\n", *fragment)),
    };
    write_secret(out, text.as_bytes())?;
    if let Value::Object(held) = &mut held {
        held.insert("file".to_owned(), serde_json::json!(out));
    }
    Ok(Answer::Document(held))
}

/// The links that hold.
///
/// # Errors
/// When the server refuses.
pub fn list(session: &Session) -> Outcome {
    session.door.json(&Ask::get("/api/v1/links")).map(Answer::Document)
}

/// Ends a link at once, by its hash.
///
/// # Errors
/// When the institution has none such.
pub fn end(session: &Session, link: &str) -> Outcome {
    if link.len() != 64 || !link.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Failure::usage("a link is named by the 64 digits of its hash"));
    }
    session.door.ask(&Ask::new("DELETE", &format!("/api/v1/links/{link}"), &[])).map(|_| Answer::Nothing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_from_its_address_or_its_fragment() {
        let secret = "ab".repeat(32);
        assert!(FilingLink::parse(&format!("NGO-VP.{secret}")).is_some());
        assert!(FilingLink::parse(&format!("NGO-VP.{secret}0")).is_none());
        assert!(FilingLink::parse(&secret).is_none());
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), format!("https://example.org/en/link#NGO-VP.{secret}\n")).expect("written");
        let link = FilingLink::read(file.path());
        assert!(link.is_ok_and(|link| link.institution == *"NGO-VP"));
    }
}
