//! Anchors: numbers, dates, sums, countries, names and other things that a Korean and an English text must share by value.

pub mod acronym;
pub mod article;
pub mod context;
pub mod country;
pub mod date;
pub mod gloss;
pub mod latin;
pub mod measure;
pub mod money;
pub mod name;
pub mod number;
pub mod numeral;
pub mod polarity;
pub mod quantity;
pub mod reading;
pub mod sound;
pub mod term;
pub mod words;

pub use context::{Context, Given};

use crate::document::Document;
use crate::text::{Folded, Span};
use rayon::prelude::*;
use reading::Reading;

/// Something in a text that has a value which survives translation.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchor {
    /// The name of its kind in the registry.
    pub kind: &'static str,
    /// Its bytes in the document.
    pub span: Span,
    /// Its value, written so that people can read it.
    pub value: String,
    /// Two anchors can agree only if they share one of these. The top bit is set. None: a mark that has no counterpart
    /// of its own and covers no words.
    pub keys: Vec<u64>,
    /// Its value, to compare.
    pub fact: Fact,
}

/// The value of an anchor.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// A number, a sum or a measure.
    Quantity(quantity::Quantity),
    /// A date or a time.
    Date(date::Date),
    /// Article 4, Resolution 2397, Table 1.
    Item(article::Item),
    /// A country, its people or its government.
    Country(country::Place),
    /// A name, by sound.
    Name(name::Name),
    /// Letters that stand in both texts as they are.
    Text,
    /// A term with an inline gloss, by its number in the context.
    Gloss(usize),
}

/// A kind of anchor.
pub struct Kind {
    /// Its name, as evidence carries it.
    pub name: &'static str,
    /// One line on what it reads.
    pub summary: &'static str,
    /// Adds the anchors of this kind that a segment holds, in words that no earlier kind has taken.
    pub find: fn(&mut Reading),
    /// How well a source anchor of this kind agrees with a target anchor of any kind, 0 to 1.
    pub agree: fn(&Anchor, &Anchor) -> f32,
}

/// All kinds, in the order in which they take words.
pub const KINDS: &[Kind] = &[
    Kind { name: "gloss", summary: "terms that the text itself explains in the other language", find: gloss::find, agree: gloss::agree },
    Kind {
        name: "article",
        summary: "articles, resolutions, tables and other numbered things",
        find: article::find,
        agree: article::agree,
    },
    Kind { name: "date", summary: "dates, times, years, quarters, relative dates", find: date::find, agree: date::agree },
    Kind { name: "money", summary: "sums of money", find: money::find, agree: quantity::agree },
    Kind { name: "measure", summary: "lengths, areas, weights, energy, spans of time", find: measure::find, agree: quantity::agree },
    Kind { name: "number", summary: "numbers, shares, multiples, ordinals", find: number::find, agree: quantity::agree },
    Kind {
        name: "country",
        summary: "countries, peoples, capitals as governments, pairs of countries",
        find: country::find,
        agree: country::agree,
    },
    Kind { name: "term", summary: "terms of a glossary brought along", find: term::find, agree: term::agree },
    Kind { name: "acronym", summary: "acronyms", find: acronym::find, agree: latin::agree },
    Kind { name: "latin", summary: "Latin strings that stand in both texts", find: latin::find, agree: latin::agree },
    Kind { name: "name", summary: "names, by sound", find: name::find, agree: name::agree },
];

/// For each segment of a document its anchors, in text order.
pub fn find(document: &Document, context: &Context) -> Vec<Vec<Anchor>> {
    (0..document.segments.len()).into_par_iter().map(|segment_index| find_in_segment(document, segment_index, context)).collect()
}

fn find_in_segment(document: &Document, segment_index: usize, context: &Context) -> Vec<Anchor> {
    let segment = document.segments[segment_index];
    let markup = document.markup_within(segment.span);
    let folded = Folded::without(segment.span.of(&document.text), &markup);
    let mut anchors = find_in_text(folded.text(), document.language, segment.kind, context);
    for anchor in &mut anchors {
        anchor.span = folded.original(anchor.span).shifted(segment.span.start);
    }
    anchors
}

/// The anchors of a folded text, in text order, their spans in that text.
pub fn find_in_text(text: &str, language: crate::text::Language, kind: crate::document::Kind, context: &Context) -> Vec<Anchor> {
    let mut reading = Reading::new(text, language, kind, context);
    for kind in KINDS {
        (kind.find)(&mut reading);
    }
    reading.finish()
}

/// How well a source anchor and a target anchor agree: 0 not at all, 1 exactly, between loosely: rounded, converted,
/// a fraction for a percentage, a name by sound.
pub fn agree(source: &Anchor, target: &Anchor) -> f32 {
    KINDS.iter().find(|kind| kind.name == source.kind).map_or(0.0, |kind| (kind.agree)(source, target))
}

/// A key of an anchor from what its kind is and what its value is.
pub fn key(class: u64, value: u64) -> u64 {
    let mixed = (value ^ class.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (mixed ^ mixed >> 32) | 1 << 63
}

/// A key of an anchor from text, in any case.
pub fn text_key(class: u64, text: &str) -> u64 {
    key(class, crate::text::fnv(text.bytes().map(|byte| byte.to_ascii_lowercase())))
}
