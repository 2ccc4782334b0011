//! `jjak term mine`: terms that documents or the memory propose.

use super::Format;
use crate::cli::note::note;
use crate::cli::terms::Terms;
use crate::memory::mine::{self, Proposal, Standing};
use crate::text::Language;
use crate::{memory, read, report};
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// Terms that could be entered: glosses in Korean documents, or what goes together in the confirmed units of the memory
#[derive(Args)]
#[command(
    after_help = "Nothing is entered: choose, and give what you choose to jjak term add or jjak term import.\n\nExamples:\n  jjak term mine brief.ko.txt\n  jjak term mine --format tsv > proposals.tsv"
)]
pub struct Mine {
    /// Korean documents; none for the memory
    files: Vec<String>,
    /// Also those that the glossary has already
    #[arg(long)]
    all: bool,
    /// Text for people, JSON for programs, a table of terms
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    terms: Terms,
}

/// Proposes and prints; exit code 1 where there is nothing to propose.
pub fn run(arguments: &Mine) -> Result<ExitCode> {
    let mut found = mine::Mine::default();
    for file in &arguments.files {
        let document = read::file(file)?;
        if document.language != Language::Korean {
            note(format_args!("{file} is {}; glosses stand in Korean documents", document.language.name()));
        }
        found.document(file, &document.text);
    }
    if arguments.files.is_empty() {
        confirmed_units(arguments, &mut found)?;
    }
    let mut proposals = found.proposals(&arguments.terms.glossary()?);
    proposals.retain(|proposal| arguments.all || proposal.standing != Standing::Known);
    let mut out = BufWriter::new(anstream::AutoStream::auto(io::stdout()));
    match arguments.format {
        Format::Text => report::term::proposals(&proposals, &mut out)?,
        Format::Json => json(&proposals, &mut out)?,
        Format::Tsv => report::term::proposal_table(&proposals, &mut out)?,
    }
    out.flush()?;
    if proposals.is_empty() {
        note(format_args!(
            "nothing to propose: {}",
            if arguments.files.is_empty() {
                "no term and its English stand together in three confirmed units of the memory, and no unit has a gloss that the glossary lacks"
            } else {
                "no gloss that the glossary lacks"
            }
        ));
    }
    Ok(if proposals.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn confirmed_units(arguments: &Mine, found: &mut mine::Mine) -> Result<()> {
    let Some(store) = arguments.terms.memory.open_to_read()? else { return Ok(()) };
    Ok(store.each_unit(|stored| {
        if stored.unit.status == memory::Status::Confirmed {
            found.unit(&stored.origin.name, &stored.unit);
        }
        Ok::<(), crate::store::Error>(())
    })?)
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    proposals: Vec<ProposalOutput<'a>>,
}

#[derive(Serialize)]
struct ProposalOutput<'a> {
    source: &'a str,
    target: &'a [String],
    standing: &'static str,
    count: usize,
    evidence: Vec<PassageOutput<'a>>,
}

#[derive(Serialize)]
struct PassageOutput<'a> {
    place: &'a str,
    source: &'a str,
    target: &'a str,
}

fn json(proposals: &[Proposal], out: &mut impl Write) -> Result<()> {
    let proposals = proposals.iter().map(ProposalOutput::from).collect();
    serde_json::to_writer(&mut *out, &Output { schema: "jjak/term-mine/1", proposals })?;
    Ok(writeln!(out)?)
}

impl<'a> From<&'a Proposal> for ProposalOutput<'a> {
    fn from(proposal: &'a Proposal) -> Self {
        let passages = proposal.evidence.iter();
        ProposalOutput {
            source: &proposal.korean,
            target: &proposal.english,
            standing: proposal.standing.name(),
            count: proposal.count,
            evidence: passages
                .map(|passage| PassageOutput { place: &passage.place, source: &passage.source, target: &passage.target })
                .collect(),
        }
    }
}
