//! What people and programs read: a file per output form.

mod github;
mod html;
pub mod json;
mod jsonl;
mod junit;
mod markdown;
mod markup;
mod place;
mod sarif;
pub mod term;
mod text;

use crate::align::evidence::Matrix;
use crate::align::{Alignment, Mode};
use crate::check::{Check, Examination, Finding, Severity};
use crate::support::omitted::Omission;
use serde::Serialize;
use std::io::{self, Write};
use std::time::Duration;

/// Writes what a check found.
pub type WriteCheck = fn(&Checked, &mut dyn Write) -> io::Result<()>;
/// Writes an alignment.
pub type WriteAlignment = fn(&Aligned, &mut dyn Write) -> io::Result<()>;

/// An output form.
pub struct Format {
    /// Its name, as given to `--format`.
    pub name: &'static str,
    /// A line on it, for the help.
    pub about: &'static str,
    /// Whether it is for a terminal: coloured there, and as wide as it is.
    pub is_for_terminals: bool,
    /// Writes what a check found, where the form can.
    pub check: Option<WriteCheck>,
    /// Writes an alignment, where the form can.
    pub align: Option<WriteAlignment>,
}

/// Every output form, the first being the usual one.
pub const FORMATS: &[Format] =
    &[text::FORMAT, json::FORMAT, jsonl::FORMAT, sarif::FORMAT, github::FORMAT, junit::FORMAT, markdown::FORMAT, html::FORMAT];

/// What a check found, and what a report may say about it.
pub struct Checked<'a> {
    /// The pair, or the English alone, with its ledger.
    pub examination: &'a Examination<'a>,
    /// How the target follows the source; nothing without a source.
    pub mode: Option<Mode>,
    /// The checks that ran, by name.
    pub checks: &'a [&'static Check],
    /// What was found, in order.
    pub findings: &'a [Finding],
    /// What was found and silenced, in order.
    pub silenced: &'a [Silenced],
    /// What the original says and the target does not, by weight, where that was asked for.
    pub omitted: Option<&'a [Omission]>,
    /// What an editor should know of the silences themselves, a sentence each: those that silence nothing any more, say.
    pub notes: &'a [String],
    /// From which severity on findings make the check fail; nothing where none does.
    pub fail_on: Option<Severity>,
    /// Columns of the terminal.
    pub width: usize,
    /// How long it took.
    pub elapsed: Duration,
}

/// A finding that a person has silenced.
pub struct Silenced {
    /// What was found.
    pub finding: Finding,
    /// Why it is left as it is.
    pub reason: String,
    /// Where that is said.
    pub by: By,
}

/// What silences a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// An entry in the file of silences.
    File,
    /// A mark in the text itself.
    Mark,
    /// A baseline: it was found before.
    Baseline,
}

/// An alignment, and what a report may say about it.
pub struct Aligned<'a> {
    /// The two documents and all evidence between them.
    pub matrix: &'a Matrix<'a>,
    /// The beads.
    pub alignment: &'a Alignment,
    /// Columns of the terminal.
    pub width: usize,
}

impl Checked<'_> {
    /// Whether a finding makes the check fail.
    pub fn fails(&self, finding: &Finding) -> bool {
        self.fail_on.is_some_and(|limit| finding.severity >= limit)
    }
}
