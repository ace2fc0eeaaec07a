#![doc = include_str!("../README.md")]

mod checkpoint;
mod export;
mod tree;

pub use checkpoint::{Checkpoint, CheckpointFault};
pub use export::{Export, ExportFault, Line, Opening, Verified};
pub use tree::{Blind, Consistency, Hash, Inclusion, Leaf, Tree};
