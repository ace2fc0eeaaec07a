#![doc = include_str!("../README.md")]

mod assets;
mod code;
mod describe;
mod directories;
mod dress;
mod encoding;
mod headers;
mod instruments;
mod language;
mod pace;
mod packed;
mod page;
mod parsed;
mod permit;
mod problem;
mod refuse;
mod routes;
mod session;

pub use assets::{Assets, AssetsFault, asset_routes};
pub use code::Code;
pub use describe::{Described, Entry, Table, Who};
pub use directories::Directories;
pub use dress::{Reference, Surroundings, dress};
pub use encoding::Encoding;
pub use headers::Policy;
pub use instruments::{Chance, Clock, Instruments};
pub use language::{Reader, negotiate};
pub use pace::paced;
pub use packed::{Effort, Packed};
pub use page::{Frame, Page};
pub use parsed::{InForm, InPath, InQuery, Media, Parsed, Sent, pour};
pub use permit::{ActOnCase, Action, Audit, Count, MakeLinks, Permit, Publish, ReadCase, ReadQueue, SignedIn};
pub use problem::Problem;
pub use routes::Routes;
pub use session::{Gate, Member, Token, clear_cookie, set_cookie};
