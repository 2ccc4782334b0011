//! What a house says of its checks, and how findings are put to rest: configuration, profiles, silences, marks, baselines.

use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

const KOREAN: &str = "국회는 조약을 비준했다.\n조약은 6월 19일에 서명되었다.\n";
const ENGLISH: &str = "The National Assembly ratified the treaty.\n\nThe treaty was signed on 17 June.\n";

/// A folder with a short pair in a folder of its own, whose English has one wrong date.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(desk.path("briefs")).unwrap();
        desk.write("briefs/a.ko.txt", KOREAN);
        desk.write("briefs/a.en.md", ENGLISH);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jjak"));
        command.args(arguments).current_dir(self.folder.path());
        command.env_remove("JJAK_MEMORY").env("XDG_DATA_HOME", self.path("data")).env("HOME", self.folder.path());
        command.output().unwrap()
    }

    /// Checks the pair: the exit code, the answer, and what stands on stderr.
    fn check(&self, arguments: &[&str]) -> (i32, Value, String) {
        let output = self.run(&[&["check", "briefs/a.ko.txt", "briefs/a.en.md", "--format", "json"], arguments].concat());
        let answer = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
        (output.status.code().unwrap(), answer, String::from_utf8(output.stderr).unwrap())
    }
}

fn checks(answer: &Value, list: &str) -> Vec<String> {
    let findings = answer[list].as_array().map_or(&[][..], Vec::as_slice);
    findings.iter().map(|finding| format!("{} {}", finding["check"].as_str().unwrap(), finding["severity"].as_str().unwrap())).collect()
}

fn id(answer: &Value) -> String {
    answer["findings"][0]["id"].as_str().unwrap().to_string()
}

#[test]
fn the_nearest_configuration_above_the_text_decides() {
    let desk = Desk::new();
    let (code, answer, _) = desk.check(&[]);
    assert_eq!((code, checks(&answer, "findings")), (1, vec!["date critical".to_string()]));
    desk.write("jjak.toml", "[checks]\ndate = \"off\"\n");
    let (code, answer, _) = desk.check(&[]);
    assert_eq!((code, checks(&answer, "findings")), (0, Vec::new()));
    desk.write("briefs/jjak.toml", "[checks]\ndate = \"minor\"\n");
    assert_eq!(checks(&desk.check(&[]).1, "findings"), ["date minor"]);
    assert_eq!(desk.check(&[]).0, 0);
    assert_eq!(desk.check(&["--fail-on", "minor"]).0, 1);
    desk.write("briefs/jjak.toml", "fail-on = \"minor\"\n[checks]\ndate = \"minor\"\n");
    assert_eq!((desk.check(&[]).0, desk.check(&["--fail-on", "never"]).0), (1, 0));
    assert_eq!(checks(&desk.check(&["--config", "jjak.toml"]).1, "findings"), Vec::<String>::new());
}

#[test]
fn a_wrong_configuration_is_told_with_its_line() {
    let desk = Desk::new();
    for (text, expected) in [
        ("[checks]\nrhyme = \"off\"\n", "error: jjak.toml:2: there is no check \"rhyme\"; there are acronym"),
        ("\ncolour = true\n", "error: jjak.toml:2: unknown field \"colour\", expected one of"),
        ("profile = \"harsh\"\n", "error: jjak.toml:1: unknown variant \"harsh\", expected one of \"draft\""),
    ] {
        desk.write("jjak.toml", text);
        let (code, answer, error) = desk.check(&[]);
        assert!(code == 2 && answer.is_null() && error.starts_with(expected), "{error}");
    }
    let (code, _, error) = desk.check(&["--config", "house.toml"]);
    assert!(code == 2 && error.contains("house.toml: cannot be read; check the name"), "{error}");
}

#[test]
fn a_profile_has_the_checks_of_those_before_it() {
    let desk = Desk::new();
    let count = |arguments: &[&str]| {
        let output = desk.run(&[&["check", "briefs/a.ko.txt", "briefs/a.en.md", "--format", "sarif"], arguments].concat());
        let log: Value = serde_json::from_slice(&output.stdout).unwrap();
        log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().len()
    };
    let counts = ["draft", "publication", "strict"].map(|profile| count(&["--profile", profile]));
    assert!(counts.is_sorted() && counts[0] < counts[2] && count(&[]) == counts[1], "{counts:?}");
    desk.write("jjak.toml", "profile = \"draft\"\n");
    assert_eq!((count(&[]), count(&["--profile", "strict"])), (counts[0], counts[2]));
}

#[test]
fn a_list_of_terms_can_be_configured_beside_the_configuration() {
    let desk = Desk::new();
    desk.write("briefs/house.tsv", "산업회랑청\tCorridor Authority\n");
    desk.write("briefs/jjak.toml", "glossary = [\"house.tsv\"]\n");
    assert_eq!(desk.check(&[]).0, 1);
    desk.write("briefs/jjak.toml", "glossary = [\"missing.tsv\"]\n");
    let (code, _, error) = desk.check(&[]);
    assert!(code == 2 && error.contains("briefs/missing.tsv"), "{error}");
}

#[test]
fn a_finding_is_silenced_once_and_for_all_with_its_reason() {
    let desk = Desk::new();
    let finding = id(&desk.check(&[]).1);
    let silenced = desk.run(&["silence", &finding, "--in", "briefs/a.en.md", "--why", "the annex has the 17th"]);
    assert!(silenced.status.success(), "{}", String::from_utf8_lossy(&silenced.stderr));
    let file = format!("[[silence]]\nid = \"{finding}\"\nin = \"briefs/a.en.md\"\nwhy = \"the annex has the 17th\"\n");
    assert_eq!(desk.read("jjak-silences.toml"), file);
    let (code, answer, notes) = desk.check(&[]);
    assert_eq!((code, checks(&answer, "findings").len(), checks(&answer, "silenced")), (0, 0, vec!["date critical".to_string()]));
    assert_eq!(
        (&answer["silenced"][0]["reason"], &answer["silenced"][0]["by"], notes.as_str()),
        (&"the annex has the 17th".into(), &"file".into(), "")
    );
    let again = desk.run(&["silence", &finding, "--why", "again"]);
    let error = String::from_utf8(again.stderr).unwrap();
    assert!(again.status.code() == Some(2) && error.contains("jjak-silences.toml:2: ") && error.contains("is silenced already"), "{error}");
}

#[test]
fn silences_are_kept_beside_the_configuration() {
    let desk = Desk::new();
    desk.write("briefs/jjak.toml", "");
    assert!(desk.run(&["silence", "0123456789abcdef", "--in", "briefs/a.en.md", "--why", "x"]).status.success());
    assert!(desk.read("briefs/jjak-silences.toml").contains("in = \"a.en.md\""));
    desk.write("house.toml", "");
    assert!(desk.run(&["silence", "0123456789abcdef", "--config", "house.toml", "--why", "x"]).status.success());
    assert!(!desk.read("jjak-silences.toml").contains("in = "));
}

#[test]
fn a_silence_that_is_over_speaks_again_and_one_that_does_nothing_is_told() {
    let desk = Desk::new();
    let finding = id(&desk.check(&[]).1);
    let entry = |id: &str, rest: &str| format!("[[silence]]\nid = \"{id}\"\nwhy = \"x\"\n{rest}\n");
    desk.write("jjak-silences.toml", &entry(&finding, "until = 2020-01-31"));
    let (code, _, notes) = desk.check(&[]);
    assert_eq!((code, notes), (1, format!("note: jjak-silences.toml:2: {finding} was silent until 2020-01-31 and speaks again (x)\n")));
    desk.write("jjak-silences.toml", &entry(&finding, "until = 2999-01-31"));
    assert_eq!(desk.check(&[]).0, 0);
    let others = entry("00000000000000aa", "in = \"briefs/a.en.md\"")
        + &entry("00000000000000bb", "in = \"other.md\"")
        + &entry("00000000000000cc", "");
    desk.write("jjak-silences.toml", &others);
    let (code, answer, notes) = desk.check(&[]);
    let expected = [
        "jjak-silences.toml:2: 00000000000000aa silences nothing any more (x); delete it",
        "jjak-silences.toml:10: silences nothing in this text; delete it, or name the text it is for (in = \"…\")",
    ];
    assert_eq!((code, notes), (1, expected.map(|note| format!("note: {note}\n")).concat()));
    assert_eq!(answer["notes"], serde_json::json!(expected));
    // A silence of a check that does not run today is not stale.
    desk.write("jjak-silences.toml", &entry(&finding, ""));
    desk.write("jjak.toml", "[checks]\ndate = \"off\"\n");
    assert_eq!(desk.check(&[]).2, "");
}

#[test]
fn a_mark_in_markdown_silences_its_paragraph() {
    let desk = Desk::new();
    let marked = ENGLISH.replace("The treaty was", "<!-- jjak: ignore date: the annex has the 17th -->\nThe treaty was");
    desk.write("briefs/a.en.md", &marked);
    let (code, answer, notes) = desk.check(&[]);
    assert_eq!((code, checks(&answer, "silenced"), notes.as_str()), (0, vec!["date critical".to_string()], ""));
    assert_eq!((&answer["silenced"][0]["reason"], &answer["silenced"][0]["by"]), (&"the annex has the 17th".into(), &"mark".into()));
    desk.write("briefs/a.en.md", &marked.replace("17 June", "19 June").replace("ratified", "<!-- jjak: ignore rhyme: x --> ratified"));
    let (code, _, notes) = desk.check(&[]);
    assert_eq!(code, 0);
    assert!(notes.contains("note: briefs/a.en.md:1: there is no check \"rhyme\""), "{notes}");
    assert!(notes.contains("note: briefs/a.en.md:3: this mark silences nothing any more (date: the annex"), "{notes}");
}

#[test]
fn only_what_is_new_counts_against_a_baseline() {
    let desk = Desk::new();
    for form in ["json", "jsonl", "sarif"] {
        let before = desk.run(&["check", "briefs/a.ko.txt", "briefs/a.en.md", "--format", form]);
        desk.write("before", &String::from_utf8(before.stdout).unwrap());
        let (code, answer, _) = desk.check(&["--baseline", "before"]);
        assert_eq!(
            (code, checks(&answer, "silenced"), answer["findings"].as_array().unwrap().len()),
            (0, vec!["date critical".to_string()], 0)
        );
        assert_eq!(answer["silenced"][0]["by"], "baseline");
    }
    desk.write("briefs/a.en.md", &ENGLISH.replace("the treaty.", "the treaty.ow"));
    let (code, answer, _) = desk.check(&["--baseline", "before"]);
    assert_eq!((code, checks(&answer, "findings")), (1, vec!["glued major".to_string()]));
    desk.write("before", "{}");
    let (code, _, error) = desk.check(&["--baseline", "before"]);
    assert!(code == 2 && error.contains("before: expected what jjak check wrote with --format json, jsonl or sarif"), "{error}");
}

#[test]
fn a_silence_needs_an_id_a_reason_and_a_day_to_come() {
    let desk = Desk::new();
    for (arguments, expected) in [
        (&["silence", "date", "--why", "x"][..], "expected the 16 letters and figures"),
        (&["silence", "0123456789abcdef"], "--why"),
        (&["silence", "0123456789abcdef", "--why", " "], "expected a reason"),
        (&["silence", "0123456789abcdef", "--why", "x", "--until", "2020-01-31"], "expected a day to come"),
        (&["silence", "0123456789abcdef", "--why", "x", "--until", "soon"], "expected a day such as"),
    ] {
        let output = desk.run(arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && error.contains(expected), "{arguments:?}: {error}");
        assert!(!desk.path("jjak-silences.toml").exists());
    }
}
