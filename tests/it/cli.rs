//! The command line as users and scripts meet it: every subcommand, every exit code, the JSON of the contract, and bad input.

use clap::CommandFactory;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The pair of the README, and the same two texts on the desk.
const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pairs/nk-russia-treaty/source.ko.txt");
const TARGET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pairs/nk-russia-treaty/target.en.txt");

const KOREAN: &str = "국회는 조약을 비준했다.\n조약은 6월 19일에 서명되었다.\n";
const ENGLISH: &str = "The National Assembly ratified the treaty.\nThe treaty was signed on 17 June.\n";

/// A folder to work in, with a short pair and no memory.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        desk.write("brief.ko.txt", KOREAN.as_bytes());
        desk.write("brief.en.txt", ENGLISH.as_bytes());
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, data: &[u8]) {
        std::fs::write(self.path(name), data).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jjak"));
        command.args(arguments).current_dir(self.folder.path());
        command.env_remove("JJAK_MEMORY").env("XDG_DATA_HOME", self.path("data")).env("HOME", self.folder.path());
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs with a text on standard input.
    fn run_with(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[arguments, &["--format", "json"]].concat());
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {}", error(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

fn error(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn every_command_says_how_it_went_by_its_exit_code() {
    let desk = Desk::new();
    desk.write("clean.en.txt", b"The National Assembly ratified the treaty.\nThe treaty was signed on 19 June.\n");
    desk.write("units.tsv", format!("{}\t{}\n", "조약을 비준했다.", "They ratified the treaty.").as_bytes());
    let cases: &[(&[&str], i32)] = &[
        (&[], 2),
        (&["--help"], 0),
        (&["--version"], 0),
        (&["dance"], 2),
        (&["segment", "brief.ko.txt"], 0),
        (&["segment"], 2),
        (&["segment", "missing.txt"], 2),
        (&["align", "brief.ko.txt", "brief.en.txt"], 0),
        (&["align", "brief.ko.txt"], 2),
        (&["align", "brief.ko.txt", "brief.en.txt", "--mode", "verse"], 2),
        (&["check", "brief.ko.txt", "clean.en.txt"], 0),
        (&["check", "brief.ko.txt", "brief.en.txt"], 1),
        (&["check", "brief.ko.txt", "brief.en.txt", "--fail-on", "never"], 0),
        (&["check", "clean.en.txt"], 0),
        (&["check", "brief.ko.txt"], 2),
        (&["check", "brief.ko.txt", "brief.en.txt", "--date", "June"], 2),
        (&["check", "brief.ko.txt", "brief.en.txt", "--glossary", "missing.tsv"], 2),
        (&["find", "조약"], 1),
        (&["find", " "], 2),
        (&["import", "units.tsv"], 0),
        (&["import", "units.unknown"], 2),
        (&["import", "--as", "tsv", "."], 2),
        (&["import", "missing.tsv"], 2),
        (&["find", "조약"], 0),
        (&["find", "조약", "--memory", "missing.jjak"], 2),
        (&["export", "out.tsv"], 0),
        (&["export", "out.unknown"], 2),
        (&["stats"], 0),
        (&["stats", "--memory", "brief.ko.txt"], 2),
        (&["term", "북러"], 0),
        (&["term", "zzqqxy"], 1),
        (&["term", " "], 2),
        (&["term", "list"], 0),
        (&["term", "export"], 0),
        (&["term", "add", "가나다라", "Ganada"], 0),
        (&["term", "add", "Ganada", "가나다라"], 2),
        (&["term", "add", "가나다라", ""], 2),
        (&["term", "remove", "가나다라"], 0),
        (&["term", "remove", "가나다라"], 1),
        (&["term", "import", "missing.tsv"], 2),
        (&["term", "mine", "brief.ko.txt"], 1),
        (&["explain"], 0),
        (&["explain", "number"], 0),
        (&["explain", "Number"], 0),
        (&["explain", "segment"], 0),
        (&["explain", "rhyme"], 2),
        (&["completions", "bash"], 0),
        (&["completions", "abacus"], 2),
        (&["man"], 0),
        (&["man", "term", "add"], 0),
        (&["man", "dance"], 2),
    ];
    for (arguments, code) in cases {
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(*code), "jjak {}: {}", arguments.join(" "), error(&output));
        if *code == 2 {
            assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "jjak {}: {}", arguments.join(" "), text(&output));
        }
    }
}

#[test]
fn the_least_severity_that_fails_is_chosen() {
    let desk = Desk::new();
    let answer = desk.json(&["check", SOURCE, TARGET]);
    let severities: BTreeSet<&str> =
        answer["findings"].as_array().unwrap().iter().map(|finding| finding["severity"].as_str().unwrap()).collect();
    assert!(severities.contains("critical") && severities.contains("major"), "{severities:?}");
    let code = |limit: &str, source: &str, target: &str| desk.run(&["check", source, target, "--fail-on", limit]).status.code().unwrap();
    assert_eq!((code("critical", SOURCE, TARGET), code("major", SOURCE, TARGET), code("never", SOURCE, TARGET)), (1, 1, 0));
    desk.write("glued.en.txt", b"The National Assembly ratified the treaty.ow\nThe treaty was signed on 19 June.\n");
    let severity = desk.json(&["check", "brief.ko.txt", "glued.en.txt"])["findings"][0]["severity"].clone();
    assert_eq!(severity, "major");
    assert_eq!((code("major", "brief.ko.txt", "glued.en.txt"), code("critical", "brief.ko.txt", "glued.en.txt")), (1, 0));
}

#[test]
fn every_command_teaches_by_example_and_says_what_its_options_do() {
    fn look(command: &clap::Command, path: &str) {
        for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
            look(sub, &format!("{path} {}", sub.get_name()));
        }
        let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(after.contains("Example") && after.contains(path), "{path}: {after}");
        assert!(command.get_about().is_some(), "{path}");
        for argument in command.get_arguments() {
            assert!(argument.get_help().is_some(), "{path}: {}", argument.get_id());
        }
    }
    look(&jjak::cli::Arguments::command(), "jjak");
}

#[test]
fn shells_complete_and_man_pages_render() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = text(&desk.run(&["completions", shell]));
        assert!(script.contains("jjak") && script.contains("fail-on"), "{shell}");
    }
    let page = text(&desk.run(&["man", "check"]));
    assert!(page.contains(".TH jjak-check 1") && page.contains("\\-\\-fail\\-on"), "{page}");
}

/// The segments of a document of an answer, held against the text they are of.
fn check_document(document: &Value, text: &str) -> usize {
    let mut end = 0;
    let blank = |gap: &str| gap.chars().all(|character| character.is_whitespace() || matches!(character, '\u{FEFF}' | '\u{200B}'));
    let segments = document["segments"].as_array().unwrap();
    for (index, segment) in segments.iter().enumerate() {
        let (start, next) = (number(&segment["start"]), number(&segment["end"]));
        assert_eq!(number(&segment["id"]), index + 1);
        assert!(number(&segment["block"]) >= 1 && KINDS.contains(&segment["kind"].as_str().unwrap()), "{segment}");
        assert_eq!(segment["text"], text[start..next]);
        assert!(start < next && blank(&text[end..start]), "between {end} and {start}: {:?}", &text[end..start]);
        end = next;
    }
    assert!(blank(&text[end..]));
    segments.len()
}

const KINDS: &[&str] = &["title", "byline", "heading", "sentence", "item", "caption", "note", "furniture"];

fn number(value: &Value) -> usize {
    value.as_u64().unwrap_or_else(|| panic!("expected a number, found {value}")) as usize
}

fn numbers(value: &Value) -> Vec<usize> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn file(path: &str) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn segments_are_the_bytes_of_the_file_and_nothing_lies_between() {
    let desk = Desk::new();
    for (path, language) in [(SOURCE, "ko"), (TARGET, "en")] {
        let answer = desk.json(&["segment", path]);
        assert_eq!((&answer["schema"], &answer["document"]["language"]), (&"jjak/segment/1".into(), &language.into()));
        assert_eq!(answer["document"]["path"], path);
        assert!(check_document(&answer["document"], &file(path)) > 30);
    }
}

#[test]
fn every_segment_stands_in_a_bead() {
    let desk = Desk::new();
    let (source, target) = (file(SOURCE), file(TARGET));
    for mode in ["translation", "summary", "auto"] {
        let answer = desk.json(&["align", SOURCE, TARGET, "--mode", mode]);
        assert_eq!(answer["schema"], "jjak/align/1");
        assert_eq!(answer["mode"], if mode == "auto" { "summary" } else { mode });
        let counts = [check_document(&answer["source"], &source), check_document(&answer["target"], &target)];
        let mut seen = [BTreeSet::new(), BTreeSet::new()];
        for (index, bead) in answer["beads"].as_array().unwrap().iter().enumerate() {
            assert_eq!(number(&bead["id"]), index + 1);
            assert!((0.0..=1.0).contains(&bead["score"].as_f64().unwrap()));
            let sides = [numbers(&bead["source"]), numbers(&bead["target"])];
            assert!(!sides.concat().is_empty(), "{bead}");
            check_evidence(&bead["evidence"], &sides[0], &source, &target);
            for (seen, side) in seen.iter_mut().zip(sides) {
                seen.extend(side);
            }
        }
        for (seen, count) in seen.iter().zip(counts) {
            assert!(seen.iter().copied().eq(1..=count), "{mode}: {seen:?} of {count}");
        }
    }
}

fn check_evidence(evidence: &Value, sources: &[usize], source: &str, target: &str) {
    for evidence in evidence.as_array().unwrap() {
        let text = &target[number(&evidence["target_start"])..number(&evidence["target_end"])];
        let counterpart = &source[number(&evidence["source_start"])..number(&evidence["source_end"])];
        assert!(!text.trim().is_empty() && !counterpart.trim().is_empty(), "{evidence}");
        assert!(sources.contains(&number(&evidence["source_segment"])), "{evidence} of {sources:?}");
        assert!(evidence["kind"].is_string() && evidence["value"].is_string());
    }
}

#[test]
fn the_ledger_has_a_row_for_every_passage_that_makes_statements() {
    let desk = Desk::new();
    let (source, target) = (file(SOURCE), file(TARGET));
    let answer = desk.json(&["check", SOURCE, TARGET]);
    assert_eq!((&answer["schema"], &answer["mode"]), (&"jjak/check/1".into(), &"summary".into()));
    check_document(&answer["source"], &source);
    check_document(&answer["target"], &target);
    let segments = answer["target"]["segments"].as_array().unwrap();
    let judged = segments.iter().filter(|segment| ["sentence", "item", "caption", "title"].contains(&segment["kind"].as_str().unwrap()));
    let rows = answer["ledger"].as_array().unwrap();
    assert!(rows.iter().map(|row| number(&row["target"])).eq(judged.map(|segment| number(&segment["id"]))));
    for row in rows {
        assert!(["supported", "partial", "unsupported", "undecided"].contains(&row["verdict"].as_str().unwrap()));
        assert!((0.0..=1.0).contains(&row["support"].as_f64().unwrap()));
        let sources = numbers(&row["sources"]);
        assert!(sources.len() <= 5 && sources.iter().collect::<BTreeSet<_>>().len() == sources.len(), "{sources:?}");
        check_evidence(&row["evidence"], &sources, &source, &target);
        for missing in row["missing"].as_array().unwrap() {
            assert_eq!(missing["text"], target[number(&missing["start"])..number(&missing["end"])]);
        }
    }
}

/// Text and segments of the side that a finding, or what is related to it, is on.
fn place<'a>(answer: &'a Value, value: &'a Value) -> (&'a Value, usize, usize) {
    let side = value["side"].as_str().unwrap();
    let segment = &answer[side]["segments"][number(&value["segment"]) - 1];
    (segment, number(&value["start"]), number(&value["end"]))
}

#[test]
fn findings_lie_in_their_segments_and_name_the_planted_faults() {
    let desk = Desk::new();
    let answer = desk.json(&["check", SOURCE, TARGET]);
    let findings = answer["findings"].as_array().unwrap();
    let ids: BTreeSet<&str> = findings.iter().map(|finding| finding["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), findings.len(), "no two findings have the same id");
    for finding in findings {
        assert!(["minor", "major", "critical"].contains(&finding["severity"].as_str().unwrap()));
        assert!(!finding["message"].as_str().unwrap().is_empty());
        for value in finding["related"].as_array().unwrap().iter().chain([finding]) {
            let (segment, start, end) = place(&answer, value);
            assert!(number(&segment["start"]) <= start && start < end && end <= number(&segment["end"]), "{value} in {segment}");
        }
    }
    let checks: BTreeSet<&str> = findings.iter().map(|finding| finding["check"].as_str().unwrap()).collect();
    assert!(["unsupported", "date", "glued", "residue"].iter().all(|check| checks.contains(check)), "{checks:?}");
}

#[test]
fn the_id_of_a_finding_outlives_changes_elsewhere() {
    let desk = Desk::new();
    let before = desk.json(&["check", "brief.ko.txt", "brief.en.txt"]);
    desk.write("longer.en.txt", format!("Both sides met in Seoul.\n{ENGLISH}").as_bytes());
    let after = desk.json(&["check", "brief.ko.txt", "longer.en.txt"]);
    let dates = |answer: &Value| {
        let findings = answer["findings"].as_array().unwrap().iter().filter(|finding| finding["check"] == "date");
        findings.map(|finding| finding["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(dates(&before).len(), 1);
    assert_eq!(dates(&before), dates(&after));
}

#[test]
fn the_english_alone_is_checked_for_what_it_shows() {
    let desk = Desk::new();
    desk.write("alone.en.txt", "The troops left Ukraine.ow The treaty stands. 양식의 맨 아래\n".as_bytes());
    let answer = desk.json(&["check", "alone.en.txt"]);
    let checks: Vec<&str> = answer["findings"].as_array().unwrap().iter().map(|finding| finding["check"].as_str().unwrap()).collect();
    assert_eq!(checks, ["glued", "residue"]);
    assert!(answer["source"].is_null() && answer["mode"].is_null() && answer["ledger"].as_array().unwrap().is_empty());
}

#[test]
fn a_pair_given_the_other_way_round_is_turned_with_a_note() {
    let desk = Desk::new();
    for command in ["align", "check"] {
        let turned = desk.run(&[command, TARGET, SOURCE, "--format", "json"]);
        assert_eq!(turned.stdout, desk.run(&[command, SOURCE, TARGET, "--format", "json"]).stdout);
        assert!(error(&turned).contains("taken that way round"), "{}", error(&turned));
    }
}

#[test]
fn two_texts_of_one_language_are_no_pair() {
    let desk = Desk::new();
    for (path, expected) in
        [("brief.ko.txt", "expected English text, found Korean"), ("brief.en.txt", "expected Korean text, found English")]
    {
        let output = desk.run(&["check", path, path]);
        assert_eq!(output.status.code(), Some(2));
        assert!(error(&output).contains(path) && error(&output).contains(expected), "{}", error(&output));
    }
}

#[test]
fn a_dash_is_standard_input_for_one_document() {
    let desk = Desk::new();
    let segments = desk.run_with(&["segment", "-"], KOREAN.as_bytes());
    assert_eq!(text(&segments), KOREAN);
    let expected = text(&desk.run(&["align", "brief.ko.txt", "brief.en.txt"]));
    assert_eq!(text(&desk.run_with(&["align", "-", "brief.en.txt"], KOREAN.as_bytes())), expected);
    assert_eq!(text(&desk.run_with(&["align", "brief.ko.txt", "-"], ENGLISH.as_bytes())), expected);
    assert_eq!(desk.run_with(&["check", "brief.ko.txt", "-"], ENGLISH.as_bytes()).status.code(), Some(1));
    let both = desk.run(&["align", "-", "-"]);
    assert!(both.status.code() == Some(2) && error(&both).contains("name a file for the other"));
}

#[test]
fn what_is_no_text_is_an_error_that_names_file_expectation_and_remedy() {
    let desk = Desk::new();
    let damaged =
        [&"북한은 러시아와 조약을 맺었다. ".repeat(20).into_bytes()[..], b"\xEB\xB6 \xFF", "국회는 비준했다.".as_bytes()].concat();
    let cases: &[(&str, &[u8], &str)] = &[
        ("empty.txt", b"", "found nothing but white space; check that the file was saved"),
        ("blank.txt", b" \n\t\r\n", "found nothing but white space"),
        ("zeros.txt", b"abc\0\0\0def\x01", "found binary data; save it as plain text or Markdown"),
        ("brief.pdf", b"%PDF-1.7 ...", "found a PDF; save its text as plain text or Markdown"),
        ("brief.hwp", b"\xD0\xCF\x11\xE0\xA1\xB1", "found an HWP or old Word document"),
        ("brief.docx", b"PK\x03\x04rest", "found a packed document"),
        ("damaged.txt", &damaged, "damaged.txt:1: expected UTF-8, UTF-16, CP949 or EUC-KR"),
    ];
    for (name, data, expected) in cases {
        desk.write(name, data);
        for arguments in [&["segment", name][..], &["check", "brief.ko.txt", name], &["align", name, "brief.en.txt"]] {
            let output = desk.run(arguments);
            assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
            let error = error(&output);
            assert!(
                error.starts_with("error: ") && error.contains(name) && error.contains(expected) && error.lines().count() == 1,
                "{error}"
            );
        }
    }
    for (name, expected) in [("missing.txt", "found nothing of that name"), (".", "found a folder")] {
        let error = error(&desk.run(&["segment", name]));
        assert_eq!(error, format!("error: {name}: expected a file to read, {expected}; check the name and the permissions\n"));
    }
}

#[test]
fn korean_of_any_encoding_gives_the_same_segments() {
    let desk = Desk::new();
    let brief = file(SOURCE).replace(['–', '—'], "-");
    desk.write("utf8.txt", brief.as_bytes());
    let (cp949, _, lost) = encoding_rs::EUC_KR.encode(&brief);
    assert!(!lost);
    desk.write("cp949.txt", &cp949);
    let wide = |start: &[u8], bytes: fn(u16) -> [u8; 2]| [start, &brief.encode_utf16().flat_map(bytes).collect::<Vec<u8>>()].concat();
    desk.write("utf16le.txt", &wide(b"\xFF\xFE", u16::to_le_bytes));
    desk.write("utf16be.txt", &wide(b"\xFE\xFF", u16::to_be_bytes));
    desk.write("marked.txt", format!("\u{FEFF}{brief}").as_bytes());
    desk.write("crlf.txt", brief.replace('\n', "\r\n").as_bytes());
    let expected = text(&desk.run(&["segment", "utf8.txt", "--kinds"]));
    for name in ["cp949.txt", "utf16le.txt", "utf16be.txt", "marked.txt", "crlf.txt"] {
        assert_eq!(text(&desk.run(&["segment", name, "--kinds"])), expected, "{name}");
    }
}

#[test]
fn hangul_taken_apart_gives_the_same_findings_at_the_bytes_of_its_file() {
    let desk = Desk::new();
    let apart: String = unicode_normalization::UnicodeNormalization::nfd(file(SOURCE).as_str()).collect();
    desk.write("apart.ko.txt", apart.as_bytes());
    let (together, answer) = (desk.json(&["check", SOURCE, TARGET]), desk.json(&["check", "apart.ko.txt", TARGET]));
    let said = |answer: &Value| {
        let findings = answer["findings"].as_array().unwrap().iter();
        findings.map(|finding| [&finding["id"], &finding["message"], &finding["start"]].map(ToString::to_string)).collect::<Vec<_>>()
    };
    assert_eq!(said(&answer), said(&together));
    assert_eq!(check_document(&answer["source"], &apart), together["source"]["segments"].as_array().unwrap().len());
    for row in answer["ledger"].as_array().unwrap() {
        check_evidence(&row["evidence"], &numbers(&row["sources"]), &apart, &file(TARGET));
    }
}

#[test]
fn a_huge_line_is_answered_in_bounded_time() {
    let desk = Desk::new();
    desk.write("huge.ko.txt", format!("{} {}", "한국은".repeat(60_000), "국회는 조약을 비준했고 ".repeat(300)).as_bytes());
    desk.write("huge.en.txt", format!("{} {}", "treaty".repeat(60_000), "the Assembly ratified it, ".repeat(300)).as_bytes());
    let start = Instant::now();
    for arguments in [&["segment", "huge.ko.txt"][..], &["align", "huge.ko.txt", "huge.en.txt"], &["check", "huge.ko.txt", "huge.en.txt"]] {
        let output = desk.run(arguments);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {}", error(&output));
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn colour_is_for_terminals_and_no_color_is_obeyed() {
    let desk = Desk::new();
    for arguments in
        [&["check", "brief.ko.txt", "brief.en.txt"][..], &["align", "brief.ko.txt", "brief.en.txt"], &["explain"], &["term", "북러"]]
    {
        let has_colour = |variables: &[(&str, &str)]| {
            let output = desk.command(arguments).envs(variables.iter().copied()).output().unwrap();
            output.stdout.contains(&0x1B)
        };
        assert!(!has_colour(&[]), "{arguments:?} into a pipe");
        assert!(has_colour(&[("CLICOLOR_FORCE", "1")]), "{arguments:?}");
        assert!(!has_colour(&[("NO_COLOR", "1"), ("TERM", "xterm-256color")]), "{arguments:?}");
    }
    let json = desk.command(&["check", SOURCE, TARGET, "--format", "json"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(serde_json::from_slice::<Value>(&json.stdout).is_ok());
}

#[test]
fn verbose_tells_on_stderr_and_leaves_stdout_as_it_is() {
    let desk = Desk::new();
    let (quiet, told) = (desk.run(&["align", "brief.ko.txt", "brief.en.txt"]), desk.run(&["align", "-v", "brief.ko.txt", "brief.en.txt"]));
    assert_eq!(quiet.stdout, told.stdout);
    assert!(quiet.stderr.is_empty());
    assert!(error(&told).contains("INFO read and segmented path=\"brief.ko.txt\" segments=2"), "{}", error(&told));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let desk = Desk::new();
    for command in ["align", "check"] {
        let run = || desk.run(&[command, SOURCE, TARGET, "--format", "json"]).stdout;
        assert_eq!(run(), run());
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let desk = Desk::new();
    // A check says what it found even where nobody reads on.
    let cases: &[(&[&str], i32)] = &[
        (&["check", SOURCE, TARGET], 1),
        (&["check", SOURCE, TARGET, "--format", "json"], 1),
        (&["align", "--save", SOURCE, TARGET], 0),
        (&["segment", SOURCE], 0),
        (&["segment", SOURCE, "--format", "json"], 0),
        (&["term", "list"], 0),
        (&["term", "북러"], 0),
        (&["term", "export"], 0),
        (&["export", "--as", "tsv", "-"], 0),
        (&["explain", "number"], 0),
        (&["stats"], 0),
        (&["log"], 0),
        (&["man"], 0),
        (&["completions", "bash"], 0),
    ];
    for (arguments, code) in cases {
        let mut child = desk.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said: Vec<String> = error(&output).lines().filter(|line| !line.starts_with("note: ")).map(str::to_string).collect();
        assert_eq!((output.status.code(), said), (Some(*code), Vec::new()), "{arguments:?}");
    }
}

#[test]
fn notes_that_nobody_reads_are_no_error() {
    let desk = Desk::new();
    for arguments in [&["align", "--save", "brief.en.txt", "brief.ko.txt"][..], &["term", "zzqqxy"], &["check", "missing.txt"]] {
        let mut child = desk.command(arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stderr.take());
        assert!(matches!(child.wait().unwrap().code(), Some(0..=2)), "{arguments:?}");
    }
}

/// The arguments of an example: a command in a shell, up to where its output is sent.
fn shell_words(example: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut in_quotes = false;
    for letter in example.trim().chars() {
        match letter {
            '"' => in_quotes = !in_quotes,
            ' ' if !in_quotes => words.push(String::new()),
            _ => words.last_mut().unwrap().push(letter),
        }
    }
    let end = words.iter().position(|word| ["|", "<", ">"].contains(&word.as_str())).unwrap_or(words.len());
    words.truncate(end);
    words
}

#[test]
fn every_example_of_the_help_can_be_typed() {
    fn look(command: &clap::Command, count: &mut usize) {
        command.get_subcommands().for_each(|sub| look(sub, count));
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        for line in help.lines().filter(|line| line.starts_with("  ")) {
            // What an example does stands beside it, two spaces on at least.
            let typed = line.trim().split("  ").next().unwrap();
            for typed in typed.split(" | ").filter(|typed| typed.starts_with("jjak ")) {
                let parsed = jjak::cli::Arguments::command().try_get_matches_from(shell_words(typed));
                assert!(parsed.is_ok(), "{typed}: {}", parsed.unwrap_err());
                *count += 1;
            }
        }
    }
    let mut count = 0;
    look(&jjak::cli::Arguments::command(), &mut count);
    assert!(count > 30, "{count}");
}

#[test]
fn every_command_that_answers_does_so_in_json() {
    let desk = Desk::new();
    desk.write("units.tsv", "조약을 비준했다.\tThey ratified the treaty.\n".as_bytes());
    desk.write("terms.tsv", "source\tpreferred\n산업회랑청\tBureau of Passages\n".as_bytes());
    let cases: &[(&[&str], &str)] = &[
        (&["segment", "brief.ko.txt"], "jjak/segment/1"),
        (&["align", "brief.ko.txt", "brief.en.txt"], "jjak/align/1"),
        (&["check", "brief.ko.txt", "brief.en.txt"], "jjak/check/1"),
        (&["check", "brief.en.txt"], "jjak/check/1"),
        (&["import", "units.tsv"], "jjak/import/1"),
        (&["find", "조약"], "jjak/find/1"),
        (&["term", "북러"], "jjak/term/1"),
        (&["term", "list"], "jjak/term/1"),
        (&["term", "add", "가나다라", "Ganada"], "jjak/term-change/1"),
        (&["term", "import", "terms.tsv"], "jjak/term-change/1"),
        (&["term", "remove", "가나다라"], "jjak/term-change/1"),
        (&["term", "mine", "brief.ko.txt"], "jjak/term-mine/1"),
        (&["explain"], "jjak/explain/1"),
        (&["explain", "number"], "jjak/explain/1"),
        (&["stats"], "jjak/stats/1"),
    ];
    for (arguments, schema) in cases {
        assert_eq!(desk.json(arguments)["schema"], *schema, "{arguments:?}");
    }
}

#[test]
fn units_come_from_standard_input_in_any_encoding() {
    let desk = Desk::new();
    let table = "조약을 비준했다.\tThey ratified the treaty.\n국회가 동의했다.\tThe Assembly agreed.\n";
    let import = |data: &[u8]| {
        let output = desk.run_with(&["import", "--as", "tsv", "-", "--format", "json"], data);
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", error(&output)));
        (number(&answer["files"][0]["added"]), number(&answer["files"][0]["known"]))
    };
    assert_eq!(import(table.as_bytes()), (2, 0));
    assert_eq!(import(&encoding_rs::EUC_KR.encode(table).0), (0, 2));
    assert_eq!(import(&[b"\xFF\xFE".to_vec(), table.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()), (0, 2));
    let output = desk.run_with(&["import", "--as", "tsv", "-"], b"a\tb\n\xFF\xFF\tc\n");
    assert!(
        output.status.code() == Some(2) && error(&output).contains("-:2:1: expected UTF-8, found the bytes FF FF"),
        "{}",
        error(&output)
    );
    assert_eq!(desk.run_with(&["find", "-"], b"\xFF\n").status.code(), Some(2));
}

#[test]
fn a_text_in_another_script_is_neither_side_of_a_pair() {
    let desk = Desk::new();
    for (name, text, found) in [
        ("ja.txt", "条約は六月に批准された。両国は平和を守る。", "Japanese"),
        ("zh.txt", "条约于六月批准。", "Chinese"),
        ("ru.txt", "Договор был ратифицирован в июне.", "Cyrillic letters"),
    ] {
        desk.write(name, text.as_bytes());
        for (arguments, wanted) in
            [(&["check", "brief.ko.txt", name][..], "English"), (&["check", name], "English"), (&["align", name, "brief.en.txt"], "Korean")]
        {
            let output = desk.run(arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(error(&output).contains(&format!("{name}: expected {wanted} text, found {found}")), "{}", error(&output));
        }
    }
    desk.write("fr.txt", "Le traité a été ratifié en juin par les deux parties, et il comporte vingt-trois articles.".as_bytes());
    assert!(error(&desk.run(&["check", "brief.ko.txt", "fr.txt"])).contains("note: fr.txt looks like French"));
    desk.write("hanja.txt", "北韓은 러시아와 條約을 맺었다. 國會는 批准했다.".as_bytes());
    assert_eq!(desk.run(&["align", "hanja.txt", "brief.en.txt"]).status.code(), Some(0));
}

#[test]
fn what_cannot_be_written_is_an_error() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let Ok(full) = full else { return };
    let desk = Desk::new();
    for arguments in [&["segment", SOURCE][..], &["check", SOURCE, TARGET, "--format", "json"], &["term", "list"], &["stats"], &["man"]] {
        let output = desk.command(arguments).stdout(full.try_clone().unwrap()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(error(&output).starts_with("error: standard output: expected to write"), "{arguments:?}: {}", error(&output));
    }
}

#[test]
fn a_glossary_brought_along_is_evidence() {
    let desk = Desk::new();
    desk.write("one.ko.txt", "산업회랑청은 첫 보고서를 냈다.\n정부는 예산을 줄였다.\n".as_bytes());
    desk.write("one.en.txt", b"The budget shrank.\nIts first paper came from the Bureau of Passages.\n");
    desk.write("house.tsv", "source\tpreferred\n산업회랑청\tBureau of Passages\n".as_bytes());
    let evidence = |answer: &Value| {
        let all = answer["ledger"].as_array().unwrap().iter().flat_map(|row| row["evidence"].as_array().unwrap().clone());
        all.filter(|evidence| evidence["kind"] == "term").map(|evidence| evidence["value"].clone()).collect::<Vec<_>>()
    };
    assert!(evidence(&desk.json(&["check", "one.ko.txt", "one.en.txt"])).is_empty());
    assert_eq!(evidence(&desk.json(&["check", "one.ko.txt", "one.en.txt", "--glossary", "house.tsv"])), ["산업회랑청"]);
    let added = desk.run(&["term", "add", "산업회랑청", "Bureau of Passages", "--memory", "desk.jjak"]);
    assert_eq!(added.status.code(), Some(0));
    assert_eq!(evidence(&desk.json(&["check", "one.ko.txt", "one.en.txt", "--memory", "desk.jjak"])), ["산업회랑청"]);
}

#[test]
fn the_day_of_writing_decides_what_last_month_is() {
    let desk = Desk::new();
    desk.write("day.ko.txt", "지난달 31일 국회는 조약을 비준했다.\n".as_bytes());
    desk.write("day.en.txt", b"The National Assembly ratified the treaty on 31 May.\n");
    let dates = |day: &str| {
        let answer = desk.json(&["check", "day.ko.txt", "day.en.txt", "--date", day]);
        answer["findings"].as_array().unwrap().iter().filter(|finding| finding["check"] == "date").count()
    };
    assert_eq!((dates("2025-06-19"), dates("2025-09-19")), (0, 1));
}

#[test]
fn a_pair_is_saved_once_into_the_memory_that_is_named() {
    let desk = Desk::new();
    for (round, expected) in [(1, "saved as pair 1"), (2, "in the memory already; nothing has changed")] {
        let output = desk.command(&["align", "--save", "brief.ko.txt", "brief.en.txt"]).env("JJAK_MEMORY", "desk.jjak").output().unwrap();
        assert!(error(&output).contains(expected), "{round}: {}", error(&output));
    }
    assert_eq!(desk.json(&["stats", "--memory", "desk.jjak"])["pairs"], 1);
    assert_eq!(desk.json(&["stats"])["pairs"], 0, "the default memory is another one");
}
