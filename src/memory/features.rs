//! What a sentence is found by: pairs of neighbouring syllables and whole words, each a number of 32 bits.
//!
//! Pairs are taken across spaces and punctuation, so that neither hides a likeness; words and numbers interrupt them. With
//! that, one edit of a character takes away at most [`most_per_edit`] features that are no [`is_end`], which is what the
//! look-up's bound rests on: replacing X in "AXword" by a letter loses AX and "word".

use crate::memory::key::{Piece, Pieces, fingerprint, word_token};
use crate::text::{is_hangul, is_hanja};

/// The second half of a pair whose first syllable ends the text or stands before a word or a number.
const END: u32 = 11_172;

/// Bits of a syllable's number.
const SYLLABLE_BITS: u32 = 14;

/// Features of words start here; below are the pairs.
const WORDS: u32 = 1 << (2 * SYLLABLE_BITS);

/// What is seen of a text on the way through it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen<'a> {
    /// A piece of it.
    Piece(Piece<'a>),
    /// A feature that is a pair.
    Pair(u32),
    /// A feature that is a word or a number, with its letters.
    Word(u32, &'a str),
}

/// Goes through a folded text and calls back for every piece and every feature, repeated ones included. A text of nothing
/// but punctuation has one feature, itself.
#[inline]
pub fn walk<'a>(text: &'a str, mut take: impl FnMut(Seen<'a>)) {
    let mut before = None;
    let mut found = false;
    let mut pieces = Pieces::new(text);
    while let Some(piece) = pieces.next_piece() {
        take(Seen::Piece(piece));
        match piece {
            Piece::Number(word) | Piece::Word(word) => {
                found = true;
                if let Some(before) = before.take() {
                    take(Seen::Pair(pair(before, END)));
                }
                take(Seen::Word(word_feature(word), word));
            }
            Piece::Other(character) if is_hangul(character) || is_hanja(character) => {
                found = true;
                let syllable = syllable(character);
                if let Some(before) = before.replace(syllable) {
                    take(Seen::Pair(pair(before, syllable)));
                }
            }
            Piece::Space | Piece::Other(_) => {}
        }
    }
    if let Some(before) = before {
        take(Seen::Pair(pair(before, END)));
    }
    if !found && !text.is_empty() {
        take(Seen::Pair(word_feature(text)));
    }
}

/// Calls back for every feature of a folded text, repeated ones included; a word is handed along with its feature.
pub fn each_feature<'a>(text: &'a str, mut take: impl FnMut(u32, Option<&'a str>)) {
    walk(text, |seen| match seen {
        Seen::Piece(_) => {}
        Seen::Pair(feature) => take(feature, None),
        Seen::Word(feature, word) => take(feature, Some(word)),
    });
}

/// Calls back for every joint of a text: two neighbouring signs of ASCII without a space, one of which is no letter or digit,
/// whatever their case. They find what words cannot: "-r", "'_'". Left out are points and commas after letters or within numbers
/// and apostrophes beside letters, which nearly every text has. Texts are not compared by them.
pub fn each_joint(text: &str, mut take: impl FnMut(u32)) {
    let is_usual_after = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b',' | b'\'');
    for pair in text.as_bytes().windows(2) {
        let (first, second) = (pair[0], pair[1]);
        let is_usual = first.is_ascii_alphanumeric() && is_usual_after(second)
            || matches!(first, b'.' | b',') && second.is_ascii_digit()
            || first == b'\'' && second.is_ascii_alphanumeric();
        if !is_usual && first.is_ascii_graphic() && second.is_ascii_graphic() {
            take(joint(first.to_ascii_lowercase(), second.to_ascii_lowercase()));
        }
    }
}

/// The feature of a joint, among those of words.
fn joint(first: u8, second: u8) -> u32 {
    WORDS + fingerprint(std::str::from_utf8(&[b'\n', first, second]).unwrap_or("")) % (u32::MAX - WORDS)
}

/// The distinct features of a folded text that count when sentences are compared, ascending. Ends count only where there is
/// nothing else.
pub fn distinct(text: &str) -> Vec<u32> {
    let mut features = Vec::new();
    each_feature(text, |feature, _| features.push(feature));
    if features.iter().any(|feature| !is_end(*feature)) {
        features.retain(|feature| !is_end(*feature));
    }
    features.sort_unstable();
    features.dedup();
    features
}

/// The most distinct features of a folded text that one edit of a character can take away: two, and three where a number
/// touches a word, since then the edit can make one word of three pieces ("a1b").
pub fn most_per_edit(text: &str) -> usize {
    let mut pieces = Pieces::new(text);
    let mut before = None;
    while let Some(piece) = pieces.next_piece() {
        if matches!((before, piece), (Some(Piece::Number(_)), Piece::Word(_)) | (Some(Piece::Word(_)), Piece::Number(_))) {
            return 3;
        }
        before = Some(piece);
    }
    2
}

/// Whether a feature says only that a run of syllables ends.
pub fn is_end(feature: u32) -> bool {
    is_pair(feature) && feature & ((1 << SYLLABLE_BITS) - 1) == END
}

/// Whether a feature is a pair of syllables, and not a word.
pub fn is_pair(feature: u32) -> bool {
    feature < WORDS
}

/// The feature of a word or number, whatever its case.
pub fn word_feature(word: &str) -> u32 {
    WORDS + word_token(word) % (u32::MAX - WORDS)
}

/// All pairs that begin with a syllable, as a range of features: every text that has the syllable has one of them.
pub fn beginning_with(character: char) -> std::ops::RangeInclusive<u32> {
    let first = syllable(character);
    pair(first, 0)..=pair(first, (1 << SYLLABLE_BITS) - 1)
}

fn pair(first: u32, second: u32) -> u32 {
    first << SYLLABLE_BITS | second
}

/// Syllables have their own numbers; single letters of Hangul and Chinese characters share those that are left.
fn syllable(character: char) -> u32 {
    let code = character as u32;
    match character {
        '\u{AC00}'..='\u{D7A3}' => code - 0xAC00,
        _ => END + 1 + code.wrapping_mul(0x9E37_79B1) % ((1 << SYLLABLE_BITS) - END - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        distinct(text).len()
    }

    #[test]
    fn spaces_and_punctuation_change_nothing() {
        assert_eq!(distinct("한미 동맹"), distinct("한·미동맹"));
        assert_eq!(distinct("The treaty, signed."), distinct("the treaty signed"));
    }

    #[test]
    fn every_text_but_the_empty_one_has_a_feature() {
        assert_eq!((count(""), count("…"), count("네"), count("북러 조약"), count("THAAD 배치")), (0, 1, 1, 3, 2));
    }

    #[test]
    fn a_syllable_is_found_wherever_it_stands() {
        for text in ["핵", "북핵 THAAD", "핵무기", "핵 3"] {
            let mut found = false;
            each_feature(text, |feature, _| found |= beginning_with('핵').contains(&feature));
            assert!(found, "{text}");
        }
    }

    #[test]
    fn joints_are_signs_beside_each_other() {
        let count = |text: &str| {
            let mut joints = Vec::new();
            each_joint(text, |joint| joints.push(joint));
            joints.len()
        };
        let cases = [
            ("and -r", 1),
            ("'_' option", 2),
            ("Yes, 1,000.5 of it.", 0),
            ("U.S.", 1),
            ("don't", 0),
            ("s, n)", 1),
            ("가-나", 0),
            ("a\u{1}-", 0),
        ];
        for (text, expected) in cases {
            assert_eq!(count(text), expected, "{text}");
        }
    }

    #[test]
    fn pairs_and_words_do_not_meet() {
        let features = distinct("핵 nuclear");
        assert!(features.len() == 1 && !is_pair(features[0]));
        assert!(distinct("핵무기").into_iter().all(is_pair));
    }
}
