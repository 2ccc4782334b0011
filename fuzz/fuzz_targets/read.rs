//! Any bytes as a file of any format that is read: refused or read; blocks lie in order with only white space between them,
//! mark-up lies inside blocks, and every block leads back to whole characters of the text as read.

#![no_main]

use jjak::document::Document;
use jjak::read::{self, FORMATS};
use jjak::text::is_invisible;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for format in FORMATS {
        let path = format!("any.{}", format.endings[0]);
        if let Ok(document) = read::bytes(&path, data) {
            check(&document);
        }
    }
});

fn check(document: &Document) {
    let mut at = 0;
    let mut marks = document.markup.iter().peekable();
    for block in &document.blocks {
        assert!(is_outside(&document.text[at..block.span.start]) && !block.span.is_empty());
        while let Some(mark) = marks.next_if(|mark| mark.start < block.span.end) {
            assert!(block.span.contains(*mark) && !mark.of(&document.text).is_empty());
        }
        assert!(!document.text_as_read(block.span).is_empty());
        at = block.span.end;
    }
    assert!(is_outside(&document.text[at..]) && marks.next().is_none());
}

fn is_outside(text: &str) -> bool {
    text.chars().all(|character| character.is_whitespace() || is_invisible(character))
}
