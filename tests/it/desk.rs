//! The memory as a user meets it: finding, pretranslating, cleaning, undoing, backups, on the command line.

use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

const MEMORY: &str = "source\ttarget\tstatus\n\
    정부는 2023년 3월 기금을 세웠다.\tThe government set up the fund in March 2023.\n\
    위원회는 예산안을 심의하고 의결하였다.\tThe committee deliberated on the budget and passed it.\n\
    국회는 항만 개발 계획을 승인했다.\tThe National Assembly approved the port development plan.\n\
    항만 개발 계획은 이듬해 바뀌었다.\tThe port development plan was changed the year after.\n\
    새 항만 개발 계획에 주민이 반대했다.\tResidents opposed the new port development plan.\n\
    폐회했다.\tAdjourned.\tproposed\n";

/// A folder with a memory.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        desk.write("desk.tsv", MEMORY);
        desk.ok(&["import", "desk.tsv"]);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jjak"));
        command.args(arguments).current_dir(self.folder.path()).env("JJAK_MEMORY", self.path("memory.jjak"));
        command.env("XDG_DATA_HOME", self.path("data")).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command.output().unwrap()
    }

    /// What a command that must succeed prints.
    fn ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_slice(&self.run(arguments).stdout).unwrap()
    }

    fn targets(&self, arguments: &[&str]) -> Vec<String> {
        let answer = self.json(&[arguments, &["--format", "json"]].concat());
        answer["matches"].as_array().unwrap().iter().map(|hit| hit["target"].as_str().unwrap().to_string()).collect()
    }
}

#[test]
fn numbers_to_change_are_shown_with_the_difference() {
    let desk = Desk::new();
    let query = "정부는 2024년 9월 기금을 세웠다.";
    let hit = &desk.json(&["find", query, "--format", "json"])["matches"][0];
    assert_eq!((hit["class"].as_str(), hit["masked"].as_f64()), (Some("numbers"), Some(1.0)));
    let changes = serde_json::json!([{"memory": "2023", "query": "2024"}, {"memory": "3", "query": "9"}]);
    assert_eq!(hit["numbers"], changes);
    let text = desk.ok(&["find", query]);
    assert!(text.contains("정부는 [-2023-]{+2024+}년 [-3-]{+9+}월 기금을 세웠다."), "{text}");
    assert!(text.contains("2023 → 2024; 3 → 9"), "{text}");
}

#[test]
fn fragments_are_shown_when_nothing_whole_is_near() {
    let desk = Desk::new();
    let query = "어제 도청이 밝힌 바로는 항만 개발 계획을 두고 감사가 시작되었다고 한다.";
    let answer = desk.json(&["find", query, "--format", "json"]);
    assert_eq!(answer["matches"].as_array().unwrap().len(), 0);
    let fragment = &answer["fragments"][0];
    assert_eq!(fragment["text"], "항만 개발 계획을");
    assert!(fragment["translation"]["text"].as_str().unwrap().contains("port development plan"), "{fragment}");
    let span = fragment["start"].as_u64().unwrap() as usize..fragment["end"].as_u64().unwrap() as usize;
    assert_eq!(&query[span], "항만 개발 계획을");
    assert!(desk.ok(&["find", query]).contains("fragment"));
    assert!(desk.json(&["find", "폐회했다.", "--format", "json"]).get("fragments").is_none());
}

#[test]
fn patterns_and_filters_narrow_the_answers() {
    let desk = Desk::new();
    desk.write("late.tsv", "항만 개발 계획을 다시 심의한다.\tThe port development plan is reviewed again.\n");
    desk.ok(&["import", "late.tsv"]);
    assert_eq!(desk.targets(&["find", "--regex", "개발 계획(은|에)"]).len(), 2);
    assert_eq!(desk.targets(&["find", "항만 개발", "--document", "late"]).len(), 1);
    assert_eq!(desk.targets(&["find", "항만 개발", "--document", "desk"]).len(), 3);
    assert_eq!(desk.targets(&["find", "항만 개발", "--until", "2020-01-01"]).len(), 0);
    assert_eq!(desk.targets(&["find", "항만 개발", "--origin", "save"]).len(), 0);
    assert_eq!(desk.targets(&["find", "폐회했다", "--status", "proposed"]), ["Adjourned."]);
    assert_eq!(desk.targets(&["find", "폐회했다", "--status", "confirmed"]).len(), 0);
    assert_eq!(desk.targets(&["find", "계획 주민", "--concordance"]), ["Residents opposed the new port development plan."]);
    assert_eq!(desk.run(&["find", "--regex", "("]).status.code(), Some(2));
    assert_eq!(desk.run(&["find", "항만", "--since", "tomorrow"]).status.code(), Some(2));
}

#[test]
fn the_same_sentence_after_the_same_sentence_comes_first() {
    let desk = Desk::new();
    desk.write("a.ko.txt", "첫 안건을 의결했다.\n이의는 없었다.\n");
    desk.write("a.en.txt", "The first item was passed.\nNobody objected.\n");
    desk.ok(&["align", "--save", "a.ko.txt", "a.en.txt"]);
    desk.write("later.tsv", "이의는 없었다.\tThere were no objections.\n");
    desk.ok(&["import", "later.tsv"]);
    assert_eq!(desk.targets(&["find", "이의는 없었다.", "--limit", "1"]), ["There were no objections."]);
    let in_context = ["find", "이의는 없었다.", "--limit", "1", "--after", "첫 안건을 의결했다."];
    assert_eq!(desk.targets(&in_context), ["Nobody objected."]);
}

#[test]
fn a_document_is_pretranslated_in_every_form() {
    let desk = Desk::new();
    desk.write("new.ko.txt", "폐회했다.\n정부는 2024년 3월 기금을 세웠다.\n아무도 말하지 않은 문장이 여기에 있다.\n");
    let text = desk.ok(&["pretranslate", "new.ko.txt"]);
    assert!(text.contains("Adjourned.") && text.contains("no hit"), "{text}");
    let answer = desk.json(&["pretranslate", "new.ko.txt", "--format", "json"]);
    let classes: Vec<Option<&str>> = answer["segments"].as_array().unwrap().iter().map(|row| row["best"]["class"].as_str()).collect();
    assert_eq!(classes, [Some("exact"), Some("numbers"), None]);
    let table = desk.ok(&["pretranslate", "new.ko.txt", "--format", "tsv"]);
    assert_eq!(table.lines().nth(1), Some("폐회했다.\tAdjourned.\t100\texact"));
    for (format, file) in [("tmx", "out.tmx"), ("xliff", "out.xlf")] {
        desk.write(file, &desk.ok(&["pretranslate", "new.ko.txt", "--format", format]));
        let said = desk.ok(&["import", file, "--memory", "other.jjak"]);
        assert!(said.contains("units added") || said.contains("known"), "{said}");
    }
    let found = desk.targets(&["find", "정부는 2024년 3월 기금을 세웠다.", "--memory", "other.jjak", "--limit", "1"]);
    assert_eq!(found, ["The government set up the fund in March 2023."]);
    desk.write("none.ko.txt", "아무도 말하지 않은 문장이 여기에 있다.\n");
    assert_eq!(desk.run(&["pretranslate", "none.ko.txt"]).status.code(), Some(1));
}

#[test]
fn what_was_done_is_told_and_taken_back() {
    let desk = Desk::new();
    desk.write("more.tsv", "폐회하였다.\tThe session closed.\n폐회했다.\tThe session ended.\n");
    desk.ok(&["import", "more.tsv"]);
    assert!(desk.ok(&["log"]).starts_with("    2  "), "{}", desk.ok(&["log"]));
    assert_eq!(desk.json(&["log", "--format", "json"])["actions"][0]["units"], 2);
    let preview = desk.run(&["clean"]);
    assert_eq!(preview.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&preview.stdout).contains("1 conflict"), "{preview:?}");
    desk.ok(&["clean", "conflict", "--apply"]);
    assert_eq!(desk.json(&["stats", "--format", "json"])["units"], 7);
    assert!(desk.ok(&["undo"]).contains("1 units back"));
    assert!(desk.ok(&["undo"]).contains("2 units removed"));
    let stats = desk.json(&["stats", "--format", "json"]);
    assert_eq!((&stats["units"], &stats["documents"][0]["name"]), (&Value::from(6), &Value::from("desk.tsv")));
    assert_eq!(desk.run(&["undo", "99"]).status.code(), Some(2));
    desk.ok(&["optimise"]);
    assert_eq!(desk.ok(&["doctor"]), "all is well\n");
    desk.ok(&["backup", "copy.jjak"]);
    assert_eq!(desk.targets(&["find", "폐회했다.", "--memory", "copy.jjak", "--limit", "1"]), ["Adjourned."]);
    for command in ["undo", "optimise", "doctor", "backup"] {
        let file = if command == "backup" { &["x.jjak"][..] } else { &[] };
        let output = desk.run(&[&[command], file, &["--memory", "missing.jjak"]].concat());
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert!(!desk.path("missing.jjak").exists());
    }
}

#[test]
fn a_damaged_memory_is_said_to_be_and_saved_from() {
    let desk = Desk::new();
    let many: String = (0..6_000).map(|number| format!("제{number}호 안건을 의결했다.\tItem {number} was passed.\n")).collect();
    desk.write("many.tsv", &many);
    desk.ok(&["import", "many.tsv"]);
    let bytes = std::fs::read(desk.path("memory.jjak")).unwrap();
    std::fs::write(desk.path("memory.jjak"), &bytes[..bytes.len() * 9 / 10]).unwrap();
    for arguments in [&["find", "안건"][..], &["stats"], &["doctor"]] {
        let output = desk.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr).to_string();
        assert!(output.status.code() == Some(2) && said.contains("damaged") && said.contains("--rescue"), "{arguments:?}: {said}");
    }
    desk.ok(&["doctor", "--rescue", "saved.jjak"]);
    let saved = desk.json(&["stats", "--memory", "saved.jjak", "--format", "json"])["units"].as_u64().unwrap();
    assert!(saved > 3_000, "{saved}");
    assert_eq!(desk.ok(&["doctor", "--memory", "saved.jjak"]), "all is well\n");
}

/// The Korean and English numbers of each linked bead.
fn linked(aligned: &Value) -> Vec<(Vec<u64>, Vec<u64>)> {
    let numbers = |bead: &Value, side: &str| bead[side].as_array().unwrap().iter().map(|id| id.as_u64().unwrap()).collect::<Vec<_>>();
    let beads = aligned["beads"].as_array().unwrap().iter().map(|bead| (numbers(bead, "source"), numbers(bead, "target")));
    beads.filter(|(source, target)| !source.is_empty() && !target.is_empty()).collect()
}

#[test]
fn a_pin_that_is_saved_holds_in_later_versions_and_the_rest_is_aligned_around_it() {
    let desk = Desk::new();
    desk.write("a.ko.txt", "국회는 조약을 비준했다.\n\n병력을 보냈다.\n\n회담이 열렸다.\n");
    desk.write("a.en.txt", "The Assembly ratified the treaty.\n\nTalks were held.\n\nIt sent troops.\n");
    let align = ["align", "a.ko.txt", "a.en.txt", "--mode", "translation", "--format", "json"];
    let crossed = [(vec![1], vec![1]), (vec![2], vec![2])];
    assert_ne!(linked(&desk.json(&align)), crossed, "the words say otherwise");
    desk.ok(&[&align[..], &["--pin", "2:2", "--pin", "3:", "--save"]].concat());
    assert_eq!(linked(&desk.json(&align)), crossed);

    desk.write("a.ko.txt", "새 문장이다.\n\n국회는 조약을 비준했다.\n\n병력을 보냈다.\n\n회담이 열렸다.\n");
    let later = linked(&desk.json(&align));
    assert!(later.contains(&(vec![3], vec![2])), "{later:?}");
    assert!(later.contains(&(vec![2], vec![1])), "{later:?}");
    assert!(later.iter().all(|(source, _)| !source.contains(&4)), "{later:?}");

    // What is pinned now speaks before what was confirmed then.
    let again = linked(&desk.json(&[&align[..], &["--pin", "4:2"]].concat()));
    assert!(again.contains(&(vec![4], vec![2])), "{again:?}");

    desk.write("a.ko.txt", "국회는 조약을 비준했다.\n\n군대를 보냈다.\n\n회담이 열렸다.\n");
    let changed = linked(&desk.json(&align));
    assert!(!changed.contains(&(vec![2], vec![2])), "a sentence that was rewritten is not confirmed any more: {changed:?}");
}

#[test]
fn a_batch_is_saved_as_its_pairs_would_be() {
    let desk = Desk::new();
    desk.write("a.ko.txt", "조약을 맺었다.\n");
    desk.write("a.en.txt", "They signed a treaty.\n");
    desk.write("b.ko.txt", "회담이 열렸다.\n");
    desk.write("b.en.txt", "Talks were held.\n");
    desk.write("list.tsv", "a.ko.txt\ta.en.txt\nb.ko.txt\tb.en.txt\nmissing.txt\tb.en.txt\n");
    for _ in 0..2 {
        let output = desk.run(&["align", "--batch", "list.tsv", "--save"]);
        assert_eq!(output.status.code(), Some(2), "a pair is missing, the rest is saved");
        assert_eq!(desk.json(&["stats", "--format", "json"])["pairs"], 2);
    }
    assert_eq!(desk.targets(&["find", "조약을 맺었다."]), ["They signed a treaty."]);
    let learnt = desk.json(&["learn", "--format", "json"]);
    assert_eq!((&learnt["schema"], &learnt["links"]), (&Value::from("jjak/learn/1"), &Value::Array(Vec::new())));
}
