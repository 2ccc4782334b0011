//! The shipped pairs as they are checked now: every finding in a snapshot, and scores that may not fall below the record.
//!
//! `BLESS=1 cargo test golden` rewrites the snapshots and raises the record; look at the difference before it is committed.
//! Where two branches changed the same snapshot they are merged line by line (.gitattributes); blessing puts them right.

mod scores;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const PAIRS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pairs");
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/golden");

/// A shipped pair, and what the program answers on it.
struct Pair {
    name: String,
    source: String,
    target: String,
    gold: Value,
    check: Value,
    align: Value,
}

impl Pair {
    fn all() -> Vec<Pair> {
        let mut folders: Vec<PathBuf> = std::fs::read_dir(PAIRS).unwrap().map(|entry| entry.unwrap().path()).collect();
        folders.retain(|folder| folder.join("gold.json").exists());
        folders.sort();
        std::thread::scope(|scope| {
            let halves =
                folders.chunks(folders.len().div_ceil(2)).map(|half| scope.spawn(|| half.iter().map(|path| Pair::read(path)).collect()));
            let halves: Vec<_> = halves.collect();
            halves.into_iter().flat_map(|half| -> Vec<Pair> { half.join().unwrap() }).collect()
        })
    }

    fn read(folder: &Path) -> Pair {
        let (source, target) = (folder.join("source.ko.txt"), folder.join("target.en.txt"));
        let read = |path: &Path| std::fs::read_to_string(path).unwrap();
        Pair {
            name: folder.file_name().unwrap().to_str().unwrap().to_string(),
            gold: serde_json::from_str(&read(&folder.join("gold.json"))).unwrap(),
            check: answer("check", &source, &target),
            align: answer("align", &source, &target),
            source: read(&source),
            target: read(&target),
        }
    }

    /// Every finding, a line each: side, segment, severity, check and message.
    fn findings(&self) -> String {
        let mut lines = String::new();
        for finding in self.check["findings"].as_array().unwrap() {
            let text = |key: &str| finding[key].as_str().unwrap();
            writeln!(lines, "{} {} {} {}: {}", text("side"), finding["segment"], text("severity"), text("check"), text("message")).unwrap();
        }
        lines
    }
}

/// What a command of the program answers; no file of the person who tests plays a part in it.
fn answer(command: &str, source: &Path, target: &Path) -> Value {
    let nowhere = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_jjak"))
        .args([command, source.to_str().unwrap(), target.to_str().unwrap(), "--format", "json"])
        .current_dir(nowhere.path())
        .env_remove("JJAK_MEMORY")
        .env("XDG_DATA_HOME", nowhere.path())
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

fn is_blessed() -> bool {
    std::env::var_os("BLESS").is_some()
}

#[test]
fn the_shipped_pairs_find_what_they_found_and_score_what_they_scored() {
    let pairs = Pair::all();
    let mut wrong = differing_findings(&pairs);
    wrong.extend(scores::fallen(&pairs));
    assert!(wrong.is_empty(), "BLESS=1 cargo test golden accepts these changes if they are meant:\n{}", wrong.join("\n"));
}

fn differing_findings(pairs: &[Pair]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut known: BTreeSet<PathBuf> =
        std::fs::read_dir(Path::new(FOLDER).join("findings")).unwrap().map(|entry| entry.unwrap().path()).collect();
    for pair in pairs {
        let path = Path::new(FOLDER).join("findings").join(format!("{}.txt", pair.name));
        known.remove(&path);
        let (now, then) = (pair.findings(), std::fs::read_to_string(&path).unwrap_or_default());
        match now == then {
            true => {}
            false if is_blessed() => std::fs::write(&path, now).unwrap(),
            false => wrong.push(format!("{}:\n{}", pair.name, difference(&then, &now))),
        }
    }
    wrong.extend(known.iter().map(|path| format!("{}: of no pair; delete it", path.display())));
    wrong
}

/// The lines that went and the lines that came, each as often as it did.
fn difference(then: &str, now: &str) -> String {
    let mut counts: BTreeMap<&str, i32> = BTreeMap::new();
    then.lines().for_each(|line| *counts.entry(line).or_default() -= 1);
    now.lines().for_each(|line| *counts.entry(line).or_default() += 1);
    let changed = counts.iter().filter(|(_, count)| **count != 0);
    let lines: Vec<String> = changed.map(|(line, &count)| format!("  {} {line}", if count > 0 { '+' } else { '-' })).collect();
    if lines.is_empty() { "  the order".to_string() } else { lines.join("\n") }
}
