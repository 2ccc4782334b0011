//! `spaces`: spaces too many, missing or in the wrong place, and full-width marks.

use super::passage::segment_at;
use super::{Examination, Finding, Severity};
use crate::document::{Document, Form};
use crate::text::Span;

/// Reports them, in text that is no table and not preformatted.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let document = &examination.target.document;
    let set = |form: Form| matches!(form, Form::Table | Form::Verbatim);
    for segment in document.segments.iter().filter(|segment| !set(document.blocks[segment.block_index].form)) {
        let text = segment.span.of(&document.text);
        let markup = document.markup_within(segment.span);
        let mut found = double_spaces(text);
        found.extend(marks(text));
        found.retain(|slip| {
            let first = markup.partition_point(|mark| mark.end <= slip.span.start);
            !markup.get(first).is_some_and(|mark| mark.overlaps(slip.span))
        });
        found.sort_by_key(|slip| slip.span);
        findings.extend(found.into_iter().map(|slip| finding(document, slip, segment.span.start)));
    }
}

/// A slip and what to write instead.
struct Slip {
    span: Span,
    message: String,
    instead: String,
}

fn finding(document: &Document, slip: Slip, start: usize) -> Finding {
    let span = slip.span.shifted(start);
    let segment_index = segment_at(document, span.start);
    Finding::in_target("spaces", Severity::Minor, segment_index, span, slip.message).with_suggestion(slip.instead)
}

/// From so many on the spaces of a segment were set to justify its lines.
const JUSTIFIED: usize = 3;

/// Two spaces and more inside a line, where they are no habit.
fn double_spaces(text: &str) -> Vec<Slip> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices() {
        if character.is_whitespace() {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            let gap = &text[start..at];
            let is_set = gap.contains(['\n', '\r', '\t', '\u{3000}']) || text[..start].ends_with(['.', '!', '?', ':', '”', '"', '•', '-']);
            if gap.chars().nth(1).is_some() && !is_set {
                found.push(Slip { span: Span::new(start, at), message: "two spaces".to_string(), instead: " ".to_string() });
            }
        }
    }
    if found.len() >= JUSTIFIED { Vec::new() } else { found }
}

/// Slips beside marks.
fn marks(text: &str) -> Vec<Slip> {
    let mut found = Vec::new();
    for (at, character) in text.char_indices() {
        let place = Place { text, at, character };
        found.extend(match character {
            ',' | ';' => place.before().or_else(|| place.behind()),
            '.' | '!' | '?' | ':' | ')' => place.before(),
            '(' => place.stuck().or_else(|| place.inside()),
            '，' | '。' | '：' | '；' | '！' | '？' | '（' | '）' | '．' | '％' => place.full_width(),
            _ => None,
        });
    }
    found
}

/// A mark in a text.
struct Place<'a> {
    text: &'a str,
    at: usize,
    character: char,
}

impl Place<'_> {
    fn next(&self) -> Option<char> {
        self.text[self.at + self.character.len_utf8()..].chars().next()
    }

    fn slip(&self, span: Span, message: String, instead: String) -> Slip {
        Slip { span, message, instead }
    }

    /// A space before a mark that ends something: "word ,". A mark that goes on (" .com", " ...", " :)") is left alone.
    fn before(&self) -> Option<Slip> {
        let before = &self.text[..self.at];
        let word = before.strip_suffix(' ').or_else(|| before.strip_suffix('\u{A0}'))?;
        let after_word = word.ends_with(|character: char| character.is_alphanumeric() || matches!(character, ')' | '”' | '’' | '%'));
        let ends = self.next().is_none_or(|next| next.is_whitespace() || matches!(next, '”' | '"' | '’' | ')' | '.' | ',' | ';'));
        let goes_on = self.character == '.' && self.next() == Some('.');
        let ends = ends && !goes_on || self.character == ',' && self.next().is_some_and(char::is_alphabetic);
        let span = Span::new(word.len(), self.at + self.character.len_utf8());
        (after_word && ends).then(|| self.slip(span, format!("a space before “{}”", self.character), self.character.to_string()))
    }

    /// No space behind a comma or semicolon between words of two letters and more.
    fn behind(&self) -> Option<Slip> {
        let letters = |mut characters: &mut dyn Iterator<Item = char>| (&mut characters).take(2).filter(|c| c.is_alphabetic()).count() == 2;
        let before = letters(&mut self.text[..self.at].chars().rev());
        let after = letters(&mut self.text[self.at + 1..].chars());
        let slip =
            || self.slip(Span::new(self.at, self.at + 1), format!("no space after “{}”", self.character), format!("{} ", self.character));
        (before && after).then(slip)
    }

    /// A bracket stuck to the word before, as Korean has it: "Organization(NATO)". Endings in brackets, "country(ies)", are left alone.
    fn stuck(&self) -> Option<Slip> {
        let before = self.text[..self.at].chars().rev().take(3).filter(|character| character.is_alphabetic()).count() == 3;
        let inner: String = self.text[self.at + 1..].chars().take(LONGEST).take_while(|character| character.is_alphanumeric()).collect();
        let is_ending = inner.chars().all(char::is_lowercase) && inner.chars().count() <= 4;
        let slip = || self.slip(Span::new(self.at, self.at + 1), "no space before “(”".to_string(), " (".to_string());
        (before && !inner.is_empty() && !is_ending).then(slip)
    }

    /// A space behind an opening bracket.
    fn inside(&self) -> Option<Slip> {
        let span = Span::new(self.at, self.at + 2);
        let word = self.text[self.at + 1..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        word.then(|| self.slip(span, "a space behind “(”".to_string(), "(".to_string()))
    }

    /// A mark as Korean and Chinese type has it.
    fn full_width(&self) -> Option<Slip> {
        let narrow = match self.character {
            '。' => '.',
            wide => char::from_u32(wide as u32 - 0xFEE0).unwrap_or(wide),
        };
        let span = Span::new(self.at, self.at + self.character.len_utf8());
        Some(self.slip(span, format!("“{}” is a full-width mark", self.character), narrow.to_string()))
    }
}

/// Letters of a word in brackets that are looked at.
const LONGEST: usize = 12;
