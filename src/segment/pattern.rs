//! The patterns of the data files: whole lines with places for a number, a date and anything.

use super::words::sections_of;
use rustc_hash::FxHashMap;

/// The patterns of a data file, ready to be matched.
pub struct Patterns {
    /// By their first word, so that a line meets a handful of hundreds.
    by_word: FxHashMap<&'static str, Vec<Pattern>>,
    /// Those that begin with a place.
    open: Vec<Pattern>,
}

struct Pattern {
    section: &'static str,
    parts: Vec<Part>,
}

enum Part {
    Word(&'static str),
    /// The start of a word: `view*`.
    Start(&'static str),
    Number,
    Date,
    Any,
}

/// A line as patterns see it: its words in small letters, without the marks around them.
pub struct Line {
    words: Vec<String>,
    /// Whether the line has more words than these.
    cut: bool,
}

/// Words of a line that are looked at.
const LONGEST: usize = 24;

impl Line {
    /// Takes a line apart. A colon stays with the word before it.
    pub fn new(text: &str) -> Line {
        let mut words: Vec<String> = Vec::new();
        for piece in text.split_whitespace().flat_map(|token| token.split_inclusive(is_joint)) {
            let colon = piece.ends_with([':', '：']);
            let word = piece.trim_matches(is_edge);
            if words.len() == LONGEST && !word.is_empty() {
                return Line { words, cut: true };
            }
            match words.last_mut() {
                Some(last) if word.is_empty() && colon && !last.ends_with(':') => last.push(':'),
                _ if word.is_empty() => {}
                _ => words.push(word.to_lowercase() + if colon { ":" } else { "" }),
            }
        }
        Line { words, cut: false }
    }

    /// Whether there is no word in it.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words.
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

fn is_joint(character: char) -> bool {
    matches!(character, ':' | '：' | '|' | '｜' | '=' | '>' | '<' | '›' | '»' | '«' | '‹' | '·' | '•')
}

fn is_edge(character: char) -> bool {
    !character.is_alphanumeric() && !matches!(character, '&' | '©' | 'ⓒ' | '/' | '#')
}

impl Patterns {
    /// Reads a file that is compiled in.
    pub fn parse(file: &'static str) -> Patterns {
        let mut patterns = Patterns { by_word: FxHashMap::default(), open: Vec::new() };
        for (section, line) in sections_of(file) {
            let pattern = Pattern { section, parts: line.split_whitespace().map(part).collect() };
            match pattern.parts.first() {
                Some(Part::Word(word)) => patterns.by_word.entry(bare(word)).or_default().push(pattern),
                _ => patterns.open.push(pattern),
            }
        }
        patterns
    }

    /// The section of the first pattern that a line fits.
    pub fn section(&self, line: &Line) -> Option<&'static str> {
        let first = line.words.first()?;
        let known = self.by_word.get(bare(first)).map_or(&[][..], Vec::as_slice);
        known.iter().chain(&self.open).find(|pattern| fits(&pattern.parts, &line.words, line.cut)).map(|pattern| pattern.section)
    }

    /// Whether a line fits any pattern.
    pub fn fit(&self, line: &Line) -> bool {
        self.section(line).is_some()
    }
}

/// A word without the colon after it.
fn bare(word: &str) -> &str {
    word.strip_suffix(':').unwrap_or(word)
}

fn part(word: &'static str) -> Part {
    match word {
        "0" => Part::Number,
        "@" => Part::Date,
        "*" => Part::Any,
        _ => word.strip_suffix('*').map_or(Part::Word(word), Part::Start),
    }
}

/// Whether the words fit the parts from the first to the last.
fn fits(parts: &[Part], words: &[String], cut: bool) -> bool {
    let Some((part, rest)) = parts.split_first() else { return words.is_empty() && !cut };
    match part {
        Part::Any if rest.is_empty() => true,
        Part::Any => (0..=words.len()).any(|skipped| fits(rest, &words[skipped..], cut)),
        Part::Date => (1..=date(words)).rev().any(|length| fits(rest, &words[length..], cut)),
        Part::Word(word) => words.first().is_some_and(|first| first == word || bare(first) == *word) && fits(rest, &words[1..], cut),
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
pub fn date(words: &[String]) -> usize {
    let parts: Vec<DatePart> = words.iter().take(8).map_while(|word| date_part(bare(word))).collect();
    let length = parts.len();
    let has = |wanted: DatePart| parts.contains(&wanted);
    let whole = has(DatePart::Whole)
        || has(DatePart::Year) && (length == 1 || has(DatePart::Month) || has(DatePart::Number))
        || has(DatePart::Month) && has(DatePart::Number);
    if whole { length } else { 0 }
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
        "at" | "am" | "pm" | "a.m" | "p.m" | "kst" | "오전" | "오후" | "월" | "화" | "수" | "목" | "금" | "토" | "일" | "월요일"
        | "화요일" | "수요일" | "목요일" | "금요일" | "토요일" | "일요일" => Some(DatePart::Filler),
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
    digits
        && (groups.len() == 3 || groups.len() == 2 && year(groups[0]))
        && (year(groups[0]) || groups.len() == 3 && (year(groups[2]) || groups[0].len() == 2 && groups[1].len() == 2))
}
