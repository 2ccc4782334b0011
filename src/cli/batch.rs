//! `jjak align --batch`: many pairs at once, answers in the order of the list.

use super::align;
use super::memory::Memory;
use super::note::note;
use super::pair;
use super::progress::Progress;
use crate::align::evidence::Matrix;
use crate::align::translation::Pins;
use crate::align::{Bead, Options, align_with};
use crate::anchor::Given;
use crate::document::Document;
use crate::report::{Aligned, json};
use crate::store::{Saved, Store};
use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Pairs that are aligned before any of their answers is written: the answers keep the order of the list.
const AT_ONCE: usize = 64;

/// Aligns every pair of a list, and saves them if a store is given; 2 if one could not be read.
pub fn run(list: &Path, (given, memory): (&Given, &Memory), options: &Options, mut store: Option<&mut Store>) -> Result<ExitCode> {
    let pairs = pairs(list)?;
    let progress = Progress::of_things(pairs.len() as u64, "aligning".to_string());
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut failed, mut saving) = (0, Saving::default());
    for some in pairs.chunks(AT_ONCE) {
        let answers: Vec<Result<Answer>> = some
            .par_iter()
            .map(|pair| {
                let answer = answer(pair, (given, memory), options);
                progress.add(1);
                answer
            })
            .collect();
        for (pair, answer) in some.iter().zip(answers) {
            match answer {
                Ok(answer) => {
                    if let Some(store) = store.as_deref_mut() {
                        let saved = store.save_pair(&answer.source, &answer.target, &answer.beads)?;
                        saving.count(&saved);
                    }
                    out.write_all(&answer.line)?;
                }
                Err(error) => {
                    failed += 1;
                    note(format_args!("{error:#}"));
                    json::document(
                        &Failed { schema: "jjak/align/1", source: &pair.0, target: &pair.1, error: format!("{error:#}") },
                        &mut out,
                    )?;
                }
            }
        }
    }
    out.flush()?;
    drop(progress);
    if failed > 0 {
        note(format_args!("{failed} of {} pairs could not be aligned", pairs.len()));
    }
    if let Some(store) = store {
        note(format_args!(
            "{} pairs saved, {} unchanged: {} new units, {} confirmed beads kept",
            saving.changed, saving.unchanged, saving.added, saving.kept
        ));
        align::learn(store)?;
    }
    Ok(if failed > 0 { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

/// A pair that could not be aligned.
#[derive(Serialize)]
struct Failed<'a> {
    schema: &'static str,
    source: &'a str,
    target: &'a str,
    error: String,
}

/// An aligned pair: as it is printed, and as it is saved.
struct Answer {
    line: Vec<u8>,
    source: Document,
    target: Document,
    beads: Vec<Bead>,
}

/// What saving has done so far.
#[derive(Default)]
struct Saving {
    changed: usize,
    unchanged: usize,
    added: usize,
    kept: usize,
}

impl Saving {
    fn count(&mut self, saved: &Saved) {
        *(if saved.changed { &mut self.changed } else { &mut self.unchanged }) += 1;
        self.added += saved.added;
        self.kept += saved.kept;
    }
}

fn answer((source, target): &(String, String), (given, memory): (&Given, &Memory), options: &Options) -> Result<Answer> {
    let (source, target) = pair::read_pair(source, target, given, memory)?;
    let pins = Pins::new(pair::confirmed(memory, (&source, &target), &[])?);
    let matrix = Matrix::around(&source, &target, &pins.pairs());
    let alignment = align_with(&matrix, &Options { pins, ..options.clone() });
    let mut line = Vec::new();
    json::document(&json::AlignOutput::of(&Aligned { matrix: &matrix, alignment: &alignment, width: 0 }), &mut line)?;
    let beads = alignment.beads;
    Ok(Answer { line, source: source.document, target: target.document, beads })
}

/// The pairs that a list names, in order. Blank lines and those that begin with # say nothing.
fn pairs(list: &Path) -> Result<Vec<(String, String)>> {
    let text = std::fs::read_to_string(list).with_context(|| format!("{}: expected a list of pairs in UTF-8", list.display()))?;
    let folder = list.parent().unwrap_or(Path::new(""));
    let mut pairs = Vec::new();
    let lines = text.trim_start_matches('\u{FEFF}').lines().map(str::trim_end);
    for (number, line) in (1..).zip(lines).filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let Some((source, target)) = line.split_once('\t') else {
            bail!("{}:{number}: expected a Korean file, a tab and an English file", list.display());
        };
        let (source, target) = (folder.join(source.trim()), folder.join(target.trim()));
        if source.is_dir() && target.is_dir() {
            pairs.extend(within(&source, &target)?);
        } else {
            pairs.push((source.display().to_string(), target.display().to_string()));
        }
    }
    Ok(pairs)
}

/// The files of two folders that have the same name, endings and a language before them aside, sorted by name. Files
/// without partner are named on stderr.
fn within(source: &Path, target: &Path) -> Result<Vec<(String, String)>> {
    let (sources, mut targets) = (files(source)?, files(target)?);
    let mut pairs = Vec::new();
    for (name, path) in sources {
        match targets.remove(&name) {
            Some(partner) if partner != path => pairs.push((path.display().to_string(), partner.display().to_string())),
            _ => note(format_args!("{}: no file of that name in {}", path.display(), target.display())),
        }
    }
    targets.values().for_each(|path| note(format_args!("{}: no file of that name in {}", path.display(), source.display())));
    Ok(pairs)
}

fn files(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("{}: expected a folder that can be read", folder.display()))?;
    let mut files = BTreeMap::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_file() && !name.starts_with('.') {
            files.insert(bare(&name).to_string(), path);
        }
    }
    Ok(files)
}

/// "brief" of "brief.ko.txt" and "brief.en.md".
fn bare(name: &str) -> &str {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    [".ko", ".en", "_ko", "_en", "-ko", "-en"].iter().find_map(|ending| stem.strip_suffix(ending)).unwrap_or(stem)
}
