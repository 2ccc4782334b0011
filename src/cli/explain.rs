//! `jjak explain`: the manual pages, of the checks and of how text is cut.

use super::config;
use super::format::Form;
use crate::check::{CHECKS, Profile};
use crate::segment;
use anstyle::Style;
use anyhow::{Result, bail};
use clap::Args;
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

const BOLD: Style = Style::new().bold();

/// The manual page of a check: what it finds, why, and what it leaves alone
#[derive(Args)]
#[command(
    after_help = "Examples:\n  jjak explain                 the pages there are\n  jjak explain unsupported     what counts as a passage without a source\n  jjak explain configuration   profiles, checks, silences\n  jjak explain segment         by which rules text is cut"
)]
pub struct Arguments {
    /// The check, configuration or segment; without a name, all pages are listed
    name: Option<String>,
    /// Text for people, JSON for programs
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// A manual page.
#[derive(Serialize)]
struct Page {
    name: &'static str,
    summary: &'static str,
    /// Of a check, the first profile that has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<Profile>,
    page: &'static str,
}

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    pages: &'a [Page],
}

fn pages() -> Vec<Page> {
    let checks =
        CHECKS.iter().map(|check| Page { name: check.name, summary: check.summary, profile: Some(check.profile), page: check.page });
    let further = |name, summary, page| Page { name, summary, profile: None, page };
    let further = [
        further("configuration", "how a house wants things: profiles, checks, silences", config::PAGE),
        further("segment", "by which rules text is cut into sentences", segment::PAGE),
    ];
    checks.chain(further).collect()
}

/// Prints a page, or the list of pages.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut pages = pages();
    if let Some(name) = &arguments.name {
        let names = pages.iter().map(|page| page.name).collect::<Vec<_>>().join(", ");
        pages.retain(|page| page.name.eq_ignore_ascii_case(name));
        if pages.is_empty() {
            bail!("expected the name of a page, found \"{name}\"; there are {names}");
        }
    }
    let mut out = BufWriter::new(anstream::AutoStream::auto(io::stdout()));
    match (arguments.format, &arguments.name) {
        (Form::Json, _) => writeln!(out, "{}", serde_json::to_string(&Output { schema: "jjak/explain/1", pages: &pages })?)?,
        (Form::Text, None) => list(&pages, &mut out)?,
        (Form::Text, Some(_)) => pages.iter().try_for_each(|page| print(page.page, &mut out))?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn list(pages: &[Page], out: &mut impl Write) -> io::Result<()> {
    pages.iter().try_for_each(|page| {
        let profile = page.profile.map_or("", Profile::name);
        writeln!(out, "{BOLD}{:<15}{BOLD:#} {profile:<12} {}", page.name, page.summary)
    })
}

/// The page as it is written, its headings in bold.
fn print(page: &str, out: &mut impl Write) -> io::Result<()> {
    for line in page.lines() {
        match line.starts_with('#') {
            true => writeln!(out, "{BOLD}{line}{BOLD:#}")?,
            false => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}
