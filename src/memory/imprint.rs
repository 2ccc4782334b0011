//! What is kept of a whole text so that it is found again at once: its length and its fingerprints.

use crate::memory::features::{Seen, walk};
use crate::memory::key::{Metric, Piece, folded, lower, mix};
use crate::text::{is_hangul, is_hanja};
use memchr::memmem::Finder;

/// Length and fingerprints of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Imprint {
    /// Of its tokens by the metric, with numbers masked.
    pub masked: u32,
    /// Of the text as it stands, but for composition and the amount of white space.
    pub exact: u16,
    /// Tokens by the metric.
    pub length: u32,
}

/// Makes imprints, using the same room for all of them.
#[derive(Clone, Debug)]
pub struct Press {
    /// The text with numbers masked and small letters, as the metric sees it.
    normal: Vec<u8>,
    length: u32,
    space: bool,
    doubled_space: Finder<'static>,
}

impl Default for Press {
    fn default() -> Press {
        Press { normal: Vec::new(), length: 0, space: false, doubled_space: Finder::new("  ") }
    }
}

/// Stands for any number; no text has it.
const ANY_NUMBER: u8 = 0xFF;

/// Ends a word; no text has it.
const WORD_END: u8 = 0xFE;

impl Press {
    /// The imprint of a text.
    pub fn imprint(&mut self, text: &str, metric: Metric) -> Imprint {
        let folded = folded(text);
        self.press(&folded, mix(folded.as_bytes()), metric, |_| {})
    }

    /// The imprint of a folded text and its [`mix`]; calls back for all that is seen on the way.
    #[inline]
    pub fn press<'a>(&mut self, folded: &'a str, mixed: u64, metric: Metric, mut take: impl FnMut(Seen<'a>)) -> Imprint {
        self.normal.clear();
        (self.length, self.space) = (0, false);
        walk(folded, |seen| {
            if let Seen::Piece(piece) = seen {
                match metric {
                    Metric::Syllables => self.syllables(piece),
                    Metric::Words => self.words(piece),
                }
            }
            take(seen);
        });
        if self.length == 0 {
            folded.chars().filter(|character| *character != ' ').for_each(|character| self.character(character));
        }
        let masked = (mix(&self.normal) >> 32) as u32;
        Imprint { masked, exact: self.exact(folded, mixed), length: self.length }
    }

    fn syllables(&mut self, piece: Piece) {
        if piece == Piece::Space {
            self.space = self.length > 0;
            return;
        }
        if std::mem::take(&mut self.space) {
            self.normal.push(b' ');
            self.length += 1;
        }
        match piece {
            Piece::Space => {}
            Piece::Number(number) => {
                self.normal.push(ANY_NUMBER);
                self.length += number.len() as u32;
            }
            Piece::Word(word) => self.length += self.letters(word),
            Piece::Other(character) => self.character(character),
        }
    }

    fn words(&mut self, piece: Piece) {
        match piece {
            Piece::Space => return,
            Piece::Number(_) => self.normal.push(ANY_NUMBER),
            Piece::Word(word) => {
                self.letters(word);
            }
            Piece::Other(character) if is_hangul(character) || is_hanja(character) => return self.character(character),
            Piece::Other(_) => return,
        }
        self.normal.push(WORD_END);
        self.length += 1;
    }

    /// Writes a word in small letters; gives its length in characters.
    fn letters(&mut self, word: &str) -> u32 {
        if word.is_ascii() {
            let start = self.normal.len();
            self.normal.extend_from_slice(word.as_bytes());
            self.normal[start..].make_ascii_lowercase();
            return word.len() as u32;
        }
        let before = self.length;
        word.chars().for_each(|character| self.character(character));
        std::mem::replace(&mut self.length, before) - before
    }

    #[inline]
    fn character(&mut self, character: char) {
        let small = match character {
            '\u{AC00}'..='\u{D7A3}' => character,
            _ => char::from_u32(lower(character)).unwrap_or(character),
        };
        self.normal.extend_from_slice(small.encode_utf8(&mut [0; 4]).as_bytes());
        self.length += 1;
    }

    fn exact(&self, folded: &str, mixed: u64) -> u16 {
        let plainly_spaced = !folded.starts_with(' ') && !folded.ends_with(' ') && self.doubled_space.find(folded.as_bytes()).is_none();
        if plainly_spaced {
            return mixed as u16;
        }
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        mix(words.join(" ").as_bytes()) as u16
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::key::{Key, View};

    fn imprint(text: &str) -> Imprint {
        Press::default().imprint(text, Metric::Syllables)
    }

    #[test]
    fn numbers_change_the_exact_imprint_alone() {
        let (one, other) = (imprint("제3조 1,000명"), imprint("제12조 5명"));
        assert_eq!(one.masked, other.masked);
        assert_ne!(one.exact, other.exact);
        assert_ne!(one.masked, imprint("제조 명").masked);
    }

    #[test]
    fn white_space_at_the_ends_and_doubled_changes_nothing() {
        assert_eq!(imprint(" 북러  조약\n"), imprint("북러 조약"));
    }

    #[test]
    fn lengths_and_masks_are_those_of_keys() {
        let texts =
            ["", "…", "  ", "북러 조약 ", "THAAD 3기, 1,847명", "thaad 2기, 5명", "don’t É 漢字", "a1b2 c", "A7B8 c", "ÀB cd", "àb cd"];
        for metric in [Metric::Syllables, Metric::Words] {
            for left in texts {
                let imprint = Press::default().imprint(left, metric);
                assert_eq!(imprint.length as usize, Key::new(left, metric).tokens.len(), "{left:?}");
                for right in texts {
                    let same = Key::seen(left, metric, View::Masked) == Key::seen(right, metric, View::Masked);
                    assert_eq!(imprint.masked == Press::default().imprint(right, metric).masked, same, "{left:?} {right:?}");
                }
            }
        }
    }
}
