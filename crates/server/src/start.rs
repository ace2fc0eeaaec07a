//! Puts the rooms together and opens both listeners.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use intake::Intake;
use plain::Plain;
use report::{Day, InstitutionCode};
use routing::Registry;
use store::{Alone, Moment, Rules, Settings, Store};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use triage::Dashboard;
use vault::{Enrolment, FormerKeys};
use web::{Instruments, Routes, Surroundings, dress};

use crate::command::Failure;
use crate::foundation::{self, Foundation};
use crate::mail::Courier;
use crate::notary::Notary;
use crate::{Config, accept, jobs, pages, release};

/// A server at work.
#[derive(Debug)]
pub struct Running {
    /// Where reporters come in.
    pub public: SocketAddr,
    /// Where members come in.
    pub members: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    _alone: Alone,
}

impl Running {
    /// Takes no new connection, lets what is at work end within the drain time, and ends.
    pub async fn stop(self) {
        self.stop.send(true).ok();
        for task in self.tasks {
            // A task that ended early has nothing left to end.
            task.await.ok();
        }
        tracing::info!("stopped");
    }
}

/// Starts a server: reads its files, brings the database's schema up, puts the rules in force, and listens.
///
/// # Errors
/// What the operator must mend first.
pub async fn start(config: Config, instruments: Instruments) -> Result<Running, Failure> {
    let now = Moment::of_unix_seconds(instruments.now());
    let foundation = Foundation::lay(&config, now.day())?;
    let store = open_store(&config, &instruments).await?;
    let alone = be_alone(&config, &instruments).await?;
    store.migrate().await.map_err(Failure::of)?;
    let ground = found(foundation, store.clone(), (&config, instruments.clone())).await?;
    let courier = Courier::hire(&config, ground.intake.registry.clone())?;
    let (public, members) = routers(&config, ground);
    let (stop, stopped) = watch::channel(false);
    let (public_listener, members_listener) = bind(&config).await?;
    let running = (local(&public_listener)?, local(&members_listener)?);
    let mut tasks = vec![
        tokio::spawn(accept::serve(public_listener, public, config.listen.clone(), stopped.clone())),
        tokio::spawn(accept::serve(members_listener, members, config.listen.clone(), stopped.clone())),
        tokio::spawn(jobs::run(store.clone(), instruments.clone(), stopped.clone())),
    ];
    tasks.extend(courier.map(|courier| tokio::spawn(courier.run(store, instruments, stopped))));
    tracing::info!("started");
    Ok(Running { public: running.0, members: running.1, stop, tasks, _alone: alone })
}

/// Opens the store of a deployment.
pub(crate) async fn open_store(config: &Config, instruments: &Instruments) -> Result<Store, Failure> {
    let settings = settings(config, instruments)?;
    Store::open(settings).await.map_err(|error| Failure::of(format!("the store does not open: {error}")))
}

/// Takes the place of the one server on database and blobs, before anything is changed there.
pub(crate) async fn be_alone(config: &Config, instruments: &Instruments) -> Result<Alone, Failure> {
    let alone = Alone::on(&settings(config, instruments)?).await.map_err(Failure::of)?;
    alone.ok_or_else(|| {
        Failure::of("another server is at work on this database or these blobs; it goes on, this one does not start")
    })
}

fn settings(config: &Config, instruments: &Instruments) -> Result<Settings, Failure> {
    Ok(Settings::new(database_url(config)?, config.path(&config.store.blobs), instruments.chance.source()))
}

/// The database's URL: from its own file where there is one; a relative SQLite file begins at the configuration's folder.
pub(crate) fn database_url(config: &Config) -> Result<String, Failure> {
    let stated = match config.store.database_file.as_str() {
        "" => config.store.database.clone(),
        file => foundation::read(&config.path(file))?.trim().to_owned(),
    };
    Ok(match stated.strip_prefix("sqlite:") {
        Some(file) => format!("sqlite://{}", config.path(file.trim_start_matches("//")).display()),
        None => stated,
    })
}

/// What both interfaces stand on.
struct Ground {
    intake: intake::Founded,
    triage: triage::Founded,
}

/// Enrols who is on the system, puts the rules in force, and gathers what the doors stand on.
async fn found(
    foundation: Foundation,
    store: Store,
    (config, instruments): (&Config, Instruments),
) -> Result<Ground, Failure> {
    let release_key = Arc::new(release::key(&config.path(&config.keys.release_file), instruments.chance)?);
    let assets = pages::assets(config)?;
    let now = Moment::of_unix_seconds(instruments.now());
    enrol(&foundation, &store, now.day()).await?;
    let registry = shared(foundation.registry, &store).await?;
    let country = Arc::new(foundation.country);
    let rules = Rules::new(registry.clone(), country.clone(), foundation.version);
    store.adopt(rules, now.day()).await.map_err(Failure::of)?;
    store.sweep(now).await.map_err(Failure::of)?;
    let notary = Arc::new(Notary::new(foundation.key, store.clone()));
    let directories = foundation.directories;
    let triage = triage::Founded {
        deployment: config.deployment.clone(),
        store: store.clone(),
        country: country.clone(),
        registry: registry.clone(),
        directories: directories.clone(),
        former: Arc::new(former(foundation.enrolments)),
        plan: Arc::new(foundation.plan),
        release_key,
        assets: assets.clone(),
        logbook: notary.clone(),
        instruments: instruments.clone(),
    };
    let intake = intake::Founded {
        store,
        country,
        registry,
        directories,
        notary,
        assets,
        instruments,
        plain: config.plain.open,
        upload_bytes: config.intake.upload_bytes,
        reserve_bytes: config.intake.reserve_mebibytes * 1024 * 1024,
        limits: limits(config),
    };
    Ok(Ground { intake, triage })
}

/// What institutions had before, so that their members open what was granted then.
fn former(enrolments: Vec<Enrolment>) -> BTreeMap<InstitutionCode, Vec<FormerKeys>> {
    enrolments.into_iter().map(|enrolment| (enrolment.institution, enrolment.former)).collect()
}

/// The registry with whoever shares keys, members or mailboxes by now.
async fn shared(registry: Registry, store: &Store) -> Result<Arc<Registry>, Failure> {
    let snapshot = store.snapshot().await.map_err(Failure::of)?;
    let sharing = snapshot.sharing().await.map_err(Failure::of)?;
    Ok(Arc::new(registry.with_sharing(sharing)))
}

fn limits(config: &Config) -> intake::Limits {
    let crate::config::IntakeSection { at_once, per_hour, organisation_at_once, organisation_per_hour, .. } =
        config.intake;
    let plain_per_hour = config.plain.per_hour;
    intake::Limits { at_once, per_hour, organisation_at_once, organisation_per_hour, plain_per_hour }
}

/// Takes the enrolments in, parts with whom the board lists no more, and keeps the directory, so that what is sealed under it can be
/// held to it for good.
async fn enrol(foundation: &Foundation, store: &Store, today: Day) -> Result<(), Failure> {
    for enrolment in &foundation.enrolments {
        let refused = |error| Failure::of(format!("{} cannot be enrolled: {error}", enrolment.institution));
        store.enrol(enrolment, today).await.map_err(refused)?;
    }
    let body = foundation.directories.newest().body();
    let newest = store.snapshot().await.map_err(Failure::of)?.newest_directory().await.map_err(Failure::of)?;
    if newest.is_some_and(|(version, _)| version > body.version) {
        // Whom only the newer one lists would lose what was granted to them.
        return Err(Failure::of("the directory is older than the one that was in force last: sign a new one"));
    }
    let listed: Vec<_> = body.institutions.iter().map(|listed| listed.code.clone()).collect();
    store.keep_only(&listed, today).await.map_err(Failure::of)?;
    let days = (body.issued, body.expires);
    store.put_directory(body.version, foundation.directories.note(), days).await.map_err(Failure::of)
}

/// Both routers, dressed and bounded.
fn routers(config: &Config, ground: Ground) -> (Router, Router) {
    let (instruments, assets) = (ground.intake.instruments.clone(), ground.intake.assets.clone());
    let intake = Intake::new(ground.intake);
    let public = intake::common_routes().and(intake::routes()).with_state(intake.clone());
    let public = match config.plain.settings() {
        Some(settings) => public.and(plain::routes().with_state(Plain::new(intake.clone(), settings))),
        None => public,
    };
    let members = triage::routes().with_state(Dashboard::new(ground.triage));
    let members = intake::common_routes().with_state(intake).and(members);
    let ready = |routes: Routes, title, style, exit: Option<&str>| {
        let (router, _) = routes.finish(title);
        let surroundings = Surroundings {
            style: assets.address(style),
            icon: assets.address("icon.svg"),
            exit: exit.map(|name| assets.address(name)),
        };
        dress(accept::bounded(router, &config.listen, instruments.clock.clone()), instruments.clone(), surroundings)
    };
    let public = ready(public, "Putokaz, for reporters", "public.css", Some("exit.js"));
    (public, ready(members, "Putokaz, for institutions", "dashboard.css", None))
}

async fn bind(config: &Config) -> Result<(TcpListener, TcpListener), Failure> {
    let (public, members) = config.listen.addresses().ok_or_else(|| Failure::of("an address does not read"))?;
    let taken = |error: std::io::Error| Failure::of(format!("a listener cannot be opened: {}", error.kind()));
    Ok((TcpListener::bind(public).await.map_err(taken)?, TcpListener::bind(members).await.map_err(taken)?))
}

fn local(listener: &TcpListener) -> Result<SocketAddr, Failure> {
    listener.local_addr().map_err(|error| Failure::of(error.kind()))
}
