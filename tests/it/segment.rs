//! Segmentation: the cases of `segment/*.txt`, and what must hold for any text.
//!
//! A case of such a file is a line `#: reason`, the text, and its segments, each on a line that begins with two
//! spaces: the kind (where it matters) and `| ` before the text. In the text `\t`, `\r` and `\u{A0}` stand for what they
//! name. White space does not count when segments are compared.

use jjak::document::{Document, Kind};
use jjak::text::is_invisible;
use jjak::{read, segment};
use std::fmt::Write;
use unicode_normalization::UnicodeNormalization;

const FILES: &[(&str, &str)] = &[
    ("english-quotations", include_str!("segment/english-quotations.txt")),
    ("english-sentences", include_str!("segment/english-sentences.txt")),
    ("english-structure", include_str!("segment/english-structure.txt")),
    ("korean-quotations", include_str!("segment/korean-quotations.txt")),
    ("korean-sentences", include_str!("segment/korean-sentences.txt")),
    ("korean-structure", include_str!("segment/korean-structure.txt")),
];

/// A case of a file.
struct Case {
    reason: &'static str,
    text: String,
    /// Kind, where it is given, and text of each segment.
    segments: Vec<(&'static str, String)>,
}

fn cases(file: &'static str) -> Vec<Case> {
    file.split("\n#: ").skip(1).map(case).collect()
}

fn case(source: &'static str) -> Case {
    let (reason, rest) = source.split_once('\n').expect("a case has a text");
    let is_segment = |line: &&str| line.starts_with("  ") && line.contains("| ");
    let text: Vec<&str> = rest.lines().take_while(|line| !is_segment(line)).collect();
    let segments = rest.lines().filter(is_segment).map(|line| line.split_once("| ").expect("a segment has a bar"));
    Case { reason, text: unescape(&text.join("\n")), segments: segments.map(|(kind, text)| (kind.trim(), unescape(text))).collect() }
}

fn unescape(text: &str) -> String {
    let mut out = text.replace("\\t", "\t").replace("\\r", "\r");
    while let Some(start) = out.find("\\u{") {
        let end = start + out[start..].find('}').expect("an escape ends");
        let character = u32::from_str_radix(&out[start + 3..end], 16).ok().and_then(char::from_u32).expect("an escape names a character");
        out.replace_range(start..=end, character.to_string().as_str());
    }
    out
}

fn segments(text: &str) -> Document {
    segment::segment(read::text("case.txt", text).expect("a case is text"))
}

/// The segments as they are compared: without white space and zero-width characters, in composed letters.
fn squashed(document: &Document) -> Vec<(Kind, String)> {
    document.segments.iter().map(|segment| (segment.kind, squash(segment.span.of(&document.text)))).collect()
}

fn squash(text: &str) -> String {
    text.nfc().filter(|&character| !character.is_whitespace() && !is_invisible(character)).collect()
}

/// What is wrong with a case, if anything.
fn difference(case: &Case, text: &str) -> Option<String> {
    let found = squashed(&segments(text));
    let same = found.len() == case.segments.len()
        && found
            .iter()
            .zip(&case.segments)
            .all(|((kind, found), (wanted, text))| *found == squash(text) && (wanted.is_empty() || *wanted == kind.name()));
    (!same).then(|| {
        let mut message = format!("{}\n", case.reason);
        for (kind, text) in &case.segments {
            let _ = writeln!(message, "    expected {kind:9} {text}");
        }
        for (kind, text) in &found {
            let _ = writeln!(message, "    found    {:9} {text}", kind.name());
        }
        message
    })
}

/// All differences of all cases, with the text changed by a function.
fn check(change: fn(&str) -> String) {
    let wrong: Vec<String> = FILES
        .iter()
        .flat_map(|(name, file)| {
            cases(file).into_iter().filter_map(move |case| difference(&case, &change(&case.text)).map(|found| format!("{name}: {found}")))
        })
        .collect();
    assert!(wrong.is_empty(), "{} cases differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_case_is_cut_as_it_says() {
    check(str::to_string);
}

#[test]
fn decomposed_letters_are_cut_alike() {
    check(|text| text.nfd().collect());
}

#[test]
fn windows_line_ends_are_cut_alike() {
    check(|text| text.replace("\r\n", "\n").replace('\n', "\r\n"));
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    check(|text| format!("\u{FEFF}{text}\n"));
}
