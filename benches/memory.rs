//! Measures the memory: `cargo bench --bench memory -- FOLDER [PART…]`.
//!
//! FOLDER holds `tm.tsv` (Korean, tab, English; a pair a line), `queries.ko.tsv` and `queries.en.tsv` (the query in the fourth
//! column). PARTS are `import`, `look-up`, `concordance`, `exact`, `add`, `process`, `exchange`, `statistics`; all by default.
//! The memory is made in FOLDER/bench.jjak if it is not there; the truth of the look-up, which takes minutes, is kept beside it.
//!
//! Each query is asked nine times and the fastest counts; long work is measured in time of the processor: the machine is shared.

use jjak::memory::{Query, TranslationUnit};
use jjak::store::{Asked, Error, Store};
use rayon::prelude::*;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What can be measured, by name.
type Part = (&'static str, fn(&Bench));

const PARTS: &[Part] = &[
    ("import", import),
    ("look-up", look_up),
    ("concordance", concordance),
    ("exact", exact),
    ("add", add),
    ("process", process),
    ("exchange", exchange),
    ("statistics", statistics),
];

struct Bench {
    folder: PathBuf,
}

impl Bench {
    fn memory(&self) -> PathBuf {
        self.folder.join("bench.jjak")
    }

    fn pairs(&self) -> impl Iterator<Item = TranslationUnit> {
        let file = BufReader::new(File::open(self.folder.join("tm.tsv")).expect("tm.tsv in the folder"));
        file.lines().map(|line| {
            let line = line.expect("UTF-8");
            let (source, target) = line.split_once('\t').expect("a tab");
            TranslationUnit::new(source, target)
        })
    }

    fn queries(&self, language: &str) -> Vec<String> {
        let file = std::fs::read_to_string(self.folder.join(format!("queries.{language}.tsv"))).expect("queries in the folder");
        file.lines().map(|line| line.splitn(4, '\t').nth(3).expect("four columns").to_string()).collect()
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let Some((folder, wanted)) = arguments.split_first() else {
        return println!("usage: cargo bench --bench memory -- FOLDER [PART…]");
    };
    let bench = Bench { folder: folder.into() };
    if !bench.memory().exists() || wanted.iter().any(|part| part == "import") {
        import(&bench);
    }
    for (_, part) in PARTS.iter().filter(|(name, _)| *name != "import" && (wanted.is_empty() || wanted.iter().any(|part| part == name))) {
        part(&bench);
    }
}

/// The fastest of nine.
fn fastest<T>(mut run: impl FnMut() -> T) -> (Duration, T) {
    let times = (0..9).map(|_| {
        let start = Instant::now();
        let answer = run();
        (start.elapsed(), answer)
    });
    times.min_by_key(|(time, _)| *time).expect("nine")
}

/// How long the processor has worked for this thread, as Linux tells it to some milliseconds; elsewhere the time since `start`.
fn worked(start: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

fn percentiles(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!("{name}: p50 {:.3} ms, p90 {:.3}, p99 {:.3}, most {:.3} ({} queries)", at(0.5), at(0.9), at(0.99), at(1.0), times.len());
}

fn import(bench: &Bench) {
    let path = bench.memory();
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
    let units: Vec<TranslationUnit> = bench.pairs().collect();
    let start = Instant::now();
    let before = worked(start);
    let mut store = Store::open(&path).unwrap();
    let mut import = store.import("tm.tsv").unwrap();
    let count = units.len();
    units.into_iter().for_each(|unit| import.add(unit).unwrap());
    import.finish().unwrap();
    let seconds = worked(start).saturating_sub(before).as_secs_f64();
    println!("import of {count} units from memory: {seconds:.2} s, {:.0} a second", count as f64 / seconds);
    let sizes = store.sizes().unwrap();
    let index: u64 = sizes.iter().filter(|(table, _)| table.starts_with("index_")).map(|(_, bytes)| bytes).sum();
    println!("index {:.1} MB, file {:.1} MB", index as f64 / 1e6, std::fs::metadata(&path).unwrap().len() as f64 / 1e6);
    sizes.iter().for_each(|(table, bytes)| println!("  {table}: {:.1} MB", *bytes as f64 / 1e6));
}

/// Scores of the best five of each query, by comparing with every unit; kept in the folder.
fn truth(bench: &Bench, language: &str, queries: &[String]) -> Vec<Vec<f64>> {
    let kept = bench.folder.join(format!("truth.{language}.json"));
    if let Ok(text) = std::fs::read_to_string(&kept) {
        return serde_json::from_str(&text).expect("the bench's own file");
    }
    let start = Instant::now();
    let chunk = queries.len().div_ceil(rayon::current_num_threads());
    let truth: Vec<Vec<f64>> = queries
        .par_chunks(chunk)
        .flat_map_iter(|queries| {
            let store = Store::open_read_only(bench.memory()).unwrap();
            let mut look_up = store.look_up().unwrap();
            let asked = Asked { concordance: false, ..Asked::default() };
            queries.iter().map(|text| scores(look_up.find_exhaustively(&mut Query::new(text, None), &asked).unwrap())).collect::<Vec<_>>()
        })
        .collect();
    println!(
        "{language}: by comparing with every unit {:.1} ms a query",
        start.elapsed().as_secs_f64() * 1e3 / queries.len() as f64 * rayon::current_num_threads() as f64
    );
    std::fs::write(kept, serde_json::to_string(&truth).unwrap()).unwrap();
    truth
}

/// A score that has been written and read as text may differ in its last bit.
const SAME: f64 = 1e-9;

fn scores(answers: Vec<jjak::store::Answer>) -> Vec<f64> {
    answers.iter().filter(|answer| answer.hit.score >= 0.7 - 1e-9).map(|answer| answer.hit.score).collect()
}

fn look_up(bench: &Bench) {
    let store = Store::open_read_only(bench.memory()).unwrap();
    for language in ["ko", "en"] {
        let queries = bench.queries(language);
        let truth = truth(bench, language, &queries);
        let mut look_up = store.look_up().unwrap();
        let asked = Asked::default();
        let (mut times, mut best, mut wanted, mut found) = (Vec::new(), (0, 0), 0, 0);
        for (text, truth) in queries.iter().zip(&truth) {
            let (time, answers) = fastest(|| look_up.find(&mut Query::new(text, None), &asked).unwrap());
            times.push(time);
            let whole = answers.into_iter().filter(|answer| answer.hit.class.is_whole()).collect();
            let scores = scores(whole);
            if let Some(first) = truth.first() {
                best.0 += usize::from(scores.first().is_some_and(|score| *score >= first - SAME));
                best.1 += 1;
            }
            wanted += truth.len();
            found += truth.iter().zip(&scores).filter(|(truth, score)| **score >= **truth - SAME).count();
        }
        percentiles(&format!("look-up {language}"), times);
        println!(
            "  best match {}/{} = {:.2} %, top five {found}/{wanted} = {:.2} %",
            best.0,
            best.1,
            best.0 as f64 / best.1 as f64 * 100.0,
            found as f64 / wanted as f64 * 100.0
        );
    }
}

fn concordance(bench: &Bench) {
    let store = Store::open_read_only(bench.memory()).unwrap();
    let mut look_up = store.look_up().unwrap();
    let asked = Asked { limit: 50, whole: false, ..Asked::default() };
    let korean: Vec<char> =
        bench.queries("ko").concat().chars().filter(|character| ('\u{AC00}'..='\u{D7A3}').contains(character)).collect();
    let two: Vec<String> = korean.chunks_exact(2).step_by(37).take(300).map(|pair| pair.iter().collect()).collect();
    let one: Vec<String> = korean.iter().step_by(53).take(300).map(char::to_string).collect();
    let english = bench.queries("en");
    let words: Vec<String> = english.iter().filter_map(|text| text.split_whitespace().nth(1)).take(300).map(str::to_string).collect();
    let two_words: Vec<String> =
        english.iter().map(|text| text.split_whitespace().skip(1).take(2).collect::<Vec<_>>().join(" ")).take(300).collect();
    for (name, queries) in [("two syllables", two), ("one syllable", one), ("one word", words), ("two words", two_words)] {
        let times = queries.iter().map(|text| fastest(|| look_up.find(&mut Query::new(text, None), &asked).unwrap()).0);
        percentiles(&format!("concordance of {name}, first 50"), times.collect());
    }
}

fn exact(bench: &Bench) {
    let store = Store::open_read_only(bench.memory()).unwrap();
    let mut look_up = store.look_up().unwrap();
    let asked = Asked { least: 1.0, limit: 1, concordance: false, ..Asked::default() };
    let texts: Vec<String> =
        bench.pairs().map(|unit| unit.source).filter(|text| Query::new(text, None).is_korean()).step_by(97).take(1000).collect();
    let times = texts.iter().map(|text| {
        let (time, answers) = fastest(|| look_up.find(&mut Query::new(text, None), &asked).unwrap());
        assert_eq!(answers[0].hit.score, 1.0);
        time
    });
    percentiles("exact", times.collect());
}

fn add(bench: &Bench) {
    let mut store = Store::open(bench.memory()).unwrap();
    let mut times = Vec::new();
    for number in 0..200 {
        let unit =
            TranslationUnit::new(format!("벤치 {number}번째 문장을 새로 넣는다 {:?}", Instant::now()), format!("bench sentence {number}"));
        let start = Instant::now();
        let id = store.add_unit(&unit, "bench").unwrap();
        times.push(start.elapsed());
        let answers = store.look_up().unwrap().find(&mut Query::new(&unit.source, None), &Asked::default()).unwrap();
        assert_eq!(answers[0].unit.id, id);
        store.remove_unit(id, "bench").unwrap();
    }
    percentiles("live add", times);
}

/// Whole processes, as a user starts them.
fn process(bench: &Bench) {
    let memory = bench.memory();
    for (language, text) in [("ko", "북한은 러시아와 새로운 조약을 맺었다."), ("en", "North Korea signed a new treaty with Russia.")]
    {
        let arguments = ["find", "--memory", path(&memory), text];
        percentiles(&format!("whole process, find {language}"), (0..50).map(|_| run(&arguments)).collect());
        used(&format!("whole process, find {language}"), &arguments);
    }
    let arguments = ["stats", "--memory", path(&memory)];
    percentiles("whole process, stats", (0..30).map(|_| run(&arguments)).collect());
    used("whole process, stats", &arguments);
}

/// A TMX of the whole memory out and into a new one. Time is what the processor worked, since the machine is shared.
fn exchange(bench: &Bench) {
    let (file, memory) = (bench.folder.join("bench.tmx"), bench.folder.join("import.jjak"));
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", memory.display()));
    }
    let seconds = used("export to TMX", &["export", "--memory", path(&bench.memory()), path(&file)]);
    let megabytes = std::fs::metadata(&file).unwrap().len() as f64 / 1e6;
    println!("  {megabytes:.0} MB, {:.0} MB a second", megabytes / seconds);
    let seconds = used("import of TMX, with the index", &["import", "--memory", path(&memory), path(&file)]);
    let units = Store::open_read_only(&memory).unwrap().statistics().unwrap().units as f64;
    println!("  {units} units, {:.0} a second", units / seconds);
    let seconds = used("import of the same again", &["import", "--memory", path(&memory), path(&file)]);
    println!("  {:.0} units a second", units / seconds);
    let _ = std::fs::remove_file(file);
}

fn path(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

fn run(arguments: &[&str]) -> Duration {
    let start = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_jjak")).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.unwrap().code().is_some_and(|code| code < 2));
    start.elapsed()
}

/// Seconds of the processor and the most memory of a process, by GNU time; gives the seconds.
fn used(name: &str, arguments: &[&str]) -> f64 {
    let output = Command::new("/usr/bin/time").args(["-f", "%U %S %M", env!("CARGO_BIN_EXE_jjak")]).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).to_string();
    let figures: Vec<f64> = said.lines().last().unwrap_or("").split(' ').filter_map(|figure| figure.parse().ok()).collect();
    let [user, system, kilobytes] = figures[..] else { panic!("{said}") };
    println!("{name}: {user:.2} s of the program, {system:.2} s of the system, {:.1} MB", kilobytes / 1e3);
    user + system
}

fn statistics(bench: &Bench) {
    let store = Store::open_read_only(bench.memory()).unwrap();
    let (time, statistics) = fastest(|| store.statistics().unwrap());
    println!("statistics of {} units: {:.1} ms", statistics.units, time.as_secs_f64() * 1e3);
    let mut count = 0;
    let start = Instant::now();
    store
        .each_unit::<Error>(|_| {
            count += 1;
            Ok(())
        })
        .unwrap();
    println!("reading all {count} units: {:.2} s", start.elapsed().as_secs_f64());
}
