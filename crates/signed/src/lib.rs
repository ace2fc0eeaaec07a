#![doc = include_str!("../README.md")]

mod board;
mod key;
mod note;
mod verifier;

pub use board::{Board, BoardFault};
pub use key::{BadKey, BadSignature, PublicKey, SecretKey, Signature};
pub use note::{Note, NoteFault};
pub use verifier::{SigningKey, VerifierKey};
