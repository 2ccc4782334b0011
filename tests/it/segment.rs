//! Segmentation: the cases of `segment/*.txt`, and what must hold for any text.
//!
//! A case of such a file is a line `#: reason`, the text, and its segments, each on a line that begins with two
//! spaces: the kind (where it matters) and `| ` before the text. In the text `\t`, `\r` and `\u{A0}` stand for what they
//! name. White space does not count when segments are compared.

use jjak::document::{Document, Kind};
use jjak::text::{is_hangul, is_invisible};
use jjak::{read, segment};
use proptest::prelude::*;
use std::fmt::Write;
use unicode_normalization::UnicodeNormalization;

const FILES: &[(&str, &str)] = &[
    ("english-genres", include_str!("segment/english-genres.txt")),
    ("english-nested", include_str!("segment/english-nested.txt")),
    ("english-quotations", include_str!("segment/english-quotations.txt")),
    ("english-sentences", include_str!("segment/english-sentences.txt")),
    ("english-structure", include_str!("segment/english-structure.txt")),
    ("korean-nested", include_str!("segment/korean-nested.txt")),
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

#[test]
fn there_are_150_cases_a_language_each_with_another_reason() {
    for language in ["english", "korean"] {
        let files = FILES.iter().filter(|(name, _)| name.starts_with(language));
        let mut reasons: Vec<(&str, &str)> =
            files.flat_map(|(name, file)| cases(file).into_iter().map(move |case| (*name, case.reason))).collect();
        let count = reasons.len();
        reasons.sort_unstable();
        reasons.dedup();
        assert!(count >= 150 && reasons.len() == count, "{language}: {count} cases, {} reasons", reasons.len());
    }
}

/// All paragraphs of running text of a language, as one document; those with line breaks of their own are left out.
fn running_text(language: &str) -> Vec<String> {
    let files = FILES.iter().filter(|(name, _)| name.starts_with(language) && !name.ends_with("structure"));
    let texts = files.flat_map(|(_, file)| cases(file)).map(|case| case.text.trim().to_string());
    texts.filter(|text| !text.contains(['\n', '\t', '\u{A0}', '\u{3000}', '\u{200B}']) && !text.contains("  ")).collect()
}

/// Wraps a paragraph at a width in columns of a terminal, where a syllable takes two.
fn wrap_columns(text: &str, columns: usize, inside_words: bool) -> String {
    let mut out = String::new();
    let mut rest = text;
    loop {
        let reach = rest.chars().scan(0, |used, character| {
            *used += 1 + usize::from(is_hangul(character));
            (*used <= columns).then_some(())
        });
        let wrapped = wrap(rest, reach.count(), inside_words);
        let Some((line, _)) = wrapped.split_once('\n') else { return out + rest };
        out = out + line + "\n";
        rest = rest[line.len()..].trim_start_matches(' ');
    }
}

/// Wraps a paragraph: between words, or between any two syllables, as Korean word processors do.
fn wrap(text: &str, width: usize, inside_words: bool) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut start = 0;
    while characters.len() - start > width {
        let breaks = |&at: &usize| {
            let (before, after) = (characters[at - 1], characters[at]);
            after == ' ' || inside_words && is_hangul(before) && is_hangul(after)
        };
        let Some(end) = (start + 1..=start + width).rev().find(breaks).or_else(|| (start + width..characters.len()).find(breaks)) else {
            break;
        };
        out.extend(&characters[start..end]);
        out.push('\n');
        start = end + usize::from(characters[end] == ' ');
    }
    out.extend(&characters[start..]);
    out
}

fn assert_wrapping_changes_nothing(language: &str, width: usize, inside_words: bool) {
    let paragraphs = running_text(language);
    let wrapped: Vec<String> = paragraphs.iter().map(|text| wrap(text, width, inside_words)).collect();
    let texts = |paragraphs: &[String]| -> Vec<String> {
        squashed(&segments(&paragraphs.join("\n\n"))).into_iter().map(|(_, text)| text).collect()
    };
    let (whole, wrapped) = (texts(&paragraphs), texts(&wrapped));
    let missing: Vec<&String> = whole.iter().filter(|sentence| !wrapped.contains(sentence)).collect();
    assert!(
        missing.is_empty() && whole.len() == wrapped.len(),
        "{language} at {width}: {} and {} sentences, not found {missing:#?}",
        whole.len(),
        wrapped.len()
    );
}

#[test]
fn wrapped_lines_give_the_same_sentences() {
    for width in [34, 40, 52, 72] {
        assert_wrapping_changes_nothing("english", width, false);
    }
    for width in [26, 30, 40] {
        assert_wrapping_changes_nothing("korean", width, false);
    }
}

#[test]
fn korean_that_is_wrapped_inside_words_gives_the_same_sentences() {
    for width in [26, 30, 36] {
        assert_wrapping_changes_nothing("korean", width, true);
    }
}

/// The texts of the golden pairs in a language.
fn golden(language: &str) -> Vec<String> {
    let files = golden_files().into_iter().filter(|(_, side, _)| language.starts_with(side));
    files.map(|(_, _, file)| std::fs::read_to_string(file).expect("a pair has both sides")).collect()
}

/// The segments of the golden texts that are not found again, with their kinds, in the texts as `change` makes them; and
/// how many segments there are.
fn lost(language: &str, change: impl Fn(&str) -> String) -> (Vec<(Kind, String)>, usize) {
    let mut lost = Vec::new();
    let mut count = 0;
    for text in golden(language) {
        let (whole, changed) = (squashed(&segments(&text)), squashed(&segments(&change(&text))));
        count += whole.len();
        lost.extend(whole.into_iter().filter(|segment| !changed.contains(segment)));
    }
    (lost, count)
}

/// The units of the golden pairs whose segment or kind differs from what their writers say, a line each.
fn golden_misses() -> String {
    let mut misses = String::new();
    for (pair, side, file) in golden_files() {
        let found = squashed(&segments(&std::fs::read_to_string(&file).expect("a pair has both sides")));
        let gold = std::fs::read_to_string(file.with_file_name("gold.json")).expect("a pair has its gold");
        let gold: serde_json::Value = serde_json::from_str(&gold).expect("gold is JSON");
        for unit in gold[side].as_array().expect("gold has units") {
            let (kind, text) = (unit["type"].as_str().unwrap_or(""), unit["text"].as_str().unwrap_or(""));
            let kinds: Vec<&str> = found.iter().filter(|(_, other)| *other == squash(text)).map(|(kind, _)| kind.name()).collect();
            if !kinds.contains(&kind) {
                let id = unit["id"].as_str().unwrap_or("");
                let _ = writeln!(misses, "{pair} {id} {kind}, found {}", kinds.first().unwrap_or(&"other bounds"));
            }
        }
    }
    misses
}

/// Name, side and file of both texts of all golden pairs.
fn golden_files() -> Vec<(String, &'static str, std::path::PathBuf)> {
    let mut folders: Vec<_> =
        std::fs::read_dir("pairs").expect("pairs/ is there").map(|entry| entry.expect("it is readable").path()).collect();
    folders.sort();
    let sides = [("ko", "source.ko.txt"), ("en", "target.en.txt")];
    let name = |folder: &std::path::Path| folder.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    folders.iter().flat_map(|folder| sides.map(|(side, file)| (name(folder), side, folder.join(file)))).collect()
}

/// The record names every miss. `BLESS=1 cargo test` writes it anew; look at the difference before you accept it.
#[test]
fn golden_briefs_have_the_segments_and_kinds_that_their_writers_say() {
    let (misses, record) = (golden_misses(), "tests/it/segment/golden-misses.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(record, &misses).expect("the record can be written");
    }
    let recorded = std::fs::read_to_string(record).unwrap_or_default();
    assert_eq!(misses, recorded, "run `BLESS=1 cargo test` and look at the difference");
}

/// Headings, bylines, captions and lists among the paragraphs: what is a line of its own must stay one.
#[test]
fn golden_briefs_wrapped_at_60_to_80_columns_keep_995_of_1000_segments_and_kinds() {
    for (language, inside_words) in [("english", false), ("korean", false), ("korean", true)] {
        for columns in [60, 66, 72, 80] {
            let wrap_line = |line: &str| wrap_columns(line, columns, inside_words);
            let (lost, count) = lost(language, |text| text.lines().map(wrap_line).collect::<Vec<_>>().join("\n"));
            assert!(lost.len() * 1_000 <= count * 5, "{language} at {columns} columns, of {count}: {lost:#?}");
        }
    }
}

#[test]
fn golden_briefs_do_not_depend_on_letters_line_ends_or_spaces() {
    let every_third = |text: &str, other: &str| -> String {
        text.split(' ')
            .enumerate()
            .map(|(place, word)| if place == 0 { word.to_string() } else { format!("{}{word}", if place % 3 == 0 { other } else { " " }) })
            .collect()
    };
    for language in ["english", "korean"] {
        let assert_same = |name: &str, change: &dyn Fn(&str) -> String| {
            let (lost, _) = lost(language, change);
            assert!(lost.is_empty(), "{language} with {name}: {lost:#?}");
        };
        assert_same("decomposed letters", &|text| text.nfd().collect());
        assert_same("Windows line ends", &|text| text.replace('\n', "\r\n"));
        for other in ["\t", "\u{A0}", " \u{200B}", "\u{3000}"] {
            assert_same(&format!("{other:?} for a space"), &|text| every_third(text, other));
        }
    }
}

/// What must hold for any document: segments lie in order and in their blocks, begin and end with something, and
/// between them is only white space and what has no width.
fn assert_nothing_is_lost(document: &Document) {
    let outside = |text: &str| text.chars().all(|character| character.is_whitespace() || is_invisible(character));
    let mut at = 0;
    for segment in &document.segments {
        let text = segment.span.of(&document.text);
        assert!(outside(&document.text[at..segment.span.start]), "lost before {text:?}");
        assert!(!text.is_empty() && text.trim() == text, "{text:?}");
        assert!(document.blocks[segment.block_index].span.contains(segment.span), "{text:?} lies outside its block");
        at = segment.span.end;
    }
    assert!(outside(&document.text[at..]), "lost at the end");
}

/// Pieces that texts are put together from: what the rules look at, and what they do not.
const PIECES: &str = r#"[ \n\t.!?…。"'“”‘’()\[\]「」<>,:;*#>|_`~-]|[가-힣]|[A-Za-z0-9]|다\. |라고 |U\.S\. |Dr\. |[0-9]\. |\n\n|\r\n|\u{200B}|\u{A0}|\u{FEFF}|\u{3000}|\u{1112}\u{1161}\u{11AB}|e\u{301}|①|○ |Ⅱ|表|🙂|\PC"#;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_loses_anything(pieces in prop::collection::vec(PIECES, 0..80), markdown in any::<bool>()) {
        let path = if markdown { "any.md" } else { "any.txt" };
        if let Ok(document) = read::text(path, &pieces.concat()) {
            assert_nothing_is_lost(&segment::segment(document));
        }
    }
}

#[test]
fn hostile_text_takes_no_time() {
    let hostile = [
        "a",
        "가",
        ".",
        "\"",
        "“",
        "(",
        "a.",
        "A. ",
        ". ",
        "\".",
        ".)",
        "다.",
        "\"a. \" ",
        "(a)",
        "1. ",
        "\n",
        "> ",
        "“a.” ",
        "다. ”",
        "…",
        "U.S. ",
        "\u{200B}",
        "- ",
        "1. a\n",
        "B. a\n",
        "a?\n",
        "About Experts\n",
        "a | b\n",
        "습니다 가나 ",
        "the board But the ",
        "그는 “가. 나.” ",
    ];
    for piece in hostile {
        let text = piece.repeat(100_000 / piece.len()) + "end.";
        let started = std::time::Instant::now();
        let document = segments(&text);
        assert_nothing_is_lost(&document);
        assert!(started.elapsed().as_secs() < 20, "{piece:?} took {:?}", started.elapsed()); // quadratic time takes minutes
    }
}
