//! Any bytes, read as plain text and as Markdown: segments lie in order, and between them is only white space.

#![no_main]

use jjak::text::is_invisible;
use jjak::{read, segment};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for path in ["any.txt", "any.md"] {
        let Ok(document) = read::bytes(path, data) else { continue };
        let document = segment::segment(document);
        let mut at = 0;
        for segment in &document.segments {
            assert!(is_outside(&document.text[at..segment.span.start]));
            assert!(!segment.span.is_empty());
            assert!(document.blocks[segment.block_index].span.contains(segment.span));
            at = segment.span.end;
        }
        assert!(is_outside(&document.text[at..]));
    }
});

fn is_outside(text: &str) -> bool {
    text.chars().all(|character| character.is_whitespace() || is_invisible(character))
}
