//! `glued`: letters stuck to the full stop of a sentence.

use super::{Examination, Finding, Place, Severity};
use crate::text::Span;

/// Reports a full stop with letters directly after it that are no abbreviation, file name or address.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let document = &examination.target.document;
    let text = &document.text;
    for (segment_index, segment) in document.segments.iter().enumerate() {
        for (start, word) in words(segment.span.of(text)) {
            if let Some((stop, tail)) = glued(word) {
                let span = Span::new(stop, stop + 1 + tail.len()).shifted(segment.span.start + start);
                let message = format!("\u{201C}{tail}\u{201D} is stuck to the full stop; delete it or put a space");
                findings.push(Finding {
                    check: "glued",
                    severity: Severity::Major,
                    place: Place::Target,
                    segment_index,
                    span,
                    message,
                    related: Vec::new(),
                    suggestion: None,
                });
            }
        }
    }
    between_segments(examination, findings);
}

/// A segment that starts with a letter directly after the full stop of the one before.
fn between_segments(examination: &Examination, findings: &mut Vec<Finding>) {
    let document = &examination.target.document;
    for (segment_index, pair) in document.segments.windows(2).enumerate() {
        let (before, after) = (pair[0].span.of(&document.text), pair[1].span.of(&document.text));
        let touches = pair[0].span.end == pair[1].span.start && before.ends_with(['.', '!', '?']) && after.starts_with(char::is_alphabetic);
        if touches {
            let length = after.find(|character: char| !character.is_alphabetic()).unwrap_or(after.len());
            let span = Span::new(pair[0].span.end - 1, pair[1].span.start + length);
            let message = format!("\u{201C}{}\u{201D} is stuck to the full stop; delete it or put a space", &after[..length]);
            findings.push(Finding {
                check: "glued",
                severity: Severity::Major,
                place: Place::Target,
                segment_index: segment_index + 1,
                span,
                message,
                related: Vec::new(),
                suggestion: None,
            });
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// The full stop in a word and the letters stuck to it.
fn glued(word: &str) -> Option<(usize, &str)> {
    let is_address = word.contains(['/', '@', ':', '_']) || word.matches('.').count() > 2;
    let stop = word.find('.').filter(|_| !is_address)?;
    let before = &word[..stop];
    let tail: &str = &word[stop + 1..];
    let letters = &tail[..tail.find(|character: char| !character.is_alphabetic()).unwrap_or(tail.len())];
    let is_sentence_end = before.chars().filter(|character| character.is_lowercase()).count() >= 3 || before.ends_with(['”', '"', ')']);
    let is_known = ENDINGS.contains(&letters) || before.starts_with("www");
    (is_sentence_end && !letters.is_empty() && !is_known).then_some((stop, letters))
}

/// Endings of domain and file names.
const ENDINGS: &[&str] = &[
    "com", "org", "net", "kr", "gov", "edu", "int", "co", "io", "uk", "jp", "cn", "ru", "eu", "pdf", "docx", "hwp", "hwpx", "html", "htm",
    "txt", "xlsx", "js", "csv", "info", "mil", "go", "or", "re", "ac", "ai",
];
