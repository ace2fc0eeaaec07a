#![doc = include_str!("../README.md")]

mod assets;
mod pages;

pub use assets::{Assets, AssetsFault, Bundle};
