//! What flows through the rooms: a document with its blocks and segments.

use crate::text::{Composed, Language, Span};
use serde::Serialize;

/// A text as read, and what has been found out about its structure.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it came from, as the user named it ("-" for standard input).
    pub path: String,
    /// Its language.
    pub language: Language,
    /// The UTF-8 text as read, characters composed (NFC). Every span of this document counts its bytes.
    pub text: String,
    /// Paragraphs, headings, list items …, in order; between them only white space.
    pub blocks: Vec<Block>,
    /// Bytes that are mark-up, not text (`**`, `## `, link targets), in order. They lie inside segments, and matching skips them.
    pub markup: Vec<Span>,
    /// Sentences and their kin, in order; empty until `segment` has run. Between them only white space and invisible marks.
    pub segments: Vec<Segment>,
    /// The way back to the bytes as read, where they were not composed.
    pub as_read: Option<Composed>,
}

impl Document {
    /// A span in the bytes as read: what a program that has the file understands.
    pub fn span_as_read(&self, span: Span) -> Span {
        self.as_read.as_ref().map_or(span, |composed| composed.original(span))
    }

    /// The bytes as read of a span.
    pub fn text_as_read(&self, span: Span) -> &str {
        self.as_read.as_ref().map_or_else(|| span.of(&self.text), |composed| composed.original_text(span))
    }

    /// The text of a segment, by index from 0.
    pub fn segment_text(&self, segment_index: usize) -> &str {
        self.segments[segment_index].span.of(&self.text)
    }

    /// The mark-up within a span, relative to its start.
    pub fn markup_within(&self, span: Span) -> Vec<Span> {
        let first = self.markup.partition_point(|mark| mark.end <= span.start);
        let inside = self.markup[first..].iter().take_while(|mark| mark.start < span.end);
        inside.map(|mark| Span::new(mark.start.max(span.start) - span.start, mark.end.min(span.end) - span.start)).collect()
    }
}

/// A paragraph, a heading, a list item: what the format itself sets apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its bytes.
    pub span: Span,
    /// What the format says it is.
    pub form: Form,
}

/// What an input format says about a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Lines of plain text, which does not say whether a line end is soft; `segment` makes paragraphs of them.
    Lines,
    /// Running text; its line breaks are soft.
    Paragraph,
    /// A heading of a level from 1.
    Heading(u8),
    /// A list item.
    Item,
    /// A block quotation.
    Quotation,
    /// A row or cell of a table.
    Table,
    /// Code or preformatted text: never cut inside a line.
    Verbatim,
}

/// A sentence or its kin: the unit that is aligned, judged and stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What it is.
    pub kind: Kind,
    /// Index from 0 of the block it lies in.
    pub block_index: usize,
    /// Its bytes, without white space at either end.
    pub span: Span,
}

/// What a segment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The title of the document.
    Title,
    /// Author, affiliation, date.
    Byline,
    /// A section heading.
    Heading,
    /// A sentence of running text.
    Sentence,
    /// A list item.
    Item,
    /// The caption or source line of a table or figure.
    Caption,
    /// A footnote, endnote or editorial note.
    Note,
    /// Page furniture and boilerplate ("84 views", "Issue Briefs", "About Experts").
    Furniture,
}

impl Kind {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Title => "title",
            Kind::Byline => "byline",
            Kind::Heading => "heading",
            Kind::Sentence => "sentence",
            Kind::Item => "item",
            Kind::Caption => "caption",
            Kind::Note => "note",
            Kind::Furniture => "furniture",
        }
    }

    /// Whether the ledger has a row for it: it makes statements that need a source.
    pub fn is_judged(self) -> bool {
        matches!(self, Kind::Sentence | Kind::Item | Kind::Caption | Kind::Title)
    }
}
