//! A small training deployment on a database of its own: a lead, an oversight body and a ministry that is shut out.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rand::SeedableRng;
use rand::rngs::StdRng;
use report::{Coding, Country, Day, Facets, InstitutionCode, PartName, Sources};
use routing::Registry;
use statistics::{Plan, ReleaseKey};
use store::{Filing, Moment, Rules, Settings, Stated, Store};
use triage::{Awaited, Dashboard, Founded, Logbook};
use vault::hybrid::Seed;
use vault::{
    Act, Author, Body, Context, Directory, EnrolledMember, Enrolment, Envelope, Granted, Grantee, Grounds,
    PartIdentity, Recipient, Role, SecretKey, Statement, Terms, Token, Trust, Version1, When, WrapContents, seal_grant,
    seal_part, seal_wrap,
};
use web::{Assets, Chance, Clock, Directories, Instruments};

/// Noon of the day everything happens on.
pub const NOON: i64 = 1_795_176_000;
pub const REPORT: &str = "0123456789abcdef0123456789abcdef";
pub const LEAD: &str = "NGO-VP";
pub const OVERSIGHT: &str = "BA-OMB";
pub const SHUT_OUT: &str = "BA-MOS";

struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        NOON
    }
    fn uptime(&self) -> Duration {
        Duration::ZERO
    }
}

struct NoLog;

impl Logbook for NoLog {
    fn export(&self, _: &InstitutionCode) -> Awaited<'_, String> {
        Box::pin(async { Ok("{}\n".to_owned()) })
    }
}

/// An institution with its keys and one member's.
pub struct Desk {
    pub code: InstitutionCode,
    pub signing: SecretKey,
    pub recipient: Recipient,
    pub member: SecretKey,
    enrolment: Enrolment,
}

pub struct World {
    pub router: Router,
    pub desks: Vec<Desk>,
    pub directory: Directory,
    pub first: report::Sha256,
    pub account: PartIdentity,
    pub registry: Arc<Registry>,
    pub facets: Facets,
}

pub fn instruments() -> Instruments {
    Instruments {
        clock: Arc::new(Noon),
        chance: Chance::new(|bytes| rand::RngCore::fill_bytes(&mut rand::rngs::OsRng, bytes)),
    }
}

fn desk(code: &str, rng: &mut StdRng) -> Desk {
    let seed = |rng: &mut StdRng| {
        let mut bytes = [0; 32];
        rand::RngCore::fill_bytes(rng, &mut bytes);
        bytes
    };
    let institution: InstitutionCode = code.parse().unwrap();
    let (identity, own) = (Seed::generate(rng), Seed::generate(rng));
    let (signing, member_signing) = (seed(rng), seed(rng));
    let member: Token = "officer-1".try_into().unwrap();
    let contents =
        WrapContents { institution: &institution, member: &member, epoch: 1, identity: &identity, signing: &signing };
    let wrap = seal_wrap(&contents, &own.recipient(), rng).unwrap();
    let (key, member_key) = (SecretKey::of_seed(&signing), SecretKey::of_seed(&member_signing));
    let enrolled = EnrolledMember {
        member,
        role: Role::Officer,
        recipient: own.recipient(),
        signing: member_key.public(),
        wrap: Some(wrap),
        mailbox: None,
    };
    let other =
        |name: &str, role| EnrolledMember { member: name.try_into().unwrap(), role, wrap: None, ..enrolled.clone() };
    let others = [other("analyst-1", Role::Analyst), other("auditor-1", Role::Auditor)];
    let recipient = identity.recipient();
    let enrolment = Enrolment {
        version: Version1,
        institution: institution.clone(),
        epoch: 1,
        recipient: recipient.clone(),
        signing: key.public(),
        members: others.into_iter().chain([enrolled]).collect(),
        former: Vec::new(),
    };
    Desk { code: institution, signing: key, recipient, member: member_key, enrolment }
}

fn directory_note(desks: &[Desk], registry: &Registry, country: &Country, today: Day) -> String {
    let public = SecretKey::of_seed(&[9; 32]).public();
    let typed = [&[1], public.as_bytes().as_slice()].concat();
    let hash = vault::hash::sha256(&[b"made-up\n".as_slice(), &typed].concat()).to_string();
    let institutions: Vec<_> = desks
        .iter()
        .map(|desk| {
            serde_json::json!({
                "code": desk.code, "name": desk.code, "recipient": desk.recipient.to_string(),
                "signing": hex::encode(desk.signing.public().as_bytes()),
            })
        })
        .collect();
    let body = serde_json::json!({
        "deployment": "made-up", "training": true, "version": 1, "issued": today, "expires": today.plus(30),
        "salt": "00".repeat(32), "registry": registry.version(), "taxonomy": country.taxonomy().version(),
        "server": format!("made-up+{}+{}", &hash[..8], BASE64_STANDARD.encode(typed)),
        "institutions": institutions, "leads": registry.leads(), "closures": registry.closure_sets(),
    });
    format!("putokaz/1 directory\n{body}\n\n— made-up {}\n", BASE64_STANDARD.encode([0; 68]))
}

fn facets(country: &Country, today: Day) -> Facets {
    let source = r#"{"language":"en","source_kind":"S-NGO","event":{"from":"2026-11-19","precision":"D-DAY","area":"BA-BIH-01"},
        "acts":[{"code":"PUSH-01"}],"accused":[{"institution":"BA-BP"}],
        "people":[{"count":1,"count_basis":"CB-OBS","age_band":"AG-0-17","vulnerability":["V-UASC"]}],
        "consent":[{"purpose":"C-STAT","recipient_kind":"K-STAT","parts":[]},
                   {"purpose":"C-OVER","recipient_kind":"K-OVER","parts":["account"]}]}"#;
    let coding: Coding = serde_json::from_str(source).unwrap();
    Facets::project(&coding, country, today)
}

/// A fresh store in which these desks are enrolled.
async fn enrolled(folder: &Path, desks: &[Desk], today: Day) -> Store {
    let url = format!("sqlite://{}", folder.join("house.sqlite").display());
    let store = Store::open(Settings::new(url, folder.join("blobs"), instruments().chance.source())).await.unwrap();
    store.migrate().await.unwrap();
    for desk in desks {
        store.enrol(&desk.enrolment, today).await.unwrap();
    }
    store
}

/// Everything, with one report filed to the lead.
pub async fn world(folder: &Path, assets: &Path) -> World {
    let mut rng = StdRng::seed_from_u64(7);
    let moment = Moment::of_unix_seconds(NOON);
    let country = Arc::new(Country::read(&Sources::embedded()).unwrap());
    let desks: Vec<Desk> = [LEAD, OVERSIGHT, SHUT_OUT].iter().map(|code| desk(code, &mut rng)).collect();
    let store = enrolled(folder, &desks, moment.day()).await;
    let sharing = store.snapshot().await.unwrap().sharing().await.unwrap();
    let registry = Arc::new(Registry::read(&Sources::embedded(), &country).unwrap().with_sharing(sharing));
    let rules = Rules::new(registry.clone(), country.clone(), vault::hash::sha256(b"rules"));
    store.adopt(rules, moment.day()).await.unwrap();
    let note = directory_note(&desks, &registry, &country, moment.day());
    let directory = Directory::read(&note, Trust::TrainingOnly).unwrap();
    let facets = facets(&country, moment.day());
    let (first, account) = file(&store, (&directory, &registry, &country), &facets, &mut rng).await;
    let founded = Founded {
        deployment: "made-up".to_owned(),
        store,
        former: Arc::default(),
        plan: Arc::new(Plan::read(&Sources::embedded(), &country).unwrap()),
        country,
        registry: registry.clone(),
        directories: Directories::new(directory.clone(), &note, |_| None),
        release_key: Arc::new(ReleaseKey::new([3; 32])),
        assets: Assets::read(assets).unwrap(),
        logbook: Arc::new(NoLog),
        instruments: instruments(),
    };
    let (router, _) = triage::routes().with_state(Dashboard::new(founded)).finish("Members");
    World {
        router: web::dress(router, instruments(), web::Surroundings::default()),
        desks,
        directory,
        first,
        account,
        registry,
        facets,
    }
}

/// What a report is filed against.
type Ground<'a> = (&'a Directory, &'a Registry, &'a Country);

async fn file(store: &Store, ground: Ground<'_>, facets: &Facets, rng: &mut StdRng) -> (report::Sha256, PartIdentity) {
    let (directory, registry, country) = ground;
    let moment = Moment::of_unix_seconds(NOON);
    let (envelope, account) = envelope(ground, facets, rng);
    let eligible = routing::eligible(facets, registry, moment.day());
    let uploaded = BTreeMap::new();
    let grounds =
        Grounds { stated: directory, newest: directory, eligible: &eligible, facets, uploaded: &uploaded, known: None };
    let stated = Stated::of(&vault::check(envelope, &grounds).unwrap(), country).unwrap();
    let first = stated.hash();
    let filing = Filing {
        assessment: report::triage::assess(facets, country),
        due: Some(moment.plus_minutes(24 * 60)),
        lead: Some(LEAD.parse().unwrap()),
        alternate: None,
        plain: false,
        through: None,
        now: moment,
        stated,
    };
    assert!(store.file(filing).await.unwrap().kept().is_some());
    (first, account)
}

/// What the reporter's device makes: one account, granted to the receipt and to the lead.
fn envelope((directory, registry, country): Ground<'_>, facets: &Facets, rng: &mut StdRng) -> (Envelope, PartIdentity) {
    let (report, signer, receipt) = (REPORT.parse().unwrap(), SecretKey::of_seed(&[5; 32]), Seed::generate(rng));
    let context = Context { report, signer: signer.public(), receipt: receipt.recipient() };
    let told = br#"{"narrative":"It was at the river.","place":"","when":"in the morning"}"#;
    let part = seal_part(&context, PartName::ACCOUNT, told, rng).unwrap();
    let eligible = routing::eligible(facets, registry, Moment::of_unix_seconds(NOON).day());
    let lead: InstitutionCode = LEAD.parse().unwrap();
    let what = Granted { report, part: PartName::ACCOUNT, identity: &part.identity };
    let to_lead = Grantee::Institution(eligible.get(&lead).unwrap(), directory.institution(&lead).unwrap());
    let grants = [Grantee::Receipt(&receipt.recipient()), to_lead].map(|grantee| {
        let terms = Terms { purpose: "C-KEEP".parse().unwrap(), when: When::Now };
        seal_grant(&what, grantee, terms, rng).unwrap()
    });
    let bytes = facets.to_bytes();
    let body = Body {
        version: Version1,
        act: Act::File,
        report,
        sequence: 0,
        first: None,
        from: Author::Reporter,
        signer: signer.public(),
        directory: 1,
        registry: registry.version().to_owned().try_into().unwrap(),
        taxonomy: country.taxonomy().version().to_owned().try_into().unwrap(),
        facets: Some(vault::hash::sha256(&bytes)),
        receipt: Some(receipt.recipient()),
        lookup: Some(vault::lookup_hash(&[8; 32])),
        parts: vec![part.line.clone()],
        grants: grants.iter().map(|grant| grant.line.clone()).collect(),
        detail: BTreeMap::new(),
    };
    let statement = Statement::make(body).unwrap();
    let (signature, facets) = (statement.sign(&signer), String::from_utf8(bytes).ok());
    let (parts, grants) = (vec![(PartName::ACCOUNT, part.sealed)], grants.map(|grant| grant.sealed).into());
    (Envelope { statement, signature, facets, uploads: BTreeMap::new(), parts, grants }, part.identity)
}
