//! Terms in English text: in any case, hyphenated or not, singular or plural, at word boundaries.

use super::trie::{Head, Node};
use super::{Forms, Matcher, Occurrence, What, squeezed};
use crate::glossary::compound::is_word_character;
use crate::glossary::{Case, Term, countries};
use crate::text::{Language, Span};

/// The forms under which an English term is looked for: singular and plural.
pub fn keys(term: &Term) -> Vec<String> {
    if term.language == Language::Korean {
        return Vec::new();
    }
    let term = term.text.as_str();
    let mut written = vec![term.to_string()];
    written.extend(numbers(term));
    if let Some((head, rest)) =
        [" of ", " for ", " to "].iter().find_map(|word| term.split_once(word).map(|(head, _)| (head, &term[head.len()..])))
    {
        written.extend(numbers(head).into_iter().map(|head| format!("{head}{rest}")));
    }
    let mut keys: Vec<String> = written.iter().map(|term| squeezed(term, is_mark)).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// The other number of the last word: plural of a singular, singular of a plural.
fn numbers(term: &str) -> Vec<String> {
    let last = term.rsplit([' ', '-']).next().unwrap_or("");
    if last.len() < 2 || !last.ends_with(|character: char| character.is_ascii_alphabetic()) {
        return Vec::new();
    }
    let ends = |ending: &str| last.ends_with(ending);
    let changed = |cut: usize, ending: &str| vec![format!("{}{ending}", &term[..term.len() - cut])];
    match last {
        _ if ends("ies") && last.len() > 4 => changed(3, "y"),
        _ if ends("sses") || ends("xes") || ends("ches") || ends("shes") => changed(2, ""),
        _ if ends("s") && !ends("ss") && !ends("us") && !ends("is") && last.len() > 3 => changed(1, ""),
        _ if ends("ss") || ends("x") || ends("ch") || ends("sh") => changed(0, "es"),
        _ if ends("y") && !ends("ay") && !ends("ey") && !ends("oy") && !ends("uy") => changed(1, "ies"),
        _ if ends("s") => Vec::new(),
        _ => changed(0, "s"),
    }
}

/// Letters of a head: so many tell the words of policy prose well apart, and fit into one number.
const HEAD: usize = 6;

/// The head of a form, where it is all ASCII: its first six letters, or all of a shorter one.
pub fn head(form: &[char]) -> Option<(usize, Head)> {
    let letters = &form[..form.len().min(HEAD)];
    let bytes = letters.iter().map(|&letter| u8::try_from(letter).ok().filter(u8::is_ascii));
    Some((letters.len(), packed(&bytes.collect::<Option<Vec<u8>>>()?)))
}

/// Eight bytes at most as one number, the first as its lowest.
fn packed(bytes: &[u8]) -> Head {
    bytes.iter().rev().fold(0, |head, &byte| head << 8 | Head::from(byte))
}

/// Everything that is no letter or digit is left out; gaps are judged afterwards.
fn is_mark(character: char) -> bool {
    !is_word_character(character) && !SIGNS.iter().any(|&sign| character == char::from(sign))
}

/// Signs that are letters of a term: R&D, G20+.
const SIGNS: [u8; 3] = *b"+&%";

/// Candidates that stand as words; they may overlap.
pub fn find(matcher: &Matcher, text: &str) -> Vec<Occurrence> {
    let mut found = terms(matcher, text);
    for group in countries::english_groups(text) {
        found.push(Occurrence { span: group.span, what: What::Countries(group.countries()) });
    }
    found
}

fn terms(matcher: &Matcher, text: &str) -> Vec<Occurrence> {
    let mut search = Search { matcher, forms: matcher.english(), text, found: Vec::new() };
    let mut at = 0;
    while let Some(start) = next_start(text, at) {
        at = search.word(start);
    }
    search.found
}

/// For each byte whether it is a letter or digit of ASCII; a table is faster than comparing.
static IS_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// The next place from a byte on where a term may begin: the byte is not inside a word.
fn next_start(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = at;
    loop {
        let byte = *bytes.get(at)?;
        if IS_WORD[usize::from(byte)] {
            return Some(at);
        }
        let character = if byte.is_ascii() { char::from(byte) } else { text[at..].chars().next()? };
        if (!byte.is_ascii() || SIGNS.contains(&byte)) && !is_mark(character) {
            return Some(at);
        }
        at += character.len_utf8();
    }
}

/// The end of the word that a byte stands in or behind; the byte may be inside a character.
fn word_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = at;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() {
            if !IS_WORD[usize::from(byte)] {
                break;
            }
            at += 1;
        } else if text.is_char_boundary(at) {
            let character = text[at..].chars().next().unwrap_or(' ');
            if !is_word_character(character) {
                break;
            }
            at += character.len_utf8();
        } else {
            at += 1;
        }
    }
    at
}

/// Eight bytes of a text, read at once.
#[derive(Clone, Copy)]
struct Eight {
    /// The bytes in small letters, the first as the lowest; what is no letter or digit may be changed.
    small: u64,
    /// How many letters and digits of ASCII they begin with, 0 to 8.
    letters: usize,
}

/// A byte in each of the eight.
const fn eight(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

impl Eight {
    /// The bytes at a place; none near the end of the text.
    fn at(text: &str, at: usize) -> Option<Eight> {
        let bytes = u64::from_le_bytes(*text.as_bytes().get(at..)?.first_chunk()?);
        let low = bytes & eight(0x7F);
        let small = low | eight(0x20);
        // The high bit of a sum tells whether a byte reaches a bound: from 'a' on and not beyond 'z', from '0' to '9'.
        let is_letter = (small + eight(0x80 - b'a')) & !(small + eight(0x7F - b'z'));
        let is_digit = (low + eight(0x80 - b'0')) & !(low + eight(0x7F - b'9'));
        let others = !((is_letter | is_digit) & !bytes) & eight(0x80);
        Some(Eight { small, letters: others.trailing_zeros() as usize / 8 })
    }

    /// The first letters as a head.
    fn head(self, letters: usize) -> Head {
        self.small & !u64::MAX.checked_shl(8 * letters as u32).unwrap_or(0)
    }
}

/// The search in one text.
struct Search<'a> {
    matcher: &'a Matcher,
    forms: &'a Forms,
    text: &'a str,
    found: Vec<Occurrence>,
}

impl Search<'_> {
    /// Adds the terms that begin with the word at byte `start`; answers where the word ends.
    fn word(&mut self, start: usize) -> usize {
        let Some(word) = Eight::at(self.text, start) else {
            self.across(start);
            return word_end(self.text, start + 1);
        };
        if word.letters >= HEAD {
            self.enter(word.head(HEAD), Span::new(start, start + HEAD));
            return if word.letters < 8 && self.text.as_bytes()[start + word.letters] < 0x80 {
                start + word.letters
            } else {
                word_end(self.text, start + word.letters)
            };
        }
        if word.letters == 0 || !self.row(start, word) {
            self.across(start);
        }
        word_end(self.text, (start + word.letters).max(start + 1))
    }

    /// Adds the terms that begin with a short word, with one mark between it and the next and so on until there are enough
    /// letters; answers whether that is so. Nothing is added where it is not.
    fn row(&mut self, start: usize, word: Eight) -> bool {
        let (mut head, mut letters, mut end) = (word.head(word.letters), word.letters, start + word.letters);
        let mut short = [(0, 0); HEAD];
        let mut words = 0;
        while letters < HEAD {
            let behind = Eight::at(self.text, end + 1).filter(|behind| behind.letters > 0);
            let Some(behind) = behind.filter(|_| matches!(self.text.as_bytes()[end], b' ' | b'-' | b',' | b'.')) else { return false };
            short[words] = (head, end);
            words += 1;
            let more = behind.letters.min(HEAD - letters);
            head |= behind.head(more) << (8 * letters);
            letters += more;
            end += 1 + more;
        }
        for &(head, end) in &short[..words] {
            self.short(head, Span::new(start, end));
        }
        self.enter(head, Span::new(start, end));
        true
    }

    /// Adds the term whose letters are this head, shorter than others.
    fn short(&mut self, head: Head, span: Span) {
        let form = self.forms.trie.enters(head).and_then(|node| self.forms.trie.form(node));
        self.found.extend(form.and_then(|form| self.term(span, form)));
    }

    /// Adds the terms that begin with a head, written in a span.
    fn enter(&mut self, head: Head, span: Span) {
        if let Some(node) = self.forms.trie.enters(head) {
            self.walk(span, node);
        }
    }

    /// Adds the terms that begin at byte `start`, whatever stands among their first letters.
    fn across(&mut self, start: usize) {
        let (mut letters, mut count, mut after_letter) = ([0; HEAD], 0, false);
        let mut at = start;
        while let Some(&byte) = self.text.as_bytes().get(at) {
            let character = if byte.is_ascii() { char::from(byte) } else { self.text[at..].chars().next().unwrap_or(' ') };
            let is_letter = IS_WORD[usize::from(byte)] || (!byte.is_ascii() || SIGNS.contains(&byte)) && !is_mark(character);
            if is_letter && !byte.is_ascii() {
                return self.walk(Span::new(start, start), self.forms.trie.root());
            }
            if after_letter && !IS_WORD[usize::from(byte)] {
                self.short(packed(&letters[..count]), Span::new(start, at));
            }
            at += character.len_utf8();
            after_letter = is_letter;
            if is_letter {
                letters[count] = byte.to_ascii_lowercase();
                count += 1;
            }
            if count == HEAD {
                return self.enter(packed(&letters), Span::new(start, at));
            }
        }
        if after_letter {
            self.short(packed(&letters[..count]), Span::new(start, at));
        }
    }

    /// Adds the terms that begin with a span, whose letters lead to a node.
    fn walk(&mut self, span: Span, node: Node) {
        let (mut span, mut node) = (span, node);
        loop {
            if let Some(form) = self.forms.trie.form(node) {
                self.found.extend(self.term(span, form));
            }
            let Some((end, letter)) = letters(&self.text[span.end..]).next() else { return };
            let Some(next) = self.forms.trie.next(node, letter) else { return };
            (node, span.end) = (next, span.end + end);
        }
    }

    /// The term of a form that is written in a span, if a word ends there and its gaps are none.
    fn term(&self, span: Span, form: u32) -> Option<Occurrence> {
        let (text, written) = (self.text, span.of(self.text));
        let has_gaps = self.forms.kinds[form as usize].length as usize != span.len();
        if text[span.end..].starts_with(is_word_character) || has_gaps && !is_joined(written) {
            return None;
        }
        let (concept_index, term_index) = best(self.matcher, &self.forms.terms[form as usize], written)?;
        let span = with_last_point(text, span, &self.matcher.concepts[concept_index].terms[term_index].text);
        Some(Occurrence { span, what: What::Term { concept_index, term_index } })
    }
}

/// The letters of a text, marks left out, each with the byte after it.
fn letters(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let letters = text.char_indices().filter(|&(_, character)| !is_mark(character));
    letters.map(|(at, character)| (at + character.len_utf8(), character.to_ascii_lowercase()))
}

/// The term meant among those with the same letters: the one spelled exactly so, or of the weightiest concept the best.
fn best(matcher: &Matcher, terms: &[(u32, u32)], written: &str) -> Option<(usize, usize)> {
    let pairs = terms.iter().map(|&(concept, term)| (concept as usize, term as usize));
    let term = |(concept, term): (usize, usize)| (&matcher.concepts[concept], &matcher.concepts[concept].terms[term]);
    let fits = pairs.filter(|&pair| is_case(written, &term(pair).1.text, term(pair).0.case));
    fits.min_by_key(|&pair| (term(pair).1.text != written, std::cmp::Reverse(pair.0), term(pair).1.status))
}

/// Whether the gaps inside are spaces, hyphens and dashes, points of initials, or an apostrophe: no end of a sentence.
fn is_joined(written: &str) -> bool {
    let mut rest = written;
    while let Some(length) = rest.find(is_mark) {
        let (initial, after) = (length == 1, &rest[length..]);
        let gap = &after[..after.find(|character| !is_mark(character)).unwrap_or(after.len())];
        let joins = match gap {
            "." | ". " | ".-" | ".–" => initial,
            _ => gap.chars().all(|character| matches!(character, ' ' | '-' | '–' | '‐' | '‑' | '\'' | '’' | '/')),
        };
        if !joins {
            return false;
        }
        rest = &after[gap.len()..];
    }
    true
}

/// Acronyms must be written as such, and everything where the concept says so; a plural s may follow.
fn is_case(written: &str, term: &str, case: Case) -> bool {
    let is_acronym = term.chars().filter(|character| character.is_uppercase()).count() >= 2 && !term.chars().any(char::is_lowercase);
    if case == Case::Usual && !is_acronym {
        return true;
    }
    let letters = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).collect::<String>();
    let (written, term) = (letters(written), letters(term));
    written == term || written.strip_suffix('s') == Some(&term)
}

/// The last point of "U.S." is part of the term.
fn with_last_point(text: &str, span: Span, term: &str) -> Span {
    let has_point = term.ends_with('.') && text[span.end..].starts_with('.');
    Span::new(span.start, span.end + usize::from(has_point))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_bytes_tell_how_many_letters_they_begin_with() {
        for (text, letters) in
            [("abcXYZ09", 8), ("to the U", 2), ("R&D-Werk", 1), (" abcdefg", 0), ("caf\u{e9} noir", 3), ("a\u{10}bc@[`{", 1)]
        {
            let eight = Eight::at(text, 0).unwrap();
            assert_eq!(eight.letters, letters, "{text:?}");
            assert_eq!(eight.head(letters), packed(text[..letters].to_lowercase().as_bytes()), "{text:?}");
        }
        for byte in 0..=127_u8 {
            let text = String::from(char::from(byte)).repeat(8);
            assert_eq!(Eight::at(&text, 0).unwrap().letters, if byte.is_ascii_alphanumeric() { 8 } else { 0 }, "{byte}");
        }
    }
}
