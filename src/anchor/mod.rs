//! Anchors: numbers, dates, sums, countries, names and other things that a Korean and an English text must share by value.

use crate::text::Span;

/// Something in a text that has a value which survives translation.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchor {
    /// The name of its kind in the registry.
    pub kind: &'static str,
    /// Its bytes in the document.
    pub span: Span,
    /// Its value, written so that people can read it.
    pub value: String,
    /// Two anchors can only agree if they share one of these.
    pub keys: Vec<u64>,
}

/// How far two anchors agree, 0 to 1.
pub fn agree(source: &Anchor, target: &Anchor) -> f32 {
    f32::from(u8::from(source.kind == target.kind && source.value == target.value))
}

/// What is known of a pair before its segments are read.
#[derive(Clone, Debug, Default)]
pub struct Context {}

impl Context {
    /// Reads what the two documents say about themselves.
    pub fn of(_source: Option<&crate::document::Document>, _target: &crate::document::Document) -> Context {
        Context::default()
    }
}

/// For each segment its anchors, in text order.
pub fn find(document: &crate::document::Document, _context: &Context) -> Vec<Vec<Anchor>> {
    vec![Vec::new(); document.segments.len()]
}
