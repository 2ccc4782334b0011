//! Where the facts of each target segment stand in the source: in its own sources, near them, elsewhere, or nowhere.

use super::Row;
use crate::align::Side;
use crate::align::evidence::Matrix;
use crate::align::side::Origin;
use crate::anchor::{self, Anchor, Fact as Value};
use crate::glossary::lexicon;
use crate::text::Span;

/// How far around the sources of a segment the neighbourhood reaches, in segments.
const REACH: usize = 2;
/// Agreement from which a fact counts as found.
pub const FOUND: f32 = 0.55;

/// Agreement from which a fact is also found away from its home: a sum in another currency is too loose for that.
const CERTAIN: f32 = 0.6;

/// The facts of all rows of the ledger.
#[derive(Default)]
pub struct Facts {
    rows: Vec<Vec<Fact>>,
}

/// A fact of a target segment and where it stands in the source.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Index from 0 of the anchor in its target segment.
    pub anchor_index: usize,
    /// Where it stands.
    pub standing: Standing,
    /// How well it agrees with what stands there, 0 to 1.
    pub agreement: f32,
    /// What it agrees with best.
    pub found: Option<Found>,
    /// Index from 0 of the source segment that explains the words around it best.
    pub home: Option<usize>,
    /// How well it explains them, in nats; near words count more.
    pub pull: f64,
}

/// A place in the source that a fact agrees with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Index from 0 of the source segment.
    pub segment: usize,
    /// Its bytes in the source document.
    pub span: Span,
    /// Index from 0 of the anchor in that segment; a word of the lexicon has none.
    pub anchor_index: Option<usize>,
}

/// Where a fact stands in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// In the source that explains the words around it.
    Home,
    /// In another source of its segment.
    Sources,
    /// In their neighbourhood.
    Near,
    /// Somewhere else.
    Elsewhere,
    /// Nowhere.
    Nowhere,
}

impl Facts {
    /// Looks for every anchor of every row.
    pub fn of(matrix: &Matrix, ledger: &[Row]) -> Facts {
        Facts { rows: ledger.iter().map(|row| facts_of_row(matrix, row)).collect() }
    }

    /// The facts of a row, by anchor.
    pub fn of_row(&self, row_index: usize) -> &[Fact] {
        self.rows.get(row_index).map_or(&[], Vec::as_slice)
    }

    /// The anchors of a source segment that nothing in a row agrees with: what a changed fact may have been.
    pub fn unclaimed(&self, source: &Side, target: &Side, row: &Row, row_index: usize, segment: usize) -> Vec<usize> {
        let anchors = &target.anchors[row.target_index];
        let is_claimed = |at: usize| {
            let candidate = &source.anchors[segment][at];
            let is_found = |fact: &Fact| {
                let found = fact.found.filter(|_| fact.agreement >= FOUND);
                found.is_some_and(|found| found.segment == segment && found.span.overlaps(candidate.span))
            };
            // A fact that something else of its sources agrees with better does not claim what agrees with it loosely.
            let agrees = |fact: &Fact| {
                let agreement = anchor::agree(candidate, &anchors[fact.anchor_index]);
                agreement >= FOUND && (agreement >= fact.agreement || fact.standing > Standing::Sources)
            };
            self.of_row(row_index).iter().any(|fact| is_found(fact) || agrees(fact))
        };
        (0..source.anchors[segment].len()).filter(|&at| !is_claimed(at)).collect()
    }
}

fn facts_of_row(matrix: &Matrix, row: &Row) -> Vec<Fact> {
    let anchors = &matrix.target.anchors[row.target_index];
    let homes: Vec<Vec<(usize, f64)>> = anchors.iter().map(|anchor| homes(matrix, row, anchor.span)).collect();
    let blank = |anchor_index: usize| {
        let (home, pull) = homes[anchor_index].first().map_or((None, 0.0), |&(home, pull)| (Some(home), pull));
        Fact { anchor_index, standing: Standing::Nowhere, agreement: 0.0, found: None, home, pull }
    };
    let mut facts: Vec<Fact> = (0..anchors.len()).map(blank).collect();
    for segment in 0..matrix.sources.len() {
        for found in matrix.matches(segment, row.target_index) {
            let item = &matrix.targets[row.target_index].items[found.item as usize];
            let source = &matrix.sources[segment];
            let Some(at) = item.anchor_index else { continue };
            let feature = source.features[found.feature as usize];
            let word = source.words[found.word as usize].span;
            let (anchor_index, agreement) = match feature.origin {
                Origin::Anchor(anchor_index) => (Some(anchor_index as usize), found.quality),
                Origin::Lexicon { .. } | Origin::Learnt if is_digits(matrix, &anchors[at]) => continue,
                Origin::Lexicon { .. } | Origin::Learnt if anchors[at].kind == "country" => {
                    match country_at(matrix, segment, word, &anchors[at]) {
                        Some(known) => known,
                        None if lexicon::Stem(feature.key as u32).is_proper() => (None, found.quality.max(CERTAIN)),
                        None => continue,
                    }
                }
                Origin::Lexicon { .. } | Origin::Learnt => (None, found.quality.max(CERTAIN)),
            };
            let span = anchor_index.map_or(word, |at| matrix.source.anchors[segment][at].span);
            let place = Found { segment, span, anchor_index };
            let standing = standing(row, &homes[at], segment);
            let agreement = if standing > Standing::Home && agreement < CERTAIN { agreement.min(FOUND - 0.05) } else { agreement };
            facts[at].improve(standing, agreement, place);
        }
    }
    facts
}

/// What the anchors of a source segment say of a country, where they name it or stand at the word that seems to: the 일 of 30일 is
/// no word for Japan, and 한국 is the Korea of South Korea alone.
fn country_at(matrix: &Matrix, segment: usize, word: Span, country: &Anchor) -> Option<(Option<usize>, f32)> {
    let anchors = &matrix.source.anchors[segment];
    let agreements = anchors.iter().enumerate().map(|(at, other)| (Some(at), anchor::agree(other, country)));
    let named = agreements.filter(|(_, agreement)| *agreement > 0.0).max_by(|one, other| one.1.total_cmp(&other.1));
    let is_other =
        |other: &Anchor| other.span.overlaps(word) && matches!(other.fact, Value::Country(_) | Value::Quantity(_) | Value::Date(_));
    named.or_else(|| anchors.iter().any(is_other).then_some((None, 0.0)))
}

/// Whether a fact is written with digits, which no word of the lexicon explains.
fn is_digits(matrix: &Matrix, anchor: &Anchor) -> bool {
    anchor.span.of(&matrix.target.document.text).contains(|character: char| character.is_ascii_digit())
}

impl Fact {
    fn improve(&mut self, standing: Standing, agreement: f32, found: Found) {
        let rank = |standing: Standing, agreement: f32| (agreement >= FOUND, std::cmp::Reverse(standing), agreement);
        if agreement > 0.0 && rank(standing, agreement) > rank(self.standing, self.agreement) {
            (self.standing, self.agreement, self.found) = (standing, agreement, Some(found));
        }
    }
}

/// Words this many bytes away count half as much as those beside a fact.
const HALVED: f64 = 40.0;

/// A source that explains the words around a fact this much as well as the best one is a home of it too.
const SHARED_HOME: f64 = 0.6;

/// The sources that explain the words around a span best, best first.
pub fn homes(matrix: &Matrix, row: &Row, span: Span) -> Vec<(usize, f64)> {
    let items = &matrix.targets[row.target_index].items;
    let worth = matrix.item_worth(row.target_index);
    let text = &matrix.target.document.text;
    let around = |source: usize| {
        let matches = matrix.matches(source, row.target_index).iter().map(|found| (found, items[found.item as usize].span));
        let others = matches.filter(|(_, place)| !place.overlaps(span));
        others.map(|(found, place)| f64::from(found.quality * worth[found.item as usize].found) * nearness(text, place, span)).sum::<f64>()
    };
    let mut homes: Vec<(usize, f64)> = row.sources.iter().map(|&source| (source, around(source))).collect();
    homes.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    let enough = homes.first().map_or(0.0, |(_, best)| best * SHARED_HOME);
    homes.retain(|(_, around)| *around >= enough);
    homes
}

/// How well a source segment explains the words around a span, in nats: words near the span count more, and so do those whose
/// counterparts stand near a place of the source.
pub fn pull_at(matrix: &Matrix, row: &Row, span: Span, segment: usize, place: Span) -> f64 {
    let items = &matrix.targets[row.target_index].items;
    let worth = matrix.item_worth(row.target_index);
    let (text, source) = (&matrix.target.document.text, &matrix.source.document.text);
    let pull = |found: &crate::align::evidence::Match| {
        let (word, counterpart) = (items[found.item as usize].span, matrix.sources[segment].words[found.word as usize].span);
        if word.overlaps(span) || counterpart.overlaps(place) {
            return 0.0;
        }
        f64::from(found.quality * worth[found.item as usize].found) * nearness(text, word, span) * nearness(source, counterpart, place)
    };
    matrix.matches(segment, row.target_index).iter().map(pull).sum()
}

/// How closely a place of a source belongs to the words around a fact, in nats: as [`pull_at`], but clauses and other figures between
/// a word and its figure part them, and in Korean what is said of a figure stands before it.
pub fn attachment(matrix: &Matrix, row: &Row, anchor: &Anchor, segment: usize, place: Span) -> f64 {
    let items = &matrix.targets[row.target_index].items;
    let worth = matrix.item_worth(row.target_index);
    let (text, source) = (&matrix.target.document.text, &matrix.source.document.text);
    let figures =
        |anchors: &[Anchor]| -> Vec<Span> { anchors.iter().filter(|other| other.kind == anchor.kind).map(|other| other.span).collect() };
    let (english, korean) = (figures(&matrix.target.anchors[row.target_index]), figures(&matrix.source.anchors[segment]));
    let attach = |found: &crate::align::evidence::Match| {
        let (word, counterpart) = (items[found.item as usize].span, matrix.sources[segment].words[found.word as usize].span);
        if word.overlaps(anchor.span) || counterpart.overlaps(place) {
            return 0.0;
        }
        let before = if counterpart < place { 1.0 } else { BEHIND };
        let near = parted(text, word, anchor.span, &ENGLISH, &english) * parted(source, counterpart, place, &KOREAN, &korean);
        f64::from(found.quality * worth[found.item as usize].found) * near * before
    };
    matrix.matches(segment, row.target_index).iter().map(attach).sum()
}

/// What parts a word from its figure in a language; chosen together on the golden pairs, true and with figures changed by rule.
struct Parting {
    /// Bytes after which a word counts half.
    halved: f64,
    /// What ends a clause, and how much a word beyond it counts.
    clauses: &'static [&'static str],
    clause: f64,
    /// How much a word beyond another figure of the same kind counts.
    figure: f64,
}

const ENGLISH: Parting = Parting { halved: 40.0, clauses: &[",", " and ", " but ", " while ", " against "], clause: 0.6, figure: 0.15 };
const KOREAN: Parting =
    Parting { halved: 30.0, clauses: &[", ", "며 ", "고 ", "으나 ", "지만 ", "는데 ", "면서 ", "; "], clause: 0.3, figure: 0.7 };
/// How much a Korean word behind a figure counts for it.
const BEHIND: f64 = 0.8;

/// How much a word counts for a figure: less the further away, and less beyond each of the first two clauses and figures between them.
fn parted(text: &str, word: Span, figure: Span, parting: &Parting, figures: &[Span]) -> f64 {
    let (first, second) = if word < figure { (word, figure) } else { (figure, word) };
    let between = Span::new(first.end.min(second.start), second.start);
    let part = between.of(text);
    let is_far = [". ", "; ", "! ", "? ", ".\"", ".”"].iter().any(|end| part.contains(end));
    let clauses = parting.clauses.iter().map(|end| part.matches(end).count()).sum::<usize>().min(2);
    let others = figures.iter().filter(|other| other.start >= between.start && other.end <= between.end).count().min(2);
    let distance = 0.5_f64.powf(part.len() as f64 / parting.halved) * if is_far { 0.3 } else { 1.0 };
    distance * parting.clause.powi(clauses as i32) * parting.figure.powi(others as i32)
}

/// The sources of a row with their neighbourhood, in order.
pub fn neighbourhood(matrix: &Matrix, row: &Row) -> Vec<usize> {
    let last = matrix.sources.len();
    let mut near: Vec<usize> = row.sources.iter().flat_map(|&own| own.saturating_sub(REACH)..last.min(own + REACH + 1)).collect();
    near.sort_unstable();
    near.dedup();
    near
}

/// How much a word counts for a fact: less the further away, and little beyond the end of a sentence or clause.
fn nearness(text: &str, place: Span, span: Span) -> f64 {
    let (first, second) = if place < span { (place, span) } else { (span, place) };
    let between = &text[first.end.min(second.start)..second.start];
    let is_far = between.contains(['.', ';', '!', '?']) && [". ", "; ", "! ", "? ", ".\"", ".”"].iter().any(|end| between.contains(end));
    0.5_f64.powf(between.len() as f64 / HALVED) * if is_far { 0.3 } else { 1.0 }
}

fn standing(row: &Row, homes: &[(usize, f64)], segment: usize) -> Standing {
    if homes.iter().any(|(home, _)| *home == segment) {
        Standing::Home
    } else if row.sources.contains(&segment) {
        Standing::Sources
    } else if row.sources.iter().any(|&own| own.abs_diff(segment) <= REACH) {
        Standing::Near
    } else {
        Standing::Elsewhere
    }
}
