//! Exchange formats: units in and out of the files of other tools, streaming, a file per format.

mod columns;
pub mod csv;
pub mod date;
pub mod jsonl;
pub mod language;
pub mod losses;
pub mod po;
pub mod stream;
pub mod tmx;
pub mod tsv;
pub mod xliff;
pub mod xml;

pub use losses::Losses;

use crate::memory::TranslationUnit;
use std::io::{Read, Write};

/// A format that units can be exchanged in.
pub struct Format {
    /// Its name, as given to `--as`.
    pub name: &'static str,
    /// File name endings, without the dot, in small letters.
    pub endings: &'static [&'static str],
    /// What it is, in a few words.
    pub about: &'static str,
    /// Reads units one by one, handing each on, and tells what could not be carried.
    pub read: fn(&mut dyn Read, &mut Take) -> Result<Losses, Error>,
    /// Writes units one by one, asking for them, and tells what could not be carried.
    pub write: fn(&mut dyn Write, &mut Give) -> Result<Losses, Error>,
}

/// Takes a unit that was read.
pub type Take<'a> = dyn FnMut(TranslationUnit) -> Result<(), Error> + 'a;

/// Gives the units to write, one by one, to whatever takes them.
pub type Give<'a> = dyn FnMut(&mut Take) -> Result<(), Error> + 'a;

/// Every format.
pub const FORMATS: &[Format] = &[tmx::FORMAT, tsv::FORMAT, csv::FORMAT, jsonl::FORMAT, xliff::FORMAT, po::FORMAT];

/// Why a file could not be exchanged.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is not what it should be.
    #[error("{line}:{column}: {reason}")]
    Malformed {
        /// Line from 1.
        line: usize,
        /// Column from 1, in characters.
        column: usize,
        /// What was expected and what was found.
        reason: String,
    },
    /// The system does not hand it over or take it.
    #[error(" {0}")]
    System(#[from] std::io::Error),
    /// The other end, which takes or gives the units, failed.
    #[error(" {0}")]
    Other(Box<dyn std::error::Error + Send + Sync>),
}

/// The format that a file's ending tells.
pub fn format_of(path: &str) -> Option<&'static Format> {
    let ending = path.rsplit_once('.')?.1.to_ascii_lowercase();
    FORMATS.iter().find(|format| format.endings.contains(&ending.as_str()))
}

/// The format of a name.
pub fn format_named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
