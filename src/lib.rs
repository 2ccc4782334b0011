//! jjak: a translation memory and bilingual aligner for Korean-English policy briefs.
//!
//! Text flows through the rooms in the order of this list; a room uses only the rooms above it.

pub mod text;
pub mod document;
pub mod read;
pub mod segment;
pub mod word;
pub mod glossary;
pub mod anchor;
pub mod align;
pub mod support;
pub mod check;
pub mod memory;
pub mod report;
pub mod exchange;
pub mod store;
pub mod cli;
