//! Speed of segmentation beside its peers, over the golden briefs; and over text made to be slow.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use jjak::document::Document;
use jjak::{read, segment};
use std::fs;
use std::path::Path;

fn main() {
    divan::main();
}

const LANGUAGES: &[&str] = &["ko", "en"];

/// A megabyte of briefs in a language.
fn briefs(language: &str) -> String {
    let name = if language == "ko" { "source.ko.txt" } else { "target.en.txt" };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("pairs");
    let mut folders: Vec<_> =
        fs::read_dir(root).expect("pairs/ is part of the package").map(|entry| entry.expect("readable").path()).collect();
    folders.sort();
    let texts: Vec<String> = folders.iter().map(|folder| fs::read_to_string(folder.join(name)).expect("a pair has both sides")).collect();
    let all = texts.join("\n\n");
    all.repeat(1_000_000 / all.len() + 1)
}

fn document(text: &str) -> Document {
    read::text("brief.txt", text).expect("briefs are text")
}

#[divan::bench(args = LANGUAGES)]
fn jjak_segment(bencher: Bencher, language: &str) {
    let document = document(&briefs(language));
    bencher.counter(BytesCount::new(document.text.len())).with_inputs(|| document.clone()).bench_local_values(segment::segment);
}

#[divan::bench(args = LANGUAGES)]
fn jjak_read_and_segment(bencher: Bencher, language: &str) {
    let text = briefs(language);
    bencher.counter(BytesCount::new(text.len())).bench_local(|| segment::segment(self::document(black_box(&text))));
}

#[divan::bench(args = LANGUAGES)]
fn sentencex(bencher: Bencher, language: &str) {
    let text = briefs(language);
    bencher.counter(BytesCount::new(text.len())).bench_local(|| sentencex::get_sentence_boundaries(language, black_box(&text)).len());
}

#[divan::bench(args = LANGUAGES)]
fn icu4x(bencher: Bencher, language: &str) {
    let text = briefs(language);
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    bencher.counter(BytesCount::new(text.len())).bench_local(|| segmenter.segment_str(black_box(&text)).count());
}

/// A megabyte of one thing each.
const HOSTILE: &[&str] = &[
    "a",
    "가",
    ".",
    "\"",
    "“",
    "(",
    "(a)",
    "\".",
    ". ",
    "다.",
    "U.S. ",
    "\"a. \" ",
    "“a.” ",
    "1. ",
    "a\n",
    "> a\n",
    "\u{200B}",
    "e\u{301}",
];

#[divan::bench(args = HOSTILE)]
fn hostile(bencher: Bencher, piece: &str) {
    let document = document(&(piece.repeat(1_000_000 / piece.len()) + "end."));
    bencher.counter(BytesCount::new(document.text.len())).with_inputs(|| document.clone()).bench_local_values(segment::segment);
}
