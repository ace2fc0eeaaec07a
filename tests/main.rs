//! Black-box tests of the whole house, through its doors, in one binary.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says where")]
#![expect(clippy::print_stdout, reason = "what was measured is told in one line")]
#![expect(clippy::disallowed_methods, reason = "a test reads the clock, as a binary does")]

mod arrows;
mod bad_input;
mod canaries;
mod closure;
mod counting;
mod dashboard;
mod digits;
mod files;
mod flood;
mod form;
mod imports;
mod interrupted;
mod leading;
mod moments;
mod names;
mod offline;
mod operator;
mod outside;
mod pages;
mod plain;
mod races;
mod road;
mod rotation;
mod stale;
mod strangers;
mod thread;
mod tree;
mod vital;
mod weight;
