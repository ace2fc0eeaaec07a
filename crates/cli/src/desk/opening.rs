//! `putokaz desk open`: the parts of a case, each on its own. One that cannot be opened keeps nobody from the others.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use report::{PartKind, PartName};
use serde_json::{Value, json};
use unseal::open_evidence;

use super::case::{Case, report_id};
use super::session::Session;
use crate::filing::Scratch;
use crate::keys::write_secret;
use crate::{Answer, Failure, Home, Outcome};

/// Opens one part or all, to a folder, or to stdout.
pub(super) fn open(session: &Session, report: &str, (part, out): (Option<&str>, Option<&Path>)) -> Outcome {
    let home = Home::embedded()?;
    let case = Case::fetch(session, &home, report_id(report)?)?;
    let one = part.map(str::parse::<PartName>).transpose().map_err(|_| Failure::usage("not the name of a part"))?;
    if let (Some(part), None) = (one, out) {
        return Ok(Answer::Bytes(case.open(session, part)?.content.to_vec()));
    }
    let parts: Vec<PartName> = one.map_or_else(|| case.open_parts().collect(), |part| vec![part]);
    let (mut opened, mut failed) = (Vec::new(), Vec::new());
    for part in parts {
        match line(session, &case, (part, out)) {
            Ok(line) => opened.push(line),
            Err(failure) => failed.push((part, failure.message)),
        }
    }
    let report = case.history.report();
    if failed.is_empty() {
        return Ok(Answer::Document(json!({ "report": report, "verified": true, "parts": opened })));
    }
    let message = failed.iter().map(|(_, why)| why.as_str()).collect::<Vec<_>>().join("\n");
    let failed: Vec<Value> = failed.iter().map(|(part, why)| json!({ "part": part, "why": why })).collect();
    let document = json!({ "report": report, "verified": false, "parts": opened, "failed": failed });
    Err(Failure::refused(message).with(document))
}

/// What is said of one part that was opened.
fn line(session: &Session, case: &Case, (part, out): (PartName, Option<&Path>)) -> Result<Value, Failure> {
    let from = case.history.part(part).map(|(statement, _)| statement.body().from.to_string());
    let Some(folder) = out else {
        let content = case.open(session, part)?.content;
        return Ok(json!({ "part": part, "from": from, "content": readable(&content) }));
    };
    let file = folder.join(part.to_string());
    let bytes = if part.kind() == PartKind::Evidence {
        stream(session, case, (part, &file))?
    } else {
        let content = case.open(session, part)?.content;
        write_secret(&file, &content)?;
        content.len() as u64
    };
    Ok(json!({ "part": part, "from": from, "file": file, "bytes": bytes }))
}

/// Opens a file of any size without holding it: what is sealed lies beside it until it is opened.
fn stream(session: &Session, case: &Case, (part, file): (PartName, &Path)) -> Result<u64, Failure> {
    let key = case.key(session, part)?;
    let beside = file.with_extension("sealed");
    let mut sealed = new_file(&beside)?;
    let _removed = Scratch(beside);
    session.door.pour(&format!("/api/v1/reports/{}/parts/{part}", case.history.report()), &mut sealed)?;
    let mut content = new_file(file)?;
    let (stated, place) = case.history.belonging(part).map_err(|fault| Failure::refused(format!("{part}: {fault}")))?;
    let opened = open_evidence(&key, (&mut sealed, &mut content), stated, &place);
    let opened = opened.map_err(|fault| Failure::refused(format!("{part}: {fault}")));
    let opened = opened.and_then(|frame| {
        content.flush().and_then(|()| content.sync_all()).map_err(|error| Failure::file(file, &error))?;
        Ok(frame.length)
    });
    if opened.is_err() {
        // What came out of something that does not hold is nobody's testimony.
        std::fs::remove_file(file).ok();
    }
    opened
}

/// A file for its owner alone that does not exist yet, with the folders above it.
fn new_file(path: &Path) -> Result<File, Failure> {
    let fault = |error: std::io::Error| Failure::file(path, &error);
    path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(fault)?;
    OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path).map_err(fault)
}

/// Content as JSON where it is JSON, as text where it is text, else as base64.
fn readable(content: &[u8]) -> Value {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;
    serde_json::from_slice(content).unwrap_or_else(|_| {
        std::str::from_utf8(content).map_or_else(
            |_| json!({ "base64": BASE64_STANDARD.encode(content) }),
            |text| Value::String(text.to_owned()),
        )
    })
}
