//! One body for every test, on a fresh, migrated database of each kind.

mod acts;
mod filing;
mod keeping;
mod leading;
mod reading;
mod schema;
mod time;
mod vital;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use report::triage::assess;
use report::{Area, Code, Country, Day, Facets, InstitutionCode, PartName, ReportId, Sha256, Sources};
use routing::Registry;
use sea_orm::{ConnectionTrait, DbBackend, Statement as Sql};
use sha2::Digest;
use vault::{Act, Author, Body, GrantLine, PartLine, Reader, SecretKey, Statement, Token, Version1, When};

use crate::stated::{Carried, Exact, Granted, Part};
use crate::{Filing, Moment, Rules, Settings, Stated, Store};

pub(crate) const LEAD: &str = "NGO-VP";
pub(crate) const ALTERNATE: &str = "NGO-HCBH";
pub(crate) const OMBUDSMAN: &str = "BA-OMB";
pub(crate) const POLICE: &str = "BA-BP";

/// The country and its registry, read once for all tests.
static LAND: LazyLock<(Arc<Country>, Arc<Registry>)> = LazyLock::new(|| {
    let sources = Sources::embedded();
    let country = Country::read(&sources).unwrap();
    let registry = Registry::read(&sources, &country).unwrap();
    (Arc::new(country), Arc::new(registry))
});

/// Chance that never repeats within a run and needs no source.
pub(crate) fn chance(bytes: &mut [u8]) {
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    for some in bytes.chunks_mut(32) {
        let drawn = DRAWN.fetch_add(1, Ordering::Relaxed);
        let digest = sha2::Sha256::digest(drawn.to_be_bytes());
        some.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    }
}

pub(crate) fn drawn<const N: usize>() -> [u8; N] {
    crate::settings::random(chance)
}

/// Runs each body on SQLite and, where `PUTOKAZ_TEST_POSTGRES` names a server, on PostgreSQL.
macro_rules! both_databases {
    ($(async fn $name:ident($house:ident: &House) $body:block)+) => {$(
        mod $name {
            use super::*;

            async fn body($house: &House) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                body(&House::on_sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                if let Some(house) = House::on_postgres().await {
                    body(&house).await;
                    house.remove().await;
                }
            }
        }
    )+};
}
pub(crate) use both_databases;

/// A store of its own, with the shipped registry in force.
pub(crate) struct House {
    pub(crate) store: Store,
    pub(crate) settings: Settings,
    _folder: tempfile::TempDir,
    server: Option<(String, String)>,
}

impl House {
    pub(crate) async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("putokaz.db").display());
        Self::open(url, folder, None).await
    }

    #[expect(
        clippy::disallowed_methods,
        clippy::print_stderr,
        reason = "a test asks where its server is, and says when there is none"
    )]
    pub(crate) async fn on_postgres() -> Option<Self> {
        let Ok(server) = std::env::var("PUTOKAZ_TEST_POSTGRES") else {
            eprintln!("PUTOKAZ_TEST_POSTGRES names no server: only SQLite was tried");
            return None;
        };
        let name = format!("store_{}_{}", std::process::id(), hex::encode(drawn::<6>()));
        administer(&server, &format!("CREATE DATABASE {name}")).await;
        let (base, _) = server.rsplit_once('/').unwrap();
        let folder = tempfile::tempdir().unwrap();
        Some(Self::open(format!("{base}/{name}"), folder, Some((server.clone(), name))).await)
    }

    async fn open(url: String, folder: tempfile::TempDir, server: Option<(String, String)>) -> Self {
        let settings = Settings::new(url, folder.path().join("blobs"), chance);
        let store = Store::open(settings.clone()).await.unwrap();
        store.migrate().await.unwrap();
        store.adopt(rules(), today()).await.unwrap();
        Self { store, settings, _folder: folder, server }
    }

    pub(crate) async fn remove(self) {
        if let Some((server, name)) = &self.server {
            administer(server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }

    /// Runs a statement as an outsider with the files in hand would.
    pub(crate) async fn tamper(&self, sql: &str) {
        let connection = &self.store.inner.connections.write;
        connection.execute_raw(Sql::from_string(connection.get_database_backend(), sql)).await.unwrap();
    }

    /// How many rows a table has.
    pub(crate) async fn count(&self, table: &str) -> i64 {
        let connection = &self.store.inner.connections.read;
        let sql = format!("SELECT COUNT(*) FROM {table}");
        let row = connection.query_one_raw(Sql::from_string(connection.get_database_backend(), sql)).await.unwrap();
        row.unwrap().try_get_by_index(0).unwrap()
    }
}

#[expect(clippy::disallowed_methods, reason = "makes and removes databases, outside any store")]
async fn administer(server: &str, sql: &str) {
    let connection = sea_orm::Database::connect(server).await.unwrap();
    connection.execute_raw(Sql::from_string(DbBackend::Postgres, sql)).await.unwrap();
    connection.close().await.unwrap();
}

pub(crate) fn rules() -> Rules {
    Rules::new(LAND.1.clone(), LAND.0.clone(), Sha256::new([1; 32]))
}

/// 2026-11-20, 09:00.
pub(crate) fn now() -> Moment {
    Moment::of_day(today()).plus_minutes(9 * 60)
}

pub(crate) fn today() -> Day {
    "2026-11-20".parse().unwrap()
}

pub(crate) fn days_later(days: i32) -> Moment {
    now().plus_minutes(days * 24 * 60)
}

pub(crate) fn code(text: &str) -> InstitutionCode {
    text.parse().unwrap()
}

/// A reporter with a key and digits of their own.
pub(crate) struct Reporter {
    pub(crate) report: ReportId,
    key: SecretKey,
    lookup: [u8; 32],
    stated: std::cell::Cell<u32>,
}

/// What a statement brings besides words.
#[derive(Default)]
pub(crate) struct Brings {
    pub(crate) parts: Vec<(&'static str, Vec<u8>)>,
    pub(crate) grants: Vec<(&'static str, &'static str, When)>,
    pub(crate) facets: Option<Facets>,
    pub(crate) detail: Vec<(&'static str, String)>,
}

/// Facets of beatings at a border by those named.
pub(crate) fn facets(accused: &str, consent: &str) -> Facets {
    let text = format!(
        r#"{{"version":1,"taxonomy":"{}","projection":"open","accused":{accused},"consent":{consent},"recency":"older","clock":"U3","urgency":[],
        "area":"BA-BIH-01","period":"2026-W40","categories":["FORC"],"acts":["FORC-01"],"to_code":false}}"#,
        LAND.0.taxonomy().version()
    );
    let text: String = text.split_whitespace().collect();
    Facets::admit(text.as_bytes(), &LAND.0).unwrap()
}

pub(crate) const NOBODY: &str = r#"{"kinds":[],"institutions":[]}"#;
pub(crate) const ACCUSED_POLICE: &str = r#"{"kinds":[],"institutions":["BA-BP"]}"#;
pub(crate) const KEEP: &str =
    r#"[{"purpose":"C-KEEP","recipient_kind":"K-INTAKE","parts":["account","coding","evidence","message"]}]"#;

impl Reporter {
    pub(crate) fn new() -> Self {
        let key = SecretKey::of_seed(&drawn());
        Self { report: ReportId::new(drawn()), key, lookup: drawn(), stated: std::cell::Cell::new(0) }
    }

    pub(crate) fn lookup(&self) -> Sha256 {
        Sha256::new(self.lookup)
    }

    /// A filing as most are: two parts, granted to lead and receipt, held for the alternate.
    pub(crate) fn files(&self) -> Filing {
        self.files_with(facets(NOBODY, KEEP), &[])
    }

    /// The same with these facets, granted besides to these institutions.
    pub(crate) fn files_with(&self, facets: Facets, besides: &[&'static str]) -> Filing {
        let mut grants = Vec::new();
        for part in ["account", "coding"] {
            grants.extend([(part, "receipt", When::Now), (part, LEAD, When::Now), (part, ALTERNATE, When::IfSilent)]);
            grants.extend(besides.iter().map(|institution| (part, *institution, When::Now)));
        }
        let parts = vec![("account", drawn::<900>().to_vec()), ("coding", drawn::<700>().to_vec())];
        self.filing(Brings { parts, grants, facets: Some(facets), detail: Vec::new() })
    }

    pub(crate) fn filing(&self, brings: Brings) -> Filing {
        let assessment = assess(brings.facets.as_ref().unwrap(), &LAND.0);
        let stated = self.states(Act::File, brings);
        let due = Some(now().plus_minutes(72 * 60));
        let (lead, alternate) = (Some(code(LEAD)), Some(code(ALTERNATE)));
        Filing { stated, assessment, due, lead, alternate, plain: false, through: None, now: now() }
    }

    /// A later statement of the reporter.
    pub(crate) fn states(&self, act: Act, brings: Brings) -> Stated {
        let sequence = self.stated.replace(self.stated.get() + 1);
        let first = (act != Act::File).then_some(Sha256::new([0; 32]));
        state((Author::Reporter, &self.key), (self, sequence, first), act, brings)
    }

    /// The same with the first statement named, as every later one must.
    pub(crate) fn adds(&self, filing: &Filing, act: Act, brings: Brings) -> Stated {
        let sequence = self.stated.replace(self.stated.get() + 1);
        state((Author::Reporter, &self.key), (self, sequence, Some(filing.stated.hash())), act, brings)
    }
}

/// What an institution states about a report.
pub(crate) fn institution_states(
    institution: &str,
    (reporter, filing, sequence): (&Reporter, &Filing, u32),
    act: Act,
    brings: Brings,
) -> Stated {
    let seed: [u8; 32] = sha2::Sha256::digest(institution).into();
    let author = Author::Institution(code(institution));
    state((author, &SecretKey::of_seed(&seed)), (reporter, sequence, Some(filing.stated.hash())), act, brings)
}

fn state(
    (from, key): (Author, &SecretKey),
    (reporter, sequence, first): (&Reporter, u32, Option<Sha256>),
    act: Act,
    brings: Brings,
) -> Stated {
    let first = first.filter(|_| act != Act::File);
    let files = act == Act::File;
    let facets = brings.facets.map(|facets| Exact { bytes: facets.to_bytes(), facets });
    let parts: Vec<Part> = brings.parts.into_iter().map(part).collect();
    let grants: Vec<Granted> = brings.grants.iter().map(granted).collect();
    let body = Body {
        version: Version1,
        act,
        report: reporter.report,
        sequence,
        first,
        from,
        signer: key.public(),
        directory: 7,
        registry: token(LAND.1.version()),
        taxonomy: token(LAND.0.taxonomy().version()),
        facets: facets.as_ref().map(|exact| digest(&exact.bytes)),
        receipt: files.then(|| vault::Seed::of_bytes(reporter.lookup.into()).recipient()),
        lookup: files.then(|| reporter.lookup()),
        parts: parts.iter().map(|part| part.line.clone()).collect(),
        grants: grants.iter().map(|grant| grant.line.clone()).collect(),
        detail: brings.detail.iter().map(|(key, value)| (token(key), token(value))).collect(),
    };
    let statement = Statement::make(body).unwrap();
    let signature = *statement.sign(key).as_bytes();
    Stated { hash: statement.sha256(), statement, signature, facets, parts, grants, member: None }
}

fn part((name, sealed): (&'static str, Vec<u8>)) -> Part {
    let line = PartLine { part: name.parse().unwrap(), sha256: digest(&sealed), size: sealed.len() as u64 };
    Part { line, carried: Carried::Here(Bytes::from(sealed)) }
}

fn granted((part, to, when): &(&'static str, &'static str, When)) -> Granted {
    let sealed = drawn::<200>().to_vec();
    let to: Reader = (*to).to_owned().try_into().unwrap();
    let part: PartName = part.parse().unwrap();
    let purpose: Code = "C-KEEP".parse().unwrap();
    let line = GrantLine { part, to, key: Sha256::new([5; 32]), purpose, when: *when, sha256: digest(&sealed) };
    Granted { line, sealed: Some(Bytes::from(sealed)) }
}

pub(crate) fn digest(bytes: &[u8]) -> Sha256 {
    Sha256::new(sha2::Sha256::digest(bytes).into())
}

pub(crate) fn token(text: &str) -> Token {
    text.to_owned().try_into().unwrap()
}

pub(crate) fn area(text: &str) -> Area {
    text.parse().unwrap()
}
