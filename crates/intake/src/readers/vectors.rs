//! Who reads, hears and never gets it, as vectors: what this implementation decides is what the checked-in file says, and the
//! browser decides the same on the documents it is given.

use std::collections::BTreeMap;

use report::{Coding, Country, Day, InstitutionCode, PartKind, Sources};
use routing::Registry;
use serde::Deserialize;
use serde_json::{Value, json};
use signed::{SecretKey, SigningKey};
use vault::filing::{Ground, Plan};
use vault::{Directory, DirectoryBody, Listed, Stretched, Token, Trust, When};
use zeroize::Zeroizing;

use super::document;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors");
const TODAY: Day = Day::new(20_800);
/// Institutions with keys, unless a wish says that one is absent.
const PRESENT: [&str; 6] = ["BA-BP", "BA-OMB", "INT-OHCHR", "INT-UNHCR", "NGO-HCBH", "NGO-VP"];

/// What somebody wants: as the form's fields say it, and as the coding they become.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    name: String,
    #[serde(default)]
    entries: Value,
    coding: Value,
    #[serde(default)]
    absent: Vec<String>,
}

struct Land {
    country: Country,
    registry: Registry,
}

impl Land {
    fn shipped() -> Self {
        let sources = Sources::embedded();
        let country = Country::read(&sources).unwrap();
        let registry = Registry::read(&sources, &country).unwrap();
        Self { country, registry }
    }

    /// The directory of these institutions; their keys say nothing.
    fn directory(&self, present: &[InstitutionCode]) -> Directory {
        let key = Stretched::of_key(&Zeroizing::new([7; 32])).unwrap();
        let listed = |code: &InstitutionCode| Listed {
            code: code.clone(),
            name: code.to_string(),
            recipient: key.recipient(),
            signing: key.signing().public(),
            former: Vec::new(),
        };
        let board = SigningKey::new("board", SecretKey::of_seed(&[8; 32])).unwrap();
        let token = |text: &str| Token::try_from(text).unwrap();
        let body = DirectoryBody {
            deployment: token("training"),
            training: true,
            version: 1,
            issued: TODAY,
            expires: TODAY.plus(30),
            salt: [9; 32],
            registry: token(self.registry.version()),
            taxonomy: token(self.country.taxonomy().version()),
            server: board.verifier().clone(),
            institutions: present.iter().map(listed).collect(),
            leads: self.registry.leads().clone(),
            closures: self.registry.closure_sets(),
        };
        let note = body.write().unwrap().sign(&board).write();
        Directory::verify(&note, Trust::TrainingOnly, TODAY).unwrap()
    }

    fn decided(&self, wish: &Wish) -> Value {
        let coding = Coding::read(wish.coding.to_string().as_bytes()).expect(&wish.name);
        coding.check(&self.country, TODAY).expect(&wish.name);
        let present: Vec<InstitutionCode> =
            PRESENT.into_iter().filter(|code| wish.absent.iter().all(|one| one != code)).map(code).collect();
        let directory = self.directory(&present);
        let ground = Ground { country: &self.country, registry: &self.registry, directory: &directory, today: TODAY };
        let plan = ground.draw(ground.facets(&coding));
        json!({
            "name": wish.name,
            "entries": wish.entries,
            "coding": wish.coding,
            "present": present,
            "readers": readers(&plan),
            "hear": ground.will_hear(&plan).iter().map(|one| json!([one.institution, one.reason.key])).collect::<Value>(),
            "never": plan.shut_out.iter().map(|(body, why)| json!([body, why.as_ref().map(|why| why.key)])).collect::<Value>(),
        })
    }
}

fn code(text: &str) -> InstitutionCode {
    text.parse().unwrap()
}

/// Institution by institution: when it reads, and for what it reads each kind of part.
fn readers(plan: &Plan) -> Value {
    let mut found: Vec<(String, When, BTreeMap<&str, &str>)> = Vec::new();
    for reader in &plan.readers {
        let reads = PartKind::ALL.into_iter().filter(|kind| reader.reads_kind(*kind));
        let reads = reads.map(|kind| (kind.as_str(), reader.purpose().as_str()));
        let name = reader.eligible().code().to_string();
        match found.iter_mut().find(|(known, ..)| *known == name) {
            Some((.., all)) => all.extend(reads),
            None => found.push((name, reader.when(), reads.collect())),
        }
    }
    found.into_iter().map(|(name, when, reads)| json!({ "institution": name, "when": when, "reads": reads })).collect()
}

fn computed() -> Value {
    let land = Land::shipped();
    let wishes: Vec<Wish> = serde_json::from_str(include_str!("../../vectors/wishes.json")).unwrap();
    json!({
        "today": TODAY,
        "taxonomy": land.country.taxonomy().version(),
        "leads": land.registry.leads(),
        "closures": land.registry.closure_sets(),
        "readers": document(&land.registry, &land.country, TODAY),
        "plans": wishes.iter().map(|wish| land.decided(wish)).collect::<Value>(),
    })
}

#[test]
fn who_reads_hears_and_never_gets_it_is_what_the_checked_in_plans_say() {
    let kept: Value = serde_json::from_str(include_str!("../../vectors/plans.json")).unwrap();
    let now = computed();
    let plans = |all: &Value| all["plans"].as_array().unwrap().clone();
    for (now, kept) in plans(&now).iter().zip(&plans(&kept)) {
        assert_eq!(now, kept, "see the ignored test below");
    }
    assert!(now == kept, "see the ignored test below");
}

/// After a deliberate change: `cargo test -p intake vectors -- --ignored`, then read the difference line by line.
#[test]
#[ignore = "writes the checked-in vectors anew"]
fn the_plans_are_written_anew() {
    let plans = computed();
    let lines: Vec<String> = plans["plans"].as_array().unwrap().iter().map(ToString::to_string).collect();
    let own = ["today", "taxonomy", "leads", "closures", "readers"].map(|name| format!("\"{name}\":{}", plans[name]));
    let whole = format!("{{{},\n\"plans\":[\n{}\n]}}\n", own.join(",\n"), lines.join(",\n"));
    std::fs::write(format!("{FOLDER}/plans.json"), whole).unwrap();
}
