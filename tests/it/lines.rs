//! Documents for tests: a sentence a line.

use jjak::document::{Document, Kind, Segment};
use jjak::text::{Language, Span};

/// A document with a sentence a line.
pub fn document<T: AsRef<str>>(path: &str, language: Language, lines: &[T]) -> Document {
    let lines: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
    let mut start = 0;
    let segments = lines.iter().map(|line| {
        let span = Span::new(start, start + line.len());
        start = span.end + 1;
        Segment { kind: Kind::Sentence, block_index: 0, span }
    });
    let segments = segments.collect();
    Document { path: path.into(), language, text: lines.join("\n"), blocks: Vec::new(), markup: Vec::new(), segments, as_read: None }
}
