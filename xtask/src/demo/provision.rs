//! The keys of a training instance: board, server, institutions and their members, and the directory that names them.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::{Key, Options, Programs, ask, word, write};

/// Who is on the system, as institution and members (`name:role`): lead, alternate, Ombudsperson, guardianship, prosecutor,
/// a police body as the witness that is always shut out, the analyst's house and a second lead.
const INSTITUTIONS: [(&str, &[&str]); 8] = [
    ("NGO-VP", &["triage:officer:triage@ngo-vp.example", "night:officer:night@ngo-vp.example"]),
    ("NGO-HCBH", &["alternate:officer:desk@ngo-hcbh.example"]),
    ("BA-OMB", &["triage:officer:desk@ba-omb.example", "figures:analyst:figures@ba-omb.example", "log:auditor"]),
    ("CSW-BIHAC", &["guardian:officer:desk@csw-bihac.example"]),
    ("BA-PO", &["prosecutor:officer:desk@ba-po.example"]),
    ("BA-BP", &["witness:officer:desk@ba-bp.example"]),
    ("ACAD-UNSA", &["analyst:analyst:desk@acad-unsa.example"]),
    ("INT-UNHCR", &["protection:officer:desk@int-unhcr.example"]),
];

/// The name of the instance.
const DEPLOYMENT: &str = "training";

/// Makes what is not there, signs today's directory and writes the server's settings.
pub fn provision(programs: &Programs, dir: &Path, options: &Options) -> Result<Vec<Key>, String> {
    let (keys, enrolments) = (dir.join("keys"), dir.join("enrolments"));
    if !dir.join("board.txt").is_file() {
        ask(&programs.putokaz, &["keys", "board", "--name", DEPLOYMENT, "--out", &word(dir)])?;
    }
    if !dir.join("server.key").is_file() {
        ask(&programs.putokaz, &["keys", "server", "--name", DEPLOYMENT, "--out", &word(dir)])?;
    }
    for (institution, members) in INSTITUTIONS {
        if !enrolments.join(format!("{institution}.json")).is_file() {
            let mut words = vec!["keys", "institution", institution];
            for member in members {
                words.extend(["--member", member]);
            }
            let out = word(dir);
            words.extend(["--out", &out]);
            ask(&programs.putokaz, &words)?;
        }
    }
    sign(programs, dir)?;
    write(&dir.join("server.toml"), &settings(options))?;
    let member = |institution: &str, stated: &str| {
        let mut words = stated.split(':');
        let (name, role) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let file = keys.join(format!("{institution}.{name}.key"));
        Key { institution: institution.to_owned(), member: name.to_owned(), role: role.to_owned(), file }
    };
    let keys = INSTITUTIONS.iter().flat_map(|(code, members)| members.iter().map(|stated| member(code, stated)));
    Ok(keys.collect())
}

/// Signs a directory of today, one version on, with the salt the receipts of this instance were stretched with.
fn sign(programs: &Programs, dir: &Path) -> Result<(), String> {
    let salt = dir.join("salt");
    let known = std::fs::read_to_string(&salt).ok();
    let out = word(&dir.join("directory.note"));
    let (server, one, two) =
        (word(&dir.join("server.pub")), word(&dir.join("board-1.key")), word(&dir.join("board-2.key")));
    let counter = dir.join("version");
    let before = std::fs::read_to_string(&counter).ok().and_then(|text| text.trim().parse::<u32>().ok());
    let version = (before.unwrap_or(0) + 1).to_string();
    let mut words = vec!["keys", "directory", "--deployment", DEPLOYMENT, "--training", "--version", &version];
    words.extend(["--server", &server, "--sign", &one, "--sign", &two, "--out", &out]);
    if let Some(salt) = &known {
        words.extend(["--salt", salt.trim()]);
    }
    let enrolments: Vec<String> =
        INSTITUTIONS.iter().map(|(code, _)| word(&dir.join("enrolments").join(format!("{code}.json")))).collect();
    words.extend(enrolments.iter().map(String::as_str));
    let told = ask(&programs.putokaz, &words)?;
    write(&counter, &version)?;
    if known.is_none() {
        let told: serde_json::Value = serde_json::from_str(&told).map_err(|error| error.to_string())?;
        write(&salt, told.get("salt").and_then(serde_json::Value::as_str).unwrap_or_default())?;
    }
    Ok(())
}

/// Days since 1970.
pub fn today() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400)
}

fn settings(options: &Options) -> String {
    format!(
        "# A training instance: nothing in it is real.\n\
         deployment = \"{DEPLOYMENT}\"\n\n[listen]\npublic = \"{}\"\nmembers = \"{}\"\n",
        options.public, options.members
    )
}
