//! TMX in and out, beside the programs that judge it: xmllint and OmegaT, where they are installed.

use super::{check_cases, read, refusal, write};
use jjak::exchange::tmx::FORMAT;
use jjak::memory::{Details, SideDetails, Status, TranslationUnit};
use proptest::prelude::*;
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn files_of_other_tools_are_read_and_come_back() {
    check_cases(&FORMAT);
}

const HEAD: &str = "<tmx version='1.4'><header/><body>\n";

#[test]
fn what_is_broken_is_refused_with_its_place_and_reason() {
    let unit = |inside: &str| format!("{HEAD}<tu>{inside}</tu></body></tmx>");
    let deep = format!("<tuv xml:lang='ko'><seg>{}", "<hi>".repeat(1_000_000));
    let sides = "<tuv xml:lang='ko'><seg>가</seg></tuv>".repeat(500);
    let cases = [
        ("<html><body/></html>".to_string(), 1, 1, "expected a TMX document, found the element <html>"),
        (format!("{HEAD}<tu><tuv xml:lang='ko'><seg>가"), 2, 30, "the file; it is not whole"),
        (unit("<tuv xml:lang='ko'><seg>가</tuv></seg>"), 2, 30, "</seg>"),
        (unit("<tuv xml:lang='ko'><seg>&unknown;</seg></tuv>"), 2, 29, "&unknown;"),
        (unit("<tuv xml:lang='ko'><seg>a & b</seg></tuv>"), 2, 31, "a lone &; write it as &amp;"),
        (unit(&deep), 2, 809, "at most 200 elements"),
        (unit(&sides), 2, 14805, "at most 400 languages"),
        (unit(&"<note>long</note>".repeat(300_000)), 2, 4194321, "within 4 MB"),
        (unit(&format!("<note>{}</note>", "long".repeat(6_000_000))), 2, 16777260, "longer than 16 MB"),
        (unit(&format!("<note {}/>", (0..300).map(|number| format!("a{number}='' ")).collect::<String>())), 2, 5, "200 attributes"),
    ];
    for (text, line, column, reason) in cases {
        let found = refusal(&FORMAT, text.as_bytes());
        let shown: String = text.chars().take(100).collect();
        assert!(found.2.contains(reason), "{shown}: {found:?}");
        // A limit is noticed with the next piece that is read.
        assert!(found.0 == line && found.1.abs_diff(column) <= column / 100, "{shown}: {found:?}");
    }
}

#[test]
fn a_report_of_losses_stays_short() {
    let mut text = HEAD.to_string();
    for number in 0..10_000 {
        text += &format!("<e{number}/>");
    }
    text += &format!("<{}/></body></tmx>", "long".repeat(100_000));
    let (_, losses) = read(&FORMAT, text.as_bytes()).unwrap();
    let sentences = losses.sentences();
    assert!(sentences.len() <= 101 && sentences.concat().len() < 20_000);
    assert_eq!(losses.each().map(|(_, loss)| loss.count).sum::<u64>(), 10_001);
}

/// Texts with everything that XML makes special.
fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &["북한", "조약", " ", "\n", "\t", "&", "<", ">", "\"", "'", "]]>", "&amp;", "é", "𝄞", "a", "\u{85}", "\r"];
    prop::collection::vec(prop::sample::select(PIECES), 1..8).prop_map(|pieces| format!("{}.", pieces.concat()))
}

fn properties() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec((text(), text()), 0..3)
}

fn side() -> impl Strategy<Value = (String, SideDetails)> {
    let codes = prop::collection::vec((0_usize..30, prop::sample::select(&["<ph x=\"1\">&lt;br&gt;</ph>", "<hi></hi>"])), 0..4);
    (text(), properties(), prop::collection::vec(text(), 0..2), codes).prop_map(|(text, properties, notes, codes)| {
        let mut inline = Vec::new();
        for (at, code) in codes {
            let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            inline.push((at, code));
        }
        inline.sort_by_key(|(at, _)| *at);
        // An empty highlight is read as its two tags.
        let inline = inline.into_iter().flat_map(|(at, code)| match code.strip_suffix("</hi>") {
            Some(begin) => vec![(at, begin.to_string()), (at, "</hi>".to_string())],
            None => vec![(at, code.to_string())],
        });
        (text, SideDetails { attributes: vec![("creationid".into(), "kim".into())], properties, notes, inline: inline.collect() })
    })
}

fn unit() -> impl Strategy<Value = TranslationUnit> {
    let languages = prop::sample::select(&[("ko", "en"), ("ko-KR", "en-US"), ("fr", "de"), ("ko", "x-own")]);
    let times = prop::option::of(0_i64..4_000_000_000);
    (side(), side(), languages, prop::sample::select(&Status::ALL), times, prop::option::of(any::<u32>()), properties()).prop_map(
        |((source, of_source), (target, of_target), (from, to), status, created, context, properties)| TranslationUnit {
            source_language: from.into(),
            target_language: to.into(),
            status,
            key: context.map(|context| context.to_string()),
            created,
            changed: created.map(|at| at + 1),
            context,
            details: Some(Box::new(Details {
                attributes: Vec::new(),
                properties,
                notes: Vec::new(),
                source: of_source,
                target: of_target,
            })),
            ..TranslationUnit::new(source, target)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn units_come_back_as_they_went_out(units in prop::collection::vec(unit(), 0..5)) {
        let (bytes, losses) = write(&FORMAT, &units);
        prop_assert!(losses.is_empty());
        let (again, _) = read(&FORMAT, &bytes).unwrap();
        prop_assert_eq!(again, units);
    }

    #[test]
    fn no_bytes_make_it_fail_otherwise_than_by_refusing(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0_usize..3000) {
        let case = include_bytes!("tmx/inline.tmx");
        let _ = read(&FORMAT, &bytes);
        let mut changed = case.to_vec();
        let at = cut % changed.len();
        changed.splice(at..(at + bytes.len() / 20).min(case.len()), bytes.iter().take(3).copied());
        let _ = read(&FORMAT, &changed);
        let _ = read(&FORMAT, &case[..at]);
    }
}

/// Whether a program is there to be asked.
fn has(program: &str) -> bool {
    Command::new("sh").args(["-c", &format!("command -v {program}")]).stdout(Stdio::null()).status().is_ok_and(|status| status.success())
}

#[test]
fn what_is_written_is_valid_by_the_definition() {
    if !has("xmllint") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let definition = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/exchange/tmx14.dtd");
    for path in super::cases("tmx", "tmx") {
        let (units, _) = read(&FORMAT, &std::fs::read(&path).unwrap()).unwrap();
        let written = folder.path().join("out.tmx");
        std::fs::write(&written, write(&FORMAT, &units).0).unwrap();
        let output = Command::new("xmllint").args(["--noout", "--nonet", "--dtdvalid"]).args([&definition, &written]).output().unwrap();
        assert!(output.status.success(), "{}: {}", path.display(), String::from_utf8_lossy(&output.stderr));
    }
}

const PROJECT: &str = "<omegat><project version=\"1.0\"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>\
    <tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><dictionary_dir>__DEFAULT__</dictionary_dir>\
    <source_lang>KO</source_lang><target_lang>EN-US</target_lang><sentence_seg>true</sentence_seg></project></omegat>";

#[test]
fn omegat_translates_a_text_from_what_is_written() {
    if !has("omegat") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for name in ["source", "target", "tm/auto", "omegat", "glossary", "dictionary"] {
        std::fs::create_dir_all(folder.path().join(name)).unwrap();
    }
    let pairs =
        [("북한은 러시아와 조약을 맺었다.", "North Korea & Russia signed a \"treaty\"."), ("병력을 보냈다.", "It sent <10,000> troops.")];
    let units = pairs.map(|(source, target)| TranslationUnit::new(source, target));
    std::fs::write(folder.path().join("omegat.project"), PROJECT).unwrap();
    std::fs::write(folder.path().join("source/text.txt"), pairs.map(|(source, _)| source).join("\n\n")).unwrap();
    std::fs::write(folder.path().join("tm/auto/memory.tmx"), write(&FORMAT, &units).0).unwrap();
    let output = Command::new("omegat")
        .args([".", "--mode=console-translate", "--config-dir=config"])
        .current_dir(folder.path())
        .env("HOME", folder.path())
        .output()
        .unwrap();
    let translated = std::fs::read_to_string(folder.path().join("target/text.txt")).unwrap_or_default();
    assert_eq!(translated.trim(), pairs.map(|(_, target)| target).join("\n\n"), "{}", String::from_utf8_lossy(&output.stdout));
}
