//! Clauses: a sentence with a source may carry one that has none, which whole-sentence scores do not see.

use crate::align::evidence::{Matrix, hit_rate};
use crate::align::side::{Class, Item};
use crate::align::summary::Sources;
use crate::align::{logistic, weights};
use crate::text::Span;
use std::sync::LazyLock;

/// The names of the features, in the order of [`Clause::features`].
pub const NAMES: [&str; 6] = ["linked", "near", "widest", "rest", "rest_found", "set_off"];

/// A part of a target segment, judged by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// Its bytes in the document.
    pub span: Span,
    /// What speaks for and against it, all finite: see [`NAMES`].
    pub features: [f64; 6],
}

impl Clause {
    /// The probability, 0 to 1, that it has no source although the rest of the sentence has one.
    pub fn probability(&self) -> f64 {
        logistic(&WEIGHTS, &self.features)
    }
}

/// A logistic fitted on the golden pairs.
static WEIGHTS: LazyLock<Vec<f64>> = LazyLock::new(|| weights(include_str!("clause.txt"), &NAMES));

/// Fewest content words by which a clause can be judged …
const FEWEST_INSIDE: usize = 2;
/// … and by which the rest of its sentence can.
const FEWEST_OUTSIDE: usize = 3;

/// The clauses of a target segment that can be judged; none where the segment is one clause.
pub fn clauses(matrix: &Matrix, target: usize, sources: &Sources) -> Vec<Clause> {
    let document = &matrix.target.document;
    let segment = document.segments[target].span;
    let spans = split(segment.of(&document.text));
    if spans.len() < 2 {
        return Vec::new();
    }
    let coverage = Coverage::of(matrix, target, sources);
    let judged = spans.into_iter().filter_map(|span| {
        let is_set_off = segment.of(&document.text)[..span.start].trim_end().ends_with([',', '—', '–']);
        coverage.clause(&matrix.targets[target].items, span.shifted(segment.start), is_set_off)
    });
    judged.collect()
}

/// How far each item of a target segment is covered, by widening circles of sources.
struct Coverage {
    /// By each candidate as far as it is probable: the chance, 0 to 1, that some source has the item.
    linked: Vec<f32>,
    /// By the segments around the best sources.
    near: Vec<f32>,
    /// By the sources that together explain most, probable or not.
    widest: Vec<f32>,
}

/// So many segments on either side of a source are near it.
const NEAR: usize = 2;

impl Coverage {
    fn of(matrix: &Matrix, target: usize, sources: &Sources) -> Coverage {
        let mut without = vec![1.0; matrix.targets[target].items.len()];
        for &(source, probability) in &sources.candidates {
            for found in matrix.matches(source, target) {
                without[found.item as usize] *= 1.0 - probability as f32 * found.quality;
            }
        }
        let last = matrix.sources.len().saturating_sub(1);
        let around = |&source: &usize| source.saturating_sub(NEAR)..=(source + NEAR).min(last);
        let near: Vec<usize> = sources.indices.iter().take(2).flat_map(around).collect();
        Coverage {
            linked: without.iter().map(|without| 1.0 - without).collect(),
            near: matrix.covered(&near, target),
            widest: matrix.covered(&sources.widest, target),
        }
    }

    fn clause(&self, items: &[Item], span: Span, is_set_off: bool) -> Option<Clause> {
        let (inside, outside): (Vec<usize>, Vec<usize>) =
            (0..items.len()).filter(|&index| items[index].is_content).partition(|&index| span.contains(items[index].span));
        if inside.len() < FEWEST_INSIDE || outside.len() < FEWEST_OUTSIDE {
            return None;
        }
        let against = |covered: &[f32], indices: &[usize]| -> f64 {
            indices.iter().map(|&index| invention(items[index].class, f64::from(covered[index]))).sum()
        };
        let expected: f64 = outside.iter().map(|&index| f64::from(hit_rate(items[index].class))).sum();
        let found = outside.iter().filter(|&&index| self.linked[index] > 0.5).count() as f64;
        let features = [
            against(&self.linked, &inside),
            against(&self.near, &inside),
            against(&self.widest, &inside),
            -against(&self.linked, &outside) / outside.len() as f64,
            (found - expected) / (outside.len() as f64).sqrt(),
            f64::from(u8::from(is_set_off)),
        ];
        Some(Clause { span, features })
    }
}

/// The log-likelihood ratio, in nats, of an item covered so far, 0 to 1, in an invented clause against a true one.
fn invention(class: Class, covered: f64) -> f64 {
    let (truth, chance) = (f64::from(hit_rate(class)), invented_rate(class));
    covered * (chance / truth).ln() + (1.0 - covered) * ((1.0 - chance) / (1.0 - truth)).ln()
}

/// How often an item of an invented clause has a counterpart in the sources of the rest: measured on the golden pairs, see
/// benches/records.
fn invented_rate(class: Class) -> f64 {
    match class {
        Class::Word | Class::Name => 0.10,
        Class::Unknown => 0.03,
        Class::Fact => 0.12,
        Class::Country => 0.20,
    }
}

/// Words that open a clause even without a comma.
const OPENERS: &[&str] = &["which", "who", "whose", "while", "whereas", "because", "although", "though"];

/// Fewer words than this are no clause.
const SHORTEST: usize = 3;

/// Cuts a sentence at dashes, colons, semicolons, commas and brackets, and before relatives and strong conjunctions; spans
/// are of the text given.
fn split(sentence: &str) -> Vec<Span> {
    let mut cuts = vec![0];
    let mut characters = sentence.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = at + character.len_utf8();
        let followed_by_space = characters.peek().is_none_or(|&(_, next)| next.is_whitespace());
        match character {
            '—' | '–' | ';' | ')' => cuts.push(after),
            ',' | ':' if followed_by_space => cuts.push(after),
            '(' => cuts.push(at),
            _ if character.is_whitespace() && opens(&sentence[after..]) => cuts.push(after),
            _ => {}
        }
    }
    cuts.push(sentence.len());
    cuts.dedup();
    let pieces = cuts.windows(2).map(|pair| trimmed(sentence, pair[0], pair[1]));
    pieces.filter(|span| span.of(sentence).split_whitespace().count() >= SHORTEST).collect()
}

fn opens(rest: &str) -> bool {
    let word = &rest[..rest.find(|character: char| !character.is_ascii_alphabetic()).unwrap_or(rest.len())];
    OPENERS.contains(&word)
}

/// A piece without the white space around it.
fn trimmed(sentence: &str, start: usize, end: usize) -> Span {
    let piece = &sentence[start..end];
    let start = start + piece.len() - piece.trim_start().len();
    Span::new(start, start.max(end - (piece.len() - piece.trim_end().len())))
}
