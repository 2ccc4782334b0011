//! Fits the judge on the golden pairs by cross-validation over briefs, and prints what it scores on briefs it never saw.
//!
//! `cargo bench --bench fit` prints figures; with `BLESS=1` it also writes src/support/weights.txt.

use jjak::align::Side;
use jjak::align::evidence::Matrix;
use jjak::align::translation::Link;
use jjak::align::{Mode, align, context, link, score, summary};
use jjak::anchor;
use jjak::support::{clause, features};
use serde_json::Value;
use std::path::Path;

/// A judged passage: its features, whether it has a source, and which brief it is of.
struct Example {
    features: Vec<f64>,
    has_source: bool,
    brief: usize,
    sentence: usize,
    label: String,
}

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_else(|| "pairs".to_string());
    let mut names: Vec<_> = std::fs::read_dir(&folder).expect("a folder of pairs").map(|entry| entry.expect("readable").path()).collect();
    names.sort();
    let briefs: Vec<Brief> = names.iter().map(|path| Brief::read(path)).collect();
    let links: Vec<Example> = briefs.iter().enumerate().flat_map(|(number, brief)| brief.links(number, None)).collect();
    // Whatever is measured on a brief rests on models that have not seen it: the second look at its links, then its passages.
    let alone = held_out_models(&links, briefs.len(), LINK_RIDGE);
    let second: Vec<Example> = briefs.iter().enumerate().flat_map(|(number, brief)| brief.links(number, Some(&alone[number]))).collect();
    let together = held_out_models(&second, briefs.len(), LINK_RIDGE);
    let models: Vec<(&[f64], &[f64])> = alone.iter().zip(&together).map(|(alone, together)| (&alone[..], &together[..])).collect();
    let passages: Vec<Example> =
        briefs.iter().zip(&models).enumerate().flat_map(|(number, (brief, model))| brief.passages(number, model)).collect();
    if std::env::var_os("DUMP").is_some() {
        dump(&passages, &features::NAMES);
        return;
    }
    println!("passages:");
    let supports = cross_validated(&passages, briefs.len(), PASSAGE_RIDGE);
    report(&passages, &supports);
    write(&fit(&passages.iter().collect::<Vec<_>>(), PASSAGE_RIDGE), &features::NAMES, "src/support/weights.txt", "features.rs");
    let clauses: Vec<Example> =
        briefs.iter().zip(&models).enumerate().flat_map(|(number, (brief, model))| brief.clauses(number, model)).collect();
    println!("clauses without a source in sentences with one:");
    let (fitted, others): (Vec<Example>, Vec<Example>) = clauses.into_iter().partition(|clause| clause.label != "unsupported");
    let models = held_out_models(&fitted, briefs.len(), CLAUSE_RIDGE);
    report_clauses(&fitted, &held_out(&models, &fitted));
    let mut inventions = most_suspicious(&fitted, &held_out(&models, &fitted));
    inventions.extend(most_suspicious(&others, &held_out(&models, &others)));
    report_verdicts(&passages, &supports, &inventions);
    write(&fit(&fitted.iter().collect::<Vec<_>>(), CLAUSE_RIDGE), &clause::NAMES, "src/support/clause.txt", "clause.rs");
    println!("links, each by itself:");
    report_links(&links, &held_out(&alone, &links));
    write(&fit(&links.iter().collect::<Vec<_>>(), LINK_RIDGE), &link::NAMES, "src/align/link.txt", "link.rs");
    println!("links, in the light of the others:");
    report_links(&second, &held_out(&together, &second));
    let beads: Vec<Example> = briefs.iter().enumerate().flat_map(|(number, brief)| brief.beads(number)).collect();
    println!(
        "beads, as if the summaries were translations: {} of {} right",
        beads.iter().filter(|bead| bead.has_source).count(),
        beads.len()
    );
    reliability(&beads, &cross_validated(&beads, briefs.len(), LINK_RIDGE));
    write(&fit(&beads.iter().collect::<Vec<_>>(), LINK_RIDGE), &score::NAMES, "src/align/score.txt", "score.rs");
    let names = [&link::NAMES[..], &context::NAMES[..]].concat();
    write(&fit(&second.iter().collect::<Vec<_>>(), LINK_RIDGE), &names, "src/align/context.txt", "context.rs");
}

/// Strong, because eighteen briefs are few and what is written to be unsupported tends to be short.
const PASSAGE_RIDGE: f64 = 10.0;
const LINK_RIDGE: f64 = 2.0;
const CLAUSE_RIDGE: f64 = 5.0;

/// Prints a model and, when asked to, puts it into the source tree.
fn write(weights: &[f64], names: &[&str], path: &str, room: &str) {
    let mut text = format!("# Intercept, then a weight a feature, as {room} names them. Written by `BLESS=1 cargo bench --bench fit`.\n");
    for (name, weight) in std::iter::once(&"intercept").chain(names).zip(weights) {
        text += &format!("{name} {weight:.4}\n");
    }
    print!("{text}");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, text).expect("the source tree can be written");
    }
}

fn dump(examples: &[Example], names: &[&str]) {
    println!("label\tbrief\t{}", names.join("\t"));
    for example in examples {
        let values: Vec<String> = example.features.iter().map(|value| format!("{value:.4}")).collect();
        println!("{}\t{}\t{}", u8::from(example.has_source), example.brief, values.join("\t"));
    }
}

/// A golden pair, read and aligned.
struct Brief {
    source: Side,
    target: Side,
    gold: Value,
}

impl Brief {
    fn read(path: &Path) -> Brief {
        let gold: Value = serde_json::from_str(&std::fs::read_to_string(path.join("gold.json")).expect("gold.json")).expect("JSON");
        let read = |name: &str| jjak::read::file(path.join(name)).expect("a golden pair reads");
        let (source, target) = (jjak::segment::segment(read("source.ko.txt")), jjak::segment::segment(read("target.en.txt")));
        let context = anchor::Context::of(Some(&source), &target);
        let (source_anchors, target_anchors) = (anchor::find(&source, &context), anchor::find(&target, &context));
        Brief { source: Side::new(source, source_anchors), target: Side::new(target, target_anchors), gold }
    }

    /// The passages that plainly have a source or plainly have none.
    fn passages(&self, brief: usize, models: &(&[f64], &[f64])) -> Vec<Example> {
        let matrix = Matrix::new(&self.source, &self.target);
        let candidates = context::weigh_by(&matrix, link::candidates_by(&matrix, models.0), &context::path(&matrix), models.1);
        let judged = self.judged();
        let example = |(index, unit): &(usize, &Value)| {
            let sources = summary::Sources::of(&matrix, *index, &candidates[*index]);
            let features = features::of(&matrix, *index, &sources).to_vec();
            Example { features, has_source: unit["label"] != "unsupported", brief, sentence: *index, label: label(unit) }
        };
        judged.iter().map(example).collect()
    }

    /// The clauses of all sentences: `has_source` says here that the clause is the part without, in a sentence with one.
    fn clauses(&self, brief: usize, models: &(&[f64], &[f64])) -> Vec<Example> {
        let matrix = Matrix::new(&self.source, &self.target);
        let candidates = context::weigh_by(&matrix, link::candidates_by(&matrix, models.0), &context::path(&matrix), models.1);
        let text = &self.target.document.text;
        let mut found = Vec::new();
        for (target, unit) in self.judged() {
            let sources = summary::Sources::of(&matrix, target, &candidates[target]);
            let segment = self.target.document.segments[target].span;
            let invented = unit["unsupported_span"].as_str().and_then(|words| {
                segment.of(text).find(words).map(|at| jjak::text::Span::new(at, at + words.len()).shifted(segment.start))
            });
            for clause in clause::clauses(&matrix, target, &sources) {
                let shared = invented.map_or(0, |span| span.end.min(clause.span.end).saturating_sub(span.start.max(clause.span.start)));
                found.push(Example {
                    features: clause.features.to_vec(),
                    has_source: shared * 2 > clause.span.len(),
                    brief,
                    sentence: target,
                    label: label(unit),
                });
            }
        }
        found
    }

    /// The candidate links of all passages, each by itself or, given a model of those, in the light of the others; those that one
    /// may or may not cite are left out.
    fn links(&self, brief: usize, alone: Option<&[f64]>) -> Vec<Example> {
        let matrix = Matrix::new(&self.source, &self.target);
        let candidates = alone.map_or_else(|| link::candidates(&matrix), |alone| link::candidates_by(&matrix, alone));
        let features: Vec<Vec<Vec<f64>>> = match alone {
            None => {
                candidates.iter().map(|list| list.iter().map(|candidate| candidate.features.map(f64::from).to_vec()).collect()).collect()
            }
            Some(_) => context::features(&matrix, &candidates, &context::path(&matrix))
                .iter()
                .map(|list| list.iter().map(|one| one.to_vec()).collect())
                .collect(),
        };
        let mut found = Vec::new();
        for (target, unit) in self.judged() {
            let (sources, neutral) = (self.segments(unit, "src"), self.segments(unit, "also_ok"));
            let weighed = candidates[target].iter().zip(&features[target]);
            for (candidate, features) in weighed.filter(|(candidate, _)| !neutral.contains(&candidate.source)) {
                found.push(Example {
                    features: features.clone(),
                    has_source: sources.contains(&candidate.source),
                    brief,
                    sentence: target,
                    label: label(unit),
                });
            }
        }
        found
    }

    /// The beads of the pair read as a translation; `has_source` says that all their links are right.
    fn beads(&self, brief: usize) -> Vec<Example> {
        let matrix = Matrix::new(&self.source, &self.target);
        let beads = align(&matrix, Some(Mode::Translation)).beads;
        let links: Vec<Link> =
            beads.into_iter().map(|bead| Link { source: bead.source, target: bead.target }).filter(Link::is_linked).collect();
        let judged: std::collections::BTreeMap<usize, &Value> = self.judged().into_iter().collect();
        let right = |link: &Link| -> Option<bool> {
            let mut right = true;
            for target in &link.target {
                let unit = judged.get(target)?;
                let sources = [self.segments(unit, "src"), self.segments(unit, "also_ok")].concat();
                right &= link.source.iter().all(|source| sources.contains(source));
            }
            Some(right)
        };
        let features = score::features(&matrix, &links);
        let examples = links.iter().zip(features).filter_map(|(link, features)| {
            let (has_source, sentence) = (right(link)?, link.target[0]);
            Some(Example { features: features.to_vec(), has_source, brief, sentence, label: String::new() })
        });
        examples.collect()
    }

    fn units(&self, side: &str) -> &[Value] {
        self.gold[side].as_array().expect("a list")
    }

    /// The source segments that a target unit names under a key.
    fn segments(&self, unit: &Value, key: &str) -> Vec<usize> {
        let ids: Vec<&str> = unit[key].as_array().map_or(Vec::new(), |ids| ids.iter().filter_map(Value::as_str).collect());
        let named = self.units("ko").iter().filter(|unit| ids.contains(&unit["id"].as_str().unwrap_or("")));
        named.filter_map(|unit| segment_of(&self.source, unit)).collect()
    }

    /// The labelled units with their segments.
    fn judged(&self) -> Vec<(usize, &Value)> {
        let labelled = self
            .units("en")
            .iter()
            .filter(|unit| matches!(unit["label"].as_str(), Some("supported" | "altered" | "partial" | "unsupported")));
        let placed = labelled.filter_map(|unit| Some((segment_of(&self.target, unit)?, unit)));
        placed.filter(|(index, _)| self.target.document.segments[*index].kind.is_judged()).collect()
    }
}

/// The segment that overlaps a unit most.
fn segment_of(side: &Side, unit: &Value) -> Option<usize> {
    let text = &side.document.text;
    let at = |key: &str| text.char_indices().nth(unit[key].as_u64().expect("an offset") as usize).map_or(text.len(), |(at, _)| at);
    let (start, end) = (at("start"), at("end"));
    let overlap = |index: &usize| {
        let span = side.document.segments[*index].span;
        span.end.min(end) as i64 - span.start.max(start) as i64
    };
    (0..side.document.segments.len()).max_by_key(overlap)
}

fn label(unit: &Value) -> String {
    unit["label"].as_str().unwrap_or("none").to_string()
}

/// By brief and sentence: whether it has a clause without source, the probability of its most suspicious clause, and whether that is it.
type Inventions = std::collections::BTreeMap<(usize, usize), (bool, f64, bool)>;

fn most_suspicious(examples: &[Example], held_out: &[f64]) -> Inventions {
    let mut sentences = Inventions::new();
    for (example, &probability) in examples.iter().zip(held_out) {
        let entry = sentences.entry((example.brief, example.sentence)).or_insert((false, 0.0, false));
        entry.0 |= example.has_source;
        if probability > entry.1 {
            (entry.1, entry.2) = (probability, example.has_source);
        }
    }
    sentences
}

/// What the verdicts come to by both cuts: a sentence is flagged when its support is low or a clause of it looks invented.
fn report_verdicts(passages: &[Example], supports: &[f64], inventions: &Inventions) {
    println!("verdicts (cut of support, cut of clauses: false alarms, unsupported found, partial found)");
    for unsupported in [0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7] {
        for partial in [0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5] {
            let flagged = |label: &str| {
                let all: Vec<bool> = passages
                    .iter()
                    .zip(supports)
                    .filter(|(passage, _)| passage.label == label)
                    .map(|(passage, &support)| {
                        let invention = inventions.get(&(passage.brief, passage.sentence)).map_or(0.0, |invention| invention.1);
                        support < unsupported || invention > partial
                    })
                    .collect();
                all.iter().filter(|flagged| **flagged).count() as f64 / all.len().max(1) as f64
            };
            println!(
                "  {unsupported:.2} {partial:.2}: {:.3} {:.3} {:.3}",
                flagged("supported"),
                flagged("unsupported"),
                flagged("partial")
            );
        }
    }
}

fn report_clauses(examples: &[Example], held_out: &[f64]) {
    let sentences = most_suspicious(examples, held_out);
    let mut clean: Vec<f64> = sentences.values().filter(|sentence| !sentence.0).map(|sentence| sentence.1).collect();
    clean.sort_by(|a, b| b.total_cmp(a));
    let faulty: Vec<&(bool, f64, bool)> = sentences.values().filter(|sentence| sentence.0).collect();
    println!("{} sentences of several clauses without a fault, {} with one", clean.len(), faulty.len());
    for share in [0.01, 0.02, 0.03, 0.05] {
        let cut = clean[(share * clean.len() as f64) as usize];
        let found = faulty.iter().filter(|sentence| sentence.1 > cut).count();
        let placed = faulty.iter().filter(|sentence| sentence.1 > cut && sentence.2).count();
        println!("at {:.0} % false alarms: found {found}, the right clause named {placed} (cut {cut:.3})", share * 100.0);
    }
}

fn report_links(examples: &[Example], held_out: &[f64]) {
    println!("{} candidate links, {} right", examples.len(), examples.iter().filter(|example| example.has_source).count());
    for cut in [0.3, 0.35, 0.4, 0.45, 0.5] {
        let count = |right: bool, linked: bool| {
            examples
                .iter()
                .zip(held_out)
                .filter(|(example, probability)| example.has_source == right && (**probability > cut) == linked)
                .count() as f64
        };
        let (hit, extra, missed) = (count(true, true), count(false, true), count(true, false));
        println!(
            "cut {cut}: precision {:.3} recall {:.3} F1 {:.3}",
            hit / (hit + extra),
            hit / (hit + missed),
            2.0 * hit / (2.0 * hit + extra + missed)
        );
    }
    reliability(examples, held_out);
}

fn cross_validated(examples: &[Example], briefs: usize, ridge: f64) -> Vec<f64> {
    held_out(&held_out_models(examples, briefs, ridge), examples)
}

/// What the models that have not seen its brief say of each example.
fn held_out(models: &[Vec<f64>], examples: &[Example]) -> Vec<f64> {
    examples.iter().map(|example| predict(&models[example.brief], &example.features)).collect()
}

/// For each brief a model that has not seen it.
fn held_out_models(examples: &[Example], briefs: usize, ridge: f64) -> Vec<Vec<f64>> {
    (0..briefs).map(|brief| fit(&examples.iter().filter(|example| example.brief != brief).collect::<Vec<_>>(), ridge)).collect()
}

fn predict(weights: &[f64], features: &[f64]) -> f64 {
    let nats = weights[0] + weights[1..].iter().zip(features).map(|(weight, feature)| weight * feature).sum::<f64>();
    1.0 / (1.0 + (-nats).exp())
}

/// A logistic by Newton's method with a ridge, every feature scaled to unit variance while fitting; both classes weigh alike.
fn fit(examples: &[&Example], ridge: f64) -> Vec<f64> {
    let columns = examples[0].features.len();
    let count = examples.len() as f64;
    let mean: Vec<f64> = (0..columns).map(|column| examples.iter().map(|example| example.features[column]).sum::<f64>() / count).collect();
    let spread: Vec<f64> = (0..columns)
        .map(|column| {
            (examples.iter().map(|example| (example.features[column] - mean[column]).powi(2)).sum::<f64>() / count).sqrt().max(1e-9)
        })
        .collect();
    let rows: Vec<Vec<f64>> = examples
        .iter()
        .map(|example| {
            std::iter::once(1.0).chain((0..columns).map(|column| (example.features[column] - mean[column]) / spread[column])).collect()
        })
        .collect();
    let mut weights = vec![0.0; columns + 1];
    for _ in 0..30 {
        let step = newton_step(&rows, examples, &weights, ridge);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step);
    }
    let mut plain: Vec<f64> = vec![weights[0]];
    for column in 0..columns {
        plain.push(weights[column + 1] / spread[column]);
        plain[0] -= weights[column + 1] * mean[column] / spread[column];
    }
    plain
}

fn newton_step(rows: &[Vec<f64>], examples: &[&Example], weights: &[f64], ridge: f64) -> Vec<f64> {
    let size = weights.len();
    let mut gradient: Vec<f64> = (0..size).map(|index| if index == 0 { 0.0 } else { ridge * weights[index] }).collect();
    let mut hessian = vec![vec![0.0; size]; size];
    for (index, row) in hessian.iter_mut().enumerate() {
        row[index] = if index == 0 { 1e-6 } else { ridge };
    }
    for (row, example) in rows.iter().zip(examples) {
        let nats: f64 = row.iter().zip(weights).map(|(value, weight)| value * weight).sum();
        let probability = 1.0 / (1.0 + (-nats).exp());
        let error = probability - f64::from(u8::from(example.has_source));
        for i in 0..size {
            gradient[i] += error * row[i];
            for j in 0..size {
                hessian[i][j] += probability * (1.0 - probability) * row[i] * row[j];
            }
        }
    }
    solve(hessian, gradient)
}

/// Gaussian elimination with pivots.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for pivot in 0..size {
        let best = (pivot..size).max_by(|&a, &b| matrix[a][pivot].abs().total_cmp(&matrix[b][pivot].abs())).expect("not empty");
        matrix.swap(pivot, best);
        right.swap(pivot, best);
        for row in pivot + 1..size {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            let (above, below) = matrix.split_at_mut(row);
            below[0].iter_mut().zip(&above[pivot]).skip(pivot).for_each(|(value, pivot)| *value -= factor * pivot);
            right[row] -= factor * right[pivot];
        }
    }
    for pivot in (0..size).rev() {
        let known: f64 = (pivot + 1..size).map(|column| matrix[pivot][column] * right[column]).sum();
        right[pivot] = (right[pivot] - known) / matrix[pivot][pivot];
    }
    right
}

fn report(examples: &[Example], held_out: &[f64]) {
    let of = |has_source: bool| {
        examples
            .iter()
            .zip(held_out)
            .filter(|(example, _)| example.has_source == has_source)
            .map(|(_, &probability)| probability)
            .collect::<Vec<f64>>()
    };
    let (mut good, bad) = (of(true), of(false));
    good.sort_by(f64::total_cmp);
    let wins: f64 = bad
        .iter()
        .map(|bad| {
            good.iter()
                .map(|good| {
                    if bad < good {
                        1.0
                    } else if bad == good {
                        0.5
                    } else {
                        0.0
                    }
                })
                .sum::<f64>()
        })
        .sum();
    println!("{} passages with a source, {} without; cross-validated over briefs", good.len(), bad.len());
    println!("AUROC {:.3}", wins / (good.len() * bad.len()) as f64);
    for share in [0.02, 0.05, 0.10] {
        let cut = good[(share * good.len() as f64) as usize];
        let found = bad.iter().filter(|&&bad| bad < cut).count() as f64 / bad.len() as f64;
        println!("found at {:.0} % false alarms: {found:.3} (cut {cut:.3})", share * 100.0);
    }
    reliability(examples, held_out);
}

fn reliability(examples: &[Example], held_out: &[f64]) {
    println!("reliability (predicted band: passages, share with a source)");
    for band in 0..10 {
        let inside: Vec<bool> = examples
            .iter()
            .zip(held_out)
            .filter(|(_, probability)| ((**probability * 10.0) as usize).min(9) == band)
            .map(|(example, _)| example.has_source)
            .collect();
        if !inside.is_empty() {
            println!(
                "  {:.1}-{:.1}: {:4}  {:.2}",
                band as f64 / 10.0,
                (band + 1) as f64 / 10.0,
                inside.len(),
                inside.iter().filter(|has| **has).count() as f64 / inside.len() as f64
            );
        }
    }
}
