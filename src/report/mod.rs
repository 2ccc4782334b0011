//! What people and programs read: a file per output form.

pub mod term;
pub mod text;
