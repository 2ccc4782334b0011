//! How often each check speaks on text that is as it should be: flags per 1,000 English words.
//!
//! `cargo bench --bench noise` measures on the golden pairs, leaving out what is wrong in them on purpose; folders named behind
//! it, with NAME.en.txt and NAME.ko.txt, are measured too. With `LIST=spaces` every flag of a check is printed, `LIST=all` all.

use jjak::align::Side;
use jjak::align::evidence::Matrix;
use jjak::anchor::Given;
use jjak::check::{self, CHECKS, Examination, Finding, Place, Profile, Severity};
use jjak::document::Document;
use jjak::glossary::{Glossary, Matcher};
use jjak::text::Span;
use jjak::{read, support};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("pairs");
    let golden: Vec<Text> = sorted(&root).iter().map(|folder| Text::golden(folder)).collect();
    let none = Given::default();
    report("golden pairs, clean sentences", &golden, true, &none);
    report("golden pairs, clean sentences, without the original", &golden, false, &none);
    let house = Given { terms: Some(Arc::new(Matcher::new(&Glossary::built_in()))), ..Given::default() };
    report("golden pairs, clean sentences, the house terms brought along as a glossary", &golden, true, &house);
    for folder in std::env::args().skip(1).filter(|argument| !argument.starts_with('-')) {
        let english = sorted(Path::new(&folder)).into_iter().filter(|path| path.to_string_lossy().ends_with(".en.txt"));
        let texts: Vec<Text> = english.map(|path| Text::read(&path)).collect();
        let folder = folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_string();
        report(&folder, &texts, true, &none);
        report(&format!("{folder}, without the original"), &texts, false, &none);
    }
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).expect("a folder of texts").map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
}

/// A pair, and the parts of its English that are wrong on purpose.
struct Text {
    source: PathBuf,
    target: PathBuf,
    wrong: Vec<Span>,
}

impl Text {
    fn read(target: &Path) -> Text {
        let source = PathBuf::from(target.to_string_lossy().replace(".en.txt", ".ko.txt"));
        Text { source, target: target.to_path_buf(), wrong: Vec::new() }
    }

    fn golden(folder: &Path) -> Text {
        let target = folder.join("target.en.txt");
        let text = fs::read_to_string(&target).expect("the English of a golden pair");
        let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let gold: Value = serde_json::from_str(&fs::read_to_string(folder.join("gold.json")).expect("gold.json")).expect("JSON");
        let units = gold["en"].as_array().expect("units");
        let place = |unit: &Value, name: &str| offsets[unit[name].as_u64().expect("an offset") as usize];
        let is_wrong = |unit: &&Value| {
            unit["artefact"].is_object() || ["unsupported", "partial", "altered"].contains(&unit["label"].as_str().unwrap_or(""))
        };
        let wrong = units.iter().filter(is_wrong).map(|unit| Span::new(place(unit, "start"), place(unit, "end"))).collect();
        Text { source: folder.join("source.ko.txt"), target, wrong }
    }

    /// The findings in what is right, and how many words that has.
    fn measure(&self, with_source: bool, given: &Given, list: &str) -> (Vec<Finding>, usize) {
        let target = document(&self.target);
        let (source, target) = match with_source {
            true => {
                let (source, target) = Side::pair(document(&self.source), target, given);
                (Some(source), target)
            }
            false => (None, Side::alone(target, given)),
        };
        let matrix = source.as_ref().map(|source| Matrix::new(source, &target));
        let ledger = matrix.as_ref().map(support::ledger).unwrap_or_default();
        let examination = matrix.as_ref().map_or_else(|| Examination::alone(&target), |matrix| Examination::of(matrix, &ledger));
        let examination = examination.with_terms(given.terms.clone());
        let mut findings = check::run_in(&examination, Profile::Strict);
        findings.retain(|finding| finding.place == Place::Target && !self.wrong.iter().any(|span| span.overlaps(finding.span)));
        let text = &target.document.text;
        for finding in findings.iter().filter(|finding| list == "all" || finding.check == list) {
            let start = text.floor_char_boundary(finding.span.start.saturating_sub(60));
            let end = text.ceil_char_boundary((finding.span.end + 40).min(text.len()));
            let name = self.target.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
            println!("{} {name} {:?}: {} | {}", finding.check, finding.severity, finding.message, text[start..end].replace('\n', " "));
        }
        let wrong: usize = self.wrong.iter().map(|span| span.of(text).split_whitespace().count()).sum();
        (findings, text.split_whitespace().count() - wrong)
    }
}

fn document(path: &Path) -> Document {
    read::file(path).expect("a readable text")
}

/// A line a check: flags, flags per 1,000 words, and how many of them are at least major.
fn report(name: &str, texts: &[Text], with_source: bool, given: &Given) {
    let list = std::env::var("LIST").unwrap_or_default();
    let mut counts: BTreeMap<&str, (usize, usize)> = CHECKS.iter().map(|check| (check.name, (0, 0))).collect();
    let mut words = 0;
    for text in texts {
        let (findings, length) = text.measure(with_source, given, &list);
        words += length;
        for finding in findings {
            let count = counts.entry(finding.check).or_default();
            count.0 += 1;
            count.1 += usize::from(finding.severity >= Severity::Major);
        }
    }
    println!("\n{name}: {} texts, {words} words", texts.len());
    for (check, (all, major)) in counts.iter().filter(|(_, (all, _))| *all > 0) {
        println!("    {check:16} {all:5} {:7.2} a thousand words, {major} major", *all as f64 * 1000.0 / words.max(1) as f64);
    }
    let silent: Vec<&str> = counts.iter().filter(|(_, (all, _))| *all == 0).map(|(check, _)| *check).collect();
    println!("    none: {}", silent.join(", "));
}
