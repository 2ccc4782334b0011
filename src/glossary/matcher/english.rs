//! Terms in English text: in any case, hyphenated or not, singular or plural, at word boundaries.

use super::trie::{Head, Node};
use super::{Matcher, Occurrence, What, squeezed};
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
    Some((letters.len(), bytes.collect::<Option<Vec<u8>>>()?.into_iter().fold(0, joined)))
}

fn joined(head: Head, byte: u8) -> Head {
    head << 8 | Head::from(byte)
}

/// Everything that is no letter or digit is left out; gaps are judged afterwards.
fn is_mark(character: char) -> bool {
    !character.is_alphanumeric() && !SIGNS.iter().any(|&sign| character == char::from(sign))
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
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_start(text, at) {
        terms_at(matcher, text, start, &mut found);
        at = word_end(text, start + 1);
    }
    found
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
            if !character.is_alphanumeric() {
                break;
            }
            at += character.len_utf8();
        } else {
            at += 1;
        }
    }
    at
}

/// Adds the terms that begin at byte `start`.
fn terms_at(matcher: &Matcher, text: &str, start: usize, found: &mut Vec<Occurrence>) {
    let trie = &matcher.english().trie;
    let bytes = &text.as_bytes()[start..];
    if let Some(first) = bytes.first_chunk::<HEAD>().filter(|first| first.iter().all(|&byte| IS_WORD[usize::from(byte)])) {
        let head = first.iter().fold(0, |head, byte| joined(head, byte | SMALL));
        if let Some(node) = trie.enters(head) {
            walk(matcher, text, Span::new(start, start + HEAD), node, found);
        }
        return;
    }
    across(matcher, text, start, found);
}

/// Adds the terms that begin at byte `start` and have a gap or the end of the text among their first letters.
fn across(matcher: &Matcher, text: &str, start: usize, found: &mut Vec<Occurrence>) {
    let trie = &matcher.english().trie;
    let (mut head, mut letters, mut after_letter) = (0, 0, false);
    let mut short = |head: Head, end: usize| {
        let form = trie.enters(head).and_then(|node| trie.form(node));
        found.extend(form.and_then(|form| term(matcher, text, Span::new(start, end), form)));
    };
    let mut at = start;
    while let Some(&byte) = text.as_bytes().get(at) {
        let character = if byte.is_ascii() { char::from(byte) } else { text[at..].chars().next().unwrap_or(' ') };
        let is_letter = IS_WORD[usize::from(byte)] || (!byte.is_ascii() || SIGNS.contains(&byte)) && !is_mark(character);
        if is_letter && !byte.is_ascii() {
            return walk(matcher, text, Span::new(start, start), trie.root(), found);
        }
        if after_letter && !IS_WORD[usize::from(byte)] {
            short(head, at);
        }
        at += character.len_utf8();
        after_letter = is_letter;
        if is_letter {
            head = joined(head, byte.to_ascii_lowercase());
            letters += 1;
        }
        if letters == HEAD {
            return trie.enters(head).into_iter().for_each(|node| walk(matcher, text, Span::new(start, at), node, found));
        }
    }
    if after_letter {
        short(head, at);
    }
}

/// The bit that makes a letter of ASCII small and leaves a digit as it is.
const SMALL: u8 = 0x20;

/// Adds the terms that begin with a span, whose letters lead to a node.
fn walk(matcher: &Matcher, text: &str, head: Span, node: Node, found: &mut Vec<Occurrence>) {
    let forms = matcher.english();
    let mut span = head;
    let mut node = node;
    loop {
        found.extend(forms.trie.form(node).and_then(|form| term(matcher, text, span, form)));
        let Some((end, letter)) = letters(&text[span.end..]).next() else { return };
        let Some(next) = forms.trie.next(node, letter) else { return };
        (node, span.end) = (next, span.end + end);
    }
}

/// The letters of a text, marks left out, each with the byte after it.
fn letters(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let letters = text.char_indices().filter(|&(_, character)| !is_mark(character));
    letters.map(|(at, character)| (at + character.len_utf8(), character.to_ascii_lowercase()))
}

/// The term of a form that is written in a span, if it ends there and its gaps are none.
fn term(matcher: &Matcher, text: &str, span: Span, form: u32) -> Option<Occurrence> {
    if text[span.end..].starts_with(char::is_alphanumeric) || !is_joined(span.of(text)) {
        return None;
    }
    let (concept_index, term_index) = best(matcher, &matcher.english().terms[form as usize], span.of(text))?;
    let span = with_last_point(text, span, &matcher.concepts[concept_index].terms[term_index].text);
    Some(Occurrence { span, what: What::Term { concept_index, term_index } })
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
