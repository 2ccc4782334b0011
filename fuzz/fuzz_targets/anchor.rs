//! Any text, read for facts in either language: every anchor stands on whole characters, in order, and agrees with itself.

#![no_main]

use jjak::anchor::{self, Context};
use jjak::document::Kind;
use jjak::text::{Folded, Language};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let folded = Folded::new(text);
    for language in [Language::Korean, Language::English] {
        let mut start = 0;
        for anchor in anchor::find_in_text(folded.text(), language, Kind::Sentence, &Context::default()) {
            assert!(!anchor.span.is_empty() && anchor.span.start >= start);
            assert!(folded.text().is_char_boundary(anchor.span.start) && folded.text().is_char_boundary(anchor.span.end));
            assert!(anchor::agree(&anchor, &anchor) > 0.5, "{} {}", anchor.kind, anchor.value);
            start = anchor.span.start;
        }
    }
});
