//! Segmentation: sentences and their kin, with their kinds.

mod sentence;

use crate::document::{Block, Document, Form, Kind, Segment};
use crate::text::{Span, is_hangul};

/// Fills the segments of a document. Between them only white space and zero-width characters are left.
pub fn segment(mut document: Document) -> Document {
    let mut segments = Vec::new();
    for (block_index, block) in document.blocks.iter().enumerate() {
        let first = segments.len();
        for (kind, span) in pieces(&document.text, block) {
            segments.push(Segment { kind, block_index, span });
        }
        cover(&document.text, block.span, &mut segments[first..]);
    }
    if let Some(first) = segments.first_mut().filter(|first| first.kind == Kind::Heading && first.block_index == 0) {
        first.kind = Kind::Title;
    }
    document.segments = segments;
    document
}

fn pieces(text: &str, block: &Block) -> Vec<(Kind, Span)> {
    if block.form == Form::Verbatim {
        return vec![(Kind::Furniture, block.span)];
    }
    let mut pieces = Vec::new();
    for line in lines(text, block.span) {
        let kind = kind(line.of(text), block.form);
        let sentences = if kind == Kind::Heading {
            vec![line]
        } else {
            sentence::split(line.of(text)).into_iter().map(|span| span.shifted(line.start)).collect()
        };
        pieces.extend(sentences.into_iter().map(|span| (kind, span)));
    }
    pieces
}

/// The lines of a block, joined where the one before does not look finished and nearly fills the block's width.
fn lines(text: &str, span: Span) -> Vec<Span> {
    let mut lines: Vec<Span> = Vec::new();
    let mut at = span.start;
    let width = span.of(text).lines().map(str::len).max().unwrap_or(0);
    for line in span.of(text).split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        let filled = Span::new(start, start + line.trim().len());
        at += line.len();
        match lines.last_mut() {
            _ if filled.is_empty() => {}
            Some(last)
                if last.of(text).lines().last().is_some_and(|line| line.len() + 20 > width)
                    && width < 240
                    && !is_finished(last.of(text)) =>
            {
                last.end = filled.end
            }
            _ => lines.push(filled),
        }
    }
    lines
}

fn is_finished(line: &str) -> bool {
    line.ends_with(['.', '!', '?', ':', '"', '”', ')'])
}

fn kind(line: &str, form: Form) -> Kind {
    let finished = is_finished(line) || line.chars().count() > 90;
    match form {
        Form::Heading(_) => Kind::Heading,
        Form::Item | Form::Table => Kind::Item,
        _ if line.starts_with(['○', '□', '◦', '•', '▪', '■', '-', '※', '①', '②', '③', '④', '⑤']) => Kind::Item,
        _ if finished || line.chars().next_back().is_some_and(|last| is_hangul(last) && "다함음임됨".contains(last)) => Kind::Sentence,
        _ => Kind::Heading,
    }
}

/// Widens segments over anything but white space that was left between them.
fn cover(text: &str, block: Span, segments: &mut [Segment]) {
    let mut at = block.start;
    for segment in segments.iter_mut() {
        let gap = &text[at..segment.span.start];
        segment.span.start = at + (gap.len() - gap.trim_start_matches(is_blank).len());
        at = segment.span.end;
    }
    if let Some(last) = segments.last_mut() {
        last.span.end = at + text[at..block.end].trim_end_matches(is_blank).len();
    }
}

fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}
