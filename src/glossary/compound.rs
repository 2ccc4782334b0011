//! Whether a part of an eojeol reads as words of its own: what tells 한미·동맹 from 주·한미·군.

use crate::glossary::lexicon::{self, Chain};
use crate::word::korean::{follows_noun, is_particle};

/// Whether a character belongs to a word: as `is_alphanumeric`, but without its table for the characters met most.
pub fn is_word_character(character: char) -> bool {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '가'..='힣' => true,
        '\0'..='\u{A9}' | '\u{B7}' | '\u{2000}'..='\u{206F}' => false,
        _ => character.is_alphanumeric(),
    }
}

/// Whether `text`, a run of Hangul, is known words of two syllables or more in a row, with particles or endings at its end.
pub fn reads_as_words(text: &str) -> bool {
    match lexicon::chain(text, follows_noun) {
        Chain::None => false,
        Chain::Noun => true,
        Chain::Doubtful => reach(text).into_iter().any(|at| follows_noun(&text[at..])),
    }
}

/// Whether `text` is known words of two syllables or more in a row and nothing else.
pub fn reads_as_bare_words(text: &str) -> bool {
    match lexicon::chain(text, str::is_empty) {
        Chain::None => false,
        Chain::Noun => true,
        Chain::Doubtful => reach(text).contains(&text.len()),
    }
}

/// Whether `tail` can follow a noun without changing what it means: particles, the copula.
pub fn is_tail(tail: &str) -> bool {
    tail.is_empty() || is_particle(tail)
}

/// The bytes at which a chain of known words of two syllables or more, begun at the start of `text`, may end.
fn reach(text: &str) -> Vec<usize> {
    let mut hits = lexicon::find(text);
    hits.retain(|hit| text[hit.start..hit.end].chars().nth(1).is_some());
    hits.sort_by_key(|hit| (hit.start, hit.end));
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    for hit in &hits {
        reached[hit.end] |= reached[hit.start];
    }
    (1..=text.len()).filter(|&at| reached[at]).collect()
}
