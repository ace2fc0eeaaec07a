#![doc = include_str!("../README.md")]

mod document;
mod person;
mod strict;
mod words;

pub use document::{Content, Document, DocumentFault, schema};
pub use person::{Account, Attachment, Identity};
pub use words::{Contact, FileName, Name, Narrative, NotWords, Place, When};
