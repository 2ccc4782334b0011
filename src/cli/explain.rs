//! `jjak explain`: the manual page of a check.

use crate::check::CHECKS;
use crate::segment;
use anstyle::Style;
use anyhow::{Result, bail};
use clap::Args;
use std::io::{self, Write};
use std::process::ExitCode;

const BOLD: Style = Style::new().bold();

/// The manual page of a check: what it finds, why, and what it leaves alone
#[derive(Args)]
#[command(
    after_help = "Examples:\n  jjak explain               the pages there are\n  jjak explain unsupported   what counts as a passage without a source\n  jjak explain segment       by which rules text is cut"
)]
pub struct Arguments {
    /// The check; without one, all are listed
    name: Option<String>,
}

/// A name, a line on it, and the page.
type Page = (&'static str, &'static str, &'static str);

fn pages() -> Vec<Page> {
    let mut pages: Vec<Page> = CHECKS.iter().map(|check| (check.name, check.summary, check.page)).collect();
    pages.push(("segment", "by which rules text is cut into sentences", segment::PAGE));
    pages
}

/// Prints a page, or the list of pages.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let pages = pages();
    let mut out = anstream::AutoStream::auto(io::stdout());
    match &arguments.name {
        None => list(&pages, &mut out)?,
        Some(name) => match pages.iter().find(|page| page.0 == name) {
            Some((_, _, page)) => print(page, &mut out)?,
            None => bail!("expected the name of a page, found {name:?}; there are {}", names(&pages)),
        },
    }
    Ok(ExitCode::SUCCESS)
}

fn names(pages: &[Page]) -> String {
    pages.iter().map(|page| page.0).collect::<Vec<_>>().join(", ")
}

fn list(pages: &[Page], out: &mut impl Write) -> io::Result<()> {
    pages.iter().try_for_each(|(name, summary, _)| writeln!(out, "{BOLD}{name:<14}{BOLD:#} {summary}"))
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
