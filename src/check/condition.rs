//! `condition`: an English sentence that binds its statement otherwise than the original does.

use super::comparison::statement::{Statement, statements};
use super::{Examination, Finding, Place, Related, Severity};
use crate::anchor::polarity::{Mark, Sort};
use crate::text::Span;

/// Compares the conditions.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    for statement in statements(examination) {
        findings.extend(turned(&statement));
        findings.extend(added(&statement));
        let freed = freed(&statement);
        findings.extend(if freed.is_none() { lost(&statement) } else { freed });
    }
}

/// Words that bind a statement to something being so.
const IF: &[&str] = &["if", "provided", "providing", "as long as", "so long as", "assuming", "only if"];
/// Korean endings that bind a statement to something not being so.
const UNLESS: &[&str] = &[
    "지 않는 한",
    "지않는 한",
    "지 않으면",
    "지 않는다면",
    "지 못하면",
    "지 못하는 한",
    "지 못한다면",
    "없으면",
    "없다면",
    "없이는",
    "지 않고는",
    "아니면",
    "지 않는 이상",
];
/// Korean words that bind a statement so plainly that the English must say it.
const PLAIN: &[&str] = &[
    "다면 ",
    "지 않는 한",
    "경우에만",
    "전제로",
    "조건으로",
    "한해서만",
    "때에만",
    "어야만",
    "않고는",
    "없이는",
    "한하여",
    "에 한해 ",
    "경우에 한",
];

/// "unless" for a plain condition, "if" for a condition that something is not so.
fn turned(statement: &Statement) -> Option<Finding> {
    let text = &statement.examination.target.document.text;
    statement.marks(Sort::Condition).into_iter().find_map(|mark| {
        let word = mark.span.of(text).to_lowercase();
        let segment = *statement.homes(mark.span).first()?;
        let conditions = statement.source_marks(segment, Sort::Condition);
        let negative = statement.source_phrase(segment, UNLESS);
        let clause = &text[mark.span.end..clause_end(text, mark.span.end, statement.target_span().end)];
        let denied = negates(clause);
        match word.as_str() {
            "unless" if negative.is_none() && !conditions.is_empty() && statement.source_marks(segment, Sort::Negation).is_empty() => {
                Some(finding(statement, mark.span, segment, conditions[0].span, "binds the statement the other way round than"))
            }
            word if IF.contains(&word) && !denied && only_negative(&conditions, negative) => {
                Some(finding(statement, mark.span, segment, negative?, "binds the statement the other way round than"))
            }
            _ => None,
        }
    })
}

/// Whether the only condition of a sentence is a negative one.
fn only_negative(conditions: &[Mark], negative: Option<Span>) -> bool {
    negative
        .is_some_and(|negative| conditions.iter().all(|mark| mark.span.overlaps(negative) || mark.span.start.abs_diff(negative.end) <= 6))
}

fn negates(clause: &str) -> bool {
    use crate::anchor::polarity::marks;
    use crate::text::Language;
    !marks(clause, Language::English, Sort::Negation).is_empty() || !marks(clause, Language::English, Sort::Denial).is_empty()
}

fn clause_end(text: &str, start: usize, end: usize) -> usize {
    text[start..end].find([',', ';', '.']).map_or(end, |at| start + at)
}

/// A condition of the English that no source of the sentence has.
fn added(statement: &Statement) -> Option<Finding> {
    let text = &statement.examination.target.document.text;
    let is_strong = |mark: &Mark| {
        let word = mark.span.of(text).to_lowercase();
        word == "unless" || IF.contains(&word.as_str())
    };
    let mark = statement.marks(Sort::Condition).into_iter().find(is_strong)?;
    if statement.sources_have(&[Sort::Condition]) {
        return None;
    }
    let segment = *statement.homes(mark.span).first()?;
    Some(Finding {
        severity: Severity::Minor,
        ..finding(statement, mark.span, segment, statement.source_span(segment), "binds what is said without a condition in")
    })
}

/// Words that free a statement from every condition.
const FREE: &[&str] = &[
    "whatever",
    "regardless",
    "no matter",
    "in any case",
    "in any event",
    "at any time",
    "irrespective",
    "unconditionally",
    "come what may",
    "of every kind",
    "without conditions",
];
/// Korean words that do the same.
const FREE_IN_KOREAN: &[&str] =
    &["관계없", "관계 없", "상관없", "상관 없", "무관", "구애", "막론", "어떤", "어떠", "무조건", "언제", "모든"];

/// A statement freed from every condition where its source binds it.
fn freed(statement: &Statement) -> Option<Finding> {
    let text = &statement.examination.target.document.text;
    let sentence = statement.target_span();
    let lower = sentence.of(text).to_ascii_lowercase();
    let (at, word) = FREE.iter().find_map(|word| lower.find(word).map(|at| (at, word)))?;
    let span = Span::new(sentence.start + at, sentence.start + at + word.len());
    let sources = &statement.row.sources;
    if sources.iter().any(|&segment| statement.source_phrase(segment, FREE_IN_KOREAN).is_some()) {
        return None;
    }
    let binds = |&segment: &usize| {
        let phrase = statement.source_phrase(segment, PLAIN).or_else(|| statement.source_phrase(segment, UNLESS))?;
        Some((segment, phrase))
    };
    let (segment, phrase) = statement.clause_homes(span).iter().find_map(binds)?;
    Some(finding(statement, span, segment, phrase, "frees the statement from the condition in"))
}

/// A plain condition of the first source that the English sentence does not state.
fn lost(statement: &Statement) -> Option<Finding> {
    let segment = *statement.row.sources.first()?;
    let phrase = statement.source_phrase(segment, PLAIN)?;
    let stated = !statement.marks(Sort::Condition).is_empty() || !statement.marks(Sort::Possibility).is_empty();
    let carried =
        statement.pairs().iter().any(|&(_, other, span)| other == segment && span.end <= phrase.start && span.end + BEFORE >= phrase.start);
    let target = statement.target_span();
    (!stated && carried).then(|| Finding {
        severity: Severity::Minor,
        ..finding(statement, target, segment, phrase, "states without a condition what is bound by one in")
    })
}

/// How many bytes before a condition its words stand: two eojeols.
const BEFORE: usize = 30;

fn finding(statement: &Statement, span: Span, segment: usize, source: Span, what: &str) -> Finding {
    let text = &statement.examination.target.document.text;
    let shown = if span == statement.target_span() { "the sentence".to_string() } else { format!("“{}”", span.of(text)) };
    let place = format!("sentence {}", segment + 1);
    let quoted =
        if source == statement.source_span(segment) { String::new() } else { format!(" (“{}”)", statement.source_at(source).trim()) };
    Finding {
        check: "condition",
        severity: Severity::Major,
        place: Place::Target,
        segment_index: statement.row.target_index,
        span,
        message: format!("{shown} {what} {place}{quoted}"),
        related: vec![Related { place: Place::Source, segment_index: segment, span: source }],
        suggestion: None,
    }
}
