//! `jjak pretranslate`: a document sentence by sentence with what the memory has for each.

use crate::cli::filter::FilterArguments;
use crate::cli::hit::{MatchOutput, Shown, print};
use crate::cli::memory::Memory;
use crate::cli::note::note;
use crate::document::{Document, Kind};
use crate::exchange::{self, Error};
use crate::memory::key::fingerprint;
use crate::memory::{Query, Status, TranslationUnit};
use crate::store::{Answer, Asked, segment_text};
use crate::{read, segment};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// Every sentence of a document with its best hit in the memory
#[derive(Args)]
#[command(
    after_help = "Examples:\n  jjak pretranslate brief.ko.txt\n  jjak pretranslate brief.ko.txt --min 85 --format tsv > brief.tsv\n  jjak pretranslate brief.ko.txt --format tmx > brief.tmx    for any translation tool"
)]
pub struct Arguments {
    /// The document; - reads standard input
    file: String,
    /// The least similarity, in percent
    #[arg(long, default_value_t = 70.0, value_name = "PERCENT")]
    min: f64,
    /// The output form
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    memory: Memory,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// The sentence, the hit's translation, the percentage and the class
    Tsv,
    /// The document's sentences with the translations of their hits
    Tmx,
    /// The same as XLIFF 2.1
    Xliff,
}

/// A sentence and its best hit.
struct Row {
    number: usize,
    query: Query,
    answer: Option<Answer>,
}

/// Looks every sentence up and prints; exit code 1 where there is no hit for any.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    if !(0.0..=100.0).contains(&arguments.min) {
        bail!("--min {}: expected a percentage from 0 to 100", arguments.min);
    }
    let document = segment::segment(read::file(&arguments.file)?);
    let rows = rows(arguments, &document)?;
    let found = rows.iter().filter(|row| row.answer.is_some()).count();
    let mut out: Box<dyn Write> = match arguments.format {
        Format::Text => Box::new(BufWriter::new(anstream::AutoStream::auto(io::stdout()))),
        _ => Box::new(BufWriter::new(io::stdout().lock())),
    };
    match arguments.format {
        Format::Text => print_text(&rows, &mut out)?,
        Format::Json => print_json(&document, &rows, &mut out)?,
        Format::Tsv => print_table(&rows, &mut out)?,
        Format::Tmx => export(&exchange::tmx::FORMAT, &rows, &mut out)?,
        Format::Xliff => export(&exchange::xliff::FORMAT, &rows, &mut out)?,
    }
    out.flush()?;
    note(format_args!("{found} of {} sentences have a hit of {} % or more", rows.len(), arguments.min));
    Ok(if found > 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn rows(arguments: &Arguments, document: &Document) -> Result<Vec<Row>> {
    let store = arguments.memory.open_to_read()?;
    let mut look_up = store.as_ref().map(|store| store.look_up()).transpose()?;
    let filter = arguments.filter.filter();
    let asked = Asked { least: arguments.min / 100.0, limit: 1, concordance: false, filter, ..Asked::default() };
    let (mut rows, mut before) = (Vec::new(), None);
    for (index, segment) in document.segments.iter().enumerate() {
        let text = segment_text(document, index);
        let context = before.replace(fingerprint(&text));
        if segment.kind == Kind::Furniture {
            continue;
        }
        let mut query = Query::in_language(&text, document.language, context);
        let answers = look_up.as_mut().map(|look_up| look_up.find(&mut query, &asked)).transpose()?.unwrap_or_default();
        rows.push(Row { number: index + 1, query, answer: answers.into_iter().next() });
    }
    Ok(rows)
}

fn print_text(rows: &[Row], out: &mut dyn Write) -> Result<()> {
    for row in rows {
        writeln!(out, "{:>5}  {}", row.number, row.query.text)?;
        match &row.answer {
            Some(answer) => print(&row.query, std::slice::from_ref(answer), Shown::of_output(), out)?,
            None => writeln!(out, "       no hit")?,
        }
    }
    Ok(())
}

fn print_json(document: &Document, rows: &[Row], out: &mut dyn Write) -> Result<()> {
    let segments = rows.iter().map(|row| {
        let span = document.segments[row.number - 1].span;
        let best = row.answer.as_ref().map(|answer| MatchOutput::new(answer, &row.query));
        SegmentOutput { id: row.number, start: span.start, end: span.end, text: &row.query.text, best }
    });
    let language = document.language.code();
    let output = Output { schema: "jjak/pretranslate/1", path: &document.path, language, segments: segments.collect() };
    serde_json::to_writer(&mut *out, &output)?;
    writeln!(out)?;
    Ok(())
}

/// The translation that a hit offers.
fn offered<'a>(row: &Row, answer: &'a Answer) -> &'a str {
    let unit = &answer.unit.unit;
    if row.query.is_korean() { &unit.target } else { &unit.source }
}

fn print_table(rows: &[Row], out: &mut dyn Write) -> Result<()> {
    let cell = |text: &str| text.replace(['\t', '\n', '\r'], " ");
    writeln!(out, "text\ttranslation\tpercent\tclass")?;
    for row in rows {
        match &row.answer {
            Some(answer) => {
                let (score, class) = (answer.hit.score * 100.0, answer.hit.class.name());
                writeln!(out, "{}\t{}\t{score:.0}\t{class}", cell(&row.query.text), cell(offered(row, answer)))?;
            }
            None => writeln!(out, "{}\t\t\t", cell(&row.query.text))?,
        }
    }
    Ok(())
}

/// Writes the document's sentences with the translations of their hits: those that are not exact as proposals.
fn export(format: &exchange::Format, rows: &[Row], mut out: &mut dyn Write) -> Result<()> {
    let written = (format.write)(&mut out, &mut |take| {
        let found = rows.iter().filter_map(|row| Some((row, row.answer.as_ref()?)));
        found.into_iter().try_for_each(|(row, answer)| take(unit(row, answer)))
    });
    match written {
        Ok(_) => Ok(()),
        Err(Error::Other(error)) => Err(anyhow::anyhow!("{error}")),
        Err(error) => Err(error.into()),
    }
}

fn unit(row: &Row, answer: &Answer) -> TranslationUnit {
    let found = &answer.unit.unit;
    let is_exact = answer.hit.class.kind() == "exact";
    let (source, target) = match row.query.is_korean() {
        true => (row.query.text.clone(), found.target.clone()),
        false => (found.source.clone(), row.query.text.clone()),
    };
    let mut unit = TranslationUnit::new(source, target);
    (unit.source_language, unit.target_language) = (found.source_language.clone(), found.target_language.clone());
    unit.status = if is_exact { found.status } else { Status::Proposed };
    let properties = &mut unit.details.get_or_insert_default().properties;
    properties.push(("x-jjak-percent".into(), format!("{:.0}", answer.hit.score * 100.0)));
    properties.push(("x-jjak-class".into(), answer.hit.class.name().into()));
    unit
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    path: &'a str,
    language: &'static str,
    segments: Vec<SegmentOutput<'a>>,
}

#[derive(Serialize)]
struct SegmentOutput<'a> {
    id: usize,
    start: usize,
    end: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    best: Option<MatchOutput<'a>>,
}
