//! `jjak term` as users and scripts meet it: every subcommand, every exit code.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A folder with a memory of its own.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).unwrap();
        self.path(name).to_string_lossy().into_owned()
    }

    /// Runs `jjak term …`.
    fn term(&self, arguments: &[&str]) -> Output {
        let memory = self.path("memory.jjak");
        let mut command = Command::new(env!("CARGO_BIN_EXE_jjak"));
        command.arg("term").args(arguments).env("JJAK_MEMORY", memory).current_dir(self.folder.path()).output().unwrap()
    }

    /// Standard output of a command that succeeds.
    fn says(&self, arguments: &[&str]) -> String {
        let output = self.term(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", error(&output));
        String::from_utf8(output.stdout).unwrap()
    }
}

fn error(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A desk whose memory exists, so that reading commands find it.
fn desk_with_memory() -> Desk {
    let desk = Desk::new();
    desk.says(&["add", "시험관", "test officer", "--also", "examiner", "--never", "test tube", "--note", "only here"]);
    desk
}

#[test]
fn json_is_as_the_contract_has_it() {
    let desk = desk_with_memory();
    let answer: Value = serde_json::from_str(&desk.says(&["북러", "--format", "json"])).unwrap();
    assert_eq!(answer["schema"], "jjak/term/1");
    assert_eq!(answer["query"], "북러");
    let entry = &answer["entries"][0];
    assert_eq!(entry["source"][0], "북러");
    assert_eq!(entry["target"][0], serde_json::json!({"text": "DPRK-Russia", "status": "preferred"}));
    assert_eq!(entry["origin"], "built-in");
    assert!(entry["note"].is_string());
}

#[test]
fn a_term_is_added_once_found_in_both_languages_and_removed() {
    let desk = desk_with_memory();
    assert!(
        desk.says(&["add", "시험관", "test officer", "--also", "examiner", "--never", "test tube", "--note", "only here"])
            .contains("known")
    );
    for query in ["시험관", "시험관은", "Test Officer", "examiners", "test tube"] {
        let answer = desk.says(&[query]);
        assert!(answer.starts_with("시험관  memory\n  use    test officer\n"), "{query}: {answer}");
        assert!(answer.contains("never  test tube") && answer.contains("only here"), "{answer}");
    }
    assert!(desk.says(&["list", "--own"]).contains("test officer"));
    desk.says(&["remove", "시험관"]);
    assert_eq!(desk.term(&["시험관"]).status.code(), Some(1));
    assert_eq!(desk.term(&["remove", "시험관"]).status.code(), Some(1));
}

#[test]
fn nothing_found_is_1_and_bad_usage_is_2() {
    let desk = desk_with_memory();
    let none = desk.term(&["zzqqxy"]);
    assert_eq!((none.status.code(), none.stdout.len()), (Some(1), 0));
    for arguments in
        [&["add", "only English", "English"][..], &["add", "하나"], &[" "], &["북러", "--format", "xml"], &["import", "missing.tsv"]]
    {
        let output = desk.term(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!error(&output).is_empty());
    }
}

#[test]
fn a_table_with_any_sensible_header_is_imported_once_with_its_losses_told() {
    let desk = desk_with_memory();
    let file = desk.write(
        "theirs.csv",
        "\u{FEFF}Korean,English,Status,Comment,Client\n시험장비,test rig,preferred,\"big, heavy\",X\n,orphan,,,\n시험기,,,,\n시험품,test piece,forbidden,,\n",
    );
    let output = desk.term(&["import", &file]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), format!("{file}: 2 terms added, 0 known already\n"));
    let told = error(&output);
    assert!(told.contains("theirs.csv:1: column \"Client\" is not known"), "{told}");
    assert!(told.contains("theirs.csv:3: no Korean term") && told.contains("theirs.csv:4: no English term for 시험기"), "{told}");
    assert!(desk.says(&["import", &file]).contains("0 terms added, 2 known"));
    let answer: Value = serde_json::from_str(&desk.says(&["시험품", "--format", "json"])).unwrap();
    assert_eq!(answer["entries"][0]["target"][0]["status"], "forbidden");
}

#[test]
fn a_table_that_is_none_is_an_error_that_names_the_remedy() {
    let desk = desk_with_memory();
    let file = desk.write("numbers.csv", "a,b\n1,2\n");
    let output = desk.term(&["import", &file]);
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("numbers.csv: expected a column of Korean terms and one of English terms"), "{}", error(&output));
}

#[test]
fn an_exported_table_comes_back_whole() {
    let desk = desk_with_memory();
    let (all, own) = (desk.path("all.tsv"), desk.path("own.csv"));
    desk.says(&["export", &all.to_string_lossy()]);
    assert!(desk.says(&["import", &all.to_string_lossy()]).contains(": 0 terms added"));
    desk.says(&["export", "--own", &own.to_string_lossy()]);
    let other = Desk::new();
    assert!(other.says(&["import", &own.to_string_lossy()]).contains(": 1 terms added"));
    assert_eq!(other.says(&["export", "--own"]), desk.says(&["export", "--own"]));
}

#[test]
fn a_glossary_file_serves_without_being_imported() {
    let desk = desk_with_memory();
    let file = desk.write("mine.tsv", "시험법\ttest act\n");
    assert!(desk.says(&["시험법", "--glossary", &file]).contains("use    test act"));
    assert_eq!(desk.term(&["시험법"]).status.code(), Some(1));
}

#[test]
fn glosses_of_a_document_are_proposed_with_the_passage_and_not_entered() {
    let desk = desk_with_memory();
    let file = desk.write(
        "brief.txt",
        "양국은 협의를 이어 갔다.\n이번에 시험감시체계(TMS: Test Monitoring System)가 가동되었다. 핵협의그룹(NCG)도 열렸다.\n",
    );
    let proposed = desk.says(&["mine", &file]);
    assert!(proposed.contains("시험감시체계  Test Monitoring System · TMS") && proposed.contains("brief.txt:2"), "{proposed}");
    assert!(!proposed.contains("핵협의그룹  NCG"), "known already: {proposed}");
    assert!(desk.says(&["mine", "--all", &file]).contains("핵협의그룹  NCG"));
    assert_eq!(desk.term(&["시험감시체계"]).status.code(), Some(1));
    let table = desk.says(&["mine", "--format", "tsv", &file]);
    let table = desk.write("proposals.tsv", &table);
    assert!(desk.says(&["import", &table]).contains("1 terms added"));
    assert!(desk.says(&["시험감시체계"]).contains("Test Monitoring System"));
}

#[test]
fn what_goes_together_in_confirmed_units_is_proposed() {
    let desk = desk_with_memory();
    let units = "산업회랑청은 첫 보고서를 냈다.\tThe Corridor Authority issued its first report.\n\
                 정부는 산업회랑청을 세웠다.\tThe government founded the Corridor Authority.\n\
                 산업회랑청의 예산이 늘었다.\tThe budget of the Corridor Authority grew.\n\
                 예산은 줄지 않았다.\tThe budget did not shrink.\n";
    let file = desk.write("units.tsv", units);
    let memory = desk.path("memory.jjak");
    let jjak = |arguments: &[&str]| Command::new(env!("CARGO_BIN_EXE_jjak")).args(arguments).env("JJAK_MEMORY", &memory).output().unwrap();
    assert_eq!(jjak(&["import", &file]).status.code(), Some(0));
    let proposed = desk.says(&["mine"]);
    assert!(proposed.contains("산업회랑청  Corridor Authority"), "{proposed}");
    assert!(Path::new(&file).exists() && proposed.contains("The government founded the Corridor Authority."), "{proposed}");
}

#[test]
fn the_house_style_of_country_groups_is_configuration() {
    let desk = desk_with_memory();
    desk.write("jjak.toml", "[countries]\nnames = \"common\"\njoiner = \"–\"\nfirst = [\"US\"]\n\n[checks]\nnumber = \"off\"\n");
    assert!(desk.says(&["한미"]).contains("use    U.S.–South Korea\n"));
    assert!(desk.says(&["한미동맹"]).contains("use    U.S.–South Korea alliance\n"));
    desk.write("jjak.toml", "[countries]\nnames = \"long\"\n");
    let output = desk.term(&["한미"]);
    assert!(output.status.code() == Some(2) && error(&output).contains("expected \"short\" or \"common\""), "{}", error(&output));
}

#[test]
fn where_a_term_is_documented_is_shown_and_exported() {
    let desk = desk_with_memory();
    let file = desk.write("laws.tsv", "source\tpreferred\treference\n시험기본법\tTest Framework Act\tAct No. 1\n");
    assert!(desk.says(&["시험기본법", "--glossary", &file]).contains("from   Act No. 1"));
    let answer: Value = serde_json::from_str(&desk.says(&["시험기본법", "--glossary", &file, "--format", "json"])).unwrap();
    assert_eq!(answer["entries"][0]["reference"], "Act No. 1");
    assert!(desk.says(&["시험기본법", "--glossary", &file, "--format", "tsv"]).contains("\tAct No. 1\t"));
    let output = desk.term(&["import", &file]);
    assert!(error(&output).contains("reference, do-not-translate"), "what a memory does not keep is told: {}", error(&output));
}
