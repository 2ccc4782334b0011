//! Measures whole processes, start-up included: what a person waits for after the enter key.
//!
//! `cargo bench --bench process` runs each command some dozens of times and fails where the fastest run is over its limit.
//! The fastest counts, since the machine may be shared; the median stands beside it.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// Runs of each command.
const RUNS: usize = 40;

/// What is run, and how long it may take, in milliseconds.
type Case = (&'static str, &'static [&'static str], f64);

const SOURCE: &str = "pairs/nk-russia-treaty/source.ko.txt";
const TARGET: &str = "pairs/nk-russia-treaty/target.en.txt";

/// The limits of `check` and `term` are goals of the project; the others keep start-up honest.
const CASES: &[Case] = &[
    ("check, 60 + 31 sentences", &["check", SOURCE, TARGET], 50.0),
    ("check as JSON", &["check", SOURCE, TARGET, "--format", "json"], 50.0),
    ("check of the English alone", &["check", TARGET], 50.0),
    ("align", &["align", SOURCE, TARGET], 50.0),
    ("segment", &["segment", SOURCE], 10.0),
    ("term, two syllables", &["term", "북러"], 10.0),
    ("term, English", &["term", "extended deterrence"], 10.0),
    ("term, nothing found", &["term", "zzqqxy"], 10.0),
    ("find, no memory yet", &["find", "조약"], 10.0),
    ("explain", &["explain", "number"], 10.0),
    ("--version", &["--version"], 10.0),
];

fn main() -> ExitCode {
    let home = std::env::temp_dir().join("jjak-process-benchmark");
    println!("{:<28} {:>9} {:>9} {:>7}", "command", "fastest", "median", "limit");
    let over = CASES.iter().filter(|case| !is_within(case, &home)).count();
    if over == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Measures and prints one case.
fn is_within((name, arguments, limit): &Case, home: &Path) -> bool {
    let mut times: Vec<f64> = (0..RUNS).map(|_| run(arguments, home).as_secs_f64() * 1e3).collect();
    times.sort_by(f64::total_cmp);
    println!("{name:<28} {:>6.1} ms {:>6.1} ms {limit:>4.0} ms", times[0], times[RUNS / 2]);
    times[0] <= *limit
}

fn run(arguments: &[&str], home: &Path) -> Duration {
    let mut command = Command::new(PathBuf::from(env!("CARGO_BIN_EXE_jjak")));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("JJAK_MEMORY").env("XDG_DATA_HOME", home);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let started = Instant::now();
    let status = command.status().expect("jjak is built with its benchmarks");
    assert!(matches!(status.code(), Some(0 | 1)), "jjak {} ran", arguments.join(" "));
    started.elapsed()
}
