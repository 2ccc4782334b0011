//! What concordance looks for: a piece of text, several words, or a pattern.

use crate::memory::Class;
use crate::memory::features;
use crate::memory::key::{Key, Metric, Piece, Pieces, folded};
use crate::text::{is_hangul, is_hanja};
use memchr::memmem::Finder;
use regex::Regex;
use std::borrow::Cow;

/// What concordance looks for.
#[derive(Clone, Debug)]
pub struct Needle {
    class: Class,
    /// Pieces that a text must have, normalised (see [`normal`]).
    pieces: Vec<Finder<'static>>,
    /// Words and numbers in small letters that a text must have as such. Of several words looked for anywhere those of scripts
    /// that write words are taken whole: nearly every sentence has "no" in some word.
    words: Vec<String>,
    /// What the text as it stands must match besides.
    pattern: Option<Regex>,
    /// The text whose length is compared with that of the sentence.
    measured: String,
    /// What a text of nothing but ASCII must have as it stands.
    ascii: Option<Ascii>,
    /// Whether a piece that begins with a word or number is found at the beginning of one alone.
    from_word: bool,
}

/// Some characters without white space, all of them ASCII, that a text must have in whatever case.
#[derive(Clone, Debug)]
struct Ascii {
    letters: Vec<u8>,
    /// The one that is looked for, being the rarest.
    rarest: usize,
}

/// Features one of which a text must have to hold a needle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// This one.
    Feature(u32),
    /// One of a range: a syllable whatever follows it.
    Range(u32, u32),
    /// The feature of one of the words that look so.
    Word(WordPart),
}

/// What is known of a word: some of its letters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WordPart {
    /// The letters, small.
    pub letters: String,
    /// Whether the word begins with them.
    pub from_start: bool,
    /// Whether it ends with them.
    pub to_end: bool,
}

impl WordPart {
    /// Whether a word (in small letters) looks so.
    pub fn fits(&self, word: &str) -> bool {
        match (self.from_start, self.to_end) {
            (true, true) => word == self.letters,
            (true, false) => word.starts_with(&self.letters),
            (false, true) => word.ends_with(&self.letters),
            (false, false) => word.contains(&self.letters),
        }
    }
}

/// The most words for which sentences are found that have them in any order.
const MOST_WORDS: usize = 6;

impl Needle {
    /// A piece of text as it stands; `None` for one of nothing but white space.
    pub fn piece(text: &str) -> Option<Needle> {
        let normal = normal(&folded(text)).into_owned();
        let pieces = vec![Finder::new(normal.as_bytes()).into_owned()];
        (!normal.is_empty()).then(|| Needle::new(Class::Concordance, pieces, Vec::new(), None, text.to_string()))
    }

    /// Several words in any order; `None` for one word or many.
    pub fn words(text: &str) -> Option<Needle> {
        let words: Vec<&str> = text.split_whitespace().collect();
        if !(2..=MOST_WORDS).contains(&words.len()) {
            return None;
        }
        let normals = words.iter().map(|word| normal(&folded(word)).into_owned());
        let (whole, parts): (Vec<String>, Vec<String>) = normals.partition(|word| whole_words(word).is_some());
        let pieces = parts.iter().map(|part| Finder::new(part.as_bytes()).into_owned()).collect();
        let words: Vec<String> = whole.iter().filter_map(|word| whole_words(word)).flatten().collect();
        let needle = Needle::new(Class::Words, pieces, words, None, text.to_string());
        (needle.pieces.len() + needle.words.len() >= 2).then_some(needle)
    }

    /// A pattern. The longest pieces that every match must have are looked for first.
    pub fn pattern(pattern: Regex) -> Needle {
        let literals = literals(pattern.as_str());
        let measured = literals.iter().max_by_key(|literal| literal.chars().count()).cloned().unwrap_or_default();
        let normals = literals.iter().map(|literal| normal(&folded(literal)).into_owned()).filter(|normal| !normal.is_empty());
        let pieces = normals.map(|normal| Finder::new(normal.as_bytes()).into_owned()).collect();
        Needle::new(Class::Concordance, pieces, Vec::new(), Some(pattern), measured)
    }

    fn new(class: Class, pieces: Vec<Finder<'static>>, words: Vec<String>, pattern: Option<Regex>, measured: String) -> Needle {
        let ascii = pieces.iter().map(|piece| piece.needle()).chain(words.iter().map(String::as_bytes)).find_map(Ascii::new);
        Needle { class, pieces, words, pattern, measured, ascii, from_word: false }
    }

    /// The same piece, found only where a word or number begins if it begins with one: "now" is not in "know". Syllables of
    /// Korean are found anywhere.
    pub fn from_word(self) -> Needle {
        let first = self.pieces.first().and_then(|piece| std::str::from_utf8(piece.needle()).ok()?.chars().next());
        Needle { from_word: first.is_some_and(|first| first.is_alphanumeric() && !closes_up(first)), ..self }
    }

    /// Which class its hits are.
    pub fn class(&self) -> Class {
        self.class
    }

    /// Whether a text may hold it, told at once of texts of nothing but ASCII.
    pub fn may_be_in(&self, text: &[u8]) -> bool {
        self.ascii.as_ref().is_none_or(|ascii| ascii.is_in(text) || !text.is_ascii())
    }

    /// Whether a text holds it.
    pub fn is_in(&self, text: &str) -> bool {
        if !self.may_be_in(text.as_bytes()) {
            return false;
        }
        let folded = folded(text);
        let normal = normal(&folded);
        self.pieces.iter().all(|piece| self.has_piece(&normal, piece))
            && self.words.iter().all(|word| has_word(&normal, word))
            && self.pattern.as_ref().is_none_or(|pattern| pattern.is_match(text))
    }

    fn has_piece(&self, normal: &str, piece: &Finder) -> bool {
        let goes_on = |before: char| before.is_alphanumeric() && !closes_up(before) || joins(before);
        let mut places = piece.find_iter(normal.as_bytes());
        places.any(|at| !self.from_word || !normal[..at].chars().next_back().is_some_and(goes_on))
    }

    /// Its length in tokens.
    pub fn length(&self, metric: Metric) -> usize {
        Key::new(&self.measured, metric).tokens.len()
    }

    /// The score of a sentence of this length that holds it: the share it makes up.
    pub fn score(length: usize, sentence_length: usize) -> f64 {
        (length as f64 / sentence_length.max(1) as f64).min(0.99)
    }

    /// What every text that is measured so and holds it has.
    pub fn wanted(&self, metric: Metric) -> Vec<Wanted> {
        let mut wanted = Vec::new();
        wanted.extend(self.words.iter().map(|word| Wanted::Feature(features::word_feature(word))));
        for piece in self.pieces.iter().filter_map(|piece| std::str::from_utf8(piece.needle()).ok()) {
            want(piece, self.from_word, &mut wanted);
            // Texts in Korean are found by their syllables.
            if metric == Metric::Words {
                features::each_joint(piece, |joint| wanted.push(Wanted::Feature(joint)));
            }
        }
        wanted
    }
}

/// Letters of English, the most frequent first.
const FREQUENT: &[u8] = b"etaoinshrdlcumwfgypbvkjxqz";

impl Ascii {
    /// The longest run without white space of a normalised piece.
    fn new(piece: &[u8]) -> Option<Ascii> {
        let letters = piece.split(u8::is_ascii_whitespace).filter(|run| run.is_ascii()).max_by_key(|run| run.len())?;
        let rank = |byte: &u8| match FREQUENT.iter().position(|letter| letter == byte) {
            Some(rank) => rank,
            None if matches!(byte, b'.' | b',' | b'-') => FREQUENT.len() / 2,
            None => FREQUENT.len(),
        };
        let rarest = (0..letters.len()).max_by_key(|at| rank(&letters[*at]))?;
        Some(Ascii { letters: letters.to_vec(), rarest })
    }

    fn is_in(&self, text: &[u8]) -> bool {
        let byte = self.letters[self.rarest];
        memchr::memchr2_iter(byte, byte.to_ascii_uppercase(), text).any(|at| {
            let found = at.checked_sub(self.rarest).and_then(|start| text.get(start..start + self.letters.len()));
            found.is_some_and(|found| found.eq_ignore_ascii_case(&self.letters))
        })
    }
}

/// The words and numbers of a normalised text without syllables; `None` if it has any, or nothing else.
fn whole_words(normal: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut pieces = Pieces::new(normal);
    while let Some(piece) = pieces.next_piece() {
        match piece {
            Piece::Number(word) | Piece::Word(word) => words.push(word.to_string()),
            Piece::Other(character) if closes_up(character) => return None,
            Piece::Other(_) | Piece::Space => {}
        }
    }
    (!words.is_empty()).then_some(words)
}

/// Whether a normalised text has a word or number as such.
fn has_word(normal: &str, word: &str) -> bool {
    // Most texts do not even have its letters.
    if !normal.contains(word) {
        return false;
    }
    let mut pieces = Pieces::new(normal);
    std::iter::from_fn(|| pieces.next_piece()).any(|piece| matches!(piece, Piece::Number(found) | Piece::Word(found) if found == word))
}

/// A folded text as pieces are looked for in it: small letters, one space at a time, none beside Korean or Chinese.
pub fn normal(folded: &str) -> Cow<'_, str> {
    if folded.is_ascii() && memchr::memmem::find(folded.as_bytes(), b"  ").is_none() {
        let trimmed = folded.trim_matches(' ');
        let is_small = !trimmed.bytes().any(|byte| byte.is_ascii_uppercase());
        return if is_small { Cow::Borrowed(trimmed) } else { Cow::Owned(trimmed.to_ascii_lowercase()) };
    }
    let changes = |before: Option<char>, character: char| match character {
        ' ' => before.is_none_or(closes_up),
        _ => character.is_uppercase() || before == Some(' ') && closes_up(character),
    };
    let mut before = None;
    if !folded.ends_with(' ') && !folded.chars().any(|character| changes(before.replace(character), character)) {
        return Cow::Borrowed(folded);
    }
    let mut normal = String::with_capacity(folded.len());
    let (mut last, mut space) = (None, false);
    for character in folded.chars() {
        if character == ' ' {
            space = true;
            continue;
        }
        if std::mem::take(&mut space) && last.is_some_and(|last| !closes_up(last)) && !closes_up(character) {
            normal.push(' ');
        }
        last = Some(character);
        normal.extend(character.to_lowercase());
    }
    Cow::Owned(normal)
}

/// Whether spaces beside a character say nothing: another space, or a script that may be written without.
fn closes_up(character: char) -> bool {
    character == ' ' || is_hangul(character) || is_hanja(character)
}

/// Whether a character may stand inside a word or a number.
fn joins(character: char) -> bool {
    matches!(character, '.' | ',' | '\'' | '’')
}

/// Adds what a text must have to hold a normalised piece, which may have to begin where a word does.
fn want(piece: &str, from_word: bool, wanted: &mut Vec<Wanted>) {
    let characters: Vec<char> = piece.chars().collect();
    let (mut at, mut syllable, mut paired) = (0, None, false);
    let mut pieces = Pieces::new(piece);
    while let Some(piece) = pieces.next_piece() {
        let start = at;
        match piece {
            Piece::Number(word) | Piece::Word(word) => {
                at += word.chars().count();
                let from_start = start > 1 || start == 1 && !joins(characters[0]) || start == 0 && from_word;
                let to_end = at + 1 < characters.len() || at + 1 == characters.len() && !joins(characters[at]);
                wanted.push(word_wanted(word, from_start, to_end));
            }
            Piece::Other(character) => {
                at += 1;
                syllable = syllable.or(Some(character).filter(|character| closes_up(*character)));
            }
            Piece::Space => at += 1,
        }
    }
    features::each_feature(piece, |feature, word| {
        if word.is_none() && features::is_pair(feature) && !features::is_end(feature) {
            paired = true;
            wanted.push(Wanted::Feature(feature));
        }
    });
    if let Some(syllable) = syllable.filter(|_| !paired) {
        let range = features::beginning_with(syllable);
        wanted.push(Wanted::Range(*range.start(), *range.end()));
    }
}

fn word_wanted(word: &str, from_start: bool, to_end: bool) -> Wanted {
    if from_start && to_end {
        return Wanted::Feature(features::word_feature(word));
    }
    Wanted::Word(WordPart { letters: word.to_lowercase(), from_start, to_end })
}

/// Pieces that stand as they are in every match of a pattern: plain characters outside groups and classes that nothing
/// makes optional. A pattern with alternatives outside groups, or with flags, has none.
fn literals(pattern: &str) -> Vec<String> {
    let mut literals = vec![String::new()];
    let mut characters = pattern.chars().peekable();
    let mut depth = 0_usize;
    while let Some(character) = characters.next() {
        let mut plain = None;
        match character {
            '|' if depth == 0 => return Vec::new(),
            '(' if characters.peek() == Some(&'?') => return Vec::new(),
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '[' => skip_class(&mut characters),
            '{' => while characters.next().is_some_and(|next| next != '}') {},
            '\\' => match characters.next() {
                Some(escaped) if !escaped.is_alphanumeric() => plain = Some(escaped),
                Some('p' | 'P' | 'x' | 'u') if characters.peek() == Some(&'{') => {
                    while characters.next().is_some_and(|next| next != '}') {}
                }
                _ => {}
            },
            '.' | '^' | '$' | '*' | '+' | '?' => {}
            other => plain = Some(other),
        }
        let optional = matches!(characters.peek(), Some('*' | '?' | '{'));
        match plain {
            Some(character) if depth == 0 && !optional => {
                literals.last_mut().expect("never empty").push(character);
                if characters.peek() == Some(&'+') {
                    literals.push(String::new());
                }
            }
            _ => literals.push(String::new()),
        }
    }
    literals.retain(|literal| !literal.trim().is_empty());
    literals
}

fn skip_class(characters: &mut std::iter::Peekable<std::str::Chars>) {
    let mut depth = 1;
    let mut first = true;
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                characters.next();
            }
            '[' => depth += 1,
            ']' if !first => depth -= 1,
            _ => {}
        }
        first = first && character == '^';
        if depth == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(needle: &str, text: &str) -> bool {
        Needle::piece(needle).unwrap().is_in(text)
    }

    #[test]
    fn a_piece_from_a_word_on_is_not_found_within_one() {
        let holds = |needle: &str, text: &str| Needle::piece(needle).unwrap().from_word().is_in(text);
        assert!(holds("now", "Not now, nowhere.") && holds("3 nows", "in 3 nows") && holds("now", "한국now") && holds("미 동", "한미동맹"));
        assert!(!holds("now", "I know that.") && !holds("14", "3.14") && !holds("now", "o'now"));
    }

    #[test]
    fn spaces_between_syllables_do_not_hide_a_piece() {
        assert!(holds("북러 조약", "새 북러조약이"));
        assert!(holds("북러조약", "새 북러 조약이"));
        assert!(holds("제4조", "제 4조에"));
        assert!(holds("Signed a", "they signed  a treaty"));
        assert!(!holds("now here", "nowhere"));
    }

    #[test]
    fn words_may_stand_anywhere() {
        let needle = Needle::words("미사일 북한").unwrap();
        assert!(needle.is_in("북한이 미사일을 쏘았다"));
        assert!(!needle.is_in("북한이 위성을 쏘았다"));
        assert!(Needle::words("한미동맹").is_none());
        let needle = Needle::words("no \"signed").unwrap();
        assert!(needle.is_in("It Signed no treaty.") && !needle.is_in("Nobody signed it."));
    }

    #[test]
    fn the_pieces_of_a_pattern_that_must_be_there() {
        let cases: &[(&str, &[&str])] = &[
            ("북한.*미사일", &["북한", "미사일"]),
            ("colou?r", &["colo", "r"]),
            ("제[0-9]+조", &["제", "조"]),
            ("treaty|pact", &[]),
            ("(treaty|pact) with", &[" with"]),
            (r"U\.S\.", &["U.S."]),
            (r"[\]a]b{2}c", &["c"]),
            ("(?i)NATO", &[]),
        ];
        for (pattern, expected) in cases {
            assert_eq!(literals(pattern), *expected, "{pattern}");
        }
    }

    /// What a needle wants must be had by every text that holds it, or the index would hide that text.
    #[test]
    fn texts_that_hold_a_needle_have_what_it_wants() {
        let text = "The U.S. didn't say 1,847명 in 북핵 문제·THAAD 배치, nor F-35A의 핵";
        let characters: Vec<char> = normal(&folded(text)).chars().collect();
        let mut features = Vec::new();
        let mut words = Vec::new();
        features::each_feature(&folded(text), |feature, word| {
            features.push(feature);
            words.extend(word.map(str::to_lowercase));
        });
        features::each_joint(&folded(text), |joint| features.push(joint));
        for start in 0..characters.len() {
            for end in start + 1..=characters.len().min(start + 12) {
                let piece: String = characters[start..end].iter().collect();
                let Some(needle) = Needle::piece(&piece) else { continue };
                let needles = [needle.clone(), needle.from_word()];
                for wanted in needles.iter().filter(|needle| needle.is_in(text)).flat_map(|needle| needle.wanted(Metric::Words)) {
                    let had = match &wanted {
                        Wanted::Feature(feature) => features.contains(feature),
                        Wanted::Range(first, last) => features.iter().any(|feature| (first..=last).contains(&feature)),
                        Wanted::Word(part) => words.iter().any(|word| part.fits(word)),
                    };
                    assert!(had, "{piece:?} wants {wanted:?}");
                }
            }
        }
    }
}
