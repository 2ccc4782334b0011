//! Plain text: paragraphs stand between blank lines.

use super::{Content, Error, Format, Input, decode::decode};
use crate::document::{Block, Form};
use crate::text::{Span, is_invisible};

/// Plain text.
pub const FORMAT: Format = Format { name: "plain", endings: &["txt", "text"], read };

fn read(input: &Input) -> Result<Content, Error> {
    let text = decode(input)?;
    let blocks = paragraphs(&text).into_iter().map(|span| Block { span, form: Form::Lines }).collect();
    Ok(Content { text, blocks, markup: Vec::new() })
}

/// The runs of lines that are not blank; a form feed ends a page and with it the paragraph.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in text.split_inclusive(['\n', '\u{C}']) {
        let filled = trimmed(line).shifted(at);
        match spans.last_mut() {
            _ if filled.is_empty() => {}
            Some(last) if open => last.end = filled.end,
            _ => spans.push(filled),
        }
        open = !filled.is_empty() && !line.ends_with('\u{C}');
        at += line.len();
    }
    spans
}

/// A line without white space and invisible characters at its ends.
fn trimmed(line: &str) -> Span {
    let blank = |character: char| character.is_whitespace() || is_invisible(character);
    let start = line.len() - line.trim_start_matches(blank).len();
    Span::new(start, start.max(line.trim_end_matches(blank).len()))
}
