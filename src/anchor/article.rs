//! Numbered things: articles, paragraphs, resolutions, tables, chapters.

use super::reading::Reading;
use super::{Anchor, Fact, key};
use crate::text::{Language, Span};

/// A numbered thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// What sort of thing.
    pub sort: &'static str,
    /// Its number.
    pub number: i64,
    /// What it is part of: Article 4 of "Article 4, paragraph 2" is no part; its paragraph is an item of its own.
    pub sub: Option<i64>,
}

/// Sort, Korean names (after the number), whether 제 is needed, English names.
const SORTS: &[(&str, &[&str], &[&str])] = &[
    ("article", &["조"], &["article", "articles", "art"]),
    ("paragraph", &["항"], &["paragraph", "paragraphs", "para", "clause"]),
    ("chapter", &["장"], &["chapter", "chapters"]),
    ("resolution", &[], &["resolution", "resolutions", "res"]),
];

/// Korean names that stand before the number.
const KOREAN_BEFORE: &[(&str, &[&str])] =
    &[("resolution", &["결의안", "결의"]), ("table", &["표"]), ("figure", &["그림", "도표"]), ("appendix", &["부록", "별표"])];

/// English names that stand before the number and have no Korean name after it.
const ENGLISH_BEFORE: &[(&str, &[&str])] =
    &[("table", &["table", "tables"]), ("figure", &["figure", "figures", "fig"]), ("appendix", &["appendix", "annex"])];

/// Names of laws after which 조 is an article without 제.
pub const LAWS: &[&str] = &["헌법 ", "조약 ", "협정 ", "헌장 ", "나토 ", "법 "];

/// Adds the numbered things of a segment.
pub fn find(reading: &mut Reading) {
    for numeral in reading.numerals.clone() {
        let Some(number) = numeral.whole().filter(|number| (1..100_000).contains(number)) else { continue };
        let found = match reading.language {
            Language::Korean => korean(reading, numeral.span),
            Language::English => english(reading, numeral.span),
        };
        if let Some((sort, span)) = found.filter(|(_, span)| reading.is_free(*span)) {
            let item = Item { sort, number, sub: None };
            reading.add("article", span, format!("{sort} {number}"), vec![item.key()], Fact::Item(item));
        }
    }
}

impl Item {
    fn key(&self) -> u64 {
        key(5, self.number as u64)
    }
}

fn korean(reading: &Reading, span: Span) -> Option<(&'static str, Span)> {
    let (before, after) = (reading.before(span.start), reading.after(span.end));
    let prefix = before.ends_with('제');
    let start = span.start - if prefix { '제'.len_utf8() } else { 0 };
    let rest = after.strip_prefix(' ').unwrap_or(after);
    let skipped = after.len() - rest.len();
    for (sort, names, _) in SORTS {
        if let Some(name) = names.iter().find(|name| rest.starts_with(**name))
            && (prefix && stands(name, &rest[name.len()..]) || is_chained(name, before, &rest[name.len()..]))
        {
            return Some((sort, Span::new(start, span.end + skipped + name.len())));
        }
    }
    let digits = span.of(reading.text).bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    let trimmed = before[..start].trim_end_matches([' ', '<', '(', '「', '[']);
    for (sort, names) in KOREAN_BEFORE {
        if let Some(name) = names.iter().find(|name| digits && trimmed.ends_with(**name)) {
            let head = &trimmed[..trimmed.len() - name.len()];
            let is_word = *sort == "resolution" || !head.ends_with(|character: char| character.is_alphanumeric());
            let is_close = before.len() - trimmed.len() <= 1
                && (*sort != "resolution" || rest.starts_with('호') || reading.text[span.start..span.end].len() >= 4);
            if is_word && is_close && !rest.starts_with(['%', '개', '명', '년']) {
                let end = if rest.starts_with('호') { span.end + skipped + '호'.len_utf8() } else { span.end };
                return Some((sort, Span::new(start, end)));
            }
        }
    }
    None
}

/// Whether 조, 항 or 장 after a number is not the beginning of another word.
fn stands(name: &str, tail: &str) -> bool {
    let end = tail.find(|character: char| !character.is_alphanumeric()).unwrap_or(tail.len());
    let eojeol = &tail[..end];
    eojeol.is_empty()
        || crate::word::korean::follows_noun(eojeol)
        || eojeol.starts_with(|character: char| character.is_ascii_digit())
        || eojeol.starts_with('제')
        || name == "조"
}

/// 4조 2항 without 제: an article before an item of it, or an item after its article.
fn is_chained(name: &str, before: &str, tail: &str) -> bool {
    match name {
        "조" => {
            let rest = tail.trim_start_matches(' ');
            let rest = rest.strip_prefix('제').unwrap_or(rest);
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            digits > 0 && ["항", "호"].iter().any(|name| rest[digits..].starts_with(name)) || LAWS.iter().any(|word| before.ends_with(word))
        }
        "항" => before.trim_end_matches([' ', '제']).ends_with('조'),
        _ => false,
    }
}

fn english(reading: &Reading, span: Span) -> Option<(&'static str, Span)> {
    if let Some(sort) = chained_sort(reading.before(span.start)) {
        let digits = reading.text.as_bytes()[span.start].is_ascii_digit();
        return digits.then_some((sort, span));
    }
    let index = reading.word_from(span.start);
    let mut before = index.checked_sub(1)?;
    if matches!(reading.word(before), "No" | "no" | "Nos") && matches!(reading.gap(before + 1), ". " | "." | " ") {
        before = before.checked_sub(1)?;
    }
    let near = matches!(reading.gap(before + 1), " " | ". " | "-");
    let name = reading.word(before);
    let names = SORTS.iter().map(|(sort, _, names)| (*sort, *names)).chain(ENGLISH_BEFORE.iter().copied());
    let (sort, _) = names.into_iter().find(|(_, names)| names.iter().any(|known| known.eq_ignore_ascii_case(name)))?;
    let digits = reading.text.as_bytes()[span.start].is_ascii_digit();
    (near && digits).then(|| (sort, Span::new(reading.words[before].start, span.end)))
}

/// The sort of a number that goes on a list of items: the 83 of "Articles 74(1) and 83(1)".
fn chained_sort(before: &str) -> Option<&'static str> {
    let joined = [", and ", " and ", " or ", ", ", " to ", "–"].iter().find_map(|joint| before.strip_suffix(joint))?;
    let mut rest = joined;
    while let Some(open) = rest.strip_suffix(')').and_then(|inner| inner.rfind('(')).filter(|open| rest.len() - open <= 5) {
        rest = &rest[..open];
    }
    let head = rest.trim_end_matches(|character: char| character.is_ascii_digit());
    if head.len() == rest.len() || rest.len() - head.len() > 4 {
        return None;
    }
    let Some(list) = head.strip_suffix(' ') else { return chained_sort_of_dash(head) };
    let word = list.rsplit(|character: char| !character.is_alphabetic()).next().unwrap_or(list);
    let names = SORTS.iter().map(|(sort, _, names)| (*sort, *names)).chain(ENGLISH_BEFORE.iter().copied());
    let plural = names.into_iter().find(|(_, names)| word.ends_with('s') && names.iter().any(|name| name.eq_ignore_ascii_case(word)));
    plural.map(|(sort, _)| sort).or_else(|| chained_sort(head))
}

/// A list may go on from the end of a range: Articles 3–5 and 7.
fn chained_sort_of_dash(head: &str) -> Option<&'static str> {
    if head.ends_with('–') { chained_sort(head) } else { None }
}

/// How well two numbered things agree.
pub fn agree(source: &Anchor, target: &Anchor) -> f32 {
    match (&source.fact, &target.fact) {
        (Fact::Item(one), Fact::Item(other)) if one.number == other.number => {
            if one.sort == other.sort {
                1.0
            } else {
                0.6
            }
        }
        (Fact::Item(item), Fact::Quantity(quantity)) if quantity.low == item.number as f64 => 0.5,
        _ => 0.0,
    }
}
