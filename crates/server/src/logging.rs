//! Where the log goes: stderr, as text or JSON, at the configured level. What it may say is on `docs/LOGGING.md`.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::Log;

/// Who may write a line: this house. The libraries below it log what passes through them, so they are silent at every level.
const OURS: [&str; 8] = ["request", "problem", "server", "web", "intake", "triage", "store", "notify"];

/// Starts logging; a second call in the same process changes nothing.
pub fn start(log: &Log) {
    let level: LevelFilter = log.level.parse().unwrap_or(LevelFilter::INFO);
    let ours = Targets::new().with_targets(OURS.map(|target| (target, level)));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    let lines = if log.format == "json" { lines.json().boxed() } else { lines.boxed() };
    tracing_subscriber::registry().with(lines.with_filter(ours)).try_init().ok();
}
