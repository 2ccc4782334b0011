//! How much of the English the lexicon and the anchors explain: of true sentences by their sources, and of the same sentences
//! by wrong ones; how that grows with the lexicon; and which words are left, by frequency.
//!
//! `cargo bench --bench coverage` measures the golden pairs, `cargo bench --bench coverage -- FOLDER…` any folders of
//! NAME/{source.ko.txt, target.en.txt, gold.json} or of ID.{ko.txt, en.txt, gold.json}. `--list 200` lengthens the lists,
//! `--show` prints every true sentence with what is left of it in brackets.

use jjak::align::Side;
use jjak::align::side::{self, Item, Origin, SourceSegment, TargetSegment};
use jjak::anchor;
use jjak::document::{Document, Kind, Segment};
use jjak::glossary::lexicon::{self, Entry};
use jjak::text::{Folded, Span};
use jjak::word::{english, korean};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let flag = |name: &str| arguments.iter().position(|argument| argument == name);
    let length = flag("--list").and_then(|at| arguments.get(at + 1)?.parse().ok()).unwrap_or(40);
    let folders: Vec<&str> = arguments.iter().filter(|argument| Path::new(argument.as_str()).is_dir()).map(String::as_str).collect();
    let folders = if folders.is_empty() { vec!["pairs"] } else { folders };
    for folder in &folders {
        let pairs: Vec<Pair> = pairs(Path::new(folder)).iter().map(Pair::read).collect();
        println!("{folder}: {} pairs, {} true sentences", pairs.len(), pairs.iter().map(|pair| pair.cases.len()).sum::<usize>());
        shares(&pairs);
        growth(&pairs);
        if flag("--show").is_some() {
            pairs.iter().for_each(Pair::show);
        }
        left_over(&pairs, length);
    }
    speed(&folders);
}

/// The Korean text, the English text and the gold of a pair.
type Files = [PathBuf; 3];

fn pairs(folder: &Path) -> Vec<Files> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder of pairs").map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    let files = |path: PathBuf| {
        let name = path.to_string_lossy().into_owned();
        match name.strip_suffix(".gold.json") {
            Some(base) => Some([format!("{base}.ko.txt").into(), format!("{base}.en.txt").into(), path]),
            None if path.is_dir() => Some(["source.ko.txt", "target.en.txt", "gold.json"].map(|file| path.join(file))),
            None => None,
        }
    };
    paths.into_iter().filter_map(files).collect()
}

/// A true English sentence: its index in the target, its sources, and the sources that are right too.
struct Case {
    target: usize,
    sources: Vec<usize>,
    neutral: Vec<usize>,
}

/// A pair whose segments are the units of its gold.
struct Pair {
    source: Side,
    target: Side,
    sources: Vec<SourceSegment>,
    targets: Vec<TargetSegment>,
    cases: Vec<Case>,
}

impl Pair {
    fn read([korean, english, gold]: &Files) -> Pair {
        let gold: Value = serde_json::from_str(&std::fs::read_to_string(gold).expect("a gold file")).expect("JSON");
        let (source, target) = (document(korean, &gold["ko"]), document(english, &gold["en"]));
        let context = anchor::Context::of(Some(&source), &target);
        let (source_anchors, target_anchors) = (anchor::find(&source, &context), anchor::find(&target, &context));
        let (source, target) = (Side::new(source, source_anchors), Side::new(target, target_anchors));
        Pair { sources: side::source_segments(&source), targets: side::target_segments(&target), cases: cases(&gold), source, target }
    }

    /// Which content words of a sentence some sources explain, of this pair or another, with the headwords allowed.
    fn words(&self, target: usize, sources: &[(&Pair, usize)], allowed: &dyn Fn(Entry) -> bool) -> Vec<(Span, bool)> {
        let items = &self.targets[target].items;
        let explained: Vec<Span> = items
            .iter()
            .filter(|item| sources.iter().any(|source| self.explains(*source, target, item, allowed)))
            .map(|item| item.span)
            .collect();
        let span = self.target.document.segments[target].span;
        let folded = Folded::new(span.of(&self.target.document.text));
        let tokens = english::tokens(folded.text()).into_iter().filter(|token| token.is_content);
        let spans = tokens.map(|token| folded.original(Span::new(token.start, token.end)).shifted(span.start));
        spans.map(|span| (span, explained.iter().any(|other| other.overlaps(span)))).collect()
    }

    fn explains(&self, (pair, source): (&Pair, usize), target: usize, item: &Item, allowed: &dyn Fn(Entry) -> bool) -> bool {
        item.keys.iter().flat_map(|&key| pair.sources[source].with_key(key)).any(|feature| match (feature.origin, item.anchor_index) {
            (Origin::Lexicon { entry, .. }, _) => allowed(entry),
            (Origin::Learnt, _) => true,
            (Origin::Anchor(_), None) => true,
            (Origin::Anchor(one), Some(other)) => {
                anchor::agree(&pair.source.anchors[source][one as usize], &self.target.anchors[target][other]) > 0.0
            }
        })
    }

    fn by_sources(&self, case: &Case, allowed: &dyn Fn(Entry) -> bool) -> Vec<(Span, bool)> {
        let sources: Vec<(&Pair, usize)> = case.sources.iter().map(|&source| (self, source)).collect();
        self.words(case.target, &sources, allowed)
    }

    fn show(&self) {
        for case in &self.cases {
            let span = self.target.document.segments[case.target].span;
            let mut text = span.of(&self.target.document.text).to_string();
            for (word, _) in self.by_sources(case, &|_| true).into_iter().rev().filter(|(_, explained)| !explained) {
                text.insert(word.end - span.start, ']');
                text.insert(word.start - span.start, '[');
            }
            println!("{text}");
            for &source in &case.sources {
                println!("    {}", self.source.document.segment_text(source));
            }
        }
    }
}

fn document(path: &Path, units: &Value) -> Document {
    let mut document = jjak::read::file(path).expect("a pair reads");
    let mut places: Vec<usize> = document.text.char_indices().map(|(at, _)| at).collect();
    places.push(document.text.len());
    let segment = |unit: &Value| {
        let at = |key: &str| places[unit[key].as_u64().expect("an offset") as usize];
        let kind = if unit["type"] == "title" { Kind::Title } else { Kind::Sentence };
        Segment { kind, block_index: 0, span: Span::new(at("start"), at("end")) }
    };
    document.segments = units.as_array().expect("a list of units").iter().map(segment).collect();
    document
}

fn cases(gold: &Value) -> Vec<Case> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let korean = list(&gold["ko"]);
    let indices =
        |ids: &Value| -> Vec<usize> { list(ids).iter().filter_map(|id| korean.iter().position(|unit| unit["id"] == *id)).collect() };
    let targets = list(&gold["en"]).into_iter().enumerate().filter(|(_, unit)| unit["label"] == "supported");
    let cases = targets.map(|(target, unit)| Case { target, sources: indices(&unit["src"]), neutral: indices(&unit["also_ok"]) });
    cases.filter(|case| !case.sources.is_empty()).collect()
}

/// Wrong sentences a true one is compared with, in its own document and in others.
const SAMPLES: usize = 4;

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

/// Counts of explained words among all.
#[derive(Default, Clone, Copy)]
struct Share(usize, usize);

impl Share {
    fn add(&mut self, words: &[(Span, bool)]) {
        self.0 += words.iter().filter(|(_, explained)| *explained).count();
        self.1 += words.len();
    }

    fn value(self) -> f64 {
        self.0 as f64 / self.1.max(1) as f64
    }
}

/// By the sources, by a wrong sentence of the same document, by a sentence of another.
fn measure(pairs: &[Pair], allowed: &dyn Fn(Entry) -> bool) -> [Share; 3] {
    let mut numbers = Numbers(20_260_101);
    let [mut right, mut near, mut far] = [Share::default(); 3];
    for (pair_index, pair) in pairs.iter().enumerate() {
        for case in &pair.cases {
            right.add(&pair.by_sources(case, allowed));
            for _ in 0..SAMPLES {
                let wrong = numbers.below(pair.sources.len());
                if !case.sources.contains(&wrong) && !case.neutral.contains(&wrong) {
                    near.add(&pair.words(case.target, &[(pair, wrong)], allowed));
                }
                let other = &pairs[(pair_index + 1 + numbers.below(pairs.len() - 1)) % pairs.len()];
                let wrong = numbers.below(other.sources.len());
                far.add(&pair.words(case.target, &[(other, wrong)], allowed));
            }
        }
    }
    [right, near, far]
}

fn shares(pairs: &[Pair]) {
    let [right, near, far] = measure(pairs, &|_| true);
    println!("explained by the sources {:.3} of {} content words", right.value(), right.1);
    println!("explained by a random wrong sentence of the same document {:.3}, of another document {:.3}", near.value(), far.value());
}

/// The same with a part of the lexicon: a share of its entries, whichever, and the headwords most frequent in these documents.
fn growth(pairs: &[Pair]) {
    println!("\n{:<22} {:>9} {:>9} {:>9}", "lexicon", "sources", "same", "another");
    for part in [0, 1, 2, 4, 8, 16] {
        let row = measure(pairs, &|entry| (entry.index().wrapping_mul(2_654_435_761) >> 8) % 16 < part);
        print_row(&format!("{part}/16 of the entries"), row);
    }
    let ranks = ranks(pairs);
    for most in [500, 1_000, 2_000, 4_000] {
        let row = measure(pairs, &|entry| ranks.get(&entry).is_some_and(|&rank| rank < most));
        print_row(&format!("{most} most frequent"), row);
    }
}

fn print_row(name: &str, row: [Share; 3]) {
    println!("{name:<22} {:>9.3} {:>9.3} {:>9.3}", row[0].value(), row[1].value(), row[2].value());
}

fn ranks(pairs: &[Pair]) -> BTreeMap<Entry, usize> {
    let mut counts: BTreeMap<Entry, usize> = BTreeMap::new();
    for pair in pairs {
        for hit in lexicon::find(Folded::new(&pair.source.document.text).text()).iter().filter(|hit| hit.quality == 1.0) {
            *counts.entry(hit.entry).or_default() += 1;
        }
    }
    by_count(counts).into_iter().zip(0..).map(|((entry, _), rank)| (entry, rank)).collect()
}

/// The most frequent first.
fn by_count<K: Ord>(counts: BTreeMap<K, usize>) -> Vec<(K, usize)> {
    let mut counts: Vec<(K, usize)> = counts.into_iter().collect();
    counts.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    counts
}

/// Prints what is left: English words, Korean words without a headword, headwords that explain nothing.
fn left_over(pairs: &[Pair], length: usize) {
    let [mut english, mut unread] = [BTreeMap::new(), BTreeMap::new()];
    let mut headwords: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for pair in pairs {
        for case in &pair.cases {
            for (span, _) in pair.by_sources(case, &|_| true).iter().filter(|(_, explained)| !explained) {
                *english.entry(span.of(&pair.target.document.text).to_lowercase()).or_default() += 1;
            }
            for &source in &case.sources {
                pair.unread(source).into_iter().for_each(|word| *unread.entry(word).or_default() += 1);
                for (word, is_idle) in pair.headwords(source, case.target) {
                    let (idle, all) = headwords.entry(word).or_default();
                    (*idle, *all) = (*idle + usize::from(is_idle), *all + 1);
                }
            }
        }
    }
    print_list("English words that nothing explains", english, length);
    print_list("Korean words without a headword", unread, length);
    let idle = headwords.into_iter().map(|(word, (idle, all))| (format!("{word} (of {all})"), idle)).collect();
    print_list("headwords that explain nothing", idle, length);
}

fn print_list(title: &str, counts: BTreeMap<String, usize>, length: usize) {
    println!("\n{title}, {} in all:", counts.values().sum::<usize>());
    let words: Vec<String> = by_count(counts).into_iter().take(length).map(|(word, count)| format!("{word} {count}")).collect();
    println!("{}", words.join(", "));
}

impl Pair {
    /// The Korean words of a source in which neither the lexicon nor an anchor reads anything.
    fn unread(&self, source: usize) -> Vec<String> {
        let folded = Folded::new(self.source.document.segment_text(source));
        let text = folded.text();
        let hits = lexicon::find(text);
        let shift = self.source.document.segments[source].span.start;
        let is_read = |start: usize, end: usize| {
            let original = folded.original(Span::new(start, end)).shifted(shift);
            hits.iter().any(|hit| hit.start < end && start < hit.end)
                || self.source.anchors[source].iter().any(|anchor| anchor.span.overlaps(original))
        };
        let eojeols =
            lexicon::eojeols(text).filter(|&(start, end)| text[start..end].chars().any(|character| ('가'..='힣').contains(&character)));
        let unread = eojeols.filter(|&(start, end)| !is_read(start, end) && !korean::is_particle(&text[start..end]));
        unread.map(|(start, end)| korean::without_particles(&text[start..end])[0].to_string()).collect()
    }

    /// The headwords read in a source, and whether none of their equivalents stands in the target sentence.
    fn headwords(&self, source: usize, target: usize) -> Vec<(&'static str, bool)> {
        let keys: Vec<side::Key> = self.targets[target].items.iter().flat_map(|item| item.keys.iter().copied()).collect();
        let text = Folded::new(self.source.document.segment_text(source));
        let hits = lexicon::find(text.text()).into_iter().filter(|hit| hit.quality == 1.0);
        let is_idle = |entry: Entry| !entry.equivalents().flatten().any(|stem| keys.contains(&side::Key::from(stem.0)));
        hits.map(|hit| (hit.entry.headword(), is_idle(hit.entry))).collect()
    }
}

/// The size of the tables, and how long a look-up takes.
fn speed(folders: &[&str]) {
    println!("\n{} headwords; bytes of the tables:", lexicon::len());
    let tables: Vec<String> = lexicon::tables().iter().map(|(name, bytes)| format!("{name} {bytes}")).collect();
    println!("{}, in all {}", tables.join(", "), lexicon::tables().iter().map(|table| table.1).sum::<usize>());
    let [mut korean, mut english] = [String::new(), String::new()];
    for [source, target, _] in folders.iter().flat_map(|folder| pairs(Path::new(folder))) {
        korean.push_str(Folded::new(&std::fs::read_to_string(source).expect("UTF-8")).text());
        english.push_str(&std::fs::read_to_string(target).expect("UTF-8"));
    }
    let first = Instant::now();
    lexicon::find("정부는");
    println!("first look-up {:.2} ms", first.elapsed().as_secs_f64() * 1000.0);
    let best = fastest(|| lexicon::find(&korean).len());
    let hits = lexicon::find(&korean).len();
    let rate = |bytes: usize, seconds: f64| bytes as f64 / 1e6 / seconds;
    println!("Korean: {:.1} MB/s, {:.0} ns a headword found", rate(korean.len(), best), best * 1e9 / hits.max(1) as f64);
    let tokens = english::tokens(&english);
    let best = fastest(|| english::tokens(&english).len());
    println!("English: {:.1} MB/s cut and stemmed", rate(english.len(), best));
    let best = fastest(|| tokens.iter().filter(|token| lexicon::stem(&token.stem).is_some()).count());
    println!("a stem looked up in {:.0} ns", best * 1e9 / tokens.len().max(1) as f64);
}

/// Seconds of the fastest of five runs.
fn fastest(work: impl Fn() -> usize) -> f64 {
    let run = |_| {
        let started = Instant::now();
        std::hint::black_box(work());
        started.elapsed().as_secs_f64()
    };
    (0..5).map(run).fold(f64::INFINITY, f64::min)
}
