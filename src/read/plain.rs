//! Plain text: paragraphs stand between blank lines.

use super::{Content, Error, Format, Input, decode::decode};
use crate::document::{Block, Form};
use crate::text::{Span, is_invisible};

/// Plain text.
pub const FORMAT: Format = Format { name: "plain", endings: &["txt", "text"], read };

fn read(input: &Input) -> Result<Content, Error> {
    let text = decode(input)?;
    let spans = paragraphs(&text);
    let markup = spans.iter().flat_map(|&span| quotation_marks(&text, span)).collect();
    let blocks = spans.into_iter().map(|span| Block { span, form: Form::Lines }).collect();
    Ok(Content { text, blocks, markup })
}

/// The signs with which mail quotes (`> `), where every line of a paragraph has them.
fn quotation_marks(text: &str, paragraph: Span) -> Vec<Span> {
    let mut marks = Vec::new();
    let mut at = paragraph.start;
    for line in paragraph.of(text).split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        let length = text[start..at + line.len()].bytes().take_while(|byte| matches!(byte, b'>' | b' ')).count();
        let mark = text[start..start + length].trim_end();
        if mark.is_empty() {
            return Vec::new();
        }
        marks.push(Span::new(start, start + mark.len()));
        at += line.len();
    }
    marks
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
