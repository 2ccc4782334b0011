//! All integration tests, as one binary.

mod memory;
mod read;
mod store;
