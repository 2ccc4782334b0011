//! Latin strings that stand in both texts as they are: F-35, COVID-19, TSMC, iPhone.

use super::reading::Reading;
use super::words::Shape;
use super::{Anchor, Fact, text_key};
use crate::text::{Language, Span};

/// The class of keys of everything that is compared as Latin text.
pub const TEXT: u64 = 8;

/// Adds the Latin strings of a segment.
pub fn find(reading: &mut Reading) {
    let found = match reading.language {
        Language::Korean => korean(reading.text),
        Language::English => english(reading),
    };
    for span in found {
        if reading.is_free(span) {
            let text = span.of(reading.text);
            reading.add("latin", span, text.to_string(), keys(text), Fact::Text);
        }
    }
}

/// The keys of a Latin string: the whole without hyphens and points, and its parts of two letters and more.
pub fn keys(text: &str) -> Vec<u64> {
    let bare: String = text.chars().filter(|character| character.is_alphanumeric()).collect();
    let mut keys = vec![text_key(TEXT, &bare)];
    let parts = text.split(|character: char| !character.is_alphanumeric());
    keys.extend(
        parts
            .filter(|part| part.len() >= 2 && part.len() < bare.len() && part.bytes().any(|byte| byte.is_ascii_alphabetic()))
            .map(|part| text_key(TEXT, part)),
    );
    keys
}

/// How well two Latin strings agree.
pub fn agree(source: &Anchor, target: &Anchor) -> f32 {
    let shares = |key: &u64| target.keys.contains(key);
    if source.keys.first().is_some_and(shares) {
        1.0
    } else if source.keys.iter().any(shares) {
        0.7
    } else {
        0.0
    }
}

/// Runs of Latin letters and digits with a letter among them.
fn korean(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let mut end = at;
        while end < bytes.len()
            && (bytes[end].is_ascii_alphanumeric()
                || matches!(bytes[end], b'-' | b'&' | b'.' | b'\'') && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric))
        {
            end += 1;
        }
        let letters = bytes[at..end].iter().filter(|byte| byte.is_ascii_alphabetic()).count();
        if letters >= 2 || letters == 1 && end - at >= 2 {
            found.push(Span::new(at, end));
        }
        at = end;
    }
    found
}

/// Words of mixed case, and letters with digits.
fn english(reading: &Reading) -> Vec<Span> {
    let words = &reading.words;
    let mut found = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let mut next = index + 1;
        while next < words.len()
            && matches!(reading.gap(next), "" | "-")
            && (words[next].shape == Shape::Digits || words[next - 1].shape == Shape::Digits)
        {
            next += 1;
        }
        let span = Span::new(words[index].start, words[next - 1].end);
        let capital = words[index..next].iter().any(|word| word.shape != Shape::Lower && word.shape != Shape::Digits);
        let free_of_numerals = !reading.numerals.iter().any(|numeral| numeral.span.overlaps(span));
        if next > index + 1 && capital && free_of_numerals || next == index + 1 && words[index].shape == Shape::Mixed {
            found.push(span);
        }
        index = next;
    }
    found
}
