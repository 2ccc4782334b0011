//! `unsupported`: a passage of the target that has no source.

use super::{Examination, Finding, Place, Related, Severity};
use crate::align::evidence::Matrix;
use crate::align::side::Class;
use crate::document::Document;
use crate::support::{Row, Verdict};
use crate::text::Span;

/// The most phrases that a message names: what an editor takes in at a glance.
const MOST_PHRASES: usize = 5;
/// Characters of a sentence or passage that a message quotes.
const QUOTED: usize = 48;

/// Reports every row of the ledger without a source.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let rows = examination.ledger.iter().filter(|row| matches!(row.verdict, Verdict::Unsupported | Verdict::Partial));
    findings.extend(rows.map(|row| finding(examination, row)));
}

fn finding(examination: &Examination, row: &Row) -> Finding {
    let document = &examination.target.document;
    let span = row.unsupported_span.unwrap_or(document.segments[row.target_index].span).trimmed(&document.text);
    Finding {
        check: "unsupported",
        severity: Severity::Major,
        place: Place::Target,
        segment_index: row.target_index,
        span,
        message: message(examination, row, span),
        related: related(examination, row),
        suggestion: None,
    }
}

fn message(examination: &Examination, row: &Row, span: Span) -> String {
    let lacking = lacking(examination, row, span);
    match row.verdict {
        Verdict::Partial => format!("no source for {}{lacking}", quoted(span.of(&examination.target.document.text))),
        _ => format!("no source found{}{lacking}", nearest(examination, row)),
    }
}

/// What is nearest among the Korean sentences.
fn nearest(examination: &Examination, row: &Row) -> String {
    match (row.sources.first(), examination.source) {
        (Some(&index), Some(side)) => format!("; nearest is {} ({})", index + 1, quoted(side.document.segment_text(index))),
        _ => String::new(),
    }
}

/// What the Korean does not speak of at all; where it speaks of everything somewhere, what the nearest sentences lack.
fn lacking(examination: &Examination, row: &Row, span: Span) -> String {
    let Some(matrix) = examination.matrix else { return String::new() };
    let named = |sources: &[usize]| {
        let mut named: Vec<String> = Vec::new();
        for phrase in phrases(matrix, row.target_index, span, sources) {
            let phrase = quoted(phrase.of(&examination.target.document.text));
            named.extend((!named.contains(&phrase)).then_some(phrase));
        }
        named.join(", ")
    };
    let (anywhere, nearby) = (named(&(0..matrix.sources.len()).collect::<Vec<_>>()), named(&row.sources));
    match (anywhere.is_empty(), nearby.is_empty()) {
        (false, _) => format!("; nothing in the Korean on {anywhere}"),
        (true, false) => format!("; nothing there on {nearby}, which the Korean has only elsewhere"),
        (true, true) => String::new(),
    }
}

/// The phrases without any counterpart in some Korean sentences, in text order: those that say most, where there are many.
fn phrases(matrix: &Matrix, target: usize, span: Span, sources: &[usize]) -> Vec<Span> {
    let covered = matrix.covered(sources, target);
    let items = &matrix.targets[target].items;
    let lacks = |index: usize| items[index].is_content && covered[index] == 0.0 && span.contains(items[index].span);
    let mut phrases: Vec<(f32, Span)> = Vec::new();
    for index in (0..items.len()).filter(|&index| lacks(index)) {
        let worth = if items[index].class == Class::Unknown { 0.0 } else { matrix.item_worth(target)[index].found };
        match phrases.last_mut() {
            Some(phrase) if joins(&matrix.target.document, phrase.1, items[index].span) => {
                *phrase = (phrase.0 + worth, Span::new(phrase.1.start, items[index].span.end));
            }
            _ => phrases.push((worth, items[index].span)),
        }
    }
    // A word that the lexicon does not know may well have a counterpart: alone it proves nothing.
    phrases.retain(|phrase| phrase.0 > 0.0);
    phrases.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    phrases.truncate(MOST_PHRASES);
    phrases.sort_by_key(|phrase| phrase.1);
    phrases.into_iter().map(|(_, phrase)| with_preposition(&matrix.target.document, phrase, matrix, target)).collect()
}

/// Whether a word goes on with a phrase: two that stand side by side say what they are about ("customs union"), more only
/// where they are a name.
fn joins(document: &Document, phrase: Span, word: Span) -> bool {
    let text = &document.text;
    let is_beside = phrase.end <= word.start && matches!(&text[phrase.end..word.start], " " | "-" | "\n");
    let is_name = |span: Span| span.of(text).split([' ', '-', '\n']).all(|part| part.starts_with(char::is_uppercase));
    is_beside && (!phrase.of(text).contains([' ', '-', '\n']) || is_name(phrase) && is_name(word))
}

/// A date with the word that says how it is meant: "by spring".
fn with_preposition(document: &Document, phrase: Span, matrix: &Matrix, target: usize) -> Span {
    let is_date = matrix.target.anchors[target].iter().any(|anchor| anchor.kind == "date" && anchor.span.start == phrase.start);
    let before = document.text[..phrase.start].trim_end();
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_preposition = ["by", "in", "on", "since", "until", "before", "after", "from", "last", "next", "this"].contains(&word);
    if is_date && is_preposition { Span::new(before.len() - word.len(), phrase.end) } else { phrase }
}

/// A text in quotation marks, without commas at its ends; the middle of a long one is left out.
fn quoted(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.trim_matches([',', ';', ':', '—', '–', ' ']);
    let characters: Vec<char> = words.chars().collect();
    if characters.len() <= QUOTED {
        return format!("“{words}”");
    }
    let half = (QUOTED - 1) / 2;
    let (start, end) = (&characters[..half], &characters[characters.len() - half..]);
    format!("“{} … {}”", start.iter().collect::<String>().trim_end(), end.iter().collect::<String>().trim_start())
}

fn related(examination: &Examination, row: &Row) -> Vec<Related> {
    let segments = |index: usize| examination.source.map(|side| side.document.segments[index].span);
    let nearest = row.sources.iter().take(2).filter_map(|&index| segments(index).map(|span: Span| (index, span)));
    nearest.map(|(segment_index, span)| Related { place: Place::Source, segment_index, span }).collect()
}
