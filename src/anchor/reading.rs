//! One segment while its anchors are being read: its text, its words and numerals, and which bytes are taken.

use super::numeral::{self, Numeral};
use super::words::{Word, words};
use super::{Anchor, Context, Fact};
use crate::document::Kind;
use crate::text::{Language, Span};

/// A segment that is being read.
pub struct Reading<'a> {
    /// The folded text.
    pub text: &'a str,
    /// Its language.
    pub language: Language,
    /// What the segment is.
    pub kind: Kind,
    /// What is known of the document and its partner.
    pub context: &'a Context,
    /// The words, in an English text.
    pub words: Vec<Word>,
    /// The numerals.
    pub numerals: Vec<Numeral>,
    taken: Vec<bool>,
    anchors: Vec<Anchor>,
}

impl<'a> Reading<'a> {
    /// Begins to read a segment.
    pub fn new(text: &'a str, language: Language, kind: Kind, context: &'a Context) -> Reading<'a> {
        let (words, numerals) = match language {
            Language::Korean => (Vec::new(), numeral::korean::numerals(text)),
            Language::English => {
                let words = words(text);
                let numerals = numeral::english::numerals(text, &words);
                (words, numerals)
            }
        };
        let mut taken = vec![false; text.len()];
        if language == Language::English {
            taken[..dateline(text)].fill(true);
        }
        Reading { text, language, kind, context, words, numerals, taken, anchors: Vec::new() }
    }

    /// Whether no anchor has taken any byte of a span.
    pub fn is_free(&self, span: Span) -> bool {
        !self.taken[span.start..span.end].contains(&true)
    }

    /// Adds an anchor and takes its words.
    pub fn add(&mut self, kind: &'static str, span: Span, value: String, keys: Vec<u64>, fact: Fact) {
        self.taken[span.start..span.end].fill(true);
        self.anchors.push(Anchor { kind, span, value, keys, fact });
    }

    /// Makes one anchor of two neighbours of a kind where a function gives what they are together: its value, keys and fact.
    pub fn join(&mut self, together: impl Fn(&Reading, &Anchor, &Anchor) -> Option<(String, Vec<u64>, Fact)>) {
        let mut anchors = std::mem::take(&mut self.anchors);
        anchors.sort_by_key(|anchor| anchor.span);
        let mut joined: Vec<Anchor> = Vec::with_capacity(anchors.len());
        for second in anchors {
            match joined.last_mut().and_then(|first| Some((together(self, first, &second)?, first))) {
                Some(((value, keys, fact), first)) => {
                    *first = Anchor { kind: first.kind, span: Span::new(first.span.start, second.span.end), value, keys, fact };
                }
                None => joined.push(second),
            }
        }
        self.anchors = joined;
    }

    /// The numerals that are still free, with their indices.
    pub fn free_numerals(&self) -> Vec<Numeral> {
        self.numerals.iter().copied().filter(|numeral| self.is_free(numeral.span)).collect()
    }

    /// The text before a byte.
    pub fn before(&self, at: usize) -> &'a str {
        &self.text[..at]
    }

    /// The text from a byte on.
    pub fn after(&self, at: usize) -> &'a str {
        &self.text[at..]
    }

    /// The index of the first word that begins at or after a byte.
    pub fn word_from(&self, at: usize) -> usize {
        self.words.partition_point(|word| word.start < at)
    }

    /// A word by index, or nothing.
    pub fn word(&self, index: usize) -> &'a str {
        self.words.get(index).map_or("", |word| word.of(self.text))
    }

    /// What stands between a word and the one before it; "|" at either end.
    pub fn gap(&self, index: usize) -> &'a str {
        match (index.checked_sub(1).and_then(|before| self.words.get(before)), self.words.get(index)) {
            (Some(before), Some(word)) => &self.text[before.end..word.start],
            _ => "|",
        }
    }

    /// All anchors in text order.
    pub fn finish(mut self) -> Vec<Anchor> {
        self.anchors.sort_by_key(|anchor| anchor.span);
        self.anchors.shrink_to_fit();
        self.anchors
    }
}

/// Bytes of the dateline at the start of a news report: "SEOUL, South Korea (Yonhap) —". It is no statement.
fn dateline(text: &str) -> usize {
    let Some(open) = text.bytes().take(48).position(|byte| byte == b'(') else { return 0 };
    let Some(length) = text[open..].find(')').filter(|length| *length <= 14) else { return 0 };
    let place = text[..open].split(',').next().unwrap_or("").trim();
    let is_place =
        text[..open].is_empty() || place.len() > 2 && place.bytes().all(|byte| byte.is_ascii_uppercase() || b" .-'".contains(&byte));
    let agency = &text[open + 1..open + length];
    let is_agency = agency.len() >= 2
        && agency.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
        && agency.starts_with(|letter: char| letter.is_ascii_uppercase());
    if is_place && is_agency { open + length + 1 } else { 0 }
}

/// The runs of Hangul syllables of a text: first byte, byte after the last.
pub fn hangul_runs(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !is_hangul_lead(text, at) {
            at += 1;
        }
        let start = at;
        while at < bytes.len() && is_hangul_lead(text, at) {
            at += 3;
        }
        (at > start).then_some((start, at))
    })
}

/// Whether a Hangul syllable (U+AC00 to U+D7A3) begins at a byte.
fn is_hangul_lead(text: &str, at: usize) -> bool {
    match text.as_bytes()[at] {
        0xEB | 0xEC => true,
        0xEA => text.as_bytes()[at + 1] >= 0xB0,
        0xED => text.as_bytes()[at + 1] < 0x9E || text.as_bytes()[at + 1] == 0x9E && text.as_bytes()[at + 2] <= 0xA3,
        _ => false,
    }
}
