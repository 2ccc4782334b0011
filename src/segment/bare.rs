//! Sentences that end without a full stop and run into the next: "…하였습니다 다만 …", "…on the board But the …".

use super::hangul;
use super::latin;
use super::look;
use super::sentence::LONGEST_STRAY;
use super::words::{floor, is_letter};
use crate::text::is_hangul;

/// Bytes from which a text without any full stop is taken for prose; shorter ones are headings.
const LONGEST_HEADING: usize = 160;

/// The bytes in `text[start..end]`, one sentence by its full stops, after which another begins.
///
/// Only strong evidence counts: a finite ending and a word that does not carry it on, or a capital that only opens
/// sentences. Names and headings, where such words stand side by side, are far more frequent than slips.
pub fn ends(text: &str, start: usize, end: usize) -> Vec<usize> {
    let sentence = &text[start..end];
    if sentence.len() < LONGEST_HEADING && !sentence.trim_end_matches(['"', '\'', '”', '’', ')']).ends_with(['.', '!', '?', '…']) {
        return Vec::new();
    }
    let spaces = memchr::memchr2_iter(b' ', b'\n', sentence.as_bytes()).map(|at| start + at);
    spaces.filter(|&at| is_end(text, start, at, end)).collect()
}

fn is_end(text: &str, start: usize, at: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let Some(&before) = bytes[start..at].last() else { return false };
    if before >= 0x80 && at - start >= 6 && hangul::may_end(&bytes[at - 3..at]) && hangul::ends_bare(&text[start..at], &text[at..end]) {
        return true;
    }
    match bytes.get(at + 1) {
        Some(next) if next.is_ascii_uppercase() && before >= 0x80 => is_stray(text, start, at, end),
        Some(next) if next.is_ascii_uppercase() => {
            let (before, after) = (&text[start..at], &text[at + 1..end]);
            is_end_in_english(before, after) || is_headline(before, after)
        }
        Some(b'"' | 0xE2) if before < 0x80 => opens_quotation(&text[start..at], &text[at + 1..end]),
        _ => false,
    }
}

/// "… in Pyongyang. 양식의 맨 아래 The talks …": Korean between two English sentences.
fn is_stray(text: &str, start: usize, at: usize, end: usize) -> bool {
    let korean = |text: &str| text.chars().all(|letter| is_hangul(letter) || letter.is_whitespace());
    let before = text[..start].trim_end_matches(|mark: char| !is_letter(mark));
    at - start <= LONGEST_STRAY
        && korean(&text[start..at])
        && before.ends_with(|last: char| last.is_ascii_alphanumeric())
        && !text[at..end].chars().any(is_hangul)
}

/// "…on the athletes' board But the party …": a capital that only opens sentences, between small letters.
fn is_end_in_english(before: &str, after: &str) -> bool {
    let mut words = after.split_ascii_whitespace();
    let (Some(word), Some(next)) = (words.next(), words.next()) else { return false };
    next.starts_with(|first: char| first.is_ascii_lowercase())
        && latin::opens_bare(word)
        && before.ends_with(|last: char| last.is_ascii_lowercase() || last.is_ascii_digit() || "\"”’'".contains(last))
        && !is_in_title(before)
        && before.split_ascii_whitespace().take(4).count() == 4
        && before
            .split_ascii_whitespace()
            .next_back()
            .is_some_and(|last| last.chars().filter(|&letter| is_letter(letter)).count() >= 2 && !latin::joins(last))
}

/// Whether the last words all have capitals, as in a title that may go on: "in As You Like | It and".
fn is_in_title(before: &str) -> bool {
    before.split_ascii_whitespace().rev().take(2).all(|word| word.starts_with(|first: char| first.is_ascii_uppercase()))
}

/// Bytes of the longest headline that is looked for before a sentence.
const LONGEST_HEADLINE: usize = 180;

/// Words that headlines do without.
const ARTICLES: &[&str] = &["the", "a", "an", "its", "his", "her", "their"];

/// "Talks on Detainees Stall in Geneva The two sides have …", "… with toll seen rising At least 384 people …": a few words
/// without an article or a full stop, then a word that opens sentences and prose after it. Of 54,000 sentences of news,
/// law and manuals it cut some 65 more, about 14 of them wrongly, most in manuals of software.
fn is_headline(before: &str, after: &str) -> bool {
    if before.len() > LONGEST_HEADLINE || !latin::opens_headless(after) {
        return false;
    }
    let mut words = after.split_ascii_whitespace();
    let (opener, next) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let prose = after.split_ascii_whitespace().skip(1).take(8).filter(|word| !word.starts_with(|first: char| first.is_ascii_uppercase()));
    let last = before.split_ascii_whitespace().next_back().unwrap_or("");
    let capital = |word: &str| word.starts_with(|first: char| first.is_ascii_uppercase());
    let named = capital(next) && !(opener == "A" && is_in_sentence_case(before));
    let titled = named || capital(last) && latin::is_title_preposition(opener);
    let labelled = opener == "A" && look::is_lettered(&last.to_ascii_lowercase());
    prose.count() >= 5 && !titled && !labelled && !["and", "or", "but"].contains(&next) && reads_like_headline(before, last)
}

/// "NY nanny sues couple over firing": most longer words after the first are written small, so that a capital says something.
fn is_in_sentence_case(text: &str) -> bool {
    let long = text.split_ascii_whitespace().skip(1).filter(|word| word.len() >= 4);
    let (small, others): (Vec<&str>, Vec<&str>) = long.partition(|word| word.starts_with(|first: char| first.is_ascii_lowercase()));
    small.len() > others.len() * 2
}

/// Bytes within which such a quotation must close and name its speaker.
const LONGEST_QUOTATION: usize = 1_200;

/// The fewest words of a quotation that is a sentence by itself.
const SHORTEST_QUOTATION: usize = 6;

/// "… was charged on Monday night “What my son is going through, I can relate to,” she told …": a quotation that has its
/// speaker behind it, after words that do not lead up to it.
fn opens_quotation(before: &str, after: &str) -> bool {
    let Some(inside) = after.strip_prefix(['"', '“']) else { return false };
    let inside = &inside[..floor(inside, LONGEST_QUOTATION)];
    let Some((quoted, rest)) = inside.split_once(['"', '”']) else { return false };
    let last = before.split_ascii_whitespace().next_back().unwrap_or("");
    let leads = latin::joins(last) || latin::is_speech(last) || last.ends_with("ing");
    let sentence = quoted.starts_with(|first: char| first.is_ascii_uppercase())
        && quoted.ends_with([',', '?', '!'])
        && quoted.split_ascii_whitespace().nth(SHORTEST_QUOTATION - 1).is_some();
    sentence
        && !leads
        && last.ends_with(|end: char| end.is_ascii_lowercase() || end.is_ascii_digit())
        && before.split_ascii_whitespace().nth(3).is_some()
        && latin::names_speaker(rest.trim_start())
}

fn reads_like_headline(before: &str, last: &str) -> bool {
    let stops =
        |word: &str| word.trim_end_matches(['"', '”', '\'', '’']).ends_with(['.', '!', '?', ';']) && !latin::ends_with_acronym(word);
    before.split_ascii_whitespace().nth(2).is_some()
        && last.ends_with(|end: char| end.is_ascii_alphanumeric() || "\"”’'".contains(end))
        && !latin::joins(last.trim_matches(['"', '”', '\'', '’']))
        && !before.split_ascii_whitespace().any(|word| stops(word) || ARTICLES.contains(&word))
}
