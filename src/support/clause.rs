//! Clauses: a sentence with a source may carry one that has none, which whole-sentence scores do not see.

use crate::align::evidence::Matrix;
use crate::align::side::Class;
use crate::align::summary::Sources;
use crate::align::{logistic, weights};
use crate::text::Span;
use std::sync::LazyLock;

/// The names of the features, in the order of [`Clause::features`].
pub const NAMES: [&str; 9] =
    ["share", "score", "score_per_item", "log_items", "rest_share", "lacking_facts", "rare_lacking", "is_last", "below_rest"];

/// A part of a target segment, judged by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// Its bytes in the document.
    pub span: Span,
    /// What speaks for and against it, all finite: see [`NAMES`].
    pub features: [f64; 9],
}

impl Clause {
    /// The probability, 0 to 1, that it has no source although the rest of the sentence has one.
    pub fn probability(&self) -> f64 {
        logistic(&WEIGHTS, &self.features)
    }
}

/// A logistic fitted on the golden pairs.
static WEIGHTS: LazyLock<Vec<f64>> = LazyLock::new(|| weights(include_str!("clause.txt"), &NAMES));

/// Fewest content words by which a clause can be judged.
const FEWEST_ITEMS: usize = 3;

/// The clauses of a target segment that can be judged; none where the segment is one clause.
pub fn clauses(matrix: &Matrix, target: usize, sources: &Sources) -> Vec<Clause> {
    let document = &matrix.target.document;
    let spans = split(&document.text, document.segments[target].span);
    if spans.len() < 2 {
        return Vec::new();
    }
    let covered = matrix.covered(&sources.widest, target);
    let count = spans.len();
    let judged = spans.into_iter().enumerate().map(|(index, span)| (index + 1 == count, span));
    judged.filter_map(|(is_last, span)| clause(matrix, target, &covered, span, is_last)).collect()
}

fn clause(matrix: &Matrix, target: usize, covered: &[f32], span: Span, is_last: bool) -> Option<Clause> {
    let items = &matrix.targets[target].items;
    let worth = matrix.item_worth(target);
    let (inside, outside): (Vec<usize>, Vec<usize>) =
        (0..items.len()).filter(|&index| items[index].is_content).partition(|&index| span.contains(items[index].span));
    if inside.len() < FEWEST_ITEMS || outside.len() < FEWEST_ITEMS {
        return None;
    }
    let share = |indices: &[usize]| {
        let all: f64 = indices.iter().map(|&index| f64::from(worth[index].found)).sum();
        indices.iter().map(|&index| f64::from(worth[index].found * covered[index])).sum::<f64>() / all.max(1.0)
    };
    let value = |index: usize| f64::from(if covered[index] > 0.0 { covered[index] * worth[index].found } else { worth[index].lacking });
    let score: f64 = inside.iter().map(|&index| value(index)).sum();
    let lacking = |test: &dyn Fn(usize) -> bool| inside.iter().filter(|&&index| covered[index] == 0.0 && test(index)).count() as f64;
    let (own, rest) = (share(&inside), share(&outside));
    let features = [
        own,
        score / 10.0,
        score / inside.len() as f64,
        (inside.len() as f64).ln(),
        rest,
        lacking(&|index| matches!(items[index].class, Class::Fact | Class::Country)),
        lacking(&|index| worth[index].found > 1.8) / inside.len() as f64,
        f64::from(u8::from(is_last)),
        rest - own,
    ];
    Some(Clause { span, features })
}

/// Words that begin a clause.
const OPENERS: &[&str] = &[
    "which",
    "who",
    "whose",
    "where",
    "when",
    "while",
    "whereas",
    "because",
    "although",
    "though",
    "after",
    "before",
    "since",
    "until",
    "unless",
    "if",
    "as",
    "so",
    "but",
    "and",
    "or",
    "with",
    "without",
    "including",
    "leaving",
    "making",
    "amid",
    "despite",
    "even",
    "according",
];

/// Cuts a segment at dashes, colons, semicolons, brackets, at commas, and before conjunctions and relatives that open a
/// clause of some length; short pieces stay with the one before.
fn split(text: &str, segment: Span) -> Vec<Span> {
    let sentence = segment.of(text);
    let mut cuts = vec![0];
    let mut characters = sentence.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = at + character.len_utf8();
        let followed_by_space = characters.peek().is_none_or(|&(_, next)| next.is_whitespace());
        let is_cut = match character {
            '—' | '–' | ';' => true,
            ',' | ':' => followed_by_space,
            ')' => true,
            _ => false,
        };
        if is_cut {
            cuts.push(after);
        } else if character == '(' {
            cuts.push(at);
        } else if character.is_whitespace() && opens(&sentence[after..]) {
            cuts.push(after);
        }
    }
    cuts.push(sentence.len());
    let pieces = cuts.windows(2).map(|pair| Span::new(pair[0], pair[1])).filter(|span| !span.is_empty());
    merged(sentence, pieces).into_iter().map(|span| span.shifted(segment.start)).collect()
}

fn opens(rest: &str) -> bool {
    let word = &rest[..rest.find(|character: char| !character.is_ascii_alphabetic()).unwrap_or(rest.len())];
    OPENERS.contains(&word)
}

/// Pieces of fewer words than this are no clause.
const SHORTEST: usize = 4;

fn merged(sentence: &str, pieces: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for piece in pieces {
        let is_short = |span: Span| span.of(sentence).split_whitespace().count() < SHORTEST;
        match found.last_mut() {
            Some(last) if is_short(piece) || is_short(*last) => last.end = piece.end,
            _ => found.push(piece),
        }
    }
    found
}
