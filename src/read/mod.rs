//! Reading: a file of any known format and encoding becomes a document with its blocks.

pub mod decode;
mod language;
mod markdown;
mod plain;

use crate::document::{Block, Document};
use crate::text::{Composed, Language, Span};
use std::io::{self, Read};
use std::path::Path;

pub use language::{foreign, other_script};

/// A format that can be read.
pub struct Format {
    /// Its name, as given to `--as`.
    pub name: &'static str,
    /// File name endings, without the dot, in small letters.
    pub endings: &'static [&'static str],
    /// Makes text and blocks of the bytes of a file.
    pub read: fn(&Input) -> Result<Content, Error>,
}

/// Every format, the first being the one for unknown endings.
pub const FORMATS: &[Format] = &[plain::FORMAT, markdown::FORMAT];

/// A file before it is read.
pub struct Input<'a> {
    /// As the user named it.
    pub path: &'a str,
    /// What it holds.
    pub data: &'a [u8],
}

/// What a format finds in a file.
pub struct Content {
    /// The UTF-8 text.
    pub text: String,
    /// The blocks of the text, in order; between them only white space.
    pub blocks: Vec<Block>,
    /// Bytes that are mark-up, in order, inside blocks.
    pub markup: Vec<Span>,
}

/// Why a file cannot be read: the file, what was expected, and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system does not hand it over.
    #[error("{path}: expected a file to read, found {}; check the name and the permissions", reason(cause))]
    Unreadable {
        /// As the user named it.
        path: String,
        /// The system's reason.
        cause: io::Error,
    },
    /// There is nothing in it.
    #[error("{path}: expected a text, found nothing but white space; check that the file was saved")]
    Empty {
        /// As the user named it.
        path: String,
    },
    /// It is not text.
    #[error("{path}: expected text, found {found}; {remedy}")]
    Binary {
        /// As the user named it.
        path: String,
        /// What it looks like.
        found: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// Its bytes belong to no known encoding.
    #[error("{path}:{line}: expected UTF-8, UTF-16, CP949 or EUC-KR, found bytes that fit none of them; save the file again as UTF-8")]
    Encoding {
        /// As the user named it.
        path: String,
        /// The first line with such bytes, from 1.
        line: usize,
    },
    /// It is larger than any brief.
    #[error("{path}: expected at most {} MB, found {} MB; split the file", LARGEST / 1_000_000, bytes / 1_000_000)]
    Large {
        /// As the user named it.
        path: String,
        /// Its length in bytes.
        bytes: usize,
    },
}

/// What stands in the place of a file.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "nothing of that name".to_string(),
        io::ErrorKind::IsADirectory => "a folder".to_string(),
        io::ErrorKind::PermissionDenied => "one that may not be read".to_string(),
        _ => error.to_string(),
    }
}

/// The most bytes that are read as one document; offsets are kept in 32 bits in places.
pub const LARGEST: usize = 1_000_000_000;

/// Reads a file, `-` being standard input.
pub fn file(path: impl AsRef<Path>) -> Result<Document, Error> {
    let path = path.as_ref();
    let name = if path == Path::new("-") { "standard input".into() } else { path.to_string_lossy() };
    let data = load(path).map_err(|cause| Error::Unreadable { path: name.to_string(), cause })?;
    tracing::info!(path = &*name, bytes = data.len(), "read");
    let document = bytes(&name, &data)?;
    Ok(Document { path: path.to_string_lossy().into_owned(), ..document })
}

fn load(path: &Path) -> io::Result<Vec<u8>> {
    if path != Path::new("-") {
        return std::fs::read(path);
    }
    let mut data = Vec::new();
    io::stdin().read_to_end(&mut data)?;
    Ok(data)
}

/// Reads what a file of that name holds.
pub fn bytes(path: &str, data: &[u8]) -> Result<Document, Error> {
    if data.len() > LARGEST {
        return Err(Error::Large { path: path.to_string(), bytes: data.len() });
    }
    let content = (format_of(path).read)(&Input { path, data })?;
    if content.blocks.is_empty() {
        return Err(Error::Empty { path: path.to_string() });
    }
    let language = Language::detect(&content.text).unwrap_or(Language::English);
    let Content { text, blocks, markup } = content;
    let document = Document { path: path.to_string(), language, text, blocks, markup, segments: Vec::new(), as_read: None };
    Ok(composed(document))
}

/// A document with its characters composed, and the way back.
fn composed(mut document: Document) -> Document {
    if let Some(composed) = Composed::new(&document.text) {
        document.blocks.iter_mut().for_each(|block| block.span = composed.composed(block.span));
        document.markup.iter_mut().for_each(|mark| *mark = composed.composed(*mark));
        document.text.clone_from(&composed.text);
        document.as_read = Some(composed);
    }
    document
}

/// Reads a text that is already at hand, by the format that the name's ending tells.
pub fn text(path: &str, text: &str) -> Result<Document, Error> {
    bytes(path, text.as_bytes())
}

/// The format that a file's ending tells, plain text where it tells nothing.
pub fn format_of(path: &str) -> &'static Format {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    FORMATS.iter().find(|format| format.endings.contains(&ending.as_str())).unwrap_or(&FORMATS[0])
}
