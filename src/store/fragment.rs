//! The longest pieces of a sentence that the memory has, for sentences to which nothing whole is near.

use crate::memory::fragment::locate;
use crate::memory::{Class, Needle, Query};
use crate::store::look_up::{Asked, LookUp, Needles};
use crate::store::{Answer, Result};
use crate::text::{Span, is_hangul, is_hanja};

/// A piece of a query that the memory has.
#[derive(Clone, Debug, PartialEq)]
pub struct Fragment {
    /// The piece, in bytes of the query.
    pub span: Span,
    /// The sentence that it makes up most of.
    pub answer: Answer,
    /// Where its translation lies in the other language's text of that unit, if that can be told.
    pub translation: Option<Span>,
    /// Sentences that have it, counted up to [`MOST_SENTENCES`].
    pub count: usize,
}

/// Sentences with a piece that are compared to find its translation.
pub const MOST_SENTENCES: usize = 30;

/// Pieces that are told.
const MOST_FRAGMENTS: usize = 5;

/// Words of a query that are looked at; a longer one is no sentence.
const MOST_WORDS: usize = 200;

impl LookUp<'_> {
    /// The longest pieces of a text that sentences of its language have, none of which lies in another, in the order of the text.
    pub fn fragments(&mut self, text: &str, asked: &Asked) -> Result<Vec<Fragment>> {
        let words = words(text);
        let mut pieces: Vec<Span> = Vec::new();
        let (mut first, mut end) = (0, 0);
        while first < words.len() {
            end = end.max(first);
            while end < words.len() && self.has(&text[words[first].start..words[end].end], asked)? {
                end += 1;
            }
            if end > first {
                let mut piece = Span::new(words[first].start, words[end - 1].end);
                piece.end = self.grown(text, piece, words.get(end).copied(), asked)?;
                if pieces.last().is_none_or(|last| piece.end > last.end) {
                    pieces.push(piece);
                }
            }
            first += 1;
        }
        pieces.retain(|piece| says_something(piece.of(text)));
        pieces.sort_by_key(|piece| (std::cmp::Reverse(piece.of(text).chars().count()), piece.start));
        let mut chosen: Vec<Span> = Vec::new();
        for piece in pieces {
            if chosen.len() < MOST_FRAGMENTS && !chosen.iter().any(|known| known.overlaps(piece)) {
                chosen.push(piece);
            }
        }
        chosen.sort();
        let fragments = chosen.into_iter().map(|piece| self.fragment(text, piece, asked));
        fragments.filter_map(Result::transpose).collect()
    }

    /// A Korean piece goes on into the next word as long as that is found too: up to the particle that differs.
    fn grown(&mut self, text: &str, piece: Span, next: Option<Span>, asked: &Asked) -> Result<usize> {
        let mut end = piece.end;
        let Some(next) = next else { return Ok(end) };
        for (at, character) in next.of(text).char_indices() {
            let longer = next.start + at + character.len_utf8();
            if !is_hangul(character) || !self.has(&text[piece.start..longer], asked)? {
                break;
            }
            end = longer;
        }
        // One syllable more is chance.
        if text[piece.end..end].trim().chars().count() < 2 { Ok(piece.end) } else { Ok(end) }
    }

    fn has(&mut self, piece: &str, asked: &Asked) -> Result<bool> {
        Ok(!self.holding(piece, 1, asked)?.is_empty())
    }

    fn holding(&mut self, piece: &str, limit: usize, asked: &Asked) -> Result<Vec<Answer>> {
        let mut query = Query::new(piece, None);
        let asked = Asked { limit, whole: false, ..asked.clone() };
        let Some(needle) = Needle::piece(piece).map(Needle::from_word) else { return Ok(Vec::new()) };
        let needles = Needles::of_one_side(needle, &query);
        let mut answers = self.find_with(&mut query, &asked, &needles)?;
        answers.retain(|answer| answer.hit.class == Class::Concordance);
        Ok(answers)
    }

    fn fragment(&mut self, text: &str, span: Span, asked: &Asked) -> Result<Option<Fragment>> {
        let piece = span.of(text);
        let mut answers = self.holding(piece, MOST_SENTENCES, asked)?;
        if answers.is_empty() {
            return Ok(None);
        }
        let count = answers.len();
        let answer = answers.remove(0);
        let is_korean = Query::new(piece, None).is_korean();
        let other = |answer: &Answer| if is_korean { answer.unit.unit.target.clone() } else { answer.unit.unit.source.clone() };
        let others: Vec<String> = answers.iter().map(other).collect();
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        let translation = locate(piece, &other(&answer), &others);
        Ok(Some(Fragment { span, answer, translation, count }))
    }
}

/// The words of a text without the punctuation around them.
fn words(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split_whitespace().take(MOST_WORDS) {
        let start = at + text[at..].find(word).unwrap_or(0);
        at = start + word.len();
        let inner = word.trim_matches(|character: char| !character.is_alphanumeric());
        if let Some(offset) = word.find(inner).filter(|_| !inner.is_empty()) {
            words.push(Span::new(start + offset, start + offset + inner.len()));
        }
    }
    words
}

/// Whether a piece is more than what every text has: two words, of Korean four syllables, of English two longer words.
fn says_something(piece: &str) -> bool {
    let syllables = piece.chars().filter(|character| is_hangul(*character) || is_hanja(*character)).count();
    let long_words = piece.split_whitespace().filter(|word| word.chars().filter(char::is_ascii_alphabetic).count() >= 4).count();
    syllables >= 4 || long_words >= 2 || syllables >= 2 && long_words >= 1
}
