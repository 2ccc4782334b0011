//! The patterns of the data files: whole lines with places for a number, a date and anything.

use super::words::{is_letter, sections_of};
use crate::text::Span;
use rustc_hash::FxHashMap;

/// The patterns of a data file, ready to be matched.
pub struct Patterns {
    /// By their first word, so that a line meets a handful of hundreds.
    by_word: FxHashMap<&'static str, Vec<Pattern>>,
    /// Those that begin with anything, by the word after it.
    by_inner_word: FxHashMap<&'static str, Vec<Pattern>>,
    /// Those that begin with another place.
    open: Vec<Pattern>,
}

struct Pattern {
    section: &'static str,
    parts: Vec<Part>,
}

enum Part {
    Word(&'static str),
    /// One of several words: `a|an|the`.
    OneOf(Vec<&'static str>),
    /// The start of a word: `view*`.
    Start(&'static str),
    Number,
    Date,
    Any,
}

/// A line as patterns see it: its words in small letters, without the marks around them.
pub struct Line {
    text: String,
    words: Vec<Span>,
    /// Whether the line has more words than these.
    cut: bool,
}

/// Words of a line that are looked at.
const LONGEST: usize = 24;

impl Line {
    /// Takes a line apart. A colon stays with the word before it.
    pub fn new(text: &str) -> Line {
        let text = text.to_ascii_lowercase();
        let mut words: Vec<Span> = Vec::new();
        let mut at = 0;
        for piece in text.split_inclusive(|character: char| character.is_whitespace() || is_joint(character)) {
            let start = at + piece.len() - piece.trim_start_matches(is_edge).len();
            let word = piece.trim_matches(is_edge);
            at += piece.len();
            let colon = piece.ends_with(':');
            if word.is_empty() {
                match words.last_mut() {
                    Some(last) if colon && text[last.end..at - 1].trim().is_empty() => last.end = at,
                    _ => {}
                }
                continue;
            }
            if words.len() == LONGEST {
                return Line { text, words, cut: true };
            }
            words.push(Span::new(start, if colon { at } else { start + word.len() }));
        }
        Line { text, words, cut: false }
    }

    /// Whether the line has more words.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// The words.
    pub fn words(&self) -> Vec<&str> {
        self.words.iter().map(|word| word.of(&self.text)).collect()
    }
}

fn is_joint(character: char) -> bool {
    matches!(character, ':' | '：' | '|' | '｜' | '=' | '>' | '<' | '›' | '»' | '«' | '‹' | '·' | '•')
}

/// What may stand around a word and does not count.
fn is_edge(character: char) -> bool {
    !is_letter(character) && !matches!(character, '&' | '©' | 'ⓒ' | '/' | '#')
}

impl Patterns {
    /// Reads a file that is compiled in.
    pub fn parse(file: &'static str) -> Patterns {
        let mut patterns = Patterns { by_word: FxHashMap::default(), by_inner_word: FxHashMap::default(), open: Vec::new() };
        for (section, line) in sections_of(file) {
            let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
            for first in first.split('|') {
                patterns.push(Pattern { section, parts: std::iter::once(first).chain(rest.split_whitespace()).map(part).collect() });
            }
        }
        patterns
    }

    fn push(&mut self, pattern: Pattern) {
        match pattern.parts.as_slice() {
            [Part::Word(word), ..] => self.by_word.entry(bare(word)).or_default().push(pattern),
            [Part::Any, Part::Word(word), ..] => self.by_inner_word.entry(bare(word)).or_default().push(pattern),
            _ => self.open.push(pattern),
        }
    }

    /// The section of the first pattern that a line fits.
    pub fn section(&self, words: &[&str], cut: bool) -> Option<&'static str> {
        let first = words.first()?;
        let known =
            self.by_word.get(bare(first)).into_iter().chain(words.iter().filter_map(|word| self.by_inner_word.get(bare(word)))).flatten();
        let open = self.open.iter().filter(|pattern| pattern.may_fit(words));
        known.chain(open).find(|pattern| fits(&pattern.parts, words, cut)).map(|pattern| pattern.section)
    }
}

impl Pattern {
    /// Whether a pattern that begins with anything can fit at all: its first word stands somewhere in the line.
    fn may_fit(&self, words: &[&str]) -> bool {
        match self.parts.iter().find(|part| !matches!(part, Part::Any)) {
            Some(Part::Word(wanted)) | Some(Part::Start(wanted)) => words.iter().any(|word| word.starts_with(wanted)),
            Some(Part::Number) => words[0].as_bytes()[0].is_ascii_digit(),
            _ => true,
        }
    }
}

/// A word without the colon after it.
fn bare(word: &str) -> &str {
    word.strip_suffix(':').map_or(word, str::trim_end)
}

fn part(word: &'static str) -> Part {
    match word {
        "0" => Part::Number,
        "@" => Part::Date,
        "*" => Part::Any,
        _ if word.contains('|') => Part::OneOf(word.split('|').collect()),
        _ => word.strip_suffix('*').map_or(Part::Word(word), Part::Start),
    }
}

/// Whether the words fit the parts from the first to the last.
fn fits(parts: &[Part], words: &[&str], cut: bool) -> bool {
    let Some((part, rest)) = parts.split_first() else { return words.is_empty() && !cut };
    match part {
        Part::Any if rest.is_empty() => true,
        Part::Any => (0..=words.len()).any(|skipped| fits(rest, &words[skipped..], cut)),
        Part::Date => (1..=date(words)).rev().any(|length| fits(rest, &words[length..], cut)),
        Part::Word(word) => words.first().is_some_and(|first| *first == *word || bare(first) == *word) && fits(rest, &words[1..], cut),
        Part::OneOf(choice) => words.first().is_some_and(|first| choice.contains(&bare(first))) && fits(rest, &words[1..], cut),
        Part::Start(start) => words.first().is_some_and(|first| first.starts_with(start)) && fits(rest, &words[1..], cut),
        Part::Number => words.first().is_some_and(|first| is_number(bare(first))) && fits(rest, &words[1..], cut),
    }
}

/// "84", "1,024", "3.5K", "5+".
fn is_number(word: &str) -> bool {
    let bare = word.trim_end_matches(['k', 'm', '+', '%']);
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b',' || byte == b'.') && bare.matches('.').count() <= 1
}

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// How many words at the start make a date; 0 if they do not. A date has a year, or a month and a day.
pub fn date(words: &[&str]) -> usize {
    if words.first().is_none_or(|first| date_part(bare(first)).is_none()) {
        return 0;
    }
    let parts: Vec<DatePart> = words.iter().take(8).map_while(|word| date_part(bare(word))).collect();
    let length = parts.len();
    let has = |wanted: DatePart| parts.contains(&wanted);
    let whole = has(DatePart::Whole)
        || has(DatePart::Year) && (length == 1 || has(DatePart::Month) || has(DatePart::Number))
        || has(DatePart::Month) && has(DatePart::Number);
    if whole { length } else { 0 }
}

/// Whether the last words are a date; with a full stop at the end only one in figures.
pub fn ends_with_date(words: &[&str], figures: bool) -> bool {
    let first = words.len().saturating_sub(6);
    (first..words.len()).any(|start| {
        let words = &words[start..];
        date(words) == words.len()
            && (words.len() > 1 || date_part(bare(words[0])) == Some(DatePart::Whole))
            && (!figures || starts_with_year(words[0]) && words.iter().all(|word| is_figures(word)))
    })
}

fn starts_with_year(word: &str) -> bool {
    matches!(date_part(bare(word)), Some(DatePart::Year | DatePart::Whole))
}

fn is_figures(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'/'))
}

/// Whether any words make a date of at least a year and a month.
pub fn has_date(words: &[&str]) -> bool {
    (0..words.len()).any(|start| date(&words[start..]) >= 2 || date_part(bare(words[start])) == Some(DatePart::Whole))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum DatePart {
    /// "2024-06-19", "2024.6.19", "2024년6월19일".
    Whole,
    Year,
    Month,
    /// A day, or a month in figures.
    Number,
    /// "Wednesday", "(수)", "at".
    Filler,
}

fn date_part(word: &str) -> Option<DatePart> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = word.split_at(digits);
    let value: u32 = number.parse().unwrap_or(0);
    match unit {
        _ if digits == 0 => named_part(word),
        "" | "년" if digits == 4 && (1900..2100).contains(&value) => Some(DatePart::Year),
        "월" if (1..=12).contains(&value) => Some(DatePart::Month),
        "" | "일" | "th" | "st" | "nd" | "rd" if (1..=31).contains(&value) => Some(DatePart::Number),
        "am" | "pm" | "시" | "분" if value < 60 => Some(DatePart::Filler),
        "" if digits > 0 && value < 60 => Some(DatePart::Filler),
        _ => is_joined_date(word).then_some(DatePart::Whole),
    }
}

fn named_part(word: &str) -> Option<DatePart> {
    let start = word.get(..3).unwrap_or("");
    let name = word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'.');
    match word {
        _ if name && MONTHS.contains(&start) && is_month_name(word) => Some(DatePart::Month),
        _ if name && DAYS.contains(&start) && (word.len() <= 5 || word.ends_with("day")) => Some(DatePart::Filler),
        "at" | "am" | "pm" | "a.m" | "p.m" | "kst" | "est" | "edt" | "gmt" | "utc" | "bst" | "cet" | "오전" | "오후" | "월" | "화"
        | "수" | "목" | "금" | "토" | "일" | "월요일" | "화요일" | "수요일" | "목요일" | "금요일" | "토요일" | "일요일" => {
            Some(DatePart::Filler)
        }
        _ => None,
    }
}

fn is_month_name(word: &str) -> bool {
    const NAMES: &[&str] =
        &["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "sept"];
    let bare = word.trim_end_matches('.');
    bare.len() == 3 || NAMES.contains(&bare)
}

/// Three groups of digits, or two with the year first: "2024.06.19", "19/06/2024", "2024.6".
fn is_joined_date(word: &str) -> bool {
    let groups: Vec<&str> = word
        .trim_end_matches(['.', '일', '월'])
        .split(['.', '-', '/', '년', '월'])
        .map(str::trim)
        .filter(|group| !group.is_empty())
        .collect();
    let digits = groups.iter().all(|group| group.len() <= 4 && group.bytes().all(|byte| byte.is_ascii_digit()));
    let year = |group: &str| group.len() == 4 && (group.starts_with("19") || group.starts_with("20"));
    let month = |group: &str| group.parse::<u32>().is_ok_and(|month| (1..=12).contains(&month));
    digits
        && (groups.len() == 3 || groups.len() == 2 && month(groups[1]))
        && (groups.len() == 3 || groups.len() == 2 && year(groups[0]))
        && (year(groups[0]) || groups.len() == 3 && (year(groups[2]) || groups[0].len() == 2 && groups[1].len() == 2))
}
