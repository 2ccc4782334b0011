//! The words of an English text as anchors read them: runs of letters and runs of digits, with what stands between.

use crate::text::Span;

/// A run of letters or of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// First byte in the folded text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What it is made of.
    pub shape: Shape,
}

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Digits, with commas and a point where a number has them.
    Digits,
    /// Lower-case letters.
    Lower,
    /// A capital, then lower case.
    Capital,
    /// Capitals only, at least two: NATO, U.S.
    Upper,
    /// A single capital.
    Initial,
    /// Anything else: iPhone, McDonald, eBay.
    Mixed,
}

impl Word {
    /// Its text.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start..self.end]
    }

    /// Its bytes.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// Whether it begins with a capital letter.
    pub fn is_capitalised(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper | Shape::Initial)
    }
}

/// The words of a folded text, in order. A possessive 's is left out, "U.S." is one word, "don't" is one word.
pub fn words(text: &str) -> Vec<Word> {
    let bytes = text.as_bytes();
    let mut found = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_digit() {
            let end = at + number_length(bytes, at);
            found.push(Word { start: at, end, shape: Shape::Digits });
            at = end;
        } else if byte.is_ascii_alphabetic() || byte >= 0x80 && starts_letter(text, at) {
            let word = letters(text, at);
            at = word.end + possessive(text, word.end);
            found.push(word);
        } else if byte < 0x80 {
            at += 1;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

fn starts_letter(text: &str, at: usize) -> bool {
    text[at..]
        .chars()
        .next()
        .is_some_and(|character| character.is_alphabetic() && !crate::text::is_hangul(character) && !crate::text::is_hanja(character))
}

/// Bytes of the number at `at`. A chain such as 2024.6.19 or 10.2.3 is cut at every point.
fn number_length(bytes: &[u8], at: usize) -> usize {
    super::numeral::Decimal::read_at(bytes, at).map_or(1, |(_, length)| length)
}

fn letters(text: &str, start: usize) -> Word {
    if let Some(end) = initials(text.as_bytes(), start) {
        return Word { start, end, shape: Shape::Upper };
    }
    let (mut end, mut upper, mut lower, mut first_upper) = (start, 0, 0, false);
    for (offset, character) in text[start..].char_indices() {
        if character.is_ascii_lowercase() {
            lower += 1;
        } else if character.is_ascii_uppercase() {
            first_upper |= offset == 0;
            upper += 1;
        } else if !character.is_ascii() && starts_letter(text, start + offset) {
            if character.is_uppercase() {
                first_upper |= offset == 0;
                upper += 1;
            } else {
                lower += 1;
            }
        } else if !(matches!(character, '\'' | '’') && contracts(text, start + offset)) {
            break;
        }
        end = start + offset + character.len_utf8();
    }
    Word { start, end, shape: shape(upper, lower, first_upper) }
}

fn shape(upper: usize, lower: usize, first_upper: bool) -> Shape {
    match (upper, lower) {
        (0, _) => Shape::Lower,
        (1, 0) => Shape::Initial,
        (_, 0) => Shape::Upper,
        (1, _) if first_upper => Shape::Capital,
        _ => Shape::Mixed,
    }
}

/// Whether the apostrophe at `at` stands inside a word and is not the possessive: don't, O'Neill.
fn contracts(text: &str, at: usize) -> bool {
    let rest = &text[at + text[at..].chars().next().map_or(1, char::len_utf8)..];
    let mut letters = rest.chars().map(|character| character.is_ascii_alphabetic());
    let (first, second) = (letters.next() == Some(true), letters.next() == Some(true));
    first && (second || !rest.starts_with(['s', 'S']))
}

/// Where initials with points end: U.S., a.m., J.D.
fn initials(bytes: &[u8], start: usize) -> Option<usize> {
    let mut end = start;
    while bytes.get(end).is_some_and(u8::is_ascii_alphabetic) && bytes.get(end + 1) == Some(&b'.') {
        end += 2;
    }
    let letters = (end - start) / 2;
    (letters >= 2 && !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric)).then_some(end)
}

fn possessive(text: &str, end: usize) -> usize {
    ["'s", "’s"].iter().find(|mark| text[end..].starts_with(**mark)).map_or(0, |mark| mark.len())
}
