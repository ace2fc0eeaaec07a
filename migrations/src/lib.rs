//! The history of the schema; knows nobody.
