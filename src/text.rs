//! Text as every room sees it: languages, spans of the original bytes, positions, and folding with a way back.

use serde::Serialize;
use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class, is_nfc, is_nfc_quick};

/// One of the two languages of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Language {
    /// Korean, the language of originals.
    #[serde(rename = "ko")]
    Korean,
    /// English, the language of translations and summaries.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Language::Korean => "ko",
            Language::English => "en",
        }
    }

    /// The English name.
    pub fn name(self) -> &'static str {
        match self {
            Language::Korean => "Korean",
            Language::English => "English",
        }
    }

    /// Korean or English by counting scripts, `None` where there are no letters of either.
    ///
    /// A Hangul syllable counts three times, since "THAAD(사드) 배치" is Korean: the count is as right as a
    /// statistical detector between these two languages and 25 times faster.
    pub fn detect(text: &str) -> Option<Language> {
        let (mut hangul, mut latin) = (0_usize, 0_usize);
        for character in text.chars() {
            hangul += usize::from(is_hangul(character)) * 3;
            latin += usize::from(character.is_ascii_alphabetic());
        }
        match (hangul, latin) {
            (0, 0) => None,
            _ if hangul >= latin => Some(Language::Korean),
            _ => Some(Language::English),
        }
    }
}

/// Whether a character is a Hangul syllable or a letter of one (conjoining or compatibility jamo).
pub fn is_hangul(character: char) -> bool {
    matches!(character, '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{A960}'..='\u{A97C}' | '\u{D7B0}'..='\u{D7FB}')
}

/// Whether a character is a Chinese character (hanja).
pub fn is_hanja(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}')
}

/// Whether a character has no width and no meaning: zero-width spaces and joiners, the byte order mark, the soft hyphen.
pub fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A range of bytes of the original text, `start <= end`, both on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The bytes of `text` that it names.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// The span without white space at either end; empty at its end if there is nothing else.
    pub fn trimmed(self, text: &str) -> Span {
        let inside = self.of(text);
        let start = self.end - inside.trim_start().len();
        Span::new(start, start.max(self.start + inside.trim_end().len()))
    }

    /// The same span, `offset` bytes further on.
    pub fn shifted(self, offset: usize) -> Span {
        Span::new(self.start + offset, self.end + offset)
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}

/// A place for people: line and column from 1, the column counted in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line from 1.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
}

impl Position {
    /// The position of a byte of `text`.
    pub fn of(text: &str, offset: usize) -> Position {
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }
}

/// Text as it is matched, with a way back to the bytes it came from.
///
/// Folding composes Hangul (NFC), turns every white space into one ASCII space, full-width forms into ASCII, and drops
/// invisible characters and mark-up. Most text folds to itself and then costs no table.
#[derive(Clone, Debug)]
pub struct Folded<'a> {
    text: std::borrow::Cow<'a, str>,
    /// For each folded byte the original byte its character starts at, and one more for the end; empty when nothing changed.
    origins: Vec<u32>,
}

impl<'a> Folded<'a> {
    /// Folds a text.
    pub fn new(text: &'a str) -> Folded<'a> {
        Folded::without(text, &[])
    }

    /// Folds a text, leaving out the given spans of mark-up (in order, relative to `text`).
    pub fn without(text: &'a str, markup: &[Span]) -> Folded<'a> {
        if markup.is_empty() && folds_to_itself(text) {
            return Folded { text: text.into(), origins: Vec::new() };
        }
        let mut folder = Folder { text: String::with_capacity(text.len()), origins: Vec::with_capacity(text.len() + 1) };
        let mut skipped = markup.iter().peekable();
        let mut at = 0;
        while at < text.len() {
            while skipped.next_if(|span| span.end <= at).is_some() {}
            let (limit, skip) = match skipped.peek() {
                Some(span) if span.start <= at => (span.end, true),
                Some(span) => (span.start, false),
                None => (text.len(), false),
            };
            if !skip {
                folder.fold(&text[at..limit], at);
            }
            at = limit;
        }
        folder.origins.push(text.len() as u32);
        Folded { text: folder.text.into(), origins: folder.origins }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The original span of a folded one.
    pub fn original(&self, span: Span) -> Span {
        if self.origins.is_empty() {
            return span;
        }
        Span::new(self.origins[span.start] as usize, self.origins[span.end] as usize)
    }
}

fn folds_to_itself(text: &str) -> bool {
    text.chars().all(folds_alone)
        || is_nfc_quick(text.chars()) == unicode_normalization::IsNormalized::Yes
            && text.chars().all(|character| simple(character) == Some(character))
}

/// Whether a character folds to itself whatever stands beside it: what most texts are made of, told without a table.
fn folds_alone(character: char) -> bool {
    matches!(character, ' '..='~' | '\u{AC00}'..='\u{D7A3}' | '\u{2010}'..='\u{2027}')
}

/// What one character is folded to, `None` when it vanishes.
fn simple(character: char) -> Option<char> {
    match character {
        _ if is_invisible(character) => None,
        _ if character.is_whitespace() => Some(' '),
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - 0xFEE0),
        _ => Some(character),
    }
}

/// A text in composed form (NFC) with a way back: files written on macOS take Hangul apart, and no rule should have to know.
#[derive(Clone, Debug)]
pub struct Composed {
    /// The text in composed form.
    pub text: String,
    /// The text as read.
    original: String,
    /// For each byte of the composed text, and its end, the byte of the original that its character starts at.
    origins: Vec<u32>,
}

impl Composed {
    /// Composes a text; `None` where it is composed already.
    pub fn new(original: &str) -> Option<Composed> {
        if is_nfc(original) {
            return None;
        }
        let (mut text, mut origins) = (String::with_capacity(original.len()), Vec::with_capacity(original.len() + 1));
        let mut start = 0;
        while start < original.len() {
            // Blocks begin after white space, so a mark that follows it stands alone.
            let blank = original[start..].chars().next().filter(|&first| first.is_whitespace() || is_invisible(first));
            let end = start + blank.map_or_else(|| cluster(&original[start..]), char::len_utf8);
            text.extend(original[start..end].nfc());
            origins.resize(text.len(), start as u32);
            start = end;
        }
        origins.push(original.len() as u32);
        Some(Composed { text, original: original.to_string(), origins })
    }

    /// The span as read of a composed one.
    pub fn original(&self, span: Span) -> Span {
        Span::new(self.origins[span.start] as usize, self.origins[span.end] as usize)
    }

    /// The text as read of a composed span.
    pub fn original_text(&self, span: Span) -> &str {
        self.original(span).of(&self.original)
    }

    /// The composed span of one as read.
    pub fn composed(&self, span: Span) -> Span {
        let place = |offset: usize| self.origins.partition_point(|&origin| (origin as usize) < offset);
        Span::new(place(span.start), place(span.end))
    }
}

struct Folder {
    text: String,
    origins: Vec<u32>,
}

impl Folder {
    /// Appends `text`, whose first byte is byte `offset` of the original, cluster by cluster so that each composed
    /// character knows the first byte of what it was composed from.
    fn fold(&mut self, text: &str, offset: usize) {
        let mut start = 0;
        while start < text.len() {
            start = self.keep(text, start, offset);
            let end = start + cluster(&text[start..]);
            for character in text[start..end].nfc() {
                if let Some(character) = simple(character) {
                    self.text.push(character);
                    self.origins.resize(self.text.len(), (offset + start) as u32);
                }
            }
            start = end;
        }
    }

    /// Appends what needs no composing from byte `start` on: letters and signs of ASCII and whole syllables, as long as nothing
    /// joins them. Answers where that ends; one character at least is left where the text goes on.
    fn keep(&mut self, text: &str, mut start: usize, offset: usize) -> usize {
        let mut characters = text[start..].chars().peekable();
        while let Some(character @ ('\0'..='\u{7F}' | '\u{AC00}'..='\u{D7A3}')) = characters.next() {
            if characters.peek().is_none_or(|&next| joins(next)) {
                break;
            }
            if let Some(simple) = simple(character) {
                self.text.push(simple);
                self.origins.resize(self.text.len(), (offset + start) as u32);
            }
            start += character.len_utf8();
        }
        start
    }
}

/// Bytes of the first character of a text and of everything that may compose with it.
fn cluster(text: &str) -> usize {
    let mut characters = text.char_indices();
    characters.next();
    characters.find(|&(_, next)| !joins(next)).map_or(text.len(), |(at, _)| at)
}

fn joins(character: char) -> bool {
    matches!(character, '\u{1160}'..='\u{11FF}') || character as u32 >= 0x300 && canonical_combining_class(character) != 0
}

/// FNV-1a, 64 bit: short, and the same on every machine and in every version.
pub fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposed_hangul_folds_to_syllables_with_a_way_back() {
        let decomposed: String = "북러 조약".nfd().collect();
        let folded = Folded::new(&decomposed);
        assert_eq!(folded.text(), "북러 조약");
        let treaty = folded.text().find("조약").unwrap();
        assert_eq!(folded.original(Span::new(treaty, folded.text().len())).of(&decomposed).nfc().collect::<String>(), "조약");
    }

    #[test]
    fn composing_has_a_way_back_and_forth() {
        let decomposed: String = "북러 café".nfd().collect();
        let composed = Composed::new(&decomposed).unwrap();
        assert_eq!(composed.text, "북러 café");
        let city = Span::new(7, composed.text.len());
        assert_eq!(composed.original_text(city), "cafe\u{301}");
        assert_eq!(composed.composed(composed.original(city)), city);
        assert!(Composed::new("북러 café").is_none());
    }

    #[test]
    fn white_space_and_invisible_characters_do_not_matter() {
        let folded = Folded::new("한\u{200B}미\r\n동맹\u{A0}A\u{FF11}");
        assert_eq!(folded.text(), "한미  동맹 A1");
        assert_eq!(folded.original(Span::new(0, 6)).end, 9);
    }

    #[test]
    fn markup_is_left_out() {
        let folded = Folded::without("a **b** c", &[Span::new(2, 4), Span::new(5, 7)]);
        assert_eq!(folded.text(), "a b c");
        assert_eq!(folded.original(Span::new(2, 3)), Span::new(4, 7));
    }

    #[test]
    fn positions_count_characters_from_one() {
        assert_eq!(Position::of("가나\n다라", 10), Position { line: 2, column: 2 });
    }

    #[test]
    fn korean_with_latin_terms_is_korean() {
        assert_eq!(Language::detect("THAAD(사드) 배치"), Some(Language::Korean));
        assert_eq!(Language::detect("The treaty (조약)"), Some(Language::English));
        assert_eq!(Language::detect("1, 2, 3"), None);
    }
}
