//! `heading`: numbered headings, list items and captions of which one is missing or counted twice.

use super::{Examination, Finding, Severity};
use crate::document::{Document, Kind};
use crate::segment::marker::{Counter, Marker, Style, marker};
use crate::text::Span;

/// Follows every sequence of numbers through the text.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let document = &examination.target.document;
    findings.extend(headings(document));
    findings.extend(captions(document));
}

/// A number that was read, and where.
#[derive(Clone, Copy)]
struct Count {
    number: u32,
    segment_index: usize,
    span: Span,
}

/// Headings by the way their numbers are written; a sequence below another starts again under each of its headings.
fn headings(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut open: Vec<(Style, u8, Count)> = Vec::new();
    for (segment_index, segment) in document.segments.iter().enumerate().filter(|(_, segment)| segment.kind == Kind::Heading) {
        let text = segment.span.of(&document.text);
        let Some(marker) = marker(text).filter(is_counted) else { continue };
        let span = Span::new(segment.span.start, segment.span.start + marker.length);
        let count = Count { number: marker.number, segment_index, span };
        match open.iter().rposition(|&(style, depth, _)| style == marker.style && depth == marker.depth) {
            Some(place) => {
                found.extend(step(document, open[place].2, count));
                open.truncate(place);
            }
            None => found
                .extend((open.is_empty() && count.number == 2).then(|| finding(document, count, "number 1 is missing before it".into()))),
        }
        open.push((marker.style, marker.depth, count));
    }
    found
}

/// Numbers that count headings; years and signs do not, and a lone letter says little.
fn is_counted(marker: &Marker) -> bool {
    let counts = match marker.style {
        Style::Numbered { counter: Counter::Digits | Counter::Roman, .. } | Style::Named => true,
        Style::Numbered { .. } | Style::Bullet(_) | Style::Ordinal => false,
    };
    counts && (1..=40).contains(&marker.number)
}

/// What is wrong between a number and the one before it.
fn step(document: &Document, before: Count, count: Count) -> Option<Finding> {
    let message = match count.number {
        number if number == before.number => format!("number {number} stands twice"),
        number if number == before.number + 2 => format!("number {} is missing before it", before.number + 1),
        number if number > before.number + 2 => format!("numbers {} to {} are missing before it", before.number + 1, number - 1),
        number if number < before.number && number != 1 => format!("number {number} comes after number {}", before.number),
        _ => return None,
    };
    Some(finding(document, count, message))
}

fn finding(document: &Document, count: Count, fault: String) -> Finding {
    let message = format!("“{}”: {fault}", count.span.of(&document.text));
    Finding::in_target("heading", Severity::Minor, count.segment_index, count.span, message)
}

/// Tables and figures, each with a sequence of their own.
fn captions(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for word in ["Table", "Figure"] {
        let mut last: Option<Count> = None;
        for count in (0..document.segments.len()).filter_map(|segment_index| caption(document, segment_index, word)) {
            match last {
                Some(before) if before.number < count.number => found.extend(step(document, before, count)),
                Some(before) if before.number == count.number => found.extend(step(document, before, count)),
                None if count.number == 2 => found.push(finding(document, count, "number 1 is missing before it".to_string())),
                _ => {}
            }
            last = Some(count);
        }
    }
    found
}

fn caption(document: &Document, segment_index: usize, word: &str) -> Option<Count> {
    let segment = document.segments[segment_index];
    let text = segment.span.of(&document.text);
    let rest = text.strip_prefix(['<', '[']).unwrap_or(text).strip_prefix(word)?.strip_prefix(' ')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest[..digits].parse().ok().filter(|_| digits < 3 && rest[digits..].starts_with(['.', ':', '>', ']']))?;
    let end = segment.span.start + text.len() - rest.len() + digits;
    (segment.kind == Kind::Caption).then_some(Count { number, segment_index, span: Span::new(segment.span.start, end) })
}
