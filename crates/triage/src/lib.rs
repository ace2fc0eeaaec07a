#![doc = include_str!("../README.md")]

mod answer;
mod assets;
mod case;
mod clocks;
mod counting;
mod log;
mod pages;
mod proposing;
mod queue;
mod showing;
mod sign_in;
mod standing;
mod state;
mod stating;
mod telling;

pub use assets::{Assets, AssetsFault, Bundle};
pub use state::{Awaited, Dashboard, Founded, Logbook};
use web::Routes;

/// The members' listener's routes, without those both listeners have.
pub fn routes() -> Routes<Dashboard> {
    sign_in::routes()
        .and(queue::routes())
        .and(case::routes())
        .and(showing::routes())
        .and(stating::routes())
        .and(counting::routes())
        .and(log::routes())
}
