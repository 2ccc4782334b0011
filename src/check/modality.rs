//! `modality`: an English sentence that demands what the original only allows, or the other way round.

use super::comparison::statement::{Statement, statements};
use super::{Examination, Finding, Place, Related, Severity};
use crate::anchor::polarity::{Mark, Sort};

/// Compares what is demanded with what is allowed.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    for statement in statements(examination) {
        findings.extend(DEMANDS.iter().flat_map(|modal| find(&statement, Sort::Obligation, modal, Sort::Possibility)));
        findings.extend(ALLOWANCES.iter().flat_map(|modal| find(&statement, Sort::Possibility, modal, Sort::Obligation)));
    }
}

/// The modal verbs themselves: nouns and adjectives of the same sense are used too freely.
const DEMANDS: &[&str] = &[
    "must",
    "should",
    "ought to",
    "shall",
    "has to",
    "have to",
    "had to",
    "needs to",
    "need to",
    "obliges",
    "obliged to",
    "is required to",
    "are required to",
    "is certain to",
    "are certain to",
    "is sure to",
    "are sure to",
    "is bound to",
    "are bound to",
    "will certainly",
    "inevitably",
    "compels",
    "compelled to",
];
const ALLOWANCES: &[&str] = &[
    "may",
    "might",
    "can",
    "could",
    "is advised",
    "are advised",
    "is allowed to",
    "are allowed to",
    "is free to",
    "are free to",
    "optional",
];

/// The Korean endings that plainly demand, and those that plainly allow.
const OBLIGATIONS: &[&str] = &[
    "해야 ",
    "하여야 ",
    "어야 한",
    "아야 한",
    "여야 한",
    "돼야 ",
    "되어야 ",
    "와야 ",
    "가야 ",
    "켜야 ",
    "필요가 있",
    "의무가",
    "의무를",
    "지 않으면 안",
    "도록 규정",
    "도록 의무",
    "여야 하",
    "해야만",
];
const POSSIBILITIES: &[&str] = &["수 있", "수도 있", "지도 모", "가능하", "가능성이 있"];

/// Places where the English has a modal of one sort and the source of its words has the other sort alone.
fn find(statement: &Statement, sort: Sort, modal: &str, opposite: Sort) -> Vec<Finding> {
    let text = &statement.examination.target.document.text;
    let marks = statement.marks(sort).into_iter().filter(|mark| mark.span.of(text) == modal);
    marks.filter_map(|mark| doubt(statement, mark, sort, opposite)).collect()
}

/// "may have to", "will need to": both sorts so near each other, in bytes, are one verb.
const BESIDE: usize = 8;

fn doubt(statement: &Statement, mark: Mark, sort: Sort, opposite: Sort) -> Option<Finding> {
    let homes = statement.clause_homes(mark.span);
    let opposed = statement
        .marks(opposite)
        .iter()
        .filter(|other| !other.span.overlaps(mark.span))
        .any(|other| other.span.start.abs_diff(mark.span.end) <= BESIDE || mark.span.start.abs_diff(other.span.end) <= BESIDE);
    let has = |sort: Sort| homes.iter().any(|&segment| !statement.source_marks(segment, sort).is_empty());
    if opposed || has(sort) || sort == Sort::Possibility && has(Sort::Hedge) {
        return None;
    }
    let phrases = if opposite == Sort::Obligation { OBLIGATIONS } else { POSSIBILITIES };
    let (segment, found) = homes.iter().find_map(|&segment| Some((segment, statement.source_phrase(segment, phrases)?)))?;
    let (written, said) = match sort {
        Sort::Obligation => ("demands", "allows or expects"),
        _ => ("allows or expects", "demands"),
    };
    Some(Finding {
        check: "modality",
        severity: Severity::Major,
        place: Place::Target,
        segment_index: statement.row.target_index,
        span: mark.span,
        message: format!(
            "“{}” {written} what sentence {} only {said} (“{}”)",
            mark.span.of(&statement.examination.target.document.text),
            segment + 1,
            statement.source_at(found).trim()
        ),
        related: vec![Related { place: Place::Source, segment_index: segment, span: found }],
        suggestion: None,
    })
}
