//! `jjak find`: how was this said before.

use crate::cli::memory::Memory;
use crate::cli::note::note;
use crate::memory::{Query, Status};
use crate::store::{Answer, Asked, LookUp, Origin};
use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::io::{self, BufRead, BufWriter, Write};
use std::process::ExitCode;
use std::time::Instant;

/// How was this said before: exact, similar and containing sentences of the memory, either language
#[derive(Args)]
#[command(
    after_help = "Examples:\n  jjak find \"북한은 러시아와 조약을 맺었다.\"\n  jjak find 한미동맹 --limit 20\n  jjak find - --format jsonl < sentences.txt"
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
    /// Compare with every unit instead of using the index
    #[arg(long)]
    exhaustive: bool,
    /// Text for people, JSON for programs, JSON Lines for many queries
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
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
    if !(0.0..=100.0).contains(&arguments.min) {
        bail!("--min {}: expected a percentage from 0 to 100", arguments.min);
    }
    if arguments.text.trim().is_empty() {
        bail!("expected words to look for, found nothing but white space");
    }
    let store = arguments.memory.open_to_read()?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut look_up = store.as_ref().map(|store| store.look_up()).transpose()?;
    let mut found = false;
    if arguments.text == "-" {
        for (line, number) in io::stdin().lock().split(b'\n').zip(1..) {
            found |= answer(arguments, look_up.as_mut(), &query(line, number)?, &mut out)?;
            out.flush()?;
        }
    } else {
        found = answer(arguments, look_up.as_mut(), &arguments.text, &mut out)?;
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

fn answer(arguments: &Arguments, look_up: Option<&mut LookUp>, text: &str, out: &mut impl Write) -> Result<bool> {
    let start = Instant::now();
    let mut query = Query::new(text, None);
    let asked = Asked { least: arguments.min / 100.0, limit: arguments.limit, ..Asked::default() };
    let answers = match look_up {
        Some(look_up) if arguments.exhaustive => look_up.find_exhaustively(&mut query, &asked)?,
        Some(look_up) => look_up.find(&mut query, &asked)?,
        None => Vec::new(),
    };
    let micros = start.elapsed().as_micros() as u64;
    tracing::info!(micros, matches = answers.len(), "looked up");
    let found = !answers.is_empty();
    match arguments.format {
        Format::Text => print(&answers, out)?,
        Format::Json | Format::Jsonl => {
            let matches = answers.iter().map(|answer| MatchOutput::new(answer, &query)).collect();
            serde_json::to_writer(&mut *out, &Output { schema: "jjak/find/1", query: text, micros, matches })?;
            writeln!(out)?;
        }
    }
    Ok(found)
}

fn print(answers: &[Answer], out: &mut impl Write) -> io::Result<()> {
    for Answer { hit, unit } in answers {
        writeln!(out, "{:>3.0} %  {:<11} {}", hit.score * 100.0, hit.class.name(), unit.unit.source)?;
        writeln!(out, "{:<18}{}", "", unit.unit.target)?;
        writeln!(out, "{:<18}{} {}", "", unit.origin.kind, unit.origin.name)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    query: &'a str,
    micros: u64,
    matches: Vec<MatchOutput<'a>>,
}

#[derive(Serialize)]
struct MatchOutput<'a> {
    score: f64,
    kind: &'static str,
    class: &'static str,
    source: &'a str,
    target: &'a str,
    spaceless: f64,
    masked: f64,
    unit: i64,
    status: Status,
    origin: &'a Origin,
}

impl<'a> MatchOutput<'a> {
    fn new(answer: &'a Answer, query: &Query) -> MatchOutput<'a> {
        let unit = &answer.unit.unit;
        let figures = query.figures(if query.is_korean() { &unit.source } else { &unit.target });
        MatchOutput {
            score: answer.hit.score,
            kind: answer.hit.class.kind(),
            class: answer.hit.class.name(),
            source: &unit.source,
            target: &unit.target,
            spaceless: figures.spaceless,
            masked: figures.masked,
            unit: answer.unit.id,
            status: unit.status,
            origin: &answer.unit.origin,
        }
    }
}
