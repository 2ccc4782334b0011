//! All integration tests, as one binary.

mod glossary;
mod memory;
mod read;
mod store;
