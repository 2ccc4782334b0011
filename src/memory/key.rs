//! A sentence as it is compared: syllables for Korean, words for English, without case.

use crate::text::{Folded, Language, is_hangul, is_hanja};
use std::borrow::Cow;

/// What a sentence is counted in when it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Characters, so that a particle more or less weighs little.
    Syllables,
    /// Words and numbers; punctuation does not count.
    Words,
}

impl Metric {
    /// What a text is compared by: syllables if it is Korean, words if not.
    pub fn of(text: &str) -> Metric {
        match Language::detect(text) {
            Some(Language::Korean) => Metric::Syllables,
            _ => Metric::Words,
        }
    }
}

/// A sentence as tokens to compare. Two sentences are compared by the metric of the query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    /// A number for each syllable or word, in order. For syllables it is the character, for words a fingerprint.
    pub tokens: Vec<u32>,
}

/// How numbers and spaces are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// As they stand.
    Plain,
    /// Spaces do not count.
    Spaceless,
    /// Every number is the same number.
    Masked,
}

/// The token that stands for any number in [`View::Masked`]; no character and, in all likelihood, no word has it.
const ANY_NUMBER: u32 = u32::MAX;

impl Key {
    /// Tokens of a text as it stands.
    pub fn new(text: &str, metric: Metric) -> Key {
        Key::seen(text, metric, View::Plain)
    }

    /// Tokens of a text in one of its views.
    pub fn seen(text: &str, metric: Metric, view: View) -> Key {
        let mut key = Key::default();
        key.fill(text, metric, view);
        key
    }

    /// Replaces the tokens by those of another text, without a new allocation.
    pub fn fill(&mut self, text: &str, metric: Metric, view: View) {
        self.fill_folded(&folded(text), metric, view);
    }

    /// The same for a text that is folded already.
    pub fn fill_folded(&mut self, folded: &str, metric: Metric, view: View) {
        self.tokens.clear();
        match (metric, view) {
            (Metric::Syllables, _) | (Metric::Words, View::Spaceless) => self.fill_syllables(folded, view),
            (Metric::Words, _) => self.fill_words(folded, view),
        }
    }

    fn fill_syllables(&mut self, text: &str, view: View) {
        let mut characters = Pieces::new(text);
        let mut space = false;
        while let Some(piece) = characters.next_piece() {
            match piece {
                Piece::Space => space = view != View::Spaceless && !self.tokens.is_empty(),
                Piece::Number(number) => {
                    self.open(&mut space);
                    match view {
                        View::Masked => self.tokens.push(ANY_NUMBER),
                        _ => self.tokens.extend(number.bytes().map(u32::from)),
                    }
                }
                Piece::Word(word) => {
                    self.open(&mut space);
                    self.tokens.extend(word.chars().map(lower));
                }
                Piece::Other(character) => {
                    self.open(&mut space);
                    self.tokens.push(lower(character));
                }
            }
        }
    }

    /// Writes the space that is due before the next token; spaces at the end are never written.
    fn open(&mut self, space: &mut bool) {
        if std::mem::take(space) {
            self.tokens.push(u32::from(' '));
        }
    }

    fn fill_words(&mut self, text: &str, view: View) {
        let mut pieces = Pieces::new(text);
        while let Some(piece) = pieces.next_piece() {
            match piece {
                Piece::Space => {}
                Piece::Number(_) if view == View::Masked => self.tokens.push(ANY_NUMBER),
                Piece::Number(number) => self.tokens.push(word_token(number)),
                Piece::Word(word) => self.tokens.push(word_token(word)),
                Piece::Other(character) if is_hangul(character) || is_hanja(character) => self.tokens.push(character as u32),
                Piece::Other(_) => {}
            }
        }
        if self.tokens.is_empty() {
            self.tokens.extend(text.chars().filter(|character| *character != ' ').map(u32::from));
        }
    }
}

/// The text with composed Hangul and plain spaces and forms; nearly always the text itself.
pub fn folded(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.bytes().any(|byte| !(b' '..=b'~').contains(&byte)) || text.chars().all(is_folded) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(Folded::new(text).text().to_string())
}

/// Whether a character is one of the usual ones that folding leaves alone beside each other: none of them is a space but the
/// plain one, invisible, or composed with what stands beside it.
fn is_folded(character: char) -> bool {
    let is_usual =
        |character| matches!(character, '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{17F}' | '\u{2010}'..='\u{2027}' | '\u{3008}'..='\u{3011}');
    matches!(character, ' '..='~' | '\u{AC00}'..='\u{D7A3}') || is_usual(character)
}

/// A number that stays the same for the same text for ever: it is stored. Words and spaces count as they are.
pub fn fingerprint(text: &str) -> u32 {
    let hash = mix(text.as_bytes());
    (hash >> 32) as u32
}

/// Mixes bytes into 64 bits. Stored in files, so it must never change: multiply and fold, eight bytes at a time.
pub fn mix(bytes: &[u8]) -> u64 {
    const FIRST: u64 = 0x9E37_79B9_7F4A_7C15;
    const SECOND: u64 = 0xD6E8_FEB8_6659_FD93;
    let mut hash = FIRST ^ (bytes.len() as u64).wrapping_mul(SECOND);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        hash = fold(hash ^ u64::from_le_bytes(chunk.try_into().expect("chunks of eight")), FIRST);
    }
    let mut last = [0; 8];
    last[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    fold(fold(hash ^ u64::from_le_bytes(last), FIRST), SECOND)
}

fn fold(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right);
    (product as u64) ^ ((product >> 64) as u64)
}

/// The token of a word, whatever its case.
pub fn word_token(word: &str) -> u32 {
    let mut small = [0_u8; 32];
    if word.len() <= small.len() && word.is_ascii() {
        let small = &mut small[..word.len()];
        small.copy_from_slice(word.as_bytes());
        small.make_ascii_lowercase();
        return fingerprint_of(small);
    }
    fingerprint_of(word.to_lowercase().as_bytes())
}

fn fingerprint_of(bytes: &[u8]) -> u32 {
    (mix(bytes) >> 32) as u32
}

/// The small letter of a character, as far as that is one character.
pub fn lower(character: char) -> u32 {
    match character {
        'A'..='Z' => character as u32 + 32,
        _ if character.is_ascii() || is_hangul(character) => character as u32,
        _ => character.to_lowercase().next().map_or(character as u32, |small| small as u32),
    }
}

/// A part of a folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// White space, however much.
    Space,
    /// Digits, with points and commas between them.
    Number(&'a str),
    /// Letters of a script that writes words, with apostrophes inside.
    Word(&'a str),
    /// Any other character: a Hangul syllable, a Chinese character, punctuation.
    Other(char),
}

/// Cuts a folded text into pieces.
pub struct Pieces<'a> {
    text: &'a str,
}

impl<'a> Pieces<'a> {
    /// Starts at the beginning of a folded text.
    pub fn new(text: &'a str) -> Pieces<'a> {
        Pieces { text }
    }

    /// The next piece, and moves on.
    #[inline]
    pub fn next_piece(&mut self) -> Option<Piece<'a>> {
        let bytes = self.text.as_bytes();
        let first = *bytes.first()?;
        match first {
            b' ' => {
                let length = bytes.iter().take_while(|byte| **byte == b' ').count();
                self.take(length);
                Some(Piece::Space)
            }
            b'0'..=b'9' => Some(Piece::Number(self.take(number_length(bytes)))),
            b'a'..=b'z' | b'A'..=b'Z' => Some(Piece::Word(self.take(word_length(self.text)))),
            0..0x80 => {
                self.take(1);
                Some(Piece::Other(char::from(first)))
            }
            _ => {
                let first = self.text.chars().next()?;
                if matches!(first, '\u{AC00}'..='\u{D7A3}') {
                    self.text = &self.text[3..];
                    return Some(Piece::Other(first));
                }
                if is_letter(first) {
                    return Some(Piece::Word(self.take(word_length(self.text))));
                }
                self.take(first.len_utf8());
                Some(Piece::Other(first))
            }
        }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (piece, rest) = self.text.split_at(length);
        self.text = rest;
        piece
    }
}

/// Whether a character belongs to a script that writes words. Syllables are told first: the general table is slow.
fn is_letter(character: char) -> bool {
    match character {
        '\0'..='\x7F' => character.is_ascii_alphabetic(),
        '\u{AC00}'..='\u{D7A3}' => false,
        _ => character.is_alphabetic() && !is_hangul(character) && !is_hanja(character),
    }
}

fn number_length(bytes: &[u8]) -> usize {
    let mut end = 0;
    while end < bytes.len() {
        let digit_follows = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if bytes[end].is_ascii_digit() || matches!(bytes[end], b'.' | b',') && digit_follows {
            end += 1;
        } else {
            break;
        }
    }
    end
}

fn word_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        if bytes[at].is_ascii() && bytes[at] != b'\'' {
            break;
        }
        let mut characters = text[at..].chars();
        let Some(character) = characters.next() else { break };
        let joins = matches!(character, '\'' | '’') && characters.next().is_some_and(is_letter);
        if !joins && !is_letter(character) {
            break;
        }
        at += character.len_utf8();
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<Piece<'_>> {
        let mut pieces = Pieces::new(text);
        std::iter::from_fn(|| pieces.next_piece()).collect()
    }

    #[test]
    fn numbers_keep_their_points_and_words_their_apostrophes() {
        assert_eq!(pieces("don't 1,847."), [Piece::Word("don't"), Piece::Space, Piece::Number("1,847"), Piece::Other('.')]);
        assert_eq!(pieces("F35A"), [Piece::Word("F"), Piece::Number("35"), Piece::Word("A")]);
    }

    #[test]
    fn case_spaces_and_composition_do_not_make_another_sentence() {
        assert_eq!(Key::new(" THAAD  배치", Metric::Syllables), Key::new("thaad 배치 ", Metric::Syllables));
        assert_eq!(Key::new("The treaty, signed.", Metric::Words), Key::new("the treaty signed", Metric::Words));
        assert_eq!(Key::new("\u{1112}\u{1161}\u{11AB}미", Metric::Syllables), Key::new("한미", Metric::Syllables));
    }

    #[test]
    fn usual_characters_fold_to_themselves() {
        for character in ('\0'..='\u{FFFF}').filter(|character| is_folded(*character)) {
            let text = format!("a{character}\u{AC00}{character}");
            assert_eq!(Folded::new(&text).text(), text);
        }
    }

    #[test]
    fn a_masked_number_is_any_number() {
        for metric in [Metric::Syllables, Metric::Words] {
            assert_eq!(Key::seen("1,847명 in 2024", metric, View::Masked), Key::seen("3명 in 1950", metric, View::Masked));
        }
    }

    #[test]
    fn punctuation_alone_is_compared_by_its_characters() {
        assert_ne!(Key::new("->", Metric::Words), Key::new("<-", Metric::Words));
    }

    #[test]
    fn stored_fingerprints_never_change() {
        assert_eq!(
            (fingerprint(""), fingerprint("treaty"), fingerprint("북러 조약을 맺었다.")),
            (2_920_117_317, 3_474_299_984, 1_647_630_309)
        );
    }
}
