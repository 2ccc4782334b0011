//! Institutions: a ministry, an agency or a bank of the English where the source has another one.

use crate::align::evidence::Matrix;
use crate::check::{Examination, Finding, Place, Related, Severity};
use crate::glossary::lexicon;
use crate::support::facts::{neighbourhood, pull_at};
use crate::support::{Row, Verdict};
use crate::text::Span;

/// Words that make a name one of an institution, and say nothing of which.
const GENERIC: &[&str] = &[
    "ministry",
    "department",
    "agency",
    "bank",
    "commission",
    "court",
    "office",
    "council",
    "board",
    "institute",
    "authority",
    "administration",
    "bureau",
    "corporation",
    "foundation",
    "association",
    "committee",
    "service",
];
/// Institutions in one word.
const ALONE: &[&str] = &["treasury", "pentagon", "congress", "senate", "parliament", "cabinet"];
/// How a Korean institution ends, with at least three syllables.
const KOREAN: &[&str] = &["부", "청", "처", "원", "위원회", "은행", "공사", "법원", "기구", "의회"];
/// Words inside the name of an institution that are written small.
const SMALL: &[&str] = &["of", "and", "for"];

/// How well the words around an institution must be explained where the other one stands, in nats.
const PULL: f64 = 1.5;

/// An institution of a sentence that its sources do not have, where they have one that the sentence has not.
pub fn other(examination: &Examination, row: &Row) -> Option<Finding> {
    let (matrix, source) = (examination.matrix?, examination.source?);
    if row.sources.is_empty() || !matches!(row.verdict, Verdict::Supported | Verdict::Partial) {
        return None;
    }
    let text = &examination.target.document.text;
    let sentence = examination.target.document.segments[row.target_index].span;
    let name = names(text, sentence).into_iter().find(|&span| is_missing(matrix, row, text, span))?;
    let rivals = row.sources.iter().flat_map(|&segment| unclaimed(matrix, row, segment).into_iter().map(move |span| (segment, span)));
    let pulled = rivals.map(|(segment, span)| (pull_at(matrix, row, name, segment, span), segment, span));
    let (_, segment, span) = pulled.filter(|(pull, ..)| *pull >= PULL).max_by(|one, other| one.0.total_cmp(&other.0))?;
    let (shown, instead) = (name.of(text), span.of(&source.document.text));
    Some(Finding {
        check: "name",
        severity: Severity::Major,
        place: Place::Target,
        segment_index: row.target_index,
        span: name,
        message: format!("“{shown}” stands nowhere in the source of these words; sentence {} has “{instead}”", segment + 1),
        related: vec![Related { place: Place::Source, segment_index: segment, span }],
        suggestion: None,
    })
}

/// The names of institutions in a sentence: runs of capitalised words with a word for an institution among them.
fn names(text: &str, sentence: Span) -> Vec<Span> {
    let mut names = Vec::new();
    let mut run: Vec<Span> = Vec::new();
    let words = text[sentence.start..sentence.end].split_inclusive(' ').scan(sentence.start, |at, word| {
        let start = *at;
        *at += word.len();
        Some((start, word))
    });
    for (start, word) in words {
        let bare = word.trim_end_matches(|character: char| !character.is_alphanumeric());
        let bare = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare);
        let is_capital = bare.starts_with(|character: char| character.is_ascii_uppercase());
        if is_capital || !run.is_empty() && SMALL.contains(&bare) {
            run.push(Span::new(start, start + bare.len()));
        }
        let goes_on = (is_capital || SMALL.contains(&bare)) && word.trim_end() == bare;
        if !goes_on {
            names.extend(institution(text, &run, sentence));
            run.clear();
        }
    }
    names.extend(institution(text, &run, sentence));
    names
}

/// A run of words, if it names an institution; the first word of a sentence may be capitalised for another reason.
fn institution(text: &str, run: &[Span], sentence: Span) -> Option<Span> {
    let last = run.iter().rposition(|word| !SMALL.contains(&word.of(text)))?;
    let run = &run[..=last];
    let lower = |word: &Span| word.of(text).to_lowercase();
    let is_one = run.iter().map(lower).any(|word| GENERIC.contains(&word.as_str()) && run.len() > 1 || ALONE.contains(&word.as_str()));
    let starts = run[0].start == sentence.start && run.len() < 2;
    (is_one && !starts).then(|| Span::new(run[0].start, run[last].end))
}

/// Whether the lexicon knows what tells an institution from others, and neither the sources nor what stands near them have it.
fn is_missing(matrix: &Matrix, row: &Row, text: &str, name: Span) -> bool {
    let items = &matrix.targets[row.target_index].items;
    let covered = matrix.covered(&neighbourhood(matrix, row), row.target_index);
    let telling: Vec<usize> = (0..items.len())
        .filter(|&at| items[at].span.overlaps(name) && items[at].is_content)
        .filter(|&at| !GENERIC.contains(&items[at].span.of(text).to_lowercase().as_str()))
        .filter(|&at| items[at].anchor_index.is_none_or(|index| matrix.target.anchors[row.target_index][index].kind != "country"))
        .collect();
    !telling.is_empty() && telling.iter().all(|&at| covered[at] == 0.0 && !items[at].keys.is_empty())
}

/// The institutions of a source segment that nothing in the sentence agrees with.
fn unclaimed(matrix: &Matrix, row: &Row, segment: usize) -> Vec<Span> {
    let start = matrix.source.document.segments[segment].span.start;
    let text = matrix.source.document.segment_text(segment);
    let claimed: Vec<Span> =
        matrix.matches(segment, row.target_index).iter().map(|found| matrix.sources[segment].words[found.word as usize].span).collect();
    let hits = lexicon::find(text).into_iter().filter(|hit| hit.quality == 1.0).map(|hit| (hit.start, hit.end));
    let institutions = hits.filter(|&(from, to)| {
        let word = &text[from..to];
        word.chars().count() >= 3 && KOREAN.iter().any(|ending| word.ends_with(ending))
    });
    institutions
        .map(|(from, to)| Span::new(start + from, start + to))
        .filter(|span| !claimed.iter().any(|known| known.overlaps(*span)))
        .collect()
}
