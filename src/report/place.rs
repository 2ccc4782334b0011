//! Where a finding stands: its document, line and column, and the text of its segment.

use crate::check::{Examination, Place};
use crate::document::Document;
use crate::text::{Position, Span};

/// The document that a finding or a related place is in.
pub fn document<'a>(examination: &Examination<'a>, place: Place) -> &'a Document {
    match place {
        Place::Target => &examination.target.document,
        Place::Source => &examination.source.unwrap_or(examination.target).document,
    }
}

/// The lines of a text, for many positions in it.
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds the lines.
    pub fn new(text: &'a str) -> Lines<'a> {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Lines { text, starts }
    }

    /// The position of a byte.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|&start| start <= offset);
        Position { line, column: self.text[self.starts[line - 1]..offset].chars().count() + 1 }
    }

    /// The positions of both ends of a span.
    pub fn range(&self, span: Span) -> (Position, Position) {
        (self.position(span.start), self.position(span.end))
    }
}

/// A text on one line, every stretch of white space one space.
pub fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_by_lines_are_those_counted_from_the_start() {
        let text = "가나\n\n다 라\r\n마";
        let lines = Lines::new(text);
        for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
            assert_eq!(lines.position(offset), Position::of(text, offset), "{offset}");
        }
    }
}
