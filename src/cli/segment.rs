//! `jjak segment`: the sentences of a document.

use super::format::Form;
use crate::cli::note::note;
use crate::document::Document;
use crate::report::json::DocumentOutput;
use crate::{read, segment};
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// The sentences of a document, one a line
#[derive(Args)]
#[command(
    after_help = "Examples:\n  jjak segment brief.ko.txt\n  jjak segment --kinds brief.md\n  jjak segment - --format json < brief.txt"
)]
pub struct Arguments {
    /// The document; - reads standard input
    file: String,
    /// Text for people, JSON for programs
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Write the kind before each segment
    #[arg(long)]
    kinds: bool,
}

/// Prints the segments.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let document = segment::segment(read::file(&arguments.file)?);
    if let Some(language) = read::other_script(&document.text).map(str::to_string).or_else(|| read::foreign(&document)) {
        note(format_args!("{} looks like {language}; it is cut by the rules for {}", document.path, document.language.name()));
    }
    tracing::info!(path = document.path, segments = document.segments.len(), "read and segmented");
    let mut out = BufWriter::new(io::stdout().lock());
    match arguments.format {
        Form::Text => print(&document, arguments.kinds, &mut out)?,
        Form::Json => {
            serde_json::to_writer(&mut out, &Output { schema: "jjak/segment/1", document: (&document).into() })?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// One segment a line: white space inside a segment, wrapped lines included, is printed as one space.
fn print(document: &Document, kinds: bool, out: &mut impl Write) -> io::Result<()> {
    for segment in &document.segments {
        if kinds {
            write!(out, "{:<9} ", segment.kind.name())?;
        }
        let words: Vec<&str> = segment.span.of(&document.text).split_whitespace().collect();
        writeln!(out, "{}", words.join(" "))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    document: DocumentOutput<'a>,
}
