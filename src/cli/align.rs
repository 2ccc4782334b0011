//! `jjak align`: the aligned pairs of two documents.

use super::note::note;
use super::pair::{self, PairArguments};
use super::progress::Progress;
use super::{batch, format, terminal};
use crate::align::evidence::Matrix;
use crate::align::explain::{Explanation, explain};
use crate::align::translation::{Costs, Link, Pins};
use crate::align::{self, Alignment, Options};
use crate::anchor::Given;
use crate::report::{Aligned, Format, json};
use crate::store::Store;
use anyhow::{Result, bail};
use clap::Args;
use std::io::{self, Write};
use std::process::ExitCode;

/// The aligned pairs of two documents
#[derive(Args)]
#[command(after_help = "Examples:
  jjak align brief.ko.txt brief.en.txt
  jjak align --save brief.ko.txt brief.en.txt
  jjak align --mode summary brief.ko.txt summary.en.txt --format json
  jjak align --explain 17 brief.ko.txt brief.en.txt
  jjak align --pin 12:9 --pin 13,14:10 --pin :11 brief.ko.txt brief.en.txt
  jjak align --batch pairs.tsv > aligned.jsonl
  jjak align --batch pairs.tsv --save > aligned.jsonl
  pdftotext brief.pdf - | jjak align - brief.en.txt

Exit codes: 0 aligned, 2 the command could not run, or a pair of a batch could not be read")]
pub struct Arguments {
    /// The Korean original; - reads standard input
    #[arg(required_unless_present = "batch")]
    source: Option<String>,
    /// The English translation or summary
    #[arg(required_unless_present = "batch")]
    target: Option<String>,
    /// The output form
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = format::that_can(|format| format.align.is_some()))]
    format: &'static Format,
    /// Put the pair into the memory; what is pinned is confirmed by it, and what was confirmed of an earlier version is kept
    #[arg(long)]
    save: bool,
    /// Tell why English segment N is linked as it is: each share of the score, what comes next, what would have to change
    #[arg(long, value_name = "N", conflicts_with = "batch")]
    explain: Option<usize>,
    /// Keep this bead and realign the rest around it: Korean numbers, a colon, English numbers, as in 12:9 or 12,13:9; with one
    /// side empty the other has no partner; may be given again. What the memory holds as confirmed is kept in the same way
    #[arg(long, value_name = "KO:EN", value_parser = pin, conflicts_with = "batch")]
    pin: Vec<Link>,
    /// What a segment without partner costs, in nats: more links more, less leaves more alone
    #[arg(long, value_name = "NATS", default_value_t = Costs::default().null, value_parser = cost)]
    null_cost: f32,
    /// How much merges cost, a factor: more keeps beads small
    #[arg(long, value_name = "FACTOR", default_value_t = Costs::default().merge, value_parser = cost)]
    merge_cost: f32,
    /// Align many pairs: a line of LIST names a Korean and an English file, or two folders with files of the same names,
    /// parted by a tab; relative to LIST. The answers are JSON Lines in the order of the list; a pair that cannot be read
    /// has an "error" there and on stderr, the rest is done, and the exit code is 2
    #[arg(long, value_name = "LIST", conflicts_with = "source")]
    batch: Option<std::path::PathBuf>,
    #[command(flatten)]
    pair: PairArguments,
}

/// Prints the beads.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    if let Some(list) = &arguments.batch {
        let mut store = arguments.store()?;
        let (given, _) = arguments.pair.given("")?;
        return batch::run(list, (&given, arguments.pair.memory()), &arguments.options(Vec::new()), store.as_mut());
    }
    let (source, target) = (arguments.source.as_deref().unwrap_or("-"), arguments.target.as_deref().unwrap_or("-"));
    let mut memory = arguments.store()?;
    let (given, _) = arguments.pair.given(target)?;
    align_pair(arguments, (source, target), &given, memory.as_mut())
}

fn align_pair(arguments: &Arguments, (source, target): (&str, &str), given: &Given, memory: Option<&mut Store>) -> Result<ExitCode> {
    let (source, target) = pair::read_pair(source, target, given, arguments.pair.memory())?;
    check_pins(&arguments.pin, (source.document.segments.len(), target.document.segments.len()))?;
    let options = arguments.options(pair::confirmed(arguments.pair.memory(), (&source, &target), &arguments.pin)?);
    let progress = Progress::waiting(pair::sizes(&source, &target));
    let matrix = Matrix::around(&source, &target, &options.pins.pairs());
    let alignment = align::align_with(&matrix, &options);
    drop(progress);
    tracing::info!(beads = alignment.beads.len(), mode = ?alignment.mode, "aligned");
    if let Some(memory) = memory {
        save(memory, &matrix, &alignment, &arguments.pin)?;
    }
    match arguments.explain {
        Some(number) => print_explanation(arguments.format, &matrix, &alignment, number)?,
        None => {
            let aligned = Aligned { matrix: &matrix, alignment: &alignment, width: terminal::width() };
            format::print(arguments.format, |out| arguments.format.align.map_or(Ok(()), |align| align(&aligned, out)))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

impl Arguments {
    /// What is asked, with beads that the memory holds as confirmed.
    fn options(&self, confirmed: Vec<Link>) -> Options {
        let costs = Costs { null: self.null_cost, merge: self.merge_cost };
        Options { mode: self.pair.mode(), costs, pins: Pins::new([self.pin.clone(), confirmed].concat()) }
    }

    /// The memory to save to, made first if there is none: reading its terms is then as good as any memory's.
    fn store(&self) -> Result<Option<Store>> {
        self.save.then(|| self.pair.memory().open()).transpose()
    }
}

fn cost(text: &str) -> Result<f32, String> {
    let cost = text.parse().ok().filter(|cost| (0.0..=100.0).contains(cost));
    cost.ok_or_else(|| "expected a number from 0 to 100".to_string())
}

/// Reads 12:9, 12,13:9 or :9.
fn pin(text: &str) -> Result<Link, String> {
    let wrong = || "expected Korean segment numbers, a colon and English ones, such as 12:9 or 12,13:9".to_string();
    let (source, target) = text.split_once(':').ok_or_else(wrong)?;
    let numbers = |side: &str| -> Result<Vec<usize>, String> {
        let mut numbers = Vec::new();
        for number in side.split(',').map(str::trim).filter(|number| !number.is_empty()) {
            numbers.push(number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).ok_or_else(wrong)?);
        }
        numbers.sort_unstable();
        numbers.dedup();
        Ok(numbers)
    };
    let link = Link { source: numbers(source)?, target: numbers(target)? };
    if link.source.is_empty() && link.target.is_empty() { Err(wrong()) } else { Ok(link) }
}

/// Refuses pins of segments that are not there or are pinned twice.
fn check_pins(links: &[Link], (sources, targets): (usize, usize)) -> Result<()> {
    for (side, name, count) in [(0, "Korean", sources), (1, "English", targets)] {
        let mut numbers: Vec<usize> =
            links.iter().flat_map(|link| if side == 0 { &link.source } else { &link.target }).map(|index| index + 1).collect();
        numbers.sort_unstable();
        if let Some(number) = numbers.last().filter(|number| **number > count) {
            bail!("--pin: {name} segment {number} expected, but the text has {count}; `jjak segment` numbers them");
        }
        if let Some(twice) = numbers.windows(2).find(|pair| pair[0] == pair[1]) {
            bail!("--pin: {name} segment {} is pinned twice; name all its partners in one pin, such as 12,13:9", twice[0]);
        }
    }
    Ok(())
}

fn print_explanation(format: &Format, matrix: &Matrix, alignment: &Alignment, number: usize) -> Result<()> {
    let Some(explanation) = number.checked_sub(1).and_then(|index| explain(matrix, alignment, index)) else {
        bail!("--explain: English segment {number} expected, but the text has {}", matrix.target.document.segments.len());
    };
    format::print(format, |out| match format.name {
        "text" => write_explanation(matrix, &explanation, out),
        _ => json::document(&explanation, out),
    })?;
    Ok(())
}

fn write_explanation(matrix: &Matrix, explanation: &Explanation, out: &mut dyn Write) -> io::Result<()> {
    for number in &explanation.target {
        writeln!(out, "English {number}: {}", matrix.target.document.segment_text(number - 1))?;
    }
    for number in &explanation.source {
        writeln!(out, "Korean {number}: {}", matrix.source.document.segment_text(number - 1))?;
    }
    if explanation.source.is_empty() {
        writeln!(out, "It has no partner.")?;
    } else {
        writeln!(out, "\nProbability {:.3}, from {:.1} nats:", explanation.score, explanation.nats)?;
    }
    for share in &explanation.shares {
        let counterpart = match (share.counterpart.is_empty(), share.side) {
            (true, "target") => "has no counterpart in the Korean".to_string(),
            (true, _) => "has no counterpart in the English".to_string(),
            (false, "length") => format!("for {}", share.counterpart),
            (false, _) => format!("↔ {}", share.counterpart),
        };
        writeln!(out, "{:>+7.2}  {} {counterpart}", share.nats, share.text)?;
    }
    for rival in &explanation.rivals {
        writeln!(
            out,
            "Next: Korean {} with {:.1} nats: {}",
            rival.source,
            rival.nats,
            matrix.source.document.segment_text(rival.source - 1)
        )?;
    }
    writeln!(out, "To change it: {}", explanation.remedy())
}

/// Saves the pair, says on stderr what that did, and learns from it.
fn save(memory: &mut Store, matrix: &Matrix, alignment: &Alignment, pinned: &[Link]) -> Result<()> {
    let saved = memory.save_pinned_pair(&matrix.source.document, &matrix.target.document, &alignment.beads, pinned)?;
    match saved.changed {
        true => note(format_args!("saved as pair {}: {} new units, {} confirmed beads kept", saved.pair, saved.added, saved.kept)),
        false => note(format_args!("pair {} is in the memory already; nothing has changed", saved.pair)),
    }
    learn(memory)
}

/// Learns from what is new in the memory.
pub fn learn(memory: &mut Store) -> Result<()> {
    if memory.learn_new()?.waiting > 0 {
        note(format_args!("the memory has many units that no words were learnt from yet; `jjak learn` does it"));
    }
    Ok(())
}
