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
}
