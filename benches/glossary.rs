//! How fast terms are found and looked up: `cargo bench --bench glossary`. Times are of the processor, so that other work
//! on the machine does not count.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use jjak::glossary::{Glossary, Matcher, table};
use jjak::text::{Folded, Language};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Megabytes of text a scan runs over.
const MEGABYTES: usize = 8;

fn main() {
    let glossary = ten_thousand_terms();
    let started = Instant::now();
    let matcher = Matcher::new(&glossary);
    matcher.find("가", Language::Korean);
    println!("matcher of {} concepts made in {:.1} ms", glossary.concepts().len(), started.elapsed().as_secs_f64() * 1000.0);
    for (language, file) in [(Language::Korean, "source.ko.txt"), (Language::English, "target.en.txt")] {
        matcher.find("a", language);
        let lines = lines(file);
        let bytes: usize = lines.iter().map(String::len).sum();
        let best = (0..5).map(|_| scan(&matcher, &lines, language)).min_by(|one, other| one.0.total_cmp(&other.0)).expect("five rounds");
        println!("{}: {} terms in {:.1} MB, {:.0} MB/s", language.name(), best.1, bytes as f64 / 1e6, bytes as f64 / 1e6 / best.0);
        peer(&glossary, &lines, language);
    }
    for query in ["북러", "extended deterrence", "없는말"] {
        let mut times: Vec<f64> = (0..21).map(|_| look_up(query)).collect();
        times.sort_by(f64::total_cmp);
        println!("jjak term {query}: {:.1} ms from start to end (median), {:.1} ms at best", times[times.len() / 2], times[0]);
    }
}

/// The same terms by another crate, leftmost and longest, as bare strings: no boundaries, particles, spacing or case are judged.
fn peer(glossary: &Glossary, lines: &[String], language: Language) {
    let terms = glossary.concepts().iter().flat_map(|concept| concept.terms.iter().filter(|term| term.language == language));
    let automaton = AhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(terms.map(|term| &term.text));
    let automaton: AhoCorasick = automaton.expect("fits");
    let bytes: usize = lines.iter().map(String::len).sum();
    let run = |_| {
        let started = processor_seconds();
        let found: usize = lines.iter().map(|line| automaton.find_iter(line).count()).sum();
        (processor_seconds() - started, found)
    };
    let best = (0..5).map(run).min_by(|one, other| one.0.total_cmp(&other.0)).expect("five rounds");
    println!("    aho-corasick, bare strings: {} found, {:.0} MB/s", best.1, bytes as f64 / 1e6 / best.0);
}

/// The house terms and compounds made of two of them each.
fn ten_thousand_terms() -> Glossary {
    let glossary = Glossary::built_in();
    let words: Vec<(String, String)> = glossary
        .concepts()
        .iter()
        .map(|concept| (concept.headword().to_string(), concept.target().next().map_or(String::new(), |term| term.text.clone())))
        .collect();
    let mut compounds = String::from("source\tpreferred\n");
    for number in 0..10_000 - words.len() {
        let (one, other) = (&words[number * 7 % words.len()], &words[(number * 13 + number / 97 + 5) % words.len()]);
        compounds.push_str(&format!("{}{}\t{} {}\n", one.0, other.0, one.1, other.1));
    }
    glossary.with_concepts(table::house(&compounds))
}

/// The lines of one side of all pairs, again and again.
fn lines(file: &str) -> Vec<String> {
    let mut folders: Vec<_> =
        std::fs::read_dir("pairs").expect("pairs are part of the package").map(|entry| entry.expect("readable").path()).collect();
    folders.sort();
    let texts = folders.iter().filter_map(|folder| std::fs::read_to_string(Path::new(folder).join(file)).ok());
    let once: Vec<String> =
        texts.flat_map(|text| text.lines().map(|line| Folded::new(line).text().to_string()).collect::<Vec<_>>()).collect();
    let bytes: usize = once.iter().map(String::len).sum();
    let times = (MEGABYTES * 1_000_000).div_ceil(bytes.max(1));
    std::iter::repeat_n(once, times).flatten().collect()
}

fn scan(matcher: &Matcher, lines: &[String], language: Language) -> (f64, usize) {
    let started = processor_seconds();
    let found = lines.iter().map(|line| matcher.find(line, language).len()).sum();
    (processor_seconds() - started, found)
}

/// Seconds this thread has run, where the system tells; else of the clock.
fn processor_seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next().and_then(|number| number.parse::<f64>().ok()));
    nanoseconds.map_or_else(
        || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64()),
        |nanoseconds| nanoseconds / 1e9,
    )
}

fn look_up(query: &str) -> f64 {
    let started = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_jjak")).args(["term", query]).output();
    output.expect("the program runs");
    started.elapsed().as_secs_f64() * 1000.0
}
