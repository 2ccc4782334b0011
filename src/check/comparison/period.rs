//! Figures by the month, by the year, in all: for what period a figure is given, in both languages.

use super::quantity;
use crate::anchor::{self, Anchor};
use crate::check::{Examination, Finding, Place, Related, Severity};
use crate::support::Row;
use crate::support::facts::{FOUND, Standing};
use crate::text::Span;

/// For what period a figure is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Period {
    Hour,
    Day,
    Week,
    Month,
    Year,
    /// 총, 모두: for all of the time.
    Whole,
}

const AFTER: &[(&str, Period)] = &[
    ("an hour", Period::Hour),
    ("per hour", Period::Hour),
    ("hourly", Period::Hour),
    ("a day", Period::Day),
    ("per day", Period::Day),
    ("each day", Period::Day),
    ("every day", Period::Day),
    ("daily", Period::Day),
    ("a week", Period::Week),
    ("per week", Period::Week),
    ("each week", Period::Week),
    ("every week", Period::Week),
    ("weekly", Period::Week),
    ("a month", Period::Month),
    ("per month", Period::Month),
    ("each month", Period::Month),
    ("every month", Period::Month),
    ("monthly", Period::Month),
    ("a year", Period::Year),
    ("per year", Period::Year),
    ("each year", Period::Year),
    ("every year", Period::Year),
    ("per annum", Period::Year),
    ("yearly", Period::Year),
    ("annually", Period::Year),
];
const BEFORE: &[(&str, Period)] = &[
    ("hourly", Period::Hour),
    ("daily", Period::Day),
    ("weekly", Period::Week),
    ("monthly", Period::Month),
    ("annual", Period::Year),
    ("annually", Period::Year),
    ("yearly", Period::Year),
];

/// Words that stand alone before a Korean figure, and beginnings of words that do.
const KOREAN_WORDS: &[(&str, Period)] = &[
    ("월", Period::Month),
    ("연", Period::Year),
    ("年", Period::Year),
    ("月", Period::Month),
    ("총", Period::Whole),
    ("모두", Period::Whole),
];
const KOREAN_BEGINNINGS: &[(&str, Period)] = &[
    ("시간당", Period::Hour),
    ("하루", Period::Day),
    ("일평균", Period::Day),
    ("매일", Period::Day),
    ("매주", Period::Week),
    ("주당", Period::Week),
    ("주평균", Period::Week),
    ("월평균", Period::Month),
    ("매월", Period::Month),
    ("매달", Period::Month),
    ("월간", Period::Month),
    ("연간", Period::Year),
    ("연평균", Period::Year),
    ("매년", Period::Year),
    ("해마다", Period::Year),
    ("매해", Period::Year),
    ("누적", Period::Whole),
    ("도합", Period::Whole),
    ("통틀어", Period::Whole),
    ("합쳐", Period::Whole),
];

/// How many words between a figure and its period are passed over.
const WORDS: usize = 3;

/// Figures of the English that are given for another period than in the source.
pub fn compare(examination: &Examination, findings: &mut Vec<Finding>) {
    for (row_index, row) in examination.ledger.iter().enumerate() {
        let facts = examination.facts.of_row(row_index).iter();
        for fact in facts.filter(|fact| fact.agreement >= FOUND && fact.standing <= Standing::Sources) {
            let anchor = &examination.target.anchors[row.target_index][fact.anchor_index];
            findings.extend(other_period(examination, row, anchor));
        }
    }
}

fn other_period(examination: &Examination, row: &Row, anchor: &Anchor) -> Option<Finding> {
    quantity(anchor)?;
    let (target, source) = (examination.target, examination.source?);
    let (period, span) = english(&target.document.text, target.document.segments[row.target_index].span, anchor.span)?;
    let mut places = Vec::new();
    for &segment in &row.sources {
        let anchors = &source.anchors[segment];
        for at in (0..anchors.len()).filter(|&at| anchor::agree(&anchors[at], anchor) >= FOUND) {
            let other = korean(&source.document.text, source.document.segments[segment].span, anchors, at)?;
            places.push((segment, other));
        }
    }
    // Only where every place that has the figure gives it for another period.
    let &(segment, (_, word)) = places.first().filter(|_| places.iter().all(|(_, (other, _))| *other != period))?;
    Some(Finding {
        check: "unit",
        severity: Severity::Major,
        place: Place::Target,
        segment_index: row.target_index,
        span,
        message: format!(
            "“{}” is not the period that sentence {} gives for {} (“{}”)",
            span.of(&target.document.text),
            segment + 1,
            anchor.value,
            word.of(&source.document.text)
        ),
        related: vec![Related { place: Place::Source, segment_index: segment, span: word }],
        suggestion: None,
    })
}

/// The period of an English figure and the words that give it: behind the figure, else before it.
fn english(text: &str, sentence: Span, figure: Span) -> Option<(Period, Span)> {
    let after = &text[figure.end..sentence.end];
    let after = &after[..after.find([',', '.', ';', ':', '(', '—']).unwrap_or(after.len())];
    let behind = AFTER.iter().filter_map(|(word, period)| {
        let at = after.find(word)?;
        let rest = &after[at + word.len()..];
        let passed = &after[..at];
        let stands = passed.ends_with(' ') && !rest.starts_with(|character: char| character.is_alphanumeric() || "-'’".contains(character));
        let is_running =
            ["later", "earlier", "ago", "after", "before", "on", "from", "old"].contains(&rest.split_whitespace().next().unwrap_or(""));
        let is_near = passed.split_whitespace().count() <= WORDS && !passed.contains(|character: char| character.is_ascii_digit());
        (stands && is_near && !is_running).then(|| (at, *period, Span::new(figure.end + at, figure.end + at + word.len())))
    });
    let before = || {
        let clause = &text[sentence.start..figure.start];
        let clause = clause.rsplit([',', ';', ':', '(', '—']).next().unwrap_or(clause);
        let words =
            clause.split_whitespace().rev().take(WORDS + 1).take_while(|word| !word.contains(|character: char| character.is_ascii_digit()));
        words.into_iter().find_map(|word| {
            let (_, period) = BEFORE.iter().find(|(known, _)| word.eq_ignore_ascii_case(known))?;
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            Some((*period, Span::new(start, start + word.len())))
        })
    };
    behind.min_by_key(|(at, ..)| *at).map(|(_, period, span)| (period, span)).or_else(before)
}

/// The period of a Korean figure and the word that gives it; 월 150만 원에서 250만 원으로 gives it for both.
fn korean(text: &str, sentence: Span, anchors: &[Anchor], at: usize) -> Option<(Period, Span)> {
    let start = anchors[at].span.start;
    let previous = anchors[..at].iter().rev().find(|other| other.span.end <= start && quantity(other).is_some());
    let from = previous.map_or(sentence.start, |other| other.span.end).max(sentence.start);
    let clause = &text[from..start];
    let clause = clause.rsplit([',', ';', '(']).next().unwrap_or(clause);
    let words: Vec<&str> = clause.split_whitespace().collect();
    let near = &words[words.len().saturating_sub(WORDS)..];
    let found = near.iter().rev().find_map(|word| {
        let alone = KOREAN_WORDS.iter().find(|(known, _)| word == known);
        let (_, period) = alone.or_else(|| KOREAN_BEGINNINGS.iter().find(|(known, _)| word.starts_with(known)))?;
        let place = word.as_ptr() as usize - text.as_ptr() as usize;
        Some((*period, Span::new(place, place + word.len())))
    });
    let goes_on = || {
        let before = anchors[..at].iter().rposition(|other| other.span.end <= start && quantity(other).is_some())?;
        let joined = ["에서", "부터", "~", "∼"].contains(&text[anchors[before].span.end..start].trim());
        if joined { korean(text, sentence, &anchors[..=before], before) } else { None }
    };
    found.or_else(goes_on)
}
