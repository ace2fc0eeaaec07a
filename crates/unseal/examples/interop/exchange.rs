//! Sealed parts and grants exchanged with another implementation: ours are written for it, and what it writes back is opened.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use rand::{Rng, RngCore, SeedableRng, rngs::StdRng};
use report::{PartKind, PartName, ReportId};
use serde_json::{Value, json};
use signed::SecretKey;
use unseal::{Belonging, Identity, open_grant, open_part};
use vault::hash::sha256;
use vault::{Context, GrantLine, Granted, Grantee, PartLine, Terms, When, seal_grant, seal_part};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Runs the whole exchange in a folder: `count` files each way. How many the other side opened, and how many of its files we did.
pub fn exchange(folder: &Path, count: u16, seed: u64) -> Outcome<(usize, usize)> {
    write(folder, count, seed)?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/test/sealing.interop.mjs");
    let answer = Command::new("node").arg(script).arg(folder).output()?;
    if !answer.status.success() {
        return Err(String::from_utf8_lossy(&answer.stderr).into_owned().into());
    }
    let opened = String::from_utf8_lossy(&answer.stdout).trim().parse()?;
    Ok((opened, read(folder)?))
}

/// Whether there is another implementation to exchange with.
pub fn is_possible() -> bool {
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/node_modules/age-encryption");
    library.is_dir() && Command::new("node").arg("--version").output().is_ok()
}

fn write(folder: &Path, count: u16, seed: u64) -> Outcome<()> {
    let mut rng = StdRng::seed_from_u64(seed);
    let reader = Identity::generate(&mut rng);
    let signer = SecretKey::generate(&mut rng);
    let mut entries = Vec::new();
    for number in 1..=count {
        let mut report = [0; 16];
        rng.fill_bytes(&mut report);
        let place = Context { report: ReportId::new(report), signer: signer.public(), receipt: reader.recipient() };
        let (part, most) = match number % 4 {
            0 => (PartName::numbered(PartKind::Evidence, number)?, 400_000),
            1 => (PartName::numbered(PartKind::Message, number)?, 14_000),
            2 => (PartName::ACCOUNT, 100_000),
            _ => (PartName::CODING, 1),
        };
        let mut content = vec![0; rng.gen_range(0..=most)];
        rng.fill_bytes(&mut content);
        let sealed = seal_part(&place, part, &content, &mut rng)?;
        let granted = Granted { report: place.report, part, identity: &sealed.identity };
        let terms = Terms { purpose: "C-KEEP".parse()?, when: When::Now };
        let grant = seal_grant(&granted, Grantee::Receipt(&place.receipt), terms, &mut rng)?;
        fs::write(folder.join(format!("{number}.age")), sealed.sealed.as_bytes())?;
        fs::write(folder.join(format!("{number}.grant")), grant.sealed.as_bytes())?;
        entries.push(json!({"number": number, "report": place.report, "part": part, "sha256": sha256(&content)}));
    }
    let (identity, recipient) = (reader.write(), reader.recipient());
    let all = json!({"reader": *identity, "recipient": recipient, "signer": signer.public(), "entries": entries});
    Ok(fs::write(folder.join("ours.json"), serde_json::to_vec(&all)?)?)
}

fn read(folder: &Path) -> Outcome<usize> {
    let ours: Value = serde_json::from_slice(&fs::read(folder.join("ours.json"))?)?;
    let reader = Identity::read(ours["reader"].as_str().ok_or("no reader")?)?;
    let signer = serde_json::from_value(ours["signer"].clone())?;
    let theirs: Vec<Value> = serde_json::from_slice(&fs::read(folder.join("theirs.json"))?)?;
    for entry in &theirs {
        let report: ReportId = serde_json::from_value(entry["report"].clone())?;
        let grant: GrantLine = serde_json::from_value(entry["grant"].clone())?;
        let part: PartLine = serde_json::from_value(entry["line"].clone())?;
        let number = &entry["number"];
        let key = open_grant(&reader, &fs::read(folder.join(format!("{number}.grant.theirs")))?, &grant, report)?;
        let place = Belonging { report, signer, receipt: reader.recipient() };
        let opened = open_part(&key, &fs::read(folder.join(format!("{number}.age.theirs")))?, &part, &place)?;
        if json!(sha256(&opened.content)) != entry["sha256"] {
            return Err(format!("file {number} opened to something else").into());
        }
    }
    Ok(theirs.len())
}
