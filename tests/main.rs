//! Black-box tests of the whole house, through its doors, in one binary.

mod arrows;
mod tree;
