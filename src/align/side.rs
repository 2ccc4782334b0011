//! One document of a pair as it is matched: the items of the English that want a counterpart, the features of the Korean that offer one.

use super::Side;
use crate::anchor::Anchor;
use crate::glossary::lexicon;
use crate::learn::{Learnt, lesson};
use crate::text::{Folded, Span};
use crate::word::english;
use rayon::prelude::*;
use std::ops::Deref;

/// What an English item and a Korean feature must share to be candidates for each other.
pub type Key = u64;

/// The keys of an item. Most have one: that takes no memory of its own.
#[derive(Clone, Debug)]
pub enum Keys {
    /// One.
    One([Key; 1]),
    /// None or several.
    Several(Vec<Key>),
}

impl Keys {
    /// Adds further keys.
    fn extend(&mut self, further: &[Key]) {
        if !further.is_empty() {
            *self = self.iter().chain(further).copied().collect();
        }
    }
}

impl FromIterator<Key> for Keys {
    fn from_iter<Iterated: IntoIterator<Item = Key>>(keys: Iterated) -> Keys {
        let mut keys = keys.into_iter();
        match (keys.next(), keys.next()) {
            (None, _) => Keys::Several(Vec::new()),
            (Some(key), None) => Keys::One([key]),
            (Some(first), Some(second)) => Keys::Several([first, second].into_iter().chain(keys).collect()),
        }
    }
}

impl Deref for Keys {
    type Target = [Key];

    fn deref(&self) -> &[Key] {
        match self {
            Keys::One(key) => key,
            Keys::Several(keys) => keys,
        }
    }
}

/// What sort of item this is: each sort has its own rate of being found when its source is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A content word that some headword of the lexicon can stand for.
    Word,
    /// A content word that the lexicon does not know.
    Unknown,
    /// A number, date, sum, or other fact with a value.
    Fact,
    /// A country or people.
    Country,
    /// A name, an acronym, a Latin string.
    Name,
}

/// A word or phrase of a target segment that wants a counterpart.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its bytes in the document.
    pub span: Span,
    /// Its sort.
    pub class: Class,
    /// Any one of these in a source segment is a candidate.
    pub keys: Keys,
    /// Index of the anchor in the segment's list, where it is one.
    pub anchor_index: Option<usize>,
    /// Function words weigh nothing, but are shown when they are part of a phrase.
    pub is_content: bool,
}

/// What a word of a source segment offers to the target.
#[derive(Clone, Copy, Debug)]
pub struct Feature {
    /// What it offers.
    pub key: Key,
    /// Index from 0, within the segment, of the word that offers it.
    pub word_index: u32,
    /// Trust in it, 0 to 1.
    pub quality: f32,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a feature comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Origin {
    /// An equivalent of a headword of the lexicon.
    Lexicon {
        /// The headword.
        entry: lexicon::Entry,
        /// The number of the equivalent, from 0.
        equivalent: u8,
        /// How many words that has.
        words: u8,
    },
    /// An anchor of the segment, by index.
    Anchor(u32),
    /// What a memory has taught of the word.
    Learnt,
}

/// A word of a source segment.
#[derive(Clone, Copy, Debug)]
pub struct SourceWord {
    /// Its bytes in the document.
    pub span: Span,
    /// Its sort.
    pub class: Class,
}

/// A target segment as it is matched.
#[derive(Clone, Debug, Default)]
pub struct TargetSegment {
    /// Its items in text order.
    pub items: Vec<Item>,
    /// Characters without white space.
    pub length: usize,
}

/// A source segment as it is matched.
#[derive(Clone, Debug, Default)]
pub struct SourceSegment {
    /// Its words in text order.
    pub words: Vec<SourceWord>,
    /// What they offer, by key.
    pub features: Vec<Feature>,
    /// Characters without white space.
    pub length: usize,
}

/// Turns each target segment into items: anchors first, then the words they leave.
pub fn target_segments(side: &Side) -> Vec<TargetSegment> {
    (0..side.document.segments.len()).into_par_iter().map(|index| target_segment(side, index)).collect()
}

fn target_segment(side: &Side, segment_index: usize) -> TargetSegment {
    let (document, anchors) = (&side.document, side.anchors_of(segment_index));
    let span = document.segments[segment_index].span;
    let markup = document.markup_within(span);
    let folded = Folded::without(span.of(&document.text), &markup);
    let mut items = Vec::new();
    for (anchor_index, anchor) in anchors.iter().enumerate() {
        items.push(Item {
            span: anchor.span,
            class: anchor_class(anchor),
            keys: anchor.keys.iter().copied().collect(),
            anchor_index: Some(anchor_index),
            is_content: true,
        });
    }
    for token in english::tokens(folded.text()) {
        let original = folded.original(Span::new(token.start, token.end)).shifted(span.start);
        let keys: Keys = side.learnt.key(&token.stem).into_iter().collect();
        let anchor_index = anchors.partition_point(|anchor| anchor.span.end <= original.start);
        match items[..anchors.len()].get_mut(anchor_index).filter(|item| item.span.overlaps(original)) {
            Some(item) => item.keys.extend(&keys),
            None => items.push(Item {
                span: original,
                class: if keys.is_empty() { Class::Unknown } else { Class::Word },
                keys,
                anchor_index: None,
                is_content: token.is_content,
            }),
        }
    }
    items.sort_by_key(|item| item.span);
    items.shrink_to_fit();
    TargetSegment { items, length: visible_length(folded.text()) }
}

/// Turns each source segment into words and what they offer.
pub fn source_segments(side: &Side) -> Vec<SourceSegment> {
    (0..side.document.segments.len()).into_par_iter().map(|index| source_segment(side, index)).collect()
}

fn source_segment(side: &Side, segment_index: usize) -> SourceSegment {
    let (document, anchors) = (&side.document, side.anchors_of(segment_index));
    let span = document.segments[segment_index].span;
    let markup = document.markup_within(span);
    let folded = Folded::without(span.of(&document.text), &markup);
    let mut segment = SourceSegment { length: visible_length(folded.text()), ..SourceSegment::default() };
    for (anchor_index, anchor) in anchors.iter().enumerate() {
        let word_index = segment.word(anchor.span, anchor_class(anchor));
        segment.features.extend(anchor.keys.iter().map(|&key| Feature {
            key,
            word_index,
            quality: 1.0,
            origin: Origin::Anchor(anchor_index as u32),
        }));
    }
    let hits = lexicon::find(folded.text());
    for hit in &hits {
        let original = folded.original(Span::new(hit.start, hit.end)).shifted(span.start);
        let word_index = segment.word(original, Class::Word);
        segment.offer(*hit, word_index);
    }
    if !side.learnt.is_empty() {
        for word in lesson::words(folded.text(), &hits) {
            let original = folded.original(Span::new(word.start, word.end)).shifted(span.start);
            segment.offer_learnt(&side.learnt, word.form, original);
        }
    }
    segment.features.sort_by(|a, b| (a.key, a.word_index).cmp(&(b.key, b.word_index)).then(b.quality.total_cmp(&a.quality)));
    segment.features.shrink_to_fit();
    segment.words.shrink_to_fit();
    segment
}

impl SourceSegment {
    /// The index of the word at a span, added if it is new. A span inside or around a known word is that word.
    fn word(&mut self, span: Span, class: Class) -> u32 {
        match self.words.iter().position(|word| word.span.overlaps(span)) {
            Some(known) => {
                let word = &mut self.words[known];
                word.span = Span::new(word.span.start.min(span.start), word.span.end.max(span.end));
                known as u32
            }
            None => {
                self.words.push(SourceWord { span, class });
                self.words.len() as u32 - 1
            }
        }
    }

    fn offer(&mut self, hit: lexicon::Hit, word_index: u32) {
        for (equivalent, stems) in hit.entry.equivalents().enumerate() {
            let words = stems.clone().count();
            let quality = hit.quality * if words > 1 { PHRASE_WORD } else { 1.0 };
            let (equivalent, words) = (equivalent.min(255) as u8, words.min(255) as u8);
            let origin = Origin::Lexicon { entry: hit.entry, equivalent, words };
            self.features.extend(stems.map(|stem| Feature { key: Key::from(stem.0), word_index, quality, origin }));
        }
    }

    /// Adds what a memory has taught of a word.
    fn offer_learnt(&mut self, learnt: &Learnt, form: &str, span: Span) {
        for counterpart in learnt.counterparts(form) {
            let word_index = self.word(span, Class::Word);
            self.features.extend(learnt.key(&counterpart.stem).map(|key| Feature {
                key,
                word_index,
                quality: counterpart.quality,
                origin: Origin::Learnt,
            }));
        }
    }

    /// The features with a key.
    pub fn with_key(&self, key: Key) -> &[Feature] {
        let first = self.features.partition_point(|feature| feature.key < key);
        let rest = &self.features[first..];
        &rest[..rest.partition_point(|feature| feature.key == key)]
    }
}

/// A single word of a multi-word equivalent counts half (field measurement: .936 → .945 first source right).
const PHRASE_WORD: f32 = 0.5;

fn anchor_class(anchor: &Anchor) -> Class {
    match anchor.kind {
        "country" => Class::Country,
        "name" | "acronym" | "latin" | "term" | "gloss" => Class::Name,
        _ => Class::Fact,
    }
}

fn visible_length(text: &str) -> usize {
    text.chars().filter(|character| !character.is_whitespace()).count()
}
