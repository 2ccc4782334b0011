//! `list-count`: a number of things that the list behind it does not have, and shares and sums that do not add up.

use super::passage::{Passage, passages};
use super::{Examination, Finding, Severity};
use crate::anchor::words::{Shape, Word, words};
use crate::document::Kind;
use crate::text::Span;

/// Reports counts and sums.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let passages: Vec<Passage> = passages(&examination.target.document).collect();
    for (index, passage) in passages.iter().enumerate() {
        let words = words(passage.text());
        for announced in announced(passage.text(), &words) {
            let counted = inside(passage.text(), &announced)
                .or_else(|| ordinals(&passages[index..], &announced))
                .or_else(|| items(&passages[index..]));
            if let Some(list) = counted.filter(|list| !list.contains(&announced.number)) {
                findings.push(miscounted(passage, &announced, &list));
            }
        }
        findings.extend(shares(passage));
    }
}

/// "three reasons" before a list.
struct Announced {
    number: usize,
    span: Span,
}

/// Things that are counted before they are listed.
const THINGS: &[&str] = &[
    "aims",
    "approaches",
    "areas",
    "arguments",
    "axes",
    "causes",
    "challenges",
    "conditions",
    "conclusions",
    "countries",
    "criteria",
    "dimensions",
    "directions",
    "elements",
    "factors",
    "features",
    "fields",
    "findings",
    "goals",
    "grounds",
    "implications",
    "issues",
    "items",
    "kinds",
    "lessons",
    "measures",
    "motives",
    "objectives",
    "obstacles",
    "options",
    "parts",
    "paths",
    "phases",
    "pillars",
    "points",
    "principles",
    "priorities",
    "problems",
    "proposals",
    "questions",
    "reasons",
    "recommendations",
    "requirements",
    "risks",
    "scenarios",
    "sectors",
    "stages",
    "steps",
    "strands",
    "tasks",
    "things",
    "trends",
    "types",
    "variables",
    "ways",
];

const NUMBERS: &[&str] = &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// Numbers from two to ten with such a thing at most two words behind.
fn announced(text: &str, words: &[Word]) -> Vec<Announced> {
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let written = word.of(text);
        let by_name = NUMBERS.iter().position(|number| number.eq_ignore_ascii_case(written)).map(|place| place + 2);
        let Some(number) = by_name.or_else(|| written.parse().ok()).filter(|number| (2..=10).contains(number)) else { continue };
        let rest = words[index + 1..].iter().take(3);
        let thing = rest.take_while(|word| word.shape == Shape::Lower).find(|word| THINGS.contains(&word.of(text)));
        let before = text[text.floor_char_boundary(word.start.saturating_sub(8))..word.start].trim_end().to_lowercase();
        let is_part = before.ends_with(" of") || before.ends_with("first");
        if let Some(thing) = thing.filter(|_| !is_part) {
            found.push(Announced { number, span: Span::new(word.start, thing.end) });
        }
    }
    found
}

/// The ways to count a list behind a colon in the same sentence; nothing when its commas may stand inside its items.
fn inside(text: &str, announced: &Announced) -> Option<Vec<usize>> {
    let rest = &text[announced.span.end..];
    let near = &rest[..rest.floor_char_boundary(REACH.min(rest.len()))];
    let colon = near.find(':').filter(|&at| !near[..at].contains(['.', ';']))?;
    let list = rest[colon + 1..].trim_end_matches(['.', '”', '"', ')', ' ']);
    if list.contains([':', '(', '—', '–', '“', '"', '.']) {
        return None;
    }
    if list.contains(';') {
        let parts = list.split(';').count();
        return Some(vec![parts]);
    }
    let parts: Vec<&str> = list.split(", ").collect();
    let length = |part: &&&str| part.split_whitespace().count();
    if parts.iter().map(|part| length(&part)).max()? > LONGEST_ITEM {
        return None;
    }
    let last = parts.last()?.trim_start();
    let joins = parts.iter().map(|part| part.matches(" and ").count() + part.matches(" or ").count()).sum::<usize>();
    let is_closed = last.starts_with("and ") || last.starts_with("or ");
    let fewest = parts.len();
    // "a, b and c" are three; "a, b and c, and d" three or four.
    let listed = if is_closed { fewest..=fewest + joins } else { fewest + joins.min(1)..=fewest + joins };
    (is_closed || joins > 0).then(|| listed.collect())
}

/// Bytes between a number and the colon of its list.
const REACH: usize = 60;
/// Words of the longest item whose commas are believed.
const LONGEST_ITEM: usize = 7;

const ORDINALS: &[&str] = &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// How many sentences further on the next of a list may begin.
const NEXT: usize = 6;

/// The list that begins with "First," in the next sentence, counted by its ordinals.
fn ordinals(passages: &[Passage], announced: &Announced) -> Option<Vec<usize>> {
    let text = passages[0].text();
    let closes = text[announced.span.end..].find(['.', ':']).is_some_and(|at| announced.span.end + at + 2 >= text.len());
    if !closes || ordinal(passages.get(1)?.text()) != Some(1) {
        return None;
    }
    let (mut count, mut last) = (1, 1);
    for (index, passage) in passages.iter().enumerate().skip(2).take(MOST) {
        if index > last + NEXT || passage.kind == Kind::Heading {
            break;
        }
        match ordinal(passage.text()) {
            Some(number) if number == count + 1 => (count, last) = (number, index),
            Some(0) => {
                count += 1;
                break;
            }
            Some(1) => break,
            _ => {}
        }
    }
    Some(vec![count])
}

/// Sentences that are looked at for one list.
const MOST: usize = 60;

/// Which ordinal a sentence begins with; 0 for "Finally," and "Last,".
fn ordinal(text: &str) -> Option<usize> {
    let first = text.split([' ', ',']).next()?.to_lowercase();
    if ["finally", "last", "lastly"].contains(&first.as_str()) {
        return Some(0);
    }
    let bare = first.strip_suffix("ly").unwrap_or(&first);
    let rest = text[first.len().min(text.len())..].trim_start();
    let apart = text.as_bytes().get(first.len()) == Some(&b',') || rest.starts_with("is ") || rest.starts_with("comes ");
    ORDINALS.iter().position(|ordinal| *ordinal == bare).map(|place| place + 1).filter(|_| apart)
}

/// The list items that follow a sentence which ends with a colon.
fn items(passages: &[Passage]) -> Option<Vec<usize>> {
    if !passages[0].text().ends_with(':') || passages[0].kind == Kind::Item {
        return None;
    }
    let mark = |passage: &Passage| passage.text().chars().next().filter(|character| !character.is_alphanumeric());
    let first = passages.get(1).filter(|passage| passage.kind == Kind::Item)?;
    let items = passages[1..].iter().take(MOST).take_while(|passage| passage.kind == Kind::Item);
    let count = items.filter(|item| mark(item) == mark(first)).count();
    (count > 1).then(|| vec![count])
}

fn miscounted(passage: &Passage, announced: &Announced, list: &[usize]) -> Finding {
    let written = announced.span.of(passage.text());
    let message = format!("“{written}”, but the list behind it has {}", list[0]);
    Finding::in_target("list-count", Severity::Minor, passage.segment_index, passage.original(announced.span), message)
}

/// Shares of which the last is "the remaining 30 percent", and figures of which the last is their total.
fn shares(passage: &Passage) -> Option<Finding> {
    let text = passage.text();
    let lower = text.to_ascii_lowercase();
    let figures = figures(text);
    let (at, whole) = REST.iter().find_map(|(cue, whole)| Some((lower.find(cue)?, *whole)))?;
    let place = figures.iter().position(|(span, ..)| span.start > at && span.start < at + REACH)?;
    let (span, value, is_share) = figures[place];
    let before: Vec<f64> = figures[..place].iter().filter(|(.., share)| *share == is_share).map(|(_, value, _)| *value).collect();
    if before.len() < if whole.is_some() { 1 } else { 2 } || whole.is_some() && !is_share {
        return None;
    }
    let wanted = whole.unwrap_or(value);
    let own = if whole.is_some() { value } else { 0.0 };
    let sums: Vec<f64> = (0..before.len()).map(|from| before[from..].iter().sum::<f64>() + own).collect();
    let sums = &sums[..sums.len() - usize::from(whole.is_none())];
    let fits = |sum: &&f64| (**sum - wanted).abs() <= wanted * EXACT + 0.001;
    let near = sums.iter().find(|sum| (**sum - wanted).abs() <= wanted * NEAR);
    let sum = near.filter(|_| sums.iter().find(fits).is_none())?;
    let message = match whole {
        Some(_) => format!("the shares add up to {}, not 100", rounded(*sum)),
        None => format!("the figures before it add up to {}", rounded(*sum)),
    };
    Some(Finding::in_target("list-count", Severity::Minor, passage.segment_index, passage.original(span), message))
}

/// The words before a last share, with what the shares must come to; and those before a total.
const REST: &[(&str, Option<f64>)] = &[
    ("the remaining ", Some(100.0)),
    ("the rest, ", Some(100.0)),
    ("a total of ", None),
    ("altogether ", None),
    ("for a sum of ", None),
    ("adding up to ", None),
    ("totaling ", None),
    ("totalling ", None),
];

/// Rounded shares miss the whole by so much.
const EXACT: f64 = 0.015;
/// A sum that misses by more was not meant as one.
const NEAR: f64 = 0.2;

/// The figures of a text with whether they are shares; years are none.
fn figures(text: &str) -> Vec<(Span, f64, bool)> {
    let mut found = Vec::new();
    for word in words(text).into_iter().filter(|word| word.shape == Shape::Digits) {
        let Ok(value) = word.of(text).replace(',', "").parse::<f64>() else { continue };
        let rest = text[word.end..].trim_start();
        let is_share = rest.starts_with('%') || rest.starts_with("percent") || rest.starts_with("per cent");
        let is_year = word.of(text).len() == 4 && (1900.0..2100.0).contains(&value);
        let is_part =
            text[..word.start].ends_with(|before: char| before.is_alphanumeric() || "-–/.:$€£".contains(before)) || rest.starts_with(':');
        if !(is_year || is_part) {
            found.push((word.span(), value, is_share));
        }
    }
    found
}

fn rounded(value: f64) -> String {
    if value.fract().abs() < 0.005 { format!("{value:.0}") } else { format!("{value:.1}") }
}
