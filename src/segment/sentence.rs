//! Sentence boundaries in running text.

use crate::text::{Span, is_hangul};

const ABBREVIATIONS: &[&str] = &[
    "Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "St.", "No.", "Art.", "vs.", "Jr.", "e.g.", "i.e.", "etc.", "Gen.", "Lt.", "Col.", "Sen.",
    "Rep.", "Gov.",
];

/// The sentences of a paragraph.
pub fn split(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find(['.', '!', '?', '。']) {
        let end = closed(text, at + found);
        let rest = text[end..].trim_start();
        let spaced = rest.len() < text.len() - end || rest.is_empty();
        if spaced && !is_abbreviation(&text[start..end]) && !continues(rest) {
            spans.push(Span::new(start, end));
            start = text.len() - rest.len();
        }
        at = end;
    }
    if start < text.len() {
        spans.push(Span::new(start, text.len()));
    }
    spans
}

/// The end of a run of full stops and of what closes after it.
fn closed(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.len() - rest.trim_start_matches(['.', '!', '?', '。', '"', '”', '\'', '’', ')', ']', '」', '』']).len()
}

fn is_abbreviation(sentence: &str) -> bool {
    let word = sentence.rsplit([' ', '(']).next().unwrap_or(sentence);
    let letters = word.chars().filter(|character| character.is_alphabetic()).count();
    ABBREVIATIONS.contains(&word) || word.ends_with('.') && word.matches('.').count() == letters && word.is_ascii()
}

/// Whether what follows carries the sentence on: a small letter, or the particle of a quotation.
fn continues(rest: &str) -> bool {
    let first = rest.chars().next();
    first.is_some_and(|first| first.is_lowercase())
        || first.is_some_and(is_hangul) && ["라고 ", "라며 ", "고 "].iter().any(|particle| rest.starts_with(particle))
}
