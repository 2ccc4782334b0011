//! Kills, hundreds of them: whatever was being written, nothing that was committed is lost and the file stays whole.
//!
//! The victim is this test binary itself, which does a job over and over, saying each time what is safe by now.

use crate::lines;
use jjak::align::Bead;
use jjak::document::Document;
use jjak::memory::{Query, TranslationUnit};
use jjak::store::{Asked, MIGRATIONS, Store};
use jjak::text::Language;
use rusqlite::Connection;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// A job, and what must hold of the memory after it was killed, given what it had said was safe.
struct Job {
    name: &'static str,
    kills: u32,
    /// How much later each kill comes than the one before.
    step: Duration,
    /// Kills that meet the same memory, each a step later than the one before.
    each: u32,
    prepare: fn(&Path),
    work: fn(&Path),
    check: fn(&Path, i64),
}

const JOBS: &[Job] = &[
    Job {
        name: "import",
        kills: 50,
        step: Duration::from_micros(1_300),
        each: 10,
        prepare: |_| {},
        work: import_on,
        check: units_are_a_beginning,
    },
    Job {
        name: "merge",
        kills: 50,
        step: Duration::from_micros(1_300),
        each: 10,
        prepare: |_| {},
        work: add_and_merge,
        check: units_are_a_beginning,
    },
    Job {
        name: "save",
        kills: 50,
        step: Duration::from_micros(700),
        each: 25,
        prepare: |_| {},
        work: save_versions,
        check: the_pair_is_one_version,
    },
    Job {
        name: "migrate",
        kills: 50,
        step: Duration::from_micros(110),
        each: 1,
        prepare: first_schema,
        work: |path| drop(Store::open(path).unwrap()),
        check: all_units_of_the_first_schema,
    },
];

/// Not a test of its own: what the victim runs. Without a job it has nothing to do.
#[test]
fn victim() {
    let (Ok(job), Ok(path)) = (std::env::var("JJAK_TEST_JOB"), std::env::var("JJAK_TEST_MEMORY")) else { return };
    let job = JOBS.iter().find(|known| known.name == job).expect("a known job");
    println!("@ready");
    (job.work)(Path::new(&path));
    println!("@done");
}

fn safe(number: i64) {
    println!("@safe {number}");
}

/// Starts the job, kills it after a while, and gives the last number that it called safe.
fn kill(job: &Job, path: &Path, after: Duration) -> i64 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::victim", "--nocapture", "--test-threads=1"])
        .env("JJAK_TEST_JOB", job.name)
        .env("JJAK_TEST_MEMORY", path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("@ready") {
        line.clear();
        assert!(output.read_line(&mut line).unwrap() > 0, "{}: the victim has not begun", job.name);
    }
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    let mut said = String::new();
    output.read_to_string(&mut said).unwrap();
    assert!(!said.contains("panicked"), "{said}");
    let numbers = said.lines().filter_map(|line| line.strip_prefix("@safe ")?.trim().parse().ok());
    numbers.max().unwrap_or(0)
}

fn run(name: &str) {
    let job = JOBS.iter().find(|job| job.name == name).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut safe = 0;
    for round in 0..job.kills {
        let path = folder.path().join(format!("{}.jjak", round / job.each));
        if round % job.each == 0 {
            (job.prepare)(&path);
            safe = 0;
        }
        // Every delay occurs once, whether the memories are many or few.
        let memories = job.kills / job.each;
        let delay = job.step * (round % job.each * memories + round / job.each);
        safe = kill(job, &path, delay).max(safe);
        if path.exists() {
            is_whole(&path);
            (job.check)(&path, safe);
        } else {
            assert_eq!(safe, 0);
        }
    }
}

fn is_whole(path: &Path) {
    let connection = Connection::open(path).unwrap();
    let check: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    let orphans: i64 = connection.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
    assert_eq!(orphans, 0);
}

#[test]
fn a_killed_import_loses_nothing_that_was_committed() {
    run("import");
}

#[test]
fn a_killed_merge_harms_nothing() {
    run("merge");
}

#[test]
fn a_killed_save_leaves_the_old_version_or_the_new_one() {
    run("save");
}

#[test]
fn a_killed_migration_leaves_the_old_schema_or_the_new_one() {
    run("migrate");
}

fn unit(number: i64) -> TranslationUnit {
    TranslationUnit::new(format!("제{number}조는 평화를 말한다."), format!("Article {number} speaks of peace."))
}

/// Imports 600 further units, on and on, which is enough each time for a part of the index.
fn import_on(path: &Path) {
    let mut store = Store::open(path).unwrap();
    loop {
        let first = store.unit_count().unwrap() as i64;
        let mut import = store.import("articles").unwrap();
        (first..first + 600).for_each(|number| import.add(unit(number)).unwrap());
        import.finish().unwrap();
        safe(first + 600);
    }
}

/// Adds single units and makes parts of the index out of a few at a time, so that parts are joined again and again.
fn add_and_merge(path: &Path) {
    let mut store = Store::open(path).unwrap();
    loop {
        for _ in 0..5 {
            let number = store.unit_count().unwrap() as i64;
            store.add_unit(&unit(number), "articles").unwrap();
            safe(number + 1);
        }
        store.optimise().unwrap();
    }
}

/// The units are 0, 1, 2 … without a gap, at least all that were safe, and the look-up finds the last of them.
fn units_are_a_beginning(path: &Path, safe: i64) {
    let store = Store::open_read_only(path).unwrap();
    let mut count = 0;
    store
        .each_unit::<jjak::store::Error>(|stored| {
            assert_eq!(stored.unit, unit(count));
            count += 1;
            Ok(())
        })
        .unwrap();
    assert!(count >= safe, "{safe} units were safe, {count} are there");
    let mut look_up = store.look_up().unwrap();
    for number in [0, safe / 2, safe - 1, count - 1].into_iter().filter(|number| (0..count).contains(number)) {
        let answers = look_up.find(&mut Query::new(&unit(number).source, None), &Asked { limit: 1, ..Asked::default() }).unwrap();
        assert_eq!(answers[0].unit.unit, unit(number));
    }
}

const LINES: usize = 40;

/// A document of which every line names its version.
fn document(language: Language, version: i64) -> Document {
    let lines: Vec<String> = (0..LINES)
        .map(|line| match language {
            Language::Korean => format!("{version}판 {line}번째 문장이다."),
            Language::English => format!("This is sentence {line} of version {version}."),
        })
        .collect();
    let path = if language == Language::Korean { "brief.ko.txt" } else { "brief.en.txt" };
    lines::document(path, language, &lines)
}

/// The version that the newest pair is, as its units tell.
fn version_of(store: &Store) -> i64 {
    let mut versions = Vec::new();
    store
        .each_unit::<jjak::store::Error>(|stored| {
            versions.push(stored.unit.source.split('판').next().unwrap().parse::<i64>().unwrap());
            Ok(())
        })
        .unwrap();
    assert!(versions.is_empty() || versions.len() == LINES, "{} units", versions.len());
    versions.dedup();
    assert!(versions.len() <= 1, "units of the versions {versions:?}");
    versions.first().copied().unwrap_or(0)
}

/// Saves one version of a pair after the other.
fn save_versions(path: &Path) {
    let mut store = Store::open(path).unwrap();
    let beads: Vec<Bead> =
        (0..LINES).map(|line| Bead { source: vec![line], target: vec![line], score: 0.9, evidence: Vec::new() }).collect();
    loop {
        let version = version_of(&store) + 1;
        store.save_pair(&document(Language::Korean, version), &document(Language::English, version), &beads).unwrap();
        safe(version);
    }
}

fn the_pair_is_one_version(path: &Path, safe: i64) {
    let store = Store::open_read_only(path).unwrap();
    let version = version_of(&store);
    assert!(version >= safe, "version {safe} was safe, {version} is there");
    assert_eq!(store.statistics().unwrap().pairs, u64::from(version > 0));
}

fn first_schema(path: &Path) {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(MIGRATIONS[0].1).unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
    connection.pragma_update(None, "application_id", jjak::store::APPLICATION).unwrap();
    let transaction = connection.unchecked_transaction().unwrap();
    transaction.execute("INSERT INTO actions (at, kind, name) VALUES (1, 'import', 'articles')", []).unwrap();
    let sql = "INSERT INTO units (source, target, source_language, target_language, status, origin) VALUES (?, ?, 0, 1, 0, 1)";
    for number in 0..500 {
        let unit = unit(number);
        transaction.execute(sql, (unit.source, unit.target)).unwrap();
    }
    transaction.commit().unwrap();
}

fn all_units_of_the_first_schema(path: &Path, _: i64) {
    units_are_a_beginning(path, 500);
}
