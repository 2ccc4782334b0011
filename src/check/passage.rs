//! The segments of the English as checks of form read them: without mark-up, with a way back.

use crate::document::{Document, Kind};
use crate::text::{Folded, Span};

/// A segment, folded.
pub struct Passage<'a> {
    /// Index from 0 of the segment.
    pub segment_index: usize,
    /// What it is.
    pub kind: Kind,
    start: usize,
    folded: Folded<'a>,
}

impl<'a> Passage<'a> {
    /// A segment of a document.
    pub fn of(document: &'a Document, segment_index: usize) -> Passage<'a> {
        let segment = document.segments[segment_index];
        let folded = Folded::without(segment.span.of(&document.text), &document.markup_within(segment.span));
        Passage { segment_index, kind: segment.kind, start: segment.span.start, folded }
    }

    /// Its text: one ASCII space for any white space, no mark-up.
    pub fn text(&self) -> &str {
        self.folded.text()
    }

    /// The bytes of the document that a span of the text stands for.
    pub fn original(&self, span: Span) -> Span {
        self.folded.original(span).shifted(self.start)
    }
}

/// The segments of a document, furniture included.
pub fn passages(document: &Document) -> impl Iterator<Item = Passage<'_>> {
    (0..document.segments.len()).map(|segment_index| Passage::of(document, segment_index))
}

/// Index of the segment that holds a byte, or of the one before it.
pub fn segment_at(document: &Document, at: usize) -> usize {
    document.segments.partition_point(|segment| segment.span.start <= at).saturating_sub(1)
}
