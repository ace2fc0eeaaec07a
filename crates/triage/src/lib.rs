#![doc = include_str!("../README.md")]

mod assets;
mod pages;
mod proposing;
mod telling;

pub use assets::{Assets, AssetsFault, Bundle};
