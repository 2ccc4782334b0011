//! The evidence matrix: for every source segment the target segments it can explain, and by which words.
//!
//! A link is scored by one log-likelihood ratio against independence, in nats: zero means unrelated. Each item of the
//! target either has a counterpart in the source or not; both outcomes are weighed by how often they happen in true
//! pairs and how often by chance in this very document.

use super::side::{Class, Feature, Item, Key, Origin, SourceSegment, TargetSegment};
use super::{Evidence, Side};
use crate::anchor;
use crate::glossary::lexicon;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A word of a source segment as the counterpart of an item of a target segment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// Index from 0 of the item in its target segment.
    pub item: u32,
    /// Index from 0 of the word in its source segment.
    pub word: u32,
    /// Index from 0 of the feature in its source segment.
    pub feature: u32,
    /// Trust in it, 0 to 1.
    pub quality: f32,
}

/// What one source segment explains of one target segment: at most one match an item, the best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cover {
    /// Index from 0 of the target segment.
    target: u32,
    /// Index of its first match, by item, in the list of its run; the next cover's is behind its last.
    first: u32,
    /// What the matches change in the target's score, in nats.
    forward: f32,
    /// What they change in the source's score, in nats.
    reverse: f32,
}

impl Cover {
    /// Index from 0 of the target segment.
    pub fn target(self) -> usize {
        self.target as usize
    }
}

/// All evidence between the segments of two documents.
pub struct Matrix<'a> {
    /// The source document.
    pub source: &'a Side,
    /// The target document.
    pub target: &'a Side,
    /// The source segments as they are matched.
    pub sources: Vec<SourceSegment>,
    /// The target segments as they are matched.
    pub targets: Vec<TargetSegment>,
    /// What was found, [`RUN`] source segments at a time, within the band the matrix was built for.
    runs: Vec<Run>,
    /// For each source segment the targets it is compared with, in a long text.
    band: Option<Vec<Range<usize>>>,
    /// For each item of each target segment what it is worth with and without a counterpart.
    item_worth: Vec<Vec<Worth>>,
    /// The same for the words of each source segment.
    word_worth: Vec<Vec<Worth>>,
    /// For each target segment its score when nothing has a counterpart.
    item_base: Vec<f32>,
    /// The same for each source segment.
    word_base: Vec<f32>,
}

/// What an item says for a link: in nats when it has a counterpart, and when it has none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    /// With a counterpart of full quality; at least 0.
    pub found: f32,
    /// Without; at most 0.
    pub lacking: f32,
}

impl Worth {
    const NOTHING: Worth = Worth { found: 0.0, lacking: 0.0 };

    /// The worth of an item found in `hit` of true pairs and `chance` of unrelated ones.
    fn of(hit: f32, chance: f32) -> Worth {
        let chance = chance.clamp(0.001, 0.95);
        Worth { found: (hit / chance).ln().max(0.0), lacking: ((1.0 - hit) / (1.0 - chance)).ln().min(0.0) }
    }

    /// What it says with a counterpart of this quality, 0 being none.
    pub fn at(self, quality: f32) -> f32 {
        if quality > 0.0 { quality * self.found } else { self.lacking }
    }

    /// What a counterpart changes.
    fn gain(self, quality: f32) -> f32 {
        quality * self.found - self.lacking
    }
}

/// How often an item of each class has a counterpart in its true source: measured on the golden pairs, see benches/records.
pub fn hit_rate(class: Class) -> f32 {
    match class {
        Class::Word => 0.60,
        Class::Unknown => 0.06,
        Class::Fact => 0.80,
        Class::Country => 0.85,
        Class::Name => 0.65,
    }
}

/// The same for a source word: a translation carries more of its source than a summary does.
fn word_hit_rate(class: Class) -> f32 {
    match class {
        Class::Word => 0.40,
        Class::Unknown => 0.06,
        Class::Fact => 0.75,
        Class::Country => 0.75,
        Class::Name => 0.45,
    }
}

/// Chance matches are counted as if so many further segments had been seen …
const PRIOR_SEGMENTS: f32 = 12.0;
/// … in which an item was explained by chance this often.
const PRIOR_CHANCE: f32 = 0.05;

fn chance(matching_segments: usize, segments: usize) -> f32 {
    let others = matching_segments.saturating_sub(1) as f32;
    (others + PRIOR_CHANCE * PRIOR_SEGMENTS) / (segments.saturating_sub(1) as f32 + PRIOR_SEGMENTS)
}

/// So many sources are looked at in one go that sharing the work out costs nothing.
pub const RUN: usize = 32;

/// What some source segments that follow each other explain.
struct Run {
    /// Their covers, by source and target; one more at the end.
    covers: Vec<Cover>,
    /// For each of them the index of its first cover; one more at the end.
    rows: Vec<u32>,
    /// The matches of all covers.
    matches: Vec<Match>,
}

impl<'a> Matrix<'a> {
    /// All evidence between the segments: of all pairs in texts of some hundred segments, in a band in longer ones, so
    /// that time and memory grow linearly.
    pub fn new(source: &'a Side, target: &'a Side) -> Matrix<'a> {
        Matrix::around(source, target, &[])
    }

    /// The same, where pairs are known, by source and target: in a long text the band goes through them.
    pub fn around(source: &'a Side, target: &'a Side, pinned: &[(usize, usize)]) -> Matrix<'a> {
        let (sources, targets) = rayon::join(|| super::side::source_segments(source), || super::side::target_segments(target));
        let ((item_worth, word_worth), band) = rayon::join(|| worths(&sources, &targets), || super::band::of(&sources, &targets, pinned));
        let base = |worths: &Vec<Vec<Worth>>| worths.iter().map(|worths| worths.iter().map(|worth| worth.lacking).sum()).collect();
        let (item_base, word_base) = (base(&item_worth), base(&word_worth));
        let mut matrix = Matrix { source, target, sources, targets, runs: Vec::new(), band, item_worth, word_worth, item_base, word_base };
        matrix.fill();
        matrix
    }

    /// Finds all covers.
    fn fill(&mut self) {
        let index = self.index();
        let runs = (0..self.sources.len()).into_par_iter().step_by(RUN);
        self.runs = runs.map(|first| self.run(first..(first + RUN).min(self.sources.len()), &index)).collect();
    }

    /// Finds the covers of some source segments.
    fn run(&self, sources: Range<usize>, index: &FxHashMap<Key, Vec<(u32, u32)>>) -> Run {
        let mut run = Run { covers: Vec::new(), rows: vec![0], matches: Vec::new() };
        let mut found = Vec::new();
        for source_index in sources {
            self.candidates(source_index, index, &mut found);
            for group in found.chunk_by(|a, b| a.0 == b.0) {
                self.cover(source_index, group, &mut run);
            }
            run.rows.push(run.covers.len() as u32);
        }
        run.covers.push(Cover { target: u32::MAX, first: run.matches.len() as u32, forward: 0.0, reverse: 0.0 });
        run.covers.shrink_to_fit();
        run.matches.shrink_to_fit();
        run
    }

    /// Whether the texts are so long that only a band of pairs is compared.
    pub fn is_long(&self) -> bool {
        self.band.is_some()
    }

    /// The targets that a source segment is compared with.
    pub fn range(&self, source_index: usize) -> Range<usize> {
        self.band.as_ref().map_or(0..self.targets.len(), |band| band[source_index].clone())
    }

    /// Where each key occurs in the target: (segment, item), in order.
    fn index(&self) -> FxHashMap<Key, Vec<(u32, u32)>> {
        let mut index: FxHashMap<Key, Vec<(u32, u32)>> = FxHashMap::default();
        for (segment_index, segment) in self.targets.iter().enumerate() {
            for (item_index, item) in segment.items.iter().enumerate() {
                for &key in item.keys.iter().filter(|_| !self.is_everywhere(segment_index, item_index)) {
                    index.entry(key).or_default().push((segment_index as u32, item_index as u32));
                }
            }
        }
        index
    }

    /// In a long text an item that chance explains as often as truth says nothing and would only cost time.
    fn is_everywhere(&self, segment_index: usize, item_index: usize) -> bool {
        self.is_long() && self.item_worth[segment_index][item_index].found < COMMON
    }

    /// All matches of a source segment, by target and item, the best of an item first.
    fn candidates(&self, source_index: usize, index: &FxHashMap<Key, Vec<(u32, u32)>>, found: &mut Vec<(u32, Match)>) {
        let band = self.range(source_index);
        found.clear();
        for (feature_index, feature) in self.sources[source_index].features.iter().enumerate() {
            let places = index.get(&feature.key).map_or(&[][..], Vec::as_slice);
            let first = places.partition_point(|place| (place.0 as usize) < band.start);
            for &(target, item) in few_a_segment(&places[first..]).take_while(|place| (place.0 as usize) < band.end) {
                let quality = self.quality(source_index, feature, target as usize, item as usize);
                if quality > 0.0 {
                    found.push((target, Match { item, word: feature.word_index, feature: feature_index as u32, quality }));
                }
            }
        }
        found.sort_unstable_by(|a, b| {
            (a.0, a.1.item).cmp(&(b.0, b.1.item)).then(b.1.quality.total_cmp(&a.1.quality)).then(a.1.feature.cmp(&b.1.feature))
        });
    }

    fn quality(&self, source_index: usize, feature: &Feature, target_index: usize, item_index: usize) -> f32 {
        let item = &self.targets[target_index].items[item_index];
        match (feature.origin, item.anchor_index) {
            (Origin::Anchor(source_anchor), Some(target_anchor)) => {
                anchor::agree(&self.source.anchors[source_index][source_anchor as usize], &self.target.anchors[target_index][target_anchor])
            }
            (Origin::Anchor(_), None) => feature.quality,
            (Origin::Lexicon { .. } | Origin::Learnt, Some(_)) if item.class == Class::Fact => feature.quality * 0.5,
            (Origin::Lexicon { .. } | Origin::Learnt, _) => feature.quality,
        }
    }

    /// Adds the best match of each item, with phrases that are there in full at full quality.
    fn cover(&self, source_index: usize, group: &[(u32, Match)], run: &mut Run) {
        let features = &self.sources[source_index].features;
        let complete = complete_phrases(group, features);
        let first = run.matches.len();
        for &(_, candidate) in group {
            let feature = &features[candidate.feature as usize];
            let mut candidate = candidate;
            if phrase(feature).is_some_and(|(phrase, _)| complete.binary_search(&(phrase, feature.word_index)).is_ok()) {
                candidate.quality = (candidate.quality * 2.0).min(1.0);
            }
            match run.matches[first..].last_mut().filter(|last| last.item == candidate.item) {
                Some(last) if candidate.quality > last.quality => *last = candidate,
                Some(_) => {}
                None => run.matches.push(candidate),
            }
        }
        let target = group[0].0;
        let worth = &self.item_worth[target as usize];
        let forward = run.matches[first..].iter().map(|matched| worth[matched.item as usize].gain(matched.quality)).sum();
        let mut words: Vec<(u32, f32)> = run.matches[first..].iter().map(|matched| (matched.word, matched.quality)).collect();
        let reverse = gains(&mut words, &self.word_worth[source_index]);
        run.covers.push(Cover { target, first: first as u32, forward, reverse });
    }

    /// The covers of a source segment, by target.
    pub fn row_of(&self, source_index: usize) -> &[Cover] {
        let (run, at) = (&self.runs[source_index / RUN], source_index % RUN);
        &run.covers[run.rows[at] as usize..run.rows[at + 1] as usize]
    }

    /// The cover of a pair.
    fn cover_of(&self, source_index: usize, target_index: usize) -> Option<Cover> {
        let row = self.row_of(source_index);
        row.binary_search_by_key(&target_index, |cover| cover.target()).ok().map(|at| row[at])
    }

    /// What a source segment explains of a target segment.
    pub fn matches(&self, source_index: usize, target_index: usize) -> &[Match] {
        let (run, row) = (&self.runs[source_index / RUN], self.row_of(source_index));
        row.binary_search_by_key(&target_index, |cover| cover.target()).map_or(&[], |at| {
            let next = run.covers[run.rows[source_index % RUN] as usize + at + 1];
            &run.matches[row[at].first as usize..next.first as usize]
        })
    }

    /// How well a pair that shares something explains its target and carries its source, in nats.
    pub fn scores_of(&self, source_index: usize, cover: Cover) -> (f32, f32) {
        (self.item_base[cover.target()] + cover.forward, self.word_base[source_index] + cover.reverse)
    }

    /// The same for a pair that shares nothing.
    pub fn scores_without(&self, source_index: usize, target_index: usize) -> (f32, f32) {
        (self.item_base[target_index], self.word_base[source_index])
    }

    /// How well some sources explain a target segment, in nats.
    pub fn target_score(&self, sources: &[usize], target_index: usize) -> f32 {
        if let &[source_index] = sources {
            let gain = self.cover_of(source_index, target_index).map_or(0.0, |cover| cover.forward);
            return self.item_base[target_index] + gain;
        }
        let matches = sources.iter().flat_map(|&source_index| self.matches(source_index, target_index));
        let mut items: Vec<(u32, f32)> = matches.map(|found| (found.item, found.quality)).collect();
        self.item_base[target_index] + gains(&mut items, &self.item_worth[target_index])
    }

    /// The best quality of each item of a target segment among some sources.
    pub fn covered(&self, sources: &[usize], target_index: usize) -> Vec<f32> {
        let mut covered = vec![0.0_f32; self.targets[target_index].items.len()];
        for &source_index in sources {
            for found in self.matches(source_index, target_index) {
                let best = &mut covered[found.item as usize];
                *best = best.max(found.quality);
            }
        }
        covered
    }

    /// How well some targets carry a source segment, in nats.
    pub fn source_score(&self, source_index: usize, targets: &[usize]) -> f32 {
        if let &[target_index] = targets {
            let gain = self.cover_of(source_index, target_index).map_or(0.0, |cover| cover.reverse);
            return self.word_base[source_index] + gain;
        }
        let matches = targets.iter().flat_map(|&target_index| self.matches(source_index, target_index));
        let mut words: Vec<(u32, f32)> = matches.map(|found| (found.word, found.quality)).collect();
        self.word_base[source_index] + gains(&mut words, &self.word_worth[source_index])
    }

    /// The best quality of each word of a source segment among some targets.
    pub fn carried(&self, source_index: usize, targets: &[usize]) -> Vec<f32> {
        let mut covered = vec![0.0_f32; self.sources[source_index].words.len()];
        for &target_index in targets {
            for found in self.matches(source_index, target_index) {
                let best = &mut covered[found.word as usize];
                *best = best.max(found.quality);
            }
        }
        covered
    }

    /// What each item of a target segment is worth.
    pub fn item_worth(&self, target_index: usize) -> &[Worth] {
        &self.item_worth[target_index]
    }

    /// What each word of a source segment is worth.
    pub fn word_worth(&self, source_index: usize) -> &[Worth] {
        &self.word_worth[source_index]
    }

    /// The mean share of a target segment's weight that a source segment explains, over all of them, 0 to 1.
    pub fn share_by_chance(&self, target_index: usize) -> f64 {
        let worth = &self.item_worth[target_index];
        let all: f64 = worth.iter().map(|worth| f64::from(worth.found)).sum();
        let matches = (0..self.sources.len()).flat_map(|source_index| self.matches(source_index, target_index));
        let explained: f64 = matches.map(|found| f64::from(found.quality * worth[found.item as usize].found)).sum();
        explained / all.max(1.0) / self.sources.len().max(1) as f64
    }

    /// The evidence that some sources give for a target segment, by place in the target: of each item the best.
    pub fn evidence(&self, sources: &[usize], target_index: usize) -> Vec<Evidence> {
        let mut best: FxHashMap<u32, (usize, Match)> = FxHashMap::default();
        for &source_index in sources {
            for found in self.matches(source_index, target_index) {
                let known = best.entry(found.item).or_insert((source_index, *found));
                if found.quality > known.1.quality {
                    *known = (source_index, *found);
                }
            }
        }
        let mut evidence: Vec<Evidence> =
            best.into_values().map(|(source_index, found)| self.evidence_of(source_index, target_index, &found)).collect();
        evidence.sort_by_key(|evidence| (evidence.target_span, evidence.source_index, evidence.source_span));
        evidence
    }

    fn evidence_of(&self, source_index: usize, target_index: usize, found: &Match) -> Evidence {
        let source = &self.sources[source_index];
        let item: &Item = &self.targets[target_index].items[found.item as usize];
        let word = source.words[found.word as usize].span;
        let (kind, value) = match source.features[found.feature as usize].origin {
            Origin::Lexicon { entry, .. } => ("lexicon", entry.headword().to_string()),
            Origin::Learnt => ("learnt", word.of(&self.source.document.text).to_string()),
            Origin::Anchor(anchor_index) => {
                let anchor = &self.source.anchors[source_index][anchor_index as usize];
                (anchor.kind, anchor.value.clone())
            }
        };
        let weight = f64::from(found.quality * self.item_worth[target_index][found.item as usize].found);
        Evidence { kind, target_span: item.span, source_index, source_span: word, value, weight }
    }
}

/// What counterparts change in a score: of each item or word, named by its index, the best counts.
fn gains(found: &mut [(u32, f32)], worth: &[Worth]) -> f32 {
    found.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    let best = found.chunk_by(|a, b| a.0 == b.0).map(|group| group[0]);
    best.map(|(index, quality)| worth[index as usize].gain(quality)).sum()
}

/// In a long text an item must be worth so many nats to be looked for.
const COMMON: f32 = 0.3;

/// Items of one segment that share a key and are looked at: more are found only where a line repeats itself endlessly.
const ALIKE: usize = 64;

/// Places, by segment, without those beyond the first few of a segment.
fn few_a_segment(places: &[(u32, u32)]) -> impl Iterator<Item = &(u32, u32)> {
    places.iter().enumerate().filter(|&(at, place)| at < ALIKE || places[at - ALIKE].0 != place.0).map(|(_, place)| place)
}

/// An equivalent of several words: its headword and its number.
type Phrase = (lexicon::Entry, u8);

/// The equivalent of several words that a feature is one of, and how many it has.
fn phrase(feature: &Feature) -> Option<(Phrase, u8)> {
    match feature.origin {
        Origin::Lexicon { entry, equivalent, words } if words > 1 => Some(((entry, equivalent), words)),
        _ => None,
    }
}

/// The equivalents, by phrase and source word, of which every word is matched in a group; ascending.
fn complete_phrases(group: &[(u32, Match)], features: &[Feature]) -> Vec<(Phrase, u32)> {
    let found = group.iter().map(|found| &features[found.1.feature as usize]);
    let mut parts: Vec<(Phrase, u32, Key, u8)> =
        found.filter_map(|feature| phrase(feature).map(|(phrase, words)| (phrase, feature.word_index, feature.key, words))).collect();
    parts.sort_unstable();
    parts.dedup();
    let phrases = parts.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1));
    phrases.filter(|phrase| phrase.len() >= usize::from(phrase[0].3)).map(|phrase| (phrase[0].0, phrase[0].1)).collect()
}

fn worths(sources: &[SourceSegment], targets: &[TargetSegment]) -> (Vec<Vec<Worth>>, Vec<Vec<Worth>>) {
    let (source_keys, target_keys) = rayon::join(
        || segments_with_key(sources.iter().map(|segment| segment.features.iter().map(|feature| feature.key))),
        || segments_with_key(targets.iter().map(|segment| segment.items.iter().flat_map(|item| item.keys.iter().copied()))),
    );
    let item_worth = targets
        .par_iter()
        .map(|segment| segment.items.iter().map(|item| item_worth(item, &source_keys, sources.len())).collect())
        .collect();
    let word_worth = sources.par_iter().map(|segment| words_worth(segment, &target_keys, targets.len())).collect();
    (item_worth, word_worth)
}

/// In how many segments each key occurs.
fn segments_with_key<I: Iterator<Item = Key>>(segments: impl Iterator<Item = I>) -> FxHashMap<Key, u32> {
    let mut counts: FxHashMap<Key, (u32, u32)> = FxHashMap::default();
    for (segment_number, keys) in (1..).zip(segments) {
        for key in keys {
            let count = counts.entry(key).or_default();
            if count.1 != segment_number {
                *count = (count.0 + 1, segment_number);
            }
        }
    }
    counts.into_iter().map(|(key, (count, _))| (key, count)).collect()
}

fn item_worth(item: &Item, source_keys: &FxHashMap<Key, u32>, segments: usize) -> Worth {
    if !item.is_content {
        return Worth::NOTHING;
    }
    let matching = item.keys.iter().filter_map(|key| source_keys.get(key)).sum::<u32>() as usize;
    Worth::of(hit_rate(item.class), chance(matching.min(segments), segments))
}

fn words_worth(segment: &SourceSegment, target_keys: &FxHashMap<Key, u32>, segments: usize) -> Vec<Worth> {
    let mut matching = vec![0_u32; segment.words.len()];
    for feature in &segment.features {
        matching[feature.word_index as usize] += target_keys.get(&feature.key).copied().unwrap_or(0);
    }
    let worth = |(word, &count): (&super::side::SourceWord, &u32)| {
        Worth::of(word_hit_rate(word.class), chance((count as usize).min(segments), segments))
    };
    segment.words.iter().zip(&matching).map(worth).collect()
}
