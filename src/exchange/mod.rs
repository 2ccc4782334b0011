//! Exchange formats: units in and out of the files of other tools, streaming, a file per format.

pub mod tsv;

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
    /// Reads units one by one, handing each on.
    pub read: fn(&mut dyn Read, &mut Take) -> Result<(), Error>,
    /// Writes units one by one, asking for each.
    pub write: fn(&mut dyn Write, &mut Units) -> Result<(), Error>,
}

/// Takes a unit that was read.
pub type Take<'a> = dyn FnMut(TranslationUnit) -> Result<(), Error> + 'a;

/// Hands out units one by one: calls back for each.
pub type Units<'a> = dyn FnMut(&mut Take) -> Result<(), Error> + 'a;

/// Every format.
pub const FORMATS: &[Format] = &[tsv::FORMAT];

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
    #[error(transparent)]
    System(#[from] std::io::Error),
    /// The other end, which takes or gives the units, failed.
    #[error(transparent)]
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
