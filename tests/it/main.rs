//! All integration tests, as one binary.

mod anchor;
mod glossary;
mod memory;
mod read;
mod store;
