//! `jjak learn`: what the memory teaches the aligner.

use super::format::{Form, print_json};
use crate::cli::memory::Memory;
use crate::store::{Learning, LearntLink};
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// Learns from the memory which words stand for each other; align and check then use them beside the built-in lexicon
#[derive(Args)]
#[command(after_help = "Examples:
  jjak learn
  jjak learn --limit 0
  jjak learn --memory desk.jjak --format json > words.json

Confirmed units teach, and proposed ones of which the aligner is sure. `jjak align --save` learns from what it saves by
itself; after an import, a removal or an undo, learn anew with this.

Exit codes: 0 learnt, 2 there is no memory, or it could not be read")]
pub struct Arguments {
    /// Text for people, JSON for programs
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Show the N surest links
    #[arg(long, value_name = "N", default_value_t = 40)]
    limit: usize,
    #[command(flatten)]
    memory: Memory,
}

/// Learns and prints.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut store = arguments.memory.open_existing()?;
    let learning = store.learn()?;
    let mut links = store.learnt_links()?;
    let output = Output { schema: "jjak/learn/1", learning, total: links.len(), links: shown(&mut links, arguments.limit) };
    let mut out = BufWriter::new(io::stdout().lock());
    match arguments.format {
        Form::Text => print(&output, &mut out)?,
        Form::Json => print_json(&output)?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn shown(links: &mut Vec<LearntLink>, limit: usize) -> &[LearntLink] {
    links.truncate(limit);
    links
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    #[serde(flatten)]
    learning: Learning,
    /// Links that are trusted.
    total: usize,
    links: &'a [LearntLink],
}

fn print(output: &Output, out: &mut dyn Write) -> io::Result<()> {
    let learning = &output.learning;
    writeln!(out, "{} links learnt from {} units; {} had something to teach", output.total, learning.units, learning.lessons)?;
    for link in output.links {
        writeln!(out, "{:>6.2}  {} ↔ {}  {} of {}", link.quality, link.source, link.target, link.aligned.round(), link.together)?;
    }
    Ok(())
}
