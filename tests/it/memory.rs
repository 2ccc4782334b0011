//! The memory from the command line: find, import, export, stats, and their exit codes.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn jjak(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jjak")).current_dir(folder).env("JJAK_MEMORY", "memory.jjak").args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

const UNITS: &str = "북한은 러시아와 조약을 맺었다.\tNorth Korea signed a treaty with Russia.\n\
                     북한은 2024년에 병력 1만 명을 보냈다.\tNorth Korea sent 10,000 troops in 2024.\n";

fn with_units() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("units.tsv"), UNITS).unwrap();
    let output = jjak(folder.path(), &["import", "units.tsv"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    folder
}

#[test]
fn a_sentence_is_found_exactly_nearly_and_within() {
    let folder = with_units();
    let cases = [
        ("북한은 러시아와 조약을 맺었다.", "exact", "exact"),
        ("북한은 러시아와 조약을 맺는다.", "fuzzy", "fuzzy"),
        ("북한은 2025년에 병력 3만 명을 보냈다.", "fuzzy", "numbers"),
        ("North Korea signed a pact with Russia.", "fuzzy", "fuzzy"),
        ("조약", "concordance", "concordance"),
        ("signed a treaty", "concordance", "concordance"),
    ];
    for (query, kind, class) in cases {
        let output = jjak(folder.path(), &["find", query, "--format", "json"]);
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((answer["schema"].as_str(), answer["query"].as_str()), (Some("jjak/find/1"), Some(query)));
        let first = &answer["matches"][0];
        assert_eq!((first["kind"].as_str(), first["class"].as_str()), (Some(kind), Some(class)), "{query}: {answer}");
        assert_eq!(first["origin"]["name"], "units.tsv");
    }
}

#[test]
fn no_hit_is_exit_code_1_and_bad_input_2() {
    let folder = with_units();
    assert_eq!(jjak(folder.path(), &["find", "전혀 다른 문장"]).status.code(), Some(1));
    assert_eq!(jjak(folder.path(), &["find", "조약", "--min", "170"]).status.code(), Some(2));
    std::fs::write(folder.path().join("broken.tsv"), "탭이 없다\n").unwrap();
    let output = jjak(folder.path(), &["import", "broken.tsv"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("broken.tsv:1:1: expected a Korean text, a tab"), "{}", text(&output.stderr));
}

#[test]
fn what_is_exported_can_be_imported_and_nothing_doubles() {
    let folder = with_units();
    assert!(jjak(folder.path(), &["export", "out.tsv"]).status.success());
    let output = jjak(folder.path(), &["import", "out.tsv"]);
    assert!(text(&output.stdout).contains("0 units added, 2 known"), "{}", text(&output.stdout));
    let output = jjak(folder.path(), &["stats", "--format", "json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((answer["schema"].as_str(), answer["units"].as_u64()), (Some("jjak/stats/1"), Some(2)));
}

#[test]
fn a_pair_is_saved_once_and_found() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("brief.ko.txt"), "북한은 러시아와 조약을 맺었다. 병력 1만 명을 보냈다.").unwrap();
    std::fs::write(folder.path().join("brief.en.txt"), "North Korea signed a treaty with Russia. It sent 10,000 troops.").unwrap();
    let save = ["align", "brief.ko.txt", "brief.en.txt", "--save"];
    let output = jjak(folder.path(), &save);
    assert!(text(&output.stderr).contains("saved as pair 1: 2 new units"), "{}", text(&output.stderr));
    let output = jjak(folder.path(), &save);
    assert!(text(&output.stderr).contains("nothing has changed"), "{}", text(&output.stderr));
    let output = jjak(folder.path(), &["find", "병력 1만 명을 보냈다.", "--format", "json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["matches"][0]["target"], "It sent 10,000 troops.");
    assert_eq!(answer["matches"][0]["status"], "proposed");
}

#[test]
fn every_command_that_changes_or_keeps_the_memory_answers_in_json() {
    let folder = with_units();
    let answers = [
        (vec!["optimise"], "jjak/optimise/1", "parts", "1"),
        (vec!["doctor"], "jjak/doctor/1", "well", "true"),
        (vec!["doctor", "--rescue", "saved.jjak"], "jjak/rescue/1", "lost", "0"),
        (vec!["backup", "copy.jjak"], "jjak/backup/1", "path", "\"copy.jjak\""),
        (vec!["export", "out.tmx"], "jjak/export/1", "units", "2"),
        (vec!["clean", "--apply"], "jjak/clean/1", "removed", "[]"),
        (vec!["undo"], "jjak/undo/1", "removed", "2"),
    ];
    for (arguments, schema, name, expected) in answers {
        let output = jjak(folder.path(), &[&arguments[..], &["--format", "json"]].concat());
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((answer["schema"].as_str(), answer[name].to_string().as_str()), (Some(schema), expected), "{answer}");
    }
}

#[test]
fn a_folder_is_no_memory_and_is_named() {
    let folder = with_units();
    for command in [vec!["find", "조약"], vec!["import", "units.tsv"], vec!["stats"], vec!["optimise"]] {
        let output = jjak(folder.path(), &[&command[..], &["--memory", "."]].concat());
        assert_eq!(output.status.code(), Some(2), "{command:?}");
        assert!(text(&output.stderr).contains(".: expected a memory, found a folder"), "{}", text(&output.stderr));
    }
}
