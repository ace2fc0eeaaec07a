//! Signing in: a member proves to have the key, and opens the institution's keys with it.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde_json::json;
use unseal::{InstitutionKeys, MemberKey};
use vault::Directory;

use crate::command::Members;
use crate::door::{Ask, Door};
use crate::{Around, Failure, directory};

/// A member at work.
pub struct Session {
    /// The members' listener, with the right to speak there.
    pub door: Door,
    /// The directory in force.
    pub directory: Directory,
    /// The institution's keys; none for a member whose role has no business with them.
    keys: Option<InstitutionKeys>,
}

#[derive(Deserialize)]
struct Challenge {
    challenge: String,
}

#[derive(Deserialize)]
struct Opened {
    token: String,
    #[serde(default)]
    wrap: Option<String>,
    #[serde(default)]
    former: Vec<String>,
}

impl Session {
    /// Signs in with a key file.
    ///
    /// # Errors
    /// When the file is none, the server refuses, or the institution's keys do not open.
    pub fn open(members: &Members, around: &Around) -> Result<Self, Failure> {
        let (Some(file), Some(url)) = (&members.key, &members.to) else {
            return Err(Failure::usage("--key FILE and --to URL are needed"));
        };
        let text = std::fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
        let key = MemberKey::read(&text).map_err(|fault| Failure::refused(fault.to_string()))?;
        let door = Door::new(url, around.language.tag());
        let directory = directory::fetch(&door, members.board.as_deref(), around.today)?;
        let asked: Challenge = door.json(&Ask::post("/api/v1/session/challenge", "application/json", b"{}"))?;
        let challenge =
            hex::decode(&asked.challenge).map_err(|_| Failure::refused("the server's challenge is none"))?;
        let signature = key.sign_in(directory.body().deployment.as_str(), &challenge);
        let answer = json!({
            "institution": key.institution(), "member": key.member(), "challenge": asked.challenge, "signature": signature,
        });
        let body = answer.to_string();
        let opened: Opened = door.json(&Ask::post("/api/v1/session", "application/json", body.as_bytes()))?;
        let keys = opened.wrap.map(|wrap| unwrap(&key, &wrap, &opened.former)).transpose()?;
        let door = door.with(format!("Bearer {}", opened.token));
        Ok(Self { door, directory, keys })
    }

    /// The institution's keys.
    ///
    /// # Errors
    /// When this member's role opens no report.
    pub fn keys(&self) -> Result<&InstitutionKeys, Failure> {
        self.keys.as_ref().ok_or_else(|| Failure::refused("this member's role opens no report"))
    }

    /// Gives the session back. That it could not be ended changes nothing: it ends by itself.
    pub fn close(&self) {
        self.door.once(&Ask::new("DELETE", "/api/v1/session", &[])).ok();
    }
}

fn unwrap(key: &MemberKey, wrap: &str, former: &[String]) -> Result<InstitutionKeys, Failure> {
    let decode =
        |text: &str| BASE64_STANDARD.decode(text).map_err(|_| Failure::refused("the keys are not as promised"));
    let former = former.iter().map(|text| decode(text)).collect::<Result<Vec<_>, _>>()?;
    let keys = key.open_wrap(&decode(wrap)?);
    let keys = keys.and_then(|keys| keys.recall(former.iter().map(Vec::as_slice)));
    keys.map_err(|fault| Failure::refused(fault.to_string()))
}
