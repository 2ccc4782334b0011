//! `jjak find`: how was this said before.

use crate::cli::filter::FilterArguments;
use crate::cli::hit::{self, FragmentOutput, MatchOutput, Shown};
use crate::cli::memory::Memory;
use crate::cli::note::note;
use crate::memory::Query;
use crate::memory::key::fingerprint;
use crate::store::{Answer, Asked, Fragment, LookUp};
use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, ValueEnum};
use regex::Regex;
use serde::Serialize;
use std::io::{self, BufRead, BufWriter, Write};
use std::process::ExitCode;
use std::time::Instant;

/// How was this said before: exact, similar and containing sentences of the memory, either language
#[derive(Args)]
#[command(
    after_help = "Examples:\n  jjak find \"북한은 러시아와 조약을 맺었다.\"\n  jjak find 한미동맹 --limit 20\n  jjak find --regex \"제[0-9]+조.*비준\"\n  jjak find 제재 --document brief --since 2024-01-01\n  jjak find - --format jsonl < sentences.txt"
)]
pub struct Arguments {
    /// A sentence, words or a part of one; - reads a query a line from standard input
    text: String,
    /// The least similarity, in percent
    #[arg(long, default_value_t = 70.0, value_name = "PERCENT")]
    min: f64,
    /// The most hits
    #[arg(long, default_value_t = 5, value_name = "N")]
    limit: usize,
    /// Only sentences that have the text in them, not similar ones
    #[arg(long)]
    concordance: bool,
    /// The text is a regular expression that sentences must match
    #[arg(long, conflicts_with = "exhaustive")]
    regex: bool,
    /// The sentence before the one that is looked up: a hit after the same sentence comes first
    #[arg(long, value_name = "SENTENCE")]
    after: Option<String>,
    /// Show the longest pieces that the memory has, even of several queries; of one query they are shown when nothing else is near
    #[arg(long)]
    fragments: bool,
    /// Compare with every unit instead of using the index
    #[arg(long)]
    exhaustive: bool,
    /// Text for people, JSON for programs, JSON Lines for many queries
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    memory: Memory,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Text,
    Json,
    Jsonl,
}

/// Looks up and prints; exit code 1 where nothing was found.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let finder = Finder::new(arguments)?;
    let store = arguments.memory.open_to_read()?;
    let mut out: Box<dyn Write> = match arguments.format {
        Format::Text => Box::new(BufWriter::new(anstream::AutoStream::auto(io::stdout()))),
        Format::Json | Format::Jsonl => Box::new(BufWriter::new(io::stdout().lock())),
    };
    let mut look_up = store.as_ref().map(|store| store.look_up()).transpose()?;
    if let Some(store) = store.as_ref().filter(|_| arguments.text != "-") {
        store.keep_little()?;
    }
    let mut found = false;
    if arguments.text == "-" {
        for (line, number) in io::stdin().lock().split(b'\n').zip(1..) {
            found |= finder.answer(look_up.as_mut(), &query(line, number)?, &mut out)?;
            out.flush()?;
        }
    } else {
        found = finder.answer(look_up.as_mut(), &arguments.text, &mut out)?;
    }
    out.flush()?;
    if !found {
        note("nothing found; --min lets less similar units in, and `jjak stats` says what the memory holds");
    }
    Ok(if found { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// A line of standard input.
fn query(line: io::Result<Vec<u8>>, number: usize) -> Result<String> {
    let line = line.with_context(|| "standard input: expected a query a line, found that it cannot be read; check what writes it")?;
    let line =
        String::from_utf8(line).map_err(|_| anyhow!("standard input:{number}: expected UTF-8; convert it first (iconv -t UTF-8)"))?;
    Ok(line.trim_end_matches('\r').to_string())
}

/// What is asked of every query.
struct Finder<'a> {
    arguments: &'a Arguments,
    asked: Asked,
    context: Option<u32>,
}

impl<'a> Finder<'a> {
    fn new(arguments: &'a Arguments) -> Result<Finder<'a>> {
        if !(0.0..=100.0).contains(&arguments.min) {
            bail!("--min {}: expected a percentage from 0 to 100", arguments.min);
        }
        if arguments.text.trim().is_empty() {
            bail!("expected words to look for, found nothing but white space");
        }
        let whole = !arguments.concordance && !arguments.regex;
        let filter = arguments.filter.filter();
        let asked = Asked { least: arguments.min / 100.0, limit: arguments.limit, whole, filter, ..Asked::default() };
        Ok(Finder { arguments, asked, context: arguments.after.as_deref().map(fingerprint) })
    }

    fn answer(&self, look_up: Option<&mut LookUp>, text: &str, out: &mut dyn Write) -> Result<bool> {
        let start = Instant::now();
        let mut query = Query::new(text, self.context);
        let pattern = if self.arguments.regex { Some(pattern(text)?) } else { None };
        let asked = Asked { pattern, ..self.asked.clone() };
        let Some(look_up) = look_up else {
            return self.print(&query, &[], &[], start.elapsed().as_micros() as u64, out).map(|()| false);
        };
        let answers = match self.arguments.exhaustive {
            true => look_up.find_exhaustively(&mut query, &asked)?,
            false => look_up.find(&mut query, &asked)?,
        };
        let micros = start.elapsed().as_micros() as u64;
        tracing::info!(micros, matches = answers.len(), "looked up");
        let fragments = if self.wants_fragments(&answers) { look_up.fragments(text, &asked)? } else { Vec::new() };
        self.print(&query, &answers, &fragments, micros, out)?;
        Ok(!answers.is_empty() || !fragments.is_empty())
    }

    fn wants_fragments(&self, answers: &[Answer]) -> bool {
        let is_near = answers.iter().any(|answer| answer.hit.class.is_near());
        let is_single = self.arguments.text != "-" && !self.arguments.exhaustive && self.asked.whole;
        (self.arguments.fragments || is_single) && !is_near && !self.arguments.regex
    }

    fn print(&self, query: &Query, answers: &[Answer], fragments: &[Fragment], micros: u64, out: &mut dyn Write) -> Result<()> {
        match self.arguments.format {
            Format::Text => {
                hit::print(query, answers, Shown::of_output(), out)?;
                hit::print_fragments(query, fragments, out)?;
            }
            Format::Json | Format::Jsonl => {
                let matches = answers.iter().map(|answer| MatchOutput::new(answer, query)).collect();
                let fragments = fragments.iter().map(|fragment| FragmentOutput::new(fragment, query)).collect();
                serde_json::to_writer(&mut *out, &Output { schema: "jjak/find/1", query: &query.text, micros, matches, fragments })?;
                writeln!(out)?;
            }
        }
        Ok(())
    }
}

fn pattern(text: &str) -> Result<Regex> {
    Regex::new(text).with_context(|| format!("--regex {text:?}: expected a regular expression"))
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    query: &'a str,
    micros: u64,
    matches: Vec<MatchOutput<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fragments: Vec<FragmentOutput<'a>>,
}
