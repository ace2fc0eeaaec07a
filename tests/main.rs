//! Black-box tests of the whole house, through its doors, in one binary.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says where")]

mod arrows;
mod canaries;
mod dashboard;
mod imports;
mod races;
mod road;
mod tree;
